/**
 * A restore: into an empty installation only, from a backup that has been read to its end first. Keys,
 * then files and rows in one pass; the commit of the database is what makes it whole.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sha256Hex } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import { type CryptoProvider, softwareCrypto } from '../../platform/crypto/index.ts';
import { raw } from '../../platform/db/index.ts';
import type { BulkConnection } from '../../platform/db/backup-connection.ts';
import { filesFolder, filesIn, returnsFolder } from './files.ts';
import { type KeyFile, openKeys, placeKeys, readKeyFiles } from './keys.ts';
import { fingerprintOf, isSignedBy } from './manifest.ts';
import { readMarker, removeMarker, restoredFrom, writeMarker } from './marker.ts';
import { fileName } from './names.ts';
import { Filling, refuseFull, refuseOtherLevel } from './restore-database.ts';
import { stop } from './stop.ts';
import { type Walked, walkBackup } from './walk.ts';

/** What is being done, and how many bytes of the backup have been gone through. */
export type RestoreProgress = { readonly doing: string; readonly bytes: number };

/** A backup that was looked at. `sealedKeys`: as they lie in it. */
export type Inspected = Walked & {
  readonly path: string;
  readonly sealedKeys: Buffer | null;
};

/** What is restored into. */
export type RestorePlace = {
  /** Connects to the database, which is made where it is missing; called once all is known to fit. */
  readonly connect: () => Promise<BulkConnection>;
  readonly varDir: string;
  readonly migrations: string;
  readonly now: () => Instant;
  readonly passphrase: string | null;
  readonly onProgress?: (progress: RestoreProgress) => void;
};

/** What was restored; `repeated` when this very backup had been restored before the call. */
export type RestoreReport = {
  readonly from: string;
  readonly digest: string;
  readonly snapshotAt: string;
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly wanting: number;
  readonly migrated: readonly string[];
  readonly repeated: boolean;
};

/** Reads a backup to its end with every check that needs no key. Refuses by throwing. */
export async function inspectBackup(
  path: string,
  onProgress?: (progress: RestoreProgress) => void,
): Promise<Inspected> {
  let sealedKeys: Buffer | null = null;
  let bytes = 0;
  const walked = await walkBackup(path, {
    keys: (sealed) => {
      sealedKeys = sealed;
    },
    progress: (doing, size) => onProgress?.({ doing, bytes: (bytes += size) }),
  });
  return { ...walked, path, sealedKeys };
}

/** Checks keys against a backup: they must be those of the installation that made it. */
export function checkWithKeys(inspected: Inspected, crypto: CryptoProvider, keys: string): void {
  const { manifest, manifestBytes, signature, path } = inspected;
  if (fingerprintOf(crypto) !== manifest.keys.fingerprint) {
    throw stop(refuse('restore.other-keys', { path: keys }));
  }
  if (!isSignedBy(crypto, manifestBytes, signature)) {
    throw stop(refuse('restore.not-signed', { path }));
  }
}

const keysFolder = ({ varDir }: RestorePlace) => resolve(varDir, 'keys');

/** Whether the folder holds the keys an installation works with. */
export async function hasKeys(folder: string): Promise<boolean> {
  const names = (await readKeyFiles(folder)).map(({ name }) => name);
  return ['master.key', 'signing-ed25519.pem'].every((name) => names.includes(name));
}

/** Keys that still have to be put in their place; refuses when neither folder nor backup has the right ones. */
async function keysToPlace(inspected: Inspected, place: RestorePlace): Promise<KeyFile[]> {
  const folder = keysFolder(place);
  const { sealedKeys, path } = inspected;
  const isThere = await hasKeys(folder);
  if (isThere) checkWithKeys(inspected, softwareCrypto(folder), folder);
  if (isThere) return [];
  if (sealedKeys === null) throw stop(refuse('restore.keys-missing', { path: folder }));
  if (place.passphrase === null) throw stop(refuse('restore.passphrase-needed', { path: folder }));
  const keys = openKeys(sealedKeys, place.passphrase);
  if (keys === null) throw stop(refuse('restore.wrong-passphrase', { path }));
  return keys;
}

async function settleKeys(inspected: Inspected, place: RestorePlace, keys: KeyFile[]) {
  const folder = keysFolder(place);
  if (!(await placeKeys(folder, keys))) throw stop(refuse('restore.other-keys', { path: folder }));
  checkWithKeys(inspected, softwareCrypto(folder), folder);
}

