/** A unit's deliveries as it is told of them: batches, rows given back, where everything came from. */
import { type Instant, parseInstant } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import {
  type Batch,
  type BatchQueue,
  type CollectionDeps,
  type GivenRow,
  batchColumns,
  batchesOf,
  correctedRows,
  fileProblems,
  findingGroups,
  givenRows,
  kinOf,
  recordsOf,
} from '../../../intake/collection/index.ts';
import { standingOf } from '../../../intake/double-publicity/index.ts';
import type { Account } from '../../../trust/accounts/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { permissionsOf } from '../service-caller.ts';
import type { BatchBrief, BatchView, GivenRowView } from './contract.ts';

const pageMost = 50;
const recordsMost = 100;
const problemsMost = 50;

/** What these use cases work with beside the office's own. */
export type CollectionContext = {
  readonly deps: OfficeDeps;
  readonly collection: CollectionDeps;
  readonly queue: BatchQueue;
  readonly wordsOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
};

/** An item with the name it has in the directory; its code where it is in it no more. */
export function itemNamed(deps: OfficeDeps, code: string): { code: string; name: string } {
  return { code, name: deps.law().itemFacts(code)?.name ?? code };
}

/** A batch briefly. */
export function briefOf(deps: OfficeDeps, batch: Batch): BatchBrief {
  const { batchId, provider, fileName, sizeBytes, period, state, receivedAt, finishedAt } = batch;
  return {
    ...{ batch: batchId, unit: provider, item: itemNamed(deps, batch.item), fileName, sizeBytes },
    ...{ period, state, receivedAt, finishedAt, counts: batch.counts },
  };
}

function placeOf(after: string | undefined): Result<{ receivedAt: Instant; batchId: Id } | null> {
  if (after === undefined) return ok(null);
  const [at = '', id = ''] = after.split(' ');
  const receivedAt = parseInstant(at);
  return receivedAt === null || !isId(id)
    ? refuse('collection.bad-page')
    : ok({ receivedAt, batchId: id });
}

/** Batches of a unit, the newest first. Refuses `collection.bad-page`. */
export async function batchPage(deps: OfficeDeps, unit: string, after: string | undefined) {
  const place = placeOf(after);
  if (!place.ok) return place;
  const page = { after: place.value, limit: pageMost + 1 };
  const found = await batchesOf(deps.database, unit, page);
  const batches = found.slice(0, pageMost);
  const last = batches.at(-1);
  const more = found.length > pageMost && last !== undefined;
  return ok({
    batches: batches.map((batch) => briefOf(deps, batch)),
    next: more ? `${last.receivedAt} ${last.batchId}` : null,
  });
}

/** One batch with everything known of it now, and what this account may do about it. */
export async function batchView(
  context: CollectionContext,
  account: Account,
  batch: Batch,
): Promise<BatchView> {
  const { deps, queue, wordsOf } = context;
  const { counts, refusal } = batch;
  const who = { account: account.code, positions: account.positions };
  const standing = await standingOf(deps, batch.batchId, who);
  const own = batch.provider === account.unit;
  const wrong = batch.state === 'done' && counts.rejected + counts.held > 0;
  const mayCorrect = own && permissionsOf(deps, account).includes('collection:correct');
  const told = refusal as Refusal | null;
  return {
    ...briefOf(deps, batch),
    ...{ standard: batch.standard, digest: batch.digest, declaredRows: batch.declaredRows },
    rowsPerSecond: queue.rateOf(batch.batchId, counts.received),
    refusal: told === null ? null : { code: told.code, words: wordsOf(told) },
    problems: fileProblems(batch)
      .slice(0, problemsMost)
      .map(({ place, weight, message }) => ({ place, weight, message })),
    findings: await findingGroups(deps.database, batch.batchId),
    receipt: batch.receipt as Record<string, unknown> | null,
    release: standing.ok
      ? {
          ...{ state: standing.value.state, proposedBy: standing.value.proposedBy },
          withdrawalReason: standing.value.withdrawalReason,
        }
      : null,
    actions: [
      ...(wrong && mayCorrect ? (['correct'] as const) : []),
      ...(wrong ? (['error-workbook'] as const) : []),
      ...(own && standing.ok ? standing.value.actions : []),
    ],
  };
}

function rowView({ row, outcome, personal, cells, findings, correction }: GivenRow): GivenRowView {
  return {
    ...{ row, outcome, personal },
    cells: cells === null ? null : [...cells],
    findings: findings.map(findingOf),
    correction:
      correction === null
        ? null
        : { batch: correction.batchId, row: correction.row, outcome: correction.outcome },
  };
}

/** A finding as it is told. */
export function findingOf({
  rule,
  severity,
  field,
  value,
  column,
  message,
  advice,
}: GivenRow['findings'][number]) {
  return { rule, severity, field, value, column, message, advice };
}

/** A page of rows given back, waiting, or warned of. */
export async function rowPage(
  { collection }: CollectionContext,
  account: Account,
  batch: Batch,
  {
    outcome,
    after,
  }: { readonly outcome?: 'R' | 'H' | 'W' | undefined; readonly after?: number | undefined },
) {
  const outcomes = outcome === undefined ? (['R', 'H'] as const) : [outcome];
  const page = { after: after ?? -1, limit: pageMost + 1, outcomes };
  const found = await givenRows(collection, batch, page);
  const rows = found.slice(0, pageMost);
  const columns = batchColumns(collection, batch);
  // What the standard shows to nobody goes back to its sender, and to no one else.
  const own = batch.provider === account.unit;
  const veiled = columns.map(({ field }) => !own && field?.audience === 'never');
  return {
    columns: columns.map(({ heading, field }) => ({
      ...{ heading, field: field?.id ?? null, name: field?.name ?? null },
    })),
    rows: rows.map(rowView).map((row) => ({
      ...row,
      cells: row.cells?.map((cell, at) => (veiled[at] === true ? '' : cell)) ?? null,
      findings: row.findings.map((finding) =>
        finding.column !== null && veiled[finding.column - 1] === true
          ? { ...finding, value: null }
          : finding,
      ),
    })),
    next: found.length > pageMost ? (rows.at(-1)?.row ?? null) : null,
  };
}

/** Where a batch came from and what came of it. */
export async function lineageOf(deps: OfficeDeps, batch: Batch, after: number | undefined) {
  const { database } = deps;
  const page = { after: after ?? -1, limit: recordsMost + 1 };
  const [kin, rowsOf, found] = await Promise.all([
    kinOf(database, batch.batchId),
    correctedRows(database, batch.batchId),
    recordsOf(database, batch, page),
  ]);
  const records = found.slice(0, recordsMost);
  const kinView = ({ batchId, ...rest }: (typeof kin.of)[number]) => ({ batch: batchId, ...rest });
  return {
    file: { name: batch.fileName, sizeBytes: batch.sizeBytes, digest: batch.digest },
    batch: briefOf(deps, batch),
    corrects: kin.of.map(kinView),
    correctedBy: kin.by.map(kinView),
    rowsOf: rowsOf.map(({ row, ofBatchId, ofRow }) => ({ row, batch: ofBatchId, ofRow })),
    records: records.map(({ row, outcome, recordId }) => ({ row, outcome, record: recordId })),
    next: found.length > recordsMost ? (records.at(-1)?.row ?? null) : null,
  };
}
