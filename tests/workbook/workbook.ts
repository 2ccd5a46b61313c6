/**
 * A workbook of many sound rows with the hard cases of the standard spread among them, and the answer
 * to each. The same options give the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from '../../src/platform/spreadsheet/index.ts';
import { sampleCode } from '../fixtures/dirt/sample-codes.ts';
import { type PenaltyRow, authority, penalty, penaltyHeadings } from '../penalties.ts';
import { type PermitRow, permit, permitHeadings } from '../permits.ts';
import { type Case, type CaseMaterial, penaltyCases, permitCases } from './cases.ts';
import type { Organisation } from './organisations.ts';
import { type Random, seeded } from './random.ts';

/** What is to be made. */
export type WorkbookOptions = {
  readonly kind: 'penalty' | 'permit';
  /** Rows without the heading. */
  readonly rows: number;
  readonly seed: number;
  /** Day of the sound decisions, `YYYY-MM-DD`. */
  readonly day: string;
  /** How often each case occurs. */
  readonly rounds: number;
  readonly organisations: readonly Organisation[];
};

/** A special row of the sheet with its answer. */
export type Expected = {
  readonly row: number;
  readonly case: string;
  readonly outcome: Case<never>['outcome'];
  readonly rule: string | null;
  readonly cure?: Readonly<Record<string, string>>;
};

/** What must come out. */
export type Expectation = {
  readonly counts: Readonly<Record<Case<never>['outcome'], number>>;
  readonly special: readonly Expected[];
};

/** Individual business and stranger of the cases; of the reserved block. */
export const stall: Organisation = {
  name: '样例区样例小吃店',
  code: sampleCode(9_990, { prefix: '92' }),
};
const stranger: Organisation = { name: '样例市样例无名有限公司', code: sampleCode(9_991) };

const renamedCount = 20;

/** The organisations that were renamed, under the names they have since. */
export function renamedOrganisations(all: readonly Organisation[]): readonly Organisation[] {
  return all.slice(0, renamedCount).map(({ name, code }) => ({ name: `${name}（更名）`, code }));
}

function material(options: WorkbookOptions, random: Random, round: number): CaseMaterial {
  const settled = options.organisations.slice(renamedCount);
  const companies = settled.filter(
    ({ name, code }) => /[^任]有限公司$/.test(name) && /0/.test(code.slice(2, 8)),
  );
  return {
    own: random.pick(companies),
    other: random.pick(companies),
    renamed: options.organisations[round % renamedCount]!,
    stall,
    stranger,
    round: options.seed * 1_000 + round,
  };
}

type AnyCase = Case<PenaltyRow | PermitRow>;

function casesOf(options: WorkbookOptions, random: Random): AnyCase[] {
  return Array.from({ length: options.rounds }, (_, round) => {
    const made = material(options, random, round);
    return options.kind === 'penalty'
      ? penaltyCases(made, authority)
      : permitCases(made, authority);
  }).flat();
}

const numberOf = (options: WorkbookOptions, index: number): PenaltyRow & PermitRow =>
  options.kind === 'penalty'
    ? { 行政处罚决定书文号: `样执罚〔2026〕${options.seed}-${index}号` }
    : { 行政许可决定文书号: `样许准〔2026〕${options.seed}-${index}号` };

const daysOf = ({ kind, day }: WorkbookOptions): PenaltyRow & PermitRow =>
  kind === 'penalty' ? { 处罚决定日期: day } : { 许可决定日期: day, 有效期自: day };

/** Rows of the sheet in order, each with its case where it is one. */
function* rowsOf(options: WorkbookOptions): Generator<{ cells: string[]; found: AnyCase | null }> {
  const random = seeded(options.seed);
  const cases = casesOf(options, random);
  const settled = options.organisations.slice(renamedCount);
  const every = Math.max(1, Math.floor(options.rows / (cases.length + 1)));
  const line = (row: PenaltyRow & PermitRow): string[] =>
    options.kind === 'penalty' ? penalty(row) : permit(row);
  for (let index = 0; index < options.rows; index += 1) {
    const found = index % every === every - 1 ? (cases[(index + 1) / every - 1] ?? null) : null;
    const usual = { ...numberOf(options, index), ...daysOf(options) };
    if (found !== null) {
      yield { cells: line({ ...usual, ...found.row }), found };
      continue;
    }
    const { name, code } = random.pick(settled);
    const about = { 行政相对人名称: name, '行政相对人代码_1(统一社会信用代码)': code };
    yield { cells: line({ ...usual, ...about }), found };
  }
}

/** Writes the workbook, row by row, and gives what must become of it. */
export async function makeWorkbook(path: string, options: WorkbookOptions): Promise<Expectation> {
  const counts = { A: 0, W: 0, D: 0, H: 0, R: 0 };
  const special: Expected[] = [];
  let sheetRow = 1;
  function* rows(): Generator<string[]> {
    for (const { cells, found } of rowsOf(options)) {
      sheetRow += 1;
      counts[found?.outcome ?? 'A'] += 1;
      if (found !== null) {
        const { no, outcome, rule, cure } = found;
        const base = { row: sheetRow, case: no, outcome, rule };
        special.push(cure === undefined ? base : { ...base, cure: cure as Record<string, string> });
      }
      yield cells;
    }
  }
  const header = options.kind === 'penalty' ? penaltyHeadings : permitHeadings;
  await writeXlsx(path, { sheet: '数据', header, rows: rows() });
  return { counts, special };
}

/** Writes a register of organisations. */
export function writeRegister(folder: string, file: string, list: readonly Organisation[]): string {
  const path = join(folder, file);
  const lines = list.map(({ name, code }) => `${name},${code}`);
  writeFileSync(path, ['name,code', ...lines, ''].join('\n'));
  return path;
}
