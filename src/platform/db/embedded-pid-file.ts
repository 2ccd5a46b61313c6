/** postmaster.pid: what a running server says of itself, read, waited for, forgotten. */
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './embedded-place.ts';
import { isRunning, programNameOf } from './embedded-process.ts';

/** How often a server that starts or stops is looked at. */
export const pollMs = 5;
/** Recovery after a power cut may replay a long log; the limit only ends a wait without hope. */
export const startWaitMs = 600_000;

/** What the server writes about itself into its data folder. */
export type PidFile = { readonly pid: number; readonly port: number; readonly status: string };

/** Reads postmaster.pid; null when there is none. */
export function readPidFile(place: Place): PidFile | null {
  try {
    const lines = readFileSync(resolve(place.dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return {
      pid: Math.abs(Number(lines[0])),
      port: Number(lines[3] ?? 0),
      status: (lines[7] ?? '').trim(),
    };
  } catch {
    return null;
  }
}

/** Whether the process named in the pid file is a PostgreSQL server, and not a later namesake. */
export function isServerProcess(pid: number): boolean {
  return isRunning(pid) && programNameOf(pid) === 'postgres';
}

/** Removes a pid file whose process id now belongs to another program; the server would refuse it. */
export function forgetPidFile(place: Place): void {
  rmSync(resolve(place.dataDir, 'postmaster.pid'), { force: true });
}

/** Waits while a server is starting up or shutting down; gives what the pid file says then. */
export async function settledPidFile(place: Place, onWait: () => void): Promise<PidFile | null> {
  const end = performance.now() + startWaitMs;
  let told = false;
  for (;;) {
    const file = readPidFile(place);
    if (file === null || !isServerProcess(file.pid)) return file;
    if (file.status === 'ready' || performance.now() > end) return file;
    if (!told) onWait();
    told = true;
    await sleep(pollMs);
  }
}
