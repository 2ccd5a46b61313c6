import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../kernel/canonical.ts';
import { folderStore } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(resolve(tmpdir(), 'xinheng-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const key = randomBytes(32);
const frame = 64 * 1024;

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const pathOf = (address: string) => resolve(folder, address.slice(0, 2), address);

describe('a sealed file', () => {
  it('comes back byte by byte, whatever its length and however it arrived', async () => {
    const store = folderStore(folder);
    const sizes = fc.oneof(
      fc.nat(200),
      fc.constantFrom(frame - 1, frame, frame + 1, 2 * frame, 3 * frame - 17),
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 100_000 }), async (size, chunk) => {
        const bytes = randomBytes(size);
        const stored = await store.put(inChunks(bytes, chunk), key);
        expect(stored).toMatchObject({ digest: sha256Hex(bytes), sizeBytes: size });
        expect((await readAll(store.read(stored.address, key))).equals(bytes)).toBe(true);
        expect(sha256Hex(readFileSync(pathOf(stored.address)))).toBe(stored.address);
      }),
      { numRuns: 60 },
    );
  });

  it('holds nothing a reader of the disk could read', async () => {
    const plain = Buffer.from('行政相对人名称,样例市样例食品有限公司\n'.repeat(50));
    const { address } = await folderStore(folder).put(inChunks(plain, 99), key);
    expect(readFileSync(pathOf(address)).includes('样例')).toBe(false);
  });

  const damages: Record<string, (sealed: Buffer) => Buffer> = {
    'a changed bit': (sealed) => {
      const at = Math.floor(sealed.length / 2);
      sealed[at]! ^= 4;
      return sealed;
    },
    'a lost end': (sealed) => sealed.subarray(0, sealed.length - 1),
    'a lost last frame': (sealed) => sealed.subarray(0, 4 + 2 * (frame + 16)),
    'two frames exchanged': (sealed) => {
      const [a, b] = [4, 4 + frame + 16];
      return Buffer.concat([
        sealed.subarray(0, a),
        sealed.subarray(b, b + frame + 16),
        sealed.subarray(a, b),
        sealed.subarray(b + frame + 16),
      ]);
    },
    'something added': (sealed) => Buffer.concat([sealed, Buffer.from('x')]),
    'another head': (sealed) => Buffer.concat([Buffer.from('XXXX'), sealed.subarray(4)]),
    'nothing left': () => Buffer.alloc(0),
  };
  it.each(Object.keys(damages))('is not read with %s', async (damage) => {
    const store = folderStore(folder);
    const { address } = await store.put(inChunks(randomBytes(2 * frame + 5000), 9000), key);
    writeFileSync(pathOf(address), damages[damage]!(readFileSync(pathOf(address))));
    await expect(readAll(store.read(address, key))).rejects.toThrow();
  });

  it('is not read with another key', async () => {
    const store = folderStore(folder);
    const { address } = await store.put(inChunks(Buffer.from('甲'), 9), key);
    await expect(readAll(store.read(address, randomBytes(32)))).rejects.toThrow();
  });
});

describe('the folder', () => {
  it('keeps nothing of a file whose sender broke off', async () => {
    const store = folderStore(folder);
    const broken = (async function* () {
      yield randomBytes(frame * 2);
      throw new Error('the sender broke off');
    })();
    await expect(store.put(broken, key)).rejects.toThrow('broke off');
    expect(readdirSync(resolve(folder, 'incoming'))).toEqual([]);
  });

  it('forgets a file that is removed, and takes no path for an address', async () => {
    const store = folderStore(folder);
    const { address } = await store.put(inChunks(Buffer.from('甲'), 9), key);
    expect(await store.exists(address)).toBe(true);
    await store.remove(address);
    expect(await store.exists(address)).toBe(false);
    for (const path of ['../../etc/passwd', '', `${address}/x`, address.toUpperCase()]) {
      expect(() => store.read(path, key), path).toThrow(/not an address/);
    }
  });
});
