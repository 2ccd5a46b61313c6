/** Held rows: linked when their subject comes or two persons decide, given back, and links undone. */
import type { Actor, Door } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { derivedId } from '../../kernel/ids.ts';
import { instantMs } from '../../kernel/day.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import {
  type StatementVersion,
  findLeading,
  storeStatements,
  unlinkRecord,
} from '../../archive/records/index.ts';
import {
  type ReviewMove,
  type ReviewStepRequest,
  linkReasons,
  linkRows,
  openLinkReviews,
  proposeUndo,
  readSubjects,
  settleReviews,
  takeReviewStep,
} from '../../register/subjects/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { PreparedRow } from './domain.ts';
import type { CollectionDeps } from './service-receive.ts';
import { lockSource, lockSources, readBatch } from './store.ts';
import {
  type HeldRow,
  closeHeld,
  holdAgain,
  keepFirstReceipt,
  lockHeld,
  waitingRows,
} from './store-held.ts';

/** What a step on a review led to. */
export type LinkOutcome = {
  readonly review: Id;
  readonly state: string;
  readonly recordId: Id | null;
};

const rowObject = /^row:([0-9a-f-]{36})\/(\d+)$/;
const recordObject = /^record:([0-9a-f-]{36})$/;

/**
 * One person's step on a review, with all it does, in one transaction: a confirmed link makes the held
 * row a record with its first receipt kept; a confirmed undo makes the record a held row again.
 */
export async function decideLinkReview(
  deps: CollectionDeps,
  request: ReviewStepRequest,
): Promise<Result<LinkOutcome>> {
  return deps.database.transaction(async (tx) => {
    const moved = await takeReviewStep(deps, tx, request);
    if (!moved.ok) return moved;
    const { review, to } = moved.value;
    const effect = await effectOf(deps, tx, moved.value);
    if (!effect.ok) return effect;
    return ok({ review: review.reviewId, state: to, recordId: effect.value });
  });
}

async function effectOf(
  deps: CollectionDeps,
  tx: Tx,
  { review, to, chosen }: ReviewMove,
): Promise<Result<Id | null>> {
  if (to === 'linked') return linkHeld(deps, tx, review.object, chosen!);
  if (to === 'returned') return returnHeld(tx, review.object);
  if (to === 'undone') return undo(deps, tx, review.object);
  return ok(null);
}

/** A waiting row under the locks of its source and its own: a delivery may be telling it again now. */
async function heldOf(tx: Tx, object: string): Promise<Result<HeldRow>> {
  const match = rowObject.exec(object);
  const at = match === null ? null : { batchId: match[1]!, rowNo: Number(match[2]) };
  const source = at === null ? null : await readBatch(tx, at.batchId);
  if (source !== null) await lockSource(tx, source);
  const row = at === null ? null : await lockHeld(tx, at);
  return row === null || row.state !== 'held'
    ? refuse('link.row-not-waiting', { row: object })
    : ok(row);
}

async function linkHeld(
  deps: CollectionDeps,
  tx: Tx,
  object: string,
  subjectId: Id,
): Promise<Result<Id | null>> {
  const held = await heldOf(tx, object);
  if (!held.ok) return held;
  const [subject] = await readSubjects(tx, [subjectId]);
  assert(subject !== undefined, 'the workflow has looked the subject up');
  return ok(await storeHeld(deps, tx, held.value, subject));
}

async function storeHeld(
  deps: CollectionDeps,
  tx: Tx,
  held: HeldRow,
  subject: { readonly subjectId: Id; readonly uscc: string | null },
): Promise<Id | null> {
  const [stored] = await storeStatements(deps, tx, [
    {
      prepared: held.prepared,
      subject,
      batchId: held.batchId,
      rowNo: held.rowNo,
      receivedAt: held.receivedAt,
    },
  ]);
  await closeHeld(tx, held, { state: 'linked', recordId: stored!.recordId });
  return stored!.recordId;
}

async function returnHeld(tx: Tx, object: string): Promise<Result<null>> {
  const held = await heldOf(tx, object);
  if (!held.ok) return held;
  await closeHeld(tx, held.value, { state: 'returned', recordId: null });
  return ok(null);
}

/**
 * Opens the request to undo a record's link; the second person confirms with `decideLinkReview`. Refuses
 * `records.no-such-record` where none is linked under that id, and what `proposeUndo` refuses.
 */
