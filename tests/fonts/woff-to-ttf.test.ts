import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableChecksum, woffToTtf } from '../../scripts/fonts/woff-to-ttf.mjs';

type Table = { readonly tag: string; readonly bytes: Buffer };

const padded = (length: number) => (length + 3) & ~3;

/** Checksum as the standard writes it: whole numbers of the table, filled up with zeros. */
function sumOf(tag: string, bytes: Buffer): number {
  const whole = Buffer.alloc(padded(bytes.length));
  bytes.copy(whole);
  if (tag === 'head') whole.writeUInt32BE(0, 8);
  let sum = 0n;
  for (let at = 0; at < whole.length; at += 4) sum += BigInt(whole.readUInt32BE(at));
  return Number(sum & 0xffffffffn);
}

/** A WOFF file of these tables, packed where that saves anything. */
function pack(tables: readonly Table[]): Buffer {
  const bodies = tables.map(({ bytes }) => {
    const small = deflateSync(bytes);
    return small.length < bytes.length ? small : bytes;
  });
  const directory = 44 + tables.length * 20;
  const length = bodies.reduce((sum, body) => sum + padded(body.length), directory);
  const woff = Buffer.alloc(length);
  woff.write('wOFF', 0, 'latin1');
  woff.writeUInt32BE(0x00010000, 4);
  woff.writeUInt32BE(length, 8);
  woff.writeUInt16BE(tables.length, 12);
  woff.writeUInt32BE(
    tables.reduce((sum, { bytes }) => sum + 16 + padded(bytes.length), 12),
    16,
  );
  let offset = directory;
  tables.forEach(({ tag, bytes }, index) => {
    const body = bodies[index]!;
    const at = 44 + index * 20;
    woff.write(tag, at, 'latin1');
    woff.writeUInt32BE(offset, at + 4);
    woff.writeUInt32BE(body.length, at + 8);
    woff.writeUInt32BE(bytes.length, at + 12);
    woff.writeUInt32BE(sumOf(tag, bytes), at + 16);
    body.copy(woff, offset);
    offset += padded(body.length);
  });
  return woff;
}

/** Reads the tables of an unpacked font back by its own directory. */
function tablesOf(font: Buffer): Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + index * 16;
    const offset = font.readUInt32BE(at + 8);
    return {
      tag: font.toString('latin1', at, at + 4),
      bytes: font.subarray(offset, offset + font.readUInt32BE(at + 12)),
    };
  });
}

const someTables: fc.Arbitrary<Table[]> = fc
  .uniqueArray(
    fc.record({
      tag: fc.constantFrom('cmap', 'glyf', 'hhea', 'hmtx', 'loca', 'maxp', 'name', 'post'),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        // Repetition, so that packing saves something.
        fc.nat(900).map((length) => new Uint8Array(length + 100).fill(7)),
      ),
    }),
    { selector: ({ tag }) => tag, minLength: 1 },
  )
  .map((tables) => tables.map(({ tag, bytes }) => ({ tag, bytes: Buffer.from(bytes) })))
  .map((tables) => [...tables, { tag: 'head', bytes: Buffer.alloc(54, 3) }])
  .map((tables) => tables.sort((one, other) => (one.tag < other.tag ? -1 : 1)));

const realFont = createRequire(import.meta.url).resolve(
  '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
);

describe('unpacking a WOFF font', () => {
  test('gives back every table byte for byte, and the whole font adds up', () => {
    fc.assert(
      fc.property(someTables, (tables) => {
        const font = woffToTtf(pack(tables));
        expect(tableChecksum(font)).toBe(0xb1b0afba);
        const found = tablesOf(font);
        expect(found.map(({ tag }) => tag)).toEqual(tables.map(({ tag }) => tag));
        tables.forEach(({ tag, bytes }, index) => {
          const got = Buffer.from(found[index]!.bytes);
          // The adjustment in `head` belongs to the whole font, not to the table.
          const want = Buffer.from(bytes);
          if (tag === 'head') [got, want].forEach((table) => table.writeUInt32BE(0, 8));
          expect(got).toEqual(want);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('refuses a font with any byte changed, or gives the tables it was made from', () => {
    fc.assert(
      fc.property(someTables, fc.nat(), fc.integer({ min: 1, max: 255 }), (tables, where, flip) => {
        const woff = pack(tables);
        const directory = 44 + tables.length * 20;
        // Bytes that matter: table data and their lengths and checksums, not metadata or padding.
        const at = directory + (where % (woff.length - directory));
        woff[at] = woff[at]! ^ flip;
        let font: Buffer;
        try {
          font = woffToTtf(woff);
        } catch {
          return;
        }
        const found = tablesOf(font);
        tables.forEach(({ tag, bytes }, index) => {
          if (tag !== 'head') expect(Buffer.from(found[index]!.bytes)).toEqual(bytes);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('refuses what is cut off, states another length, or is another kind of file', () => {
    const woff = pack([
      { tag: 'glyf', bytes: Buffer.alloc(500, 1) },
      { tag: 'head', bytes: Buffer.alloc(54) },
    ]);
    expect(() => woffToTtf(woff.subarray(0, woff.length - 1))).toThrow(/length/);
    expect(() => woffToTtf(Buffer.from('wOF2'.padEnd(64)))).toThrow(/signature/);
    expect(() => woffToTtf(Buffer.alloc(0))).toThrow(/signature/);
    const bomb = Buffer.from(woff);
    bomb.writeUInt32BE(0xffffffff, 16);
    expect(() => woffToTtf(bomb)).toThrow(/states 4294967295/);
    // Zeros at the end of a table do not change its checksum.
    const shorter = Buffer.from(woff);
    shorter.writeUInt32BE(504, 44 + 12);
    shorter.writeUInt32BE(12 + 2 * 16 + 504 + 56, 16);
    expect(() => woffToTtf(shorter)).toThrow(/glyf has 500 bytes, not 504/);
    const longer = Buffer.from(woff);
    longer.writeUInt32BE(400, 44 + 12);
    longer.writeUInt32BE(12 + 2 * 16 + 400 + 56, 16);
    expect(() => woffToTtf(longer)).toThrow(/glyf cannot be unpacked/);
  });

  test('turns the Chinese font of the package into TrueType with its outlines', () => {
    const font = woffToTtf(readFileSync(realFont));
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    expect(tableChecksum(font)).toBe(0xb1b0afba);
    const tags = tablesOf(font).map(({ tag }) => tag);
    for (const tag of ['cmap', 'glyf', 'head', 'loca']) expect(tags).toContain(tag);
  });
});
