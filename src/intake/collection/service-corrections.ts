/**
 * Rows given back, as they were sent, and their corrections: never an edit of what is stored, but a small
 * delivery of its own that names the rows it puts right and goes the way of every delivery.
 */
import { Writable } from 'node:stream';
import type { Actor } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import type { Field } from '../../kernel/rulebook/standards.ts';
import { openTable, writeCsv } from '../../platform/spreadsheet/index.ts';
import type { Outcome } from './domain.ts';
import { givenCellsPath, keepCells, keptCells } from './given-cells.ts';
import { columnsUnder } from './reading.ts';
import { type CollectionDeps, type Received, receive } from './service-receive.ts';
import { errorFileOf } from './service-run.ts';
import { type Batch, type StoredFinding, personalRow, wrongRows } from './store.ts';
import { type Correction, correctionsOf } from './store-corrections.ts';

/** A row that was given back or waits, or was taken with a warning. */
export type GivenRow = {
  readonly row: number;
  readonly outcome: Outcome;
  readonly personal: boolean;
  readonly findings: readonly StoredFinding[];
  /** Cells as they were sent, by column; `null` where they are not kept, or not read before the end. */
  readonly cells: readonly string[] | null;
  readonly correction: Correction | null;
};

/** Headings of a batch's file; none before it is read. */
export function headingsOf({ reading }: Pick<Batch, 'reading'>): readonly string[] {
  return (reading as { readonly headings?: readonly string[] } | null)?.headings ?? [];
}

/** The columns of a batch's file with the fields they hold. */
export function batchColumns(
  deps: Pick<CollectionDeps, 'rulebook'>,
  batch: Batch,
): readonly { readonly heading: string; readonly field: Field | null }[] {
  const headings = headingsOf(batch);
  const under =
    batch.standard === null ? null : columnsUnder(deps.rulebook(), batch.standard, headings);
  return headings.map((heading, index) => ({ heading, field: under?.columns[index] ?? null }));
}

/** Rows of a batch with these outcomes after a row, with what is wrong in each. */
export async function givenRows(
  deps: CollectionDeps,
  batch: Batch,
  page: { readonly after: number; readonly limit: number; readonly outcomes: readonly Outcome[] },
): Promise<GivenRow[]> {
  const rows = await wrongRows(deps.database, batch, page);
  const numbers = rows.map(({ row }) => row);
  const corrections = await correctionsOf(deps.database, batch.batchId, numbers);
  const cells = await cellsOf(deps, batch, numbers);
  return rows.map(({ row, outcome, codes, findings }) => ({
    ...{ row, outcome, findings, personal: codes.includes(personalRow) },
    cells: codes.includes(personalRow) ? null : (cells.get(row) ?? null),
    correction: corrections.find(({ ofRow }) => ofRow === row) ?? null,
  }));
}

/** Cells of wrong and waiting rows as they were sent; no others are kept. */
async function cellsOf(
  deps: CollectionDeps,
  batch: Batch,
  rows: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (batch.state !== 'done' || rows.length === 0) return new Map();
  const path = givenCellsPath(deps, batch.batchId);
  const kept = await keptCells(path, rows);
  if (kept !== null) return kept;
  await keepFromWorkbook(deps, batch, path);
  return (await keptCells(path, rows)) ?? new Map();
}

/** A batch whose cells were not kept, or were lost: once more out of the workbook that gives them back. */
async function keepFromWorkbook(deps: CollectionDeps, batch: Batch, path: string): Promise<void> {
  const workbook = await errorFileOf(deps, batch);
  // A workbook that had to be written anew has left the cells as well.
  if (workbook === null || (await keptCells(path, [])) !== null) return;
  const width = headingsOf(batch).length;
  const table = await openTable({ path: workbook });
  assert(table.ok, 'the workbook given back is a table');
  const keeper = await keepCells(path);
  try {
    for await (const piece of table.value.batches()) {
      for (const { cells } of piece) {
        const row = Number(cells[width] ?? '');
        // The heading bears no row number.
        if (!Number.isSafeInteger(row) || row <= 0) continue;
        await keeper.add(
          row,
          Array.from({ length: width }, (_, at) => cells[at] ?? ''),
        );
      }
    }
    await keeper.close();
  } finally {
    await keeper.drop();
  }
}

/** A corrected row: its number in the batch, and the values of the fields that change. */
export type CorrectedRow = {
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
};

/** A correction as somebody sends it. */
export type CorrectionRequest = {
  readonly rows: readonly CorrectedRow[];
  readonly actor: Actor;
};

