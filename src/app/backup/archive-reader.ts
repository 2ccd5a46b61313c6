/**
 * Reading a backup that anybody may have written: a stream, sizes bounded, no name believed. Every
 * place that is not as we write it is refused with the byte it stands at.
 */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { refuse } from '../../kernel/result.ts';
import type { Refused } from '../output.ts';
import { type EntryName, readEntryName } from './names.ts';
import { stop } from './stop.ts';
import { blockBytes, readTarHeader, tailBytes, tarPadding } from './tar.ts';

/** A file of the archive. Its bytes are read once, in order; what is left is passed over. */
export type Entry = {
  readonly name: string;
  readonly what: EntryName;
  /** Where it begins in the archive. */
  readonly at: number;
  readonly size: number;
  readonly chunks: () => AsyncGenerator<Buffer>;
  /** All bytes at once; refuses more than `most`. */
  readonly whole: (most: number) => Promise<Buffer>;
};

const chunkBytes = 1024 * 1024;

/** The refusal of a damaged place. `at` is a byte of the file, `place` the file inside the archive. */
export function damaged(path: string, place: string, at: number): Refused {
  return stop(refuse('restore.damaged', { path, place, at }));
}

/** Reads a stream to its end and keeps nothing. */
export async function drain(source: AsyncGenerator<Buffer>): Promise<void> {
  while ((await source.next()).done !== true);
}

/** A file read from front to back. */
class Tape {
  at = 0;
  private readonly handle: FileHandle;
  readonly path: string;
  readonly size: number;

  constructor(handle: FileHandle, path: string, size: number) {
    this.handle = handle;
    this.path = path;
    this.size = size;
  }

  /** Exactly `length` bytes; refuses when the file ends before. */
  async take(length: number, place: string): Promise<Buffer> {
    if (this.at + length > this.size) throw this.tooShort(place);
    const buffer = Buffer.allocUnsafe(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await this.handle.read(buffer, read, length - read, this.at + read);
      if (bytesRead === 0) throw this.tooShort(place);
      read += bytesRead;
    }
    this.at += length;
    return buffer;
  }

  tooShort(place: string): Refused {
    return stop(refuse('restore.cut-short', { path: this.path, place, at: this.size }));
  }
}

function entryOn(tape: Tape, found: Pick<Entry, 'name' | 'what' | 'at' | 'size'>) {
  const { name, size } = found;
  let left = size;
  async function* chunks(): AsyncGenerator<Buffer> {
    while (left > 0) {
      const chunk = await tape.take(Math.min(left, chunkBytes), name);
      left -= chunk.length;
      yield chunk;
    }
  }
  const entry: Entry = {
    ...found,
    chunks,
    async whole(most) {
      if (size > most) throw damaged(tape.path, name, found.at);
      const bytes = await tape.take(left, name);
      left = 0;
      return bytes;
    },
  };
  const passOver = async () => {
    await drain(chunks());
    const padding = await tape.take(tarPadding(size), name);
    if (padding.some((byte) => byte !== 0)) throw damaged(tape.path, name, found.at);
  };
  return { entry, passOver };
}

async function* entriesOf(tape: Tape): AsyncGenerator<Entry> {
  let last = 'xinheng-backup.json';
  for (;;) {
    const at = tape.at;
    const block = await tape.take(blockBytes, last);
    const header = readTarHeader(block);
    if (header === null) {
      if (block.some((byte) => byte !== 0)) throw damaged(tape.path, last, at);
      const rest = await tape.take(tailBytes - blockBytes, last);
      if (rest.some((byte) => byte !== 0) || tape.at !== tape.size) {
        throw damaged(tape.path, last, at);
      }
      return;
    }
    const what = readEntryName(header.name);
    if (what === null) throw damaged(tape.path, header.name.slice(0, 120), at);
    const { entry, passOver } = entryOn(tape, { ...header, what, at });
    yield entry;
    await passOver();
    last = header.name;
  }
}

/** All files of an archive in order. Refuses with `Refused`: unreadable, cut short, damaged. */
export async function* readArchive(path: string): AsyncGenerator<Entry> {
  let handle: FileHandle;
  try {
    if (!(await stat(path)).isFile()) throw Object.assign(new Error(), { code: 'EISDIR' });
    handle = await open(path, 'r');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw stop(refuse('restore.unreadable', { path, reason }));
  }
  try {
    yield* entriesOf(new Tape(handle, path, (await handle.stat()).size));
  } finally {
    await handle.close();
  }
}