export async function proposeLinkUndo(
  deps: CollectionDeps & { readonly door: Door<Tx> },
  request: { readonly recordId: Id; readonly actor: Actor; readonly reason: string },
): Promise<Result<LinkOutcome>> {
  return deps.database.transaction(async (tx) => {
    const { actor, reason, recordId } = request;
    if ((await findLeading(tx, recordId)) === null) {
      return refuse('records.no-such-record', { record: recordId });
    }
    const moved = await proposeUndo(deps, tx, { object: `record:${recordId}`, actor, reason });
    if (!moved.ok) return moved;
    return ok({ review: moved.value.review.reviewId, state: moved.value.to, recordId });
  });
}

/** Every statement of the record goes back to waiting, as if it had never been linked. */
async function undo(deps: CollectionDeps, tx: Tx, object: string): Promise<Result<Id>> {
  const recordId = recordObject.exec(object)?.[1] ?? '';
  const versions = await unlinkRecord(deps, tx, recordId);
  if (!versions.ok) return versions;
  for (const version of versions.value) {
    const reviewId = derivedId(
      instantMs(deps.clock.now()),
      version.batchId,
      `undone/${version.rowNo}/${version.version}`,
    );
    const held = heldFrom(version, reviewId);
    if (!(await holdAgain(tx, held))) {
      // A later correction already waits under this key: it says what this version said, and more.
      await keepFirstReceipt(tx, held);
      continue;
    }
    await openLinkReviews(
      tx,
      [
        {
          reviewId,
          object: `row:${version.batchId}/${version.rowNo}`,
          query: held.query,
          reasons: held.reasons,
          candidates: [],
        },
      ],
      deps.clock.now(),
    );
  }
  return ok(recordId);
}

function heldFrom(version: StatementVersion, reviewId: Id): HeldRow {
  const prepared: PreparedRow = {
    item: version.item,
    standard: version.standard,
    provider: version.provider,
    sourceKey: version.statementId,
    rowVersion: version.rowVersion,
    op: version.op === 'M' ? 'I' : version.op,
    authorityCode: version.authorityCode,
    authorityName: version.authorityName,
    documentNumber: version.documentNumber,
    decisionKey: version.decisionKey,
    decidedOn: version.decidedOn,
    validFrom: version.validFrom,
    validUntil: version.validUntil,
    publicUntil: version.publicUntil,
    endedOn: version.endedOn,
    kinds: version.kinds,
    fineFen: version.fineFen,
    confiscatedFen: version.confiscatedFen,
    facts: version.facts,
    values: version.values,
    contentDigest: version.contentDigest,
    heldShow: version.heldShow,
  };
  return {
    batchId: version.batchId,
    rowNo: version.rowNo,
    provider: version.provider,
    item: version.item,
    receivedAt: version.receivedAt,
    prepared,
    // What the row said of its subject is not repeated: it is what led to the wrong link.
    query: {
      name: null,
      code: null,
      organisationCode: null,
      registrationNumber: null,
      taxNumber: null,
      province: null,
      city: null,
      regionCode: null,
      decidedOn: version.decidedOn,
    },
    reasons: linkReasons(['LINK_UNDONE']),
    sourceKey: version.statementId,
    contentDigest: version.contentDigest,
    state: 'held',
    reviewId,
    recordId: version.recordId,
  };
}

const sweepRows = 500;

/**
 * Tries waiting rows again against the base library as it is now: those whose subject has come with
 * exact evidence are linked without a person, their review settled. Rows whose link was undone by
 * people name nobody any more, and so are left to people. Gives how many were linked.
 */
export async function retryHeld(deps: CollectionDeps): Promise<number> {
  let linked = 0;
  let after: { batchId: Id; rowNo: number } | null = null;
  for (;;) {
    const rows: HeldRow[] = await waitingRows(deps.database, { after, limit: sweepRows });
    linked += await retryPage(deps, rows);
    if (rows.length < sweepRows) return linked;
    const last = rows.at(-1)!;
    after = { batchId: last.batchId, rowNo: last.rowNo };
  }
}

async function retryPage(deps: CollectionDeps, rows: readonly HeldRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  return deps.database.transaction(async (tx) => {
    const links = await linkRows(
      tx,
      rows.map((row) => row.query),
      deps.linkTables(),
    );
    let linked = 0;
    const settled: Id[] = [];
    const linkable = rows.filter((_, index) => links[index]!.decision.outcome === 'linked');
    await lockSources(tx, linkable);
    for (const [index, row] of rows.entries()) {
      const { decision, uscc } = links[index]!;
      if (decision.outcome !== 'linked') continue;
      const held = await lockHeld(tx, row);
      if (held === null || held.state !== 'held') continue;
      await storeHeld(deps, tx, held, { subjectId: decision.subjectId, uscc });
      if (held.reviewId !== null) settled.push(held.reviewId);
      linked += 1;
    }
    await settleReviews(tx, settled, deps.clock.now());
    return linked;
  });
}
