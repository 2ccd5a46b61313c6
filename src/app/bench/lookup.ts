/** `bench lookup`: a subject's public file, beside the plain select of all versions of one subject. */
import {
  type PortalContext,
  portalContext,
  subjectByCode,
  subjectById,
} from '../../answers/portal/index.ts';
import { assert } from '../../kernel/result.ts';
import { type Database, sql } from '../../platform/db/index.ts';
import { chanceOf } from '../sample-city/chance.ts';
import type { Bench, BenchContext, BenchLine } from './bench.ts';
import { type Filling, beginFilling, fillUpTo, subjectAt } from './lookup-data.ts';
import type { MemoryPeaks } from './memory.ts';
import { quantile, timed } from './times.ts';

const seed = 54_321;
const draws = 20_000;
const warmUp = 500;
const timesMost = 3;
const flatMost = 1.3;
const growth = 5;

type Times = { readonly byCode: number[]; readonly byId: number[]; readonly select: number[] };

/** One round: a file by code, a file by id, a plain select, each of a subject drawn for itself. */
async function round(context: PortalContext, filling: Filling, no: number, times: Times) {
  const chance = chanceOf(seed, 'bench-lookup', filling.subjects, no);
  const drawn = () => subjectAt(filling, chance.below(filling.subjects));
  const [one, two, three] = [drawn(), drawn(), drawn()];
  const byCode = await timed(times.byCode, () => subjectByCode(context, one.uscc, { page: 1 }));
  assert(byCode.ok && byCode.value.view.subjectId === one.subjectId, 'every drawn code is found');
  await timed(times.select, () => versionsOf(context.database, two.subjectId));
  if (no % 4 !== 0) return;
  const byId = await timed(times.byId, () => subjectById(context, three.subjectId, { page: 1 }));
  assert(byId.ok, 'every drawn id is found');
}

function versionsOf(database: Database, subjectId: string): Promise<object[]> {
  return database.query(
    sql`select * from records.statement_version where subject_id = ${subjectId}`,
  );
}

async function measure(context: BenchContext, filling: Filling): Promise<Times> {
  const portal = portalContext(context.installation);
  for (let no = 0; no < warmUp; no += 1) {
    await round(portal, filling, draws + no, { byCode: [], byId: [], select: [] });
  }
  const times: Times = { byCode: [], byId: [], select: [] };
  for (let no = 0; no < draws; no += 1) await round(portal, filling, no, times);
  return times;
}

const shares = [
  ['p50', 0.5],
  ['p99', 0.99],
] as const;

function linesAt(size: string, times: Times): BenchLine[] {
  return shares.flatMap(([name, share]) =>
    (['byCode', 'byId'] as const).map((how) => ({
      what: `${name} of a public file ${how === 'byCode' ? 'by code' : 'by id'} at ${size}`,
      unit: 'ms' as const,
      figure: quantile(times[how], share),
      yardstick: { what: `${name} of select`, value: quantile(times.select, share) },
      budget: { on: 'ratio' as const, most: timesMost },
    })),
  );
}

function flatLines(sizes: readonly [string, string], small: Times, large: Times): BenchLine[] {
  return shares.map(([name, share]) => ({
    what: `${name} of a public file by code at ${sizes[1]} against ${sizes[0]}`,
    unit: 'ms',
    figure: quantile(large.byCode, share),
    yardstick: { what: `${name} at ${sizes[0]}`, value: quantile(small.byCode, share) },
    budget: { on: 'ratio', most: flatMost },
  }));
}

const sizeOf = (rows: number) => rows.toLocaleString('en-US');

/** The benchmark. */
export const lookupBench: Bench = {
  name: 'lookup',
  summary:
    '主体公开档案的查询，五分之一与全部数据各测一次 / a public file, at a fifth and at all rows',
  defaultRows: 5_000_000,
  city: { organisations: 2_000, seed },
  async run(context) {
    const { database } = context.installation;
    const filling = await beginFilling(database, seed);
    const sizes = [Math.round(context.rows / growth), context.rows] as const;
    const runs: { readonly value: Times; readonly memory: MemoryPeaks }[] = [];
    for (const size of sizes) {
      context.tell(`filling ${sizeOf(size)} versions`);
      await fillUpTo(database, filling, size);
      context.tell(`measuring ${sizeOf(size)}, ${sizeOf(filling.subjects)} subjects`);
      runs.push(await context.measured(() => measure(context, filling)));
    }
    const [{ value: small }, { value: large, memory }] = runs as [
      (typeof runs)[0],
      (typeof runs)[0],
    ];
    return {
      rows: context.rows,
      lines: [
        ...linesAt(sizeOf(sizes[1]), large),
        ...linesAt(sizeOf(sizes[0]), small),
        ...flatLines([sizeOf(sizes[0]), sizeOf(sizes[1])], small, large),
      ],
      notes: [
        `${sizeOf(filling.subjects)} subjects, ${(filling.versions / filling.subjects).toFixed(1)} versions each on average, copied from ${filling.templates.length} of a sample city`,
        `${sizeOf(draws)} subjects drawn uniformly for each, no cache of answers, seed ${seed}`,
      ],
      memory,
    };
  },
};
