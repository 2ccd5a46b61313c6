/**
 * SQL of the portal's figures. The working reads windows, statements and subjects in one pass a day and
 * writes the portal's own tables; pages read only those. Counted is what the `show` channel holds open on
 * the day: whatever else closes a record to the public has to be named in `openRecords`, and nowhere else.
 */
import type { Day, Instant } from '../../../kernel/day.ts';
import type { Id } from '../../../kernel/ids.ts';
import { type Queryable, type Sql, type Tx, sql } from '../../../platform/db/index.ts';

/** Of which day, and under which state of the law, the stored figures are. */
export type FigureRun = {
  readonly day: Day;
  readonly lawDigest: string;
  readonly madeAt: Instant;
  readonly seconds: number;
  readonly records: number;
};

/** One figure. */
export type FigureRow = {
  readonly chart: 'total' | 'month' | 'item' | 'sector' | 'authority';
  readonly key: string;
  readonly count: number;
};

/** The run the stored figures are of; `null` before the first. */
export async function readRun(db: Queryable): Promise<FigureRun | null> {
  const rows = await db.query<FigureRun>(sql`
    select day::text as day, law_digest as "lawDigest", made_at as "madeAt", seconds::float8 as seconds,
           records::float8 as records
    from portal.figure_run`);
  return rows[0] ?? null;
}

/** When a delivery was last worked through, or let out or taken back by officers; `null`: never. */
export async function newestChange(db: Queryable): Promise<Instant | null> {
  const rows = await db.query<{ at: Instant | null }>(sql`
    select greatest((select max(finished_at) from collection.batch),
                    (select max(at) from records.release)) as at`);
  return rows[0]?.at ?? null;
}

/** How many deliveries are not worked through yet; counts a thousand at most. */
export async function waitingBatches(db: Queryable): Promise<number> {
  const rows = await db.query<{ count: number }>(sql`
    select count(*)::float8 as count from (
      select 1 from collection.batch where state in ('received', 'running') limit 1000) waiting`);
  return rows[0]!.count;
}

/** Takes the right to work figures out until the transaction ends; false when another has it. */
export async function lockFigures(tx: Tx): Promise<boolean> {
  const rows = await tx.query<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('portal.figure')) as mine`,
  );
  return rows[0]!.mine;
}

/** What the open records of a day are worked out from. */
export type OpenQuery = {
  readonly day: Day;
  /** Decisions of officers up to then count. */
  readonly until: Instant;
  /** Items whose rows, received in these days, are shown only once two officers let them. */
  readonly demands: readonly {
    readonly item: string;
    readonly from: Day;
    readonly to: Day | null;
  }[];
};

/**
 * The statement that leads a record, as `leadingStatement` of records tells it: the newest version of each
 * source; living ones before deleted ones, the authority's own before others', the first received first.
 */
function leading(): Sql {
  return sql`
    select * from (
      select distinct on (v.statement_id) v.statement_id, v.op, v.provider, v.batch_id, v.received_at,
             v.authority_name, v.authority_code, v.decided_on, v.kinds,
             min(v.received_at) over (partition by v.statement_id) as first_at
      from records.statement_version v
      where v.subject_id = w.subject_id and v.record_id = w.record_id
      order by v.statement_id, v.version desc) newest
    where op <> 'M'
    order by op = 'D', provider is distinct from authority_code, first_at, statement_id limit 1`;
}

/**
 * Records of organisations open to the public on a day, each with what is counted by, in a table that goes
 * with the transaction. Individual businesses are left out: a count of one would be about a person.
 */
export async function openRecords(tx: Tx, { day, until, demands }: OpenQuery): Promise<number> {
  await tx.execute(sql`
    create temporary table open_record (
      family text, item text, record_id uuid, subject_id uuid, opened_on date, region text, sector text,
      authority text, decided_on date, kinds text[]) on commit drop`);
  return tx.execute(sql`
    with decided as (
      select distinct on (object_id) object_id, shows from records.release
      where at <= ${until}::timestamptz order by object_id, step_no desc)
    insert into open_record
    select w.family, w.item, w.record_id, w.subject_id, lower(span.days) as opened_on, s.region,
           left(regexp_replace(coalesce(s.industry, '?'), '^[A-Z]', ''), 2) as sector,
           coalesce(v.authority_name, v.authority_code, '?') as authority,
           coalesce(v.decided_on, (v.received_at at time zone 'Asia/Shanghai')::date) as decided_on,
           coalesce(v.kinds, '{}') as kinds
    from records.record_window w
    join subjects.subject s on s.subject_id = w.subject_id
    cross join lateral (
      select days from unnest(w.show) as days where days @> ${day}::date limit 1) span
    cross join lateral (${leading()}) v
    left join decided of_batch on of_batch.object_id = v.batch_id
    left join decided of_record on of_record.object_id = w.record_id
    where w.superseded_at is null and w.show @> ${day}::date and s.kind = 'organisation'
      and of_record.shows is not false
      and coalesce(of_batch.shows, not exists (
        select 1 from json_to_recordset(${JSON.stringify(demands)}::json)
          as demand(item text, "from" date, "to" date)
        where demand.item = w.item
          and demand."from" <= (v.received_at at time zone 'Asia/Shanghai')::date
          and (demand."to" is null
               or (v.received_at at time zone 'Asia/Shanghai')::date <= demand."to")))`);
}

/** Most authorities kept of one region and family: the page tells the largest and the rest as one. */
const authoritiesMax = 30;

/** Counts the open records every way the pages tell them. */
export async function writeFigures(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from portal.figure`);
  await tx.execute(sql`
    with told as (
      select coalesce(region, '?') as region, family, item, sector, authority,
             to_char(decided_on, 'YYYY-MM') as month, count(*) as n
      from open_record group by 1, 2, 3, 4, 5, 6),
    cubed as (
      select case when grouping(region) = 1 then '*' else region end as region,
             case when grouping(family) = 1 then '*' else family end as family,
             case when grouping(month) = 0 then 'month' when grouping(item) = 0 then 'item'
                  when grouping(sector) = 0 then 'sector'
                  when grouping(authority) = 0 then 'authority' else 'total' end as chart,
             coalesce(month, item, sector, authority, '') as key, coalesce(sum(n), 0) as n
      from told
      group by cube (region), cube (family),
               grouping sets ((month), (item), (sector), (authority), ())),
    ranked as (
      select *, row_number() over (partition by region, family, chart order by n desc, key) as rank
      from cubed)
    insert into portal.figure (region, family, chart, key, count)
    select region, family, chart, key, n from ranked
    where chart <> 'authority' or rank <= ${authoritiesMax}`);
}

