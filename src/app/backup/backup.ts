/**
 * A backup: every table of one snapshot, the sealed raw files, the workbooks given back, and a signed
 * manifest, as one file. The installation may go on working meanwhile; what is begun after the snapshot
 * is not in it. Memory does not grow with the data.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ZlibOptions, gzip } from 'node:zlib';
import { sha256Hex } from '../../kernel/canonical.ts';
import { type Instant, instantFromMs } from '../../kernel/day.ts';
import { assert, refuse } from '../../kernel/result.ts';
import { type CryptoProvider } from '../../platform/crypto/index.ts';
import { sql } from '../../platform/db/index.ts';
import {
  type CatalogueTable,
  ownSchemas,
  partitionsOf,
  presentSchemas,
  quoted,
  quotedTable,
  sequencesOf,
  tablesOf,
} from '../../platform/db/backup-catalogue.ts';
import type { BulkConnection } from '../../platform/db/backup-connection.ts';
import { type ArchiveWriter, openArchive } from './archive-writer.ts';
import { batchAddresses, filesIn, returnsIn } from './files.ts';
import { type KeyFile, sealKeys } from './keys.ts';
import {
  type Head,
  type Manifest,
  type ManifestTable,
  Tally,
  bytesOf,
  fingerprintOf,
  formatVersion,
  pieceBytes,
  signManifest,
} from './manifest.ts';
import {
  fileName,
  headName,
  keysName,
  manifestName,
  partName,
  returnName,
  signatureName,
} from './names.ts';
import { stop } from './stop.ts';

/** What is being done, for the person who waits; `bytes` are those of the backup so far. */
export type BackupProgress = { readonly doing: string; readonly bytes: number };

/** What a backup is made from. */
export type BackupSource = {
  readonly connection: BulkConnection;
  readonly crypto: CryptoProvider;
  readonly varDir: string;
  /** Folder of the migrations. */
  readonly migrations: string;
  /** Version of the program. */
  readonly version: string;
  readonly onProgress?: (progress: BackupProgress) => void;
};

/** Where it goes, and the passphrase that seals the keys where they are to be in it. */
export type BackupTarget = { readonly path: string; readonly seal: SealRequest | null };

/** The keys and the passphrase they are to be sealed under. */
export type SealRequest = { readonly keys: readonly KeyFile[]; readonly passphrase: string };

/** What was made. */
export type BackupReport = {
  readonly path: string;
  readonly bytes: number;
  readonly snapshotAt: Instant;
  readonly digest: string;
  readonly level: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly keys: 'sealed' | 'left-out';
  /** Raw files that are missing or damaged, the first hundred by address. */
  readonly wanting: readonly string[];
  readonly wantingCount: number;
};

const compress = promisify(
  gzip as (
    piece: Buffer,
    options: ZlibOptions,
    callback: (error: Error | null, result: Buffer) => void,
  ) => void,
);

/** Cuts a stream into pieces of the same size, the last one shorter. */
async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (length + rest.length >= pieceBytes) {
      const take = pieceBytes - length;
      yield Buffer.concat([...held, rest.subarray(0, take)]);
      rest = rest.subarray(take);
      held = [];
      length = 0;
    }
    if (rest.length === 0) continue;
    held.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}

async function writeTable(
  { connection, onProgress }: BackupSource,
  archive: ArchiveWriter,
  table: CatalogueTable,
): Promise<ManifestTable> {
  const name = `${table.schema}.${table.name}`;
  const columns = table.columns.map(quoted).join(', ');
  const out = connection.copyOut(`copy (select ${columns} from ${quotedTable(table)}) to stdout`);
  const plain = createHash('sha256');
  let [bytes, parts] = [0, 0];
  // One piece is compressed while the next is read.
  let waiting: Promise<Buffer> | null = null;
  const writeOne = async (compressed: Buffer) => {
    parts += 1;
    await archive.add(partName(name, parts, sha256Hex(compressed)), compressed);
    onProgress?.({ doing: name, bytes: archive.bytes() });
  };
  for await (const piece of inPieces(out.bytes)) {
    plain.update(piece);
    bytes += piece.length;
    const before: Promise<Buffer> | null = waiting;
    waiting = compress(piece, { level: 1 });
    waiting.catch(() => undefined);
    if (before !== null) await writeOne(await before);
  }
  if (waiting !== null) await writeOne(await waiting);
  return {
    ...table,
    columns: [...table.columns],
    rows: out.rows(),
    bytes,
    digest: plain.digest('hex'),
    parts,
  };
}

/** Digest of a file's bytes, or `null` when it can not be read. */
async function digestOfFile(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    return null;
  }
  return hash.digest('hex');
}

