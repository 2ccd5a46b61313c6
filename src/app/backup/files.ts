/** The files of an installation that a backup holds beside the database. */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Queryable, raw, sql } from '../../platform/db/index.ts';

/** Folder of the sealed raw files (installation.ts). */
export function filesFolder(varDir: string): string {
  return resolve(varDir, 'files');
}

/** Folder of the workbooks given back (collection's work folder). */
export function returnsFolder(varDir: string): string {
  return resolve(varDir, 'collection/returns');
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isSymbolicLink() && pattern.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** All sealed raw files in order of their addresses, one folder's names at a time. */
export async function* filesIn(varDir: string): AsyncGenerator<{ address: string; path: string }> {
  const folder = filesFolder(varDir);
  for (const part of await namesIn(folder, /^[0-9a-f]{2}$/)) {
    for (const address of await namesIn(resolve(folder, part), /^[0-9a-f]{64}$/)) {
      if (address.startsWith(part)) yield { address, path: resolve(folder, part, address) };
    }
  }
}

/** All workbooks given back, by batch. */
export async function* returnsIn(varDir: string): AsyncGenerator<{ batch: string; path: string }> {
  const folder = returnsFolder(varDir);
  const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.xlsx$/;
  for (const name of await namesIn(folder, pattern)) {
    yield { batch: name.slice(0, -'.xlsx'.length), path: resolve(folder, name) };
  }
}

const pageRows = 10_000;

/** Addresses of the raw files the database names, a page at a time; needs an open transaction. */
export async function* batchAddresses(tx: Queryable): AsyncGenerator<string> {
  const [made] = await tx.query<{ made: boolean }>(
    sql`select to_regclass('collection.batch') is not null as made`,
  );
  if (!made!.made) return;
  await tx.execute(sql`declare addresses cursor for select address from collection.batch`);
  for (;;) {
    const rows = await tx.query<{ address: string }>(
      sql`fetch ${raw(String(pageRows))} from addresses`,
    );
    for (const { address } of rows) yield address;
    if (rows.length < pageRows) return;
  }
}
