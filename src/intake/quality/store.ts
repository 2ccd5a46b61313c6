/** SQL of quality: counts from stored events. Days are of UTC+8. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Sql, raw, sql } from '../../platform/db/index.ts';
import type { KeyGroup } from './domain.ts';

/** The month's first instant, the one after its last, and the one up to which corrections count. */
export type Span = { readonly from: Instant; readonly to: Instant; readonly until: Instant };

/** One source: a unit and an item. */
export type Source = { readonly provider: string; readonly item: string };

/** Which sources; `null`: all. */
export type SourceFilter = { readonly provider: string | null; readonly item: string | null };

/** Every source. */
export const everySource: SourceFilter = { provider: null, item: null };

/** Name of a source, for maps. */
export function nameOf({ provider, item }: Source): string {
  return `${provider}|${item}`;
}

/** Whether a source is one of those asked for. */
export function isOf({ provider, item }: Source, of: SourceFilter): boolean {
  return provider === (of.provider ?? provider) && item === (of.item ?? item);
}

const dayOfInstant = (column: string) => raw(`(${column} at time zone 'Asia/Shanghai')::date`);

// A row whose key could not be read is a fact of its own; the same row again is the same fact.
const keyOf = (row: string) =>
  raw(`coalesce(${row}.source_key, left(encode(${row}.row_digest, 'hex'), 32)::uuid)`);

/**
 * Rows from the month's first instant to the cut-off, numbered under their key. `n` is 1 for a fact's
 * first receipt of all: keys that were received before the month are left out, and stay in theirs.
 */
export function rowsOfFacts(span: Span, of: SourceFilter): Sql {
  return sql`
    b as (
      select batch_id, provider, item, period from collection.batch
      where state <> 'refused' and received_at < ${span.until}
        and (${of.provider}::text is null or provider = ${of.provider})
        and (${of.item}::text is null or item = ${of.item})),
    -- Joined by the batch alone: with the day of receipt as well, which follows from it, the planner
    -- expects next to no rows and compares every row with every earlier one.
    all_rows as materialized (
      select b.provider, b.item, b.period, o.batch_id, o.row_no, o.received_at, o.outcome, o.row_digest,
             coalesce(o.codes, '{}') as codes, o.record_id, o.subject_id, o.decided_on,
             coalesce(o.cells_required, 0) as cells_required, coalesce(o.cells_filled, 0) as cells_filled,
             ${keyOf('o')} as key
      from collection.row_outcome o join b using (batch_id)
      where o.received_at >= ${span.from} and o.received_at < ${span.until}),
    earlier as materialized (
      select distinct b.provider, b.item, ${keyOf('e')} as key
      from collection.row_outcome e join b using (batch_id)
      where e.received_at < ${span.from} and ${keyOf('e')} in (select key from all_rows)),
    fresh as (
      select r.* from all_rows r
      where not 'PERSONAL' = any(r.codes)
        and not exists (
          select 1 from earlier e
          where e.key = r.key and e.provider = r.provider and e.item = r.item)),
    numbered as (
      select *, row_number() over w as n, lag(row_digest) over w as before
      from fresh
      window w as (partition by provider, item, key order by received_at, batch_id, row_no)),
    ${factsOf(span)}`;
}

/** Facts out of their numbered rows: what the first said, and which put it right. */
function factsOf(span: Span): Sql {
  return sql`
    judged as (
      select *,
        -- Taking a wrong row back does not put it right; where nothing was stored, the deletion that was
        -- accepted stands for no record.
        outcome <> 'R' and not (n > 1 and (
          (record_id is null and outcome in ('A', 'W'))
          or (record_id is not null and exists (
            select 1 from records.statement_version v
            where v.subject_id = numbered.subject_id and v.record_id = numbered.record_id
              and v.batch_id = numbered.batch_id and v.row_no = numbered.row_no
              and v.op in ('W', 'D'))))) as passes,
        case when record_id is not null then true
             when outcome = 'H' then exists (
               select 1 from collection.held_row h
               where h.batch_id = numbered.batch_id and h.row_no = numbered.row_no
                 and h.state = 'linked')
             else false end as linked
      from numbered),
    facts as (
      select provider, item, key, min(received_at) as first_at,
        min(received_at) filter (where passes) as accepted_at,
        bool_or(passes) filter (where n = 1) as first_passed,
        bool_or(passes) and bool_or(linked) as matched,
        (array_agg(decided_on order by n) filter (where decided_on is not null))[1] as decided_on,
        (array_agg(period order by n))[1] as period,
        (array_agg(cells_required order by n desc))[1] as cells_required,
        (array_agg(cells_filled order by n desc))[1] as cells_filled,
        (array_agg(batch_id order by n))[1] as batch_id,
        (array_agg(row_no order by n))[1] as row_no,
        -- A code is judged as it first came.
        (array_agg(array_to_string(codes, ' ') order by n))[1] as codes
      from judged group by provider, item, key having min(received_at) < ${span.to})`;
}

