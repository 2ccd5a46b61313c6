/** Sending: files and corrections, received and given to the queue of this process. */
import type { Actor } from '../../../kernel/act.ts';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import {
  type Batch,
  type CorrectedRow,
  correctedOutcomes,
  errorFileOf,
  plainName,
  receive,
  receiveCorrection,
  uploadBytesMax,
} from '../../../intake/collection/index.ts';
import type { AnsweredFile, SentFile } from '../../../platform/http/index.ts';
import { fileOnDisk } from '../../../platform/files/index.ts';
import { type CollectionContext, findingOf } from './service.ts';

/** What is said of a file that is sent. */
export type Upload = {
  readonly item: string;
  readonly unit: string;
  readonly period?: string | undefined;
  readonly declaredRows?: number | undefined;
  readonly profile?: string | undefined;
};

const said = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { readonly [name in K]?: V };

/** Takes a file in while it comes and lets it be run. Refuses what `receive` refuses; then nothing is kept. */
export async function takeFile(
  { deps, collection, queue }: CollectionContext,
  upload: Upload,
  sent: SentFile,
  actor: Actor,
): Promise<Result<{ batch: string; repeated: boolean }>> {
  const { item, unit, period, declaredRows, profile } = upload;
  const most = uploadBytesMax(deps.rulebook(), deps.clock.today(), deps.config.jurisdiction);
  const received = await receive(collection, {
    ...{ item, provider: unit, actor },
    fileName: plainName(sent.fileName ?? 'upload'),
    source: sent.bytes(most),
    ...said('period', period),
    ...said('declaredRows', declaredRows),
    ...said('profile', profile),
  });
  if (!received.ok) return received;
  const { batch, repeated } = received.value;
  if (!repeated) queue.add(batch, actor);
  return ok({ batch: batch.batchId, repeated });
}

/** Sends corrected rows anew and waits for what becomes of them: they are few. */
export async function correct(
  { collection, queue }: CollectionContext,
  batch: Batch,
  rows: readonly CorrectedRow[],
  actor: Actor,
) {
  const received = await receiveCorrection(collection, batch, { rows, actor });
  if (!received.ok) return received;
  const ran = await queue.run(received.value.batch, actor);
  if (!ran.ok) return ran;
  const correction = ran.value.batch;
  const of = { batchId: batch.batchId, rows: rows.map(({ row }) => row) };
  const told = await correctedOutcomes(collection, of, correction);
  return ok({
    ...{ batch: correction.batchId, repeated: received.value.repeated, counts: correction.counts },
    rows: told.map(({ row, outcome, findings }) => ({
      ...{ row, outcome, findings: findings.map(findingOf) },
    })),
  });
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The workbook of wrong rows. Refuses `collection.wrong-state`, `collection.nothing-wrong`. */
export async function errorWorkbook(
  { collection }: CollectionContext,
  batch: Batch,
): Promise<Result<AnsweredFile>> {
  if (batch.state !== 'done') return refuse('collection.wrong-state', { state: batch.state });
  const path = await errorFileOf(collection, batch);
  if (path === null) return refuse('collection.nothing-wrong');
  const fileName = `退回-${batch.fileName.replace(/\.[^.]{1,9}$/, '')}.xlsx`;
  return ok({ ...(await fileOnDisk(path)), fileName, type: xlsx });
}
