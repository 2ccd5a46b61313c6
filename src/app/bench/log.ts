/**
 * `bench log`: the transparency log. Leaves a second with the files on the disk, beside hashing the same
 * leaves; how far the log is behind with a keeper running, in office use and during a bulk load; a proof
 * out of the tiles.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '../../kernel/result.ts';
import { freshIds, stopwatchMs } from '../../platform/clock.ts';
import { freshBytes } from '../../platform/random.ts';
import {
  type LogDeps,
  type TileReader,
  folderSource,
  inclusionProof,
  insertCommitments,
  keepLog,
  keepingReader,
  lastCheckpoint,
  treeHash,
  withSequencer,
} from '../../trust/transparency-log/index.ts';
import { logDepsOf } from '../log.ts';
import type { Bench, BenchContext, BenchLine } from './bench.ts';
import { quantile, timed } from './times.ts';

const together = 5_000;
const proofs = 500;
const officeActs = 60;
const officeEveryMs = 150;
const bulkSeconds = 15;
const bulkPerSecond = 3_000;

/** Commits to so many things in one transaction. */
async function commit({ installation }: BenchContext, count: number): Promise<void> {
  const { clock, database } = installation;
  const nextId = freshIds(clock);
  const at = clock.now();
  const items = Array.from({ length: count }, () => ({
    ...{ id: nextId(), kind: 'act' as const, objectId: nextId() },
    ...{ commitment: freshBytes(32), at },
  }));
  await database.transaction((tx) => insertCommitments(tx, items));
}

async function takeAll(deps: LogDeps): Promise<number> {
  const taken = await withSequencer(deps, async (sequencer) => {
    let all = 0;
    for (;;) {
      const more = await sequencer.take();
      assert(more.ok, `bench log: ${JSON.stringify(more)}`);
      if (more.value === 0) return all;
      all += more.value;
    }
  });
  assert(taken.ok && taken.value !== null, `bench log: ${JSON.stringify(taken)}`);
  return taken.value;
}

async function secondsOf(work: () => unknown): Promise<number> {
  const began = stopwatchMs();
  await work();
  return (stopwatchMs() - began) / 1000;
}

/** SHA-256 of leaves and nodes of a tree of so many entries, and nothing else. */
function hashAll(count: number): void {
  const entry = Buffer.alloc(42);
  const node = Buffer.alloc(65);
  for (let no = 0; no < count; no += 1) {
    entry.writeUInt32BE(no, 1);
    createHash('sha256').update(entry).digest();
    createHash('sha256').update(node).digest();
  }
}

async function appending(context: BenchContext, deps: LogDeps): Promise<BenchLine> {
  const { rows, tell } = context;
  tell(`committing to ${rows} things`);
  for (let at = 0; at < rows; at += together) await commit(context, Math.min(together, rows - at));
  tell('appending them');
  let taken = 0;
  const seconds = await secondsOf(async () => {
    taken = await takeAll(deps);
  });
  hashAll(Math.min(rows, 20_000));
  const hashing = await secondsOf(() => hashAll(rows));
  return {
    what: 'appending, durable',
    unit: 'rows/s',
    figure: taken / seconds,
    yardstick: { what: 'SHA-256 of the same leaves and nodes', value: rows / hashing },
    budget: { on: 'figure', least: 10_000 },
  };
}

async function proving({ installation }: BenchContext, deps: LogDeps): Promise<BenchLine[]> {
  const last = await lastCheckpoint(installation.database);
  assert(last !== null, 'the log was begun');
  const tree = treeHash(deps.hash);
  const kept = keepingReader(folderSource(deps.folder));
  const timesOf = async (reader: () => TileReader) => {
    const times: number[] = [];
    for (let no = 0; no < proofs; no += 1) {
      const index = Math.floor((no * 7_919 * last.size) / proofs) % last.size;
      await timed(times, () => inclusionProof(tree, reader(), index, last.size));
    }
    return times;
  };
  const all = {
    'nothing read before': await timesOf(() => keepingReader(folderSource(deps.folder))),
    'a reader that keeps its tiles': await timesOf(() => kept),
  };
  return Object.entries(all).flatMap(([how, times]) =>
    [0.5, 0.99].map((share) => ({
      what: `proof from tiles, ${how}, p${share * 100}`,
      unit: 'ms' as const,
      figure: quantile(times, share),
      yardstick: null,
      budget: share === 0.5 ? { on: 'figure' as const, most: 5 } : null,
    })),
  );
}

