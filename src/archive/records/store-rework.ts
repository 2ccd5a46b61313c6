/** SQL of what keeps stored windows right: locks of those who write them, and the ones left behind. */
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

type At = { readonly recordId: Id; readonly subjectId: Id };

/** Any number that no other advisory lock of the product uses. */
const lockSpace = 7301;
/** Few enough that many transactions fit the server's lock table, enough that few wait. */
const buckets = 256;

/** Subjects and decisions are spread over the buckets by the random end of their ids. */
function bucketOf(id: Id): number {
  return Number.parseInt(id.slice(-4), 16) % buckets;
}

/**
 * Keeps two transactions from working on the same subjects or decisions at once: what one reads, the
 * other has written whole or not at all. Taken in one order, held to the end of the transaction.
 */
export async function lockTogether(tx: Tx, ids: readonly Id[]): Promise<void> {
  const wanted = [...new Set(ids.map(bucketOf))].sort((a, b) => a - b);
  if (wanted.length === 0) return;
  await tx.execute(sql`
    select pg_advisory_xact_lock(${lockSpace}::int, bucket)
    from unnest(${wanted}::int[]) with ordinality as t (bucket, n) order by n`);
}

/** Records whose current windows were made under another state of the law, in order of their keys. */
export function staleRecords(
  db: Queryable,
  digest: string,
  page: { readonly after: At | null; readonly limit: number },
): Promise<At[]> {
  return db.query<At>(sql`
    select subject_id as "subjectId", record_id as "recordId" from records.record_window
    where superseded_at is null and rulebook_digest <> ${digest}
      and (${page.after?.subjectId ?? null}::uuid is null
           or (subject_id, record_id) > (${page.after?.subjectId ?? null}::uuid,
                                         ${page.after?.recordId ?? null}::uuid))
    order by subject_id, record_id limit ${page.limit}`);
}

/** Notes that these windows hold under this state of the law, too. */
export async function noteReworked(tx: Tx, records: readonly At[], digest: string): Promise<void> {
  await tx.execute(sql`
    update records.record_window set rulebook_digest = ${digest}
    where (subject_id, record_id) in (
        select * from unnest(${records.map((row) => row.subjectId)}::uuid[],
                             ${records.map((row) => row.recordId)}::uuid[]))
      and superseded_at is null and rulebook_digest <> ${digest}`);
}
