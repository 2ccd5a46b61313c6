import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, canonicalJson, commitmentOf, digestOf, sha256Hex } from './canonical.ts';
import { derivedId, isId, uuidV7 } from './ids.ts';

const json: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('tree'), { maxKeys: 4 }),
  ),
})).tree;

describe('canonical JSON', () => {
  it('is JSON, and says the same again', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: 'x', c: [] } })).toBe('{"a":{"c":[],"d":"x"},"b":1}');
    expect(digestOf({ b: 1, a: 2 })).toBe(digestOf({ a: 2, b: 1 }));
  });

  it('refuses fractions: amounts are 分', () => {
    expect(() => canonicalJson({ amount: 0.1 })).toThrow(/safe integers/);
  });
});

describe('digests and commitments', () => {
  it('are those of everybody else', () => {
    expect(sha256Hex('信衡')).toBe(createHash('sha256').update('信衡', 'utf8').digest('hex'));
  });

  it('a commitment says nothing without its salt, and nothing else opens it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.string(),
        (salt, other, content) => {
          const made = commitmentOf(salt, content);
          expect(made.equals(commitmentOf(salt, content))).toBe(true);
          expect(made.equals(commitmentOf(salt, `${content}.`))).toBe(false);
          if (Buffer.compare(salt, other) !== 0) {
            expect(made.equals(commitmentOf(other, content))).toBe(false);
          }
        },
      ),
    );
  });
});

describe('ids', () => {
  it('sort by time and have the form of UUIDv7', () => {
    const random = new Uint8Array(10).fill(255);
    const early = uuidV7(1_000_000, random);
    expect(early < uuidV7(1_000_001, new Uint8Array(10))).toBe(true);
    expect(isId(early)).toBe(true);
    expect(early[14]).toBe('7');
    expect('89ab').toContain(early[19]);
  });

  it('made from the same thing are the same, from another are another', () => {
    expect(derivedId(5, 'batch', 'row/1')).toBe(derivedId(5, 'batch', 'row/1'));
    expect(derivedId(5, 'batch', 'row/1')).not.toBe(derivedId(5, 'batch', 'row/2'));
  });
});
