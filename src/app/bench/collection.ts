/** `bench collection`: a file of penalties from its bytes to stored records, beside plain COPY. */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assert } from '../../kernel/result.ts';
import { standardNamed } from '../../law/directory/index.ts';
import { type Batch, receive, runBatch } from '../../intake/collection/index.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { sql } from '../../platform/db/index.ts';
import { clerk } from '../sample-city/actors.ts';
import type { Bench, BenchContext, BenchLine } from './bench.ts';
import { collectionTables, copyRaw, copyTables } from './copies.ts';
import { namesFrom } from './names.ts';
import {
  type PenaltyFile,
  penaltyColumns,
  penaltyProvider,
  writePenaltyFile,
} from './penalty-file.ts';
import { type MadeRegistry, importMade } from './registry-file.ts';

const seed = 77;
/** Penalties per organisation of the base library. */
const rowsPerOrganisation = 5;
const warmUpRows = 20_000;

/** What penalty files of benchmarks are checked against. */
export function penaltyStandard({ installation }: BenchContext): PenaltyFile['standard'] {
  const standard = standardNamed(installation.rulebook(), 'cf-legal@2019');
  assert(standard !== null, 'the rulebook has the penalty standard of 2019');
  return standard;
}

type Collected = { readonly seconds: number; readonly batch: Batch };

type Written = { readonly path: string; readonly series: string; readonly megabytes: number };

async function write(context: BenchContext, file: PenaltyFile): Promise<Written> {
  const path = resolve(context.folder, `${file.series}.csv`);
  const bytes = await writePenaltyFile(path, file);
  return { path, series: file.series, megabytes: Math.round(bytes / 1_000_000) };
}

async function collect(context: BenchContext, { path, series }: Written): Promise<Collected> {
  const deps = context.installation.collection();
  const began = stopwatchMs();
  const received = await receive(deps, {
    fileName: `${series}.csv`,
    source: createReadStream(path),
    item: 'penalty',
    provider: penaltyProvider,
    actor: clerk,
  });
  assert(received.ok, `bench collection: ${JSON.stringify(received)}`);
  const ran = await runBatch(deps, received.value.batch, clerk);
  assert(ran.ok, `bench collection: ${JSON.stringify(ran)}`);
  const seconds = (stopwatchMs() - began) / 1000;
  return { seconds, batch: ran.value.batch };
}

async function collectAndForget(context: BenchContext, file: PenaltyFile): Promise<Collected> {
  const written = await write(context, file);
  const collected = await collect(context, written);
  await rm(written.path);
  return collected;
}

function countsText({ counts }: Batch): string {
  const { accepted, acceptedWithWarning, duplicate, held, rejected } = counts;
  return `${accepted} accepted, ${acceptedWithWarning} with warning, ${duplicate} duplicate, ${held} held, ${rejected} rejected`;
}

type Measured = {
  readonly rows: number;
  readonly seconds: number;
  readonly tenthSeconds: number;
  readonly copyRate: number;
  readonly rawSeconds: number;
  readonly nodeMb: number;
};

function linesOf(measured: Measured): BenchLine[] {
  const { rows, seconds, tenthSeconds, copyRate, rawSeconds, nodeMb } = measured;
  const endToEnd = {
    what: 'collection end to end',
    unit: 'rows/s' as const,
    figure: rows / seconds,
  };
  return [
    {
      ...endToEnd,
      yardstick: { what: '(a) COPY of every table it writes', value: copyRate },
      budget: { on: 'ratio', least: 0.6 },
    },
    {
      ...endToEnd,
      yardstick: { what: '(b) COPY of the raw columns, no index', value: rows / rawSeconds },
      budget: { on: 'ratio', least: 0.08 },
    },
    {
      what: 'cost of a row at ten times the rows',
      unit: 'times',
      figure: seconds / rows / (tenthSeconds / Math.ceil(rows / 10)),
      yardstick: null,
      budget: { on: 'figure', most: 1.2 },
    },
    {
      what: 'memory of all Node processes',
      unit: 'MB',
      figure: nodeMb,
      yardstick: null,
      budget: { on: 'figure', most: 512 },
    },
  ];
}

/** A base library to collect against, and files about its organisations. */
async function prepare(context: BenchContext) {
  const standard = penaltyStandard(context);
  const source = await namesFrom(context.sharedData);
  const organisations = Math.max(1_000, Math.ceil(context.rows / rowsPerOrganisation));
  const registry: MadeRegistry = { source, seed, rows: organisations };
  context.tell(`importing ${organisations} organisations`);
  await importMade(context.installation, registry, () => undefined);
  const today = context.installation.clock.today();
  const file = (series: string, rows: number): PenaltyFile => ({
    standard,
    registry,
    rows,
    series,
    today,
  });
  return { file, organisations, columns: penaltyColumns(standard).length, names: source.told };
}

async function run(context: BenchContext) {
  const { rows, tell, installation } = context;
  const { file, organisations, columns, names } = await prepare(context);
  tell('warming up');
  await collectAndForget(context, file('甲', Math.min(rows, warmUpRows)));
  tell(`collecting ${Math.ceil(rows / 10)} rows`);
  const tenth = await collectAndForget(context, file('乙', Math.ceil(rows / 10)));
  tell(`collecting ${rows} rows`);
  const written = await write(context, file('丙', rows));
  // Memory is that of collecting: what writing the file took is not the product's.
  const { value: whole, memory } = await context.measured(() => collect(context, written));
  tell('copying the same tables');
  const stored = await storedRows(context);
  const copied = await copyTables(installation.database, context.folder);
  tell('copying the raw file');
  const rawSeconds = await copyRaw(installation.database, written.path, columns);
  const copySeconds = copied.reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = linesOf({
    rows,
    seconds: whole.seconds,
    tenthSeconds: tenth.seconds,
    copyRate: stored / copySeconds,
    rawSeconds,
    nodeMb: memory.nodeMb,
  });
  const perTable = copied.map(({ table, seconds }) => `${table} ${seconds.toFixed(1)} s`);
  const notes = [
    `${organisations} organisations; ${written.megabytes} MB, ${columns} columns; names: ${names}`,
    countsText(whole.batch),
    `(a) ${collectionTables.length} tables, all rows of the run (${stored}): ${perTable.join(', ')}`,
  ];
  return { rows, lines, notes, memory };
}

/** Rows the copied tables stand for: those of the warm-up and of the tenth are in them, too. */
async function storedRows({ installation }: BenchContext): Promise<number> {
  const [row] = await installation.database.query<{ rows: number }>(
    sql`select sum(received)::int as rows from collection.batch`,
  );
  return row!.rows;
}

/** Collection end to end (design.md §10, first row and growth). */
export const collectionBench: Bench = {
  name: 'collection',
  summary: '归集一份处罚文件，从字节到入库 / a penalty file from its bytes to stored records',
  defaultRows: 1_000_000,
  run,
};