/** What a restore that was cut off has put there; its database is empty, so that nothing knows it. */
async function clearLeftovers({ varDir }: RestorePlace): Promise<void> {
  await rm(filesFolder(varDir), { recursive: true, force: true });
  await rm(returnsFolder(varDir), { recursive: true, force: true });
}

async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Brings a raw file to its place, whole or not at all; the folder is settled by the caller. */
async function putFile(varDir: string, address: string, bytes: AsyncIterable<Buffer>) {
  const path = resolve(varDir, fileName(address));
  const aside = resolve(filesFolder(varDir), 'incoming', address);
  await mkdir(dirname(path), { recursive: true });
  await mkdir(dirname(aside), { recursive: true });
  try {
    await pipeline(Readable.from(bytes), createWriteStream(aside, { mode: 0o600, flush: true }));
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

/** A folder that holds raw files of another installation is not empty, whatever the database says. */
async function refuseFiles({ varDir }: RestorePlace): Promise<void> {
  for await (const { path } of filesIn(varDir)) {
    throw stop(refuse('restore.files-there', { path: dirname(dirname(path)) }));
  }
}

async function fill(
  inspected: Inspected,
  connection: BulkConnection,
  place: RestorePlace,
): Promise<readonly string[]> {
  const { path, manifest, manifestBytes } = inspected;
  const { varDir, migrations } = place;
  const digest = sha256Hex(manifestBytes);
  const filling = await Filling.begin(connection, manifest, place);
  const touched = new Set<string>();
  let bytes = 0;
  const again = await walkBackup(path, {
    piece: (table, piece) => filling.take(table, piece),
    async file(address, content) {
      await putFile(varDir, address, content);
      touched.add(dirname(resolve(varDir, fileName(address))));
    },
    async returned(batch, content) {
      await mkdir(returnsFolder(varDir), { recursive: true });
      await writeFile(resolve(returnsFolder(varDir), `${batch}.xlsx`), content);
    },
    progress: (doing, size) => place.onProgress?.({ doing, bytes: (bytes += size) }),
  });
  if (!again.manifestBytes.equals(manifestBytes)) {
    throw stop(refuse('backup.disturbed', { path }));
  }
  for (const folder of touched) await settle(folder);
  const onStep = (doing: string) => place.onProgress?.({ doing, bytes });
  return filling.finish(migrations, { digest, at: place.now(), onStep });
}

function reportOf(inspected: Inspected, migrated: readonly string[] | null): RestoreReport {
  const { path, manifest, manifestBytes } = inspected;
  return {
    from: path,
    digest: sha256Hex(manifestBytes),
    snapshotAt: manifest.head.snapshotAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    files: manifest.files.count,
    wanting: manifest.wanting,
    migrated: migrated ?? [],
    repeated: migrated === null,
  };
}

/**
 * Restores a backup into an empty installation. Refuses by throwing whatever {@link inspectBackup}
 * refuses, a level newer than this program (`restore.newer-level`), an installation that is not empty
 * (`restore.not-empty`, `restore.files-there`), keys that are missing or others; then nothing has been
 * changed but the note that a restore began. Cut off, it is done again by calling it again.
 */
export async function restoreBackup(
  inspected: Inspected,
  place: RestorePlace,
): Promise<RestoreReport> {
  const { varDir, migrations } = place;
  const digest = sha256Hex(inspected.manifestBytes);
  await refuseOtherLevel(inspected.manifest, migrations);
  const marker = await readMarker(varDir);
  if (marker === null) await refuseFiles(place);
  const keys = await keysToPlace(inspected, place);
  const connection = await place.connect();
  try {
    if (marker?.digest === digest && (await restoredFrom(connection)) === digest) {
      await removeMarker(varDir);
      return reportOf(inspected, null);
    }
    await refuseFull(connection, migrations, varDir);
    await writeMarker(varDir, { from: inspected.path, digest });
    await settleKeys(inspected, place, keys);
    if (marker !== null) await clearLeftovers(place);
    const migrated = await fill(inspected, connection, place);
    await connection.commit();
    await removeMarker(varDir);
    // Plans are made from what the tables are known to hold.
    place.onProgress?.({ doing: 'analyze', bytes: 0 });
    await connection.execute(raw('analyze'));
    return reportOf(inspected, migrated);
  } finally {
    await connection.close();
  }
}

/** Size of a backup in bytes, for the progress; 0 when it can not be looked at. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
