/**
 * The table of division codes against the public lists it is built from (shared/data/admin-divisions).
 * Differences are allowed only where a reason is committed, and in all at most three in a hundred.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Line, readTable } from '../scripts/rulebook/delimited.ts';
import {
  differenceReasons,
  divisionDifferences,
  pairsOf,
} from '../scripts/rulebook/division-differences.ts';
import { divisionLine, divisionRows } from '../scripts/rulebook/division-rows.ts';
import { type Sources, readSources } from '../scripts/rulebook/division-sources.ts';
import { type Day, addDays, addMonths, day } from '../src/kernel/day.ts';
import {
  type DivisionRow,
  currentDivisions,
  divisionRow,
  divisionTable,
  resolveDivision,
} from '../src/kernel/divisions.ts';

const codes = join(import.meta.dirname, '..', 'rulebook', 'codes');
const lists = join(import.meta.dirname, '..', '..', 'shared', 'data', 'admin-divisions');
const listsHere = existsSync(lists);
if (!listsHere) console.warn('skipped: comparison with public lists, ../shared/data is absent');

function loaded(line: Line): DivisionRow {
  const { replacedBy, validFrom, validTo, ...rest } = line as Record<string, string>;
  return divisionRow({
    code: rest['code']!,
    name: rest['name']!,
    ...rest,
    ...(validFrom ? { validFrom: day(validFrom) } : {}),
    validTo: validTo ? day(validTo) : null,
    replacedBy: replacedBy ? replacedBy.split('|') : [],
  });
}

const lines = readTable(join(codes, 'divisions.csv'));
const rows = lines.map(loaded);
const table = divisionTable(rows);

describe('the table of division codes', () => {
  it('holds every code once a day, with parents, successors and days that exist in it', () => {
    const wrong = rows.filter(
      (row) =>
        !/^\d{6}$/.test(row.code) ||
        row.name === '' ||
        (row.parent !== null && !table.byCode.has(row.parent)) ||
        row.replacedBy.some((next) => !table.byCode.has(next)) ||
        (row.validTo === null && row.replacedBy.length > 0) ||
        (row.validTo !== null && !(row.validFrom! <= row.validTo)) ||
        (row.kind !== 'zone' && row.validFrom === null),
    );
    expect(wrong).toEqual([]);
  });

  it('has 31 provinces and the regions beside them in force, and nobody else above prefectures', () => {
    const now = rows.filter((r) => r.level === 'province' && r.validTo === null);
    expect(now).toHaveLength(34);
  });

  it.each([
    ['320103', '2012-06-01', '白下区', 'in-force', []],
    ['320103', '2014-01-01', '白下区', 'ended', ['320104']],
    ['320107', '2014-01-01', '下关区', 'ended', ['320106']],
    ['320112', '2003-01-01', '大厂区', 'ended', ['320116']],
    ['320123', '2003-01-01', '六合县', 'ended', ['320116']],
    ['320122', '2003-01-01', '江浦县', 'ended', ['320111']],
    ['320124', '2014-01-01', '溧水县', 'ended', ['320117']],
    ['320125', '2014-01-01', '高淳县', 'ended', ['320118']],
    ['320502', '2012-08-16', '沧浪区', 'in-force', []],
    ['320502', '2012-08-17', '沧浪区', 'ended', ['320508']],
    ['320503', '2013-01-01', '平江区', 'ended', ['320508']],
    ['320504', '2013-01-01', '金阊区', 'ended', ['320508']],
    ['320584', '2013-01-01', '吴江市', 'ended', ['320509']],
    ['320508', '2011-12-31', '姑苏区', 'not-yet', []],
    ['410728', '2020-01-01', '长垣县', 'ended', ['410783']],
    ['320594', '2020-01-01', '开发区等（未列入国家标准）', 'unknown', []],
    ['100000', '2020-01-01', '国家级登记管理机关（非行政区划）', 'unknown', []],
  ] as const)('%s on %s is %s, %s', (...[code, on, name, status, successors]) => {
    expect(resolveDivision(table, code, day(on))).toMatchObject({ name, status, successors });
  });

  it('leads an old code to several present ones, or through several changes to one', () => {
    expect(currentDivisions(table, '320586')).toEqual(['320506', '320507']);
    // 铜山县 → 铜山区; 海门县 → 海门市 → 海门区, with a code of a directly governed city in between.
    expect(currentDivisions(table, '320625')).toEqual(['320614']);
    expect(currentDivisions(table, '320323')).toEqual(['320312']);
  });

  it('gives only reasons for differences that are explained', () => {
    for (const line of readTable(join(codes, 'divisions-differences.csv'))) {
      expect(Object.keys(differenceReasons)).toContain(line['reason']);
    }
  });
});

describe.skipIf(!listsHere)('the table against the public lists', () => {
  const sources: Sources = listsHere
    ? readSources(lists, join(codes, 'divisions-known-changes.csv'))
    : { spans: [], editions: new Map(), newest: new Map(), zoneParts: [], known: [] };

  it('is what the generator makes of them today', () => {
    expect(divisionRows(sources).map(divisionLine)).toEqual(
      lines.map((line) => divisionLine(loaded(line))),
    );
  });

  it('differs from (code, edition) pairs in at most 3 % and only for committed reasons', () => {
    const differences = divisionDifferences(sources, table);
    const committed = readTable(join(codes, 'divisions-differences.csv'));
    expect(differences.map((d) => ({ ...d, editions: String(d.editions) }))).toEqual(committed);
    const pairs = pairsOf(sources).length;
    const byReason = new Map<string, number>();
    for (const { reason, editions } of differences) {
      byReason.set(reason, (byReason.get(reason) ?? 0) + editions);
    }
    const differing = [...byReason.values()].reduce((sum, count) => sum + count, 0);
    console.log(`${differing} of ${pairs} pairs differ`, Object.fromEntries(byReason));
    expect(pairs).toBeGreaterThan(300_000);
    expect(differing / pairs).toBeLessThanOrEqual(0.03);
  });

  it('agrees as well when each edition is taken as the state of the last day of its month', () => {
    const endOfMonth = (on: Day): Day => addDays(addMonths(on, 1), -1);
    // Only the first and the last edition of every span, the hardest ones.
    const ends = pairsOf(sources).filter(
      ({ span, label }) => label === span.first || label === span.last,
    );
    const wrong = ends.filter(({ span, on }) => {
      const found = resolveDivision(table, span.code, endOfMonth(on));
      return found.status !== 'in-force' || found.name !== span.name;
    });
    console.log(`${wrong.length} of ${ends.length} first and last editions differ`);
    expect(wrong.length / ends.length).toBeLessThanOrEqual(0.03);
  });

  it('knows every region part of the unified codes that no list has, as a zone', () => {
    for (const part of sources.zoneParts) {
      expect(['zone', 'statistics']).toContain(
        resolveDivision(table, part, day('2020-01-01')).kind,
      );
    }
  });
});
