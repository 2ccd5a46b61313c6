/** SQL of collection: batches and what became of their rows. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import {
  type Queryable,
  type Tx,
  copyHex,
  copyText,
  sql,
  textArray,
} from '../../platform/db/index.ts';
import type { CellCounts, Finding } from './checks/domain.ts';
import type { Counts, Outcome } from './domain.ts';

/** A delivery as stored. */
export type Batch = {
  readonly batchId: Id;
  readonly provider: string;
  readonly item: string;
  /** Standard the sender demanded; null: told from the heading. */
  readonly profile: string | null;
  readonly standard: string | null;
  readonly digest: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly address: string;
  readonly sealedKey: Buffer;
  readonly period: string | null;
  readonly declaredRows: number | null;
  readonly state: 'received' | 'running' | 'done' | 'refused';
  readonly refusal: object | null;
  readonly reading: object | null;
  readonly cursor: number;
  readonly counts: Counts;
  readonly receipt: object | null;
  readonly receivedAt: Instant;
  readonly finishedAt: Instant | null;
};

/** A batch as the database gives it; see {@link batchOf}. */
export type BatchRow = Omit<Batch, 'counts' | 'cursor' | 'sizeBytes' | 'declaredRows'> & {
  readonly cursor: string;
  readonly sizeBytes: string;
  readonly declaredRows: string | null;
} & { readonly [K in keyof Counts]: string };

/** Columns of a batch. */
export const batchSelect = sql`
  batch_id as "batchId", provider, item, profile, standard, digest, file_name as "fileName",
  size_bytes::text as "sizeBytes", address, sealed_key as "sealedKey", period,
  declared_rows::text as "declaredRows", state, refusal, reading, cursor_row::text as cursor,
  received::text, accepted::text, accepted_with_warning::text as "acceptedWithWarning",
  duplicate::text, held::text, rejected::text, receipt, received_at as "receivedAt",
  finished_at as "finishedAt"`;

/** A batch out of its columns. */
export function batchOf(row: BatchRow): Batch {
  const { received, accepted, acceptedWithWarning, duplicate, held, rejected, ...rest } = row;
  return {
    ...rest,
    cursor: Number(row.cursor),
    sizeBytes: Number(row.sizeBytes),
    declaredRows: row.declaredRows === null ? null : Number(row.declaredRows),
    counts: {
      received: Number(received),
      accepted: Number(accepted),
      acceptedWithWarning: Number(acceptedWithWarning),
      duplicate: Number(duplicate),
      held: Number(held),
      rejected: Number(rejected),
    },
  };
}

/** One batch by id, or `null`. */
export async function readBatch(db: Queryable, batchId: Id): Promise<Batch | null> {
  const rows = await db.query<BatchRow>(
    sql`select ${batchSelect} from collection.batch where batch_id = ${batchId}`,
  );
  return rows[0] === undefined ? null : batchOf(rows[0]);
}

/** The batch of the same content from the same provider for the same item, or `null`. */
export async function findBatch(
  db: Queryable,
  of: { readonly provider: string; readonly item: string; readonly digest: string },
): Promise<Batch | null> {
  const rows = await db.query<BatchRow>(sql`
    select ${batchSelect} from collection.batch
    where provider = ${of.provider} and item = ${of.item} and digest = ${of.digest}
      and state <> 'refused'`);
  return rows[0] === undefined ? null : batchOf(rows[0]);
}

/** Batches a killed process left unfinished, oldest first. */
export async function unfinishedBatches(db: Queryable): Promise<Batch[]> {
  const rows = await db.query<BatchRow>(sql`
    select ${batchSelect} from collection.batch
    where state in ('received', 'running') order by received_at`);
  return rows.map(batchOf);
}

