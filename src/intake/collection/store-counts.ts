/** SQL of what waits in collection. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** What is not worked through yet. */
export type Waiting = {
  /** Batches received or running, and when the oldest of them came. */
  readonly batches: number;
  readonly since: Instant | null;
  /** Rows that wait until it is known whom they are about. */
  readonly rows: number;
};

/** Counts what waits. */
export async function countWaiting(db: Queryable): Promise<Waiting> {
  const [row] = await db.query<Waiting>(sql`
    select b.batches, b.since,
           (select count(*)::int from collection.held_row where state = 'held') as rows
    from (select count(*)::int as batches, min(received_at) as since from collection.batch
          where state in ('received', 'running')) b`);
  return row!;
}
