import { describe, expect, it } from 'vitest';
import { factsOf, isOwnMatter } from './domain.ts';

const plain = (text: string) => text;

describe('facts of an act', () => {
  it('are told in full where the act is about the platform itself', () => {
    expect(isOwnMatter('accounts.confirm')).toBe(true);
    expect(factsOf({ unit: 'u-1', rows: 2, none: null }, true, plain)).toEqual([
      { name: 'unit', value: 'u-1' },
      { name: 'rows', value: '2' },
    ]);
  });

  it('are told without their texts where they are of the business of others', () => {
    expect(isOwnMatter('records.annul')).toBe(false);
    expect(isOwnMatter('accountsx.confirm')).toBe(false);
    expect(factsOf({ document: '样法〔2026〕1号', rows: 3, whole: true }, false, plain)).toEqual([
      { name: 'document', value: null },
      { name: 'rows', value: '3' },
      { name: 'whole', value: 'true' },
    ]);
  });
});
