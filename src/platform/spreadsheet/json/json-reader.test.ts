import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fixturesFolder } from '../../../../tests/fixtures/tables/make.ts';
import { inPieces, ofText, readAll } from '../../../../tests/fixtures/tables/read-all.ts';
import { unescapeJson } from './flat-object.ts';

const fixture = (name: string) => readAll({ path: join(fixturesFolder, name) });

describe('shapes of JSON', () => {
  test('a list of objects: keys become row 0, objects are counted from 1', async () => {
    const read = await fixture('list.json');
    expect(read.table!.format).toBe('json');
    expect(read.rows).toEqual([
      { row: 0, cells: ['名称', '代码', '备注'] },
      { row: 1, cells: ['样例甲', '91320100MAXX000900', ''] },
      { row: 2, cells: ['', '2', '一\n二'] },
    ]);
  });

  test('an object around the rows: what surrounds them is not read', async () => {
    const read = await fixture('rows.json');
    expect(read.table!.format).toBe('json');
    expect(read.cells).toEqual([['a'], ['1'], ['2']]);
    expect(read.problems).toEqual([]);
  });

  test('one object per line: a broken line costs that line only, rows are lines', async () => {
    const read = await fixture('objects.ndjson');
    expect(read.table!.format).toBe('ndjson');
    expect(read.rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [0, 'a', 'b'],
      [1, '1', '2'],
      [3, '', '3'],
      [4, '', ''],
      [5, '5', ''],
    ]);
    expect(read.rows[3]!.problems![0]).toMatchObject({ kind: 'malformed', column: null });
  });

  test('a single object is a table of one row', async () => {
    expect((await readAll(ofText('{"a":"1"}'))).cells).toEqual([['a'], ['1']]);
    expect((await readAll(ofText(' [] '))).rows).toEqual([]);
  });

  test('a list without its end is reported as cut off', async () => {
    const read = await fixture('truncated.json');
    expect(read.cells).toEqual([['a'], ['1'], ['2']]);
    expect(read.problems).toEqual([{ kind: 'truncated', place: 'row:2' }]);
  });

  test('two objects on one line have row numbers of their own, which only grow', async () => {
    const read = await readAll(ofText('{"a":"1"}{"a":"2"}\n{"a":"3"}\n\n\n{"a":"4"}'));
    expect(read.rows.map(({ row }) => row)).toEqual([0, 1, 2, 3, 5]);
  });

  test('what follows the list is reported, for it may be rows', async () => {
    for (const text of ['[{"a":"1"}] [{"a":"2"}]', '{"rows":[{"a":"1"}],"b":{"c":"}"}} x']) {
      const read = await readAll(ofText(text));
      expect(read.cells).toEqual([['a'], ['1']]);
      expect(read.problems).toMatchObject([{ kind: 'damaged', place: 'row:1' }]);
    }
    expect((await readAll(ofText('{"rows":[{"a":"1"}],"b":['))).problems).toEqual([
      { kind: 'truncated', place: 'row:1' },
    ]);
  });

  test('a missing comma is reported and both neighbours are read', async () => {
    const read = await readAll(ofText('[{"a":"1"}{"a":"2"},,{"a":"3"}]'));
    expect(read.cells).toEqual([['a'], ['1'], ['2'], ['3']]);
    expect(read.problems.map((problem) => problem.place)).toEqual(['row:2', 'row:3']);
  });
});

