/**
 * Who may start and stop the shared server, and who uses it. Both are files with the name of a
 * process, so that what a killed process leaves behind is recognised and ignored.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isStillRunning, parseName, thisProcess, writeName } from './embedded-process.ts';

const pollMs = 20;
// A lock without a readable name, or a guard, is held for microseconds; older ones are left behind.
const unreadableMs = 10_000;

function createExclusive(file: string): boolean {
  try {
    const handle = openSync(file, 'wx', 0o644);
    writeSync(handle, writeName(thisProcess()));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function ageMs(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function isAbandoned(file: string): boolean {
  try {
    const holder = parseName(readFileSync(file, 'utf8'));
    return holder === null ? ageMs(file) > unreadableMs : !isStillRunning(holder);
  } catch {
    return false;
  }
}

/**
 * Removes an abandoned lock. Only under a guard file and after looking again: otherwise the second of
 * two cleaners would remove the lock the first has just taken.
 */
function clearAbandoned(file: string): void {
  const guard = `${file}.clearing`;
  if (!createExclusive(guard)) {
    if (ageMs(guard) > unreadableMs) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isAbandoned(file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Takes the lock at once or not at all. */
export function tryLock(file: string): boolean {
  if (createExclusive(file)) return true;
  if (!isAbandoned(file)) return false;
  clearAbandoned(file);
  return createExclusive(file);
}

/** Gives the lock back. */
export function unlock(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Waits for the lock, at most `waitMs`. Gives false when it stayed taken; `onWait` is called once when
 * there is something to wait for.
 */
export async function lock(file: string, waitMs: number, onWait?: () => void): Promise<boolean> {
  const end = performance.now() + waitMs;
  if (tryLock(file)) return true;
  onWait?.();
  while (performance.now() < end) {
    await sleep(pollMs);
    if (tryLock(file)) return true;
  }
  return false;
}

/** Id of the process that holds a lock, 0 when it cannot be read. */
export function holderOf(file: string): number {
  try {
    return parseName(readFileSync(file, 'utf8'))?.pid ?? 0;
  } catch {
    return 0;
  }
}

/** Notes that this process uses the server; gives the file to remove when it no longer does. */
export function takeLease(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = resolve(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(file, writeName(thisProcess()), { mode: 0o644 });
  return file;
}

/** Number of running users of the server. Leases of processes that have ended are removed. */
export function countLeases(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return 0;
  }
  let running = 0;
  for (const name of names) {
    const file = resolve(folder, name);
    if (isAbandoned(file)) rmSync(file, { force: true });
    else running += 1;
  }
  return running;
}
