import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Memo } from './memo.ts';

describe('a memory of answers', () => {
  it('never gives another answer than the function would, however long it is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9_000), fc.nat(400)), { minLength: 1, maxLength: 200 }),
        fc.nat(20_000),
        (asked, many) => {
          const memo = new Memo((text: string) => ({ told: `${text}!` }));
          for (let no = 0; no < many; no += 1) memo.of(`flood ${no}`);
          for (const [no, length] of asked) {
            const text = `${no}`.repeat(1 + (length % 60));
            expect(memo.of(text).told).toBe(`${text}!`);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('works a repeated question out once, and gives the same answer object again', () => {
    let worked = 0;
    const memo = new Memo((text: string) => {
      worked += 1;
      return { text };
    });
    const first = memo.of('罚款');
    for (let times = 0; times < 10_000; times += 1) expect(memo.of('罚款')).toBe(first);
    expect(worked).toBe(1);
  });

  it('steps aside where questions do not repeat, and comes back where they do', () => {
    let worked = 0;
    const memo = new Memo((text: string) => {
      worked += 1;
      return text;
    });
    for (let no = 0; no < 4_096; no += 1) memo.of(`样罚〔2026〕${no}号`);
    const before = worked;
    memo.of('same');
    memo.of('same');
    expect(worked - before, 'resting: every question is worked out').toBe(2);
    for (let no = 0; no < 70_000; no += 1) memo.of('same');
    const again = worked;
    memo.of('same');
    expect(worked).toBe(again);
  });
});
