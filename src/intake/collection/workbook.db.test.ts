/**
 * A workbook of thousands of rows with the hard cases of the standard among them, as a department would
 * send it: collected, given back, corrected in place and sent again. `tests/workbook/make.ts` writes
 * larger ones by hand.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { sampleOrganisations } from '../../../tests/workbook/organisations.ts';
import {
  type Expectation,
  makeWorkbook,
  renamedOrganisations,
  stall,
} from '../../../tests/workbook/workbook.ts';
import { sql } from '../../platform/db/index.ts';
import { openTable, writeXlsx } from '../../platform/spreadsheet/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbook-'));
const organisations = sampleOrganisations(300);
let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [...organisations, stall]);
  city.config.clock.set('2026-06-01T03:00:00.000Z' as never);
  await importOrganisations(city, renamedOrganisations(organisations));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await city.drop();
});

const rowsOf: Readonly<Record<string, number>> = { penalty: 3_000, permit: 2_500 };

function make(kind: 'penalty' | 'permit', file: string): Promise<Expectation> {
  const path = join(folder, file);
  const fixed = { kind, rows: rowsOf[kind]!, seed: 7, day: '2026-05-25', rounds: 3 };
  return makeWorkbook(path, { ...fixed, organisations });
}

async function collected(path: string, kind: string) {
  const report = await collectText(city, readFileSync(path), { item: kind });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const { batch, errorFile } = report.value;
  const rows = await city.database.query<{ row: number; outcome: string; codes: string[] }>(sql`
    select row_no::int as row, outcome, coalesce(codes, '{}') as codes
    from collection.row_outcome where batch_id = ${batch.batchId} order by row_no`);
  return { batch, errorFile, rows };
}

async function cellsOf(path: string): Promise<string[][]> {
  const opened = await openTable({ path });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const rows: string[][] = [];
  for await (const batch of opened.value.batches()) {
    rows.push(...batch.map(({ cells }) => [...cells]));
  }
  return rows;
}

describe.each(['penalty', 'permit'] as const)('a workbook of thousands of rows: %s', (kind) => {
  let expected: Expectation;
  let first: Awaited<ReturnType<typeof collected>>;
  beforeAll(async () => {
    expected = await make(kind, `${kind}.xlsx`);
    first = await collected(join(folder, `${kind}.xlsx`), kind);
  });

  it('is the same, byte for byte, when it is made again', async () => {
    await make(kind, `${kind}-again.xlsx`);
    const again = readFileSync(join(folder, `${kind}-again.xlsx`));
    expect(again.equals(readFileSync(join(folder, `${kind}.xlsx`)))).toBe(true);
  });

  it('ends with exactly the outcomes its maker says, and they add up', () => {
    const { counts } = first.batch;
    const { A, W, D, H, R } = expected.counts;
    expect(counts).toEqual({
      received: rowsOf[kind],
      accepted: A,
      acceptedWithWarning: W,
      duplicate: D,
      held: H,
      rejected: R,
    });
    expect(first.rows.length).toBe(rowsOf[kind]);
  });

  it('every hard case ends as the table of the standard says, every other row is taken', () => {
    const byRow = new Map(first.rows.map((row) => [row.row, row]));
    for (const { row, outcome, rule, case: no } of expected.special) {
      const found = byRow.get(row)!;
      expect([no, found.outcome]).toEqual([no, outcome]);
      if (rule !== null) expect(found.codes, no).toContain(rule);
    }
    const special = new Set(expected.special.map(({ row }) => row));
    const others = first.rows.filter(({ row }) => !special.has(row));
    expect(others.filter(({ outcome }) => outcome !== 'A')).toEqual([]);
  });

  it('what is given back is every refused and every waiting row, once, with reason and advice', async () => {
    const [head, ...rows] = await cellsOf(first.errorFile!);
    const at = (name: string): number => head!.indexOf(name);
    const wrong = expected.special.filter(({ outcome }) => outcome === 'R' || outcome === 'H');
    expect(rows.map((row) => Number(row[at('原行号')]))).toEqual(wrong.map(({ row }) => row));
    for (const row of rows) {
      expect(row[at('原因')]).toMatch(/[\u4e00-\u9fff]/);
      expect(row[at('原因')]).not.toContain('—');
      if (row[at('处理结果')]!.startsWith('退回')) expect(row[at('修改建议')]).not.toBe('');
    }
  });

  it('corrected in place and sent again it is taken, and nothing else changes', async () => {
    const [head, ...rows] = await cellsOf(first.errorFile!);
    const cures = new Map(expected.special.map(({ row, cure }) => [row, cure]));
    const corrected = rows.flatMap((row) => {
      const cure = cures.get(Number(row[head!.indexOf('原行号')]));
      if (cure === undefined) return [];
      const cells = [...row];
      for (const [heading, text] of Object.entries(cure)) cells[head!.indexOf(heading)] = text;
      return [cells];
    });
    const path = join(folder, `${kind}-corrected.xlsx`);
    await writeXlsx(path, { sheet: '数据', header: head!, rows: corrected });
    const again = await collected(path, kind);
    expect(corrected.length).toBeGreaterThan(20);
    expect(again.rows.map(({ outcome }) => outcome)).toEqual(corrected.map(() => 'A'));
    expect(again.errorFile).toBeNull();
    const third = await collected(join(folder, `${kind}.xlsx`), kind);
    expect(third.batch.batchId).toBe(first.batch.batchId);
  });
});
