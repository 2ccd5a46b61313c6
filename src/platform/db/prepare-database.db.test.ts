import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/database/index.ts';
import { checkLocale } from './check-locale.ts';
import { type Database, openDatabase } from './database.ts';
import { prepareDatabase, withDatabase } from './prepare-database.ts';
import { raw, sql } from './sql.ts';

const { url: serverUrl, key } = inject('testServer');
let server: Database;
const made: string[] = [];

beforeAll(() => {
  server = openDatabase(serverUrl);
});
afterAll(async () => {
  for (const name of made) {
    await server.execute(raw(`drop database if exists "${name}" with (force)`));
  }
  await server.close();
});

/** A name under the run's key, removed at the end. */
function nameFor(purpose: string): string {
  const name = `${key}_${purpose}`;
  made.push(name);
  return name;
}

async function createWith(purpose: string, options: string): Promise<Database> {
  const name = nameFor(purpose);
  await server.execute(raw(`create database "${name}" template template0 ${options}`));
  return openDatabase(withDatabase(serverUrl, name), { connectionsMax: 1 });
}

describe('making a database', () => {
  test('makes it once, with UTF-8 and letters it knows, whatever database the address names', async () => {
    const name = nameFor('made');
    const first = await prepareDatabase(withDatabase(serverUrl, 'no_such_database'), name);
    expect(first).toEqual({
      ok: true,
      value: { url: withDatabase(serverUrl, name), created: true },
    });
    const second = await prepareDatabase(serverUrl, name);
    expect(second).toMatchObject({ ok: true, value: { created: false } });
    const [row] = await server.query<{ ctype: string; encoding: string }>(sql`
      select datctype as ctype, pg_encoding_to_char(encoding) as encoding
      from pg_database where datname = ${name}`);
    expect(row).toEqual({ ctype: 'C.UTF-8', encoding: 'UTF8' });
  });

  test('two that make it at once both get it', async () => {
    const name = nameFor('twice');
    const both = await Promise.all([
      prepareDatabase(serverUrl, name),
      prepareDatabase(serverUrl, name),
    ]);
    expect(both.map((one) => one.ok)).toEqual([true, true]);
  });

  test('an existing database that knows no Chinese letters is refused', async () => {
    const database = await createWith('ascii', `encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
    await database.close();
    expect(await prepareDatabase(serverUrl, made.at(-1)!)).toEqual({
      ok: false,
      refusal: { code: 'database.locale', params: { encoding: 'UTF8', ctype: 'C' } },
    });
  });

  test('a user who may not make databases is told so, as is one who finds no server', async () => {
    const role = `${key}_guest`;
    await server.execute(raw(`create role "${role}" login password 'guest'`));
    try {
      const url = new URL(serverUrl);
      url.username = role;
      url.password = 'guest';
      const name = nameFor('forbidden');
      expect(await prepareDatabase(url.href, name)).toEqual({
        ok: false,
        refusal: { code: 'database.may-not-create', params: { name } },
      });
      url.port = '1';
      expect(await prepareDatabase(url.href, name)).toMatchObject({
        refusal: { code: 'database.unreachable' },
      });
    } finally {
      await server.execute(raw(`drop role "${role}"`));
    }
  });
});

describe('the check of the locale', () => {
  test('is passed by a database of ours, tried with trigrams, and leaves nothing behind', async () => {
    const test: TestDatabase = await testDatabase();
    try {
      const [before] = await test.database.query(sql`select count(*) from pg_extension`);
      expect(await checkLocale(test.database)).toEqual({
        ok: true,
        value: { tested: 'trigrams', ctype: 'C.UTF-8' },
      });
      const [after] = await test.database.query(sql`select count(*) from pg_extension`);
      expect(after).toEqual(before);
    } finally {
      await test.drop();
    }
  });

  test('uses the extension where it is installed, in whatever schema', async () => {
    const test: TestDatabase = await testDatabase();
    try {
      await test.database.execute(raw(`create schema "Odd Name"`));
      await test.database.execute(raw(`drop extension if exists pg_trgm cascade`));
      await test.database.execute(raw(`create extension pg_trgm schema "Odd Name"`));
      expect(await checkLocale(test.database)).toMatchObject({ value: { tested: 'trigrams' } });
    } finally {
      await test.drop();
    }
  });

  test('refuses a database in another encoding', async () => {
    const database = await createWith(
      'ascii_only',
      `encoding 'SQL_ASCII' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
    );
    expect(await checkLocale(database)).toEqual({
      ok: false,
      refusal: { code: 'database.locale', params: { encoding: 'SQL_ASCII', ctype: 'C' } },
    });
    await database.close();
  });
});

test('a test database is a copy of the template and goes with its last connection', async () => {
  const copy = await testDatabase();
  const applied = await copy.database.query<{ name: string }>(
    sql`select name from operation.migration order by name`,
  );
  expect(applied.length).toBeGreaterThan(0);
  const held = openDatabase(copy.url);
  await held.query(sql`select 1`);
  await copy.drop();
  await held.close();
  const name = new URL(copy.url).pathname.slice(1);
  const left = await server.query(sql`select 1 from pg_database where datname = ${name}`);
  expect(left).toEqual([]);
});
