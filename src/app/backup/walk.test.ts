import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSmallBackup } from '../../../tests/backup-archive.ts';
import { type CryptoProvider, softwareCrypto } from '../../platform/crypto/index.ts';
import { wordsOf } from '../messages.ts';
import { openArchive } from './archive-writer.ts';
import { openKeys, placeKeys, readKeyFiles, sealKeys } from './keys.ts';
import { readEntryName } from './names.ts';
import { checkWithKeys, inspectBackup } from './restore.ts';
import { asResult } from './stop.ts';
import { blockBytes, readTarHeader, tarHeader, tarPadding } from './tar.ts';

const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-backup-'));
const sound = resolve(folder, 'sound.tar');
let crypto: CryptoProvider;
let bytes: Buffer;
beforeAll(async () => {
  crypto = softwareCrypto(resolve(folder, 'keys'));
  await writeSmallBackup(sound, crypto);
  bytes = readFileSync(sound);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What becomes of a backup with these bytes: taken, or refused with a code and a place. */
async function verdictOn(path: string) {
  const result = await asResult(async () => {
    const inspected = await inspectBackup(path);
    checkWithKeys(inspected, crypto, 'keys');
    return inspected;
  });
  return result.ok ? null : result.refusal;
}

let serial = 0;
async function verdict(changed: Buffer) {
  serial += 1;
  const path = resolve(folder, `${serial}.tar`);
  writeFileSync(path, changed);
  const refusal = await verdictOn(path);
  rmSync(path);
  return refusal;
}

describe('a backup is looked at before anything is done', () => {
  it('is taken as it was made', async () => {
    expect(await verdict(bytes)).toBe(null);
  });

  it('is refused, with its place, when any of its bytes was changed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = changed[at]! ^ by;
          const refusal = await verdict(changed);
          expect(refusal?.code).toMatch(
            /^restore\.(damaged|cut-short|not-a-backup|newer-format|not-signed|other-keys)$/,
          );
          expect(wordsOf(refusal!).zh).not.toMatch(/[{}]/);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('is refused for any byte of a compressed piece, those that unpacking passes over too', async () => {
    const head = blockBytes + readTarHeader(bytes.subarray(0, blockBytes))!.size;
    const start = head + tarPadding(head);
    const { name, size } = readTarHeader(bytes.subarray(start, start + blockBytes))!;
    expect(name).toMatch(/^tables\//);
    for (let at = start + blockBytes; at < start + blockBytes + size; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 0x10;
      expect(await verdict(changed), `byte ${at}`).toMatchObject({
        code: 'restore.damaged',
        params: { place: name, at: start },
      });
    }
  });

  it('is refused when it ends anywhere before its end, or goes on after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        const refusal = await verdict(bytes.subarray(0, length));
        expect(refusal?.code).toMatch(/^restore\.(cut-short|damaged)$/);
      }),
      { numRuns: 150 },
    );
    const refusal = await verdict(Buffer.concat([bytes, Buffer.alloc(blockBytes)]));
    expect(refusal?.code).toBe('restore.damaged');
  });

  it('is refused when blocks were taken out, doubled or exchanged', async () => {
    const blocks = bytes.length / blockBytes;
    const block = (n: number) => bytes.subarray(n * blockBytes, (n + 1) * blockBytes);
    const all = () => Array.from({ length: blocks }, (_, n) => block(n));
    const place = fc.nat(blocks - 1);
    await fc.assert(
      fc.asyncProperty(
        place,
        place,
        fc.constantFrom('out', 'twice', 'exchanged'),
        async (a, b, how) => {
          const changed = all();
          if (how === 'out') changed.splice(a, 1);
          else if (how === 'twice') changed.splice(b, 0, block(a));
          else [changed[a], changed[b]] = [block(b), block(a)];
          const joined = Buffer.concat(changed);
          fc.pre(!joined.equals(bytes));
          expect((await verdict(joined))?.code).toMatch(/^restore\./);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is refused when whole files were taken out of it, doubled or exchanged', async () => {
    const files: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      const size = readTarHeader(bytes.subarray(at, at + blockBytes))?.size ?? bytes.length;
      const end = Math.min(bytes.length, at + blockBytes + size + tarPadding(size));
      files.push(bytes.subarray(at, end));
      at = end;
    }
    // Head, two pieces, two raw files, a workbook, manifest, signature, and the two blocks at the end.
    expect(files).toHaveLength(9);
    const tail = files.pop()!;
    const refused = async (changed: readonly Buffer[], told: string) => {
      const joined = Buffer.concat([...changed, tail]);
      expect((await verdict(joined))?.code, told).toMatch(/^restore\.(damaged|not-a-backup)$/);
    };
    for (const [a, file] of files.entries()) {
      await refused(files.toSpliced(a, 1), `${a} out`);
      await refused(files.toSpliced(a, 0, file), `${a} twice`);
      for (let b = 0; b < a; b += 1) {
        await refused(files.with(a, files[b]!).with(b, file), `${a} and ${b} exchanged`);
      }
    }
  });

  it('is refused when its manifest says other than it holds, though well signed', async () => {
    const path = resolve(folder, 'bent.tar');
    const bends = [{ parts: 3 }, { bytes: 1 }, { digest: '0'.repeat(64) }, { name: 'other' }];
    for (const bend of bends) {
      await writeSmallBackup(path, crypto, {
        manifest: (manifest) => ({
          ...manifest,
          tables: manifest.tables.map((table, n) => (n === 0 ? { ...table, ...bend } : table)),
        }),
      });
      expect(await verdictOn(path), JSON.stringify(bend)).toMatchObject({
        code: 'restore.damaged',
      });
      rmSync(path);
    }
  });

  it('is refused when another installation signed it', async () => {
    const path = resolve(folder, 'foreign.tar');
    await writeSmallBackup(path, softwareCrypto(resolve(folder, 'other-keys')));
    expect(await verdictOn(path)).toMatchObject({ code: 'restore.other-keys' });
    const other = softwareCrypto(resolve(folder, 'other-keys'));
    await rmSync(path);
    // The right fingerprint, which is no secret, and another's signature.
    await writeSmallBackup(path, { ...crypto, sign: (text) => other.sign(text) });
    expect(await verdictOn(path)).toMatchObject({ code: 'restore.not-signed' });
  });

  it('of a later format is refused with the remedy; what is no backup is called so', async () => {
    const path = resolve(folder, 'later.tar');
    await writeSmallBackup(path, crypto, { head: (head) => ({ ...head, format: 2, more: {} }) });
    expect(await verdictOn(path)).toMatchObject({
      code: 'restore.newer-format',
      params: { format: 2 },
    });
    rmSync(path);
    await writeSmallBackup(path, crypto, { head: () => ({ backup: 'another' }) });
    expect(await verdictOn(path)).toMatchObject({ code: 'restore.not-a-backup' });
    expect(await verdictOn(folder)).toMatchObject({ code: 'restore.unreadable' });
    expect(await verdictOn(resolve(folder, 'nowhere'))).toMatchObject({
      code: 'restore.unreadable',
      params: { reason: 'ENOENT' },
    });
  });

  it('does not swell: a piece that unpacks to more than a piece may hold is refused', async () => {
    const path = resolve(folder, 'bomb.tar');
    await writeSmallBackup(path, crypto, { pieces: [Buffer.alloc(64 * 1024 * 1024)] });
    expect(await verdictOn(path)).toMatchObject({ code: 'restore.damaged' });
  });
});

describe('names in a backup', () => {
  const hex = 'ab'.repeat(32);
  it.each([
    '../etc/passwd',
    '/etc/passwd',
    'files/ab/../../keys/master.key',
    `files/cd/${hex}`,
    `files/ab/${hex}/`,
    `tables/a.b/../00000001-${hex}.copy.gz`,
    `tables/a"b.c/00000001-${hex}.copy.gz`,
    `returns/../${hex}.xlsx`,
    'constructor',
    '__proto__',
    '',
  ])('that are none of ours lead nowhere: %j', async (name) => {
    expect(readEntryName(name)).toBe(null);
    if (name === '') return;
    const path = resolve(folder, 'hostile.tar');
    const archive = await openArchive(path);
    await archive.add(name, Buffer.from('x'));
    await archive.finish();
    expect((await verdictOn(path))?.code).toBe('restore.damaged');
    rmSync(path);
  });

  it('never climb, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('..', '/', 'files', 'tables', 'ab', hex, 'a.b', '-', '.xlsx', '0'),
        ),
        (parts) => {
          const name = parts.join('');
          if (readEntryName(name) !== null) expect(name).not.toMatch(/\.\.|^\//);
        },
      ),
    );
  });
});

