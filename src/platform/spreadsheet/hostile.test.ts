/**
 * Hostile input: nothing throws, nothing hangs, nothing grows. What is expected of any bytes at all is
 * a refusal, or rows and problems; and the same ones however the bytes arrive.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, it, test } from 'vitest';
import { fixtures } from '../../../tests/fixtures/tables/make.ts';
import { inPieces, readAll } from '../../../tests/fixtures/tables/read-all.ts';
import { textRow, workbook } from '../../../tests/fixtures/tables/workbook.ts';
import { type ZipEntry, zipOf } from '../../../tests/fixtures/tables/zip.ts';
import { type Limits, openTable } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Small limits reach every border with little input. */
const small: Partial<Limits> = {
  cellCharsMax: 12,
  recordCharsMax: 60,
  columnsMax: 6,
  batchRows: 3,
  blockBytes: 16,
  headerRows: 2,
};

const secondsMax = 10;

async function readFileOf(bytes: Uint8Array, limits: Partial<Limits> = small) {
  const path = join(folder, 'case');
  writeFileSync(path, bytes);
  const started = performance.now();
  const read = await readAll({ path }, { limits });
  expect(performance.now() - started).toBeLessThan(secondsMax * 1_000);
  return read;
}

/** Changes to bytes: overwrite, remove, insert, repeat, cut off. */
const change = fc.record({
  how: fc.constantFrom('set', 'remove', 'insert', 'repeat', 'end'),
  at: fc.nat(),
  count: fc.integer({ min: 1, max: 12 }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
    fc.constantFrom(
      ...['"', '\n', '\r', ',', '<', '>', '&', '{', '[', '}', ']', '\\', '\0', '\u{20bb7}'].map(
        (text) => Buffer.from(text),
      ),
    ),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(given: Uint8Array, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(given);
  for (const { how, at, count, bytes: other } of changes) {
    const place = bytes.length === 0 ? 0 : at % bytes.length;
    const before = bytes.subarray(0, place);
    const after = bytes.subarray(Math.min(bytes.length, place + count));
    if (how === 'end') bytes = Buffer.from(before);
    else if (how === 'remove') bytes = Buffer.concat([before, after]);
    else if (how === 'set') bytes = Buffer.concat([before, Buffer.from(other), after]);
    else if (how === 'insert')
      bytes = Buffer.concat([before, Buffer.from(other), bytes.subarray(place)]);
    else bytes = Buffer.concat([bytes, before]);
  }
  return bytes;
}

const names = Object.keys(fixtures);
const textNames = names.filter((name) => !fixtures[name]!.subarray(0, 2).equals(Buffer.from('PK')));
const zipNames = names.filter((name) => !textNames.includes(name));
const changes = fc.array(change, { minLength: 1, maxLength: 4 });

describe('changed bytes never throw and never hang', () => {
  test('in text formats', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...textNames), changes, async (name, list) => {
        const bytes = apply(fixtures[name]!, list);
        const started = performance.now();
        await readAll(inPieces(bytes), { limits: small });
        expect(performance.now() - started).toBeLessThan(secondsMax * 1_000);
      }),
      { numRuns: 3_000 },
    );
  });

  test('in containers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zipNames), changes, async (name, list) => {
        await readFileOf(apply(fixtures[name]!, list));
      }),
      { numRuns: 1_000 },
    );
  });

  test('in the XML within sound containers', async () => {
    const sheet = Buffer.from(
      '<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData>' +
        textRow(1, ['名称', '代码', '日期']) +
        '<row r="2" hidden="1"><c r="A2" t="s"><v>0</v></c><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" s="1"><v>46083</v></c></row>' +
        '<row r="3"><c r="A3" t="inlineStr"><is><r><t>甲</t></r><rPh><t>x</t></rPh></is></c></row></sheetData>' +
        '<mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>',
    );
    const strings = Buffer.from('<si><t>a_x000D_&amp;</t></si>');
    const styles = Buffer.from(
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
    );
    await fc.assert(
      fc.asyncProperty(changes, fc.constantFrom(0, 1, 2), async (list, which) => {
        const pick = (index: number, bytes: Buffer) =>
          index === which ? apply(bytes, list) : bytes;
        const bytes = workbook({
          sheetPart: pick(0, sheet),
          strings: pick(1, strings).toString('latin1'),
          styles: pick(2, styles).toString('latin1'),
        });
        await readFileOf(bytes);
      }),
      { numRuns: 1_000 },
    );
  });

  test('in the headers of a container', async () => {
    const base = fixtures['strings.xlsx']!;
    const directory = base.lastIndexOf('PK\x01\x02', undefined, 'latin1');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(base.length - directory - 1),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        async (at, other) => {
          const bytes = Buffer.from(base);
          bytes.set(other.subarray(0, base.length - directory - at), directory + at);
          await readFileOf(bytes);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('the same bytes give the same rows and problems', () => {
  const marks = [
    '名',
    '样例',
    'a',
    '1',
    ',',
    ',',
    ';',
    '"',
    '"',
    '""',
    '\n',
    '\n',
    '\r',
    '\r\n',
    '\0',
    '\u0007',
    '𠮷',
    '\ufffd',
    '{',
    '}',
    ':',
    '\\',
  ];
  const texts = fc
    .array(fc.constantFrom(...marks), { minLength: 1, maxLength: 80 })
    .map((parts) => parts.join(''));
  const encoders: readonly ((text: string) => Buffer)[] = [
    (text) => Buffer.from(text),
    (text) => Buffer.from(`\ufeff${text}`),
    (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    (text) => Buffer.from(text, 'utf16le').swap16(),
  ];
  const bytesOf = fc.oneof(
    fc.tuple(texts, fc.constantFrom(...encoders)).map(([text, encode]) => encode(text)),
    fc
      .tuple(fc.constantFrom(...textNames), changes)
      .map(([name, list]) => apply(fixtures[name]!, list)),
    fc
      .array(fc.constantFrom(0x0a, 0x22, 0x2c, 0x30, 0x41, 0x81, 0xb0, 0xff), { maxLength: 80 })
      .map((list) => Buffer.from(list)),
  );
  const lengths = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 });
  const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 4, max: 60 }));

  test('wherever the stream is cut and however much is decoded at a time', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        bytesOf,
        lengths,
        sizes,
        async (bytes, pieces, [blockBytes, recordCharsMax]) => {
          const plain = (result: Awaited<ReturnType<typeof readAll>>) => ({
            refused: result.refused,
            encoding: result.encoding,
            rows: result.rows,
            // How far decoding runs ahead decides what is noticed first, not what is noticed.
            problems: result.problems.map((problem) => JSON.stringify(problem)).sort(),
          });
          // A small sample, the same for both, so that most of the text is met while reading rows.
          const limits = { ...small, sampleBytes: 24, recordCharsMax };
          const whole = await readAll(inPieces(bytes), {
            limits: { ...limits, blockBytes: 65_536 },
          });
          const parts = await readAll(inPieces(bytes, pieces), {
            limits: { ...limits, blockBytes },
          });
          expect(plain(parts)).toEqual(plain(whole));
          if (whole.rows.length > 1) read += 1;
        },
      ),
      {
        numRuns: 4_000,
        examples: [
          // A wrapping longer than a row may be was once taken for one in a large window only,
          [
            Buffer.from('{"total":2,"meta":{"a":[1,2]},"rows":[\0"a":"1"},{"a":"2"}],"after":[]}'),
            [],
            [1, 4],
          ],
          // and a quote closed late was judged by text that only a large window held.
          [
            Buffer.from(
              '名称,代码\n样例甲,1\n"样例乙,2\n样例丙,3\n样例丁,4\n名称,代码\n样例甲,1\n"样例乙,',
            ),
            [],
            [96, 32],
          ],
        ],
      },
    );
    expect(read).toBeGreaterThan(1_000);
  });

  test('no row of a text is lost: rows, blank ones included, are as many as a plain count gives', async () => {
    // Without quotes a record is a line: the count can be made without a reader.
    const lines = fc.array(fc.constantFrom('a,b', '', ',', '样例,1', 'x'.repeat(200), '1,2,3'), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n', '\r'), async (list, end) => {
        const result = await readAll(inPieces(Buffer.from(list.join(end) + end)), {
          limits: small,
        });
        if (result.refused !== null) return;
        const blank = Number(
          result.problems.find(({ kind }) => kind === 'blank-rows')?.detail ?? 0,
        );
        expect(result.rows.length + blank).toBe(list.length);
        expect(result.rows.map(({ row }) => row)).toEqual(
          list.flatMap((line, index) => (line === '' || line === ',' ? [] : [index + 1])),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is told of a file can be kept', () => {
  const storable = (value: unknown): boolean => !/[\0\p{Cs}]/u.test(JSON.stringify(value));
  // JSON.stringify writes both as escapes: looked for as such, too.
  const escaped = (value: unknown): boolean => /\\u(0000|d[89ab])/i.test(JSON.stringify(value));

  test('names of sheets and parts, formulas and broken rows hold no NUL and no half character', async () => {
    const sheets =
      '<sheet name="甲&#0;" sheetId="1" r:id="rId1"/><sheet name="乙&#0;" sheetId="2" r:id="rId2"/>';
    const rows = `${textRow(1, ['甲'])}<row r="2"><c><f>A&#0;${'𠮷'.repeat(150)}</f></c></row>`;
    const extra = [{ name: `../\0${'𠮷'.repeat(150)}`, data: '' }];
    const named = await readFileOf(workbook({ sheets, rows, extra }), {});
    expect(named.problems.map(({ kind }) => kind)).toEqual(['ignored-entry', 'several-sheets']);
    expect(named.table!.sheet).toBe('甲\ufffd');
    const twice = [
      { name: 'x\0', data: '' },
      { name: 'X\0', data: '' },
    ];
    const refused = await readFileOf(workbook({ extra: twice }), {});
    expect(refused.refused).toBe('table.suspicious');
    const broken = await readAll(inPieces(Buffer.from(`[{"a":\0 ${'𠮷'.repeat(60)}}] \0`)));
    expect(broken.problems).toMatchObject([{ kind: 'damaged', detail: '\ufffd' }]);
    const told = [named.problems, named.rows[1]!.problems, named.table!.sheet, refused.params];
    for (const value of [...told, broken.problems, broken.rows]) {
      expect(storable(value), JSON.stringify(value)).toBe(true);
      expect(escaped(value), JSON.stringify(value)).toBe(false);
    }
  });
});

describe('bombs', () => {
  it('refuses a part that inflates too much, without inflating it', async () => {
    const rows =
      textRow(1, ['甲']) +
      `<row r="2"><c t="inlineStr"><is><t>${' '.repeat(2_000_000)}</t></is></c></row>`;
    const bytes = workbook({ rows });
    const tight = { ratioFromBytes: 1_000_000, ratioMax: 100 };
    const read = await readFileOf(bytes, tight);
    expect(read.refused).toBe('table.suspicious');
    // Within the limits the cell is cut and the file is read.
    const loose = await readFileOf(bytes, {});
    expect(loose.rows[1]!.problems![0]!.kind).toBe('cell-too-long');
    expect(loose.cells[1]![0]!.length).toBe(32_767);
  });

  it('refuses parts beyond their size, and containers with too many entries', async () => {
    const bytes = workbook({ rows: textRow(1, ['甲'.repeat(500)]), strings: '<si><t>x</t></si>' });
    expect((await readFileOf(bytes, { sheetBytesMax: 300 })).refused).toBe('table.too-large');
    expect((await readFileOf(bytes, { partBytesMax: 50 })).refused).toBe('table.too-large');
    expect((await readFileOf(bytes, { entriesMax: 3 })).refused).toBe('table.suspicious');
  });

  it('refuses shared strings beyond their memory, and says what to do', async () => {
    const strings = `<si><t>${'样'.repeat(100)}</t></si>`.repeat(100);
    const bytes = workbook({ rows: textRow(1, ['甲']), strings });
    const read = await readFileOf(bytes, { sharedStringsBytesMax: 20_000 });
    expect(read.refused).toBe('table.shared-strings-too-large');
    expect((await readFileOf(bytes, { sharedStringsBytesMax: 40_000 })).refused).toBeNull();
  });

  it('gives up a row of endless cells and an element of endless depth', async () => {
    const many = workbook({ rows: `<row r="1">${'<c r="A1"/>'.repeat(40_000)}</row>` });
    expect((await readFileOf(many, {})).problems[0]).toMatchObject({ kind: 'damaged' });
    const deep = workbook({ sheetPart: '<a>'.repeat(100_000) });
    expect((await readFileOf(deep, {})).refused).toBe('table.damaged');
  });

  it('does not add up wide rows to a large batch', async () => {
    const rows = Array.from(
      { length: 260 },
      (_, index) => `<row r="${index + 1}"><c r="AMJ${index + 1}"><v>1</v></c></row>`,
    );
    const path = join(folder, 'wide');
    writeFileSync(path, workbook({ rows: rows.join('') }));
    const opened = await openTable({ path });
    if (!opened.ok) throw new Error('refused');
    let count = 0;
    for await (const batch of opened.value.batches()) {
      expect(batch.length).toBeLessThanOrEqual(64);
      count += batch.length;
    }
    expect(count).toBe(260);
  });

  it('asks merged ranges that overlap by the thousand in bounded time', async () => {
    const ranges = Array.from({ length: 9_000 }, () => '<mergeCell ref="A1:XFD1048576"/>').join('');
    const rows = Array.from({ length: 2_000 }, (_, index) => textRow(index + 1, ['甲'])).join('');
    const read = await readFileOf(
      workbook({ rows, after: `<mergeCells>${ranges}</mergeCells>` }),
      {},
    );
    expect(read.rows.length).toBe(2_000);
    expect(read.rows[5]!.problems).toContainEqual({ column: null, kind: 'merged-cell' });
    expect(read.problems.at(-1)).toMatchObject({ kind: 'more-problems', detail: 'merged-cell' });
  });

  it('lists no more than a hundred problems of a kind', async () => {
    const extra: ZipEntry[] = Array.from({ length: 300 }, (_, index) => ({
      name: `../${index}`,
      data: '',
    }));
    const read = await readFileOf(workbook({ rows: textRow(1, ['甲']), extra }), {});
    expect(read.problems.length).toBe(101);
    expect(read.problems.at(-1)).toEqual({
      kind: 'more-problems',
      place: 'part:../100',
      detail: 'ignored-entry',
    });
  });

  it('is not slowed down by a sender who drips single bytes', async () => {
    const bytes = Buffer.from(`a,b\n${'样例,1\n'.repeat(3_000)}`);
    const drip = Readable.from([...bytes].map((byte) => Buffer.from([byte])));
    const read = await readAll({ stream: () => drip });
    expect(read.rows.length).toBe(3_001);
  });
});

describe('sources are released', () => {
  const openFiles = (): number => {
    const folder = '/proc/self/fd';
    try {
      return readdirSync(folder).length;
    } catch {
      return 0;
    }
  };

  test('when reading stops early, when a file is refused and when it is closed unread', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) =>
      textRow(index + 1, ['甲', String(index)]),
    );
    const sheet = join(folder, 'many.xlsx');
    writeFileSync(sheet, workbook({ rows: rows.join('') }));
    const text = join(folder, 'many.csv');
    writeFileSync(text, 'a,b\n'.repeat(200_000));
    const bad = join(folder, 'bad.xlsx');
    writeFileSync(bad, zipOf([{ name: 'x', data: 'y' }]));
    const before = openFiles();
    for (let round = 0; round < 20; round += 1) {
      for (const path of [sheet, text]) {
        const opened = await openTable({ path });
        if (!opened.ok) throw new Error('refused');
        if (round % 2 === 0)
          for await (const batch of opened.value.batches()) if (batch.length > 0) break;
        await opened.value.close();
      }
      expect((await openTable({ path: bad })).ok).toBe(false);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(openFiles()).toBeLessThanOrEqual(before + 1);
  });

  test('and a connection that breaks is a fault the caller hears of', async () => {
    const broken = new Readable({ read() {} });
    broken.push(Buffer.from('a,b\n1,2\n'.repeat(10_000)));
    setTimeout(() => broken.destroy(new Error('connection lost')), 20);
    await expect(readAll({ stream: () => broken })).rejects.toThrow('connection lost');
  });
});
