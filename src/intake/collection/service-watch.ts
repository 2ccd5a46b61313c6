/**
 * The watched folder: `<inbox>/<provider>/<item>/<file>`. A file that no longer changes is taken by
 * renaming it into `.taking/`, collected from there, and moved to `done/` or `refused/` with the answer
 * beside it. A killed program finds what it had taken in `.taking/` and goes on; receiving is idempotent
 * by content, so that nothing is collected twice. What changes while it is read is read again later.
 */
import { constants } from 'node:fs';
import {
  type FileHandle,
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Actor } from '../../kernel/act.ts';
import { type Refusal, refuse } from '../../kernel/result.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { freshBytes } from '../../platform/random.ts';
import { isLeftAlone, nameBefore, ownFolders, plainName, takenPrefix } from './domain-inbox.ts';
import { type CollectionDeps, receive } from './service-receive.ts';
import { type BatchReport, runBatch } from './service-run.ts';

/** What became of a file, or why one was left where it is. */
export type InboxEvent =
  | {
      readonly kind: 'collected';
      readonly file: string;
      readonly report: BatchReport;
      readonly repeated: boolean;
    }
  | { readonly kind: 'refused'; readonly file: string; readonly refusal: Refusal }
  | { readonly kind: 'fault'; readonly file: string; readonly error: unknown };

/** How an inbox is kept. */
export type InboxOptions = {
  readonly folder: string;
  readonly actor: Actor;
  /** A file unchanged for so long is complete; 2 s. */
  readonly quietMs?: number;
  /** A file that met a fault is tried again after so long; 60 s. */
  readonly againMs?: number;
  /** Refusals in words, for the file beside a refused one. */
  readonly wordsOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
  readonly onEvent: (event: InboxEvent) => void;
};

/** A watched folder. */
export type Inbox = {
  /** Looks through the folder once and takes what is complete. Throws when the signal is aborted. */
  readonly sweep: (signal: AbortSignal) => Promise<void>;
};

const usualQuietMs = 2_000;
const usualAgainMs = 60_000;

/** A folder files are dropped into; without provider and item where nothing belongs. */
type Place = {
  readonly folder: string;
  readonly sender: { readonly provider: string; readonly item: string } | null;
};

type Seen = { readonly look: string; readonly sinceMs: number };

/** A file that changed while it was read. */
class StillChanging extends Error {}

/** Opens the watch over a folder. Nothing is read before the first sweep. */
export function openInbox(deps: CollectionDeps, options: InboxOptions): Inbox {
  const watch = new Watch(deps, options);
  return { sweep: (signal) => watch.sweep(signal) };
}

class Watch {
  private readonly deps: CollectionDeps;
  private readonly options: InboxOptions;
  private readonly seen = new Map<string, Seen>();
  private readonly notBefore = new Map<string, number>();
  private readonly told = new Set<string>();

  constructor(deps: CollectionDeps, options: InboxOptions) {
    this.deps = deps;
    this.options = options;
  }

  async sweep(signal: AbortSignal): Promise<void> {
    const met = new Set<string>();
    for await (const place of this.places()) {
      signal.throwIfAborted();
      for (const path of await this.taken(place)) {
        met.add(path);
        if (await this.isQuiet(path)) await this.work(place, path, signal);
      }
      for (const name of await namesIn(place.folder)) {
        const path = pathIn(place.folder, name);
        met.add(String(path));
        if (await this.isQuiet(path)) await this.take(place, name, signal);
      }
    }
    for (const path of this.seen.keys()) if (!met.has(path)) this.seen.delete(path);
  }

  /** The inbox itself, its providers and their items; links are not followed. */
  private async *places(): AsyncGenerator<Place> {
    const { folder } = this.options;
    yield { folder, sender: null };
    for (const provider of await foldersIn(folder)) {
      const above = resolve(folder, provider);
      yield { folder: above, sender: null };
      for (const item of await foldersIn(above)) {
        yield { folder: resolve(above, item), sender: { provider, item } };
      }
    }
  }

  private async taken({ folder }: Place): Promise<string[]> {
    const taking = resolve(folder, ownFolders.taking);
    const names = await namesIn(taking, () => true);
    return names.map((name) => resolve(taking, name.toString('utf8')));
  }

  /** Whether a file has looked the same for long enough. Anything but a file is told and left. */
  private async isQuiet(path: string | Buffer): Promise<boolean> {
    const key = String(path);
    const again = this.notBefore.get(key);
    if (again !== undefined && stopwatchMs() < again) return false;
    const stat = await lstat(path).catch(() => null);
    if (stat === null || stat.isDirectory()) return false;
    if (!stat.isFile()) {
      if (!this.told.has(key)) this.refusedInPlace(key);
      return false;
    }
    const look = `${stat.ino}/${stat.size}/${stat.mtimeMs}`;
    const before = this.seen.get(key);
    if (before?.look !== look) {
      this.seen.set(key, { look, sinceMs: stopwatchMs() });
      return false;
    }
    return stopwatchMs() - before.sinceMs >= (this.options.quietMs ?? usualQuietMs);
  }

  private refusedInPlace(file: string): void {
    this.told.add(file);
    const { refusal } = refuse('inbox.not-a-file', { file: plainName(file.split('/').at(-1)!) });
    this.options.onEvent({ kind: 'refused', file, refusal });
  }

