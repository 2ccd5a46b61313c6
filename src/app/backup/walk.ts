/**
 * Going through a backup from front to back with every check there is: order of the files, digest of
 * each, what the manifest says of tables and files. Looking at a backup and restoring it go the same
 * way; only what is done with the content differs.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { type ZlibOptions, gunzip } from 'node:zlib';
import { sha256Hex } from '../../kernel/canonical.ts';
import { refuse } from '../../kernel/result.ts';
import type { Signature } from '../../platform/crypto/index.ts';
import { type Entry, damaged, drain, readArchive } from './archive-reader.ts';
import {
  type Head,
  type Manifest,
  Tally,
  bytesOf,
  manifestBytesMax,
  pieceBytes,
  readHead,
  readManifest,
  readSignature,
  smallBytesMax,
} from './manifest.ts';
import type { EntryName } from './names.ts';
import { stop } from './stop.ts';

/** What is done with the content while it passes. */
export type Sink = {
  /** A piece of the rows of a table, in order; `''` pieces never come. */
  readonly piece?: (table: string, piece: Buffer) => Promise<void>;
  /** A sealed raw file; the bytes must be read to their end. */
  readonly file?: (address: string, bytes: AsyncIterable<Buffer>) => Promise<void>;
  readonly returned?: (batch: string, content: Buffer) => Promise<void>;
  readonly keys?: (sealed: Buffer) => void;
  readonly progress?: (doing: string, size: number) => void;
};

/** A backup in which everything agrees with everything else; whose it is remains to be seen. */
export type Walked = {
  readonly head: Head;
  readonly manifest: Manifest;
  readonly manifestBytes: Buffer;
  readonly signature: Signature;
};

const order: readonly EntryName['kind'][] = [
  'head',
  'part',
  'file',
  'return',
  'keys',
  'manifest',
  'signature',
];
const once = new Set<EntryName['kind']>(['head', 'keys', 'manifest', 'signature']);
const returnBytesMax = 512 * 1024 * 1024;

const expand = promisify(
  gunzip as (
    bytes: Buffer,
    options: ZlibOptions,
    callback: (error: Error | null, result: Buffer) => void,
  ) => void,
);

type TableSoFar = { parts: number; bytes: number; readonly hash: ReturnType<typeof createHash> };

class Walk {
  head: Head | null = null;
  manifest: Manifest | null = null;
  manifestBytes: Buffer | null = null;
  signature: Signature | null = null;
  private readonly tables = new Map<string, TableSoFar>();
  private table = '';
  private keysDigest: string | null = null;
  private readonly files = new Tally();
  private readonly returns = new Tally();
  private step = -1;
  private readonly path: string;
  private readonly sink: Sink;

  constructor(path: string, sink: Sink) {
    this.path = path;
    this.sink = sink;
  }

  /** Something that is not as the manifest says; an entry is named with the byte it begins at. */
  fail(place: string | Entry) {
    return typeof place === 'string'
      ? damaged(this.path, place, 0)
      : damaged(this.path, place.name, place.at);
  }

  /** Files come in one order, and the single ones once. */
  private checkOrder(entry: Entry): void {
    const step = order.indexOf(entry.what.kind);
    const isAgain = step === this.step && once.has(entry.what.kind);
    if (step < this.step || isAgain || (this.step === -1 && step !== 0)) throw this.fail(entry);
    this.step = step;
  }

  async take(entry: Entry): Promise<void> {
    const { what } = entry;
    this.checkOrder(entry);
    switch (what.kind) {
      case 'head':
        return this.takeHead(entry);
      case 'part':
        return this.takePart(entry, what);
      case 'file':
        return this.takeFile(entry, what.digest);
      case 'return':
        return this.takeReturn(entry, what);
      case 'keys': {
        const sealed = await entry.whole(smallBytesMax);
        this.keysDigest = sha256Hex(sealed);
        return this.sink.keys?.(sealed);
      }
      case 'manifest':
        this.manifestBytes = await entry.whole(manifestBytesMax);
        this.manifest = readManifest(this.manifestBytes);
        if (this.manifest === null) throw this.fail(entry);
        return this.compare(this.manifest);
      case 'signature':
        this.signature = readSignature(await entry.whole(smallBytesMax));
        if (this.signature === null) throw this.fail(entry);
    }
  }

