/** SQL of name search. */
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** One searchable form of one subject's name. */
export type SearchEntry = {
  readonly subjectId: Id;
  readonly nameNo: number;
  readonly kind: 'present' | 'former' | 'other' | 'initials';
  readonly name: string;
  readonly grams: readonly number[];
};

/** Copies entries of new subjects. */
export async function insertEntries(tx: Tx, entries: readonly SearchEntry[]): Promise<void> {
  await tx.copy(
    'subjects.search_entry',
    ['subject_id', 'name_no', 'kind', 'name', 'grams', 'size'],
    entries.map((entry) => [
      entry.subjectId,
      entry.nameNo,
      entry.kind,
      entry.name,
      `{${entry.grams.join(',')}}`,
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

/** Adds to the estimates of how many entries hold each gram. */
export async function countGrams(tx: Tx, counts: ReadonlyMap<number, number>): Promise<void> {
  if (counts.size === 0) return;
  await tx.execute(sql`
    insert into subjects.gram (gram, entries)
    select * from unnest(${[...counts.keys()]}::int4[], ${[...counts.values()]}::int4[])
    on conflict (gram) do update set entries = subjects.gram.entries + excluded.entries`);
}

/** Estimates for the grams of a query. */
export async function gramEntries(
  db: Queryable,
  grams: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ gram: number; entries: number }>(
    sql`select gram, entries from subjects.gram where gram = any(${grams}::int4[])`,
  );
  return new Map(rows.map((row) => [row.gram, row.entries]));
}

/** A hit of a search; `score` is Dice's coefficient, 0 to 1. */
export type SearchHit = {
  readonly subjectId: Id;
  readonly kind: SearchEntry['kind'];
  readonly matched: string;
  readonly score: number;
};

/** Entries that share a rare gram with the query, the most alike first. */
export function findEntries(
  db: Queryable,
  query: {
    readonly rarest: readonly number[];
    readonly grams: readonly number[];
    readonly limit: number;
  },
): Promise<SearchHit[]> {
  return db
    .query<SearchHit>(
      sql`
    select subject_id as "subjectId", kind, name as matched, score from (
      select distinct on (subject_id) subject_id, kind, name,
             2.0 * icount(grams & ${query.grams}::int4[]) / (size + ${query.grams.length}) as score
      from subjects.search_entry
      where grams && ${query.rarest}::int4[]
      order by subject_id, score desc) best
    order by score desc, name limit ${query.limit}`,
    )
    .then((rows) => rows.map((row) => ({ ...row, score: Number(row.score) })));
}
