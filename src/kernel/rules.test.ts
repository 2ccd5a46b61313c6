import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Facts,
  conditionSchema,
  evaluate,
  factsOf,
  holds,
  compileCondition,
} from './rules.ts';

const name = fc.constantFrom('procedure', 'kinds', 'fineFen', 'sector');
const atom: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ known: name }),
  fc.record({ fact: name, is: fc.constantFrom<string | number | boolean>('summary', 5, true) }),
  fc.record({
    fact: name,
    in: fc.array(fc.constantFrom('summary', 'fire'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ fact: name, has: fc.constantFrom(['FINE'], ['WARNING', 'CLOSE']) }),
  fc.record({ fact: name, within: fc.constantFrom(['WARNING', 'CRITICISM'], ['FINE']) }),
  fc.record({ fact: name, atLeast: fc.constantFrom(1, 100) }),
  fc.record({ fact: name, below: fc.constantFrom(1, 100) }),
);
const condition: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    procedure: fc.constantFrom('summary', 'ordinary', null),
    kinds: fc.subarray(['FINE', 'WARNING', 'CLOSE']),
    fineFen: fc.constantFrom(0, 5, 500, null),
    sector: fc.constantFrom('fire', null),
  },
  { requiredKeys: [] },
);

describe('conditions', () => {
  it('answer the same with and without reasons', () => {
    fc.assert(
      fc.property(condition, facts, (rule, given) => {
        expect(evaluate(rule, given).holds).toBe(holds(rule, given));
      }),
      { numRuns: 1000 },
    );
  });

  it('compiled over rows, give the answer they give over facts', () => {
    fc.assert(
      fc.property(condition, facts, (rule, given) => {
        const compiled = compileCondition<typeof given>(rule, (name) => (row) => row[name]);
        expect(compiled(given)).toBe(holds(rule, given));
      }),
      { numRuns: 2000 },
    );
  });

  it('never turn "not known" into "true": negating twice changes nothing', () => {
    fc.assert(
      fc.property(condition, facts, (rule, given) => {
        expect(holds({ not: { not: rule } }, given)).toBe(holds(rule, given));
        expect(holds(rule, given) && holds({ not: rule }, given)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('a missing fact makes neither a statement about it nor its negation true', () => {
    const summary: Condition = { fact: 'procedure', is: 'summary' };
    expect(holds(summary, {})).toBe(false);
    expect(holds({ not: summary }, {})).toBe(false);
    expect(holds({ not: { known: 'procedure' } }, {})).toBe(true);
  });

  it('tell which facts decided', () => {
    const rule: Condition = {
      any: [
        { fact: 'kinds', has: ['CLOSE'] },
        { fact: 'fineFen', atLeast: 100 },
      ],
    };
    expect(evaluate(rule, { kinds: ['CLOSE'] }).reasons).toEqual([
      { fact: 'kinds', known: true, held: true, test: '∋ {CLOSE}', value: ['CLOSE'] },
    ]);
    expect(factsOf(rule)).toEqual(['kinds', 'fineFen']);
  });

  it('are refused in rulebook files when they say two things at once', () => {
    expect(conditionSchema.safeParse({ fact: 'x', is: 1, below: 2 }).success).toBe(false);
    expect(conditionSchema.safeParse({ all: [{ known: 'x' }] }).success).toBe(true);
  });
});
