/**
 * Cells of the rows a batch gives back, kept so that any row of them is found without reading the others:
 * a file of lines, and beside it where each row's line lies, by row number. The workbook that goes back to
 * the sender holds the same, and would have to be unpacked from its beginning for every page.
 */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { freshBytes } from '../../platform/random.ts';
import type { CollectionDeps } from './service-receive.ts';

/** Eight bytes of where a line begins, four of how long it is; all nought: the row is not kept. */
const entryBytes = 12;
const entriesTogether = 4_096;
const textTogether = 1 << 20;

/** Where the cells of a batch's rows lie. */
export function givenCellsPath(deps: Pick<CollectionDeps, 'workDir'>, batchId: string): string {
  return resolve(deps.workDir, 'given', batchId);
}

const placesOf = (path: string) => `${path}.places`;

/** Takes rows in the order of their numbers. Nothing is there for a reader before `close`. */
export type CellKeeper = {
  readonly add: (row: number, cells: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Leaves nothing behind, where the writing was broken off; after `close` it does nothing. */
  readonly drop: () => Promise<void>;
};

/** Begins to keep the cells of a batch's rows. */
export async function keepCells(path: string): Promise<CellKeeper> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Of its own name: two programs may write the same, and either is whole.
  const part = `${path}.${freshBytes(8).toString('hex')}`;
  const lines = await open(part, 'wx', 0o600);
  const places = await open(placesOf(part), 'wx', 0o600);
  const text = makeLines(lines);
  const table = makePlaces(places);
  let isOver = false;
  return {
    async add(row, cells) {
      await table.put(row, await text.put(cells));
    },
    async close() {
      await text.end();
      await table.end();
      isOver = true;
      await rename(part, path);
      // Whoever finds the places finds the lines they point to.
      await rename(placesOf(part), placesOf(path));
    },
    async drop() {
      if (isOver) return;
      isOver = true;
      await Promise.all([lines.close(), places.close()]);
      await Promise.all([rm(part, { force: true }), rm(placesOf(part), { force: true })]);
    },
  };
}

type Place = { readonly from: number; readonly bytes: number };

function makeLines(file: FileHandle) {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let written = 0;
  async function flush(): Promise<void> {
    await file.write(Buffer.concat(waiting), 0, waitingBytes, written);
    written += waitingBytes;
    [waiting, waitingBytes] = [[], 0];
  }
  return {
    async put(cells: readonly string[]): Promise<Place> {
      const line = Buffer.from(`${JSON.stringify(cells)}\n`);
      const from = written + waitingBytes;
      waiting.push(line);
      waitingBytes += line.length;
      if (waitingBytes >= textTogether) await flush();
      return { from, bytes: line.length };
    },
    async end(): Promise<void> {
      await flush();
      await file.sync();
      await file.close();
    },
  };
}

/** Rows that are not kept leave holes, which take no room on the disk. */
function makePlaces(file: FileHandle) {
  const block = Buffer.alloc(entryBytes * entriesTogether);
  let number = 0;
  async function flush(): Promise<void> {
    await file.write(block, 0, block.length, number * block.length);
    block.fill(0);
  }
  return {
    async put(row: number, { from, bytes }: Place): Promise<void> {
      const wanted = Math.floor(row / entriesTogether);
      if (wanted !== number) {
        await flush();
        number = wanted;
      }
      const at = (row % entriesTogether) * entryBytes;
      block.writeBigUInt64BE(BigInt(from), at);
      block.writeUInt32BE(bytes, at + 8);
    },
    async end(): Promise<void> {
      await flush();
      await file.sync();
      await file.close();
    },
  };
}

async function openedOrNone(path: string): Promise<FileHandle | null> {
  return open(path, 'r').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}

/** Cells of some rows; a row that is not kept is not among them. `null`: nothing of the batch is kept. */
export async function keptCells(
  path: string,
  rows: readonly number[],
): Promise<Map<number, readonly string[]> | null> {
  const places = await openedOrNone(placesOf(path));
  const lines = places === null ? null : await openedOrNone(path);
  try {
    if (places === null || lines === null) return null;
    const found = new Map<number, readonly string[]>();
    for (const row of rows) {
      const entry = Buffer.alloc(entryBytes);
      await places.read(entry, 0, entryBytes, row * entryBytes);
      const line = Buffer.alloc(entry.readUInt32BE(8));
      if (line.length === 0) continue;
      await lines.read(line, 0, line.length, Number(entry.readBigUInt64BE(0)));
      found.set(row, JSON.parse(line.toString()) as string[]);
    }
    return found;
  } finally {
    await Promise.all([places?.close(), lines?.close()]);
  }
}
