/** An empty database on the server of the test run, as a new installation finds it. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { assert } from '../../src/kernel/result.ts';
import { openDatabase, raw } from '../../src/platform/db/index.ts';
import { prepareDatabase, withDatabase } from '../../src/platform/db/prepare-database.ts';
import type {} from './global-setup.ts';

/** Makes the database; `drop` removes it. */
export async function emptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { url: serverUrl, key } = inject('testServer');
  const name = `${key}_${randomBytes(5).toString('hex')}`;
  const prepared = await prepareDatabase(serverUrl, name);
  assert(prepared.ok, `empty test database: ${JSON.stringify(prepared)}`);
  return {
    url: prepared.value.url,
    async drop() {
      const database = openDatabase(withDatabase(serverUrl, 'postgres'), { connectionsMax: 1 });
      await database.execute(raw(`drop database if exists "${name}" with (force)`));
      await database.close();
    },
  };
}
