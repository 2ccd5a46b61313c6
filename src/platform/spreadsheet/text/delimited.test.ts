import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fixturesFolder } from '../../../../tests/fixtures/tables/make.ts';
import { ofText, readAll } from '../../../../tests/fixtures/tables/read-all.ts';
import { recogniseDelimiter } from './delimited.ts';

const fixture = (name: string) => readAll({ path: join(fixturesFolder, name) });

describe('RFC 4180', () => {
  test.each([
    ['comma-in-quotes.csv', 1, ['样', '例', '样例路1号', '甲市, 乙区', '08123']],
    ['empty-cells.csv', 1, ['1', '', '']],
    ['empty-cells-crlf.csv', 2, ['2', '3', '4']],
    ['escaped-quotes.csv', 1, ['1', '甲 "乙" 丙']],
    ['json-in-cell.csv', 1, ['1', '{"类型": "点", "坐标": [102.0, 0.5]}']],
    ['coordinates.csv', 1, ['2095257564', '37°36\'37.8"N 121°2\'17.9"W', '甲市']],
    ['newlines.csv', 2, ['从前 \n有座山', '5', '6']],
    ['newlines-crlf.csv', 2, ['从前 \r\n有座山', '5', '6']],
    ['quotes-and-newlines.csv', 1, ['1', '甲 \n"乙" \n丙']],
    ['simple.csv', 1, ['1', '2', '3']],
    ['simple-crlf.csv', 1, ['1', '2', '3']],
    ['symbols.csv', 2, ['4', '5', 'ʤ']],
  ])('%s', async (name, index, cells) => {
    const read = await fixture(name);
    expect(read.cells[index]).toEqual(cells);
    expect(read.rows.every((row) => row.problems === undefined)).toBe(true);
  });
});

describe('line ends and blank rows', () => {
  test('mixed line ends are all read and reported once', async () => {
    const read = await fixture('mixed-line-ends.csv');
    expect(read.cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ]);
    expect(read.problems).toEqual([
      { kind: 'mixed-line-ends', place: 'file', detail: 'lf crlf cr' },
    ]);
  });

  test('blank rows are passed over but counted, so that numbers agree with a spreadsheet', async () => {
    const read = await fixture('blank-lines.csv');
    expect(read.rows.map((row) => row.row)).toEqual([3, 5, 8]);
    expect(read.problems).toContainEqual({ kind: 'blank-rows', place: 'file', detail: '6' });
  });

  test('a record of several lines counts as one row', async () => {
    const { rows } = await fixture('newlines.csv');
    expect(rows.map((row) => row.row)).toEqual([1, 2, 3, 4]);
  });
});

describe('rows that do not fit', () => {
  test('a row with more or fewer cells than the heading is marked with its count', async () => {
    const { rows } = await fixture('shifted.csv');
    expect(rows[1]!.problems).toEqual([{ column: null, kind: 'column-count', text: '4' }]);
    expect(rows[2]!.problems).toBeUndefined();
    expect(rows[3]!.problems).toEqual([{ column: null, kind: 'column-count', text: '1' }]);
  });

  test('a quote that is never closed costs its own row and no other', async () => {
    const { rows, cells } = await fixture('unclosed-quote.csv');
    expect(cells.map((row) => row[0])).toEqual(['名称', '样例甲', '"样例乙', '样例丙', '样例丁']);
    expect(rows.map((row) => row.problems?.[0]?.kind)).toEqual([
      undefined,
      undefined,
      'unclosed-quote',
      undefined,
      undefined,
    ]);
  });

  test('a forgotten quote before a quoted cell does not swallow the rows in between', async () => {
    const { rows, cells } = await fixture('unclosed-before-quoted.csv');
    expect(cells.map((row) => row[0])).toEqual(['名称', '"样例甲', '样例乙', '样例丙', '样例丁']);
    expect(rows[1]!.problems).toEqual([{ column: null, kind: 'unclosed-quote' }]);
    expect(rows[3]!.problems).toBeUndefined();
  });

  test('text behind a closing quote is kept and reported; blanks are only kept', async () => {
    const { rows, cells } = await fixture('stray-quote.csv');
    expect(cells.slice(1)).toEqual([
      ['样例甲', '1'],
      ['样例乙 ', '2'],
      ['样"例"丙', '3'],
    ]);
    expect(rows.map((row) => row.problems)).toEqual([
      undefined,
      [{ column: 0, kind: 'stray-quote' }],
      undefined,
      undefined,
    ]);
  });
});

