import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { largeColumns } from '../../../tests/fixtures/tables/large.ts';
import { measureIn } from '../../../tests/fixtures/tables/run-measure.ts';

const mega = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'tables-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a process that works on a workbook of 64 MB grows by less than 64 MB', async () => {
  const measure = await measureIn(folder);
  const path = join(folder, 'large.xlsx');
  const rows = 460_000;
  const written = measure('write-xlsx', path, String(rows));
  expect(statSync(path).size).toBeGreaterThan(64 * mega);
  const read = measure('read', path);
  expect(read.rows).toBe(rows + 1);
  expect(read.cells).toBe((rows + 1) * largeColumns);
  expect(read.problems).toBe(0);
  expect(read.rssGrowth).toBeLessThan(64 * mega);
  expect(read.heapGrowth).toBeLessThan(64 * mega);
  expect(written.rssGrowth).toBeLessThan(64 * mega);
});
