/** SQL of held rows. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, idArray, sql } from '../../platform/db/index.ts';
import type { PreparedRow, RowQuery } from './domain.ts';

/** A row that waits for its subject. */
export type HeldRow = {
  readonly batchId: Id;
  readonly rowNo: number;
  readonly provider: string;
  readonly item: string;
  readonly receivedAt: Instant;
  readonly prepared: PreparedRow;
  readonly query: RowQuery;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  readonly sourceKey: Id;
  readonly contentDigest: string;
  readonly state: 'held' | 'linked' | 'returned';
  readonly reviewId: Id | null;
  readonly recordId: Id | null;
};

const heldSelect = sql`
  batch_id as "batchId", row_no::int as "rowNo", provider, item, received_at as "receivedAt",
  prepared, query, reasons, source_key as "sourceKey", encode(content_digest, 'hex') as "contentDigest",
  state, review_id as "reviewId", record_id as "recordId"`;

/** Waiting rows under these source keys. */
export async function waitingByKeys(db: Queryable, keys: readonly Id[]): Promise<Map<Id, HeldRow>> {
  const rows =
    keys.length === 0
      ? []
      : await db.query<HeldRow>(sql`
          select ${heldSelect} from collection.held_row
          where source_key = any(${idArray(keys)}::uuid[]) and state = 'held'`);
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/** How rows under these source keys named their subject when people, or later evidence, linked them. */
export async function linkedQueries(
  db: Queryable,
  keys: readonly Id[],
): Promise<Map<Id, RowQuery[]>> {
  const rows = await db.query<{ key: Id; query: RowQuery }>(sql`
    select source_key as key, query from collection.held_row
    where source_key = any(${keys}::uuid[]) and state = 'linked'`);
  const queries = new Map<Id, RowQuery[]>();
  for (const { key, query } of rows) queries.set(key, [...(queries.get(key) ?? []), query]);
  return queries;
}

/** Copies newly held rows. */
export async function insertHeld(tx: Tx, rows: readonly HeldRow[]): Promise<void> {
  await tx.copy(
    'collection.held_row',
    [
      'batch_id',
      'row_no',
      'provider',
      'item',
      'received_at',
      'prepared',
      'query',
      'reasons',
      'source_key',
      'content_digest',
      'state',
      'review_id',
      'record_id',
    ],
    rows.map((row) => [
      row.batchId,
      row.rowNo,
      row.provider,
      row.item,
      row.receivedAt,
      row.prepared,
      row.query,
      JSON.stringify(row.reasons),
      row.sourceKey,
      Buffer.from(row.contentDigest, 'hex'),
      row.state,
      row.reviewId,
      row.recordId,
    ]),
  );
}

/** Moves a held row on; only from `held`, so that two decisions cannot both take it. */
export async function closeHeld(
  tx: Tx,
  row: Pick<HeldRow, 'batchId' | 'rowNo'>,
  to: { readonly state: 'linked' | 'returned'; readonly recordId: Id | null },
): Promise<boolean> {
  const moved = await tx.execute(sql`
    update collection.held_row set state = ${to.state}, record_id = ${to.recordId}
    where batch_id = ${row.batchId} and row_no = ${row.rowNo} and state = 'held'`);
  return moved > 0;
}

/** A held row with the file it came in, to be read only. */
export async function readHeld(
  db: Queryable,
  row: Pick<HeldRow, 'batchId' | 'rowNo'>,
): Promise<(HeldRow & { readonly fileName: string }) | null> {
  const rows = await db.query<HeldRow & { readonly fileName: string }>(sql`
    select h.*, b.file_name as "fileName"
    from (select ${heldSelect} from collection.held_row
          where batch_id = ${row.batchId} and row_no = ${row.rowNo}) h
    join collection.batch b on b.batch_id = h."batchId"`);
  return rows[0] ?? null;
}

/** One held row under lock, or `null`. */
export async function lockHeld(
  tx: Tx,
  row: Pick<HeldRow, 'batchId' | 'rowNo'>,
): Promise<HeldRow | null> {
  const rows = await tx.query<HeldRow>(sql`
    select ${heldSelect} from collection.held_row
    where batch_id = ${row.batchId} and row_no = ${row.rowNo} for update`);
  return rows[0] ?? null;
}

/**
 * Puts a row back to waiting after its link was undone; it may never have been held before. `false`
 * where another row waits under its key: a key waits once.
 */
export async function holdAgain(tx: Tx, row: HeldRow): Promise<boolean> {
  const held = await tx.execute(sql`
    insert into collection.held_row
      (batch_id, row_no, provider, item, received_at, prepared, query, reasons, source_key,
       content_digest, state, review_id, record_id)
    select ${row.batchId}, ${row.rowNo}, ${row.provider}, ${row.item}, ${row.receivedAt},
           ${JSON.stringify(row.prepared)}::jsonb, ${JSON.stringify(row.query)}::jsonb,
           ${JSON.stringify(row.reasons)}::jsonb, ${row.sourceKey},
           ${Buffer.from(row.contentDigest, 'hex')}, 'held', ${row.reviewId}, null
    where not exists (select 1 from collection.held_row
                      where source_key = ${row.sourceKey} and state = 'held')
    on conflict (batch_id, row_no) do update set
      state = 'held', prepared = excluded.prepared, query = excluded.query,
      received_at = excluded.received_at, reasons = excluded.reasons,
      review_id = excluded.review_id, record_id = null`);
  return held > 0;
}

/**
 * Gives the row that waits under this key the earlier of its receipt and the given one: a correction
 * that could not see the version before it still answers for the day its sender first reported.
 */
export async function keepFirstReceipt(
  tx: Tx,
  row: Pick<HeldRow, 'sourceKey' | 'receivedAt'>,
): Promise<void> {
  await tx.execute(sql`
    update collection.held_row set received_at = least(received_at, ${row.receivedAt})
    where source_key = ${row.sourceKey} and state = 'held'`);
}

/** Waiting rows in order of arrival, for a sweep. */
export function waitingRows(
  db: Queryable,
  page: {
    readonly after: { readonly batchId: Id; readonly rowNo: number } | null;
    readonly limit: number;
  },
): Promise<HeldRow[]> {
  return db.query<HeldRow>(sql`
    select ${heldSelect} from collection.held_row
    where state = 'held'
      and (${page.after?.batchId ?? null}::uuid is null
           or (batch_id, row_no) > (${page.after?.batchId ?? null}::uuid, ${page.after?.rowNo ?? 0}))
    order by batch_id, row_no limit ${page.limit}`);
}
