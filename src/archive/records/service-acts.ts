/** Acts on stored records: annulment whole and partial, clearing, evidence, erasure, undoing a link. */
import type { Act, Actor, Door, Ground } from '../../kernel/act.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { commitmentOf } from '../../kernel/canonical.ts';
import { insertCommitments } from '../../trust/transparency-log/index.ts';
import {
  type Mark,
  type StatementVersion,
  currentVersions,
  firstReceipt,
  isLive,
} from './domain-statement.ts';
import { type RecordsDeps, versionText } from './service.ts';
import { type RecordAt, refreshWindows } from './service-windows.ts';
import {
  endParty,
  findSourceKeys,
  insertVersions,
  partiesOf,
  readVersions,
  saveSourceKeys,
} from './store.ts';
import { lockTogether } from './store-rework.ts';
import { insertDecisionAct, insertMark, locate, moveRecord } from './store-acts.ts';

/** Archive with its door. */
export type ActDeps = RecordsDeps & { readonly database: Database; readonly door: Door<Tx> };

/** Who acts and why. */
export type ActBy = { readonly actor: Actor; readonly ground: Ground };

/** An annulment of a decision: whole, or of some parties, or leaving some kinds and an amount. */
export type Annulment = {
  readonly decisionKey: Id;
  readonly effectiveOn: Day;
  /** The document that annuls. */
  readonly document: string;
  readonly parties?: readonly string[];
  readonly remainingKinds?: readonly string[];
  readonly remainingFineFen?: number;
};

/**
 * Annuls a decision: every record of every party it reaches closes at once (design.md §12.7), or is
 * classed anew where something remains. Records that arrive later are reached too. Refuses
 * `records.no-such-decision`, and `records.nothing-remains` when a partial annulment leaves nothing.
 */
export async function annulDecision(
  deps: ActDeps,
  annulment: Annulment,
  by: ActBy,
): Promise<Result<{ act: Id; records: number }>> {
  const partial =
    annulment.remainingKinds !== undefined || annulment.remainingFineFen !== undefined;
  if (partial && annulment.remainingKinds?.length === 0) {
    return refuse('records.nothing-remains', { decision: annulment.decisionKey });
  }
  return deps.database.transaction(async (tx) => {
    const parties = await lockedParties(tx, annulment.decisionKey);
    if (parties.length === 0) {
      return refuse('records.no-such-decision', { decision: annulment.decisionKey });
    }
    const kind = partial ? 'partly-annulled' : 'annulled';
    const act = await deps.door.pass(tx, {
      kind: 'records.annul',
      needs: 'records:annul',
      ...by,
      traceId: freshId(deps.clock),
      object: `decision:${annulment.decisionKey}`,
      detail: { kind, effectiveOn: annulment.effectiveOn, document: annulment.document },
    });
    if (!act.ok) return act;
    const { decisionKey, effectiveOn, ...rest } = annulment;
    await insertDecisionAct(tx, {
      decisionKey,
      kind,
      effectiveOn,
      detail: rest,
      actId: act.value.id,
      recordedAt: act.value.at,
    });
    await refreshWindows(deps, tx, parties);
    return ok({ act: act.value.id, records: parties.length });
  });
}

/** All parties of a decision, under the lock that keeps others from adding one. */
async function lockedParties(tx: Tx, decisionKey: Id): Promise<RecordAt[]> {
  const before = await partiesOf(tx, decisionKey);
  await lockTogether(tx, [decisionKey, ...before.map((party) => party.subjectId)]);
  return partiesOf(tx, decisionKey);
}

/** Finds a record and its versions under the lock of the caller's transaction. */
export async function recordNow(
  tx: Tx,
  recordId: Id,
): Promise<{ at: RecordAt; versions: StatementVersion[] } | null> {
  const subjectId = await locate(tx, recordId);
  if (subjectId === undefined || subjectId === null) return null;
  await lockTogether(tx, [subjectId]);
  const at = { recordId, subjectId };
  return { at, versions: await readVersions(tx, [at]) };
}

/** Sets a mark on a record and works its windows out anew. */
export async function markRecord(
  deps: ActDeps,
  tx: Tx,
  record: RecordAt,
  mark: Mark & { readonly act: Act },
): Promise<void> {
  await insertMark(tx, {
    ...record,
    markId: freshId(deps.clock),
    kind: mark.kind,
    effectiveOn: mark.effectiveOn,
    detail: mark.detail,
    actId: mark.act.id,
    recordedAt: mark.act.at,
  });
  await refreshWindows(deps, tx, [record]);
}

