/** Cells of rows given back are found by their number, however far apart, and only once all are there. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepCells, keptCells } from './given-cells.ts';

const folder = mkdtempSync(join(tmpdir(), 'given-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cellsOf = (row: number) => [`第${row}行`, 'a\nb\t"', '', 'x'.repeat(row % 700)];

describe('cells of rows given back', () => {
  it('are found by the number of their row, also across blocks and after long gaps', async () => {
    const path = join(folder, 'one');
    const keeper = await keepCells(path);
    const near = Array.from({ length: 9_000 }, (_, n) => n + 2);
    const rows = [...near, 20_000, 20_001, 999_999, 1_000_000];
    for (const row of rows) await keeper.add(row, cellsOf(row));
    expect(await keptCells(path, [2])).toBeNull();
    await keeper.close();
    await keeper.drop();
    const asked = [2, 3, 4_095, 4_096, 4_097, 9_001, 20_001, 999_999, 1_000_000];
    const found = await keptCells(path, asked);
    expect([...found!]).toEqual(asked.map((row) => [row, cellsOf(row)]));
  });

  it('that are not kept are not found, whether before, between or behind those that are', async () => {
    const found = await keptCells(join(folder, 'one'), [0, 1, 15_000, 500_000, 2_000_000]);
    expect([...found!]).toEqual([]);
    expect(await keptCells(join(folder, 'none'), [2])).toBeNull();
  });

  it('leave nothing behind where their writing was broken off', async () => {
    const before = readdirSync(folder);
    const keeper = await keepCells(join(folder, 'two'));
    await keeper.add(2, ['a']);
    await keeper.drop();
    expect(readdirSync(folder)).toEqual(before);
  });
});
