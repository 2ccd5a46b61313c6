/**
 * Running a batch from wherever it is to its end. Killed at any instant and run again, it ends as if
 * it had never been killed: each chunk is one transaction that also notes how far the batch is.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Act, Actor } from '../../kernel/act.ts';
import { systemActor } from '../../kernel/act.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import type { Refusal } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import type { Table } from '../../platform/spreadsheet/index.ts';
import { type Counts, addsUp } from './domain.ts';
import { writeErrorFile } from './error-file.ts';
import { readingOf } from './service-reading.ts';
import { type OpenedDelivery, itemFor, openDelivery } from './reading.ts';
import { workChunk } from './service-chunk.ts';
import type { CollectionDeps } from './service-receive.ts';
import { type ChunkContext, type Passing, makeRowStep } from './service-rows.ts';
import { tableOf } from './service-table.ts';
import {
  type Batch,
  finishBatch,
  readBatch,
  refuseBatch,
  startBatch,
  unfinishedBatches,
} from './store.ts';

const chunkRows = 500;

/** What a finished batch says to its sender. */
export type BatchReport = {
  readonly batch: Batch;
  /** Path of the workbook with wrong and waiting rows; `null` when there are none. */
  readonly errorFile: string | null;
};

/** Path of the file a batch gives back. */
export function errorFilePath(deps: Pick<CollectionDeps, 'workDir'>, batchId: string): string {
  return resolve(deps.workDir, 'returns', `${batchId}.xlsx`);
}

/**
 * Runs one batch to its end, or waits for the process that is running it. Refuses, with the whole file
 * given back, when it is no table or no standard fits its heading.
 */
export async function runBatch(
  deps: CollectionDeps,
  batch: Batch,
  actor: Actor,
): Promise<Result<BatchReport>> {
  return deps.database.session(async (session) => {
    // One runner per batch; a killed runner's connection takes its lock along.
    await session.execute(
      sql`select pg_advisory_lock(hashtextextended(${`collection.batch:${batch.batchId}`}, 0))`,
    );
    const now = await readBatch(deps.database, batch.batchId);
    assert(now !== null, 'a batch does not vanish');
    if (now.state === 'done') return ok(report(deps, now));
    if (now.state === 'refused') return { ok: false, refusal: now.refusal as Refusal };
    return run(deps, now, actor);
  });
}

function report(deps: CollectionDeps, batch: Batch): BatchReport {
  const { held, rejected } = batch.counts;
  return {
    batch,
    errorFile: held + rejected > 0 ? errorFilePath(deps, batch.batchId) : null,
  };
}

async function run(deps: CollectionDeps, batch: Batch, actor: Actor): Promise<Result<BatchReport>> {
  const opened = await openBatch(deps, batch);
  if (!opened.ok) return giveBack(deps, batch, opened.refusal);
  const { table, delivery, context, close } = opened.value;
  try {
    await deps.database.transaction((tx) =>
      startBatch(tx, batch.batchId, standardName(delivery), readingOf(table, delivery)),
    );
    const counts = await workAll(deps, context);
    return await finish(deps, { ...batch, counts }, { table, delivery, actor });
  } finally {
    await close();
  }
}

function standardName(delivery: OpenedDelivery): string {
  return `${delivery.standard.id}@${delivery.standard.edition}`;
}

/**
 * Works the delivery off in chunks. While the database stores one, the next is read and checked: the
 * two share nothing, and either alone would leave half of the machine idle.
 */
async function workAll(deps: CollectionDeps, context: ChunkContext): Promise<Counts> {
  const { batch } = context;
  let storing = Promise.resolve(batch.counts);
  try {
    for await (const chunk of checkedChunks(deps, context)) {
      const counts = await storing;
      storing = workChunk(deps, context, chunk, counts).then((after) => {
        deps.onPhase?.({
          name: 'committed',
          batchId: batch.batchId,
          row: chunk.at(-1)!.raw.row,
        });
        return after;
      });
      // Reported where it is awaited, one chunk later.
      storing.catch(() => undefined);
    }
  } finally {
    // Whatever stopped the reading: nothing of this batch may still be at work when we leave.
    await storing.catch(() => undefined);
  }
  return storing;
}

async function* checkedChunks(
  deps: CollectionDeps,
  context: ChunkContext,
): AsyncGenerator<readonly Passing[]> {
  const { batch, delivery } = context;
  const step = makeRowStep(context);
  let chunk: Passing[] = [];
  for await (const rows of delivery.rows()) {
    for (const row of rows) {
      if (row.row <= batch.cursor) continue;
      if (chunk.length === 0) {
        deps.onPhase?.({ name: 'checking', batchId: batch.batchId, row: row.row });
      }
      chunk.push(step(row));
      if (chunk.length < chunkRows) continue;
      yield chunk;
      chunk = [];
    }
    // Rows of one block come at once; the connection that stores the chunk before gets its turn here.
    await setImmediate();
  }
  if (chunk.length > 0) yield chunk;
}

type OpenedBatch = {
  readonly table: Table;
  readonly delivery: OpenedDelivery;
  readonly context: ChunkContext;
  readonly close: () => Promise<void>;
};

