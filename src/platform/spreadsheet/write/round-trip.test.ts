import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { inPieces, readAll } from '../../../../tests/fixtures/tables/read-all.ts';
import { sharedJson } from '../../../../tests/shared-data.ts';
import { type CsvOptions, writeCsv, writeXlsx } from '../index.ts';
import { changesInGb18030, encodeGb18030 } from './gb18030.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A target that keeps what is written. */
function keeper(): { readonly target: Writable; readonly bytes: () => Buffer } {
  const parts: Buffer[] = [];
  const target = new Writable({
    write(chunk: Buffer, _, done) {
      parts.push(chunk);
      done();
    },
  });
  return { target, bytes: () => Buffer.concat(parts) };
}

type Rows = readonly (readonly string[])[];

async function csvBytes(rows: Rows, options: CsvOptions): Promise<Buffer> {
  const { target, bytes } = keeper();
  await writeCsv(target, rows, options);
  return bytes();
}

async function throughXlsx(rows: Rows) {
  const path = join(folder, 'round.xlsx');
  const [header, ...rest] = rows;
  const written = await writeXlsx(path, { sheet: '数据', header: header!, rows: rest });
  expect(written.ok).toBe(true);
  return readAll({ path });
}

/** What a reader may show of a text: NULs removed, halves of pairs replaced. */
function shown(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\0', '');
}

function blank(row: readonly string[]): boolean {
  return row.every((cell) => cell === '');
}

/** Without the empty cells at the end, which a sheet does not have. */
function trimmed(row: readonly string[]): readonly string[] {
  const last = row.findLastIndex((cell) => cell !== '');
  return row.slice(0, last + 1);
}

const awkward = fc.constantFrom(
  '=1+1',
  '+1',
  '-1',
  '@a',
  '"',
  '""',
  '"a',
  'a"b',
  ',',
  ';',
  '|',
  '\t',
  '\r',
  '\n',
  '\r\n',
  ' a ',
  'a\nb',
  '_x0041_',
  '_x000D_',
  '<a>&amp;',
  ']]>',
  "'",
  '[{"a":1}]',
  '{"a":1}',
  '<html>',
  'sep=;',
  'SEP=,',
  '%PDF-',
  '𠮷',
  '一',
  '€',
  '\u0007',
  '\u007f',
  '\ufffd',
  '\ue000',
  '\ufeff',
  '\u2028',
  '0123',
  '913201000000000001',
);
const piece = fc.oneof(
  awkward,
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
);
const anyText = fc.oneof(
  piece,
  fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('')),
);
const tableOf = (cell: fc.Arbitrary<string>) =>
  fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });

describe('any table survives writing and reading', () => {
  const delimiters = fc.constantFrom(',' as const, '\t' as const, ';' as const, '|' as const);

  test('as delimited text in UTF-8, in pieces of any size', async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(tableOf(anyText), delimiters, pieces, async (rows, delimiter, lengths) => {
        const bytes = await csvBytes(rows, { encoding: 'utf-8-bom', delimiter });
        const read = await readAll(inPieces(bytes, lengths), { delimiter });
        const expected = rows
          .map((row) => row.map(shown))
          .filter((row, i) => !blank(row) || !blank(rows[i]!));
        if (expected.every((row) => row.join('').trim() === '')) return;
        expect(read.cells).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test('as delimited text in GB18030', async () => {
    const faithful = anyText.filter((text) => !changesInGb18030(text));
    await fc.assert(
      fc.asyncProperty(tableOf(faithful), delimiters, async (rows, delimiter) => {
        const bytes = await csvBytes(rows, { encoding: 'gb18030', delimiter });
        const read = await readAll(inPieces(bytes), { delimiter, encoding: 'gb18030' });
        const expected = rows
          .map((row) => row.map(shown))
          .filter((row, i) => !blank(row) || !blank(rows[i]!));
        if (expected.every((row) => row.join('').trim() === '')) return;
        expect(read.cells).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('as delimited text in UTF-16 of either order', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(anyText), fc.boolean(), async (rows, bigEndian) => {
        const text = (await csvBytes(rows, { encoding: 'utf-8-bom' })).toString();
        const little = Buffer.from(text, 'utf16le');
        const read = await readAll(inPieces(bigEndian ? little.swap16() : little), {
          delimiter: ',',
        });
        const expected = rows
          .map((row) => row.map(shown))
          .filter((row, i) => !blank(row) || !blank(rows[i]!));
        if (expected.every((row) => row.join('').trim() === '')) return;
        expect(read.cells).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(tableOf(anyText), async (rows) => {
        const read = await throughXlsx(rows);
        const expected = rows.flatMap((row, index) =>
          blank(row) ? [] : [[index + 1, ...trimmed(row.map(shown))]],
        );
        expect(read.rows.map(({ row, cells }) => [row, ...trimmed(cells)])).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

const naughty = sharedJson<string[]>('test-vectors/strings/blns.json');

describe.skipIf(naughty === null)('the big list of naughty strings', () => {
  const rows = [['编号', '文字'], ...(naughty ?? []).map((text, index) => [String(index), text])];

  test('survives a workbook', async () => {
    const read = await throughXlsx(rows);
    expect(rows.length).toBeGreaterThan(500);
    expect(read.cells).toEqual(rows);
  });

  test.each(['utf-8-bom', 'gb18030'] as const)(
    'survives delimited text in %s',
    async (encoding) => {
      const read = await readAll(inPieces(await csvBytes(rows, { encoding })));
      const unfaithful =
        encoding === 'gb18030' ? rows.filter((row) => row.some(changesInGb18030)) : [];
      expect(read.cells.filter((_, index) => !unfaithful.includes(rows[index]!))).toEqual(
        rows.filter((row) => !unfaithful.includes(row)),
      );
      expect(unfaithful.length).toBeLessThan(3);
    },
  );
});

describe('GB18030', () => {
  test('carries every character of Unicode except those that are counted', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true });
    const changed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = String.fromCodePoint(code);
      if ((decoder.decode(encodeGb18030(`a${text}`)) === `a${text}`) === changesInGb18030(text)) {
        changed.push(code.toString(16));
      }
    }
    expect(changed).toEqual([]);
  });

  test('says how many cells it could not carry', async () => {
    const { target } = keeper();
    const summary = await writeCsv(target, [['\ue78d', 'a', '\ud800']], { encoding: 'gb18030' });
    expect(summary).toEqual({ rows: 1, changedCells: 2 });
  });
});

describe('for spreadsheet programs', () => {
  test('a cell that would be a formula gets an apostrophe, others are left alone', async () => {
    const rows = [['=1+1', '+1', '-1', '@a', '\ta', '\ra', '＝1', "'a", 'a=1', '1-1']];
    const guarded = await csvBytes(rows, { encoding: 'utf-8-bom', forSpreadsheet: true });
    expect((await readAll(inPieces(guarded))).cells).toEqual([
      ["'=1+1", "'+1", "'-1", "'@a", "'\ta", "'\ra", "'＝1", "'a", 'a=1', '1-1'],
    ]);
    const plain = await csvBytes(rows, { encoding: 'utf-8-bom' });
    expect((await readAll(inPieces(plain))).cells).toEqual(rows);
  });
});
