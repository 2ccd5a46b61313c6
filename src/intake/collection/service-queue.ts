/**
 * Batches that wait to be run by this process. What is in here is also in the database as unfinished: a
 * killed process leaves it to the next one, which goes on where it was (`resumeUnfinished`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../kernel/act.ts';
import type { Result } from '../../kernel/result.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import type { CollectionDeps } from './service-receive.ts';
import { type BatchReport, runBatch } from './service-run.ts';
import type { Batch } from './store.ts';

/** How a queue is kept. */
export type QueueOptions = {
  /** Told of faults; the batch is tried again. */
  readonly onTrouble: (error: unknown) => void;
  /** A batch that met a fault is tried again after so long; 30 s. */
  readonly againMs?: number;
};

/** A queue of batches. */
export type BatchQueue = {
  /** Runs a batch when its turn comes, and says what became of it. Throws what is broken. */
  readonly run: (batch: Batch, actor: Actor) => Promise<Result<BatchReport>>;
  /** The same without waiting for it; what is broken is tried again. */
  readonly add: (batch: Batch, actor: Actor) => void;
  /** Rows a second of a batch this process runs, out of those done; `null`: it runs it not. */
  readonly rateOf: (batchId: string, done: number) => number | null;
};

const usualAgainMs = 30_000;
const smallBytes = 1024 * 1024;
const triesMost = 5;

/**
 * Makes a queue with two lanes, so that three corrected rows do not wait behind a million. One batch of
 * a lane runs at a time: each takes two connections of the pool, and others want some too.
 */
export function makeBatchQueue(deps: CollectionDeps, options: QueueOptions): BatchQueue {
  const lanes = { small: Promise.resolve(), large: Promise.resolve() };
  const began = new Map<string, number>();

  const run: BatchQueue['run'] = (batch, actor) => {
    const lane = batch.sizeBytes <= smallBytes ? 'small' : 'large';
    const turn = lanes[lane].then(async () => {
      began.set(batch.batchId, stopwatchMs());
      try {
        return await runBatch(deps, batch, actor);
      } finally {
        began.delete(batch.batchId);
      }
    });
    lanes[lane] = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  };

  async function insist(batch: Batch, actor: Actor): Promise<void> {
    for (let tries = 0; tries < triesMost; tries += 1) {
      try {
        await run(batch, actor);
        return;
      } catch (error) {
        options.onTrouble(error);
        await sleep(options.againMs ?? usualAgainMs, undefined, { ref: false });
      }
    }
  }

  return {
    run,
    add: (batch, actor) => void insist(batch, actor),
    rateOf(batchId, done) {
      const since = began.get(batchId);
      if (since === undefined) return null;
      return Math.round((done * 1000) / Math.max(1, stopwatchMs() - since));
    },
  };
}
