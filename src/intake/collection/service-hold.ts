/** Rows nobody could be named for with certainty: they wait for people, or go back to their sender. */
import { instantMs } from '../../kernel/day.ts';
import { type Id, derivedId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { judgeAgainst } from '../../archive/records/index.ts';
import { openLinkReviews, readSubjects } from '../../register/subjects/index.ts';
import type { Finding } from './checks/domain.ts';
import type { PreparedRow } from './domain.ts';
import type { CollectionDeps } from './service-receive.ts';
import { type ChunkContext, type Passing, builtIn, finding } from './service-rows.ts';
import { type HeldRow, closeHeld } from './store-held.ts';

/** Whether a row repeats the one that waits under its key, or is older than it. */
export function saysNothingNew(prepared: PreparedRow, waiting: HeldRow | undefined): boolean {
  return waiting !== undefined && judgeAgainst(prepared, waiting.prepared) !== 'new';
}

/** Rows nobody could be named for with certainty wait, or are given back when their code cannot be. */
export async function holdDoubtful(
  deps: CollectionDeps,
  tx: Tx,
  context: ChunkContext,
  at: { readonly passing: readonly Passing[]; readonly held: ReadonlyMap<Id, HeldRow> },
): Promise<HeldRow[]> {
  const { batch } = context;
  const doubtful = at.passing.filter((row) => row.outcome === null);
  const registered = await registeredNames(tx, doubtful);
  const newest = new Map<Id, HeldRow>();
  const openings = new Map<Id, Parameters<typeof openLinkReviews>[1][number]>();
  for (const row of doubtful) {
    const { decision } = row.link!;
    if (decision.outcome === 'linked') continue;
    row.findings.push(...doubtFindings(context, row, registered));
    if (row.findings.some((item) => item.severity === 'reject')) {
      row.outcome = 'R';
      continue;
    }
    const key = row.prepared!.sourceKey;
    const before = newest.get(key);
    if (saysNothingNew(row.prepared!, before)) {
      row.outcome = 'D';
      continue;
    }
    row.outcome = 'H';
    const waiting = before ?? at.held.get(key);
    // A corrected row takes the place of the one that waited; its clock keeps the first receipt.
    if (before === undefined && waiting !== undefined) {
      await closeHeld(tx, waiting, { state: 'returned', recordId: null });
    }
    const reviewId = derivedId(instantMs(batch.receivedAt), batch.batchId, `review/${row.raw.row}`);
    newest.set(key, heldRow(context, row, reviewId, waiting?.receivedAt));
    openings.set(key, {
      reviewId,
      object: `row:${batch.batchId}/${row.raw.row}`,
      query: row.query!,
      reasons: decision.reasons,
      candidates: decision.outcome === 'review' ? decision.candidates : [],
    });
  }
  await openLinkReviews(tx, [...openings.values()], deps.clock.now());
  return [...newest.values()];
}

function heldRow(
  context: ChunkContext,
  row: Passing,
  reviewId: Id,
  firstReceivedAt: HeldRow['receivedAt'] | undefined,
): HeldRow {
  const { batch } = context;
  const { decision } = row.link!;
  return {
    batchId: batch.batchId,
    rowNo: row.raw.row,
    provider: batch.provider,
    item: batch.item,
    receivedAt: firstReceivedAt ?? batch.receivedAt,
    prepared: row.prepared!,
    query: row.query!,
    reasons: decision.outcome === 'linked' ? [] : decision.reasons,
    sourceKey: row.prepared!.sourceKey,
    contentDigest: row.prepared!.contentDigest,
    state: 'held',
    reviewId,
    recordId: null,
  };
}

/** The subject a doubtful row's own code belongs to. */
function bearerOfCode({ link }: Passing): Id | null {
  const decision = link!.decision;
  if (decision.outcome !== 'review') return null;
  const bearer = decision.candidates.find(({ grounds }) => grounds.includes('code'));
  return bearer === undefined ? null : (bearer.subjectId as Id);
}

/** What the register calls the bearers of the rows' codes: the sender is told, for it is mostly a slip. */
async function registeredNames(tx: Tx, rows: readonly Passing[]): Promise<Map<Id, string>> {
  const ids = [...new Set(rows.flatMap((row) => bearerOfCode(row) ?? []))];
  if (ids.length === 0) return new Map();
  return new Map((await readSubjects(tx, ids)).map(({ subjectId, name }) => [subjectId, name]));
}

/** The rule a doubt falls under: an impossible code is refused, everything else waits. */
function doubtFindings(
  context: ChunkContext,
  row: Passing,
  registered: ReadonlyMap<Id, string>,
): Finding[] {
  const { decision } = row.link!;
  if (decision.outcome === 'linked') return [];
  const reasons = decision.reasons.map((reason) => reason.message).join('');
  const words = {
    subjectName: row.query?.name ?? '',
    subjectCode: row.query?.code ?? '',
    value: row.query?.code ?? '',
    field: '统一社会信用代码',
    registeredName: registered.get(bearerOfCode(row) ?? ('' as Id)) ?? '',
    suggestion: reasons,
  };
  const suspect = row.checked.content.fact('subjectCodeSuspect') === true;
  const name =
    suspect && decision.outcome === 'none'
      ? 'subject-code'
      : decision.outcome === 'none'
        ? 'subject-unknown'
        : 'name-and-code';
  const rule = builtIn(context, name);
  const found = rule === undefined ? [] : [finding(rule, words)];
  const told = decision.reasons.map((reason): Finding => ({
    rule: `LINK:${reason.code}`,
    severity: 'hold',
    field: null,
    column: null,
    value: null,
    message: reason.message,
    advice: '',
  }));
  return [...found, ...told];
}
