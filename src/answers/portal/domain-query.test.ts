import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { residentIdCheck } from '../../kernel/identifiers/resident-id.ts';
import { usccAlphabet, usccCheck } from '../../kernel/identifiers/uscc.ts';
import { queryCharsMax, readQuery } from './domain-query.ts';

const tables = { nullWords: new Set(['无', '/']), prefixes: new Set(['91', '92', '11']) };
/** The refusal of a search; `doubtful` where only an organisation that bears the number saves it. */
const code = (typed: string) => {
  const read = readQuery(typed, tables);
  if (!read.ok) return read.refusal.code;
  return read.value.doubtful ? 'doubtful' : null;
};

describe('a search', () => {
  it('is read without the blanks and invisible characters around it', () => {
    expect(readQuery('\u200b 样例  食品\u0000 ', tables)).toEqual({
      ok: true,
      value: { text: '样例 食品', code: false, doubtful: false },
    });
  });

  it('in the form of a code is looked up as one', () => {
    for (const text of [
      '91320100MAXX000900',
      '91320100maxx000900',
      'MAXX00090',
      '320100000000000',
    ]) {
      expect(readQuery(text, tables), text).toMatchObject({ ok: true, value: { code: true } });
    }
    expect(readQuery('样例食品有限公司', tables)).toMatchObject({ value: { code: false } });
  });

  it.each([
    ['', 'portal.query-empty'],
    ['　\t\u0000', 'portal.query-empty'],
    ['样', 'portal.query-one-character'],
    ['𠮷', 'portal.query-one-character'],
    ['样 ', 'portal.query-one-character'],
    ['样'.repeat(queryCharsMax + 1), 'portal.query-too-long'],
    ['110101199003077758', 'portal.query-personal'],
    ['110101900307776', 'portal.query-personal'],
    ['110101 19900307 7758', 'portal.query-personal'],
    ['身份证号 110101199003077750', 'portal.query-personal'],
    ['13812345678', 'portal.query-personal'],
    ['电话 138 1234 5678', 'portal.query-personal'],
  ])('"%s" is refused: %s', (typed, refused) => {
    expect(code(typed)).toBe(refused);
  });

  it('with a slip in a code is still a search for an organisation', () => {
    // The check character is wrong; a letter in it says that it is no person's number.
    expect(code('91320100MAXX000901')).toBe(null);
  });

  it('that may be a code as well as a person’s number is marked as doubtful', () => {
    // Both check characters hold: an organisation's code that nobody may bear.
    expect(code('110101198009105137')).toBe('doubtful');
    expect(code('110101900307775')).toBe('doubtful');
    // An identity number with a slip in it.
    expect(code('110101199003077750')).toBe('doubtful');
  });

  it('of any length is read in a moment', () => {
    expect(code('1'.repeat(1_000_000))).toBe('portal.query-too-long');
    expect(code('1 '.repeat(500_000))).toMatch(/^portal\.query-/);
  });
});

describe('whatever is typed', () => {
  it('is read or refused, and a refusal repeats nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const read = readQuery(typed, tables);
        if (read.ok) {
          expect([...read.value.text].length).toBeGreaterThanOrEqual(2);
          // What is asked of the database is text it can hold.
          expect(/\p{Cs}/u.test(read.value.text)).toBe(false);
          expect(read.value.text).not.toContain('\0');
        } else expect(Object.values(read.refusal.params).every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('no identity number with a right check passes for an organisation without being one', () => {
    const two = (n: number) => String(n).padStart(2, '0');
    const id = fc
      .tuple(
        fc.constantFrom('110101', '320102', '440300', '510100'),
        fc.integer({ min: 1930, max: 2020 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 999 }),
      )
      .map(([area, year, month, date, order]) => {
        const first = `${area}${year}${two(month)}${two(date)}${String(order).padStart(3, '0')}`;
        return first + residentIdCheck(first)!;
      });
    const around = fc.constantFrom('', ' ', '样小例', '姓名样小例，证件', '查');
    fc.assert(
      fc.property(around, id, around, (before, number, after) => {
        const refused = ['portal.query-personal', 'doubtful'];
        expect(refused).toContain(code(`${before}${number}${after}`));
        expect(refused).toContain(code(number.replace(/(.{6})(.{8})/, '$1 $2 ')));
      }),
    );
  });

  it('no organisation’s code is taken for a person', () => {
    const part = fc.string({ unit: fc.constantFrom(...usccAlphabet), minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(fc.constantFrom('91', '92'), part, (pair, body) => {
        const first = `${pair}320100${body}`;
        expect(code(first + usccCheck(first)!)).not.toBe('portal.query-personal');
      }),
      { numRuns: 500 },
    );
  });
});