/** Longest list of what is new. */
export const newestMax = 50;

/** Lists what was opened to the public last, by list: permits, penalties, everything else. */
export async function writeNewest(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from portal.newest`);
  await tx.execute(sql`
    insert into portal.newest (list, place, record_id, opened_on)
    select list, place, record_id, opened_on from (
      select case when family in ('permit', 'penalty') then family else 'other' end as list,
             row_number() over (
               partition by case when family in ('permit', 'penalty') then family else 'other' end
               order by opened_on desc, decided_on desc, record_id desc) as place,
             record_id, opened_on
      from open_record) ranked
    where place <= ${newestMax}`);
}

/** Cuts the organisations into parts of the site map. */
export async function writeSitemap(tx: Tx, partSize: number): Promise<void> {
  await tx.execute(sql`delete from portal.sitemap_part`);
  await tx.execute(sql`
    insert into portal.sitemap_part (part, from_subject, subjects, changed_on)
    select part, min(subject_id::text)::uuid, count(*), max(changed_on) from (
      select (row_number() over (order by subject_id) - 1) / ${partSize}::int + 1 as part, subject_id,
             (recorded_at at time zone 'Asia/Shanghai')::date as changed_on
      from subjects.subject where ${listed()}) numbered
    group by part`);
}

/** Organisations that have a page of their own under their code. */
function listed(): Sql {
  return sql`kind = 'organisation' and duplicate_of is null and uscc is not null`;
}

/** Says of which day the figures are. */
export async function writeRun(tx: Tx, run: FigureRun): Promise<void> {
  await tx.execute(sql`delete from portal.figure_run`);
  await tx.execute(sql`
    insert into portal.figure_run (day, law_digest, made_at, seconds, records)
    values (${run.day}::date, ${run.lawDigest}, ${run.madeAt}::timestamptz, ${run.seconds},
            ${run.records})`);
}

/** Figures of a region (`*`: all) and a family (`*`: all). */
export function readFigures(db: Queryable, region: string, family: string): Promise<FigureRow[]> {
  return db.query<FigureRow>(sql`
    select chart, key, count::float8 as count from portal.figure
    where region = ${region} and family = ${family}
    order by chart, count desc, key`);
}

/** Records by region, of a family (`*`: all). */
export function readByRegion(
  db: Queryable,
  family: string,
): Promise<{ key: string; count: number }[]> {
  return db.query(sql`
    select region as key, count::float8 as count from portal.figure
    where region <> '*' and family = ${family} and chart = 'total' and key = ''
    order by count desc, region`);
}

/** Candidates of a list, the newest first. */
export async function readNewest(
  db: Queryable,
  list: string,
  most: number,
): Promise<{ recordId: Id; openedOn: Day }[]> {
  return db.query(sql`
    select record_id as "recordId", opened_on::text as "openedOn" from portal.newest
    where list = ${list} order by place limit ${most}`);
}

/** Parts of the site map. */
export function readSitemapParts(
  db: Queryable,
): Promise<{ part: number; fromSubject: Id; subjects: number; changedOn: Day }[]> {
  return db.query(sql`
    select part, from_subject as "fromSubject", subjects, changed_on::text as "changedOn"
    from portal.sitemap_part order by part`);
}

/** Codes of one part of the site map with the day their registration last changed. */
export function readSitemapPart(
  db: Queryable,
  from: Id,
  most: number,
): Promise<{ uscc: string; changedOn: Day }[]> {
  return db.query(sql`
    select uscc, (recorded_at at time zone 'Asia/Shanghai')::date::text as "changedOn"
    from subjects.subject
    where subject_id >= ${from}::uuid and ${listed()}
    order by subject_id limit ${most}`);
}