describe('values', () => {
  test('no digit of a number is lost, and nothing but single values is taken', async () => {
    const { rows } = await fixture('traps.json');
    expect(rows[1]!.cells).toEqual(['913201000000000001', 'true', '', '']);
    expect(rows[1]!.problems).toEqual([
      { column: 0, kind: 'numeric-cell', text: '913201000000000001' },
      { column: 1, kind: 'boolean-cell' },
    ]);
    expect(rows[2]!.cells).toEqual(['', '\ufffd', '1500', '']);
    expect(rows[2]!.problems).toEqual([
      { column: 0, kind: 'nested-value', text: '{"x":1}' },
      { column: 1, kind: 'undecodable', text: 'unpaired surrogate ×1' },
      { column: 2, kind: 'numeric-cell', text: '1.5e3' },
    ]);
  });

  test('a key repeated in one object keeps its first value and is reported', async () => {
    const { rows } = await fixture('traps.json');
    expect(rows[3]).toMatchObject({ cells: ['1', '', '', ''] });
    expect(rows[3]!.problems).toEqual([{ column: 0, kind: 'duplicate-key', text: 'a' }]);
  });

  test('what is no object, and what is no JSON, costs its row only', async () => {
    const { rows } = await fixture('traps.json');
    expect(rows.slice(5).map((row) => row.problems?.[0]?.kind)).toEqual([
      'malformed',
      'malformed',
      undefined,
    ]);
    expect(rows.at(-1)!.cells[0]).toBe('末');
  });

  test('a key that turns up after the heading was fixed is reported, its value not taken', async () => {
    const text = `${'{"a":"1"}\n'.repeat(3)}{"a":"2","z":"3"}\n`;
    const { rows } = await readAll(ofText(text), { limits: { headerRows: 3 } });
    expect(rows.at(-1)).toEqual({
      row: 4,
      cells: ['2'],
      problems: [{ column: null, kind: 'unknown-key', text: 'z' }],
    });
  });

  test('dangerous keys are keys like any other', async () => {
    const { cells } = await readAll(ofText('[{"__proto__":"1","constructor":"2"}]'));
    expect(cells).toEqual([
      ['__proto__', 'constructor'],
      ['1', '2'],
    ]);
  });

  test('escapes are resolved, invented ones refused', () => {
    expect(unescapeJson('\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e00')).toBe('"\\/\b\f\n\r\t一');
    expect(unescapeJson('\\x41')).toBeNull();
    expect(unescapeJson('\\u12')).toBeNull();
  });
});

describe('sizes', () => {
  const limits = { recordCharsMax: 100, cellCharsMax: 20 };

  it('passes over an object that is too long and reads the next one', async () => {
    const long = `{"a":"${'x'.repeat(5_000)}","b":{"c":["]","}"]}}`;
    for (const text of [`[{"a":"1"},${long},{"a":"2"}]`, `{"a":"1"}\n${long}\n{"a":"2"}`]) {
      const { rows } = await readAll(ofText(text), { limits });
      expect(rows.map((row) => row.cells[0])).toEqual(['a', '1', '', '2']);
      expect(rows[2]!.problems![0]).toMatchObject({ kind: 'record-too-long' });
    }
  });

  it('cuts values that are too long', async () => {
    const { rows } = await readAll(ofText(`[{"a":"${'x'.repeat(30)}"}]`), { limits });
    expect(rows[1]!.cells[0]).toBe('x'.repeat(20));
    expect(rows[1]!.problems).toEqual([{ column: 0, kind: 'cell-too-long', text: '30' }]);
  });
});

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
  fc.constant(null),
);
const row = fc.dictionary(fc.constantFrom('a', '名', 'c"d', 'e\\'), value, { minKeys: 1 });

test('objects of any texts come back as they were, in every shape, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('list', 'rows', 'lines', 'indented'),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }),
      async (rows, shape, lengths) => {
        const text = {
          list: JSON.stringify(rows),
          rows: JSON.stringify({ count: rows.length, rows }),
          lines: rows.map((item) => JSON.stringify(item)).join('\n'),
          indented: JSON.stringify(rows, null, 2),
        }[shape];
        const read = await readAll(inPieces(Buffer.from(text), lengths), {
          limits: { blockBytes: 1 + (lengths[0] ?? 64), sampleBytes: 8 },
        });
        const heading = read.cells[0] ?? [];
        const back = read.cells.slice(1);
        const wanted = rows
          .map((item) => heading.map((key) => item[key] ?? ''))
          .filter((cells) => cells.some((cell) => cell !== ''));
        const shown = back.filter((cells) => cells.some((cell) => cell !== ''));
        expect(shown).toEqual(wanted);
      },
    ),
    { numRuns: 400 },
  );
});
