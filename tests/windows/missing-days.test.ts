/**
 * When the day a term is counted from was never reported. No data standard carries the day of first
 * publicity or the end of the conduct, so this is the ordinary case. The clock must not start later,
 * nor stand still, because of it.
 */
import { describe, expect, test } from 'vitest';
import { compare } from './compare.ts';
import { chanceFrom, penalty } from './generator.ts';
import { rulebookOf, viewAt, withSample } from './rulebooks.ts';

const office = { confirmed: true, sampleCity: true, alone: null };
const rulebook = rulebookOf(withSample, true);
const weights = ['minor', 'general', 'serious', 'unknown'] as const;

describe('without the day of first publicity', () => {
  const law = viewAt(rulebook, '320100');

  test.each(weights)('a %s penalty of market regulation counts from the decision', (weight) => {
    const chance = chanceFrom(weights.indexOf(weight));
    const span = { from: '2021-09-01', to: '2025-12-24' };
    for (let turn = 0; turn < 20; turn += 1) {
      const where = { place: '320100', sector: 'market-regulation', span };
      const matter = { ...penalty(chance, weight, where), publicised: null };
      expect(compare(matter, law, office, chance).differences.slice(0, 2)).toEqual([]);
    }
  });
});

describe('without the day the conduct ended', () => {
  test.each(['310000', '370100'])(
    'the five years of local law at %s run from the decision at the latest',
    (place) => {
      const law = viewAt(rulebook, place);
      const chance = chanceFrom(Number(place));
      const span = { from: '2019-07-01', to: '2027-12-31' };
      for (let turn = 0; turn < 20; turn += 1) {
        const where = { place, sector: 'transport', span };
        const matter = { ...penalty(chance, weights[turn % 4]!, where), conductEnded: null };
        expect(compare(matter, law, office, chance).differences.slice(0, 2)).toEqual([]);
      }
    },
  );
});

describe('when a sector rule of higher rank comes into force', () => {
  test('what the older regime had closed for good does not appear again', () => {
    const law = viewAt(rulebook, '329900');
    const chance = chanceFrom(36);
    const span = { from: '2025-12-15', to: '2026-03-31' };
    for (let turn = 0; turn < 40; turn += 1) {
      const where = { place: '329900', sector: 'urban-management', span };
      const matter = penalty(chance, 'minor', where);
      expect(compare(matter, law, office, chance).differences.slice(0, 2)).toEqual([]);
    }
  });
});
