import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Day, addDays, day, dayFromNumber, dayNumber, lastDay } from './day.ts';
import {
  type DivisionRow,
  currentDivisions,
  divisionRow,
  divisionTable,
  resolveDivision,
} from './divisions.ts';

function row(code: string, name: string, from: string | null, rest: Partial<DivisionRow> = {}) {
  return {
    code,
    name,
    level: 'county',
    parent: null,
    validFrom: from === null ? null : day(from),
    validTo: null,
    replacedBy: [],
    kind: 'legal',
    source: 'test',
    ...rest,
  } satisfies DivisionRow;
}

const table = divisionTable([
  row('990101', '东河区', '1980-12-01', { validTo: day('1999-05-31') }),
  row('990101', '新河区', '1999-06-01', { validTo: day('2013-02-19'), replacedBy: ['990104'] }),
  row('990104', '中河区', '1980-12-01', { validTo: day('2020-07-02'), replacedBy: ['990113'] }),
  row('990113', '中河新区', '2020-07-03'),
  row('990102', '山下县', '1983-12-01', { validTo: day('1990-01-31') }),
  row('990102', '海口镇', '2003-12-01'),
  row('990191', '开发区等（未列入国家标准）', null, { kind: 'zone' }),
]);

describe('a division code looked up by date', () => {
  it('has the name of that day', () => {
    expect(resolveDivision(table, '990101', day('1999-05-31'))).toMatchObject({
      name: '东河区',
      status: 'in-force',
    });
    expect(resolveDivision(table, '990101', day('1999-06-01'))).toMatchObject({
      name: '新河区',
      status: 'in-force',
    });
  });

  it('is in force on its last day and ended on the day after, with the code in its place then', () => {
    expect(resolveDivision(table, '990101', day('2013-02-19')).status).toBe('in-force');
    expect(resolveDivision(table, '990101', day('2013-02-20'))).toEqual({
      code: '990101',
      name: '新河区',
      status: 'ended',
      kind: 'legal',
      successors: ['990104'],
    });
    expect(resolveDivision(table, '990101', day('2020-07-03')).successors).toEqual(['990113']);
  });

  it('is not-yet before its first day', () => {
    expect(resolveDivision(table, '990113', day('2020-07-02')).status).toBe('not-yet');
  });

  it('is unknown when no list has it, when it is a zone, and before the oldest list', () => {
    const anyDay = day('2010-01-01');
    const nothing = { code: '123456', name: null, status: 'unknown', kind: null, successors: [] };
    expect(resolveDivision(table, '123456', anyDay)).toEqual(nothing);
    expect(resolveDivision(table, '990191', anyDay)).toMatchObject({
      status: 'unknown',
      kind: 'zone',
    });
    expect(resolveDivision(table, '990101', day('1975-01-01')).status).toBe('unknown');
    expect(resolveDivision(table, '990102', day('1975-01-01')).status).toBe('not-yet');
  });

  it('names no successor when none is known', () => {
    expect(resolveDivision(table, '990102', day('1995-01-01'))).toMatchObject({
      status: 'ended',
      successors: [],
    });
  });

  it('leads to the codes in force today, for the unit that had the code on the day it was used', () => {
    expect(currentDivisions(table, '990101')).toEqual(['990113']);
    expect(currentDivisions(table, '990101', day('1985-01-01'))).toEqual(['990113']);
    expect(currentDivisions(table, '990113')).toEqual(['990113']);
    expect(currentDivisions(table, '990102')).toEqual(['990102']);
    expect(currentDivisions(table, '990102', day('1985-01-01'))).toEqual([]);
    expect(currentDivisions(table, '990191')).toEqual([]);
    expect(currentDivisions(table, '000000')).toEqual([]);
  });

  it('does not run for ever when two codes name each other as successor', () => {
    const circle = divisionTable([
      row('990201', '甲区', '1980-12-01', { validTo: day('1990-01-01'), replacedBy: ['990202'] }),
      row('990202', '乙区', '1980-12-01', { validTo: day('1991-01-01'), replacedBy: ['990201'] }),
    ]);
    expect(currentDivisions(circle, '990201')).toEqual([]);
  });

  it('refuses a table in which a code has two names on one day', () => {
    const rows = [
      row('990301', '甲区', '1980-12-01', { validTo: day('1990-06-01') }),
      row('990301', '乙区', '1990-06-01'),
    ];
    expect(() => divisionTable(rows)).toThrow(/overlap/);
  });
});

