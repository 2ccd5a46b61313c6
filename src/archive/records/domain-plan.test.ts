/** Plans: whatever the family, sector and place, time is cut into segments without gap or overlap. */
import { describe, expect, test } from 'vitest';
import { type Day, addDays, day, firstDay } from '../../kernel/day.ts';
import { familySchema } from '../../kernel/rulebook/directory.ts';
import { editionsOf, isInForce, reaches, supportOf } from '../../kernel/rulebook/rulebook.ts';
import { rulebookOf, withSample } from '../../../tests/windows/rulebooks.ts';
import { type Plan, makePlan, segmentOn } from './domain-plan.ts';

const rulebook = rulebookOf(withSample, true);
const sectors = [null, 'market-regulation', 'court', 'urban-management'];
const places = ['320100', '410105', '370100', '329900'];
const itemBasis = ['ndrc-2018-424#publish', 'catalogue-2024#class-3'];

function plansOf(place: string): Plan[] {
  return familySchema.options.flatMap((family) =>
    sectors.map((sector) =>
      makePlan(rulebook, { family, sector, nature: 'negative', place, itemBasis }),
    ),
  );
}

/** Places in the law at which something is wrong; one assertion for all of them. */
type Wrong = string[];

describe.each(places)('plans at %s', (place) => {
  const plans = plansOf(place);
  const nameOf = ({ key }: Plan) => `${key.family} ${key.sector ?? '-'}`;

  test('begin with the first day of all, follow each other and never end', () => {
    const wrong: Wrong = [];
    for (const plan of plans) {
      const { segments } = plan;
      if (segments[0]?.from !== firstDay) wrong.push(`${nameOf(plan)} begins late`);
      if (segments.at(-1)?.to !== null) wrong.push(`${nameOf(plan)} ends`);
      segments.forEach(({ from, to }, index) => {
        const next = segments[index + 1];
        if (next === undefined) return;
        if (to !== next.from || from >= next.from) wrong.push(`${nameOf(plan)} at ${from}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  test('put every day into exactly one segment', () => {
    const wrong: Wrong = [];
    for (const plan of plans) {
      for (let on = day('2019-06-25'); on < day('2027-02-01'); on = addDays(on, 13)) {
        const holding = plan.segments.filter(
          ({ from, to }) => from <= on && (to === null || on < to),
        );
        if (holding.length !== 1 || holding[0] !== segmentOn(plan, on)) {
          wrong.push(`${nameOf(plan)} on ${on}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('never let the rules in force change inside a segment', () => {
    const wrong: Wrong = [];
    for (const plan of plans) {
      const { family, sector } = plan.key;
      const mine = editionsOf(rulebook, 'regime').filter(
        ({ document: { families, jurisdiction, sectors: filter } }) =>
          families.includes(family) &&
          reaches(jurisdiction, place) &&
          (filter.only === undefined || filter.only.includes(sector ?? '')) &&
          !(filter.except ?? []).includes(sector ?? ''),
      );
      const live = (on: Day) =>
        mine
          .filter(({ document }) => isInForce(document, on))
          .map(({ document }) => document.id)
          .join();
      for (const { from, to } of plan.segments) {
        if (to !== null && live(addDays(to, -1)) !== live(from)) {
          wrong.push(`${nameOf(plan)} from ${from}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('never let the provision that carries a rule change inside a segment', () => {
    const wrong: Wrong = [];
    for (const plan of plans) {
      for (const { from, to, rows, itemSupport } of plan.segments) {
        if (to === null) continue;
        const carrier = (basis: readonly string[]) =>
          supportOf(rulebook, basis, addDays(to, -1), place)?.pointer;
        if (carrier(itemBasis) !== itemSupport?.pointer) wrong.push(`${nameOf(plan)} item ${from}`);
        for (const { row, support } of Object.values(rows).flat()) {
          if (carrier(row.basis) !== support?.pointer) {
            wrong.push(`${nameOf(plan)} ${row.basis.join(' ')} from ${from}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a document that ends with nothing after it', () => {
  const lastDay = day('2030-06-29');
  const key = {
    family: 'penalty',
    sector: 'transport',
    nature: 'negative',
    place: '410105',
    itemBasis,
  } as const;

  /** The plan of a rulebook in which one document ends, and the segments on its last day and the next. */
  function around(id: string) {
    const editions = withSample.map((edition) =>
      edition.document.id === id
        ? { ...edition, document: { ...edition.document, validTo: lastDay } }
        : edition,
    );
    const plan = makePlan(rulebookOf(editions, true), key);
    return { last: segmentOn(plan, lastDay), next: segmentOn(plan, addDays(lastDay, 1)) };
  }

  test('governs on its last day and no longer on the next', () => {
    const regime = around('regime/penalty-ndrc-order-36');
    expect([regime.last.base !== null, regime.next.base]).toEqual([true, null]);
    const classes = around('classes/penalty-order-36');
    expect([classes.last.classes !== null, classes.next.classes]).toEqual([true, null]);
    const overlay = around('regime/penalty-use-henan');
    expect([overlay.last.overlays.length, overlay.next.overlays.length]).toEqual([1, 0]);
    const bound = around('local-bound/henan');
    expect([bound.last.localBounds.length, bound.next.localBounds.length]).toEqual([1, 0]);
    const transition = around('transition/penalty-to-order-36');
    expect(transition.last.transitions.length).toBeGreaterThan(0);
    expect(transition.next.transitions).toEqual([]);
  });

  test('two base regimes of one rank on one day are refused, not chosen between', () => {
    const twice = withSample.map((edition) =>
      edition.document.id === 'regime/penalty-ndrc-order-58'
        ? { ...edition, document: { ...edition.document, validTo: null } }
        : edition,
    );
    expect(() => makePlan(rulebookOf(twice, true), key)).toThrow(/both govern/);
  });
});
