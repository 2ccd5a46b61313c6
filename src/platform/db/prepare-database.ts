/**
 * A database of our own on a server, made when missing. The locale is always given: a server's default
 * may be ASCII or sort differently on every system (see check-locale.ts).
 */
import pg from 'pg';
import { type Refusal, type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { checkLocale } from './check-locale.ts';
import { openDatabase } from './database.ts';
import { sql } from './sql.ts';

/** A database that is there. */
export type Prepared = { readonly url: string; readonly created: boolean };

/** Why it is not. `database.unreachable` carries the driver's words. */
export type PrepareRefusal = Refusal<
  | 'database.unreachable'
  | 'database.server-version'
  | 'database.may-not-create'
  | 'database.locale'
  | 'database.locale-missing'
  | 'database.extension-missing'
>;

const oldestVersion = 150_000;
const builtinProviderSince = 170_000;
const connectMs = 10_000;
// glibc writes C.UTF-8, older and other systems know it by another name or not at all.
const locales = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'zh_CN.UTF-8'];

const codeOf = (error: unknown) => (error as { code?: string }).code ?? '';

/** The address of another database on the same server. */
export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    application_name: 'xinheng',
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

type Creation = Result<boolean, PrepareRefusal>;

async function create(client: pg.Client, name: string): Promise<Creation> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const version = rows[0]?.version ?? 0;
  if (version < oldestVersion) return refuse('database.server-version', { version });
  for (const locale of locales) {
    const provider =
      version >= builtinProviderSince
        ? `locale_provider builtin builtin_locale 'C.UTF-8'`
        : `locale_provider libc`;
    try {
      await client.query(
        `create database "${name}" template template0 encoding 'UTF8' ${provider} locale '${locale}'`,
      );
      return ok(true);
    } catch (error) {
      // Somebody else was quicker; both kinds of collision are seen.
      if (['42P04', '23505'].includes(codeOf(error))) return ok(false);
      if (codeOf(error) === '42501') return refuse('database.may-not-create', { name });
      if (!['22023', '42704', '42809'].includes(codeOf(error))) throw error;
    }
  }
  return refuse('database.locale-missing', { tried: locales.join(', ') });
}

/** Whether the database is there; the server is asked through it, which needs the fewest rights. */
async function ensure(serverUrl: string, name: string): Promise<Creation> {
  try {
    const client = await connect(withDatabase(serverUrl, name));
    await client.end();
    return ok(false);
  } catch (error) {
    if (codeOf(error) !== '3D000') {
      return refuse('database.unreachable', { reason: (error as Error).message });
    }
  }
  let client: pg.Client;
  try {
    client = await connect(withDatabase(serverUrl, 'postgres'));
  } catch (error) {
    return refuse('database.unreachable', { reason: (error as Error).message });
  }
  try {
    return await create(client, name);
  } finally {
    await client.end();
  }
}

/** What the schema needs of the server, asked in the database itself. */
async function checkNeeds(url: string): Promise<Result<true, PrepareRefusal>> {
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    const [row] = await database.query<{ version: number; intarray: boolean }>(sql`
      select current_setting('server_version_num')::int as version,
             exists (select 1 from pg_available_extensions where name = 'intarray') as intarray`);
    const version = row?.version ?? 0;
    if (version < oldestVersion) return refuse('database.server-version', { version });
    if (row?.intarray !== true) return refuse('database.extension-missing', { name: 'intarray' });
    const locale = await checkLocale(database);
    return locale.ok ? ok(true) : locale;
  } finally {
    await database.close();
  }
}

/**
 * Gives the database `name` (lower-case identifier of ours) on the server of `serverUrl`, whatever
 * database that address names; makes it from `template0` with a UTF-8 locale when missing. Checks an
 * existing one too: version 15 or later, the extension for the name search, Chinese letters.
 */
export async function prepareDatabase(
  serverUrl: string,
  name: string,
): Promise<Result<Prepared, PrepareRefusal>> {
  assert(/^[a-z][a-z0-9_]{0,62}$/.test(name), `not a database name: ${name}`);
  const made = await ensure(serverUrl, name);
  if (!made.ok) return made;
  const url = withDatabase(serverUrl, name);
  const needs = await checkNeeds(url);
  if (!needs.ok) return needs;
  return ok({ url, created: made.value });
}
