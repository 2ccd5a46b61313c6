/** What must hold of windows whatever the record: properties over records from a seeded generator. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Json, digestOf } from '../../kernel/canonical.ts';
import { type Day, addDays, addMonths, day } from '../../kernel/day.ts';
import type { Edition } from '../../kernel/rulebook/rulebook.ts';
import { editionKey, editionsOf } from '../../kernel/rulebook/rulebook.ts';
import type { Matter } from '../../../tests/independent/matter.ts';
import { chanceFrom, penalty } from '../../../tests/windows/generator.ts';
import { factsOf } from '../../../tests/windows/records.ts';
import { rulebookOf, viewAt, withSample } from '../../../tests/windows/rulebooks.ts';
import { type Interval, type RecordFacts, type RecordWindows, channels } from './domain.ts';
import { toMultirange, unite, without } from './domain-intervals.ts';
import { explain } from './domain-explain.ts';
import type { Plan } from './domain-plan.ts';
import { storedWindows } from './domain-known-windows.ts';
import { classIn, classOn, pieceOf, segmentsFor, windowsOf } from './domain-windows.ts';
import type { LawView } from './law-view.ts';

const sectors = ['market-regulation', 'transport', 'drug-administration', 'urban-management', null];
const places = ['320100', '410105', '330106', '310000', '370100', '329900'];
const weights = ['minor', 'general', 'serious', 'unknown'] as const;
const span = { from: '2019-06-01', to: '2027-12-31' };

const rulebook = rulebookOf(withSample, true);
const views = new Map(places.map((place) => [place, viewAt(rulebook, place)]));

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

const windowsIn = (law: LawView, facts: RecordFacts): RecordWindows =>
  windowsOf(law.planFor(facts.item, facts.sector), facts);
const lawOf = (matter: Matter) => views.get(matter.place)!;
const windowsFor = (matter: Matter) => windowsIn(lawOf(matter), factsOf(matter, lawOf(matter)));

/** Whether every day of `inner` is a day of `outer`. */
function contains(outer: readonly Interval[], inner: readonly Interval[]): boolean {
  const left = outer.reduce<Interval[]>(
    (rest, { from, until }) => without(rest, from, until),
    [...inner],
  );
  return left.length === 0;
}

/** The days from `from` on. */
const since = (intervals: readonly Interval[], from: Day) => without(intervals, null, from);

