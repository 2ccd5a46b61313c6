import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fixturesFolder } from '../../../../tests/fixtures/tables/make.ts';
import { readAll } from '../../../../tests/fixtures/tables/read-all.ts';

const fixture = (name: string, options = {}) =>
  readAll({ path: join(fixturesFolder, name) }, options);

describe('strings', () => {
  test('shared and rich text is joined, phonetic guides are left out, escapes resolved', async () => {
    const { rows } = await fixture('strings.xlsx');
    expect(rows[0]).toEqual({ row: 1, cells: ['名称', ' 代码 '] });
    expect(rows[1]).toEqual({ row: 3, cells: ['样例甲', 'a\r\nb_x0041_ <&>\r'] });
    expect(rows[2]).toEqual({ row: 4, cells: ['', '乙'] });
  });

  test('a reference to a string that does not exist is reported', async () => {
    const { rows } = await fixture('strings.xlsx');
    expect(rows[3]).toEqual({
      row: 5,
      cells: ['', ''],
      problems: [{ column: 0, kind: 'bad-reference', text: '99' }],
    });
  });

  test('characters XML should not hold are reported like in any other text', async () => {
    const { rows } = await fixture('control-characters.xlsx');
    expect(rows[1]!.cells).toEqual(['a\u0007', '\ue234\ufffd']);
    expect(rows[1]!.problems!.map(({ column, kind }) => [column, kind])).toEqual([
      [0, 'nul'],
      [0, 'control'],
      [1, 'replacement-character'],
      [1, 'private-use'],
    ]);
    expect(rows[2]!.cells).toEqual(['\ufffd', '\ufffd']);
  });
});

describe('numbers and dates', () => {
  test('a number is given with its digits and marked, so that codes among them can be refused', async () => {
    const { rows } = await fixture('numbers.xlsx');
    expect(rows[1]!.cells[0]).toBe('913201000000000000');
    expect(rows[1]!.problems![0]).toEqual({
      column: 0,
      kind: 'numeric-cell',
      text: '9.13201000000000E17',
    });
    expect(rows[1]!.cells[5]).toBe('1.1');
  });

  test('dates are given as days, with the time where the format shows one', async () => {
    const { rows } = await fixture('numbers.xlsx');
    expect(rows[1]!.cells.slice(1, 5)).toEqual([
      '2026-03-02',
      '2026-03-02',
      '2026-03-02 18:00:00',
      '12:00:00',
    ]);
    expect(rows[1]!.problems!.slice(1, 5).every(({ kind }) => kind === 'numeric-date')).toBe(true);
  });

  test('the 29 February 1900 that never was is no date; its neighbours are right', async () => {
    const { rows } = await fixture('numbers.xlsx');
    expect(rows[2]!.cells).toEqual([
      '60',
      '1900-02-28',
      '1900-03-01',
      '1900-01-01',
      '2958466',
      '十',
    ]);
    expect(rows[2]!.problems!.map(({ kind }) => kind)).toEqual([
      'bad-date',
      'numeric-date',
      'numeric-date',
      'numeric-date',
      'bad-date',
      'bad-number',
    ]);
  });

  test('workbooks that count from 1904 give the same days', async () => {
    const { rows } = await fixture('date-1904.xlsx');
    expect(rows[1]!.cells).toEqual(['1904-01-01', '2026-03-02', '']);
  });

  test('logical values and errors are told apart from text', async () => {
    const { rows } = await fixture('numbers.xlsx');
    expect(rows[3]!.cells).toEqual(['TRUE', '', '2026-03-02', '', '', '']);
    expect(rows[3]!.problems).toEqual([
      { column: 0, kind: 'boolean-cell' },
      { column: 1, kind: 'error-value', text: '#N/A' },
      { column: 2, kind: 'numeric-date', text: '2026-03-02T00:00:00' },
    ]);
  });
});

describe('formulas', () => {
  test('are not evaluated, their last result is not used, and the formula is shown', async () => {
    const { rows } = await fixture('formulas.xlsx');
    expect(rows[1]).toEqual({
      row: 2,
      cells: ['', '', ''],
      problems: [
        { column: 0, kind: 'formula', text: 'HYPERLINK("http://example.invalid","甲")' },
        { column: 1, kind: 'formula', text: '1+1' },
      ],
    });
    expect(rows[2]!.problems).toEqual([{ column: 1, kind: 'formula', text: '' }]);
  });

  test('give their last result only where the caller allows it', async () => {
    const { rows } = await fixture('formulas.xlsx', { formulas: 'cached' });
    expect(rows[1]!.cells).toEqual(['甲', '2', '']);
    expect(rows[1]!.problems!.map(({ kind }) => kind)).toEqual([
      'formula-cached',
      'formula-cached',
      'numeric-cell',
    ]);
  });
});