/** Facts first received in the month, counted by the days their punctuality hangs on. */
export function factGroups(
  db: Queryable,
  span: Span,
  of: SourceFilter,
  wrongCodeRules: readonly string[],
): Promise<KeyGroup[]> {
  return db.query(sql`
    with ${rowsOfFacts(span, of)}
    select provider, item, decided_on as "decidedOn", period,
      ${dayOfInstant('first_at')} as "firstOn", ${dayOfInstant('accepted_at')} as "acceptedOn",
      count(*)::int as received, (count(*) filter (where first_passed))::int as "firstPassed",
      (count(*) filter (where matched))::int as matched,
      (count(*) filter (where string_to_array(codes, ' ') && ${wrongCodeRules}::text[]))::int as "wrongCode",
      sum(cells_required)::float8 as "cellsRequired", sum(cells_filled)::float8 as "cellsFilled"
    from facts group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`);
}

/** Rows of the month that say again what was said, and rows about natural persons. */
export function repeats(
  db: Queryable,
  span: Span,
  of: SourceFilter,
): Promise<{ provider: string; item: string; duplicates: number; natural: number }[]> {
  return db.query(sql`
    with ${rowsOfFacts(span, of)},
    again as (
      select provider, item from numbered
      where received_at < ${span.to} and n > 1 and (outcome = 'D' or row_digest = before)
      union all
      select a.provider, a.item from all_rows a
      where a.received_at < ${span.to} and a.outcome = 'D'
        and not exists (select 1 from fresh f where f.batch_id = a.batch_id and f.row_no = a.row_no)),
    both_kinds as (
      select provider, item, 1 as duplicates, 0 as natural from again
      union all
      select provider, item, 0, 1 from all_rows
      where received_at < ${span.to} and 'PERSONAL' = any(codes))
    select provider, item, sum(duplicates)::int as duplicates, sum("natural")::int as natural
    from both_kinds group by 1, 2`);
}

/** A fact with its first row, for whoever opens a figure. */
export type FactRow = {
  readonly provider: string;
  readonly item: string;
  readonly batchId: Id;
  readonly fileName: string;
  readonly row: number;
  readonly decidedOn: Day | null;
  readonly firstOn: Day;
  readonly acceptedOn: Day | null;
  readonly firstPassed: boolean;
  readonly matched: boolean;
  readonly cellsRequired: number;
  readonly cellsFilled: number;
  readonly codes: string[];
};

/** The days by which facts are told to be late, as {@link factGroups} counts them together. */
export type Days = Pick<KeyGroup, 'item' | 'decidedOn' | 'period' | 'acceptedOn'>;

/** Which facts are asked for: by what became of them, or those with certain days. */
export type Against =
  | { readonly of: 'received' | 'rejected' | 'uncorrected' | 'incomplete' | 'unmatched' }
  | { readonly of: 'days'; readonly days: readonly Days[] };

function standsAgainst(against: Against): Sql {
  switch (against.of) {
    case 'received':
      return sql`true`;
    case 'rejected':
      return sql`not f.first_passed`;
    case 'uncorrected':
      return sql`f.accepted_at is null`;
    case 'incomplete':
      return sql`f.cells_filled < f.cells_required`;
    case 'unmatched':
      return sql`f.accepted_at is not null and not f.matched`;
    case 'days': {
      const { days } = against;
      return sql`exists (
        select 1 from unnest(${days.map(({ item }) => item)}::text[],
          ${days.map(({ decidedOn }) => decidedOn)}::date[],
          ${days.map(({ period }) => period)}::text[],
          ${days.map(({ acceptedOn }) => acceptedOn)}::date[]) as d (item, decided, period, accepted)
        where d.item = f.item and d.decided is not distinct from f.decided_on
          and d.period is not distinct from f.period
          and d.accepted is not distinct from ${dayOfInstant('f.accepted_at')})`;
    }
  }
}

