/** SQL of name search. */
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Sql, type Tx, sql } from '../../platform/db/index.ts';

/** One searchable form of one subject's name. */
export type SearchEntry = {
  readonly subjectId: Id;
  readonly nameNo: number;
  readonly kind: 'present' | 'former' | 'other';
  readonly name: string;
  readonly initials: string;
  /** Grams of the name. */
  readonly grams: readonly number[];
  /** Grams of the initials. */
  readonly initialGrams: readonly number[];
};

/** Copies entries of new subjects. */
export async function insertEntries(tx: Tx, entries: readonly SearchEntry[]): Promise<void> {
  await tx.copy(
    'subjects.search_entry',
    ['subject_id', 'name_no', 'kind', 'name', 'initials', 'grams', 'size'],
    entries.map((entry) => [
      entry.subjectId,
      entry.nameNo,
      entry.kind,
      entry.name,
      entry.initials,
      // Sorted once here; else the server would sort them with every comparison.
      `{${Int32Array.from([...entry.grams, ...entry.initialGrams])
        .sort()
        .join(',')}}`,
      entry.grams.length,
    ]),
  );
}

/** Takes a subject out of search, to be entered anew. */
export async function deleteEntries(tx: Tx, subjectIds: readonly Id[]): Promise<void> {
  await tx.execute(
    sql`delete from subjects.search_entry where subject_id = any(${subjectIds}::uuid[])`,
  );
}

const sampledEntries = 50_000;
const sampledMin = 5;

/**
 * Estimates anew, from a sample of pages, how many entries hold each common gram. Counting with every
 * name instead would cost an import more than everything else together.
 */
export async function estimateGrams(db: Queryable): Promise<void> {
  await db.execute(sql`delete from subjects.gram`);
  await db.execute(sql`
    with size as (
      select greatest(reltuples, 1) as entries
      from pg_class where oid = 'subjects.search_entry'::regclass),
    sample as (
      select gram from subjects.search_entry e
      tablesample system (least(100, 100 * ${sampledEntries} / (select entries from size)))
      cross join unnest(e.grams) as gram)
    insert into subjects.gram (gram, entries)
    select gram,
           least(2e9, count(*) * greatest(1, (select entries from size) / ${sampledEntries}))::int
    from sample group by gram having count(*) >= ${sampledMin}`);
}

/** Estimates for those grams of a query that are common. */
export async function commonGrams(
  db: Queryable,
  grams: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ gram: number; entries: number }>(
    sql`select gram, entries from subjects.gram where gram = any(${grams}::int4[])`,
  );
  return new Map(rows.map((row) => [row.gram, row.entries]));
}

/** A hit of a search; `score` from 0 to 1. */
export type SearchHit = {
  readonly subjectId: Id;
  readonly kind: SearchEntry['kind'];
  readonly matched: string;
  readonly score: number;
};

/** What entries are asked for, and how many of them are looked at before the best are kept. */
export type EntryQuery = {
  /** `whole`: entries that hold every gram; otherwise those that hold one of `asked`. */
  readonly whole: boolean;
  readonly asked: readonly number[];
  readonly grams: readonly number[];
  readonly candidates: number;
  readonly limit: number;
};

async function hits(db: Queryable, statement: Sql): Promise<SearchHit[]> {
  const rows = await db.query<SearchHit>(statement);
  return rows.map((row) => ({ ...row, score: Number(row.score) }));
}

/**
 * Entries that share grams with the query, the most alike first: by Dice's coefficient
 * (2·common ÷ (size + size)); one that holds the whole text comes before any that does not, however
 * long the rest of it is.
 */
export function findEntries(db: Queryable, query: EntryQuery): Promise<SearchHit[]> {
  const { whole, asked, grams, candidates, limit } = query;
  const holds = whole ? sql`grams @> ${grams}::int4[]` : sql`grams && ${asked}::int4[]`;
  return hits(
    db,
    sql`
    select subject_id as "subjectId", kind, name as matched,
           case when common = ${grams.length} then 0.9 + dice / 10 else dice * 0.9 end as score
    from (
      select subject_id, kind, name, common,
             2.0::float8 * common / (size + ${grams.length}::int) as dice
      from (
        select subject_id, kind, name, size, icount(grams & ${grams}::int4[]) as common
        from subjects.search_entry where ${holds} limit ${candidates}) candidate) rated
    order by score desc, name, subject_id limit ${limit}`,
  );
}

/** Entries whose initials hold these letters: those that begin with them first, the shorter first. */
export function findInitials(
  db: Queryable,
  query: {
    readonly initials: string;
    readonly grams: readonly number[];
    readonly candidates: number;
    readonly limit: number;
  },
): Promise<SearchHit[]> {
  const { initials, grams, candidates, limit } = query;
  return hits(
    db,
    sql`
    select subject_id as "subjectId", kind, name as matched,
           case when at = 1 then 0.5 else 0.25 end
             + 0.25::float8 * ${initials.length}::int / length(initials) as score
    from (
      select subject_id, kind, name, initials, strpos(initials, ${initials}) as at
      from subjects.search_entry where grams @> ${grams}::int4[] limit ${candidates}) candidate
    where at > 0
    order by score desc, name, subject_id limit ${limit}`,
  );
}

/** How far search has been entered anew; `null` when all of it is. */
export async function readRefill(tx: Tx): Promise<Id | null> {
  const rows = await tx.query<{ after: Id }>(
    sql`select after_subject as after from subjects.search_refill for update`,
  );
  return rows[0]?.after ?? null;
}

/** The next subjects after an id. */
export async function nextSubjectIds(tx: Tx, after: Id, limit: number): Promise<Id[]> {
  const rows = await tx.query<{ subjectId: Id }>(sql`
    select subject_id as "subjectId" from subjects.subject
    where subject_id > ${after} order by subject_id limit ${limit}`);
  return rows.map(({ subjectId }) => subjectId);
}

/** Notes how far search has been entered anew; `null`: to its end. */
export async function saveRefill(tx: Tx, after: Id | null): Promise<void> {
  await tx.execute(
    after === null
      ? sql`delete from subjects.search_refill`
      : sql`update subjects.search_refill set after_subject = ${after}`,
  );
}
