import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../../kernel/day.ts';
import { editionsOf } from '../../../kernel/rulebook/rulebook.ts';
import { rulebookFromFiles } from '../../../app/commands/context.ts';
import { type Checker, compileChecker } from './domain-row.ts';
import { makeCheckTables } from './tables.ts';
import type { CheckedRow } from './domain.ts';

const today = '2026-11-23' as Day;
const rulebook = await rulebookFromFiles();
const tables = makeCheckTables(rulebook, today);
const standards = editionsOf(rulebook, 'standard').map(({ document }) => document);

const makeFor = (standard: (typeof standards)[number]): Checker =>
  compileChecker({ standard, columns: standard.fields, tables, today });

const cell = fc.constantFrom(
  '',
  '无',
  '2026/03/02',
  '2026.3.2',
  '46083',
  '2099/12/31',
  '2062/03/02',
  '罚款',
  '警告；罚款',
  '其他',
  '其他-责令改正',
  '0.2',
  '2000',
  '罚款2000元',
  '91329900MAXX000150',
  '92329900MAXX00015J',
  '11320100MBXX00019X',
  '00000000000000000X',
  '法人及非法人组织',
  '个体工商户',
  '自然人',
  '样例市样例1号商贸有限公司',
  '样罚〔2026〕1号',
  '样罚[2026]第1号',
  '联系电话13800000000',
  '样'.repeat(300),
);

/** Everything a row's check tells, whoever asks for it. */
const told = (checked: CheckedRow) => ({
  verdict: checked.verdict,
  natural: checked.natural,
  findings: checked.findings,
  heldShow: checked.heldShow,
  cells: checked.cells,
  values: checked.content.values(),
  facts: ['kinds', 'fineFen', 'decidedOn', 'subjectCategory', 'subjectCodePlaceholder'].map(
    (name) => checked.content.fact(name),
  ),
});

describe('checking a row', () => {
  it('tells the same whatever rows were checked before it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...standards),
        fc.array(fc.array(cell, { minLength: 10, maxLength: 34 }), { minLength: 2, maxLength: 12 }),
        (standard, rows) => {
          const used = makeFor(standard);
          for (const [index, cells] of rows.entries()) {
            const alone = makeFor(standard).check(index, cells);
            expect(told(used.check(index, cells))).toEqual(told(alone));
          }
          const [first] = rows;
          expect(told(used.check(0, first!))).toEqual(told(makeFor(standard).check(0, first!)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts the cells the standard wants, and those of them that say something', () => {
    const standard = standards.find(({ id, edition }) => id === 'cf-legal' && edition === '2019')!;
    const always = standard.fields.filter(({ required }) => required === 'always').length;
    const empty = makeFor(standard).check(
      1,
      standard.fields.map(() => ''),
    );
    // An organisation's representative is wanted, too: only an individual business does without.
    expect(empty.cells).toEqual({ required: always + 1, filled: 0 });
    const kinds = standard.fields.findIndex(({ role }) => role === 'kinds');
    const fined = makeFor(standard).check(
      1,
      standard.fields.map((_, at) => (at === kinds ? '罚款' : '')),
    );
    // A fine wants its amount: one cell more is wanted, and one of all is filled.
    expect(fined.cells).toEqual({ required: always + 2, filled: 1 });
  });
});
