/**
 * Runs `xinheng collect` as a user would, kills it with SIGKILL at a chosen moment, starts it again,
 * and gives the state of the database to compare with an undisturbed run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../src/platform/db/index.ts';
import { authority } from '../penalties.ts';
import { wholeState } from '../derived-state.ts';

const root = resolve(import.meta.dirname, '../..');

/** A place to run in: a database of its own and a var folder of its own. */
export type Place = { readonly url: string; readonly varDir: string };

/** When to kill: when a phase has been told for a row at or after `row`. */
export type Moment = { readonly phase: string; readonly row: number };

/** What a kill met. */
export type Killed = {
  /** The last phase told before death; `in-transaction` means a transaction was open. */
  readonly lastPhase: string;
  readonly killed: boolean;
};

/** A fresh var folder. */
export function varFolder(): string {
  return mkdtempSync(resolve(tmpdir(), 'xinheng-kill-'));
}

function start(place: Place, args: readonly string[], phases: string): ChildProcess {
  return spawn(process.execPath, [resolve(root, 'bin/xinheng'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATABASE_URL: place.url,
      XINHENG_VAR: place.varDir,
      XINHENG_PHASES: phases,
      XINHENG_JURISDICTION: '329900',
    },
  });
}

async function ended(
  child: ChildProcess,
): Promise<{ code: number | null; out: string; err: string }> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}

/** Runs a command to its end; throws when it faults. */
export async function run(place: Place, args: readonly string[]): Promise<string> {
  const { code, out, err } = await ended(start(place, args, '/dev/null'));
  if (code !== 0 && code !== 1) throw new Error(`xinheng ${args.join(' ')}: ${code}\n${err}`);
  return out;
}

const collectArgs = (file: string) => [
  'collect',
  file,
  '--item',
  'penalty',
  '--provider',
  authority,
  '--json',
];

/** Collects undisturbed. */
export function collect(place: Place, file: string): Promise<string> {
  return run(place, collectArgs(file));
}

/** Collects and kills at a moment; the process may be done before, which is told. */
export async function collectAndKill(place: Place, file: string, moment: Moment): Promise<Killed> {
  const phases = resolve(place.varDir, 'phases');
  writeFileSync(phases, '');
  const child = start(place, collectArgs(file), phases);
  const done = ended(child);
  let over = false;
  void done.then(() => (over = true));
  while (!over && !reached(phases, moment)) await sleep(1);
  child.kill('SIGKILL');
  await done;
  const lines = phaseLines(phases);
  return {
    lastPhase: lines.at(-1)?.phase ?? 'none',
    killed: !lines.some((l) => l.phase === 'done'),
  };
}

function phaseLines(file: string): { phase: string; row: number }[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [phase = '', row = '0'] = line.split(' ');
      return { phase, row: Number(row) };
    });
}

function reached(file: string, moment: Moment): boolean {
  return phaseLines(file).some((line) => line.phase === moment.phase && line.row >= moment.row);
}

/** The state of a place, digest by digest. */
export async function stateOf(place: Place): Promise<Record<string, string>> {
  const database = openDatabase(place.url, { connectionsMax: 1 });
  try {
    return await wholeState(database);
  } finally {
    await database.close();
  }
}

/** Forgets a place's files. */
export function clear(place: Place): void {
  rmSync(place.varDir, { recursive: true, force: true });
}
