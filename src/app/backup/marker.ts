/**
 * A restore that has begun and not ended, noted beside the data. The database itself is restored in one
 * transaction; the note is for the files, and for the person who starts what is not whole.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

const markerSchema = z.object({ from: z.string(), digest: z.string() });

/** Which backup is being restored: the path it was named by, and the digest of its manifest. */
export type RestoreMarker = z.infer<typeof markerSchema>;

/** Keys of `operation.setting`: the last backup of this installation, the backup it came from. */
export const settingKeys = { lastBackup: 'backup.last', restored: 'backup.restored' } as const;

/** The file of the note. */
export function markerPath(varDir: string): string {
  return resolve(varDir, 'restoring.json');
}

/** Notes that a restore begins; on the disk before anything else is. */
export async function writeMarker(varDir: string, marker: RestoreMarker): Promise<void> {
  const path = markerPath(varDir);
  const aside = `${path}.part`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(marker));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
}

/** Notes that nothing is half done any more. */
export function removeMarker(varDir: string): Promise<void> {
  return rm(markerPath(varDir), { force: true });
}

/** The note, or `null` where no restore is under way. */
export async function readMarker(varDir: string): Promise<RestoreMarker | null> {
  let text: string;
  try {
    text = await readFile(markerPath(varDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    return { from: '', digest: '' };
  }
}

/** Digest of the backup the database came from; `null` where it came from none. */
export async function restoredFrom(db: Queryable): Promise<string | null> {
  const [made] = await db.query<{ made: boolean }>(
    sql`select to_regclass('operation.setting') is not null as made`,
  );
  if (!made!.made) return null;
  const rows = await db.query<{ digest: string }>(
    sql`select value ->> 'digest' as digest from operation.setting where key = ${settingKeys.restored}`,
  );
  return rows[0]?.digest ?? null;
}

/**
 * Whether the installation is whole. A restore that was cut off after its commit has left nothing
 * undone but the note; one cut off before is refused with what to do.
 */
export async function checkWhole(varDir: string, db: Queryable): Promise<Result<true>> {
  const marker = await readMarker(varDir);
  if (marker === null) return ok(true);
  if (marker.digest !== '' && marker.digest === (await restoredFrom(db))) {
    await removeMarker(varDir);
    return ok(true);
  }
  return refuse('restore.unfinished', { from: marker.from, path: varDir });
}
