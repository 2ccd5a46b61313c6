/** `bench check`: the checks of `xinheng check`, beside reading the same file and discarding it. */
import { resolve } from 'node:path';
import { assert } from '../../kernel/result.ts';
import { checkFile } from '../../intake/collection/index.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import type { Bench, BenchContext } from './bench.ts';
import { penaltyStandard } from './collection.ts';
import { namesFrom } from './names.ts';
import { penaltyColumns, writePenaltyFile } from './penalty-file.ts';

const seed = 78;
const warmUpRows = 50_000;
/** Measured in turns, so that whatever else the machine does falls on both sides. */
const turns = 3;

async function readThrough(path: string): Promise<number> {
  const table = await openTable({ path });
  assert(table.ok, `bench check: ${JSON.stringify(table)}`);
  let rows = 0;
  for await (const batch of table.value.batches()) rows += batch.length;
  return rows - 1;
}

async function checkThrough({ installation }: BenchContext, path: string): Promise<string> {
  const report = await checkFile({
    source: { path },
    item: 'penalty',
    rulebook: installation.rulebook(),
    tables: installation.checkTables(),
    today: installation.clock.today(),
    place: installation.law().place,
  });
  assert(report.ok, `bench check: ${JSON.stringify(report)}`);
  const { passed, passedWithWarning, rejected } = report.value;
  return `${passed} passed, ${passedWithWarning} with warning, ${rejected} rejected`;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = stopwatchMs();
  await work();
  return (stopwatchMs() - began) / 1000;
}

async function run(context: BenchContext) {
  const { rows, installation, tell } = context;
  const standard = penaltyStandard(context);
  const source = await namesFrom(context.sharedData);
  const registry = { source, seed, rows: Math.max(1_000, Math.ceil(rows / 5)) };
  const today = installation.clock.today();
  const pathOf = async (series: string, size: number) => {
    const path = resolve(context.folder, `${series}.csv`);
    await writePenaltyFile(path, { standard, registry, rows: size, series, today });
    return path;
  };
  tell('writing files');
  const small = await pathOf('甲', Math.min(rows, warmUpRows));
  const whole = await pathOf('乙', rows);
  await readThrough(small);
  await checkThrough(context, small);
  tell(`checking ${rows} rows`);
  let reading = 0;
  let checking = 0;
  let told = '';
  const { memory } = await context.measured(async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      reading += await secondsOf(() => readThrough(whole));
      checking += await secondsOf(async () => {
        told = await checkThrough(context, whole);
      });
    }
  });
  return {
    rows,
    lines: [
      {
        what: 'checks alone',
        unit: 'rows/s' as const,
        figure: (rows * turns) / checking,
        yardstick: { what: 'reading and discarding', value: (rows * turns) / reading },
        budget: { on: 'ratio' as const, least: 0.4 },
      },
    ],
    notes: [
      `${penaltyColumns(standard).length} columns, ${turns} turns; ${told}; names: ${source.told}`,
    ],
    memory,
  };
}

/** Checks alone (design.md §10, second row). */
export const checkBench: Bench = {
  name: 'check',
  summary: '只检查，不入库 / the checks alone',
  defaultRows: 1_000_000,
  run,
};