/**
 * The source has confirmed what a rule doubted (C05), or corrected what it found: the record may be
 * shown from today. Refuses `records.no-such-record`, `records.not-held {rule}`.
 */
export async function clearHeldShow(
  deps: ActDeps,
  recordId: Id,
  rule: string,
  by: ActBy,
): Promise<Result<{ act: Id }>> {
  return deps.database.transaction(async (tx) => {
    const found = await recordNow(tx, recordId);
    if (found === null) return refuse('records.no-such-record', { record: recordId });
    const held = currentVersions(found.versions).some((version) => version.heldShow.includes(rule));
    if (!held) return refuse('records.not-held', { record: recordId, rule });
    const act = await deps.door.pass(tx, {
      kind: 'records.clear',
      needs: 'records:clear',
      ...by,
      traceId: freshId(deps.clock),
      object: `record:${recordId}`,
      detail: { rule },
    });
    if (!act.ok) return act;
    const effectiveOn = deps.clock.today();
    const mark = { kind: 'show-cleared' as const, effectiveOn, detail: { rule } };
    await markRecord(deps, tx, found.at, { ...mark, act: act.value });
    return ok({ act: act.value.id });
  });
}

/** Evidence that the remedy period is over, where local law opens `use` only then. */
export async function recordRemedyOver(
  deps: ActDeps,
  recordId: Id,
  evidence: { readonly on: Day; readonly document: string },
  by: ActBy,
): Promise<Result<{ act: Id }>> {
  return deps.database.transaction(async (tx) => {
    const found = await recordNow(tx, recordId);
    if (found === null) return refuse('records.no-such-record', { record: recordId });
    const act = await deps.door.pass(tx, {
      kind: 'records.remedy-over',
      needs: 'records:clear',
      ...by,
      traceId: freshId(deps.clock),
      object: `record:${recordId}`,
      detail: { on: evidence.on, document: evidence.document },
    });
    if (!act.ok) return act;
    await markRecord(deps, tx, found.at, {
      kind: 'remedy-over',
      effectiveOn: evidence.on,
      detail: { document: evidence.document },
      act: act.value,
    });
    return ok({ act: act.value.id });
  });
}

/**
 * Undoes a link in the caller's transaction: every statement of the record closes under its subject,
 * its fact is free again, its windows end. Gives the last live versions with their first receipt, for whoever holds the rows.
 * The act and its second person are the caller's. Refuses `records.no-such-record`.
 */
export async function unlinkRecord(
  deps: RecordsDeps,
  tx: Tx,
  recordId: Id,
): Promise<Result<StatementVersion[]>> {
  const found = await recordNow(tx, recordId);
  if (found === null) return refuse('records.no-such-record', { record: recordId });
  const live = currentVersions(found.versions).filter(isLive);
  const at = deps.clock.now();
  const moved = live.map((version): StatementVersion => ({
    ...version,
    version: version.version + 1,
    op: 'M',
    recordedAt: at,
  }));
  const salted = moved.map((version) => ({ version, salt: freshBytes(16) }));
  await insertVersions(tx, salted);
  await insertCommitments(
    tx,
    salted.map(({ version, salt }) => ({
      id: freshId(deps.clock),
      kind: 'statement-version',
      objectId: version.statementId,
      commitment: commitmentOf(salt, versionText(version)),
      at,
    })),
  );
  const keys = await findSourceKeys(
    tx,
    moved.map((version) => version.statementId),
  );
  await saveSourceKeys(
    tx,
    [],
    moved.map((version) => ({
      ...keys.get(version.statementId)!,
      version: version.version,
      op: 'M' as const,
    })),
  );
  for (const version of live) {
    if (version.decisionKey === null) continue;
    const { decisionKey, item } = version;
    await endParty(tx, { decisionKey, item, ...found.at });
  }
  await moveRecord(tx, recordId, null, at);
  await refreshWindows(deps, tx, [found.at]);
  return ok(
    live.map((version) => ({ ...version, receivedAt: firstReceipt(found.versions, version) })),
  );
}
