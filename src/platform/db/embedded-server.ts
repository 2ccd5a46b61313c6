/** One PostgreSQL server as a process: made, started, asked, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import type { Account } from './embedded-account.ts';
import { type Binaries, programOf } from './embedded-binaries.ts';
import type { Place } from './embedded-place.ts';
import { isServerProcess, pollMs, readPidFile, startWaitMs } from './embedded-pid-file.ts';
import { isStillRunning, markOf } from './embedded-process.ts';

/** Settings of postgresql.conf that a caller overrides for one start. */
export type ServerSettings = Readonly<Record<string, string | number>>;

/** Everything needed to run the server of one place. */
export type Server = {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly settings: ServerSettings;
};

/** A server that answers. */
export type Running = { readonly pid: number; readonly port: number; readonly password: string };

/** Why a server could not be made or started. */
export type ServerRefusal = Refusal<
  | 'postgres.binaries-missing'
  | 'postgres.no-system-user'
  | 'postgres.crashed'
  | 'postgres.port'
  | 'postgres.password'
>;

export const superuser = 'xinheng';
const logTailBytes = 4_000;
const logBytesMax = 10 * 1024 * 1024;
const portAttempts = 5;
const stopWaitMs = 60_000;
// Older systems know only some of these names for a UTF-8 character type.
const locales = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'zh_CN.UTF-8'];

/** Where the server writes its log. */
export function logFileOf(place: Place): string {
  return resolve(place.home, 'server.log');
}

function passwordFileOf(place: Place): string {
  return resolve(place.home, 'password');
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The end of the log written since `from` (bytes). */
function logTail(place: Place, from: number): string {
  const file = logFileOf(place);
  const size = sizeOf(file);
  const start = Math.max(from, size - logTailBytes);
  const bytes = Buffer.alloc(Math.max(0, size - start));
  if (bytes.length === 0) return '';
  const handle = openSync(file, 'r');
  readSync(handle, bytes, 0, bytes.length, start);
  closeSync(handle);
  return bytes.toString('utf8').trim();
}

function asAccount(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

/** The server must not see the caller's PG* variables, locale or library path. */
const cleanEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' };

function spawnFailure(error: NodeJS.ErrnoException, account: Account | null): ServerRefusal {
  if (error.code === 'EPERM' && account !== null) {
    return { code: 'postgres.no-system-user', params: { tried: account.name } };
  }
  const platform = `${process.platform}-${process.arch}`;
  const reason = error.code ?? error.message;
  return { code: 'postgres.binaries-missing', params: { platform, reason } };
}

type Outcome = { readonly code: number | null; readonly text: string };

function runInitdb(server: Server, args: readonly string[]): Promise<Outcome | ServerRefusal> {
  return new Promise((settle) => {
    const child = spawn(programOf(server.binaries, 'initdb'), args, {
      cwd: server.place.home,
      env: cleanEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asAccount(server.account),
    });
    let text = '';
    const collect = (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-logTailBytes);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => settle(spawnFailure(error, server.account)));
    child.once('close', (code) => settle({ code, text: text.trim() }));
  });
}

/** Modest settings for a laptop; an operator may change them in `postgresql.conf`. */
function defaultSettings(): Record<string, string> {
  const sharedMb = Math.max(64, Math.min(256, Math.floor(totalmem() / 8 / 1024 / 1024)));
  return {
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${sharedMb * 3}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_connections: '60',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  };
}

function initdbArguments(server: Server, folder: string, passwordFile: string): string[] {
  const settings = Object.entries(defaultSettings()).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    ...(server.settings['fsync'] === 'off' ? ['--no-sync'] : []),
    ...settings,
  ];
}

/**
 * Makes an empty database server. It is built in a folder of its own and renamed at the end, so that
 * a start that was killed leaves nothing that looks finished.
 */
export async function createServerData(server: Server): Promise<Result<true, ServerRefusal>> {
  const { place, account } = server;
  const staging = mkdtempSync(resolve(place.home, '.creating-'));
  const password = randomBytes(24).toString('base64url');
  const folder = resolve(staging, 'data');
  const passwordFile = resolve(staging, 'password');
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== null) {
      chownSync(staging, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    const args = initdbArguments(server, folder, passwordFile);
    let outcome: Outcome = { code: null, text: '' };
    for (const locale of locales) {
      const tried = await runInitdb(server, [...args, `--locale=${locale}`]);
      if (!('text' in tried)) return { ok: false, refusal: tried };
      outcome = tried;
      if (!outcome.text.includes('invalid locale')) break;
    }
    if (outcome.text.includes('error while loading shared libraries')) {
      const platform = `${process.platform}-${process.arch}`;
      return refuse('postgres.binaries-missing', { platform, reason: outcome.text });
    }
    if (outcome.code !== 0) return refuse('postgres.crashed', { logTail: outcome.text });
    const kept = passwordFileOf(place);
    writeFileSync(kept, `${password}\n`, { mode: 0o600 });
    chmodSync(kept, 0o600);
    renameSync(folder, place.dataDir);
    return ok(true);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** A free port of the loopback interface; `wished` when it is free. Null when none can be bound. */
export function freePort(wished: number): Promise<number | null> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => {
      if (wished === 0) settle(null);
      else void freePort(0).then(settle);
    });
    probe.listen(wished, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => settle(port));
    });
  });
}

