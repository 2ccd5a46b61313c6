/** SQL of counts by month of decision. Row outcomes are reached by the batches of one source. */
import type { Day, Instant } from '../../kernel/day.ts';
import { startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Sql, sql } from '../../platform/db/index.ts';
import type { DeclaredCounts, KeyGroup } from './domain.ts';

export type { KeyGroup } from './domain.ts';
export type Declared = DeclaredCounts;

/** One source and the days of decision that are asked for. */
export type SourceDays = {
  readonly provider: string;
  readonly item: string;
  readonly from: Day;
  readonly to: Day;
};

/**
 * Rows of a source with a key and a decision day in the span. A decision comes no earlier than its day,
 * so months of receipt before the first day are never opened. A deletion that was accepted and found
 * nothing stored is no decision: it does not put right what was given back.
 */
function rowsOf({ provider, item, from, to }: SourceDays): Sql {
  const since: Instant = startOfDay(from);
  return sql`
    collection.batch b
    join collection.row_outcome o
      on o.batch_id = b.batch_id and o.received_at = b.received_at
         and o.received_at >= ${since}::timestamptz
    where b.provider = ${provider} and b.item = ${item} and b.received_at >= ${since}::timestamptz
      and not (o.outcome in ('A', 'W') and o.record_id is null)
      and o.source_key is not null and o.decided_on between ${from}::date and ${to}::date`;
}

const firstGood = sql`min(o.received_at) filter (where o.outcome <> 'R')`;

/** Keys of a source by decision day and day of the first receipt that was not rejected. */
export function keyGroups(db: Queryable, source: SourceDays): Promise<KeyGroup[]> {
  return db.query<KeyGroup>(sql`
    select decided_on::text as "decidedOn",
           (first at time zone 'Asia/Shanghai')::date::text as "receivedOn", count(*)::float8 as keys
    from (select (array_agg(o.decided_on order by o.received_at desc, o.row_no desc))[1] as decided_on,
                 ${firstGood} as first
          from ${rowsOf(source)} group by o.source_key) k
    group by 1, 2 order by 1, 2`);
}

/** A late key with the row by which it first came: the first not rejected, else the last rejected. */
export type LateRow = {
  readonly key: Id;
  readonly decidedOn: Day;
  /** Day of the first receipt that was not rejected; `null`: there was none. */
  readonly receivedOn: Day | null;
  readonly batchId: Id;
  readonly rowNo: number;
  readonly fileName: string;
  readonly codes: readonly string[];
  readonly recordId: Id | null;
};

/** Late keys in order of decision day and key. */
export function lateRows(
  db: Queryable,
  source: SourceDays,
  page: {
    readonly dues: readonly { readonly decided: Day; readonly due: Day }[];
    readonly today: Day;
    readonly after: { readonly decidedOn: Day; readonly key: Id } | null;
    readonly limit: number;
  },
): Promise<LateRow[]> {
  const { after } = page;
  return db.query<LateRow>(sql`
    with told as (
      select o.source_key as key, o.decided_on, o.received_at, o.outcome, o.batch_id, o.row_no,
             o.codes, o.record_id, b.file_name,
             row_number() over (partition by o.source_key order by (o.outcome = 'R'),
               case when o.outcome = 'R' then null else o.received_at end,
               o.received_at desc, o.row_no) as place
      from ${rowsOf(source)})
    select key, decided_on::text as "decidedOn",
           case when outcome = 'R' then null
                else (received_at at time zone 'Asia/Shanghai')::date::text end as "receivedOn",
           batch_id as "batchId", row_no::int as "rowNo", file_name as "fileName",
           coalesce(codes, '{}') as codes, record_id as "recordId"
    from told
    join json_to_recordset(${JSON.stringify(page.dues)}::json) as d(decided date, due date)
      on d.decided = decided_on
    where place = 1
      and (case when outcome = 'R' then ${page.today}::date
                else (received_at at time zone 'Asia/Shanghai')::date end) > d.due
      and (${after?.decidedOn ?? null}::date is null
           or (decided_on, key) > (${after?.decidedOn ?? null}::date, ${after?.key ?? null}::uuid))
    order by decided_on, key limit ${page.limit}`);
}

/** The newest declaration of each kind for a month. */
export async function readDeclared(
  db: Queryable,
  source: { readonly provider: string; readonly item: string; readonly period: string },
): Promise<Declared> {
  const rows = await db.query<{ kind: string; count: number; ground: string | null }>(sql`
    select distinct on (kind) kind, count::float8 as count, ground
    from collection.declared_count
    where provider = ${source.provider} and item = ${source.item} and period = ${source.period}
    order by kind, declared_at desc`);
  const of = (kind: string) => rows.find((row) => row.kind === kind);
  return {
    produced: of('produced')?.count ?? null,
    published: of('published')?.count ?? null,
    notReported: of('not-reported')?.count ?? null,
    ground: of('not-reported')?.ground ?? null,
  };
}

/** Every source that declared a month, or sent anything for these items since its first day. */
export function sourcesOf(
  db: Queryable,
  asked: { readonly items: readonly string[]; readonly period: string; readonly from: Day },
): Promise<{ provider: string; item: string }[]> {
  return db.query(sql`
    select provider, item from collection.declared_count
    where item = any(${asked.items}::text[]) and period = ${asked.period}
    union
    select provider, item from collection.batch
    where item = any(${asked.items}::text[])
      and received_at >= ${startOfDay(asked.from)}::timestamptz
    order by provider, item`);
}

/** Where the lists of a source come from, by `provider|item`; the newest list counts. */
export async function readLedgerAddresses(
  db: Queryable,
  items: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ name: string; source: string }>(sql`
    select distinct on (provider, item) provider || '|' || item as name, source
    from double_publicity.ledger where item = any(${items}::text[])
    order by provider, item, imported_at desc`);
  return new Map(rows.map(({ name, source }) => [name, source]));
}
