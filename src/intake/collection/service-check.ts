/** The same checks offline: no database, no registry, nothing kept. */
import type { Day } from '../../kernel/day.ts';
import { type Result, ok } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { type TableSource, openTable, writeXlsx } from '../../platform/spreadsheet/index.ts';
import type { CheckTables, Finding } from './checks/domain.ts';
import { type FileProblem, toldProblem } from './service-reading.ts';
import { addedHeadings } from './error-file.ts';
import { type OpenedDelivery, checkRow, itemFor, openDelivery } from './reading.ts';

/** What is checked against what. */
export type CheckRequest = {
  readonly source: TableSource;
  readonly item: string;
  readonly profile?: string;
  readonly rulebook: Rulebook;
  readonly tables: CheckTables;
  readonly today: Day;
  readonly place: string;
  /** Where to write wrong rows; absent: nowhere. */
  readonly errorFile?: string;
  readonly onFinding?: (row: number, finding: Finding) => void;
};

/** Rows by what the checks alone can say; linking and duplicates need the registry. */
export type CheckReport = {
  readonly item: string;
  readonly standard: string;
  readonly received: number;
  readonly passed: number;
  readonly passedWithWarning: number;
  readonly rejected: number;
  readonly rules: Readonly<Record<string, number>>;
  readonly problems: number;
  /** What was noticed about the file as a whole, at most 200. */
  readonly fileProblems: readonly FileProblem[];
};

/** Checks a file; refuses what collection would refuse as a whole. */
export async function checkFile(request: CheckRequest): Promise<Result<CheckReport>> {
  const item = itemFor(request.rulebook, request.item, request.today, request.place);
  if (!item.ok) return item;
  const table = await openTable(request.source);
  if (!table.ok) return table;
  const delivery = await openDelivery(table.value, {
    rulebook: request.rulebook,
    tables: request.tables,
    item: item.value,
    today: request.today,
    ...(request.profile === undefined ? {} : { profile: request.profile }),
  });
  if (!delivery.ok) return delivery;
  const tally = { received: 0, passed: 0, passedWithWarning: 0, rejected: 0 };
  const rules: Record<string, number> = {};
  const wrong = checkedRows(delivery.value, request, { tally, rules });
  if (request.errorFile === undefined) {
    // Nobody wants the rows: running through them is what counts.
    while ((await wrong.next()).done !== true);
  } else {
    const { standard, headings } = delivery.value;
    await writeXlsx(request.errorFile, {
      sheet: standard.template?.sheet ?? standard.title.slice(0, 31),
      header: [...headings, ...addedHeadings],
      rows: wrong,
    });
  }
  const { standard } = delivery.value;
  return ok({
    item: item.value.item.code,
    standard: `${standard.id}@${standard.edition}`,
    ...tally,
    rules,
    problems: table.value.problems.length,
    fileProblems: table.value.problems.slice(0, 200).map(toldProblem),
  });
}

type Tally = {
  readonly tally: { received: number; passed: number; passedWithWarning: number; rejected: number };
  readonly rules: Record<string, number>;
};

async function* checkedRows(
  delivery: OpenedDelivery,
  request: CheckRequest,
  { tally, rules }: Tally,
): AsyncGenerator<string[]> {
  for await (const rows of delivery.rows()) {
    for (const row of rows) {
      const checked = checkRow(delivery, row);
      tally.received += 1;
      const told = checked.findings.filter((finding) => finding.severity !== 'note');
      if (checked.verdict === 'rejected') tally.rejected += 1;
      else if (told.length > 0) tally.passedWithWarning += 1;
      else tally.passed += 1;
      for (const rule of new Set(checked.findings.map((finding) => finding.rule))) {
        rules[rule] = (rules[rule] ?? 0) + 1;
      }
      for (const finding of checked.findings) request.onFinding?.(row.row, finding);
      if (checked.verdict !== 'rejected') continue;
      const own = delivery.headings.map((_, index) =>
        checked.natural ? '' : String(row.cells[index] ?? ''),
      );
      yield [
        ...own,
        String(row.row),
        '退回：请改正后重新报送',
        told.map((finding) => finding.rule).join('；'),
        told.map((finding) => finding.field ?? '').join('；'),
        told.map((finding) => finding.message).join('\n'),
        told.map((finding) => finding.advice).join('\n'),
      ];
    }
  }
}
