/**
 * Amounts. Inside the platform an amount is a whole number of 分 as `bigint`; the exchange standards
 * write 万元 with six decimals, free text and backflow write 元, and mistaking one for the other is the
 * most frequent content error (data-standards §14 trap 12). Reading is therefore strict: digits and
 * one point, nothing else.
 */
import { type Refusal, type Result, assert, ok, refuse } from './result.ts';

/** The unit a column is in: 元 or 万元. */
export type AmountUnit = 'yuan' | 'wan';

/** Why a text is no amount. */
export type MoneyRefusalCode =
  | 'money.empty'
  | 'money.not-a-number'
  | 'money.negative'
  | 'money.too-many-decimals'
  | 'money.too-large';

/** Decimals at which a unit reaches one 分. */
const decimalsOfUnit: Readonly<Record<AmountUnit, number>> = { yuan: 2, wan: 6 };
const integerDigitsMax = 16;

/**
 * Reads a column's text as 分. `decimals` is what the column's standard allows (at most 2 for 元, 6 for
 * 万元, which reach one 分 exactly). Refuses units, signs, commas, blanks, exponents and negatives;
 * full-width digits must have been folded before.
 */
export function parseAmount(
  text: string,
  unit: AmountUnit,
  decimals: number = decimalsOfUnit[unit],
): Result<bigint, Refusal<MoneyRefusalCode>> {
  const exact = decimalsOfUnit[unit];
  assert(decimals >= 0 && decimals <= exact, `${unit} cannot have ${decimals} decimals`);
  if (text.trim() === '') return refuse('money.empty');
  if (text.length > 64) return refuse('money.too-large', { digits: integerDigitsMax });
  if (/^[-－−](?=\d)/.test(text)) return refuse('money.negative', { text });
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return refuse('money.not-a-number', { text });
  const whole = match[1]!;
  const fraction = match[2] ?? '';
  if (fraction.length > decimals) return refuse('money.too-many-decimals', { text, decimals });
  if (whole.replace(/^0+/, '').length > integerDigitsMax) {
    return refuse('money.too-large', { digits: integerDigitsMax });
  }
  return ok(BigInt(whole + fraction.padEnd(exact, '0')));
}

/**
 * The decimal text of an amount in a unit, without trailing zeros, or with exactly `decimals` where a
 * template wants them. Never rounds: faults when `decimals` would lose a 分.
 */
export function formatAmount(fen: bigint, unit: AmountUnit, decimals?: number): string {
  const exact = decimalsOfUnit[unit];
  const digits = (fen < 0n ? -fen : fen).toString().padStart(exact + 1, '0');
  const sign = fen < 0n ? '-' : '';
  const whole = digits.slice(0, -exact);
  const fraction = digits.slice(-exact).replace(/0+$/, '');
  if (decimals === undefined) return sign + whole + (fraction === '' ? '' : `.${fraction}`);
  assert(fraction.length <= decimals, `${fen} 分 does not fit ${decimals} decimals of ${unit}`);
  return sign + whole + (decimals === 0 ? '' : `.${fraction.padEnd(decimals, '0')}`);
}

const capitals = '零壹贰叁肆伍陆柒捌玖';

/** An amount in capital numerals as on a decision: 200000 分 gives 贰仟元整. */
export function amountInCapitals(fen: bigint): string {
  const positive = fen < 0n ? -fen : fen;
  const yuan = positive / 100n;
  const jiao = Number((positive / 10n) % 10n);
  const cents = Number(positive % 10n);
  let text = yuan === 0n ? '' : `${capitalInteger(yuan)}元`;
  if (jiao > 0) text += `${capitals[jiao]}角`;
  if (cents > 0) text += `${jiao === 0 && yuan > 0n ? '零' : ''}${capitals[cents]}分`;
  else if (jiao === 0) text = `${yuan === 0n ? '零元' : text}整`;
  return (fen < 0n ? '负' : '') + text;
}

function capitalInteger(value: bigint): string {
  if (value >= 100_000_000n) return joinCapitals(value, 100_000_000n, '亿');
  if (value >= 10_000n) return joinCapitals(value, 10_000n, '万');
  return capitalThousands(Number(value));
}

function joinCapitals(value: bigint, step: bigint, unit: string): string {
  const low = value % step;
  const head = capitalInteger(value / step) + unit;
  if (low === 0n) return head;
  return head + (low < step / 10n ? '零' : '') + capitalInteger(low);
}

function capitalThousands(value: number): string {
  let text = '';
  let gap = false;
  for (const [step, unit] of [
    [1000, '仟'],
    [100, '佰'],
    [10, '拾'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / step) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += (gap ? '零' : '') + capitals[digit]! + unit;
    gap = false;
  }
  return text;
}
