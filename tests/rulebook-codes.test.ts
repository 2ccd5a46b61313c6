/** Code tables and calendars of the rulebook: complete, without doubt, and equal to what others count. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calendarText, noticeYear } from '../scripts/rulebook/build-calendars.ts';
import { industryLines } from '../scripts/rulebook/build-industries.ts';
import { readTable } from '../scripts/rulebook/delimited.ts';
import { addWorkdays, covers, isWorkday } from '../src/kernel/calendar.ts';
import { day } from '../src/kernel/day.ts';
import { calendarFrom } from '../src/kernel/rulebook/tables.ts';
import { calendarSchema } from '../src/kernel/rulebook/codes.ts';
import { csv, root, rows, shared, sharedHere, tables, yamlOf } from './standard-files.ts';

/** Cells are compared after folding of width, blanks and case. */
function foldCell(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

describe('code tables', () => {
  it('are all there, each code once, days in order', () => {
    const expected =
      'divisions industries-2017 uscc-prefix enterprise-type subject-status subject-category certificate-type certificate-type-gat517 penalty-kind penalty-kind-2018 penalty-kind-2021 permit-kind permit-state procedure severity intent commitment-kind commitment-performance publication-kind contract-kind procurement-method null-words code-prefix-words legal-form compound-surnames script-variants document-bracket-variants operation';
    for (const id of expected.split(' ')) expect(tables.has(id), id).toBe(true);
    for (const [id, table] of tables) {
      expect(table.id).toBe(id);
      if (table.file !== undefined) continue;
      const codes = table.rows!.map((row) => row.code);
      expect(new Set(codes).size, id).toBe(codes.length);
    }
  });

  it('explain every further column they have', () => {
    for (const [id, table] of tables) {
      const columns = table.file
        ? Object.keys(csv(id)[0]!)
        : [...new Set(table.rows!.flatMap((row) => Object.keys(row)))];
      const usual = ['code', 'name', 'validFrom', 'validTo', 'replacedBy'];
      const further = columns.filter((name) => !usual.includes(name));
      expect(Object.keys(table.columns ?? {}), id).toEqual(expect.arrayContaining(further));
    }
  });

  it('understand every way of writing as one row only', () => {
    for (const [id, table] of tables) {
      if (!table.columns || !('aliases' in table.columns)) continue;
      const meaning = new Map<string, string>();
      for (const row of table.rows!) {
        const words = [row.code, row.name, ...((row['aliases'] as string[]) ?? [])];
        for (const word of new Set(words.map(foldCell))) {
          expect(meaning.get(word), `${id}: ${word}`).toBeUndefined();
          meaning.set(word, row.code);
        }
      }
    }
  });

  it('lead every external kind of penalty to kinds of the internal list', () => {
    const internal = new Set(rows('penalty-kind').map((row) => row.code));
    expect(internal.size).toBe(14);
    for (const id of ['penalty-kind-2018', 'penalty-kind-2021']) {
      for (const row of rows(id)) {
        const canonical = row['canonical'] as string[];
        expect(canonical.length).toBeGreaterThan(0);
        for (const kind of canonical) expect(internal.has(kind), kind).toBe(true);
      }
    }
    const provincial = rows('penalty-kind-2021').filter((row) => /^\d\d$/.test(row.code));
    expect(provincial.map((row) => row.code)).toEqual(
      [...Array(14).keys()].map((n) => String(n + 1).padStart(2, '0')),
    );
    expect(new Set(provincial.flatMap((row) => row['canonical'] as string[])).size).toBe(14);
  });

  it('know law firms, unions, collectives and owners among the holders of unified codes', () => {
    const pairs = new Set(rows('uscc-prefix').map((row) => row.code));
    for (const pair of [
      '11',
      '12',
      '31',
      '51',
      '54',
      '81',
      '91',
      '92',
      '93',
      'A1',
      'G1',
      'J1',
      'N2',
      'Y1',
    ]) {
      expect(pairs.has(pair), pair).toBe(true);
    }
    for (const pair of pairs) expect(pair).toMatch(/^[1-9AGJNQY][1-9]$/);
  });

  it('hold 20 sections, 97 divisions, 473 groups and 1,381 classes of industry', () => {
    const counts = new Map<string, number>();
    const codes = new Set<string>();
    for (const line of csv('industries-2017')) {
      counts.set(line['level']!, (counts.get(line['level']!) ?? 0) + 1);
      codes.add(line['code']!);
    }
    expect(Object.fromEntries(counts)).toEqual({
      section: 20,
      division: 97,
      group: 473,
      class: 1381,
    });
    expect(codes.size).toBe(1971);
    for (const line of csv('industries-2017')) {
      if (line['level'] !== 'section') expect(codes.has(line['parent']!), line['code']).toBe(true);
    }
  });

  it('turn traditional characters into simplified ones without doubt and without steps', () => {
    const variants = new Map(csv('script-variants').map((line) => [line['code']!, line['name']!]));
    expect(variants.size).toBeGreaterThan(2000);
    for (const [traditional, simplified] of variants) {
      expect([...traditional].length + [...simplified].length).toBe(2);
      expect(variants.has(simplified), simplified).toBe(false);
    }
    for (const doubtful of '乾著藉瞭夥麼後裏裡麵鬥穀幾隻鬆醜雲臺徵鍾餘於昇係繫範葉製準週') {
      expect(variants.has(doubtful), doubtful).toBe(false);
    }
  });

  it.skipIf(!sharedHere)('agree with published conversions character by character', () => {
    const variants = new Map(csv('script-variants').map((line) => [line['code']!, line['name']!]));
    const cases = JSON.parse(
      readFileSync(join(shared, 'test-vectors', 'script-conversion', 'opencc-cases.json'), 'utf8'),
    ) as { input: string; expected: Record<string, string> }[];
    let compared = 0;
    const wrong: string[] = [];
    for (const { input, expected } of cases) {
      const target = expected['t2s'];
      if (target === undefined || [...target].length !== [...input].length) continue;
      const simplified = [...target];
      [...input].forEach((character, at) => {
        const ours = variants.get(character);
        if (ours === undefined) return;
        compared += 1;
        if (ours !== simplified[at]) wrong.push(`${character} ${ours} ${simplified[at]}`);
      });
    }
    expect(compared).toBeGreaterThan(200);
    // Name characters that keep the old form in a name; the table is asked about organisations only.
    expect(wrong).toEqual([]);
  });
});

describe('the calendar', () => {
  const years = yamlOf('codes/calendar').map(({ data }) => calendarSchema.parse(data));
  const covered = years.filter((year) => year.notices.length > 0).map((year) => year.year);
  const calendar = calendarFrom(years);

  it('has every year from 2007 to 2026, and 2027 without days because no notice is out', () => {
    expect(covered).toEqual([...Array(20).keys()].map((n) => 2007 + n));
    const next = years.find((year) => year.year === 2027)!;
    expect([next.status, next.days]).toEqual(['draft', []]);
    expect(covers(calendar, day('2026-12-31'), day('2027-01-01'))).toBe(false);
  });

  it('counts working days over holidays and make-up days', () => {
    expect(addWorkdays(calendar, day('2025-09-28'), 7)).toEqual({
      due: '2025-10-14',
      provisional: false,
    });
    expect(isWorkday(calendar, day('2025-10-11'))).toBe(true);
    expect(isWorkday(calendar, day('2026-02-14'))).toBe(true);
    expect(addWorkdays(calendar, day('2026-12-30'), 7).provisional).toBe(true);
  });

  it.skipIf(!sharedHere)('agrees with a year worked out elsewhere', () => {
    const table = readTable(join(shared, 'holidays', 'workdays-2024.csv'));
    expect(table).toHaveLength(366);
    const wrong = table.filter(
      (line) =>
        isWorkday(calendar, day(line['date']!)) !== /^(1|true|yes)$/i.test(line['workday']!),
    );
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!sharedHere)('what the generators make of the public lists', () => {
  it('is the committed table of industries', () => {
    const source = readTable(join(shared, 'industries-gbt4754', 'industries-2017.csv'));
    expect(industryLines(source)).toEqual(csv('industries-2017'));
  });

  it('is the committed calendar of every year', () => {
    for (let year = 2007; year <= 2027; year += 1) {
      const text = readFileSync(join(shared, 'holidays', `${year}.json`), 'utf8');
      const committed = join(root, 'rulebook', 'codes', 'calendar', `${year}.yaml`);
      const made = calendarText(noticeYear.parse(JSON.parse(text)));
      expect(made).toBe(readFileSync(committed, 'utf8'));
    }
  });
});
