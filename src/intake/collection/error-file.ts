/**
 * Giving wrong rows back: the same template, the same headings in the same order, each wrong row as it
 * was sent, and behind it row number, code, field, reason and advice in plain Chinese. Corrected in
 * place, the file can be sent again as it is.
 */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assert } from '../../kernel/result.ts';
import { type RawRow, writeXlsx } from '../../platform/spreadsheet/index.ts';
import type { Outcome } from './domain.ts';
import type { OpenedDelivery } from './reading.ts';
import { type CellKeeper, givenCellsPath, keepCells } from './given-cells.ts';
import type { CollectionDeps } from './service-receive.ts';
import { tableOf } from './service-table.ts';
import { type Batch, type StoredFinding, personalRow, wrongRows } from './store.ts';

/** Columns behind the template's own. The header check passes over them when the file comes back. */
export const addedHeadings = ['原行号', '处理结果', '问题代码', '问题字段', '原因', '修改建议'];

const outcomeWords: Readonly<Record<string, string>> = {
  R: '退回：请改正后重新报送',
  H: '待核：已收到，等待核实主体',
};

const pageRows = 500;

/** Writes the workbook of wrong and waiting rows; a personal row leaves its number and reason only. */
export async function writeErrorFile(
  deps: CollectionDeps,
  batch: Batch,
  delivery: OpenedDelivery,
  path: string,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const opened = await tableOf(deps, batch);
  assert(opened.ok, 'a file that was read once can be read again');
  const { table, close } = opened.value;
  const marks = new Marks();
  const keeper = await keepCells(givenCellsPath(deps, batch.batchId));
  try {
    await writeXlsx(path, {
      sheet: delivery.standard.template?.sheet ?? delivery.standard.title.slice(0, 31),
      header: [...delivery.headings, ...addedHeadings],
      rows: wrongCells(deps, batch, { delivery, table, marks, keeper }),
      highlight: (row, column) => marks.has(row, column),
    });
    await keeper.close();
  } finally {
    await keeper.drop();
    await close();
  }
}

/** Which cells of the rows being written are wrong; forgotten once written. */
class Marks {
  private readonly rows = new Map<number, ReadonlySet<number>>();
  private written = 0;

  add(columns: ReadonlySet<number>): void {
    this.rows.set(this.written, columns);
    this.rows.delete(this.written - 2);
    this.written += 1;
  }

  has(row: number, column: number): boolean {
    return this.rows.get(row)?.has(column) ?? false;
  }
}

type Source = {
  readonly delivery: OpenedDelivery;
  readonly table: { batches(): AsyncIterable<readonly RawRow[]> };
  readonly marks: Marks;
  readonly keeper: CellKeeper;
};

async function* wrongCells(
  deps: CollectionDeps,
  batch: Batch,
  { delivery, table, marks, keeper }: Source,
): AsyncGenerator<string[]> {
  const wrong = pages(deps, batch);
  let next = await wrong.next();
  for await (const rows of table.batches()) {
    for (const row of rows) {
      if (next.done === true) return;
      if (row.row !== next.value.row) continue;
      marks.add(columnsOf(next.value.findings));
      const cells = cellsOf(row, next.value, delivery);
      await keeper.add(row.row, cells.slice(0, delivery.headings.length));
      yield cells;
      next = await wrong.next();
    }
  }
}

type WrongRow = {
  readonly row: number;
  readonly outcome: Outcome;
  readonly codes: readonly string[];
  readonly findings: readonly StoredFinding[];
};

async function* pages(deps: CollectionDeps, batch: Batch): AsyncGenerator<WrongRow> {
  let after = -1;
  for (;;) {
    const page = await wrongRows(deps.database, batch, { after, limit: pageRows });
    yield* page;
    if (page.length < pageRows) return;
    after = page.at(-1)!.row;
  }
}

function columnsOf(findings: readonly StoredFinding[]): ReadonlySet<number> {
  return new Set(findings.flatMap((item) => (item.column === null ? [] : [item.column - 1])));
}

function cellsOf(row: RawRow, wrong: WrongRow, delivery: OpenedDelivery): string[] {
  const width = delivery.headings.length;
  const personal = wrong.codes.includes(personalRow);
  const own = Array.from({ length: width }, (_, index) =>
    personal ? '' : String(row.cells[index] ?? ''),
  );
  const named = (field: string | null) =>
    delivery.standard.fields.find((candidate) => candidate.id === field)?.name ?? '';
  const told = wrong.findings.filter((item) => item.severity !== 'note');
  const numbered = told.length > 1;
  const list = (texts: readonly string[]) =>
    texts.map((text, index) => (numbered ? `${index + 1}. ${text}` : text)).join('\n');
  return [
    ...own,
    String(wrong.row),
    outcomeWords[wrong.outcome] ?? '',
    told.map((item) => item.rule).join('；'),
    [...new Set(told.map((item) => named(item.field)).filter(Boolean))].join('；'),
    list(told.map((item) => item.message)),
    list(told.map((item) => item.advice).filter(Boolean)),
  ];
}