/** Enters a batch. `false` when the same content is already there (two senders at once). */
export async function insertBatch(
  tx: Tx,
  batch: Pick<
    Batch,
    | 'batchId'
    | 'provider'
    | 'item'
    | 'digest'
    | 'fileName'
    | 'sizeBytes'
    | 'address'
    | 'sealedKey'
    | 'period'
    | 'declaredRows'
    | 'profile'
    | 'receivedAt'
  > & { readonly actId: Id },
): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into collection.batch
      (batch_id, provider, item, profile, digest, file_name, size_bytes, address, sealed_key,
       period, declared_rows, state, act_id, received_at)
    values (${batch.batchId}, ${batch.provider}, ${batch.item}, ${batch.profile}, ${batch.digest}, ${batch.fileName},
            ${batch.sizeBytes}, ${batch.address}, ${batch.sealedKey}, ${batch.period},
            ${batch.declaredRows}, 'received', ${batch.actId}, ${batch.receivedAt})
    on conflict (provider, item, digest) where state <> 'refused' do nothing`);
  return inserted > 0;
}

/** Notes what the file turned out to be: standard, format, encoding, headings. */
export async function startBatch(
  tx: Tx,
  batchId: Id,
  standard: string,
  reading: object,
): Promise<void> {
  await tx.execute(sql`
    update collection.batch set state = 'running', standard = ${standard},
      reading = ${JSON.stringify(reading)}
    where batch_id = ${batchId} and state in ('received', 'running')`);
}

/** The whole file is refused: no row of it was read. */
export async function refuseBatch(
  tx: Tx,
  batchId: Id,
  refusal: object,
  at: Instant,
): Promise<void> {
  await tx.execute(sql`
    update collection.batch set state = 'refused', refusal = ${JSON.stringify(refusal)},
      finished_at = ${at}
    where batch_id = ${batchId}`);
}

/**
 * The commit of a chunk does not wait for the disk. A power cut then loses the last chunks together with
 * the note how far the batch was, never one without the other, and they are worked again; the batch ends,
 * and its receipt is given, by a commit that waits, before which everything earlier is on the disk.
 */
export async function commitWithoutWaiting(tx: Tx): Promise<void> {
  await tx.execute(sql`set local synchronous_commit = off`);
}

/** Notes how far the batch is, in the transaction of the chunk that got it there. */
export async function saveBatchProgress(
  tx: Tx,
  batchId: Id,
  cursor: number,
  counts: Counts,
): Promise<void> {
  await tx.execute(sql`
    update collection.batch set cursor_row = ${cursor}, received = ${counts.received},
      accepted = ${counts.accepted}, accepted_with_warning = ${counts.acceptedWithWarning},
      duplicate = ${counts.duplicate}, held = ${counts.held}, rejected = ${counts.rejected}
    where batch_id = ${batchId}`);
}

/** Closes a batch with its receipt. */
export async function finishBatch(
  tx: Tx,
  batchId: Id,
  done: { readonly receipt: object; readonly reading: object; readonly at: Instant },
): Promise<void> {
  await tx.execute(sql`
    update collection.batch set state = 'done', receipt = ${JSON.stringify(done.receipt)},
      reading = ${JSON.stringify(done.reading)}, finished_at = ${done.at}
    where batch_id = ${batchId}`);
}

/** Code of a row about a natural person: digest, number and finding are all that is kept of it. */
export const personalRow = 'PERSONAL';

/** What became of one row. */
export type RowOutcome = {
  readonly row: number;
  readonly outcome: Outcome;
  readonly codes: readonly string[];
  readonly recordId: Id | null;
  readonly subjectId: Id | null;
  readonly sourceKey: Id | null;
  readonly decidedOn: Day | null;
  readonly cells: CellCounts;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
};

/** Makes the month's partition of row outcomes. */
export async function ensureOutcomeMonth(db: Queryable, at: Instant): Promise<void> {
  await db.execute(
    sql`select operation.ensure_month('collection.row_outcome', ${at}::timestamptz::date)`,
  );
}

/** Copies row outcomes of one batch. */
export async function insertOutcomes(
  tx: Tx,
  batch: Pick<Batch, 'batchId' | 'receivedAt'>,
  outcomes: readonly RowOutcome[],
): Promise<void> {
  await tx.copy('collection.row_outcome', outcomeColumns, outcomeLines(batch, outcomes));
}

const outcomeColumns = [
  'batch_id',
  'row_no',
  'received_at',
  'outcome',
  'codes',
  'record_id',
  'subject_id',
  'source_key',
  'decided_on',
  'cells_required',
  'cells_filled',
  'row_digest',
];

/** Written by hand: every row of every delivery passes here, and only its codes need escaping. */
function* outcomeLines(
  batch: Pick<Batch, 'batchId' | 'receivedAt'>,
  outcomes: readonly RowOutcome[],
): Generator<string> {
  const none = String.raw`\N`;
  for (const item of outcomes) {
    const codes = item.codes.length === 0 ? none : copyText(textArray(item.codes));
    yield `${batch.batchId}\t${item.row}\t${batch.receivedAt}\t${item.outcome}\t${codes}\t${
      item.recordId ?? none
    }\t${item.subjectId ?? none}\t${item.sourceKey ?? none}\t${item.decidedOn ?? none}\t${
      item.cells.required
    }\t${item.cells.filled}\t${copyHex(item.digest)}`;
  }
}

/** Copies findings of one batch. */
export async function insertFindings(
  tx: Tx,
  batchId: Id,
  findings: readonly (Finding & { readonly row: number; readonly no: number })[],
): Promise<void> {
  await tx.copy(
    'collection.finding',
    ['batch_id', 'row_no', 'finding_no', 'rule', 'severity', 'field', 'value', 'detail'],
    findings.map((item) => [
      batchId,
      item.row,
      item.no,
      item.rule,
      item.severity,
      item.field,
      clean(item.value),
      { column: item.column, message: clean(item.message), advice: clean(item.advice) },
    ]),
  );
}

/** PostgreSQL text refuses NUL; the reader has reported it already. */
function clean(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', '');
}

/** A stored finding with the outcome of its row. */
export type StoredFinding = {
  readonly row: number;
  readonly rule: string;
  readonly severity: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly column: number | null;
  readonly message: string;
  readonly advice: string;
};

/**
 * Wrong and waiting rows of a batch after a row number, with their findings, in order. Each outcome is a
 * walk along an index of its own: a page takes as long at the end of a million rows as at their beginning.
 */
export async function wrongRows(
  db: Queryable,
  batch: Pick<Batch, 'batchId' | 'receivedAt'>,
  page: {
    readonly after: number;
    readonly limit: number;
    /** Wrong and waiting ones where it is not said. */
    readonly outcomes?: readonly Outcome[];
  },
): Promise<{ row: number; outcome: Outcome; codes: string[]; findings: StoredFinding[] }[]> {
  const outcomes = page.outcomes ?? ['R', 'H'];
  // Said a second time in the words of the index, which holds these and no others.
  const indexed = outcomes.every((outcome) => outcome !== 'A' && outcome !== 'D')
    ? sql`and outcome in ('R', 'H', 'W')`
    : sql``;
  return db.query(sql`
    select o.row_no::int as row, o.outcome, coalesce(o.codes, '{}') as codes,
           coalesce(f.findings, '[]'::json) as findings
    from (select near.row_no, near.outcome, near.codes
          from unnest(${outcomes}::text[]) as wanted (outcome)
          cross join lateral (
            select row_no, outcome, codes from collection.row_outcome
            where batch_id = ${batch.batchId} and received_at = ${batch.receivedAt}
              and outcome = wanted.outcome::char(1) ${indexed} and row_no > ${page.after}
            order by row_no limit ${page.limit}) near
          order by near.row_no limit ${page.limit}) o
    left join lateral (
      select json_agg(json_build_object(
               'row', row_no, 'rule', rule, 'severity', severity, 'field', field, 'value', value,
               'column', (detail->>'column')::int, 'message', detail->>'message',
               'advice', detail->>'advice') order by finding_no) as findings
      from collection.finding where batch_id = ${batch.batchId} and row_no = o.row_no) f on true
    order by o.row_no`);
}

/** Findings of a batch by rule. */
export function countFindings(
  db: Queryable,
  batchId: Id,
): Promise<{ rule: string; severity: string; rows: number }[]> {
  return db.query(sql`
    select rule, severity, count(distinct row_no)::int as rows from collection.finding
    where batch_id = ${batchId} group by rule, severity order by rows desc, rule`);
}

/** A count a provider declares for a month. */
export async function insertDeclaredCount(
  tx: Tx,
  count: {
    readonly provider: string;
    readonly item: string;
    readonly period: string;
    readonly kind: 'produced' | 'published' | 'not-reported';
    readonly count: number;
    readonly ground: string | null;
    readonly at: Instant;
    readonly actId: Id;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into collection.declared_count
      (provider, item, period, kind, count, ground, declared_at, act_id)
    values (${count.provider}, ${count.item}, ${count.period}, ${count.kind}, ${count.count},
            ${count.ground}, ${count.at}, ${count.actId})`);
}

/** Newest finished batch per provider and item: how current each source is. */
export function sourceCurrency(
  db: Queryable,
): Promise<{ provider: string; item: string; lastReceivedAt: Instant; rows: string }[]> {
  return db.query(sql`
    select provider, item, max(received_at) as "lastReceivedAt",
           sum(accepted + accepted_with_warning)::text as rows
    from collection.batch where state = 'done' group by provider, item`);
}

/** Keeps two deliveries of one source from telling rows apart at once. Held to the end of the transaction. */
export async function lockSource(
  tx: Tx,
  source: { readonly provider: string; readonly item: string },
): Promise<void> {
  const name = `collection.source:${source.provider}|${source.item}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** The same for several sources, in one order for everybody, before any of their rows is touched. */
export async function lockSources(
  tx: Tx,
  sources: readonly { readonly provider: string; readonly item: string }[],
): Promise<void> {
  const distinct = new Map(sources.map((source) => [`${source.provider}|${source.item}`, source]));
  for (const name of [...distinct.keys()].sort()) await lockSource(tx, distinct.get(name)!);
}
