/**
 * Everything that is not an ordinary penalty: permits, lists, the abnormal directory, judgments,
 * compulsion, commitments, contracts, honours, evaluations and the rest, walked against the checker.
 */
import { describe, expect, test } from 'vitest';
import { items } from '../independent/items.ts';
import { type Way, ways } from '../independent/matter.ts';
import { compare } from './compare.ts';
import { chanceFrom, otherMatter, pick } from './generator.ts';
import { rulebookOf, shipped, viewAt, withSample } from './rulebooks.ts';

const sectors = [
  ...['court', 'tax', 'market-regulation', 'human-resources-social-security'],
  ...['civil-affairs', null],
];
const places = ['320100', '410105', '330106', '310000', '370100', '329900'];
const span = { from: '2018-06-01', to: '2027-12-31' };
const turns = 16;

/** Items whose law never opens a channel, or only for reasons no date of theirs can move. */
const closedWays: Readonly<Record<string, readonly Way[]>> = Object.fromEntries(
  Object.entries(items).map(([code, item]) => [
    code,
    item.public ? [] : (['show', 'share', 'use'] as const),
  ]),
);

describe.each([
  { confirmed: false, name: 'nothing confirmed' },
  { confirmed: true, name: 'everything confirmed' },
])('in an installation with $name', ({ confirmed }) => {
  const rulebook = rulebookOf(confirmed ? withSample : shipped, confirmed);
  const office = { confirmed, sampleCity: confirmed, alone: null };
  const views = places.map((place) => viewAt(rulebook, place));
  // What the directory itself marks as unconfirmed has a test of its own below.
  const codes = Object.keys(items).filter(
    (code) => code !== 'penalty' && (confirmed || items[code]!.read),
  );

  test.each(codes)('the checker agrees on every day of %s', (code) => {
    const chance = chanceFrom(codes.indexOf(code) + (confirmed ? 1000 : 0));
    const opened = new Map<Way, number>();
    for (let turn = 0; turn < turns; turn += 1) {
      const place = places[turn % places.length]!;
      const law = views[turn % places.length]!;
      const matter = otherMatter(chance, code, { place, sector: pick(chance, sectors), span });
      const result = compare(matter, law, office, chance);
      expect(result.differences.slice(0, 3)).toEqual([]);
      for (const way of result.opened) opened.set(way, (opened.get(way) ?? 0) + 1);
    }
    for (const way of closedWays[code]!) expect(opened.get(way) ?? 0, way).toBe(0);
    if (confirmed) {
      expect(opened.get('report') ?? 0, 'report').toBeGreaterThan(turns / 2);
      const open = ways.filter((way) => way !== 'report' && !closedWays[code]!.includes(way));
      for (const way of open) expect(opened.get(way) ?? 0, way).toBeGreaterThan(turns / 4);
    }
  });
});

describe('an item the directory itself marks as unconfirmed', () => {
  const unread = Object.keys(items).filter((code) => !items[code]!.read);
  const law = viewAt(rulebookOf(shipped, false), '320100');

  test.each(unread)('%s opens no channel until two officers confirm the directory', (code) => {
    const matter = otherMatter(chanceFrom(5), code, { place: '320100', sector: null, span });
    const known = { ...matter, annulledFrom: null, deletedFrom: null };
    const result = compare(
      known,
      law,
      { confirmed: false, sampleCity: false, alone: null },
      'whole',
    );
    expect([...result.opened]).toEqual([]);
  });
});
