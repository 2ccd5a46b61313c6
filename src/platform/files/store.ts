/** Raw files: content-addressed, sealed, in a folder (design.md §7). Another store fits the same type. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { settle } from './plain.ts';
import { seal, unseal } from './sealed.ts';

/** What was put: where it lies, and digest (SHA-256, hexadecimal) and size of the plain bytes. */
export type StoredFile = {
  readonly address: string;
  readonly digest: string;
  readonly sizeBytes: number;
};

/** A store of sealed files. */
export type FileStore = {
  /** Reads `source` to its end, seals it under `key`, and keeps it durably. */
  readonly put: (source: AsyncIterable<Uint8Array>, key: Buffer) => Promise<StoredFile>;
  /** The plain bytes as a stream; faults when the file was changed. */
  readonly read: (address: string, key: Buffer) => Readable;
  readonly exists: (address: string) => Promise<boolean>;
  readonly remove: (address: string) => Promise<void>;
};

const addressPattern = /^[0-9a-f]{64}$/;

/** A store in `folder`; the address is the SHA-256 of the sealed bytes. */
export function folderStore(folder: string): FileStore {
  const pathOf = (address: string) => {
    if (!addressPattern.test(address)) throw new TypeError(`not an address: ${address}`);
    return resolve(folder, address.slice(0, 2), address);
  };
  return {
    async put(source, key) {
      const plain = createHash('sha256');
      const sealed = createHash('sha256');
      let sizeBytes = 0;
      const counted = (async function* () {
        for await (const chunk of source) {
          plain.update(chunk);
          sizeBytes += chunk.length;
          yield chunk;
        }
      })();
      const hashed = (async function* () {
        for await (const chunk of seal(counted, key)) {
          sealed.update(chunk);
          yield chunk;
        }
      })();
      await mkdir(resolve(folder, 'incoming'), { recursive: true });
      const aside = resolve(folder, 'incoming', randomUUID());
      try {
        await pipeline(Readable.from(hashed), createWriteStream(aside, { mode: 0o600 }));
        const handle = await open(aside, 'r');
        await handle.sync();
        await handle.close();
        const address = sealed.digest('hex');
        await mkdir(dirname(pathOf(address)), { recursive: true });
        await rename(aside, pathOf(address));
        await settle(dirname(pathOf(address)));
        return { address, digest: plain.digest('hex'), sizeBytes };
      } finally {
        await rm(aside, { force: true });
      }
    },
    read: (address, key) => Readable.from(unseal(createReadStream(pathOf(address)), key)),
    exists: (address) =>
      stat(pathOf(address)).then(
        () => true,
        () => false,
      ),
    remove: (address) => rm(pathOf(address), { force: true }),
  };
}
