/**
 * The database server that comes with the product: PostgreSQL's own programs, started and stopped
 * around whoever needs them. Several programs of one installation share one server; the last one out
 * stops it. What a killed program leaves behind (a running server, locks, leases) is recognised by the
 * next start and taken over.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import { installationRoot } from '../config.ts';
import { type Account, serverAccount } from './embedded-account.ts';
import { type Binaries, locateBinaries, usableBinaries } from './embedded-binaries.ts';
import { countLeases, holderOf, lock, takeLease, tryLock, unlock } from './embedded-lock.ts';
import {
  type Place,
  accountOfData,
  existingPlace,
  folderForCopy,
  leaveNote,
  newPlace,
  openDesk,
} from './embedded-place.ts';
import {
  type ProcessName,
  isStillRunning,
  markOf,
  parseName,
  worksElsewhere,
} from './embedded-process.ts';
import {
  forgetPidFile,
  isServerProcess,
  readPidFile,
  settledPidFile,
} from './embedded-pid-file.ts';
import {
  type Running,
  type Server,
  type ServerRefusal,
  type ServerSettings,
  askServer,
  createServerData,
  readPassword,
  signalStop,
  startServer,
  stopServer,
  urlOf,
} from './embedded-server.ts';

/** What a start may be busy with; for the person who waits. */
export type EmbeddedStep =
  'waiting-for-other-start' | 'copying-programs' | 'creating-database' | 'starting' | 'recovering';

/** Why the embedded server is not there. Texts and remedies: embedded-remedies.ts. */
export type EmbeddedRefusal =
  | ServerRefusal
  | Refusal<
      | 'postgres.disk'
      | 'postgres.version'
      | 'postgres.folder'
      | 'postgres.foreign'
      | 'postgres.data-missing'
      | 'postgres.locked'
    >;

/** How to start. */
export type EmbeddedOptions = {
  /** The installation's folder for data; the server's files lie in `postgres` below it. */
  readonly varDir: string;
  readonly onProgress?: (step: EmbeddedStep) => void;
  /** Overrides of postgresql.conf for a server started by this call; tests turn `fsync` off. */
  readonly settings?: ServerSettings;
  /** Stop, in the end, also a server somebody started by hand on the same data. */
  readonly own?: boolean;
  /** Folder of the installation whose node_modules bring the programs. */
  readonly root?: string;
  /** Folder for data that cannot lie in a closed `varDir`. */
  readonly sharedFolder?: string;
};

/** A use of the server. */
export type Embedded = {
  /** Address of the maintenance database, with the password; see `prepareDatabase`. */
  readonly url: string;
  /** Ends this use. The last one out stops the server. */
  readonly stop: () => Promise<void>;
  /** Whether the server was running before. */
  readonly adopted: boolean;
  readonly dataDir: string;
};

const lockWaitMs = 180_000;
const freeBytesMin = 500 * 1024 * 1024;

/** Refuses with `postgres.disk {freeMb, neededMb, path}` when the disk is nearly full. */
export function checkDisk(freeBytes: number, path: string): Result<true, Refusal<'postgres.disk'>> {
  if (freeBytes >= freeBytesMin) return ok(true);
  const toMb = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  return refuse('postgres.disk', {
    freeMb: toMb(freeBytes),
    neededMb: toMb(freeBytesMin),
    path,
  });
}

/** The server this launcher started last: its port is used again, and only it is ours to stop. */
type Remembered = { readonly port: number; readonly server: ProcessName | null };

function memoryOf(place: Place): string {
  return resolve(place.home, 'server.txt');
}

function recall(place: Place): Remembered {
  try {
    const [port = '', ...name] = readFileSync(memoryOf(place), 'utf8').split('\n');
    return { port: Number(port) || 0, server: parseName(name.join('\n')) };
  } catch {
    return { port: 0, server: null };
  }
}

function remember(place: Place, running: Running): void {
  const text = `${running.port}\n${running.pid}\n${markOf(running.pid)}\n`;
  writeFileSync(memoryOf(place), text, { mode: 0o644 });
}

function checkVersion(place: Place, binaries: Binaries): Result<true, Refusal<'postgres.version'>> {
  const data = readFileSync(resolve(place.dataDir, 'PG_VERSION'), 'utf8').trim();
  if (data === String(binaries.major)) return ok(true);
  return refuse('postgres.version', { data, program: binaries.major, dataDir: place.dataDir });
}

async function checkFolder(place: Place): Promise<Result<true, EmbeddedRefusal>> {
  const { bavail, bsize } = await statfs(place.home);
  return checkDisk(bavail * bsize, place.home);
}

/** Finds out where, with which programs and as whom the server runs; makes nothing but folders. */
function planServer(desk: string, options: EmbeddedOptions): Result<Server, EmbeddedRefusal> {
  const isRoot = process.getuid?.() === 0;
  const original = locateBinaries(options.root ?? installationRoot());
  if (!original.ok) return original;
  const existing = existingPlace(desk);
  if (!existing.ok) return existing;
  let place = existing.value;
  let account: Account | null;
  if (place === null) {
    const wanted = serverAccount(isRoot);
    if (!wanted.ok) return wanted;
    account = wanted.value;
    const made = newPlace(desk, account, options.sharedFolder);
    if (!made.ok) return made;
    place = made.value;
  } else {
    const version = checkVersion(place, original.value);
    if (!version.ok) return version;
    const owner = accountOfData(place, isRoot);
    if (!owner.ok) return owner;
    account = owner.value;
  }
  const { value: usual } = original;
  const copyTo = () => folderForCopy(place, account, options.sharedFolder);
  const onCopy = () => options.onProgress?.('copying-programs');
  const binaries = usableBinaries(usual, account, copyTo, onCopy);
  return ok({ place, binaries, account, settings: options.settings ?? {} });
}