describe('what a sheet hides', () => {
  test('merged cells mark every row they reach into', async () => {
    const { rows, problems } = await fixture('merged.xlsx');
    expect(rows.map((row) => row.problems?.length ?? 0)).toEqual([0, 1, 1, 0]);
    expect(rows[2]!.problems).toEqual([{ column: 0, kind: 'merged-cell', text: 'A2:A3' }]);
    expect(problems).toEqual([{ kind: 'merged-cell', place: 'range:A2:A3' }]);
  });

  test('the first visible sheet is read; hidden and further ones, hidden columns and rows are told', async () => {
    const read = await fixture('hidden.xlsx');
    expect(read.table!.sheet).toBe('明');
    expect(read.rows[1]!.problems).toEqual([{ column: null, kind: 'hidden-row' }]);
    expect(read.problems).toEqual([
      { kind: 'hidden-sheet', place: 'sheet:暗' },
      { kind: 'several-sheets', place: 'sheet:明', detail: '另' },
      { kind: 'hidden-column', place: 'column:B', detail: 'B:C' },
      { kind: 'hidden-row', place: 'row:2' },
    ]);
  });

  test('a sheet may be asked for by name', async () => {
    expect((await fixture('hidden.xlsx', { sheet: '另' })).table!.sheet).toBe('另');
    const missing = await fixture('hidden.xlsx', { sheet: '无' });
    expect(missing.refused).toBe('table.sheet-missing');
    expect(missing.params).toEqual({ sheet: '无', sheets: '暗、明、另' });
  });

  test('macros, links, embedded objects and climbing paths are named and left alone', async () => {
    const { problems, cells } = await fixture('companions.xlsm');
    expect(problems.map(({ kind }) => kind)).toEqual([
      'ignored-entry',
      'ignored-entry',
      'macros',
      'external-links',
      'embedded-objects',
    ]);
    expect(cells.length).toBe(2);
  });
});

describe('rows', () => {
  test('short rows are filled up, long ones marked, blank ones passed over', async () => {
    const { rows, problems } = await fixture('shifted.xlsx');
    expect(rows[1]!.problems).toEqual([{ column: null, kind: 'column-count', text: '4' }]);
    expect(rows[2]).toEqual({ row: 3, cells: ['乙', '', ''] });
    expect(problems).toContainEqual({ kind: 'blank-rows', place: 'file', detail: '1' });
  });

  test('repeated rows and cells, and cells without a place, are reported', async () => {
    const { rows } = await fixture('shifted.xlsx');
    expect(rows[3]).toMatchObject({ row: 5, cells: ['丙', '1', '2'] });
    expect(rows[3]!.problems).toEqual([{ column: null, kind: 'row-order', text: '3' }]);
    expect(rows[4]!.cells).toEqual(['丁', '', '']);
    expect(rows[4]!.problems).toEqual([
      { column: 0, kind: 'duplicate-cell', text: '戊' },
      { column: null, kind: 'bad-reference', text: '?' },
    ]);
  });

  test('prefixes, comments, CDATA and UTF-16 make no difference', async () => {
    expect((await fixture('prefixed.xlsx')).cells).toEqual([['<甲>&乙']]);
    expect((await fixture('utf16.xlsx')).cells).toEqual([['名称', '代码', '日期']]);
  });

  it('delivers what stands before the damage and says that there was more', async () => {
    for (const name of ['unclosed-xml.xlsx', 'unknown-entity.xlsx']) {
      const { cells, problems } = await fixture(name);
      expect(cells).toEqual([['甲']]);
      expect(problems).toMatchObject([{ kind: 'damaged', place: 'row:2' }]);
    }
  });

  test('a table of shared strings may begin with an empty one', async () => {
    expect((await fixture('empty-string-first.xlsx')).cells).toEqual([['甲', '', '', '甲']]);
  });

  it('cuts cells that are too long', async () => {
    const { rows } = await fixture('strings.xlsx', { limits: { cellCharsMax: 3 } });
    expect(rows[1]!.cells).toEqual(['样例甲', 'a\r\n']);
    // Sixteen characters; with escapes and entities they are forty-two, of which 3 × 12 are looked at.
    expect(rows[1]!.problems).toEqual([{ column: 1, kind: 'cell-too-long', text: '≥14' }]);
  });
});
