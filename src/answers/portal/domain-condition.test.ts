import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, factsOf } from '../../kernel/rules.ts';
import { conditionWords } from './domain-condition.ts';

const names = (fact: string, value: string) =>
  fact === 'procedure' && value === 'summary'
    ? { zh: '简易程序', en: 'summary' }
    : { zh: value, en: value };
const zh = (condition: Condition) => conditionWords(condition, names).zh;

describe('a condition in words', () => {
  it.each<[Condition, string]>([
    [{ fact: 'procedure', is: 'summary' }, '处罚程序为简易程序'],
    [{ fact: 'kinds', within: ['WARNING', 'CRITICISM'] }, '种类仅有WARNING、CRITICISM'],
    [{ fact: 'sector', in: ['fire'] }, '领域为fire'],
    [{ fact: 'kinds', has: ['FINE'] }, '种类含有FINE'],
    [{ fact: 'fineFen', atLeast: 100 }, '罚款金额（分）不低于100'],
    [{ fact: 'fineFen', below: 100 }, '罚款金额（分）低于100'],
    [{ known: 'procedure' }, '处罚程序已知'],
    [{ not: { fact: 'procedure', is: 'summary' } }, '不属于“处罚程序为简易程序”'],
    [{ all: [{ known: 'kinds' }, { known: 'sector' }] }, '种类已知，并且领域已知'],
    [{ any: [{ known: 'kinds' }, { known: 'sector' }] }, '种类已知，或者领域已知'],
  ])('%j', (condition, told) => {
    expect(zh(condition)).toBe(told);
  });

  it('names every fact it looks at, in both languages', () => {
    const fact = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
    const atom = fc.oneof(
      fact.map((name): Condition => ({ known: name })),
      fact.map((name): Condition => ({ fact: name, is: true })),
      fact.map((name): Condition => ({ fact: name, has: ['x', 'y'] })),
      fact.map((name): Condition => ({ fact: name, below: 7 })),
    );
    const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
        tie('condition').map((not) => ({ not })),
      ),
    }));
    fc.assert(
      fc.property(condition, (given) => {
        const told = conditionWords(given, names);
        for (const name of factsOf(given)) {
          expect(told.zh).toContain(name);
          expect(told.en).toContain(name);
        }
      }),
    );
  });
});
