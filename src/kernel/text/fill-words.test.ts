import { describe, expect, it } from 'vitest';
import { fillWords } from './fill-words.ts';

describe('sentences with names in braces', () => {
  it('get the values given for the names, as often as they stand there', () => {
    expect(fillWords('{a}和{b}，{a}', { a: '甲', b: 0 })).toBe('甲和0，甲');
  });

  it('show a dash for what has no value, or an empty one, never a brace', () => {
    expect(fillWords('{a}、{b}', { b: '' })).toBe('—、—');
  });

  it('take no value from what every object has, and fill nothing twice', () => {
    expect(fillWords('{constructor}', {})).toBe('—');
    expect(fillWords('{a}', { a: '{b}', b: '乙' })).toBe('{b}');
    expect(fillWords('{a}', { a: '$&' })).toBe('$&');
  });
});
