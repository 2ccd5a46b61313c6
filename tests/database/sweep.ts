/** Clears away what killed test runs have left behind: servers, folders, databases. */
import {
  accessSync,
  constants,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { existingPlace } from '../../src/platform/db/embedded-place.ts';
import { isStillRunning, parseName } from '../../src/platform/db/embedded-process.ts';
import { isServerProcess, readPidFile } from '../../src/platform/db/embedded-pid-file.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { raw, sql } from '../../src/platform/db/index.ts';

/** Beginning of every folder a test run makes for its server. */
export const folderPrefix = 'xinheng-test-';
/** Beginning of every database a test run makes; the run's key follows. */
export const databasePrefix = 'xinheng_test_';
/** File with the name of the process that owns a folder. */
export const ownerFile = 'owner';

// A folder without an owner is being made; one that stays so is nobody's.
const ownerlessMs = 600_000;

const memoryFolder = '/dev/shm';
const memoryBytesMin = 4 * 1024 ** 3;

/** Where test servers keep their data: in memory where there is plenty, which clones 10 × as fast. */
export function serverParent(): string {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    accessSync(memoryFolder, constants.W_OK);
    if (Math.min(bavail * bsize, freemem()) > memoryBytesMin) return memoryFolder;
  } catch {
    // Not a system with such a folder.
  }
  return tmpdir();
}

/**
 * Ends the server of `folder` hard, if one runs, and removes its data wherever they lie. Waits without
 * the event loop, so that it can be the last thing a process does.
 */
export function removeServer(folder: string): void {
  const found = existingPlace(resolve(folder, 'postgres'));
  if (found.ok && found.value !== null) {
    const place = found.value;
    const pid = readPidFile(place)?.pid;
    if (pid !== undefined && isServerProcess(pid)) {
      process.kill(pid, 'SIGQUIT');
      const pause = new Int32Array(new SharedArrayBuffer(4));
      for (let tries = 0; tries < 200 && isServerProcess(pid); tries += 1) {
        Atomics.wait(pause, 0, 0, 10);
      }
    }
    rmSync(place.home, { recursive: true, force: true, maxRetries: 3 });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function isAbandoned(folder: string): boolean {
  try {
    const { uid, mtimeMs } = statSync(folder);
    if (uid !== process.getuid?.()) return false;
    let owner = null;
    try {
      owner = parseName(readFileSync(resolve(folder, ownerFile), 'utf8'));
    } catch {
      // No owner yet, or never.
    }
    return owner === null ? Date.now() - mtimeMs > ownerlessMs : !isStillRunning(owner);
  } catch {
    return false;
  }
}

/** Removes servers and folders of runs that no longer live. Gives how many. */
export function sweepFolders(): number {
  const parents = new Set([tmpdir(), serverParent()]);
  const folders = [...parents].flatMap((parent) =>
    readdirSync(parent)
      .filter((name) => name.startsWith(folderPrefix))
      .map((name) => resolve(parent, name))
      .filter(isAbandoned),
  );
  for (const folder of folders) removeServer(folder);
  return folders.length;
}

/**
 * Removes databases of runs that no longer live from a server that outlives them. Every run keeps one
 * connection open under its key, which also shows runs on other machines.
 */
export async function sweepDatabases(database: Database): Promise<number> {
  const left = await database.query<{ name: string }>(sql`
    select datname as name from pg_database
    where datname like ${`${databasePrefix.replaceAll('_', '\\_')}%`}
      and not exists (
        select 1 from pg_stat_activity
        where application_name like ${`${databasePrefix.replaceAll('_', '\\_')}%`}
          and datname like application_name || '\\_%')`);
  for (const { name } of left) {
    await database.execute(raw(`drop database if exists "${name}" with (force)`));
  }
  return left.length;
}
