/**
 * The archive and the independent checker walk the same penalties day by day: every class under every
 * regime in every channel, each regime alone and all of them together over time, in seven places, in an
 * installation where nothing is confirmed and in one where everything is. The table of boundaries
 * crossed is printed; where none can exist the reason is written below and held exactly.
 */
import { afterAll, describe, expect, test } from 'vitest';
import type { LawView } from '../../src/archive/records/law-view.ts';
import { count as days, text } from '../independent/calendar.ts';
import { type Matter, type Way, ways } from '../independent/matter.ts';
import { type Comparison, type Difference, compare } from './compare.ts';
import { type Span, chanceFrom, penalty } from './generator.ts';
import { onlyRegime, rulebookOf, shipped, viewAt, withSample } from './rulebooks.ts';

type Scope = 'alone' | 'together';
type Period = {
  /** Name the checker gives the period. */
  readonly name: string;
  readonly regime: string;
  /** Days on which the decisions walked were made. */
  readonly decided: Span;
  readonly sectors: readonly (string | null)[];
  readonly sample?: true;
};

const ordinarySectors = [
  null,
  'transport',
  'drug-administration',
  'fire-rescue',
  'ecology-environment',
];
const market = ['market-regulation'];
const periods: readonly Period[] = [
  {
    name: 'Notice 527',
    regime: 'regime/penalty-ndrc-2019-527',
    decided: { from: '2019-05-01', to: '2023-04-30' },
    sectors: ordinarySectors,
  },
  {
    name: 'Order 58',
    regime: 'regime/penalty-ndrc-order-58',
    decided: { from: '2023-03-01', to: '2026-03-31' },
    sectors: ordinarySectors,
  },
  {
    name: 'Order 36',
    regime: 'regime/penalty-ndrc-order-36',
    decided: { from: '2026-02-01', to: '2029-12-31' },
    sectors: ordinarySectors,
  },
  {
    name: 'Notice 527 (market)',
    regime: 'regime/penalty-ndrc-2019-527-market-regulation',
    decided: { from: '2019-05-01', to: '2021-08-31' },
    sectors: market,
  },
  {
    name: 'SAMR 2021',
    regime: 'regime/penalty-samr-2021',
    decided: { from: '2021-07-01', to: '2025-12-24' },
    sectors: market,
  },
  {
    name: 'SAMR 107',
    regime: 'regime/penalty-samr-order-107',
    decided: { from: '2025-11-01', to: '2029-12-31' },
    sectors: market,
  },
  {
    name: 'Order 36 with the sample sector rule',
    regime: 'regime/sample-penalty-minor-shown',
    decided: { from: '2026-04-01', to: '2029-12-31' },
    sectors: ['urban-management'],
    sample: true,
  },
];
const weights = ['minor', 'general', 'serious', 'unknown'] as const;
const places = ['320100', '410105', '330106', '310000', '370100', '329900'];
const crossingsWanted = 50;
/** Penalties of every weight in every place, whatever the counts; and the most walked to reach them. */
const turnsLeast = 3;
const turnsMost = 120;

/** Channels that can never be open, and so cross no boundary, with the reason. */
const closedForEverybody: readonly { cell: (cell: Cell) => boolean; why: string }[] = [
  {
    cell: ({ weight, way }) => weight === 'minor' && way === 'use',
    why: 'a minor matter is no ground for any measure, under any regime',
  },
  {
    cell: ({ weight, way, period }) =>
      weight === 'minor' &&
      way === 'show' &&
      ['Notice 527', 'Notice 527 (market)', 'Order 58', 'Order 36'].includes(period),
    why: 'what is minor, summary or only words is not shown outside market regulation',
  },
];
const closedUnlessConfirmed: readonly { cell: (cell: Cell) => boolean; why: string }[] = [
  {
    cell: ({ weight, way }) => weight === 'unknown' && way !== 'report',
    why: 'counting the unknown as general is an unconfirmed default',
  },
  {
    cell: ({ way, period }) => period === 'SAMR 107' && way !== 'report',
    why: 'the start of the clock of Order 107 has not been read',
  },
];

/** Channels that cannot be open in an installation. */
function closedIn(confirmed: boolean): typeof closedForEverybody {
  return confirmed ? closedForEverybody : [...closedForEverybody, ...closedUnlessConfirmed];
}

type Cell = { readonly period: string; readonly weight: string; readonly way: Way };
const nameOf = ({ period, weight, way }: Cell) => `${period} | ${weight} | ${way}`;

type Walk = {
  readonly crossings: Map<string, number>;
  /** Crossings by place and channel, and records by what befell them. */
  readonly places: Map<string, number>;
  readonly happened: Map<string, number>;
  readonly differences: Difference[];
  records: number;
  days: number;
};