/**
 * Receives corrected rows as a batch of its own; run it next. Rows keep the cells they came with, but for
 * the fields that are named. Refuses `collection.wrong-state`, `.row-twice`, `.no-such-row`,
 * `.row-not-kept` (about a person), `.no-such-field`, and what {@link receive} refuses.
 */
export async function receiveCorrection(
  deps: CollectionDeps,
  batch: Batch,
  { rows, actor }: CorrectionRequest,
): Promise<Result<Received>> {
  if (batch.state !== 'done') return refuse('collection.wrong-state', { state: batch.state });
  const ordered = [...rows].sort((a, b) => a.row - b.row);
  const twice = ordered.find(({ row }, index) => row === ordered[index - 1]?.row);
  if (twice !== undefined) return refuse('collection.row-twice', { row: twice.row });
  const cells = await cellsOf(
    deps,
    batch,
    ordered.map(({ row }) => row),
  );
  const sheet = makeSheet(deps, batch);
  for (const corrected of ordered) {
    const own = cells.get(corrected.row);
    if (own === undefined) return refuse('collection.no-such-row', { row: corrected.row });
    if (own.every((cell) => cell === '')) {
      return refuse('collection.row-not-kept', { row: corrected.row });
    }
    const put = sheet.put(own, corrected);
    if (!put.ok) return put;
  }
  const text = await sheet.bytes();
  return receive(deps, {
    fileName: `更正-${batch.fileName.replace(/^(更正-)+|\.[^.]{1,9}$/g, '')}.csv`,
    source: [text] as unknown as AsyncIterable<Uint8Array>,
    item: batch.item,
    provider: batch.provider,
    ...(batch.period === null ? {} : { period: batch.period }),
    ...(batch.profile === null ? {} : { profile: batch.profile }),
    corrects: { batchId: batch.batchId, rows: ordered.map(({ row }) => row) },
    actor,
  });
}

/** The small table a correction is sent as: the headings of the file, and behind them fields it lacked. */
function makeSheet(deps: CollectionDeps, batch: Batch) {
  const columns = batchColumns(deps, batch);
  const headings = columns.map(({ heading }) => heading);
  const places = new Map<string, number>();
  columns.forEach(({ field }, at) => {
    if (field !== null) places.set(field.id, at);
  });
  const under = columnsUnder(deps.rulebook(), batch.standard ?? '', headings);
  const lines: string[][] = [];

  function placeOf(id: string): number | null {
    const known = places.get(id);
    const field = under?.standard.fields.find((one) => one.id === id);
    if (known !== undefined || field === undefined) return known ?? null;
    headings.push(field.name);
    places.set(id, headings.length - 1);
    return headings.length - 1;
  }

  return {
    put(own: readonly string[], { fields }: CorrectedRow): Result<true> {
      const line = [...own];
      for (const [id, value] of Object.entries(fields)) {
        const at = placeOf(id);
        if (at === null) return refuse('collection.no-such-field', { field: id });
        line[at] = value;
      }
      lines.push(line);
      return ok(true);
    },
    async bytes(): Promise<Buffer> {
      const parts: Buffer[] = [];
      const target = new Writable({
        write(chunk: Buffer, _encoding, done) {
          parts.push(chunk);
          done();
        },
      });
      const whole = lines.map((line) => headings.map((_, at) => line[at] ?? ''));
      await writeCsv(target, [headings, ...whole], { encoding: 'utf-8-bom' });
      return Buffer.concat(parts);
    },
  };
}

/** What became of a corrected row: its numbers in both batches, and what is still wrong. */
export type CorrectedOutcome = {
  readonly row: number;
  readonly outcome: Outcome | null;
  readonly findings: readonly StoredFinding[];
};

/** What became of the rows a correction put right; call it once its batch was run. */
export async function correctedOutcomes(
  deps: Pick<CollectionDeps, 'database'>,
  of: { readonly batchId: Id; readonly rows: readonly number[] },
  correction: Batch,
): Promise<CorrectedOutcome[]> {
  const outcomes: readonly Outcome[] = ['A', 'W', 'D', 'H', 'R'];
  const page = { after: -1, limit: of.rows.length + 1, outcomes };
  const told = await wrongRows(deps.database, correction, page);
  const known = await correctionsOf(deps.database, of.batchId, of.rows);
  return known.map(({ ofRow, row, batchId }) => {
    const found = batchId === correction.batchId ? told.find((one) => one.row === row) : undefined;
    return { row: ofRow, outcome: found?.outcome ?? null, findings: found?.findings ?? [] };
  });
}