  /** Takes a complete file out of its sender's hands. */
  private async take(place: Place, name: Buffer, signal: AbortSignal): Promise<void> {
    const from = pathIn(place.folder, name);
    const prefix = takenPrefix(this.deps.clock.now(), freshBytes(3).toString('hex'));
    const path = resolve(
      place.folder,
      ownFolders.taking,
      prefix + plainName(name.toString('utf8')),
    );
    try {
      await mkdir(resolve(place.folder, ownFolders.taking), { recursive: true });
      await rename(from, path);
    } catch (error) {
      this.fault(String(from), error);
      return;
    }
    this.seen.delete(String(from));
    await this.work(place, path, signal);
  }

  private fault(file: string, error: unknown): void {
    this.notBefore.set(file, stopwatchMs() + (this.options.againMs ?? usualAgainMs));
    this.options.onEvent({ kind: 'fault', file, error });
  }

  /** Collects a taken file and puts it away. A fault leaves it to be tried again. */
  private async work(place: Place, path: string, signal: AbortSignal): Promise<void> {
    try {
      await this.collect(place, path);
      this.notBefore.delete(path);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StillChanging) this.seen.delete(path);
      else this.fault(path, error);
    }
  }

  private async collect(place: Place, path: string): Promise<void> {
    const taken = path.split('/').at(-1)!;
    const fileName = nameBefore(taken);
    if (place.sender === null || fileName === null) {
      const { refusal } = refuse('inbox.wrong-folder', { file: fileName ?? plainName(taken) });
      return this.putAway(place, path, { refusal });
    }
    const handle = await openFile(path);
    if (handle === null) {
      const { refusal } = refuse('inbox.not-a-file', { file: fileName });
      return this.putAway(place, path, { refusal });
    }
    const { actor } = this.options;
    let received: Awaited<ReturnType<typeof receive>>;
    try {
      const source = unchanged(handle);
      received = await receive(this.deps, { ...place.sender, fileName, source, actor });
    } finally {
      await handle.close();
    }
    if (!received.ok) return this.putAway(place, path, { refusal: received.refusal });
    const { batch, repeated } = received.value;
    const again = repeated && batch.state === 'done';
    const ran = await runBatch(this.deps, batch, actor);
    if (!ran.ok) return this.putAway(place, path, { refusal: ran.refusal });
    await this.putAway(place, path, { report: ran.value, repeated: again });
  }

  /** Writes the answer beside the file's new place first, and moves the file last. */
  private async putAway(
    place: Place,
    path: string,
    answer:
      { readonly refusal: Refusal } | { readonly report: BatchReport; readonly repeated: boolean },
  ): Promise<void> {
    const isRefused = 'refusal' in answer;
    const folder = resolve(place.folder, isRefused ? ownFolders.refused : ownFolders.done);
    await mkdir(folder, { recursive: true });
    const target = resolve(folder, path.split('/').at(-1)!);
    if (isRefused) {
      const { refusal } = answer;
      await writeBeside(`${target}.refusal.json`, {
        message: this.options.wordsOf(refusal),
        refused: refusal.code,
        params: refusal.params,
        basis: refusal.basis ?? null,
      });
    } else {
      const { report, repeated } = answer;
      const { batchId, counts, receipt } = report.batch;
      const message = repeated ? sentBefore : null;
      await writeBeside(`${target}.receipt.json`, { batchId, counts, repeated, message, receipt });
      if (report.errorFile !== null) {
        await copyBeside(report.errorFile, `${target}.wrong-rows.xlsx`);
      }
    }
    await rename(path, target);
    this.seen.delete(path);
    this.options.onEvent(
      isRefused
        ? { kind: 'refused', file: target, refusal: answer.refusal }
        : { kind: 'collected', file: target, ...answer },
    );
  }
}

const sentBefore = {
  zh: '这份文件以前已经收过，本次没有任何改变。',
  en: 'This file was received before; nothing changed.',
};

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const own: readonly string[] = Object.values(ownFolders);
  return entries
    .filter((entry) => entry.isDirectory() && !own.includes(entry.name))
    .map((entry) => entry.name)
    .filter((name) => !name.startsWith('.'))
    .sort();
}

// Names as bytes: one that is no UTF-8 can be renamed like any other.
async function namesIn(
  folder: string,
  wanted = (name: string) => !isLeftAlone(name),
): Promise<Buffer[]> {
  const names: Buffer[] = await readdir(folder, { encoding: 'buffer' }).catch(() => []);
  const own: readonly string[] = Object.values(ownFolders);
  return names
    .filter((name) => {
      const text = name.toString('utf8');
      return wanted(text) && !own.includes(text);
    })
    .sort(Buffer.compare);
}

function pathIn(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name]);
}

/** Opens a plain file without following a link and without waiting for a pipe; `null` for others. */
async function openFile(path: string): Promise<FileHandle | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  let handle: FileHandle;
  try {
    handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ELOOP', 'ENXIO', 'EACCES', 'EPERM'].includes(code)) return null;
    throw error;
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  return null;
}

/** The bytes of a file; throws at their end when the file has changed meanwhile. */
async function* unchanged(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const before = await handle.stat();
  let bytes = 0;
  const piece = Buffer.alloc(256 * 1024);
  for (;;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, bytes);
    if (bytesRead === 0) break;
    bytes += bytesRead;
    yield Buffer.from(piece.subarray(0, bytesRead));
  }
  const after = await handle.stat();
  if (after.size !== bytes || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
    throw new StillChanging('the file changed while it was read');
  }
}

async function writeBeside(path: string, content: object): Promise<void> {
  const aside = `${path}.part`;
  await rm(aside, { force: true });
  await writeFile(aside, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' });
  await rename(aside, path);
}

async function copyBeside(from: string, path: string): Promise<void> {
  const aside = `${path}.part`;
  await rm(aside, { force: true });
  await copyFile(from, aside, constants.COPYFILE_EXCL);
  await rename(aside, path);
}
