import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { TextEncoding } from '../table.ts';
import { stepGb18030, stepUtf8 } from './characters.ts';
import { StreamDecoder } from './decoder.ts';
import { MarkQueue, undecodableMark } from './marks.ts';

/** The text, with U+FFFD for what could not be decoded, and the byte offsets of that. */
function decode(encoding: TextEncoding, pieces: readonly Uint8Array[]): [string, number[]] {
  const marks = new MarkQueue();
  const decoder = new StreamDecoder(encoding, marks);
  let text = pieces.map((piece) => decoder.push(Buffer.from(piece))).join('');
  text += decoder.end();
  const offsets: number[] = [];
  for (let offset = marks.take(); offset !== null; offset = marks.take()) offsets.push(offset);
  return [text, offsets];
}

function encodeAs(encoding: TextEncoding, text: string): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  return iconv.encode(text, 'gb18030');
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b)];
  return sorted.map((from, index) => bytes.subarray(from, sorted[index + 1] ?? bytes.length));
}

const encodings: readonly TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'];
const places = fc.array(fc.nat(300), { maxLength: 12 });
// Characters whose bytes are awkward to cut: digits (inside GB18030), four bytes, surrogates.
const awkward = fc.string({
  unit: fc.constantFrom(
    'a',
    '0',
    '9',
    ',',
    '\n',
    '样',
    '一',
    '𠮷',
    '€',
    '㐀',
    '\0',
    '｡',
    'é',
    '\ufffd',
  ),
  maxLength: 60,
});

describe.each(encodings)('%s', (encoding) => {
  test('text survives however the bytes are cut', () => {
    fc.assert(
      fc.property(awkward, places, (text, at) => {
        const [decoded, offsets] = decode(encoding, cut(encodeAs(encoding, text), at));
        expect(decoded).toBe(text);
        expect(offsets).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('any bytes give the same text and the same marks however they are cut', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      // Bytes that begin, continue and break characters of every encoding.
      fc.array(
        fc.constantFrom(
          0x00,
          0x0a,
          0x30,
          0x39,
          0x41,
          0x7f,
          0x80,
          0x81,
          0x84,
          0xc2,
          0xd8,
          0xdc,
          0xe4,
          0xf0,
          0xfe,
          0xff,
        ),
        { maxLength: 80 },
      ),
    );
    fc.assert(
      fc.property(bytes, places, (given, at) => {
        const whole = Buffer.from(given);
        const expected = decode(encoding, [whole]);
        expect(decode(encoding, cut(whole, at))).toEqual(expected);
        expect(
          decode(
            encoding,
            [...whole].map((byte) => Buffer.from([byte])),
          ),
        ).toEqual(expected);
        expect(expected[0].split(undecodableMark).length - 1).toBeGreaterThanOrEqual(
          expected[1].length,
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('against the native decoder', () => {
  test('errors are found where the Encoding Standard finds them', () => {
    const label = {
      'utf-8': 'utf-8',
      gb18030: 'gb18030',
      'utf-16le': 'utf-16le',
      'utf-16be': 'utf-16be',
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.uint8Array({ maxLength: 60 }),
        (encoding, bytes) => {
          const native = new TextDecoder(label[encoding], { ignoreBOM: true }).decode(bytes);
          const [text] = decode(encoding, [bytes]);
          expect(text.replaceAll(/(?<![\ud800-\udbff])\udfff/g, '\ufffd')).toBe(native);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('every four-byte character of GB18030 is known to exist or not', () => {
    const native = new TextDecoder('gb18030', { fatal: true });
    const exists = (bytes: Uint8Array): boolean => {
      try {
        return [...native.decode(bytes)].length === 1;
      } catch {
        return false;
      }
    };
    // The places where existence begins and ends, and some in between.
    for (const first of [0x81, 0x84, 0x85, 0x8f, 0x90, 0xe3, 0xfe]) {
      for (let second = 0x30; second <= 0x39; second += 1) {
        for (let third = 0x81; third <= 0xfe; third += 1) {
          for (const fourth of [0x30, 0x34, 0x39]) {
            const bytes = Uint8Array.of(first, second, third, fourth);
            expect(stepGb18030(bytes, 0, 4, true) === 4, Buffer.from(bytes).toString('hex')).toBe(
              exists(bytes),
            );
          }
        }
      }
    }
  });

  test('every two-byte pair of GB18030 above the trail’s beginning is a character', () => {
    const native = new TextDecoder('gb18030', { fatal: true });
    for (let lead = 0x81; lead <= 0xfe; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        if (trail === 0x7f) continue;
        const bytes = Uint8Array.of(lead, trail);
        expect(stepGb18030(bytes, 0, 2, true)).toBe(2);
        expect(native.decode(bytes).length).toBe(1);
      }
    }
  });
});

test('UTF-8 refuses what is too long, too high or half of a pair', () => {
  for (const hex of ['c0af', 'e080af', 'eda080', 'f08080af', 'f4908080', 'f5808080', '80', 'ff']) {
    expect(stepUtf8(Buffer.from(hex, 'hex'), 0, hex.length / 2, true)).toBeLessThan(0);
  }
});
