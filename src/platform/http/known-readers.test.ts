/** By what readers are counted: a session that held, or nothing. */
import { describe, expect, it } from 'vitest';
import { makeKnownReaders } from './known-readers.ts';

const token = (letter: string) => letter.repeat(43);

function readers(most = 2) {
  let now = 0;
  const known = makeKnownReaders({ most, keptMs: 1000 }, () => now);
  return { ...known, later: (ms: number) => (now += ms) };
}

describe('readers known by their session', () => {
  it('are counted by it, whatever else their browser sends', () => {
    const known = readers();
    known.remember(token('a'));
    const key = known.keyOf(`xinheng=${token('a')}`);
    expect(key).toMatch(/^session /);
    expect(key).not.toContain(token('a'));
    expect(known.keyOf(`other=1; x=${token('b')}; xinheng=${token('a')}; y=2`)).toBe(key);
  });

  it('are nobody with a token nobody vouched for', () => {
    const known = readers();
    known.remember(token('a'));
    for (const cookies of [
      null,
      '',
      'xinheng=',
      `xinheng=${token('b')}`,
      `xinheng=${token('a')}a`,
    ]) {
      expect(known.keyOf(cookies), String(cookies)).toBe(null);
    }
    const many = Array.from({ length: 8 }, (_each, at) => `c${at}=${token('b')}`).join('; ');
    expect(known.keyOf(`${many}; xinheng=${token('a')}`)).toBe(null);
  });

  it('are forgotten after their time, and the longest unused where there are too many', () => {
    const known = readers();
    known.remember(token('a'));
    known.later(1000);
    expect(known.keyOf(`x=${token('a')}`)).not.toBe(null);
    known.later(1);
    expect(known.keyOf(`x=${token('a')}`)).toBe(null);
    for (const letter of ['a', 'b', 'a', 'c']) known.remember(token(letter));
    expect(['a', 'b', 'c'].map((letter) => known.keyOf(`x=${token(letter)}`) !== null)).toEqual([
      true,
      false,
      true,
    ]);
  });
});
