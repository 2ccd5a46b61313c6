/** SQL of figures at a glance, and of the lists behind them. Days are of UTC+8. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Sql, sql } from '../../platform/db/index.ts';

type Outcomes = {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly held: number;
  readonly rejected: number;
};

/** What became of the rows a unit delivered in a month. */
export type MonthOutcomes = Outcomes & {
  readonly provider: string;
  readonly month: string;
  readonly deliveries: number;
};

/** Deliveries that were worked through since an instant, by unit and month of receipt. */
export function monthOutcomes(db: Queryable, from: Instant): Promise<MonthOutcomes[]> {
  return db.query(sql`
    select provider, to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
           count(*)::int as deliveries, sum(received)::float8 as received,
           sum(accepted + accepted_with_warning)::float8 as accepted,
           sum(duplicate)::float8 as duplicate, sum(held)::float8 as held,
           sum(rejected)::float8 as rejected
    from collection.batch where state = 'done' and received_at >= ${from} group by 1, 2`);
}

/** Where a page begins: after this one. */
type After = { readonly receivedAt: string; readonly batchId: Id; readonly row: number } | null;

const ofUnits = (units: readonly string[] | null): Sql =>
  units === null ? sql`` : sql`and provider = any(${units}::text[])`;

/** A delivery with what became of its rows. */
export type DeliveryLine = Outcomes & {
  readonly batchId: Id;
  readonly provider: string;
  readonly item: string;
  readonly fileName: string;
  readonly receivedAt: Instant;
};

/** Deliveries of units (`null`: of all) in a span that were worked through, the newest first. */
export function deliveriesIn(
  db: Queryable,
  units: readonly string[] | null,
  page: {
    readonly from: Instant;
    readonly to: Instant;
    readonly after: After;
    readonly limit: number;
  },
): Promise<DeliveryLine[]> {
  const { from, to, after, limit } = page;
  const further =
    after === null
      ? sql``
      : sql`and (received_at, batch_id) < (${after.receivedAt}::timestamptz, ${after.batchId}::uuid)`;
  return db.query(sql`
    select batch_id as "batchId", provider, item, file_name as "fileName",
           received_at as "receivedAt", received::float8 as received,
           (accepted + accepted_with_warning)::float8 as accepted, duplicate::float8 as duplicate,
           held::float8 as held, rejected::float8 as rejected
    from collection.batch
    where state = 'done' and received_at >= ${from} and received_at < ${to}
      ${ofUnits(units)} ${further}
    order by received_at desc, batch_id desc limit ${limit}`);
}

/** How many rows whose subject was in doubt wait, were linked, or went back, by unit. */
export function heldCounts(
  db: Queryable,
): Promise<{ provider: string; state: 'held' | 'linked' | 'returned'; rows: number }[]> {
  return db.query(sql`
    select provider, state, count(*)::int as rows from collection.held_row group by 1, 2`);
}

/** A row whose subject was in doubt. */
export type HeldLine = {
  readonly batchId: Id;
  readonly row: number;
  readonly provider: string;
  readonly item: string;
  readonly receivedAt: Instant;
  readonly name: string | null;
  readonly reviewId: Id | null;
};

/** Rows of units (`null`: of all) that were in doubt, by what became of them, the newest first. */
export function heldRows(
  db: Queryable,
  units: readonly string[] | null,
  page: {
    readonly state: 'held' | 'linked' | 'returned';
    readonly after: After;
    readonly limit: number;
  },
): Promise<HeldLine[]> {
  const { state, after, limit } = page;
  const further =
    after === null
      ? sql``
      : sql`and (received_at, batch_id, row_no)
              < (${after.receivedAt}::timestamptz, ${after.batchId}::uuid, ${after.row}::bigint)`;
  return db.query(sql`
    select batch_id as "batchId", row_no::int as row, provider, item, received_at as "receivedAt",
           query ->> 'name' as name, review_id as "reviewId"
    from collection.held_row
    where state = ${state} ${ofUnits(units)} ${further}
    order by received_at desc, batch_id desc, row_no desc limit ${limit}`);
}
