/** Rows of penalties: editions 2019 and 2018, and those of the summary procedure. */
import { addDays } from '../../kernel/day.ts';
import { weighted } from './chance.ts';
import { type Breach, breachesOf } from './breaches.ts';
import {
  type RowMatter,
  type Values,
  documentNumber,
  otherwise,
  partyValues,
  representedBy,
  slashed,
  tenThousands,
  unitValues,
  yearsAfter,
} from './row.ts';

/** Amounts decided on, in 元. */
type Amounts = { readonly fine: number; readonly confiscated: number };

function amountsOf(breach: Breach, matter: RowMatter): Amounts {
  const { chance } = matter;
  const [least, most] = breach.fine ?? [0, 0];
  const step = most >= 50_000 ? 1_000 : 100;
  // Small fines are many, large ones few.
  const fine = least + Math.round((chance.next() ** 2.2 * (most - least)) / step) * step;
  const goods = breach.confiscated ?? 0;
  return { fine, confiscated: goods === 0 ? 0 : 50 + chance.below(goods) };
}

const digits = '零壹贰叁肆伍陆柒捌玖';

/** Capital numerals of a whole number of thousands below a hundred million. */
function capitals(yuan: number): string | null {
  if (yuan % 1_000 !== 0 || yuan >= 100_000 || yuan === 0) return null;
  const [tens, ones] = [Math.floor(yuan / 10_000), (yuan % 10_000) / 1_000];
  const high = tens === 0 ? '' : `${digits[tens]}万`;
  return `${high}${ones === 0 ? '' : `${digits[ones]}仟`}元整`;
}

/** An amount as decisions write it: 元 mostly, 万元 at times, capital numerals rarely. */
function amountText(yuan: number, matter: RowMatter): string {
  const style = matter.chance.next();
  if (style > 0.95) return capitals(yuan) ?? `${yuan}元`;
  if (style > 0.85 && yuan >= 10_000) return `${yuan / 10_000}万元`;
  return style > 0.75 ? `人民币${yuan}元` : `${yuan}元`;
}

function contentOf(breach: Breach, amounts: Amounts, matter: RowMatter): string {
  const parts = breach.kinds.map((kind) => {
    if (kind === '罚款') return `罚款${amountText(amounts.fine, matter)}`;
    if (kind === '没收违法所得') return `没收违法所得${amounts.confiscated}元`;
    if (kind.includes('许可证')) return kind.replace(/许可证.*/, `${breach.certificate}`);
    return kind;
  });
  return `给予以下行政处罚：${parts.map((part, index) => `${index + 1}.${part}`).join('；')}。`;
}

function certificateOf(breach: Breach, matter: RowMatter): string {
  if (breach.certificate === undefined) return '';
  return `${breach.certificate}（编号YL${matter.party.number}）`;
}

type Weighted = readonly (readonly [Breach, number])[];

const weights = new Map<string, Weighted>();

function breachOf({ unit, chance }: RowMatter): Breach {
  let choices = weights.get(unit.key);
  if (choices === undefined) {
    choices = (breachesOf[unit.key] ?? []).map((breach) => [breach, breach.weight] as const);
    weights.set(unit.key, choices);
  }
  return weighted(chance, choices);
}

function severityOf(breach: Breach, fine: number): string {
  if (breach.certificate !== undefined || breach.kinds.includes('责令停产停业')) return '严重';
  return breach.kinds.length === 1 && breach.kinds[0] === '警告' && fine === 0 ? '轻微' : '一般';
}

/** A penalty in the template of 2019; one office still sends that of 2018. */
export function penaltyRow(matter: RowMatter): Values {
  const { chance, decidedOn, unit } = matter;
  const breach = breachOf(matter);
  const amounts = amountsOf(breach, matter);
  const kinds = breach.kinds;
  const both = kinds.some((kind) => kind.startsWith('没收'));
  const date = (text: string) => (chance.happens(0.06) ? otherwise(decidedOn, chance) : text);
  const values: Values = {
    ...partyValues(matter, 'CF_XDR_'),
    CF_FRDB: representedBy,
    CF_WSH: documentNumber(matter, '罚'),
    CF_WFXW: breach.conduct,
    CF_SY: breach.facts.replace('{day}', dayText(addDays(decidedOn, -(20 + chance.below(60))))),
    CF_YJ: breach.basis,
    CF_CFLB: kinds.join('；'),
    CF_NR: contentOf(breach, amounts, matter),
    CF_NR_FK: kinds.includes('罚款') ? tenThousands(amounts.fine) : '',
    CF_NR_WFFF: both ? tenThousands(amounts.confiscated) : '',
    CF_NR_ZKDX: certificateOf(breach, matter),
    CF_JDRQ: date(slashed(decidedOn)),
    CF_YXQ: chance.happens(0.3) ? '2099/12/31' : '',
    CF_GSJZQ: chance.happens(0.4) ? slashed(addDays(yearsAfter(decidedOn, 1), 1)) : '',
    ...unitValues(unit, 'CF_CFJG', 'CF_CFJGDM'),
    ...unitValues(unit, 'CF_SJLY', 'CF_SJLYDM'),
    BZ: '',
    CF_CFCX: chance.happens(0.7) ? '普通程序' : '',
    CF_SXDJ: chance.happens(0.35) ? severityOf(breach, amounts.fine) : '',
  };
  return matter.order.standard === 'cf-legal@2018' ? asOf2018(values) : values;
}

/** The template of 2018 has fewer kinds; columns that it lacks are passed over when it is written. */
function asOf2018(values: Values): Values {
  const kinds = (values['CF_CFLB'] ?? '').split('；').map((kind) => {
    if (kind.startsWith('没收')) return '没收违法所得、没收非法财物';
    if (/许可证/.test(kind)) return '暂扣或吊销许可证/执照';
    return kind;
  });
  return { ...values, CF_CFLB: [...new Set(kinds)].join('；') };
}

function dayText(day: string): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  return `${year}年${month}月${dayOfMonth}日`;
}

/** The same decision as a mere warning. */
export function warningOnly(values: Values): Values {
  const severity = (values['CF_SXDJ'] ?? '') === '' ? '' : '轻微';
  return {
    ...values,
    CF_CFLB: '警告',
    CF_NR: '给予以下行政处罚：1.警告。',
    CF_NR_FK: '',
    CF_NR_WFFF: '',
    CF_NR_ZKDX: '',
    CF_SXDJ: severity,
  };
}

/** A penalty on the spot: a warning, or a fine of at most 3,000 元. */
export function summaryRow(matter: RowMatter): Values {
  const { chance, decidedOn, unit } = matter;
  const breach = breachOf(matter);
  const fine = chance.happens(0.5) ? 0 : 50 * (1 + chance.below(40));
  return {
    ...partyValues(matter, 'XDR_'),
    CF_WSH: documentNumber(matter, '当罚'),
    CF_WFXW: breach.conduct,
    CF_SY: breach.facts.replace('{day}', dayText(decidedOn)),
    CF_YJ: breach.basis,
    CF_CFLB: fine === 0 ? '警告' : '罚款',
    CF_NR: fine === 0 ? '警告' : `罚款${fine}元`,
    CF_NR_FK: fine === 0 ? '' : tenThousands(fine),
    CF_JDRQ: slashed(decidedOn),
    CF_CFCX: '简易程序',
    ...unitValues(unit, 'CF_CFJG', 'CF_CFJGDM'),
    ...unitValues(unit, 'CF_SJLY', 'CF_SJLYDM'),
  };
}
