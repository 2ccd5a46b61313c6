/** A database of its own for a test file, with the product's schema, in a few hundredths of a second. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db/index.ts';
import { withDatabase } from '../../src/platform/db/prepare-database.ts';
import type {} from './global-setup.ts';

/** A cloned database; `drop` ends its connections and removes it. */
export type TestDatabase = {
  readonly database: Database;
  readonly url: string;
  readonly drop: () => Promise<void>;
};

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testServer').url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Clones the template; to be called in `beforeAll` (or `beforeEach`), with `drop` in its counterpart.
 * What is not dropped goes with the run's server.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, template, key } = inject('testServer');
  const name = `${key}_${randomBytes(5).toString('hex')}`;
  // Copying files beats writing the copy through the log for a database of this size.
  await onServer(`create database "${name}" template "${template}" strategy file_copy`);
  const url = withDatabase(serverUrl, name);
  const database = openDatabase(url);
  return {
    database,
    url,
    async drop() {
      await database.close();
      await onServer(`drop database if exists "${name}" with (force)`);
    },
  };
}
