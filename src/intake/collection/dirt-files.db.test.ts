/**
 * Files as they are not supposed to arrive, run through the whole of collection. What must come out is
 * said by design §6: a bad row never refuses its file, a sound row is never lost, nothing is silent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import {
  brokenJson,
  formatFiles,
  refusedFiles,
  sheetFiles,
  textFiles,
} from '../../../tests/fixtures/dirt/files.ts';
import { register } from '../../../tests/fixtures/dirt/rows.ts';
import { wordsOf } from '../../app/messages.ts';
import { sql } from '../../platform/db/index.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { fileProblems } from './index.ts';

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, Object.values(register));
});
afterAll(() => city.drop());

type Row = { row: number; outcome: string; codes: string[] };

/** Collects a file; gives outcome letters in row order, the codes of row `dirty`, and its problems. */
async function collected(bytes: Buffer, dirty = 3) {
  const report = await collectText(city, bytes, { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const { batch, errorFile } = report.value;
  const rows = await city.database.query<Row>(sql`
    select row_no::int as row, outcome, coalesce(codes, '{}') as codes
    from collection.row_outcome where batch_id = ${batch.batchId} order by row_no`);
  const { received, accepted, acceptedWithWarning, duplicate, held, rejected } = batch.counts;
  expect(received).toBe(accepted + acceptedWithWarning + duplicate + held + rejected);
  expect(rows.length).toBe(received);
  return {
    outcomes: rows.map(({ outcome }) => outcome).join(''),
    numbers: rows.map(({ row }) => row),
    codes: rows.find(({ row }) => row === dirty)?.codes ?? [],
    problems: fileProblems(batch).map(({ kind, place }) => `${kind} ${place}`),
    batch,
    errorFile,
  };
}

describe('the same rows in every format and encoding', () => {
  const files = Object.entries(formatFiles());
  it('are taken in once and are duplicates in every other one', async () => {
    for (const [index, [name, bytes]] of files.entries()) {
      const { outcomes } = await collected(bytes);
      expect(outcomes, name).toBe(index === 0 ? 'AAA' : 'DDD');
    }
    const [stored] = await city.database.query<{ facts: string; remark: string }>(sql`
      select max("values"->>'CF_SY') filter (where document_number like '%甲2号') as facts,
             max("values"->>'BZ') filter (where document_number like '%甲3号') as remark
      from records.statement_version where document_number like '样文〔2026〕甲%'`);
    expect(stored).toEqual({
      facts: '第一项：“样例”, "进货"凭证\n第二项；𠮷记',
      remark: '样例㐀',
    });
  });
});

describe('delimited text with one dirty row', () => {
  const files = textFiles();
  it.each<[keyof typeof files & string, string, string[]]>([
    ['an unquoted comma in an amount', 'ARA', ['FILE:column-count']],
    ['a row that ends too early', 'ARA', ['FILE:column-count']],
    ['cells shifted by one, as many as before', 'ARA', ['F01', 'F03', 'F07', 'I02', 'C09']],
    ['bytes that are no GB18030', 'ARA', ['FILE:undecodable']],
    ['bytes that are no UTF-8', 'ARA', ['FILE:undecodable']],
    ['a quote that is never closed', 'ARA', ['FILE:unclosed-quote']],
    ['letters behind a closing quote', 'AWA', ['FILE:stray-quote']],
    ['a cell of 50 MB', 'ARA', ['FILE:record-too-long']],
    ['the same row twice', 'AAD', []],
    ['a row of 1,500 columns', 'ARA', ['FILE:record-too-long', 'FILE:column-count']],
  ])('%s: %s', async (name, outcomes, codes) => {
    const found = await collected(files[name]!);
    expect(found.outcomes).toBe(outcomes);
    expect(found.numbers).toEqual([2, 3, 4]);
    expect(found.codes).toEqual(expect.arrayContaining(codes));
  });

  it('blank lines are passed over, counted in the numbers and told', async () => {
    const found = await collected(files['blank lines and separators only']!);
    expect([found.outcomes, found.numbers]).toEqual(['AA', [2, 6]]);
    expect(found.problems).toEqual(['blank-rows file']);
  });
});

describe('a workbook with one dirty row', () => {
  const files = sheetFiles();
  it.each<[string, string, string[]]>([
    ['a formula', 'ARA', ['FILE:formula']],
    ['a formula that calls out', 'DRD', ['FILE:formula']],
    ['a formula shown cut within a character', 'DRD', ['FILE:formula']],
    ['a code kept as a number', 'DRD', ['FILE:numeric-cell']],
    ['an error value', 'DRD', ['FILE:error-value']],
    ['a row number that runs backwards', 'DRD', ['FILE:row-order']],
    ['a cell of 50 MB', 'DRD', ['FILE:cell-too-long']],
    ['a date kept as a number', 'DAD', []],
    ['a merged cell', 'DWD', ['FILE:merged-cell']],
    ['a hidden row and hidden columns', 'DAD', []],
    ['a hidden sheet, a second sheet, macros, links', 'DAD', []],
  ])('%s: %s', async (name, outcomes, codes) => {
    const found = await collected(files[name]!);
    expect(found.outcomes).toBe(outcomes);
    expect(found.codes).toEqual(expect.arrayContaining(codes));
  });

  it('whatever else the workbook holds is named and left alone', async () => {
    const { problems } = await collected(files['a hidden sheet, a second sheet, macros, links']!);
    expect(problems).toEqual([
      'ignored-entry part:../../样例',
      'macros part:xl/vbaproject.bin',
      'external-links part:xl/externallinks/externallink1.xml',
      'hidden-sheet sheet:暗',
      'several-sheets sheet:明',
    ]);
  });

  it('damage ends it: rows before are taken in, and the sender is told where it stopped', async () => {
    const found = await collected(files['damage after the third row']!);
    expect(found.outcomes).toBe('AA');
    expect(found.problems).toEqual(['damaged row:4']);
    const [told] = fileProblems(found.batch);
    expect(told).toMatchObject({ weight: 'table' });
    expect(told!.message).toMatch(/其后的行没有读取/);
  });
});

describe('JSON that is not quite right', () => {
  const files = brokenJson();
  it.each<[string, string, string[]]>([
    ['a list that stops', 'AA', ['truncated row:2']],
    ['a second list behind the first', 'D', ['damaged row:1']],
    ['a line that is no JSON', 'DRD', []],
    ['two objects on a line', 'DDD', []],
  ])('%s: %s', async (name, outcomes, problems) => {
    const found = await collected(files[name]!);
    expect(found.outcomes).toBe(outcomes);
    expect(found.problems).toEqual(problems);
  });
});

describe('a file that is given back as a whole', () => {
  it.each(Object.entries(refusedFiles()).map(([name, [code, bytes]]) => ({ name, code, bytes })))(
    '$name: $code',
    async ({ name, code, bytes }) => {
      const report = await collectText(city, bytes, { item: 'penalty', fileName: name });
      if (report.ok) throw new Error('was read');
      expect(report.refusal.code).toBe(code);
      const words = wordsOf(report.refusal);
      expect(words.zh).toMatch(/请/);
      expect(`${words.zh}${words.en}`).not.toMatch(/\{[a-zA-Z]+\}|—/);
      const [kept] = await city.database.query<{ state: string; refusal: { code: string } }>(sql`
        select state, refusal from collection.batch where file_name = ${name}`);
      expect(kept).toMatchObject({ state: 'refused', refusal: { code } });
      const [rows] = await city.database.query<{ n: number }>(sql`
        select count(*)::int as n from collection.row_outcome o join collection.batch b using (batch_id)
        where b.file_name = ${name}`);
      expect(rows!.n).toBe(0);
    },
  );

  it('may be sent again, corrected or not', async () => {
    const [code, bytes] = refusedFiles()['lists in a list']!;
    const again = await collectText(city, bytes, { item: 'penalty' });
    expect(again).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('what is given back', () => {
  it('holds texts that look like formulas as texts, in the columns they were sent in', async () => {
    const bytes = textFiles()['cells shifted by one, as many as before']!;
    const dangerous = Buffer.from(
      bytes.toString().replaceAll('样例人', '=HYPERLINK(A1)').replaceAll('戊', '戌'),
    );
    const { errorFile } = await collected(dangerous);
    const opened = await openTable({ path: errorFile! });
    if (!opened.ok) throw new Error('unreadable');
    const rows = [];
    for await (const batch of opened.value.batches()) rows.push(...batch);
    expect(rows[1]!.cells).toContain('=HYPERLINK(A1)');
    expect(rows[1]!.problems ?? []).toEqual([]);
  });
});