/** Milliseconds until a checkpoint covers as many leaves as were committed to by now. */
async function untilShown(context: BenchContext, size: number, since: number): Promise<number> {
  for (;;) {
    const last = await lastCheckpoint(context.installation.database);
    if ((last?.size ?? 0) >= size) return stopwatchMs() - since;
    await sleep(5);
  }
}

const sizeNow = async ({ installation }: BenchContext) =>
  (await lastCheckpoint(installation.database))?.size ?? 0;

async function officeLag(context: BenchContext): Promise<number[]> {
  const lags: number[] = [];
  let size = await sizeNow(context);
  for (let act = 0; act < officeActs; act += 1) {
    await commit(context, 1);
    size += 1;
    lags.push(await untilShown(context, size, stopwatchMs()));
    await sleep(officeEveryMs);
  }
  return lags;
}

/** The oldest that waits is looked at many times a second while commitments come in as in a bulk load. */
async function bulkLag(context: BenchContext): Promise<number[]> {
  const lags: number[] = [];
  const began = stopwatchMs();
  const from = await sizeNow(context);
  const written: { readonly size: number; readonly at: number }[] = [];
  let size = from;
  while (stopwatchMs() - began < bulkSeconds * 1000) {
    const turn = stopwatchMs();
    await commit(context, bulkPerSecond / 10);
    size += bulkPerSecond / 10;
    written.push({ size, at: stopwatchMs() });
    const shown = await sizeNow(context);
    while (written.length > 0 && written[0]!.size <= shown) {
      lags.push(stopwatchMs() - written.shift()!.at);
    }
    await sleep(Math.max(0, 100 - (stopwatchMs() - turn)));
  }
  for (const { size: wanted, at } of written) lags.push(await untilShown(context, wanted, at));
  return lags;
}

async function lagging(context: BenchContext, deps: LogDeps): Promise<BenchLine[]> {
  const controller = new AbortController();
  const keeping = keepLog(deps, {
    signal: controller.signal,
    witnesses: [],
    onEvent: (event) => context.tell(JSON.stringify(event)),
  });
  try {
    context.tell('keeping the log in office use, then under a bulk load');
    const office = await officeLag(context);
    const bulk = await bulkLag(context);
    const line = (what: string, times: readonly number[], most: number): BenchLine => ({
      what,
      unit: 'ms',
      figure: Math.max(...times),
      yardstick: null,
      budget: { on: 'figure', most },
    });
    return [
      line('behind in office use, at most', office, 1_000),
      line(`behind at ${bulkPerSecond} leaves/s, at most`, bulk, 60_000),
    ];
  } finally {
    controller.abort();
    await keeping;
  }
}

async function run(context: BenchContext) {
  const deps = { ...logDepsOf(context.installation), folder: resolve(context.folder, 'log') };
  await takeAll(deps);
  const { value: lines, memory } = await context.measured(async () => [
    await appending(context, deps),
    ...(await lagging(context, deps)),
  ]);
  // By themselves: reading the memory of every process takes longer than a proof.
  lines.push(...(await proving(context, deps)));
  return {
    rows: context.rows,
    lines,
    notes: ['positions, tiles and checkpoints on the disk; commitments were there before'],
    memory,
  };
}

/** The transparency log (design.md §10). */
export const logBench: Bench = {
  name: 'log',
  summary: '透明日志：每秒条数、滞后、证明 / the transparency log: leaves a second, lag, proofs',
  defaultRows: 200_000,
  run,
};