describe('the container', () => {
  it('gives back name and size, beyond 8 GiB too', () => {
    const names = ['a', `tables/records.statement_version/00000001-${'ab'.repeat(32)}.copy.gz`];
    for (const name of names) {
      for (const size of [0, 1, 511, 512, 8 ** 11 - 1, 8 ** 11, 2 ** 50]) {
        expect(readTarHeader(tarHeader({ name, size }))).toEqual({ name, size });
      }
    }
  });

  it('takes no other writer’s header for ours', () => {
    const link = tarHeader({ name: 'files/x', size: 0 });
    link.write('2', 156, 'latin1');
    expect(readTarHeader(link)).toBe(null);
    expect(readTarHeader(Buffer.alloc(blockBytes))).toBe(null);
  });

  it('is written under another name until it is whole, and never over a file', async () => {
    const path = resolve(folder, 'made.tar');
    const archive = await openArchive(path);
    await archive.add('xinheng-backup.json', Buffer.from('{}'));
    expect(() => readFileSync(path)).toThrow();
    writeFileSync(path, 'of somebody else');
    await expect(archive.finish()).rejects.toMatchObject({ refusal: { code: 'backup.exists' } });
    await archive.abandon();
    expect(readFileSync(path, 'utf8')).toBe('of somebody else');
  });
});

describe('keys in a backup', () => {
  it('open with their passphrase only, and are never put over others', async () => {
    const keys = await readKeyFiles(resolve(folder, 'keys'));
    expect(keys.map(({ name }) => name)).toEqual(['master.key', 'signing-ed25519.pem']);
    const sealed = sealKeys(keys, 'a passphrase of some length');
    for (const { content } of keys) expect(sealed.includes(content.slice(0, 40))).toBe(false);
    expect(openKeys(sealed, 'a passphrase of some length')).toEqual(keys);
    expect(openKeys(sealed, 'another passphrase of the sort')).toBe(null);
    expect(openKeys(Buffer.from('{"kdf":"scrypt-1-1-1"}'), 'any')).toBe(null);
    const place = resolve(folder, 'placed');
    expect(await placeKeys(place, keys)).toBe(true);
    expect(await placeKeys(place, keys)).toBe(true);
    expect(await readKeyFiles(place)).toEqual(keys);
    const others = keys.map((file) => ({ ...file, content: `${file.content}x` }));
    expect(await placeKeys(place, others)).toBe(false);
    expect(await readKeyFiles(place)).toEqual(keys);
  });
});
