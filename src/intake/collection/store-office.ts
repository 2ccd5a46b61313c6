/** SQL of what a unit sees of its own deliveries. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Outcome } from './domain.ts';
import { type Batch, type BatchRow, batchOf, batchSelect } from './store.ts';

/** Batches of a unit (`null`: of all), the newest first, after the last of the page before. */
export async function batchesOf(
  db: Queryable,
  provider: string | null,
  page: {
    readonly after: { readonly receivedAt: Instant; readonly batchId: Id } | null;
    readonly limit: number;
  },
): Promise<Batch[]> {
  const { after, limit } = page;
  const rows = await db.query<BatchRow>(sql`
    select ${batchSelect} from collection.batch
    where (${provider}::text is null or provider = ${provider})
      and (${after?.receivedAt ?? null}::timestamptz is null
           or (received_at, batch_id) < (${after?.receivedAt ?? null}::timestamptz, ${after?.batchId ?? null}::uuid))
    order by received_at desc, batch_id desc limit ${limit}`);
  return rows.map(batchOf);
}

/** A delivery briefly. `passed`: rows not given back. */
export type DeliveryBrief = {
  readonly batchId: Id;
  readonly item: string;
  readonly period: string | null;
  readonly receivedAt: Instant;
  readonly receivedOn: Day;
  readonly rows: number;
  readonly passed: number;
};

/** Deliveries of a unit since a day that were worked through, the newest first. */
export function deliveriesSince(
  db: Queryable,
  provider: string,
  since: Day,
): Promise<DeliveryBrief[]> {
  return db.query(sql`
    select batch_id as "batchId", item, period, received_at as "receivedAt",
           (received_at at time zone 'Asia/Shanghai')::date::text as "receivedOn",
           received::float8 as rows, (received - rejected)::float8 as passed
    from collection.batch
    where provider = ${provider} and state = 'done'
      and received_at >= (${since}::date::timestamp at time zone 'Asia/Shanghai')
    order by received_at desc, batch_id desc limit 5000`);
}

/** A count a unit declared; the newest of its kind, item and month. */
export type DeclaredBrief = {
  readonly item: string;
  readonly period: string;
  readonly kind: 'produced' | 'published' | 'not-reported';
  readonly count: number;
  readonly ground: string | null;
};

/** What a unit declared of the months from one on. */
export function declaredSince(
  db: Queryable,
  provider: string,
  period: string,
): Promise<DeclaredBrief[]> {
  return db.query(sql`
    select distinct on (item, period, kind) item, period, kind, count::float8 as count, ground
    from collection.declared_count where provider = ${provider} and period >= ${period}
    order by item, period, kind, declared_at desc`);
}

/** A kind of finding in a batch: how many rows have it, and the first of them as an example. */
export type FindingGroup = {
  readonly rule: string;
  readonly severity: string;
  readonly rows: number;
  readonly firstRow: number;
  readonly field: string | null;
  readonly message: string;
  readonly advice: string;
};

/** Findings of a batch by rule, the most frequent first. */
export function findingGroups(db: Queryable, batchId: Id): Promise<FindingGroup[]> {
  return db.query(sql`
    select g.rule, g.severity, g.rows, g.first::int as "firstRow", f.field,
           coalesce(f.detail->>'message', '') as message, coalesce(f.detail->>'advice', '') as advice
    from (select rule, severity, count(distinct row_no)::int as rows, min(row_no) as first
          from collection.finding where batch_id = ${batchId} group by rule, severity) g
    join lateral (
      select field, detail from collection.finding
      where batch_id = ${batchId} and row_no = g.first and rule = g.rule and severity = g.severity
      order by finding_no limit 1) f on true
    order by g.rows desc, g.rule limit 200`);
}

/** Rows of a batch that became records, after a row. */
export function recordsOf(
  db: Queryable,
  batch: Pick<Batch, 'batchId' | 'receivedAt'>,
  page: { readonly after: number; readonly limit: number },
): Promise<{ row: number; outcome: Outcome; recordId: Id }[]> {
  return db.query(sql`
    select row_no::int as row, outcome, record_id as "recordId" from collection.row_outcome
    where batch_id = ${batch.batchId} and received_at = ${batch.receivedAt}
      and record_id is not null and row_no > ${page.after}
    order by row_no limit ${page.limit}`);
}
