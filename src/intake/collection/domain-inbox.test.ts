import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../kernel/day.ts';
import { isLeftAlone, nameBefore, plainName, takenPrefix } from './domain-inbox.ts';

const piece = fc.constantFrom('长', '𠮷', 'a', '.', ' ', '/', '\\', '\u202E', '\u0000', 'é', '-');
const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 300, size: 'max' }).map((pieces) => pieces.join('')),
);
const at = '2026-07-31T18:05:09.000Z' as Instant;

describe('names in the inbox', () => {
  it('leaves files alone that are still being written, and hidden ones', () => {
    for (const name of [
      '七月.xlsx.part',
      '~$七月.xlsx',
      '.七月.xlsx',
      'a.TMP',
      'a.filepart',
      '说明.txt',
    ]) {
      expect(isLeftAlone(name), name).toBe(true);
    }
    for (const name of ['七月.xlsx', 'part.csv', '行政处罚 7月.csv']) {
      expect(isLeftAlone(name), name).toBe(false);
    }
  });

  it('takes out of a name what deceives readers or leads out of the folder', () => {
    expect(plainName('../../etc/passwd')).toBe('_.._etc_passwd');
    expect(plainName('七月\u202Excod.exe')).toBe('七月_xcod.exe');
    expect(plainName('a\nb\u0000c.csv')).toBe('a_b_c.csv');
    expect(plainName('...')).toBe('file');
    expect(plainName('七月.xlsx')).toBe('七月.xlsx');
  });

  it('gives back the name a taken file had', () => {
    const taken = takenPrefix(at, 'a1b2c3') + plainName('七月.xlsx');
    expect(taken).toBe('20260801T020509-a1b2c3_七月.xlsx');
    expect(nameBefore(taken)).toBe('七月.xlsx');
    expect(nameBefore('七月.xlsx')).toBeNull();
  });

  it('makes of any name one that any file system holds, in one folder, and that stays as it is', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const plain = plainName(name);
        expect(plain).not.toMatch(/[\p{Cc}/\\]/u);
        expect(['', '.', '..']).not.toContain(plain);
        expect(
          Buffer.byteLength(`${takenPrefix(at, 'a1b2c3')}${plain}.wrong-rows.xlsx.part`),
        ).toBeLessThan(256);
        expect(plainName(plain)).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });
});
