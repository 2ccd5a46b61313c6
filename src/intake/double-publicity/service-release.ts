/**
 * 发布 and 停止公示: one officer proposes, another decides; the decision is an instant from which the
 * public sees a batch or a record, or no longer does. Nothing is deleted: each decision is one more step.
 */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { isId } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { decide } from '../../kernel/workflow.ts';
import {
  type LawView,
  type ReleaseDecision,
  type ReleaseStep,
  findLeading,
  insertRelease,
  readReleases,
  releaseHistory,
  releaseRules,
  releaseState,
} from '../../archive/records/index.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import {
  type CaseStep,
  type ReleaseCase,
  type ReleaseObject,
  type WaitingBatch,
  type WaitingPage,
  findBatchObject,
  insertCase,
  lockObject,
  openCase,
  saveStep,
  waitingBatches,
} from './store.ts';
import { type ReleaseFacts, releaseWorkflow, withdrawalWorkflow } from './workflow.ts';

/** What releasing needs. */
export type ReleaseDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly law: () => LawView;
};

/** A batch or a record named by its caller. */
export type Named = { readonly batchId: Id } | { readonly recordId: Id };

/** Who asks, and why. A withdrawal must say why; a release may. */
export type ReleaseRequest = Named & {
  readonly actor: Actor;
  readonly reason?: string;
};

/** What a step led to. */
export type ReleaseOutcome = {
  readonly caseId: Id;
  readonly aim: 'release' | 'withdrawal';
  readonly state: string;
  /** Whether release lets the object be shown now. */
  readonly shows: boolean;
};

/** The first officer proposes to let a batch, or something taken back, be shown. */
export function proposeRelease(
  deps: ReleaseDeps,
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  return propose(deps, 'release', { ...request, reason: request.reason ?? '核对无误，提请发布' });
}

/** The first officer proposes to take a batch or a record out of publicity; the ground is needed. */
export function proposeWithdrawal(
  deps: ReleaseDeps,
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  const reason = request.reason?.trim() ?? '';
  if (reason === '') return Promise.resolve(refuse('double-publicity.ground-missing'));
  return propose(deps, 'withdrawal', { ...request, reason });
}

/** The second officer lets a proposed batch be shown, from this instant. */
export function releaseBatch(
  deps: ReleaseDeps,
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  return decideCase(deps, 'release', request);
}

/** The second officer takes what was proposed out of publicity, from this instant. */
export function withdraw(
  deps: ReleaseDeps,
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  return decideCase(deps, 'withdraw', request);
}

/** Either officer ends a proposal: the second one rejects it, the first one cancels it. */
export function endProposal(
  deps: ReleaseDeps,
  action: 'reject' | 'cancel',
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  return decideCase(deps, action, request);
}

async function propose(
  deps: ReleaseDeps,
  aim: ReleaseCase['aim'],
  request: ReleaseRequest & { readonly reason: string },
): Promise<Result<ReleaseOutcome>> {
  return deps.database.transaction(async (tx) => {
    const found = await factsOf(deps, tx, request);
    if (!found.ok) return found;
    const { object, facts } = found.value;
    if ((await openCase(tx, object.id)) !== null) {
      return refuse('double-publicity.already-proposed', { object: facts.object });
    }
    const { actor, reason } = request;
    const workflow = aim === 'release' ? releaseWorkflow : withdrawalWorkflow;
    const who = { position: actor.position, account: actor.account, takenBy: [] };
    const step = { action: 'propose' as const, ...who };
    const move = decide(workflow as typeof releaseWorkflow, 'drafted', step, facts);
    if (!move.ok) return move;
    const caseId = freshId(deps.clock);
    const act = await passed(deps, tx, {
      request,
      facts,
      action: `propose-${aim}`,
      reason,
      caseId,
    });
    if (!act.ok) return act;
    await insertCase(tx, {
      caseId,
      aim,
      kind: object.kind,
      objectId: object.id,
      state: move.value.to,
      reason,
      openedAt: act.value.at,
      version: workflow.version,
    });
    await saveStep(tx, caseId, stepOf('propose', act.value, move.value.to, false));
    return ok({ caseId, aim, state: move.value.to, shows: facts.shows });
  });
}

type Deciding = 'release' | 'withdraw' | 'reject' | 'cancel';

