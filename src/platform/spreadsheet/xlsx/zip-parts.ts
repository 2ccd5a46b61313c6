/**
 * The ZIP container of a workbook, read with suspicion: every name, size and ratio is checked before a
 * byte is inflated, and only the parts a table needs are inflated at all.
 */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  type Entry,
  type ZipFile,
  getFileNameLowLevel,
  openPromise,
  validateFileName,
} from 'yauzl';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import type { ProblemList } from '../problems.ts';
import type { Limits, TableRefusal } from '../table.ts';

/** The container broke while a part was read: bad compression, wrong sizes, wrong checksum. */
export class DamagedPart extends Error {
  override readonly name = 'DamagedPart';
}

/** An opened container. Names are compared without regard to case, as the format demands. */
export class ZipParts {
  private readonly zip: ZipFile;
  private readonly entries: ReadonlyMap<string, Entry>;

  constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  /** Names of all parts, in lower case. */
  names(): readonly string[] {
    return [...this.entries.keys()];
  }

  /** Whether there is such a part. */
  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Refuses a part that is too large, inflates too much, or can not be inflated. */
  check(name: string, bytesMax: number, limits: Limits): Result<true, TableRefusal> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return refuse('table.damaged', { part: name });
    if (entry.isEncrypted()) return refuse('table.encrypted');
    if (!entry.canDecodeFileData()) return refuse('table.damaged', { part: name });
    const bytes = entry.uncompressedSize;
    if (bytes > bytesMax) return refuse('table.too-large', { part: name, bytes, bytesMax });
    const ratio = Math.round(bytes / Math.max(1, entry.compressedSize));
    if (bytes > limits.ratioFromBytes && ratio > limits.ratioMax) {
      return refuse('table.suspicious', { reason: `${name}: ${ratio}:1` });
    }
    return ok(true);
  }

  /**
   * The inflated bytes of a part. Throws {@link DamagedPart} when they do not fit the declared size or
   * checksum; leaving the loop early releases the part.
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) throw new DamagedPart(name);
    let checksum = 0;
    let stream: Readable | null = null;
    try {
      stream = await this.zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw new DamagedPart(name, { cause: error });
    } finally {
      stream?.destroy();
    }
    // The library has compared the sizes, but not the checksum.
    if (checksum >>> 0 !== entry.crc32) throw new DamagedPart(name);
  }

  /** Closes the file. Safe to call more than once. */
  async close(): Promise<void> {
    if (!this.zip.isOpen) return;
    const closed = once(this.zip, 'close');
    this.zip.close();
    await closed;
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    false,
  );
}

async function listEntries(
  zip: ZipFile,
  limits: Limits,
  problems: ProblemList,
): Promise<Result<Map<string, Entry>, TableRefusal>> {
  const entries = new Map<string, Entry>();
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    count += 1;
    if (count > limits.entriesMax) {
      return refuse('table.suspicious', { reason: `> ${limits.entriesMax} entries` });
    }
    const name = nameOf(entry);
    if (validateFileName(name) !== null) {
      problems.add('ignored-entry', `part:${name.slice(0, 200)}`);
      continue;
    }
    if (name.endsWith('/')) continue;
    const key = name.toLowerCase();
    // Which of two equal names counts differs from program to program; a reader must not choose.
    if (entries.has(key)) return refuse('table.suspicious', { reason: `2 × ${key.slice(0, 200)}` });
    entries.set(key, entry);
  }
  return ok(entries);
}

/** Opens a ZIP file whose first bytes were recognised as one. */
export async function openZip(
  path: string,
  limits: Limits,
  problems: ProblemList,
): Promise<Result<ZipParts, TableRefusal>> {
  let zip: ZipFile;
  try {
    // Names are decoded here: the library would stop at the first bad one.
    zip = await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (error) {
    if (isSystemError(error)) throw error;
    return refuse('table.damaged', { part: 'zip' });
  }
  try {
    const entries = await listEntries(zip, limits, problems);
    if (!entries.ok) {
      zip.close();
      return entries;
    }
    return ok(new ZipParts(zip, entries.value));
  } catch (error) {
    zip.close();
    if (isSystemError(error)) throw error;
    const encrypted = error instanceof Error && error.message.includes('strong encryption');
    return encrypted ? refuse('table.encrypted') : refuse('table.damaged', { part: 'zip' });
  }
}

/** A failure of the machine (no such file, no permission, disk), as opposed to one of the content. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