describe('a row of the code table', () => {
  it('is read from loaded cells, empty cells meaning not known', () => {
    const loaded = {
      code: '990101',
      name: '东河区',
      level: 'county',
      parent: '990100',
      validFrom: day('1980-12-01'),
      validTo: null,
      replacedBy: ['990104'],
      kind: 'legal',
      source: 'mca',
    };
    expect(divisionRow(loaded)).toEqual(loaded);
    const bare = { code: '990191', name: '区', level: 'county', kind: 'zone' };
    expect(divisionRow(bare)).toMatchObject({ validFrom: null, validTo: null, parent: null });
    expect(() => divisionRow({ ...loaded, kind: 'legend' })).toThrow(/kind/);
    expect(() => divisionRow({ ...loaded, level: 'street' })).toThrow(/level/);
  });
});

// Spans of one code end where the next may begin; successors only ever point to other codes.
const firstDayNumber = dayNumber(day('1980-12-01'));
const anyTable = fc
  .array(
    fc.record({
      spans: fc.array(fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 6 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      open: fc.boolean(),
      heirs: fc.array(fc.nat(5), { maxLength: 2 }),
    }),
    { minLength: 6, maxLength: 6 },
  )
  .map((codes) =>
    codes.flatMap(({ spans, open, heirs }, which) => {
      const code = `99010${which}`;
      let next = firstDayNumber;
      return spans.map((span, index): DivisionRow => {
        const from = dayFromNumber(next + span.gap * 2);
        const to = dayFromNumber(next + span.gap * 2 + span.length);
        next = dayNumber(to) + 1;
        const lasts = open && index === spans.length - 1;
        const replacedBy = heirs.map((heir) => `99010${heir}`).filter((other) => other !== code);
        const end = lasts ? {} : { validTo: to, replacedBy };
        return row(code, `第${which}区${index}`, from, end);
      });
    }),
  );
const anyDay = fc.integer({ min: -3, max: 60 }).map((n) => dayFromNumber(firstDayNumber + n));

function standing(rows: readonly DivisionRow[], code: string, on: Day): DivisionRow[] {
  return rows.filter(
    (r) => r.code === code && r.validFrom! <= on && (r.validTo === null || r.validTo >= on),
  );
}

describe('any table and any day', () => {
  it('gives the one row that covers the day, and else says ended exactly when one lies behind', () => {
    fc.assert(
      fc.property(anyTable, anyDay, (rows, on) => {
        const built = divisionTable(rows);
        for (const { code } of rows) {
          const found = resolveDivision(built, code, on);
          const covering = standing(rows, code, on);
          expect(covering.length).toBeLessThanOrEqual(1);
          if (covering[0]) {
            expect(found).toMatchObject({ status: 'in-force', name: covering[0].name });
          } else {
            const behind = rows.some(
              (r) => r.code === code && r.validTo !== null && r.validTo < on,
            );
            expect(found.status === 'ended').toBe(behind);
          }
        }
      }),
    );
  });

  it('never names a successor that is not in force on that day, nor the code itself', () => {
    fc.assert(
      fc.property(anyTable, anyDay, (rows, on) => {
        const built = divisionTable(rows);
        for (const { code } of rows) {
          const { status, successors } = resolveDivision(built, code, on);
          if (status !== 'ended') expect(successors).toEqual([]);
          for (const next of successors) {
            expect(standing(rows, next, on)).toHaveLength(1);
            expect(next).not.toBe(code);
          }
          for (const now of currentDivisions(built, code)) {
            expect(standing(rows, now, lastDay)).toHaveLength(1);
          }
        }
      }),
    );
  });

  it('answers the same the day after unless a row begins or ends in between', () => {
    fc.assert(
      fc.property(anyTable, anyDay, (rows, on) => {
        const built = divisionTable(rows);
        const next = addDays(on, 1);
        const quiet = rows.every((r) => r.validFrom !== next && r.validTo !== on);
        fc.pre(quiet);
        for (const { code } of rows) {
          expect(resolveDivision(built, code, next)).toEqual(resolveDivision(built, code, on));
        }
      }),
    );
  });
});