describe('the windows of a record', () => {
  test('never open before its first receipt', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const windows = windowsFor(matter);
        for (const channel of channels) {
          const early = windows[channel].filter(({ from }) => from < matter.received);
          expect(early).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('end no later than any bound that holds in a segment', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const law = lawOf(matter);
        const facts = factsOf(matter, law);
        const plan = law.planFor(facts.item, facts.sector);
        for (const segment of segmentsFor(plan, facts)) {
          const resolved = classIn(plan, segment, facts);
          for (const channel of channels) {
            const { open, bounds } = pieceOf(plan, segment, { facts, channel, resolved });
            if (open === null) continue;
            for (const { until } of bounds) {
              expect(until === null || (open.until !== null && open.until <= until)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('show, share and use nothing for longer than three years, unless a bar on business runs on', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const windows = windowsFor(matter);
        const start = day(matter.publicised ?? matter.decided);
        const end = addDays(addMonths(start > matter.decided ? start : day(matter.decided), 36), 1);
        const barred = matter.kinds.some((kind) =>
          /^(RESTRICT_OPERATION|BAN_PRACTICE)$/.test(kind),
        );
        const bar = barred && matter.validUntil !== null ? addDays(day(matter.validUntil), 1) : end;
        expect(since(windows.show, bar > end ? bar : end)).toEqual([]);
        expect(since(windows.share, end)).toEqual([]);
        expect(since(windows.use, end)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('keep nothing in a report beyond five years where local law says so', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const clock = /^(41|33)/.test(matter.place) ? matter.decided : matter.conductEnded;
        if (!/^(41|33|31|37)/.test(matter.place)) return;
        expect(since(windowsFor(matter).report, addDays(addMonths(day(clock!), 60), 1))).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test('shut in every channel from the day of annulment on, and are untouched before it', () => {
    fc.assert(
      fc.property(anyMatter, fc.integer({ min: -30, max: 1500 }), (matter, after) => {
        const standing = { ...matter, annulledFrom: null };
        const annulled = addDays(day(matter.received), after);
        const before = windowsFor(standing);
        const now = windowsFor({ ...standing, annulledFrom: annulled });
        for (const channel of channels) {
          expect(now[channel]).toEqual(without(before[channel], annulled, null));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('are never opened or prolonged by the annulment of a part of the decision', () => {
    fc.assert(
      fc.property(anyMatter, fc.nat(500), fc.nat(7), (matter, after, mask) => {
        const left = matter.kinds.filter((_, index) => ((mask >> index) & 1) === 1);
        fc.pre(left.length > 0 && left.length < matter.kinds.length);
        const whole = windowsFor({ ...matter, leftAfter: null });
        const from = addDays(day(matter.received), after);
        const part = windowsFor({ ...matter, leftAfter: { from, kinds: left } });
        for (const channel of channels) {
          expect(contains(whole[channel], part[channel])).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('end on the same day however late the record was received', () => {
    fc.assert(
      fc.property(anyMatter, fc.integer({ min: 0, max: 1200 }), (drawn, late) => {
        // What hangs on the day of receipt itself is left out.
        const matter = { ...drawn, held: null, withdrawnFrom: null };
        const received = addDays(day(matter.received), late);
        const early = windowsFor(matter);
        const later = windowsFor({ ...matter, received });
        for (const channel of channels) {
          expect(later[channel]).toEqual(since(early[channel], received));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('end on the same day however late, even where nobody reported the day of publicity', () => {
    fc.assert(
      fc.property(anyMatter, fc.integer({ min: 0, max: 1200 }), (drawn, late) => {
        const matter = { ...drawn, publicised: null, held: null, withdrawnFrom: null };
        const received = addDays(day(matter.received), late);
        const early = windowsFor(matter);
        const later = windowsFor({ ...matter, received });
        for (const channel of channels) {
          expect(later[channel]).toEqual(since(early[channel], received));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are sorted, apart, and each at least one day long', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const windows = windowsFor(matter);
        for (const channel of channels) expect(unite(windows[channel])).toEqual(windows[channel]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what may only shorten', () => {
  const without_ = (kind: string, shortens: (edition: Edition) => boolean) =>
    new Map(
      places.map((place) => {
        const editions = withSample.filter((edition) => !shortens(edition));
        expect(editions.length, kind).toBeLessThan(withSample.length);
        return [place, viewAt(rulebookOf(editions, true), place)];
      }),
    );
  const shortening = {
    'a transition': without_('transition', ({ document }) => document.kind === 'transition'),
    'an overlay of local law': without_(
      'overlay',
      ({ document }) => document.kind === 'regime' && document.combine === 'shorten',
    ),
    'a five-year term of local law': without_(
      'local-bound',
      ({ document }) => document.kind === 'local-bound',
    ),
  };

  test.each(Object.entries(shortening))('%s never makes a window longer', (_, bare) => {
    let shorter = 0;
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const law = bare.get(matter.place)!;
        const longer = windowsIn(law, factsOf(matter, law));
        const now = windowsFor(matter);
        for (const channel of channels) {
          expect(contains(longer[channel], now[channel])).toBe(true);
          if (!contains(now[channel], longer[channel])) shorter += 1;
        }
      }),
      { numRuns: 400 },
    );
    // The property would hold of a rule that does nothing, too.
    expect(shorter).toBeGreaterThan(10);
  });
});

describe('taking a provision out of force', () => {
  const repealedOn = day('2026-07-01');
  const asked = day('2026-08-03');

  /** The rulebook in which these articles end on the day before `repealedOn`. */
  function repealing(pointers: readonly string[]): LawView {
    const editions = withSample.map((edition): Edition => {
      const { document } = edition;
      if (document.kind !== 'provisions') return edition;
      const articles = document.articles.map((article) =>
        pointers.includes(`${document.id}#${article.no}`)
          ? { ...article, validTo: addDays(repealedOn, -1) }
          : article,
      );
      return { ...edition, document: { ...document, articles } };
    });
    return viewAt(rulebookOf(editions, true), '320100');
  }

  const serious: Matter = {
    ...penalty(chanceFrom(1), 'serious', { place: '320100', sector: 'transport', span }),
    decided: '2026-05-10',
    received: '2026-05-15',
    publicUntil: null,
    validUntil: null,
    annulledFrom: null,
    leftAfter: null,
    withdrawnFrom: null,
    held: null,
    kinds: ['REVOKE_PERMIT'],
    procedure: 'ordinary',
    marked: null,
  };

  test.each(channels)('shuts %s from that day, and says that its rule has no basis', (channel) => {
    const law = views.get('320100')!;
    const facts = factsOf(serious, law);
    const regime = editionsOf(rulebook, 'regime').find(
      ({ document }) => document.id === 'regime/penalty-ndrc-order-36',
    )!;
    const rows = regime.document.channels[channel]!.filter(
      (row) => row.class === 'serious' || row.class === '*',
    );
    const bare = repealing(rows.flatMap((row) => row.basis));
    // The item keeps a leg to stand on: otherwise it would shut for that reason.
    const item = { ...facts.item, basis: ['administrative-penalty-law#48'] };
    const told = { ...facts, item };
    const before = windowsIn(law, told)[channel];
    const after = windowsOf(bare.planFor(item, 'transport'), told)[channel];
    expect(before.some(({ from }) => from < repealedOn)).toBe(true);
    expect(after).toEqual(without(before, repealedOn, null));
    const words = explain(bare.planFor(item, 'transport'), told, channel, asked);
    expect(words.reason).toBe('rule-without-basis');
    expect(words.provision?.state).toBe('ended');
    expect(words.edition).toBe(editionKey(regime.document));
  });

  test('shuts every channel where the item itself rested on it, and says so', () => {
    const law = views.get('320100')!;
    const facts = factsOf(serious, law);
    const bare = repealing(facts.item.basis);
    const plan = bare.planFor(facts.item, 'transport');
    for (const channel of channels) {
      expect(windowsOf(plan, facts)[channel]).toEqual(
        without(windowsIn(law, facts)[channel], repealedOn, null),
      );
      const words = explain(plan, facts, channel, asked);
      expect(words.reason).toBe('no-item-basis');
      expect(words.provision?.state).toBe('ended');
    }
  });

  test('takes the class with it that rested on it: what was serious is no longer shown as serious', () => {
    const facts = factsOf(serious, views.get('320100')!);
    const bare = repealing(['ndrc-order-36#classes-serious']);
    const plan = bare.planFor(facts.item, 'transport');
    const segment = segmentsFor(plan, facts).find(
      ({ from, to }) => from <= asked && (to === null || asked < to),
    )!;
    expect(classIn(plan, segment, facts)?.class).toBe('unknown');
    expect(windowsOf(plan, facts).show.at(-1)?.until).toBe('2027-05-11');
  });
});

/** What is stored of a record that is worked out by itself. */
function aloneOf(plan: Plan, facts: RecordFacts, on: Day) {
  const worked = windowsOf(plan, facts);
  return {
    inputDigest: digestOf(facts as unknown as Json),
    class: classOn(plan, facts, on)?.class ?? null,
    show: toMultirange(worked.show),
    share: toMultirange(worked.share),
    use: toMultirange(worked.use),
    report: toMultirange(worked.report),
  };
}

describe('windows that are remembered', () => {
  test('are those the record would have been given by itself, and its digest is that of its facts', () => {
    fc.assert(
      fc.property(
        anyMatter,
        fc.constantFrom('2024-02-29', '2026-03-31', '2026-11-23'),
        (matter, on) => {
          const law = lawOf(matter);
          const facts = factsOf(matter, law);
          const plan = law.planFor(facts.item, facts.sector);
          expect(storedWindows(plan, facts, day(on))).toEqual(aloneOf(plan, facts, day(on)));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  // Asked for one after the other: a memory that overlooks a fact gives the second the windows of the first.
  test('are other ones as soon as one fact of the record makes them so', () => {
    let other = 0;
    fc.assert(
      fc.property(anyMatter, anyMatter, (matter, changed) => {
        const law = lawOf(matter);
        const facts = factsOf(matter, law);
        const on = day('2026-03-31');
        const plan = law.planFor(facts.item, facts.sector);
        const { classFacts } = factsOf(changed, law);
        const before = storedWindows(plan, facts, on);
        for (const name of Object.keys({ ...classFacts, ...facts.classFacts })) {
          const next = {
            ...facts,
            classFacts: { ...facts.classFacts, [name]: classFacts[name] ?? null },
          };
          const windows = storedWindows(plan, next, on);
          expect([name, windows]).toEqual([name, aloneOf(plan, next, on)]);
          if (windows.show !== before.show || windows.class !== before.class) other += 1;
        }
      }),
      { numRuns: 1_500 },
    );
    expect(other).toBeGreaterThan(0);
  });
});
