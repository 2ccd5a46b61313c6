/** SQL of what a unit sent lately. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** A delivery in one line. */
export type RecentBatch = {
  readonly batchId: Id;
  readonly item: string;
  readonly fileName: string;
  readonly state: 'received' | 'running' | 'done' | 'refused';
  readonly receivedAt: Instant;
  readonly received: number;
  readonly held: number;
  readonly rejected: number;
};

/** Deliveries of a unit, the newest first; `after` is the last one already seen. */
export function recentBatches(
  db: Queryable,
  provider: string,
  page: { readonly limit: number; readonly after: Id | null },
): Promise<RecentBatch[]> {
  return db.query(sql`
    select batch_id as "batchId", item, file_name as "fileName", state, received_at as "receivedAt",
           received::float8 as received, held::float8 as held, rejected::float8 as rejected
    from collection.batch
    where provider = ${provider}
      and (${page.after}::uuid is null or (received_at, batch_id) <
           (select received_at, batch_id from collection.batch
            where batch_id = ${page.after}::uuid and provider = ${provider}))
    order by received_at desc, batch_id desc limit ${page.limit}`);
}