/** The server already running on these data; null when there is none. */
async function findRunning(
  server: Server,
  options: EmbeddedOptions,
): Promise<Result<Running | null, EmbeddedRefusal>> {
  const { place } = server;
  const file = await settledPidFile(place, () => options.onProgress?.('recovering'));
  if (file === null) return ok(null);
  // A server works in its data folder; one elsewhere has only inherited the process id.
  if (!isServerProcess(file.pid) || worksElsewhere(file.pid, place.dataDir)) {
    forgetPidFile(place);
    return ok(null);
  }
  const password = readPassword(place);
  const refusal = refuse('postgres.password', { file: resolve(place.home, 'password') });
  if (password === null) return refusal;
  const running = { pid: file.pid, port: file.port, password };
  const answer = await askServer(place, running);
  if (answer === 'ours') return ok(running);
  if (answer === 'locked') return refusal;
  if (answer === 'silent') {
    const logTail = `process ${file.pid} does not answer on 127.0.0.1:${file.port}`;
    return refuse('postgres.crashed', { logTail });
  }
  forgetPidFile(place);
  return ok(null);
}

function isOurs(place: Place, pid: number): boolean {
  const { server } = recall(place);
  return server !== null && server.pid === pid && isStillRunning(server);
}

async function startNew(
  server: Server,
  options: EmbeddedOptions,
): Promise<Result<Running, EmbeddedRefusal>> {
  const { place } = server;
  const room = await checkFolder(place);
  if (!room.ok) return room;
  if (!place.exists) {
    options.onProgress?.('creating-database');
    const created = await createServerData(server);
    if (!created.ok) return created;
    leaveNote(place, server.account);
  }
  options.onProgress?.('starting');
  const started = await startServer(server, recall(place).port);
  if (started.ok) remember(place, started.value);
  return started;
}

/** One program's use of the server. */
type Use = { readonly place: Place; readonly lease: string; readonly own: boolean };

/**
 * Takes the lease back. Gives the process to stop when nobody else holds one; null also when somebody
 * has started the server by hand, unless it is to be owned.
 */
function giveBack(use: Use, leases: string): number | null {
  rmSync(use.lease, { force: true });
  if (countLeases(leases) > 0) return null;
  const pid = readPidFile(use.place)?.pid;
  if (pid === undefined || !isServerProcess(pid)) return null;
  return use.own || isOurs(use.place, pid) ? pid : null;
}

function endOf(use: Use, lockFile: string, leases: string): () => Promise<void> {
  let stopped: Promise<void> | null = null;
  // A program that ends without saying goodbye still closes the door, unless another is at it.
  const onExit = () => {
    if (!tryLock(lockFile)) return;
    const pid = giveBack(use, leases);
    if (pid !== null) signalStop(pid);
    unlock(lockFile);
  };
  process.once('exit', onExit);
  const stop = async () => {
    process.removeListener('exit', onExit);
    const locked = await lock(lockFile, lockWaitMs);
    try {
      const pid = giveBack(use, leases);
      if (pid !== null && locked) await stopServer(use.place, pid);
    } finally {
      if (locked) unlock(lockFile);
    }
  };
  return () => (stopped ??= stop());
}

/**
 * Gives a running server for the data in `varDir`: starts it, or joins the one that runs. Makes the
 * data on first use. Every use ends with `stop`; the last one stops the server, so that a command run
 * beside `npm start` leaves it running and one run alone leaves nothing behind.
 */
export async function startEmbedded(
  options: EmbeddedOptions,
): Promise<Result<Embedded, EmbeddedRefusal>> {
  const desk = openDesk(options.varDir);
  if (!desk.ok) return desk;
  const lockFile = resolve(desk.value, 'lock');
  const leases = resolve(desk.value, 'leases');
  const onWait = () => options.onProgress?.('waiting-for-other-start');
  if (!(await lock(lockFile, lockWaitMs, onWait))) {
    return refuse('postgres.locked', { file: lockFile, pid: holderOf(lockFile) });
  }
  try {
    const server = planServer(desk.value, options);
    if (!server.ok) return server;
    const { place } = server.value;
    const found = place.exists ? await findRunning(server.value, options) : ok(null);
    if (!found.ok) return found;
    const running = found.value === null ? await startNew(server.value, options) : ok(found.value);
    if (!running.ok) return running;
    const use: Use = { place, lease: takeLease(leases), own: options.own ?? false };
    return ok({
      url: urlOf(running.value),
      stop: endOf(use, lockFile, leases),
      adopted: found.value !== null,
      dataDir: place.dataDir,
    });
  } finally {
    unlock(lockFile);
  }
}
