/**
 * SQL of the columns of double publicity. Lines are made from the open records of a working of the
 * figures; a page is a walk along one index, with a bound on how far it goes.
 */
import type { Id } from '../../../kernel/ids.ts';
import { type Queryable, type Sql, type Tx, sql } from '../../../platform/db/index.ts';
import {
  type ColumnFilters,
  type ColumnName,
  type ColumnPosition,
  type ColumnStart,
  type FilterName,
  columnNames,
  driverOf,
  familiesOf,
  filterNames,
  reachOf,
} from './domain-columns.ts';

/** Most choices of one filter: an authority with few decisions is found by those of a region. */
const choicesMax = 60;

const listOfFamily = Object.fromEntries(
  columnNames.flatMap((name) => familiesOf[name].map((family) => [family, name])),
);

/**
 * Brings the columns in line with the open records of this transaction (see `openRecords`): lines that
 * closed go, new ones come, all others stay untouched. `sections`: letter of each two-digit industry.
 */
export async function writeColumns(
  tx: Tx,
  sections: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.execute(sql`
    create temporary table column_line on commit drop as
    select list.value as list, o.decided_on, o.record_id, o.subject_id, coalesce(o.region, '?') as region,
           coalesce(section.value, '?') as section, o.authority,
           case when list.value = 'act' then array[o.item] else o.kinds end as kinds
    from open_record o
    join json_each_text(${JSON.stringify(listOfFamily)}::json) list on list.key = o.family
    left join json_each_text(${JSON.stringify(sections)}::json) section on section.key = o.sector`);
  await tx.execute(sql`
    create temporary table column_now on commit drop as
    select distinct list, kind, decided_on, record_id, subject_id, region, section, authority
    from column_line cross join lateral unnest(array_prepend('*', kinds)) as kind`);
  await tx.execute(sql`
    delete from portal.column_entry e where not exists (
      select 1 from column_now n
      where (n.list, n.kind, n.decided_on, n.record_id, n.subject_id, n.region, n.section, n.authority)
          = (e.list, e.kind, e.decided_on, e.record_id, e.subject_id, e.region, e.section, e.authority))`);
  await tx.execute(sql`
    insert into portal.column_entry
      (list, kind, decided_on, record_id, subject_id, region, section, authority)
    select list, kind, decided_on, record_id, subject_id, region, section, authority from column_now
    on conflict do nothing`);
  await writeChoices(tx);
}

async function writeChoices(tx: Tx): Promise<void> {
  await tx.execute(sql`delete from portal.column_choice`);
  await tx.execute(sql`
    with told as (
      select list, filter.name as filter, filter.value, count(*) as n
      from column_line
      cross join lateral (
        select 'region' as name, region as value union all select 'section', section
        union all select 'authority', authority union all select 'kind', unnest(kinds)) filter
      where filter.value <> '?'
      group by 1, 2, 3),
    ranked as (
      select *, row_number() over (partition by list, filter order by n desc, value) as place from told)
    insert into portal.column_choice (list, filter, value, place)
    select list, filter, value, place from ranked where place <= ${choicesMax}`);
}

/** A line of a column, to be asked for again before it is shown. */
export type ColumnLine = ColumnPosition & { readonly subjectId: Id };

/** Lines further from the start than this are not looked at for one page. */
export const reachMax = 20_000;

/** What a walk found. `reached`: where it was broken off; `null` when it came to the end of the column. */
export type ColumnWalk = {
  readonly lines: readonly ColumnLine[];
  readonly reached: ColumnPosition | null;
};

/**
 * The next lines of a column from a start on, in the order of the walk (upwards for `newer`), at most
 * `most` of them. Of two filters one drives and the other sifts.
 */
