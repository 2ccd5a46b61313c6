/** Duties follow from their changes; no order of days or of units makes another sum. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, addDays, day } from '../../kernel/day.ts';
import { type DutyChange, dutiesOf, dutiesOn } from './domain-duties.ts';

const first = day('2026-01-01');
const at = (no: number): Day => addDays(first, no);

const change = fc.record({
  provider: fc.constantFrom('A', 'B'),
  item: fc.constantFrom('penalty', 'permit'),
  from: fc.nat(20).map(at),
  owes: fc.boolean(),
  ground: fc.constant('目录'),
}) satisfies fc.Arbitrary<DutyChange>;

describe('报送任务', () => {
  it('holds on a day what the newest change up to it said', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.nat(22), (changes, no) => {
        const on = at(no);
        const held = dutiesOn(dutiesOf(changes), on).map(({ provider, item }) => provider + item);
        const expected = ['A', 'B'].flatMap((provider) =>
          ['penalty', 'permit']
            .filter((item) => {
              const said = changes
                .filter((one) => one.provider === provider && one.item === item && one.from <= on)
                .reduce<DutyChange | null>(
                  (a, b) => (a === null || b.from >= a.from ? b : a),
                  null,
                );
              return said?.owes === true;
            })
            .map((item) => provider + item),
        );
        expect(held).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('is one duty when it is said twice, and begins on the first day', () => {
    const twice: DutyChange[] = [5, 2].map((no) => ({
      provider: 'A',
      item: 'penalty',
      from: at(no),
      owes: true,
      ground: '目录',
    }));
    expect(dutiesOf(twice)).toEqual([
      { provider: 'A', item: 'penalty', ground: '目录', since: at(2), until: null },
    ]);
  });
});
