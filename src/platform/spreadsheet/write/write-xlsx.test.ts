import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { readAll } from '../../../../tests/fixtures/tables/read-all.ts';
import { type SheetContent, notesMax, writeXlsx } from '../index.ts';
import { ProblemList } from '../problems.ts';
import { defaultLimits } from '../table.ts';
import { SaxesParser } from 'saxes';
import { openZip } from '../xlsx/zip-parts.ts';
import { sheetName } from './workbook-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'a.xlsx');

const content: SheetContent = {
  sheet: '行政处罚',
  header: ['名称', '代码', '问题'],
  rows: [
    ['样例甲', '913201000000000001', '=1+1'],
    ['', '', '样例乙'],
  ],
  columnWidths: [30, 20],
  highlight: (row, column) => row === 3 && column < 2,
  comments: (row, column) => (row === 3 && column === 0 ? '名称必填 <请补>' : undefined),
};

async function partsOf(file: string): Promise<Map<string, string>> {
  const zip = await openZip(file, defaultLimits, new ProblemList());
  if (!zip.ok) throw new Error('no ZIP');
  const parts = new Map<string, string>();
  for (const name of zip.value.names()) {
    const pieces: Buffer[] = [];
    for await (const piece of zip.value.read(name)) pieces.push(piece);
    parts.set(name, Buffer.concat(pieces).toString());
  }
  await zip.value.close();
  return parts;
}

describe('a workbook', () => {
  test('is well-formed XML in every part, and every part is declared', async () => {
    await writeXlsx(path, content);
    const parts = await partsOf(path);
    for (const [name, xml] of parts) {
      expect(() => new SaxesParser({ xmlns: true }).write(xml).close(), name).not.toThrow();
    }
    const types = parts.get('[content_types].xml')!;
    for (const name of parts.keys()) {
      const extension = name.slice(name.lastIndexOf('.') + 1);
      const declared =
        types.toLowerCase().includes(`partname="/${name}"`) ||
        types.includes(`Extension="${extension}"`);
      expect(declared || name === '[content_types].xml', name).toBe(true);
    }
  });

  test('has text cells only, text format for whole columns and a heading that stays in sight', async () => {
    await writeXlsx(path, content);
    const sheet = (await partsOf(path)).get('xl/worksheets/sheet1.xml')!;
    expect(sheet).not.toContain('<f>');
    expect(sheet).not.toContain('<v>');
    expect(sheet).toContain('<col min="1" max="1" width="30" style="1" customWidth="1"/>');
    expect(sheet).toContain('state="frozen"');
    expect((await readAll({ path })).rows).toEqual([
      { row: 1, cells: ['名称', '代码', '问题'] },
      { row: 2, cells: ['样例甲', '913201000000000001', '=1+1'] },
      { row: 3, cells: ['', '', '样例乙'] },
    ]);
  });

  test('marks wrong cells, empty ones too, and notes what is wrong', async () => {
    await writeXlsx(path, content);
    const parts = await partsOf(path);
    const sheet = parts.get('xl/worksheets/sheet1.xml')!;
    expect(sheet).toContain('<c r="A3" s="3"/><c r="B3" s="3"/>');
    expect(parts.get('xl/comments1.xml')).toContain('<comment ref="A3" authorId="0">');
    expect(parts.get('xl/comments1.xml')).toContain('名称必填 &lt;请补&gt;');
    expect(parts.get('xl/drawings/vmldrawing1.vml')).toContain(
      '<x:Row>2</x:Row><x:Column>0</x:Column>',
    );
  });

  test('has the same bytes every time', async () => {
    const other = join(folder, 'b.xlsx');
    await writeXlsx(path, content);
    await writeXlsx(other, { ...content, rows: later(content.rows as string[][]) });
    expect(readFileSync(path).equals(readFileSync(other))).toBe(true);
  });
});

async function* later(rows: string[][]): AsyncGenerator<string[]> {
  for (const row of rows) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    yield row;
  }
}

describe('limits of a sheet', () => {
  test('cells are cut to what Excel opens, notes dropped beyond what memory allows, both counted', async () => {
    const written = await writeXlsx(path, {
      sheet: 's',
      header: ['a'],
      rows: Array.from({ length: notesMax + 10 }, (_, index) => [
        index === 0 ? 'x'.repeat(40_000) : 'y',
      ]),
      comments: (row) => (row > 1 ? '!' : undefined),
    });
    expect(written).toEqual({
      ok: true,
      value: { rows: notesMax + 10, cutCells: 1, droppedNotes: 10 },
    });
    const { cells } = await readAll({ path });
    expect(cells[1]![0]!.length).toBe(32_767);
  });

  test('a text of the greatest length made of characters that need escapes comes back whole', async () => {
    const text = '\r&'.repeat(16_383);
    await writeXlsx(path, { sheet: 's', header: ['a'], rows: [[text]] });
    const { rows } = await readAll({ path });
    expect(rows[1]).toEqual({ row: 2, cells: [text] });
  });

  test('more rows than a sheet has are refused', { timeout: 120_000 }, async () => {
    const written = await writeXlsx(sink(), {
      sheet: 's',
      header: ['a'],
      rows: manyRows(1_048_576),
    });
    expect(written).toEqual({
      ok: false,
      refusal: { code: 'table.sheet-full', params: { rowsMax: 1_048_575 } },
    });
  });

  test('names of sheets are made acceptable', () => {
    expect(sheetName('甲/乙:丙?[1]')).toBe('甲_乙_丙__1_');
    expect(sheetName('x'.repeat(40))).toBe('x'.repeat(31));
    expect(sheetName("''")).toBe('Sheet1');
    expect(sheetName(`${'x'.repeat(30)}𠮷`)).toBe('x'.repeat(30));
  });
});

function sink(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function* manyRows(count: number): Generator<string[]> {
  for (let index = 0; index < count; index += 1) yield [''];
}

describe('failures', () => {
  test('of the rows reach the caller', async () => {
    async function* broken(): AsyncGenerator<string[]> {
      yield ['1'];
      throw new Error('no more rows');
    }
    await expect(writeXlsx(sink(), { sheet: 's', header: ['a'], rows: broken() })).rejects.toThrow(
      'no more rows',
    );
  });

  test('of the target end the rows', async () => {
    let ended = false;
    function* endless(): Generator<string[]> {
      try {
        for (let index = 0; ; index += 1) yield [`${index * 7919}`.repeat(100)];
      } finally {
        ended = true;
      }
    }
    let room = 50_000;
    const target = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        room -= chunk.length;
        done(room < 0 ? new Error('disk full') : null);
      },
    });
    await expect(writeXlsx(target, { sheet: 's', header: ['a'], rows: endless() })).rejects.toThrow(
      'disk full',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ended).toBe(true);
  });
});