/** Walks all penalties of one period in all places. */
function walk(period: Period, scope: Scope, confirmed: boolean, into: Walk): void {
  const sampleCity = confirmed || period.sample === true;
  const editions = sampleCity ? withSample : shipped;
  const rulebook = rulebookOf(
    scope === 'alone' ? onlyRegime(editions, period.regime) : editions,
    confirmed,
  );
  // The sample rule is made under Order 36 and governs in its place.
  const alone = scope === 'together' ? null : period.sample ? 'Order 36' : period.name;
  const office = {
    confirmed,
    sampleCity: sampleCity && (scope === 'together' || !!period.sample),
    alone,
  };
  const chance = chanceFrom(
    periods.indexOf(period) * 4 + (confirmed ? 2 : 0) + Number(scope === 'alone'),
  );
  const views = new Map<string, LawView>();
  const wanted = (weight: string) =>
    ways.some((way) => {
      const cell = { period: period.name, weight, way };
      const closed = closedIn(confirmed).some((rule) => rule.cell(cell));
      return !closed && (into.crossings.get(nameOf(cell)) ?? 0) < crossingsWanted;
    });
  for (let turn = 0; turn < turnsMost; turn += 1) {
    for (const place of period.sample ? ['329900'] : places) {
      const law = views.get(place) ?? viewAt(rulebook, place);
      views.set(place, law);
      for (const weight of weights) {
        if (turn >= turnsLeast && !wanted(weight)) continue;
        const sector = period.sectors[turn % period.sectors.length]!;
        const matter = penalty(chance, weight, { place, sector, span: period.decided });
        add(into, compare(matter, law, office, chance), matter);
      }
    }
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function add(into: Walk, result: Comparison, matter: Matter): void {
  into.records += 1;
  into.days += result.days;
  into.differences.push(...result.differences);
  for (const crossing of result.crossings) {
    count(into.crossings, nameOf(crossing));
    count(into.places, `${matter.place} ${crossing.way}`);
  }
  for (const [name, holds] of Object.entries(happenings)) {
    if (holds(matter)) count(into.happened, name);
  }
}

/** What the records walked have been through; each kind must be among them often enough. */
const happenings: Readonly<Record<string, (matter: Matter) => boolean>> = {
  'annulled as a whole': ({ annulledFrom }) => annulledFrom !== null,
  'annulled in part': ({ leftAfter }) => leftAfter !== null,
  'display ended by the source': ({ withdrawnFrom }) => withdrawnFrom !== null,
  'held and never cleared': ({ held }) => held !== null && held.cleared === null,
  'held and cleared': ({ held }) => (held?.cleared ?? null) !== null,
  'received more than a month late': ({ decided, received }) => days(received) - days(decided) > 31,
  'reported end': ({ publicUntil }) => publicUntil !== null && publicUntil < '2099',
  'long-term sentinel': ({ publicUntil, validUntil }) =>
    publicUntil?.endsWith('99-12-31') === true || validUntil?.endsWith('99-12-31') === true,
  'bar on business with its own end': ({ kinds, validUntil }) =>
    validUntil !== null && kinds.some((kind) => /^(RESTRICT|BAN)_/.test(kind)),
  'marked by the determining unit': ({ marked }) => marked !== null,
  'decided on the last day of a month': ({ decided }) => text(days(decided) + 1).endsWith('-01'),
  'decided on a leap day': ({ decided }) => decided.endsWith('-02-29'),
};

const lines: string[] = [];
afterAll(() => console.log(lines.join('\n')));

/** Rows of the printed table: one per period and weight, the four channels beside each other. */
function tabulate(title: string, result: Walk, names: readonly string[]): void {
  lines.push('', `${title}: ${result.records} records, ${result.days} days compared`);
  for (const period of names) {
    for (const weight of weights) {
      const counts = ways.map((way) => result.crossings.get(nameOf({ period, weight, way })) ?? 0);
      const shown = ways.map((way, index) => `${way} ${String(counts[index]).padStart(4)}`);
      lines.push(`${period.padEnd(38)} ${weight.padEnd(8)} ${shown.join('  ')}`);
    }
  }
}

for (const confirmed of [false, true]) {
  const office = confirmed
    ? 'everything confirmed (sample city)'
    : 'nothing confirmed (as shipped)';
  // Without confirmation the invented rule opens nothing; it is walked where it is confirmed.
  const walked = periods.filter(({ sample }) => confirmed || sample === undefined);
  const closed = confirmed ? closedForEverybody : [...closedForEverybody, ...closedUnlessConfirmed];

  describe.each(['alone', 'together'] as const)(`${office}, each regime %s`, (scope) => {
    const result: Walk = {
      crossings: new Map(),
      places: new Map(),
      happened: new Map(),
      differences: [],
      records: 0,
      days: 0,
    };

    test.each(walked)('the checker agrees on every day under $name', (period) => {
      const before = result.differences.length;
      walk(period, scope, confirmed, result);
      expect(result.differences.slice(before, before + 3)).toEqual([]);
    });

    test('every place is crossed at least fifty times in every channel', () => {
      for (const place of places) {
        const counts = ways.map((way) => result.places.get(`${place} ${way}`) ?? 0);
        lines.push(`${place} ${ways.map((way, index) => `${way} ${counts[index]}`).join('  ')}`);
        for (const found of counts) expect(found, place).toBeGreaterThanOrEqual(crossingsWanted);
      }
    });

    test('whatever can befall a record befell enough of them', () => {
      for (const name of Object.keys(happenings)) {
        expect(result.happened.get(name) ?? 0, name).toBeGreaterThanOrEqual(10);
      }
      lines.push([...result.happened].map(([name, found]) => `${name}: ${found}`).join('; '));
    });

    test('every cell is crossed at least fifty times, or cannot be crossed at all', () => {
      const names = walked.map(({ name }) => name);
      tabulate(`${office}, ${scope}`, result, names);
      for (const period of names) {
        for (const weight of weights) {
          for (const way of ways) {
            const cell = { period, weight, way };
            const found = result.crossings.get(nameOf(cell)) ?? 0;
            const reason = closed.find((rule) => rule.cell(cell))?.why;
            if (reason === undefined)
              expect(found, nameOf(cell)).toBeGreaterThanOrEqual(crossingsWanted);
            else expect(found, `${nameOf(cell)}: ${reason}`).toBe(0);
          }
        }
      }
    });
  });
}
