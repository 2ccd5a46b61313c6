/** SQL of corrections: which row of a batch puts right which row of an earlier one. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, raw, sql } from '../../platform/db/index.ts';
import type { Outcome } from './domain.ts';

const firstRow = 2;

/** Notes what the rows of a batch put right: the first under the heading the first of the list, and so on. */
export async function insertCorrections(
  tx: Tx,
  by: { readonly batchId: Id; readonly actId: Id },
  of: { readonly batchId: Id; readonly rows: readonly number[] },
): Promise<void> {
  await tx.copy(
    'collection.correction',
    ['batch_id', 'row_no', 'of_batch_id', 'of_row_no', 'act_id'],
    of.rows.map((row, index) => [by.batchId, index + firstRow, of.batchId, row, by.actId]),
  );
}

/** One row that was corrected: by which row of which batch, and what became of that. */
export type Correction = {
  readonly ofRow: number;
  readonly batchId: Id;
  readonly row: number;
  /** `null` while its batch is worked. */
  readonly outcome: Outcome | null;
};

/** The newest correction of each of these rows of a batch. */
export function correctionsOf(
  db: Queryable,
  batchId: Id,
  rows: readonly number[],
): Promise<Correction[]> {
  return db.query(sql`
    select distinct on (c.of_row_no) c.of_row_no::int as "ofRow", c.batch_id as "batchId",
           c.row_no::int as row, o.outcome
    from collection.correction c
    join collection.batch b on b.batch_id = c.batch_id
    left join collection.row_outcome o
      on o.batch_id = b.batch_id and o.received_at = b.received_at and o.row_no = c.row_no
    where c.of_batch_id = ${batchId} and c.of_row_no = any(${rows}::bigint[])
    order by c.of_row_no, b.received_at desc, b.batch_id desc`);
}

/** Rows of a batch by the row each puts right. */
export function correctedRows(
  db: Queryable,
  batchId: Id,
): Promise<{ row: number; ofBatchId: Id; ofRow: number }[]> {
  return db.query(sql`
    select row_no::int as row, of_batch_id as "ofBatchId", of_row_no::int as "ofRow"
    from collection.correction where batch_id = ${batchId} order by row_no`);
}

/** A batch that puts rows of another one right, or is put right by it. */
export type Kin = {
  readonly batchId: Id;
  readonly fileName: string;
  readonly receivedAt: Instant;
  readonly state: string;
  readonly rows: number;
  readonly passed: number;
};

/** The batch this one corrects (`of`), and those that correct it (`by`), the oldest first. */
export async function kinOf(
  db: Queryable,
  batchId: Id,
): Promise<{ readonly of: Kin[]; readonly by: Kin[] }> {
  const select = (own: 'batch_id' | 'of_batch_id', other: 'batch_id' | 'of_batch_id') =>
    db.query<Kin>(sql`
      select b.batch_id as "batchId", b.file_name as "fileName", b.received_at as "receivedAt",
             b.state, k.rows, (b.received - b.rejected - b.held)::float8 as passed
      from (select ${raw(other)} as id, count(*)::float8 as rows from collection.correction
            where ${raw(own)} = ${batchId} group by 1) k
      join collection.batch b on b.batch_id = k.id
      order by b.received_at, b.batch_id limit 500`);
  return {
    of: await select('batch_id', 'of_batch_id'),
    by: await select('of_batch_id', 'batch_id'),
  };
}
