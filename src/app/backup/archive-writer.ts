/** Writing a backup: under a temporary name, to the disk, and only then under its own. */
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuse } from '../../kernel/result.ts';
import { stop } from './stop.ts';
import { tailBytes, tarHeader, tarPadding } from './tar.ts';

/** An archive being written. */
export type ArchiveWriter = {
  readonly add: (name: string, content: Buffer) => Promise<void>;
  /** Adds a file of a size known beforehand; faults when the source has another size. */
  readonly addStream: (
    name: string,
    size: number,
    source: AsyncIterable<Uint8Array>,
  ) => Promise<void>;
  /** Bytes written so far. */
  readonly bytes: () => number;
  /** Makes the archive durable and gives it its name. */
  readonly finish: () => Promise<void>;
  /** Removes what was written. */
  readonly abandon: () => Promise<void>;
};

/** Name of an archive that is not complete. */
export function partialName(path: string): string {
  return `${path}.part`;
}

async function writeAll(handle: FileHandle, pieces: Buffer[]): Promise<number> {
  const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  let written = 0;
  while (written < whole.length) {
    written += (await handle.write(whole, written, whole.length - written)).bytesWritten;
  }
  return written;
}

/** Brings the entry of a renamed file to the disk. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Gives the archive its name, unless another program took the temporary one or the name meanwhile. */
async function giveName(handle: FileHandle, partial: string, path: string): Promise<void> {
  await handle.sync();
  const [mine, there] = [await handle.stat(), await stat(partial).catch(() => null)];
  const isTaken = await stat(path).catch(() => null);
  if (isTaken !== null) throw stop(refuse('backup.exists', { path }));
  if (there === null || there.ino !== mine.ino || there.dev !== mine.dev) {
    throw stop(refuse('backup.disturbed', { path: partial }));
  }
  await rename(partial, path);
  await settle(dirname(path));
}

/** Begins an archive; what a killed backup to the same place left is replaced. */
export async function openArchive(path: string): Promise<ArchiveWriter> {
  const partial = partialName(path);
  await rm(partial, { force: true });
  const handle = await open(partial, 'wx', 0o600);
  let bytes = 0;
  const write = async (pieces: Buffer[]) => {
    bytes += await writeAll(handle, pieces);
  };
  return {
    add: (name, content) =>
      write([
        tarHeader({ name, size: content.length }),
        content,
        Buffer.alloc(tarPadding(content.length)),
      ]),
    async addStream(name, size, source) {
      await write([tarHeader({ name, size })]);
      let seen = 0;
      for await (const chunk of source) {
        seen += chunk.length;
        if (seen > size) break;
        await write([Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)]);
      }
      if (seen !== size) throw stop(refuse('backup.disturbed', { path: name }));
      await write([Buffer.alloc(tarPadding(size))]);
    },
    bytes: () => bytes,
    async finish() {
      await write([Buffer.alloc(tailBytes)]);
      await giveName(handle, partial, path);
      await handle.close();
    },
    async abandon() {
      await handle.close().catch(() => undefined);
      await rm(partial, { force: true });
    },
  };
}
