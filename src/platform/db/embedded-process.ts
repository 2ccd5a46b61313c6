/**
 * Facts about processes of this machine. A process id alone says little, because ids are used again;
 * together with the moment the process began it names one process for good.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';

/** One process, now or formerly running. `mark` is empty where the system does not tell the start. */
export type ProcessName = { readonly pid: number; readonly mark: string };

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Fields of /proc/<pid>/stat after the command name, or null outside Linux or when gone. */
function statFields(pid: number): string[] | null {
  const text = readText(`/proc/${pid}/stat`);
  // The command name stands in brackets and may itself hold blanks and brackets.
  return text === null ? null : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** When the process began, as boot and clock ticks since; empty when the system does not tell. */
export function markOf(pid: number): string {
  const ticks = statFields(pid)?.[19];
  if (ticks === undefined) return '';
  return `${(readText('/proc/sys/kernel/random/boot_id') ?? '').trim()}:${ticks}`;
}

/** This process. */
export function thisProcess(): ProcessName {
  return { pid: process.pid, mark: markOf(process.pid) };
}

/** Whether any process with this id runs. One that has ended and waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** Whether this very process still runs, not a later one with the same id. */
export function isStillRunning(name: ProcessName): boolean {
  if (!isRunning(name.pid)) return false;
  return name.mark === '' || name.mark === markOf(name.pid);
}

/** Name of the program a process runs, without its folder; empty when it cannot be learnt. */
export function programNameOf(pid: number): string {
  const text = readText(`/proc/${pid}/cmdline`);
  if (text !== null) return basename(text.split('\0')[0] ?? '');
  try {
    const args = ['-p', String(pid), '-o', 'comm='];
    return basename(
      execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim(),
    );
  } catch {
    return '';
  }
}

/** Whether a process works in another folder than `folder`; false when that cannot be learnt. */
export function worksElsewhere(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(folder);
  } catch {
    return false;
  }
}

/** Reads a process name from text written by {@link writeName}; null when it is not one. */
export function parseName(text: string): ProcessName | null {
  const [pid, mark] = text.split('\n');
  const number = Number(pid);
  return Number.isInteger(number) && number > 0 ? { pid: number, mark: mark ?? '' } : null;
}

/** Text form of a process name: the id on the first line, the mark on the second. */
export function writeName(name: ProcessName): string {
  return `${name.pid}\n${name.mark}\n`;
}