/** Address of a running server. */
export function urlOf(running: Running, database = 'postgres'): string {
  return `postgres://${superuser}:${running.password}@127.0.0.1:${running.port}/${database}`;
}

/** The password kept beside the data; null when the file is gone or closed to us. */
export function readPassword(place: Place): string | null {
  try {
    return readFileSync(passwordFileOf(place), 'utf8').trim();
  } catch {
    return null;
  }
}

/** Reads the identity PostgreSQL gave the data folder when it was made. */
function systemIdentifier(place: Place): bigint {
  return readFileSync(resolve(place.dataDir, 'global', 'pg_control')).readBigUInt64LE(0);
}

/**
 * Asks a server whether it serves these very data: `ours`, `foreign` (another folder's server),
 * `locked` (does not know our password) or `silent`.
 */
export async function askServer(
  place: Place,
  running: Running,
): Promise<'ours' | 'foreign' | 'locked' | 'silent'> {
  const client = new pg.Client({
    connectionString: urlOf(running),
    connectionTimeoutMillis: 5_000,
    application_name: 'xinheng-launcher',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    );
    return rows[0]?.id === systemIdentifier(place).toString() ? 'ours' : 'foreign';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'locked' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}

function launch(server: Server, port: number): ChildProcess {
  const fixed: ServerSettings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    ...server.settings,
  };
  const log = openSync(logFileOf(server.place), 'a', 0o640);
  const child = spawn(
    programOf(server.binaries, 'postgres'),
    [
      '-D',
      server.place.dataDir,
      ...Object.entries(fixed).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    {
      cwd: server.place.home,
      env: cleanEnvironment,
      stdio: ['ignore', log, log],
      // A process group of its own: Ctrl-C is for us, and we stop the server when we are done.
      detached: true,
      ...asAccount(server.account),
    },
  );
  closeSync(log);
  child.unref();
  return child;
}

type Start = 'ready' | 'ended' | 'waiting' | ServerRefusal;

async function waitForStart(server: Server, child: ChildProcess, port: number): Promise<Start> {
  let failure: ServerRefusal | null = null;
  child.once('error', (error) => {
    failure = spawnFailure(error, server.account);
  });
  const end = performance.now() + startWaitMs;
  while (performance.now() < end) {
    await sleep(pollMs);
    if (failure !== null) return failure;
    if (child.exitCode !== null || child.signalCode !== null) return 'ended';
    const file = readPidFile(server.place);
    if (file?.pid === child.pid && file?.port === port && file.status === 'ready') return 'ready';
  }
  return 'waiting';
}

/**
 * Starts the server on `wishedPort` if that is free, otherwise on another port. Gives the running
 * server once it answers.
 */
export async function startServer(
  server: Server,
  wishedPort: number,
): Promise<Result<Running, ServerRefusal>> {
  const { place } = server;
  const password = readPassword(place);
  if (password === null) return refuse('postgres.password', { file: passwordFileOf(place) });
  const log = logFileOf(place);
  if (sizeOf(log) > logBytesMax) renameSync(log, `${log}.1`);
  for (let attempt = 0; attempt < portAttempts; attempt += 1) {
    const port = await freePort(attempt === 0 ? wishedPort : 0);
    if (port === null) break;
    const logFrom = sizeOf(log);
    const child = launch(server, port);
    const start = await waitForStart(server, child, port);
    if (start === 'ready' && child.pid !== undefined) {
      const running = { pid: child.pid, port, password };
      const answer = await askServer(place, running);
      if (answer === 'ours') return ok(running);
      await stopServer(place, running.pid);
      if (answer === 'locked') return refuse('postgres.password', { file: passwordFileOf(place) });
      return refuse('postgres.crashed', { logTail: logTail(place, logFrom) });
    }
    if (typeof start === 'object') return { ok: false, refusal: start };
    const tail = logTail(place, logFrom);
    if (!/could not bind|Address already in use/i.test(tail)) {
      return refuse('postgres.crashed', { logTail: tail });
    }
  }
  return refuse('postgres.port', { address: '127.0.0.1' });
}

/** Asks the server to stop without waiting: transactions roll back, connections end. */
export function signalStop(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Stops the server and waits for its end; after a minute it is ended hard, to recover at next start. The
 * server takes its pid file away a moment before it ends: where the system tells when a process began,
 * the process itself is waited for.
 */
export async function stopServer(place: Place, pid: number): Promise<void> {
  const name = { pid, mark: markOf(pid) };
  const runs = () =>
    name.mark === ''
      ? isServerProcess(pid) && readPidFile(place)?.pid === pid
      : isStillRunning(name);
  signalStop(pid);
  const end = performance.now() + stopWaitMs;
  while (runs()) {
    await sleep(pollMs);
    if (performance.now() < end) continue;
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {
      return;
    }
    await sleep(1_000);
    return;
  }
}
