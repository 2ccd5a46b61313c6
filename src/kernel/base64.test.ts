import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBase64 } from './base64.ts';

describe('Base64', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const written = Buffer.from(bytes).toString('base64');
        expect(readBase64(written)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('is not read when any character is another, or one was added: no two texts mean the same', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.nat(),
        fc.constantFrom(...'ABCXYZabcxyz0189+/=-_ \n'),
        (bytes, place, other) => {
          const written = Buffer.from(bytes).toString('base64');
          const at = place % written.length;
          const changed = written.slice(0, at) + other + written.slice(at + 1);
          fc.pre(changed !== written);
          expect(readBase64(changed)).not.toEqual(Buffer.from(bytes));
          expect(readBase64(written.slice(0, at) + other + written.slice(at))).not.toEqual(
            Buffer.from(bytes),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
