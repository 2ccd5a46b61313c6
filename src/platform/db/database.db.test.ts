/** Sessions: what one held is free for the next the moment it is over. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/database/index.ts';
import { type Database, sql } from './index.ts';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ database, drop } = await testDatabase());
});
afterAll(() => drop());

const takeLock = (within: Pick<Database, 'query'>) =>
  within.query<{ taken: boolean }>(sql`select pg_try_advisory_lock(4711) as taken`);

it('a lock of a session is free when the session is over, however long its end takes', async () => {
  const [lock] = await database.session(async (session) => {
    // The server throws these away when the connection ends, before it gives up any lock.
    await session.execute(sql`
      do $$ begin
        for i in 1..300 loop execute format('create temp table aside_%s (it text)', i); end loop;
      end $$`);
    return takeLock(session);
  });
  expect(lock).toEqual({ taken: true });
  expect(await database.session(takeLock)).toEqual([{ taken: true }]);
});

it('a lock is free after work that failed, too', async () => {
  const failing = database.session(async (session) => {
    await takeLock(session);
    await session.query(sql`select 1 / 0`);
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(await database.session(takeLock)).toEqual([{ taken: true }]);
});