  private async takeHead(entry: Entry): Promise<void> {
    const bytes = await entry.whole(smallBytesMax);
    const head = readHead(bytes);
    if (head === null) throw stop(refuse('restore.not-a-backup', { path: this.path }));
    if (!('backup' in head)) {
      throw stop(refuse('restore.newer-format', { path: this.path, format: head.format }));
    }
    if (!bytesOf(head).equals(bytes)) throw this.fail(entry);
    this.head = head;
  }

  private async takePart(entry: Entry, what: Extract<EntryName, { kind: 'part' }>): Promise<void> {
    let table = this.tables.get(what.table);
    // The pieces of a table come together and in order.
    if (table === undefined) {
      table = { parts: 0, bytes: 0, hash: createHash('sha256') };
      this.tables.set(what.table, table);
      this.table = what.table;
    }
    if (this.table !== what.table || what.number !== table.parts + 1) throw this.fail(entry);
    const bytes = await entry.whole(2 * pieceBytes);
    if (sha256Hex(bytes) !== what.digest) throw this.fail(entry);
    const piece = await expand(bytes, { maxOutputLength: pieceBytes }).catch(() => null);
    if (piece === null || piece.length === 0) throw this.fail(entry);
    table.parts += 1;
    table.bytes += piece.length;
    table.hash.update(piece);
    await this.sink.piece?.(what.table, piece);
    this.sink.progress?.(what.table, entry.size);
  }

  private async takeFile(entry: Entry, address: string): Promise<void> {
    const hash = createHash('sha256');
    const failure = this.fail(entry);
    const bytes = (async function* () {
      for await (const chunk of entry.chunks()) {
        hash.update(chunk);
        yield chunk;
      }
      // Before the reader of the stream sees its end, so that a damaged file is never kept.
      if (hash.digest('hex') !== address) throw failure;
    })();
    if (this.sink.file === undefined) await drain(bytes);
    else await this.sink.file(address, bytes);
    this.files.add(address, entry.size);
    this.sink.progress?.('files', entry.size);
  }

  private async takeReturn(entry: Entry, what: Extract<EntryName, { kind: 'return' }>) {
    const content = await entry.whole(returnBytesMax);
    if (sha256Hex(content) !== what.digest) throw this.fail(entry);
    await this.sink.returned?.(what.batch, content);
    this.returns.add(entry.name, content.length);
  }

  /** Whether the archive holds what its manifest says, no more and no less. */
  private compare(manifest: Manifest): void {
    if (this.head === null || !bytesOf(manifest.head).equals(bytesOf(this.head))) {
      throw this.fail('xinheng-backup.json');
    }
    for (const { schema, name, parts, bytes, digest } of manifest.tables) {
      const table = this.tables.get(`${schema}.${name}`);
      this.tables.delete(`${schema}.${name}`);
      const found = table ?? { parts: 0, bytes: 0, hash: createHash('sha256') };
      const isWhole =
        found.parts === parts && found.bytes === bytes && found.hash.digest('hex') === digest;
      if (!isWhole) throw this.fail(`tables/${schema}.${name}`);
    }
    for (const table of this.tables.keys()) throw this.fail(`tables/${table}`);
    const lists = [
      ['files', this.files.close(), manifest.files],
      ['returns', this.returns.close(), manifest.returns],
    ] as const;
    for (const [place, found, told] of lists) {
      const isSame = found.count === told.count && found.bytes === told.bytes;
      if (!isSame || found.digest !== told.digest) throw this.fail(place);
    }
    if (this.keysDigest !== manifest.keys.sealed) throw this.fail('keys.sealed.json');
  }
}

/**
 * Goes through the backup at `path`. Refuses by throwing: `restore.unreadable`, `restore.not-a-backup`,
 * `restore.newer-format`, `restore.cut-short`, `restore.damaged` with the place.
 */
export async function walkBackup(path: string, sink: Sink): Promise<Walked> {
  const walk = new Walk(path, sink);
  for await (const entry of readArchive(path)) await walk.take(entry);
  const { head, manifest, manifestBytes, signature } = walk;
  if (head === null || manifest === null || manifestBytes === null || signature === null) {
    throw walk.fail(signature === null ? 'manifest.signature.json' : 'manifest.json');
  }
  return { head, manifest, manifestBytes, signature };
}