export async function walkColumn(
  db: Queryable,
  asked: {
    readonly column: ColumnName;
    readonly filters: ColumnFilters;
    readonly start: ColumnStart | null;
    readonly most: number;
  },
): Promise<ColumnWalk> {
  const { column, filters, start, most } = asked;
  const driver = driverOf(filters);
  const kind = driver === 'kind' ? filters.kind! : '*';
  const down = start?.way !== 'newer';
  const order = down
    ? sql`order by decided_on desc, record_id desc`
    : sql`order by decided_on, record_id`;
  const from = start === null ? sql`` : beyond(start);
  // Where nothing sifts, the page is what is walked.
  const sifts = filterNames.some((name) => name !== driver && filters[name] !== undefined);
  const reach = sifts ? reachMax : most + 1;
  const rows = await db.query<ColumnLine & { readonly fits: boolean; readonly walked: number }>(sql`
    with walked as (
      select *, row_number() over (${order}) as no from (
        select * from portal.column_entry
        where list = ${column} and kind = ${kind} ${drivenBy(driver, filters)} ${from}
        ${order} limit ${reach}) near),
    fitting as (
      select * from walked w where ${siftedBy(driver, filters, column)} order by no limit ${most + 1}),
    last as (select * from walked order by no desc limit 1)
    select decided_on::text as "decidedOn", record_id as "recordId", subject_id as "subjectId", true as fits,
           no::int as walked from fitting
    union all
    select decided_on::text, record_id, subject_id, false, no::int from last
    order by fits desc, walked`);
  // One more than asked for tells whether there is anything further on.
  const fitting = rows.filter(({ fits }) => fits);
  const lines = fitting.slice(0, most);
  if (fitting.length > most) return { lines, reached: lines.at(-1)! };
  const last = rows.find(({ fits }) => !fits);
  return { lines, reached: last?.walked === reach ? last : null };
}

function beyond({ way, from: { decidedOn, recordId } }: ColumnStart): Sql {
  const position = sql`(${decidedOn}::date, ${recordId}::uuid)`;
  return way === 'older'
    ? sql`and (decided_on, record_id) < ${position}`
    : sql`and (decided_on, record_id) > ${position}`;
}

function drivenBy(driver: FilterName | null, filters: ColumnFilters): Sql {
  if (driver === 'authority') return sql`and authority = ${filters.authority!}`;
  if (driver === 'section') return sql`and section = ${filters.section!}`;
  if (driver !== 'region') return sql``;
  const { by, prefix } = reachOf(filters.region!);
  return by === 'city' ? sql`and city = ${prefix}` : sql`and region = ${prefix}`;
}

/** Conditions of the filters that do not drive. */
function siftedBy(driver: FilterName | null, filters: ColumnFilters, column: ColumnName): Sql {
  const { authority, section, region, kind } = filters;
  let sifted = sql`true`;
  if (authority !== undefined && driver !== 'authority') {
    sifted = sql`${sifted} and w.authority = ${authority}`;
  }
  if (section !== undefined && driver !== 'section') {
    sifted = sql`${sifted} and w.section = ${section}`;
  }
  if (region !== undefined && driver !== 'region') {
    const { prefix } = reachOf(region);
    sifted = sql`${sifted} and w.region like ${`${prefix}%`}`;
  }
  if (kind !== undefined && driver !== 'kind') {
    sifted = sql`${sifted} and exists (
      select 1 from portal.column_entry k
      where k.list = ${column} and k.kind = ${kind} and k.decided_on = w.decided_on
        and k.record_id = w.record_id)`;
  }
  return sifted;
}

/** Whether a column has a line of this authority. */
export async function hasAuthority(
  db: Queryable,
  column: ColumnName,
  authority: string,
): Promise<boolean> {
  const rows = await db.query<{ found: boolean }>(sql`
    select exists (select 1 from portal.column_entry
                   where list = ${column} and kind = '*' and authority = ${authority}) as found`);
  return rows[0]!.found;
}

/** What may be chosen in the filters of a column, the most frequent first. */
export function readChoices(
  db: Queryable,
  column: ColumnName,
): Promise<{ filter: FilterName; value: string }[]> {
  return db.query(sql`
    select filter, value from portal.column_choice where list = ${column} order by filter, place`);
}

/** How many lines each column has; a column without any has nought. */
export async function countColumns(
  db: Queryable,
): Promise<readonly { readonly column: ColumnName; readonly lines: number }[]> {
  const rows = await db.query<{ column: ColumnName; lines: number }>(sql`
    select list as column, count(*)::int as lines from portal.column_entry where kind = '*' group by list`);
  const known = new Map(rows.map(({ column, lines }) => [column, lines]));
  return columnNames.map((column) => ({ column, lines: known.get(column) ?? 0 }));
}
