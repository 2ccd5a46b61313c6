/**
 * Migrations: numbered SQL files, forward only, each in one transaction; its row is inserted first, so
 * that two starters collide safely (graphile-worker's pattern).
 */
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sha256Hex } from '../../kernel/canonical.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Database } from './database.ts';
import { raw, sql } from './sql.ts';

const fileName = /^(\d{4})_[a-z0-9-]+\.sql$/;

/**
 * Brings the database to the newest schema. Gives the names newly applied. Refuses when a file that
 * was applied has been changed since (`database.migration-changed {name}`) or the database is newer
 * than this program (`database.newer {name}`).
 */
export async function migrate(database: Database, folder: string): Promise<Result<string[]>> {
  await database.execute(sql`create schema if not exists operation`);
  await database.execute(sql`
    create table if not exists operation.migration (
      name text primary key,
      digest text not null,
      applied_at timestamptz not null default now()
    )`);
  const names = (await readdir(folder)).filter((name) => fileName.test(name)).sort();
  const applied = new Map(
    (
      await database.query<{ name: string; digest: string }>(
        sql`select name, digest from operation.migration`,
      )
    ).map((row) => [row.name, row.digest]),
  );
  const unknown = [...applied.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) return refuse('database.newer', { name: unknown });

  const fresh: string[] = [];
  for (const name of names) {
    const text = await readFile(resolve(folder, name), 'utf8');
    const digest = sha256Hex(text);
    const known = applied.get(name);
    if (known !== undefined && known !== digest) {
      return refuse('database.migration-changed', { name });
    }
    if (known === undefined && (await applyOne(database, name, digest, text))) fresh.push(name);
  }
  return ok(fresh);
}

async function applyOne(
  database: Database,
  name: string,
  digest: string,
  text: string,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`set local lock_timeout = '30s'`);
    const inserted = await tx.execute(sql`
      insert into operation.migration (name, digest) values (${name}, ${digest})
      on conflict (name) do nothing`);
    if (inserted === 0) return false;
    // One statement at a time: a distributed engine refuses several commands in one string.
    for (const statement of statementsOf(text)) await tx.execute(raw(statement));
    return true;
  });
}

/** Splits a migration at semicolons that end a line outside `$$ … $$` bodies. */
export function statementsOf(text: string): string[] {
  const statements: string[] = [];
  let current = '';
  let inBody = false;
  for (const line of text.split('\n')) {
    if (/^\s*--/.test(line) && !inBody) continue;
    current += `${line}\n`;
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody;
    if (!inBody && /;\s*$/.test(line)) {
      statements.push(current.trim());
      current = '';
    }
  }
  if (current.trim() !== '') statements.push(current.trim());
  return statements;
}