/** The sealed raw files. Those that are damaged stay out and are told; the rest must not suffer. */
async function writeFiles(source: BackupSource, archive: ArchiveWriter) {
  const files = new Tally();
  const wanting = new Wanting();
  for await (const { address, path } of filesIn(source.varDir)) {
    if ((await digestOfFile(path)) !== address) {
      wanting.add(address);
      continue;
    }
    const { size } = await stat(path);
    await archive.addStream(fileName(address), size, createReadStream(path));
    files.add(address, size);
    source.onProgress?.({ doing: 'files', bytes: archive.bytes() });
  }
  for await (const address of batchAddresses(source.connection)) {
    const isThere = await stat(resolve(source.varDir, fileName(address))).catch(() => null);
    if (isThere === null) wanting.add(address);
  }
  return { files: files.close(), wanting };
}

class Wanting {
  count = 0;
  readonly first: string[] = [];

  add(address: string): void {
    this.count += 1;
    if (this.first.length < 100) this.first.push(address);
  }
}

async function writeReturns({ varDir }: BackupSource, archive: ArchiveWriter) {
  const returns = new Tally();
  for await (const { batch, path } of returnsIn(varDir)) {
    const content = await readFile(path);
    const name = returnName(batch, sha256Hex(content));
    await archive.add(name, content);
    returns.add(name, content.length);
  }
  return returns.close();
}

async function headOf({ connection, version }: BackupSource): Promise<Head> {
  const [row] = await connection.query<{ ms: string }>(
    sql`select floor(extract(epoch from transaction_timestamp()) * 1000)::text as ms`,
  );
  const snapshotAt = instantFromMs(Number(row!.ms));
  return { backup: 'xinheng', format: formatVersion, madeBy: version, snapshotAt };
}

async function writeKeys(archive: ArchiveWriter, seal: SealRequest | null): Promise<string | null> {
  if (seal === null) return null;
  const sealed = sealKeys(seal.keys, seal.passphrase);
  await archive.add(keysName, sealed);
  return sha256Hex(sealed);
}

async function writeAll(
  source: BackupSource,
  archive: ArchiveWriter,
  { path, seal }: BackupTarget,
): Promise<BackupReport> {
  const { connection, crypto } = source;
  const head = await headOf(source);
  await archive.add(headName, bytesOf(head));
  const schemas = await presentSchemas(connection, await ownSchemas(source.migrations));
  const tables: ManifestTable[] = [];
  for (const table of await tablesOf(connection, schemas)) {
    tables.push(await writeTable(source, archive, table));
  }
  const { files, wanting } = await writeFiles(source, archive);
  const returns = await writeReturns(source, archive);
  const level = await connection.query<{ name: string; digest: string }>(
    sql`select name, digest from operation.migration order by name`,
  );
  const manifest: Manifest = {
    head,
    level,
    tables,
    partitions: await partitionsOf(connection, schemas),
    sequences: await sequencesOf(connection, schemas),
    files,
    returns,
    wanting: wanting.count,
    keys: {
      fingerprint: fingerprintOf(crypto),
      keyId: crypto.publicKey().keyId,
      sealed: await writeKeys(archive, seal),
    },
  };
  const bytes = bytesOf(manifest);
  await archive.add(manifestName, bytes);
  await archive.add(signatureName, bytesOf(signManifest(crypto, bytes)));
  await archive.finish();
  return {
    path,
    bytes: archive.bytes(),
    snapshotAt: head.snapshotAt as Instant,
    digest: sha256Hex(bytes),
    level: level.at(-1)?.name ?? '',
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    files: files.count,
    keys: seal === null ? 'left-out' : 'sealed',
    wanting: wanting.first,
    wantingCount: wanting.count,
  };
}

/**
 * Writes a backup to `path`, which must not be there. Refuses with `Refused` (`backup.exists`,
 * `backup.disturbed`, `backup.disk-full`, `backup.folder`); then nothing is left behind.
 */
export async function writeBackup(
  source: BackupSource,
  target: BackupTarget,
): Promise<BackupReport> {
  if ((await stat(target.path).catch(() => null)) !== null) {
    throw stop(refuse('backup.exists', { path: target.path }));
  }
  let archive: ArchiveWriter | null = null;
  try {
    archive = await openArchive(target.path);
    return await writeAll(source, archive, target);
  } catch (error) {
    await archive?.abandon();
    throw refusalOf(error, target.path, archive === null);
  }
}

/** A disk that is full or a folder that is closed, in words; everything else as it is. */
function refusalOf(error: unknown, path: string, atOpening: boolean): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return stop(refuse('backup.disk-full', { path }));
  if (atOpening && code !== '') return stop(refuse('backup.folder', { path, reason: code }));
  assert(error instanceof Error, 'what is thrown is an error');
  return error;
}
