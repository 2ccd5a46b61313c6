/**
 * A department's penalties as a file of the 2019 template, 28 columns, as long as is asked: dates of the
 * last two weeks, breaches, amounts and numbers as decisions have them, and the usual share of mistakes.
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { type Day, addDays } from '../../kernel/day.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import { breachesOf } from '../sample-city/breaches.ts';
import { chanceOf } from '../sample-city/chance.ts';
import { sampleUnitCode } from '../sample-city/codes.ts';
import { type MadeRegistry, organisationAt } from './registry-file.ts';

/** What a file is made of. */
export type PenaltyFile = {
  readonly standard: Standard;
  readonly registry: MadeRegistry;
  readonly rows: number;
  /** Files of one run must not repeat each other's document numbers. */
  readonly series: string;
  /** The day on which it is delivered. */
  readonly today: Day;
};

/** Columns of the standard as it was published; the two later ones may be left out. */
const columnCount = 28;
const seed = 20_260_601;
const days = 14;
const offices = [
  '市场监督管理局',
  '生态环境局',
  '应急管理局',
  '交通运输局',
  '城市管理局',
  '卫生健康委员会',
];
/** Out of a thousand rows: what departments get wrong. */
const wrongOfThousand = { kind: 4, amount: 6, name: 8, code: 6, padded: 30 } as const;

const breaches = Object.values(breachesOf).flat();

const dayText = (day: Day) => day.replaceAll('-', '/');
const wan = (yuan: number) => String(yuan / 10_000);

/** The unit all rows come from. */
export const penaltyProvider = sampleUnitCode('11', 'MB', 27);

/** Headings of the file, in the standard's words. */
export function penaltyColumns({ fields }: Standard): string[] {
  return fields.slice(0, columnCount).map(({ name }) => name);
}

/** Values of one row by field. */
function valuesOf(file: PenaltyFile, row: number): Readonly<Record<string, string>> {
  const { registry, series, today } = file;
  const chance = chanceOf(seed, 'bench-penalty', series, row);
  const { made, uscc } = organisationAt(registry, chance.below(registry.rows));
  const breach = chance.pick(breaches);
  const decided = addDays(today, -1 - chance.below(days));
  const [least, most] = breach.fine ?? [0, 0];
  const fine = least + Math.round((chance.next() * (most - least)) / 100) * 100;
  const confiscated = Math.round(chance.next() * (breach.confiscated ?? 0));
  const office = chance.below(offices.length);
  const authority = `样例市${offices[office]!}`;
  const authorityCode = sampleUnitCode('11', 'MB', 10 + office);
  const happens = (ofThousand: number) => chance.below(1_000) < ofThousand;
  const content = [
    ...breach.kinds.filter((kind) => !kind.startsWith('罚款') && !kind.startsWith('没收')),
    ...(breach.fine === undefined ? [] : [`罚款${fine}元`]),
    ...(breach.confiscated === undefined ? [] : [`没收${confiscated}元`]),
  ].join('；');
  return {
    CF_XDR_MC: happens(wrongOfThousand.name) ? `${made.name}甲` : made.name,
    CF_XDR_LB: '法人及非法人组织',
    CF_XDR_SHXYM: happens(wrongOfThousand.code) ? uscc.slice(0, 17) : uscc,
    CF_FRDB: '样例人',
    CF_WSH: `样${office}罚${happens(wrongOfThousand.padded) ? '[2026]第' : '〔2026〕'}${series}${row}号`,
    CF_WFXW: breach.conduct,
    CF_SY: breach.facts.replace('{day}', dayText(addDays(decided, -20 - chance.below(60)))),
    CF_YJ: breach.basis,
    CF_CFLB: happens(wrongOfThousand.kind) ? '其他' : breach.kinds.join('；'),
    CF_NR: content,
    CF_NR_FK:
      breach.fine === undefined ? '' : happens(wrongOfThousand.amount) ? String(fine) : wan(fine),
    CF_NR_WFFF: breach.confiscated === undefined ? '' : wan(confiscated),
    CF_NR_ZKDX: breach.certificate ?? '',
    CF_JDRQ: dayText(decided),
    CF_YXQ: dayText(addDays(decided, 365)),
    CF_GSJZQ: dayText(addDays(decided, 365)),
    CF_CFJG: authority,
    CF_CFJGDM: authorityCode,
    CF_SJLY: authority,
    CF_SJLYDM: authorityCode,
    BZ: '',
  };
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Writes the file as UTF-8 CSV. Gives its size in bytes. */
export async function writePenaltyFile(path: string, file: PenaltyFile): Promise<number> {
  const ids = file.standard.fields.slice(0, columnCount).map(({ id }) => id);
  const out = createWriteStream(path, { highWaterMark: 1 << 20 });
  out.write(`${penaltyColumns(file.standard).map(cell).join(',')}\n`);
  for (let row = 1; row <= file.rows; row += 1) {
    const values = valuesOf(file, row);
    const line = `${ids.map((id) => cell(values[id] ?? '')).join(',')}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return out.bytesWritten;
}
