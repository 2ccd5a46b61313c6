/** Classes: more kinds of penalty never make a decision lighter; the unknown says that it is unknown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../kernel/rules.ts';
import { editionsOf } from '../../kernel/rulebook/rulebook.ts';
import { rulebookOf, shipped } from '../../../tests/windows/rulebooks.ts';
import { resolveClass } from './domain-class.ts';

const kinds = [
  ...['WARNING', 'CRITICISM', 'FINE', 'CONFISCATE_GAIN', 'CONFISCATE_GOODS', 'SUSPEND_PERMIT'],
  ...['REVOKE_PERMIT', 'DOWNGRADE', 'RESTRICT_OPERATION', 'STOP_PRODUCTION', 'CLOSE'],
  ...['BAN_PRACTICE', 'OTHER'],
];
const weight = { minor: 1, general: 2, serious: 3 } as const;
const marks = ['minor', 'general', 'serious'] as const;
const sectors = ['market-regulation', 'transport', 'drug-administration', 'fire-rescue', null];

const anyFacts = fc.record({
  kinds: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 }),
  procedure: fc.constantFrom('summary', 'ordinary', 'hearing', null),
  sector: fc.constantFrom(...sectors),
});

describe.each([true, false])('class standards, confirmed: %s', (confirmed) => {
  const rulebook = rulebookOf(shipped, confirmed);
  const standards = editionsOf(rulebook, 'classes');
  const weightOf = (standard: (typeof standards)[number], facts: Facts) =>
    weight[resolveClass(rulebook, standard, facts).windowsOf];

  test('adding a kind of penalty never lowers the class', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...standards),
        anyFacts,
        fc.constantFrom(...kinds),
        (standard, facts, more) => {
          const heavier = { ...facts, kinds: [...new Set([...facts.kinds, more])] };
          expect(weightOf(standard, heavier)).toBeGreaterThanOrEqual(weightOf(standard, facts));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('the order in which kinds are reported does not matter', () => {
    fc.assert(
      fc.property(fc.constantFrom(...standards), anyFacts, (standard, facts) => {
        const turned = { ...facts, kinds: [...facts.kinds].reverse() };
        expect(resolveClass(rulebook, standard, turned)).toEqual(
          resolveClass(rulebook, standard, facts),
        );
      }),
    );
  });

  test('the mark of the determining unit goes before the rows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...standards),
        anyFacts,
        fc.constantFrom(...marks),
        (standard, facts, reportedClass) => {
          const resolved = resolveClass(rulebook, standard, { ...facts, reportedClass });
          expect(resolved.class).toBe(reportedClass);
          expect(resolved.covered).toBe(true);
        },
      ),
    );
  });

  test('a mark that is no class is no mark', () => {
    for (const standard of standards) {
      for (const reportedClass of ['unknown', '', 'SERIOUS', 3, null]) {
        const facts = { kinds: ['FINE'], procedure: 'ordinary', reportedClass };
        expect(resolveClass(rulebook, standard, facts).class).toBe('unknown');
      }
    }
  });

  test('an unknown class lends the windows of general and is covered only when confirmed', () => {
    for (const standard of standards) {
      const resolved = resolveClass(rulebook, standard, { kinds: ['FINE'] });
      expect(resolved).toMatchObject({
        class: 'unknown',
        windowsOf: 'general',
        covered: confirmed,
      });
      expect(resolved.text).not.toBe('');
      expect(resolved.basis.length).toBeGreaterThan(0);
    }
  });
});
