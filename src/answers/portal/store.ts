/** SQL of readiness: is the database there, and is it the schema this program knows? */
import { type Queryable, sql } from '../../platform/db/index.ts';

/** Names of the migrations applied. */
export async function appliedMigrations(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    sql`select name from operation.migration order by name`,
  );
  return rows.map(({ name }) => name);
}
