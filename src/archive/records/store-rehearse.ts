/** SQL of a dry run: which records it looks at. */
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, raw, sql } from '../../platform/db/index.ts';

type At = { readonly recordId: Id; readonly subjectId: Id };

/** Pages drawn beyond what is wanted: rows are not spread evenly, and superseded ones fall out. */
const spare = 4;

/**
 * All records with current windows, or where there are more, so many of them drawn from pages by lot. The
 * lot is always the same, so that two officers who rehearse the same change see the same.
 */
export async function sampledRecords(
  db: Queryable,
  most: number,
): Promise<{ records: At[]; isSample: boolean }> {
  const columns = raw(`subject_id as "subjectId", record_id as "recordId"`);
  const first = await db.query<At>(sql`
    select ${columns} from records.record_window where superseded_at is null limit ${most + 1}`);
  if (first.length <= most) return { records: first, isSample: false };
  const [size] = await db.query<{ rows: number }>(sql`
    select coalesce(sum(greatest(c.reltuples, 0)), 0)::float8 as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'records' and c.relname = 'record_window'`);
  const percent = Math.min(100, (100 * spare * most) / Math.max(1, size?.rows ?? 0));
  const drawn = await db.query<At>(sql`
    select ${columns} from records.record_window
      tablesample system (${percent}) repeatable (1)
    where superseded_at is null limit ${most}`);
  // What the catalogue does not count yet is small: then the first ones do.
  return { records: drawn.length < most / 2 ? first.slice(0, most) : drawn, isSample: true };
}
