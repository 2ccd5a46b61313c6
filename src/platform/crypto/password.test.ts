/** How long it takes to be told no. */
import { expect, it } from 'vitest';
import { isPassword, keepPassword } from './index.ts';

it('takes as long where none was kept as where another was', async () => {
  const kept = await keepPassword('correct horse battery');
  const fastest = { other: Infinity, none: Infinity };
  const timed = async (which: keyof typeof fastest, of: string | null) => {
    const start = performance.now();
    expect(await isPassword('wrong horse', of)).toBe(false);
    fastest[which] = Math.min(fastest[which], performance.now() - start);
  };
  // In turn, and the fastest of each: what else the machine does slows both.
  for (let no = 0; no < 9; no += 1) {
    await timed('other', kept);
    await timed('none', null);
  }
  expect(fastest.none / fastest.other).toBeGreaterThan(0.6);
  expect(fastest.none / fastest.other).toBeLessThan(1.7);
});
