/** A small sound backup made without a database, for tests of what reads backups. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../src/kernel/canonical.ts';
import { openArchive } from '../src/app/backup/archive-writer.ts';
import {
  type Head,
  type Manifest,
  Tally,
  bytesOf,
  fingerprintOf,
  signManifest,
} from '../src/app/backup/manifest.ts';
import {
  fileName,
  headName,
  manifestName,
  partName,
  returnName,
  signatureName,
} from '../src/app/backup/names.ts';
import type { CryptoProvider } from '../src/platform/crypto/index.ts';

/** Changes a test makes before anything is signed. */
export type Bent = {
  readonly head?: (head: Head) => object;
  readonly manifest?: (manifest: Manifest) => Manifest;
  /** Pieces of the one table with rows. */
  readonly pieces?: readonly Buffer[];
};

const head: Head = {
  backup: 'xinheng',
  format: 1,
  madeBy: '0.1.0',
  snapshotAt: '2026-06-01T02:00:00.000Z',
};

/** Writes the backup; signed by `crypto`. */
export async function writeSmallBackup(path: string, crypto: CryptoProvider, bent: Bent = {}) {
  const archive = await openArchive(path);
  await archive.add(headName, bytesOf((bent.head?.(head) ?? head) as Head));
  const pieces = bent.pieces ?? [Buffer.from('1\t样例\n2\t\\N\n'), Buffer.from('3\tinfinity\n')];
  const plain = createHash('sha256');
  for (const [index, piece] of pieces.entries()) {
    const bytes = gzipSync(piece);
    plain.update(piece);
    await archive.add(partName('units.unit', index + 1, sha256Hex(bytes)), bytes);
  }
  const [files, returns] = [new Tally(), new Tally()];
  for (const content of ['一', '二'].map((text) => Buffer.from(text.repeat(300)))) {
    const address = sha256Hex(content);
    await archive.add(fileName(address), content);
    files.add(address, content.length);
  }
  const workbook = Buffer.from('a workbook');
  const returned = returnName('00000000-0000-7000-8000-000000000001', sha256Hex(workbook));
  await archive.add(returned, workbook);
  returns.add(returned, workbook.length);
  const manifest: Manifest = {
    head,
    level: [{ name: '0001_first.sql', digest: sha256Hex('1') }],
    tables: [
      {
        schema: 'units',
        name: 'unit',
        columns: ['code', 'name'],
        rows: 3,
        bytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
        digest: plain.digest('hex'),
        parts: pieces.length,
      },
      {
        schema: 'units',
        name: 'empty',
        columns: ['code'],
        rows: 0,
        bytes: 0,
        digest: sha256Hex(''),
        parts: 0,
      },
    ],
    partitions: [],
    sequences: [],
    files: files.close(),
    returns: returns.close(),
    wanting: 0,
    keys: {
      fingerprint: fingerprintOf(crypto),
      keyId: crypto.publicKey().keyId,
      sealed: null,
    },
  };
  const bytes = bytesOf(bent.manifest?.(manifest) ?? manifest);
  await archive.add(manifestName, bytes);
  await archive.add(signatureName, bytesOf(signManifest(crypto, bytes)));
  await archive.finish();
}
