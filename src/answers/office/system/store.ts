/** SQL of how the database itself stands. */
import type { Instant } from '../../../kernel/day.ts';
import { type Queryable, sql } from '../../../platform/db/index.ts';

/** The database: version of its server, bytes on its disk, and when `xinheng backup` noted a backup. */
export type DatabaseNow = {
  readonly version: string;
  readonly bytes: number;
  readonly backup: Instant | null;
};

/** Reads it. */
export async function readDatabaseNow(db: Queryable): Promise<DatabaseNow> {
  const [row] = await db.query<DatabaseNow>(sql`
    select current_setting('server_version') as version,
           pg_database_size(current_database())::float8 as bytes,
           (select s.value ->> 'snapshotAt' from operation.setting s
             where s.key = 'backup.last') as backup`);
  return row!;
}