/** Facts of the month after a place (batch and row of the last one seen), in order. */
export function factRows(
  db: Queryable,
  span: Span,
  of: SourceFilter,
  page: {
    readonly against: Against;
    readonly after: { readonly batchId: string; readonly row: number } | null;
    readonly limit: number;
  },
): Promise<FactRow[]> {
  const { against, after } = page;
  return db.query(sql`
    with ${rowsOfFacts(span, of)}
    select f.provider, f.item, f.batch_id as "batchId", b.file_name as "fileName",
      f.row_no::int as row, f.decided_on as "decidedOn",
      ${dayOfInstant('f.first_at')} as "firstOn", ${dayOfInstant('f.accepted_at')} as "acceptedOn",
      f.first_passed as "firstPassed", f.matched,
      f.cells_required::int as "cellsRequired", f.cells_filled::int as "cellsFilled",
      array_remove(string_to_array(f.codes, ' '), '') as codes
    from facts f join collection.batch b on b.batch_id = f.batch_id
    where ${standsAgainst(against)} and (${after?.batchId ?? null}::uuid is null
      or (f.batch_id, f.row_no) > (${after?.batchId ?? null}::uuid, ${after?.row ?? 0}::bigint))
    order by f.batch_id, f.row_no limit ${page.limit}`);
}

/**
 * Records of each source standing before an instant whose source says when it changed them (the row's
 * version reads as a date), and those it changed on the given day or after.
 */
export function freshCounts(
  db: Queryable,
  until: Instant,
  sources: readonly (Source & { readonly since: Day })[],
): Promise<(Source & { dated: number; fresh: number })[]> {
  if (sources.length === 0) return Promise.resolve([]);
  return db.query(sql`
    with asked as (
      select * from unnest(${sources.map(({ provider }) => provider)}::text[],
        ${sources.map(({ item }) => item)}::text[],
        ${sources.map(({ since }) => since)}::text[]) as a (provider, item, since)),
    newest as (
      select distinct on (v.statement_id) a.provider, a.item, a.since, v.op, v.row_version
      from records.statement_version v join asked a using (provider, item)
      where v.received_at < ${until} order by v.statement_id, v.recorded_at desc, v.version desc)
    select provider, item, count(*)::int as dated,
      (count(*) filter (where left(row_version, 10) >= since))::int as fresh
    from newest where op in ('I', 'U') and row_version ~ '^\\d{4}-\\d{2}-\\d{2}'
    group by 1, 2`);
}

/** Newest declared number of decisions by source and month, from one month to another (`YYYY-MM`). */
export function producedCounts(
  db: Queryable,
  first: string,
  last: string,
): Promise<{ provider: string; item: string; month: string; count: number }[]> {
  return db.query(sql`
    select distinct on (provider, item, period) provider, item, period as month, count::float8 as count
    from collection.declared_count
    where kind = 'produced' and period between ${first} and ${last}
    order by provider, item, period, declared_at desc`);
}

/** What a source delivered in a month. `passed`: rows not given back. */
export type MonthOfSource = {
  readonly provider: string;
  readonly item: string;
  readonly month: string;
  readonly batches: number;
  readonly rows: number;
  readonly passed: number;
};

/** Deliveries by source and calendar month, from batches alone. */
export function monthsOfSources(
  db: Queryable,
  from: Instant,
  to: Instant,
): Promise<MonthOfSource[]> {
  return db.query(sql`
    select provider, item, to_char(received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      count(*)::int as batches, sum(received)::float8 as rows,
      sum(received - rejected)::float8 as passed
    from collection.batch
    where state = 'done' and received_at >= ${from} and received_at < ${to}
    group by 1, 2, 3 order by 1, 2, 3`);
}

/** How often something was seen in a source's month: a finding, a value of a column, a day. */
export type Seen = {
  readonly provider: string;
  readonly item: string;
  readonly month: string;
  readonly what: string;
  readonly count: number;
};

