/** A few records walked on every single day of nineteen years, with no choice of days at all. */
import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { chanceFrom, penalty } from './generator.ts';
import { rulebookOf, shipped, viewAt, withSample } from './rulebooks.ts';

const weights = ['minor', 'general', 'serious', 'unknown'] as const;
const span = { from: '2019-06-01', to: '2028-12-31' };

test.each([
  { place: '320100', sector: 'market-regulation', confirmed: true },
  { place: '410105', sector: 'transport', confirmed: true },
  { place: '330106', sector: 'market-regulation', confirmed: true },
  { place: '310000', sector: 'fire-rescue', confirmed: true },
  { place: '370100', sector: null, confirmed: true },
  { place: '320100', sector: 'drug-administration', confirmed: false },
])(
  'archive and checker agree every day at $place, sector $sector, confirmed $confirmed',
  (where) => {
    const { confirmed, place, sector } = where;
    const law = viewAt(rulebookOf(confirmed ? withSample : shipped, confirmed), place);
    const chance = chanceFrom(Number(place) + Number(confirmed));
    for (const weight of weights) {
      const matter = penalty(chance, weight, { place, sector, span });
      const office = { confirmed, sampleCity: confirmed, alone: null };
      expect(compare(matter, law, office, 'whole').differences.slice(0, 3)).toEqual([]);
    }
  },
);
