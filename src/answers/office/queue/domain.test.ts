/** The order of the queue: total, the same whoever asks and when, and pages that lose and repeat nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instantFromMs } from '../../../kernel/day.ts';
import { type Place, comparePlaces, mergeReads, pageOf, placeText, readPlace } from './domain.ts';

const kinds = ['account-change', 'link-review', 'release'];
// Few different instants and ids, so that ties of every sort come up.
const instant = fc.integer({ min: 0, max: 4 }).map((at) => instantFromMs(at * 86_400_000));
const id = fc
  .integer({ min: 0, max: 9 })
  .map((last) => `00000000-0000-7000-8000-00000000000${last}`);
const place: fc.Arbitrary<Place> = fc.record({
  due: fc.option(instant, { nil: null }),
  since: instant,
  kind: fc.constantFrom(...kinds),
  id,
});
const places = fc.uniqueArray(place, { selector: ({ kind, id: of }) => `${kind} ${of}` });
const itself = (one: Place) => one;

describe('the order of the queue', () => {
  it('is total: of two different matters one goes before the other, and three never in a circle', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(comparePlaces(a, b) + comparePlaces(b, a)).toBe(0);
        expect(comparePlaces(a, b) === 0).toBe(placeText(a) === placeText(b));
        if (comparePlaces(a, b) < 0 && comparePlaces(b, c) < 0) {
          expect(comparePlaces(a, c)).toBe(-1);
        }
      }),
    );
  });

  it('puts a clock before none, the earlier clock first, then the longer waiting', () => {
    const at = (day: number) => instantFromMs(day * 86_400_000);
    const of = (due: Instant | null, since: Instant): Place => ({
      ...{ due, since, kind: 'release', id: '00000000-0000-7000-8000-000000000001' },
    });
    const inOrder = [of(at(1), at(9)), of(at(2), at(0)), of(at(2), at(3)), of(null, at(0))];
    expect([...inOrder].reverse().sort(comparePlaces)).toEqual(inOrder);
  });

  it('is written into a page and read back as it was; anything else is no place', () => {
    fc.assert(fc.property(place, (one) => void expect(readPlace(placeText(one))).toEqual(one)));
    for (const text of [
      '',
      '~',
      'nonsense',
      '~ 2026-01-01T00:00:00.000Z link-review x',
      "' or 1=1",
    ]) {
      expect(readPlace(text)).toBe(null);
    }
  });

  it('of several kinds read page by page is the order of all of them: nothing lost, nothing twice', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 5 }), (all, most) => {
        const told: Place[] = [];
        let after: Place | null = null;
        for (let page = 0; page <= all.length; page += 1) {
          const reads = kinds.map((kind) =>
            pageOf(
              all.filter((one) => one.kind === kind),
              itself,
              { after, most },
            ),
          );
          const { items, next } = mergeReads(reads, itself, most);
          expect(items.length).toBeLessThanOrEqual(most);
          told.push(...items);
          after = next;
          if (next === null) break;
        }
        expect(told).toEqual([...all].sort(comparePlaces));
      }),
    );
  });

  it('tells nothing that lies behind what a kind has not looked at yet', () => {
    fc.assert(
      fc.property(places, place, (all, looked) => {
        const reads = [
          { items: all, looked: null },
          { items: [], looked },
        ];
        const { items, next } = mergeReads(reads, itself, 100);
        expect(items.every((one) => comparePlaces(one, looked) <= 0)).toBe(true);
        expect(next).toEqual(looked);
      }),
    );
  });
});