async function openBatch(deps: CollectionDeps, batch: Batch): Promise<Result<OpenedBatch>> {
  const today = deps.clock.today();
  const rulebook = deps.rulebook();
  const item = itemFor(rulebook, batch.item, today, deps.law().place);
  if (!item.ok) return item;
  const opened = await tableOf(deps, batch);
  if (!opened.ok) return opened;
  const { table, close } = opened.value;
  const delivery = await openDelivery(table, {
    rulebook,
    tables: deps.checkTables(),
    item: item.value,
    today,
    ...(batch.profile === null ? {} : { profile: batch.profile }),
  });
  if (!delivery.ok) {
    await close();
    return delivery;
  }
  const { allowance } = item.value.item;
  const context: ChunkContext = {
    batch,
    delivery: delivery.value,
    allowanceWorkdays:
      allowance !== 'unknown' && allowance.unit === 'workday' ? allowance.count : null,
    calendar: deps.checkTables().calendar,
  };
  return ok({ table, delivery: delivery.value, context, close });
}

async function giveBack(
  deps: CollectionDeps,
  batch: Batch,
  refusal: Refusal,
): Promise<Result<never>> {
  await deps.database.transaction((tx) =>
    refuseBatch(tx, batch.batchId, refusal, deps.clock.now()),
  );
  return { ok: false, refusal };
}

type Finish = {
  readonly table: Table;
  readonly delivery: OpenedDelivery;
  readonly actor: Actor;
};

async function finish(
  deps: CollectionDeps,
  batch: Batch,
  { table, delivery, actor }: Finish,
): Promise<Result<BatchReport>> {
  deps.onPhase?.({ name: 'finishing', batchId: batch.batchId, row: 0 });
  assert(addsUp(batch.counts), 'the outcomes of a batch add up');
  if (batch.counts.held + batch.counts.rejected > 0) {
    await writeErrorFile(deps, batch, delivery, errorFilePath(deps, batch.batchId));
  }
  const done = await deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'collection.finish',
      needs: 'collection:collect',
      actor,
      ground: { reason: 'all rows of the delivery have their outcome' },
      traceId: batch.batchId,
      object: `batch:${batch.batchId}`,
      detail: { ...batch.counts, digest: batch.digest },
    });
    if (!act.ok) return act;
    const receipt = receiptOf(deps, batch, standardName(delivery), act.value);
    await finishBatch(tx, batch.batchId, {
      receipt,
      reading: { ...readingOf(table, delivery), declared: declaredAgainst(batch) },
      at: act.value.at,
    });
    return ok(true);
  });
  if (!done.ok) return done;
  deps.onPhase?.({ name: 'done', batchId: batch.batchId, row: 0 });
  return ok(report(deps, (await readBatch(deps.database, batch.batchId))!));
}

function declaredAgainst(batch: Batch) {
  if (batch.declaredRows === null) return null;
  const { received } = batch.counts;
  return { declared: batch.declaredRows, received, agrees: batch.declaredRows === received };
}

/** What the sender may hold against us: counts, digest, commitment, signature. */
function receiptOf(deps: CollectionDeps, batch: Batch, standard: string, act: Act) {
  const body = {
    kind: 'xinheng-receipt',
    version: 1,
    batch: batch.batchId,
    provider: batch.provider,
    item: batch.item,
    standard,
    fileName: batch.fileName,
    sizeBytes: batch.sizeBytes,
    digest: batch.digest,
    period: batch.period,
    declaredRows: batch.declaredRows,
    receivedAt: batch.receivedAt,
    finishedAt: act.at,
    counts: batch.counts satisfies Counts,
    commitment: act.commitment,
    // Given by the log's sequencer; a receipt issued before says so instead of leaving it out.
    logPosition: null,
  };
  return { ...body, signature: deps.crypto.sign(Buffer.from(canonicalJson(body))) };
}

/**
 * The workbook of wrong and waiting rows of a finished batch; written anew where the folder it lay in was
 * lost. `null`: there are no such rows.
 */
export async function errorFileOf(deps: CollectionDeps, batch: Batch): Promise<string | null> {
  const { errorFile } = report(deps, batch);
  if (errorFile === null || existsSync(errorFile)) return errorFile;
  const opened = await openBatch(deps, batch);
  assert(opened.ok, 'a file that was read once can be read again');
  await opened.value.close();
  await writeErrorFile(deps, batch, opened.value.delivery, errorFile);
  return errorFile;
}

/** Runs every batch a killed process left unfinished. Gives how many. */
export async function resumeUnfinished(deps: CollectionDeps): Promise<number> {
  const batches = await unfinishedBatches(deps.database);
  for (const batch of batches) await runBatch(deps, batch, systemActor);
  return batches.length;
}

/** One batch with its file, by id. Refuses `collection.no-such-batch`. */
export async function batchReport(
  deps: CollectionDeps,
  batchId: string,
): Promise<Result<BatchReport>> {
  const batch = await readBatch(deps.database, batchId);
  if (batch === null) return refuse('collection.no-such-batch', { batch: batchId });
  return ok(report(deps, batch));
}