/** Rows with each finding, by source and month. */
export function codesSeen(db: Queryable, from: Instant, to: Instant): Promise<Seen[]> {
  return db.query(sql`
    select b.provider, b.item, to_char(o.received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      c.code as what, count(*)::int as count
    from collection.row_outcome o join collection.batch b using (batch_id, received_at)
    cross join lateral unnest(o.codes) as c (code)
    where o.received_at >= ${from} and o.received_at < ${to} and b.state = 'done'
    group by 1, 2, 3, 4`);
}

/** Rows by the day of their decision, by source and month. */
export function daysSeen(db: Queryable, from: Instant, to: Instant): Promise<Seen[]> {
  return db.query(sql`
    select b.provider, b.item, to_char(o.received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      o.decided_on::text as what, count(*)::int as count
    from collection.row_outcome o join collection.batch b using (batch_id, received_at)
    where o.received_at >= ${from} and o.received_at < ${to} and b.state = 'done'
      and o.decided_on is not null
    group by 1, 2, 3, 4`);
}

/** Values seen in rows of one standard; `what` is `null` for all of its rows. */
export type ValuesSeen = Omit<Seen, 'what'> & {
  readonly standard: string;
  readonly what: string | null;
};

/**
 * Stored rows by standard, source and month: all of them, and by the values of the columns named, as
 * `column=value`. Shares of values are of the rows of one standard: another template asks otherwise.
 */
export function valuesSeen(
  db: Queryable,
  from: Instant,
  to: Instant,
  columns: readonly string[],
): Promise<ValuesSeen[]> {
  return db.query(sql`
    select v.provider, v.item, v.standard,
      to_char(v.received_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
      w.what, count(*)::int as count
    from records.statement_version v
    cross join lateral (
      select null as what
      union all
      select c.name || '=' || left(e.value, 60)
      from unnest(${columns}::text[]) as c (name)
      cross join lateral jsonb_array_elements_text(${valuesOf('c.name')}) as e (value)
      where v."values" ? c.name) as w
    where v.received_at >= ${from} and v.received_at < ${to} and v.op in ('I', 'U')
    group by 1, 2, 3, 4, 5`);
}

// A column may hold one value or a list of them; a row counts under each.
function valuesOf(column: string): Sql {
  const value = `(v."values" -> ${column})`;
  return raw(
    `case jsonb_typeof(${value}) when 'array' then ${value} else jsonb_build_array(${value}) end`,
  );
}

/** Where an anomaly is to be seen: a file and how many of its rows, with the first few. */
export type Lineage = {
  readonly batchId: Id;
  readonly fileName: string;
  readonly rows: number;
  readonly first: number[];
};

/** Which rows a {@link lineage} asks for: all, those with a finding, a decision day, or a value. */
export type Trait =
  | { readonly of: 'all' }
  | { readonly of: 'code' | 'day'; readonly what: string }
  | { readonly of: 'value'; readonly column: string; readonly what: string };

/** Files of a source in a month with the rows that have a trait. */
export function lineage(
  db: Queryable,
  source: { readonly provider: string; readonly item: string },
  at: { readonly from: Instant; readonly to: Instant },
  trait: Trait,
): Promise<Lineage[]> {
  return db.query(sql`
    select b.batch_id as "batchId", b.file_name as "fileName", count(*)::int as rows,
      (array_agg(o.row_no::int order by o.row_no))[1:10] as first
    from collection.batch b
    join collection.row_outcome o on o.batch_id = b.batch_id and o.received_at = b.received_at
    where b.provider = ${source.provider} and b.item = ${source.item} and b.state = 'done'
      and b.received_at >= ${at.from} and b.received_at < ${at.to}
      and o.received_at >= ${at.from} and o.received_at < ${at.to}
      and ${traitOf(trait)}
    group by b.batch_id, b.file_name order by b.batch_id`);
}

function traitOf(trait: Trait): Sql {
  switch (trait.of) {
    case 'all':
      return sql`true`;
    case 'code':
      return sql`${trait.what} = any(o.codes)`;
    case 'day':
      return sql`o.decided_on = ${trait.what}::date`;
    case 'value':
      return sql`exists (
        select 1 from records.statement_version v
        cross join (select ${trait.column}::text as name) as c
        cross join lateral jsonb_array_elements_text(${valuesOf('c.name')}) as e (value)
        where v.subject_id = o.subject_id and v.record_id = o.record_id and v.batch_id = o.batch_id
          and v.row_no = o.row_no and left(e.value, 60) = ${trait.what})`;
  }
}
