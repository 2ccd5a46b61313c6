/**
 * Yardsticks of collection: the same rows by plain COPY. What collection wrote is taken out table by
 * table and put into empty tables with the same columns and indexes, nothing worked out, nothing asked.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stopwatchMs } from '../../platform/clock.ts';
import { type BulkConnection, openBulk } from '../../platform/db/backup-connection.ts';
import { type Database, raw } from '../../platform/db/index.ts';

/** Every table a collected row may leave something in. */
export const collectionTables = [
  'records.statement_version',
  'records.record_window',
  'records.source_key',
  'records.decision_party',
  'records.record_locator',
  'transparency_log.commitment',
  'collection.row_outcome',
  'collection.finding',
  'collection.held_row',
  'subjects.review',
] as const;

/** One table copied. */
export type CopiedTable = { readonly table: string; readonly seconds: number };

async function withBulk<T>(
  url: string,
  work: 'reading' | 'writing',
  use: (bulk: BulkConnection) => Promise<T>,
): Promise<T> {
  const bulk = await openBulk(url, work);
  try {
    return await use(bulk);
  } finally {
    await bulk.close();
  }
}

/** Seconds from the first byte of the file to the commit of its rows. */
function copyFile(url: string, statement: string, path: string): Promise<number> {
  return withBulk(url, 'writing', async (bulk) => {
    const began = stopwatchMs();
    const into = bulk.copyIn(statement);
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
      await into.write(piece as Buffer);
    }
    await into.end();
    await bulk.commit();
    return (stopwatchMs() - began) / 1000;
  });
}

/** Copies everything the tables hold into empty twins with the same indexes; gives the times. */
export async function copyTables(database: Database, folder: string): Promise<CopiedTable[]> {
  await database.execute(raw('create schema if not exists yardstick'));
  const copied: CopiedTable[] = [];
  for (const table of collectionTables) {
    const path = resolve(folder, `${table}.copy`);
    await withBulk(database.url, 'reading', (bulk) =>
      pipeline(
        bulk.copyOut(`copy (select * from ${table}) to stdout`).bytes,
        createWriteStream(path),
      ),
    );
    const twin = `yardstick.${table.replace('.', '_')}`;
    await database.execute(raw(`create table ${twin} (like ${table} including all)`));
    await database.execute(raw('checkpoint'));
    const seconds = await copyFile(database.url, `copy ${twin} from stdin`, path);
    copied.push({ table, seconds });
    await database.execute(raw(`drop table ${twin}`));
  }
  return copied;
}

/** Copies the file as it is into one table of text columns without an index; gives the seconds. */
export async function copyRaw(database: Database, path: string, columns: number): Promise<number> {
  const list = Array.from({ length: columns }, (_, index) => `c${index} text`).join(', ');
  await database.execute(raw('create schema if not exists yardstick'));
  await database.execute(raw(`create table yardstick.raw (${list})`));
  await database.execute(raw('checkpoint'));
  const statement = 'copy yardstick.raw from stdin with (format csv, header)';
  const seconds = await copyFile(database.url, statement, path);
  await database.execute(raw('drop table yardstick.raw'));
  return seconds;
}