describe('characters that should not be there', () => {
  test.each([
    ['nul.csv', 1, '样例甲', { column: 0, kind: 'nul', text: 'U+0000 ×1413' }],
    ['control.csv', 1, '样例\u007f甲', { column: 0, kind: 'control', text: 'U+007F' }],
    [
      'control.csv',
      2,
      '样例\u0007\u0007\u0085乙',
      { column: 0, kind: 'control', text: 'U+0007 ×2 U+0085' },
    ],
    ['private-use.csv', 1, '样例\ue234记', { column: 0, kind: 'private-use', text: 'U+E234' }],
    ['private-use.csv', 2, '样例\u{f0001}记', { column: 0, kind: 'private-use', text: 'U+F0001' }],
  ])('%s row %i', async (name, index, text, problem) => {
    const { rows } = await fixture(name);
    expect(rows[index]!.cells[0]).toBe(text);
    expect(rows[index]!.problems).toEqual([problem]);
    expect(rows.at(-1)!.problems).toBeUndefined();
  });

  test('rare characters beyond the basic plane are no problem', async () => {
    const { rows } = await readAll(ofText('名称\n\u{20bb7}记\u{2a6a5}\ud83d\ude00\n'));
    expect(rows[1]).toEqual({ row: 2, cells: ['\u{20bb7}记\u{2a6a5}\ud83d\ude00'] });
  });

  test('what looks like a formula is text like any other', async () => {
    const { rows } = await fixture('formula-like.csv');
    expect(rows[1]).toEqual({ row: 2, cells: ['=1+1', '@x'] });
  });
});

describe('separators', () => {
  test('are recognised in the heading, outside quotes', async () => {
    expect(recogniseDelimiter('a\tb,c\td\n')).toBe('\t');
    expect(recogniseDelimiter('\n\n a;b\n1,2,3,4\n')).toBe(';');
    expect(recogniseDelimiter('"x,y,z"|b')).toBe('|');
    expect(recogniseDelimiter('"a\n,,,b";c;d\n')).toBe(';');
    expect(recogniseDelimiter('"never closed;a;b\nc,d')).toBe(';');
    expect(recogniseDelimiter('一列')).toBe(',');
    expect((await fixture('quoted-delimiters-in-heading.csv')).cells[0]).toEqual([
      '名称;简称;别名',
      '代码',
    ]);
  });

  test('may be declared in the first line, as spreadsheets do, or by the sender', async () => {
    const read = await fixture('separator-line.csv');
    expect(read.rows).toEqual([
      { row: 2, cells: ['名称', '代码'] },
      { row: 3, cells: ['甲,乙', '1'] },
    ]);
    expect(read.problems[0]).toEqual({ kind: 'separator-line', place: 'row:1', detail: ';' });
    const told = await readAll(ofText('a,b|c\n1,2|3\n'), { delimiter: '|' });
    expect(told.cells).toEqual([
      ['a,b', 'c'],
      ['1,2', '3'],
    ]);
  });
});