async function decideCase(
  deps: ReleaseDeps,
  action: Deciding,
  request: ReleaseRequest,
): Promise<Result<ReleaseOutcome>> {
  return deps.database.transaction(async (tx) => {
    const found = await factsOf(deps, tx, request);
    if (!found.ok) return found;
    const { object, facts } = found.value;
    const open = await openCase(tx, object.id);
    if (open === null) return refuse('double-publicity.nothing-proposed', { object: facts.object });
    const { aim, caseId } = open.case;
    const workflow = aim === 'release' ? releaseWorkflow : withdrawalWorkflow;
    if (!(action in workflow.steps)) {
      return refuse('double-publicity.nothing-proposed', { object: facts.object });
    }
    const { actor } = request;
    const who = { position: actor.position, account: actor.account };
    const step = { action: action as 'release', ...who, takenBy: open.steps as never };
    const move = decide(workflow as typeof releaseWorkflow, open.case.state as never, step, facts);
    if (!move.ok) return move;
    const first = open.steps.find((taken) => taken.action === 'propose')!;
    const reason = request.reason ?? open.case.reason;
    const act = await passed(deps, tx, {
      ...{ request, facts, action, reason, caseId },
      ...(action === 'cancel' ? {} : { first }),
    });
    if (!act.ok) return act;
    const { to } = move.value;
    await saveStep(tx, caseId, stepOf(action, act.value, to, true));
    if (to !== 'decided') return ok({ caseId, aim, state: to, shows: facts.shows });
    const shows = aim === 'release';
    await insertRelease(tx, {
      objectId: object.id,
      objectKind: object.kind,
      shows,
      at: act.value.at,
      reason,
      firstAccount: first.account,
      secondAccount: actor.account,
      firstAct: first.actId,
      secondAct: act.value.id,
    });
    return ok({ caseId, aim, state: to, shows: shows && found.value.afterRelease });
  });
}

function stepOf(action: string, act: Act, to: string, closes: boolean) {
  return { action, account: act.actor.account, actId: act.id, at: act.at, to, closes };
}

const permissionOf: Readonly<Record<string, string>> = {
  'propose-release': 'double-publicity:prepare',
  release: 'double-publicity:release',
  withdraw: 'double-publicity:release',
  reject: 'double-publicity:release',
};

/** Cancelling and proposing a withdrawal are open to both positions, each by the permission it has. */
function neededBy(action: string, { position }: Actor): string {
  const both = position === 'data-clerk' ? 'double-publicity:prepare' : 'double-publicity:release';
  return permissionOf[action] ?? both;
}

function passed(
  deps: ReleaseDeps,
  tx: Tx,
  step: {
    readonly request: ReleaseRequest;
    readonly facts: ReleaseFacts;
    readonly action: string;
    readonly reason: string;
    readonly caseId: Id;
    readonly first?: CaseStep;
  },
): Promise<Result<Act>> {
  const { request, facts, action, reason, caseId, first } = step;
  return deps.door.pass(tx, {
    kind: `double-publicity.${action}`,
    needs: neededBy(action, request.actor),
    actor: request.actor,
    ground: { reason },
    traceId: freshId(deps.clock),
    object: facts.object,
    detail: { case: caseId },
    ...(first === undefined ? {} : { second: { firstAct: first.actId } }),
  });
}

/** The object under its lock, and what a step on it is decided on. */
async function factsOf(
  deps: ReleaseDeps,
  tx: Tx,
  named: Named,
): Promise<Result<{ object: ReleaseObject; facts: ReleaseFacts; afterRelease: boolean }>> {
  const id = 'batchId' in named ? named.batchId : named.recordId;
  if (isId(id)) await lockObject(tx, id);
  return readFacts(deps, tx, named);
}

/** What a step on an object would be decided on, read without its lock. */
export async function readFacts(
  deps: Pick<ReleaseDeps, 'law'>,
  tx: Queryable,
  named: Named,
): Promise<Result<{ object: ReleaseObject; facts: ReleaseFacts; afterRelease: boolean }>> {
  const id = 'batchId' in named ? named.batchId : named.recordId;
  const object = isId(id) ? await findObject(tx, named) : null;
  if (object === null) return refuse('double-publicity.no-such-object', { object: id });
  const steps = await readReleases(tx, [object.batchId, object.id]);
  const own = steps.get(object.id) ?? null;
  const stateWith = (record: ReleaseStep | null) =>
    releaseState(releaseRules(deps.law()), {
      item: object.item,
      receivedAt: object.receivedAt,
      batchId: object.batchId,
      batch: steps.get(object.batchId) ?? null,
      record,
    }).shows;
  const shows = stateWith(object.kind === 'record' ? own : null);
  const facts = {
    object: `${object.kind}:${object.id}`,
    shows,
    // That its batch waits is another matter: a record is released anew by itself only.
    releasable: object.kind === 'record' ? own?.shows === false : !shows,
    done: object.done,
  };
  return ok({ object, facts, afterRelease: object.kind === 'batch' || stateWith(null) });
}

async function findObject(db: Queryable, named: Named): Promise<ReleaseObject | null> {
  if ('batchId' in named) return findBatchObject(db, named.batchId);
  const leading = await findLeading(db, named.recordId);
  if (leading === null) return null;
  const { item, receivedAt, batchId } = leading;
  return { kind: 'record', id: named.recordId, item, receivedAt, batchId, done: true };
}

/** Batches that wait for two officers under the law as it is. */
export function batchesWaiting(
  deps: Pick<ReleaseDeps, 'database' | 'law'>,
  page: WaitingPage,
): Promise<WaitingBatch[]> {
  return waitingBatches(deps.database, releaseRules(deps.law()), page);
}

/** What two officers decided on an object, the oldest first. */
export function decisionsOn(
  deps: Pick<ReleaseDeps, 'database'>,
  named: Named,
): Promise<ReleaseDecision[]> {
  return releaseHistory(deps.database, 'batchId' in named ? named.batchId : named.recordId);
}
