/** Explanations: they say of every day what the windows say, in words without a hole in them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, addDays, day } from '../../kernel/day.ts';
import type { Matter } from '../../../tests/independent/matter.ts';
import { chanceFrom, penalty } from '../../../tests/windows/generator.ts';
import { factsOf } from '../../../tests/windows/records.ts';
import { rulebookOf, shipped, viewAt, withSample } from '../../../tests/windows/rulebooks.ts';
import { channels, isOpenOn } from './domain.ts';
import { explain } from './domain-explain.ts';
import { windowsOf } from './domain-windows.ts';
import type { LawView } from './law-view.ts';

const places = ['320100', '410105', '330106', '310000', '370100'];
const sectors = ['market-regulation', 'transport', null];
const weights = ['minor', 'general', 'serious', 'unknown'] as const;
const span = { from: '2019-06-01', to: '2027-12-31' };

const anyMatter: fc.Arbitrary<Matter> = fc
  .record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    place: fc.constantFrom(...places),
    sector: fc.constantFrom(...sectors),
    weight: fc.constantFrom(...weights),
  })
  .map(({ seed, place, sector, weight }) =>
    penalty(chanceFrom(seed), weight, { place, sector, span }),
  );

describe.each([
  { confirmed: true, editions: withSample },
  { confirmed: false, editions: shipped },
])('an explanation, everything confirmed: $confirmed', ({ confirmed, editions }) => {
  const rulebook = rulebookOf(editions, confirmed);
  const views = new Map(places.map((place) => [place, viewAt(rulebook, place)]));
  const known = (matter: Matter) => {
    const law: LawView = views.get(matter.place)!;
    const facts = factsOf(matter, law);
    return { facts, plan: law.planFor(facts.item, facts.sector) };
  };

  /** Days worth asking about: beside every edge of a window, and every hundred days. */
  function daysFor(edges: readonly (Day | null)[]): Day[] {
    const days = edges.flatMap((edge) =>
      edge === null ? [] : [addDays(edge, -1), edge, addDays(edge, 1)],
    );
    for (let on = day('2019-07-01'); on < day('2033-01-01'); on = addDays(on, 100)) days.push(on);
    return days;
  }

  test('says "open" on exactly the days on which the window is open', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const { facts, plan } = known(matter);
        const windows = windowsOf(plan, facts);
        for (const channel of channels) {
          const edges = windows[channel].flatMap(({ from, until }) => [from, until]);
          for (const on of daysFor(edges)) {
            const told = explain(plan, facts, channel, on);
            const open = isOpenOn(windows[channel], on);
            if (told.open !== open || (told.reason === 'open') !== open) {
              expect({ channel, on, told }).toEqual(open);
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('leaves no hole in its words and gives no reason twice', () => {
    fc.assert(
      fc.property(anyMatter, fc.integer({ min: 0, max: 4000 }), (matter, offset) => {
        const { facts, plan } = known(matter);
        const on = addDays(day('2019-07-01'), offset);
        for (const channel of channels) {
          const told = explain(plan, facts, channel, on);
          expect(told.arithmetic).toMatch(/^[^，；。].*。$/);
          expect(told.arithmeticEn).toMatch(/\.$/);
          expect(`${told.arithmetic}${told.arithmeticEn}`).not.toMatch(
            /undefined|\bnull\b|NaN|0001-01|long-term|，，|；；|自起|至，/,
          );
          const pointers = [told.provision, ...told.also].flatMap((item) => item?.pointer ?? []);
          expect(new Set(pointers).size).toBe(pointers.length);
          const names = told.inputs.map((input) => input.name);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('tells in its sentence the first and the last day of the window it gives beside it', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const { facts, plan } = known(matter);
        const windows = windowsOf(plan, facts);
        for (const channel of channels) {
          for (const { from, until } of windows[channel]) {
            for (const on of [from, ...(until === null ? [] : [addDays(until, -1)])]) {
              const told = explain(plan, facts, channel, on);
              expect(told).toMatchObject({ from, until });
              expect(told.arithmetic).toContain(`自${from}起`);
              if (until === null) continue;
              expect(told.arithmetic).toContain(
                `至${addDays(until, -1)}（含当日），自${until}起不再`,
              );
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('names the edition and a provision in force whenever it says "open"', () => {
    fc.assert(
      fc.property(anyMatter, fc.integer({ min: 0, max: 4000 }), (matter, offset) => {
        const { facts, plan } = known(matter);
        const on = addDays(day('2019-07-01'), offset);
        for (const channel of channels) {
          const told = explain(plan, facts, channel, on);
          if (!told.open) continue;
          expect(told.edition).toMatch(/^regime:/);
          const cited = [told.provision, ...told.also].flatMap((item) => item ?? []);
          expect(cited.some(({ state }) => state === 'in-force')).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('the first day on which an early end may be asked for', () => {
  const law = viewAt(rulebookOf(withSample, true), '320100');
  const blank: Matter = {
    ...penalty(chanceFrom(3), 'general', { place: '320100', sector: null, span }),
    kinds: ['CONFISCATE_GOODS'],
    procedure: 'ordinary',
    marked: null,
    publicUntil: null,
    validUntil: null,
    annulledFrom: null,
    leftAfter: null,
    withdrawnFrom: null,
    held: null,
  };
  const earliest = (matter: Matter, on: Day) => {
    const facts = factsOf(matter, law);
    return explain(law.planFor(facts.item, facts.sector), facts, 'show', on).earliestRepair;
  };

  test('is the day after the shortest term, counted from the decision under Order 36', () => {
    const matter = { ...blank, sector: 'transport', decided: '2026-11-30', received: '2026-12-04' };
    expect(earliest(matter, day('2027-01-05'))).toBe('2027-03-01');
  });

  test('is counted from the publicity where the rule counts from it (SAMR 2021: six months shown)', () => {
    const matter = {
      ...blank,
      sector: 'market-regulation',
      decided: '2024-01-10',
      received: '2024-02-02',
      publicised: '2024-02-01',
    };
    expect(earliest(matter, day('2024-03-01'))).toBe('2024-08-02');
  });

  test('is never while a bar on business still runs', () => {
    const matter = {
      ...blank,
      sector: 'transport',
      kinds: ['RESTRICT_OPERATION'],
      decided: '2026-05-10',
      received: '2026-05-15',
      validUntil: '2028-05-10',
    };
    const told = earliest(matter, day('2026-06-01'));
    expect(told === null || told > '2028-05-10').toBe(true);
  });
});