describe('sizes', () => {
  const limits = { cellCharsMax: 10, recordCharsMax: 60, columnsMax: 8 };

  it('cuts a cell that is too long and says so', async () => {
    const { rows } = await readAll(ofText(`a,b\n${'x'.repeat(11)},1\n${'x'.repeat(10)},2\n`), {
      limits,
    });
    expect(rows[1]).toEqual({
      row: 2,
      cells: ['x'.repeat(10), '1'],
      problems: [{ column: 0, kind: 'cell-too-long', text: '11' }],
    });
    expect(rows[2]!.problems).toBeUndefined();
  });

  it('never cuts a surrogate pair in two', async () => {
    const { cells } = await readAll(ofText(`a\n${'x'.repeat(9)}\u{20bb7}y\n`), { limits });
    expect(cells[1]).toEqual(['x'.repeat(9)]);
  });

  it('passes over the rest of a line that is too long and reads the next one', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const { rows } = await readAll(ofText(`a,b${end}1,${'x'.repeat(500)}${end}2,3${end}`), {
        limits,
      });
      expect(rows.map((row) => row.row)).toEqual([1, 2, 3]);
      expect(rows[1]!.problems!.map((problem) => problem.kind)).toEqual([
        'record-too-long',
        'cell-too-long',
      ]);
      expect(rows[2]).toEqual({ row: 3, cells: ['2', '3'] });
    }
  });

  it('gives up a quote that reaches further than allowed at the end of its own line', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `行${index},${index}`);
    const { rows } = await readAll(ofText(`a,b\n"甲,1\n${lines.join('\n')}\n`), { limits });
    expect(rows[1]).toEqual({
      row: 2,
      cells: ['"甲', '1'],
      problems: [{ column: null, kind: 'unclosed-quote' }],
    });
    expect(rows.slice(2).map((row) => row.cells.join(','))).toEqual(lines);
  });

  it('reads a record exactly as long as allowed', async () => {
    const cells = ['x'.repeat(9), 'y'.repeat(9), 'z'.repeat(9)];
    const line = `${cells.join(',')}\n`;
    for (const [max, sound] of [
      [line.length, true],
      [line.length - 1, false],
    ] as const) {
      const { rows } = await readAll(ofText(`a,b,c\n${line}1,2,3\n`), {
        limits: { ...limits, recordCharsMax: max },
      });
      expect(rows[1]!.problems === undefined).toBe(sound);
      expect(rows[2]!.cells).toEqual(['1', '2', '3']);
    }
  });

  it('keeps no more columns than allowed', async () => {
    const { rows } = await readAll(ofText(`a,b\n${',x'.repeat(20)}\n`), { limits });
    expect(rows[1]!.cells.length).toBe(8);
    expect(rows[1]!.problems![0]).toEqual({ column: null, kind: 'record-too-long', text: '21' });
  });

  it('reports undecodable bytes even in what is passed over', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`名称,代码\n1,${'样'.repeat(100)}`),
      Buffer.from([0xff]),
      Buffer.from('\n2,3\n'),
    ]);
    const { Readable } = await import('node:stream');
    const { rows } = await readAll({ stream: () => Readable.from([bytes]) }, { limits });
    expect(rows[1]!.problems!.at(-1)).toEqual({ column: null, kind: 'undecodable', text: '×1' });
    expect(rows[2]).toEqual({ row: 3, cells: ['2', '3'] });
  });

  it('hands over batches of bounded size', async () => {
    const text = `a,b\n${'1,2\n'.repeat(2_500)}`;
    const { openTable } = await import('../index.ts');
    const opened = await openTable(ofText(text));
    if (!opened.ok) throw new Error('refused');
    const sizes: number[] = [];
    for await (const batch of opened.value.batches()) sizes.push(batch.length);
    expect(sizes).toEqual([1_000, 1_000, 501]);
  });
});

test('a quoted cell of two lines ends at its separator, whichever that is', async () => {
  for (const separator of [',', '\t', ';', '|']) {
    const row = ['样例甲', '"第一行\n第二行"', '2'];
    const read = await readAll(ofText(`a${separator}b${separator}c\n${row.join(separator)}\n`));
    expect(read.cells[1], JSON.stringify(separator)).toEqual(['样例甲', '第一行\n第二行', '2']);
  }
});
