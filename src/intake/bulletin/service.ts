/**
 * The bulletin of a month from its draft to publication: drafted and sent by one officer, confirmed or
 * contested by each department within its working days, published by another officer. A department that
 * says nothing by then is taken not to contest, and the bulletin says so.
 */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import { systemActor } from '../../kernel/act.ts';
import { addWorkdays } from '../../kernel/calendar.ts';
import { type Json, canonicalJson, sha256Hex } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import { decide } from '../../kernel/workflow.ts';
import { freshId } from '../../platform/clock.ts';
import type { Queryable, Tx } from '../../platform/db/index.ts';
import { type QualityDeps, monthOf } from '../quality/index.ts';
import { rulesOn } from './domain-scheme.ts';
import { workOut } from './service-draft.ts';
import { bodyOf } from './service-read.ts';
import {
  type BulletinStep,
  type Response,
  type StoredBulletin,
  askDepartments,
  bulletinSteps,
  editionsOfPeriod,
  insertBulletin,
  lockPeriod,
  moveBulletin,
  responsesTo,
  saveBulletinStep,
  saveReply,
  saveResponse,
} from './store.ts';
import {
  type BulletinAction,
  type BulletinFacts,
  type BulletinState,
  bulletinWorkflow,
  responseWorkflow,
} from './workflow.ts';

/** What bulletins need. */
export type BulletinDeps = QualityDeps & { readonly door: Door<Tx> };

/** A step on the bulletin of a month. */
export type BulletinRequest = {
  readonly period: string;
  readonly actor: Actor;
  readonly reason?: string;
};

/** Where a step led. */
export type BulletinOutcome = {
  readonly period: string;
  readonly edition: number;
  readonly state: string;
  /** Last day on which departments may answer. */
  readonly windowEnds: Day | null;
};

const isOpen = ({ state }: StoredBulletin) => state === 'drafted' || state === 'sent';

/**
 * Drafts the bulletin of a month; where one was published, the new edition takes its place once it is
 * published, and must say why. Refuses `bulletin.already-open {period}`, `bulletin.reason-missing`,
 * `quality.bad-period`, `quality.not-begun`, `bulletin.month-not-over`.
 */
export async function draftBulletin(
  deps: BulletinDeps,
  request: BulletinRequest,
): Promise<Result<BulletinOutcome>> {
  const { period, actor } = request;
  const month = monthOf(period);
  if (!month.ok) return month;
  if (month.value.to > deps.clock.today()) return refuse('bulletin.month-not-over', { period });
  const made = await workOut(deps, period);
  if (!made.ok) return made;
  const body = canonicalJson(made.value.body as unknown as Json);
  return deps.database.transaction(async (tx) => {
    await lockPeriod(tx, period);
    const earlier = await editionsOfPeriod(tx, period);
    if (earlier.some(isOpen)) return refuse('bulletin.already-open', { period });
    const published = earlier.find(({ state }) => state === 'published') ?? null;
    const reason = request.reason?.trim() ?? '';
    if (published !== null && reason === '') return refuse('bulletin.reason-missing', { period });
    const move = mayMove('new', 'draft', { actor, steps: [], facts: noFacts(period) });
    if (!move.ok) return move;
    const bulletinId = freshId(deps.clock);
    const edition = (earlier[0]?.edition ?? 0) + 1;
    const told = reason === '' ? '当月归集情况通报' : reason;
    const act = await pass(deps, tx, { action: 'draft', actor, reason: told, bulletinId });
    if (!act.ok) return act;
    await insertBulletin(tx, {
      ...{ bulletinId, period, edition, body, reason: told },
      digest: sha256Hex(body),
      replaces: published?.bulletinId ?? null,
      draftedAt: act.value.at,
      version: bulletinWorkflow.version,
    });
    await saveBulletinStep(tx, bulletinId, stepOf('draft', act.value));
    return ok({ period, edition, state: move.value.to, windowEnds: null });
  });
}

/** Sends a draft to its departments: each has its working days from the next one on. */
export function sendBulletin(
  deps: BulletinDeps,
  request: BulletinRequest,
): Promise<Result<BulletinOutcome>> {
  return step(deps, request, 'send', async (tx, found) => {
    const { body, bulletinId } = found;
    const { clock, rulebook, place } = deps;
    const { confirmationWorkdays } = rulesOn(rulebook(), clock.today(), place);
    const windowEnds = addWorkdays(calendarOf(rulebook()), clock.today(), confirmationWorkdays).due;
    await askDepartments(
      tx,
      bulletinId,
      bodyOf({ body }).departments.map(({ provider }) => provider),
    );
    return { windowEnds };
  });
}

/** The second officer publishes: from now on everybody reads it, and nobody changes it. */
export function publishBulletin(
  deps: BulletinDeps,
  request: BulletinRequest,
): Promise<Result<BulletinOutcome>> {
  return step(deps, request, 'publish', (_tx, _found, act) =>
    Promise.resolve({ closedAt: act.at }),
  );
}

/** Ends a draft that will not be published, e.g. because a contest was right. */
export function cancelBulletin(
  deps: BulletinDeps,
  request: BulletinRequest,
): Promise<Result<BulletinOutcome>> {
  return step(deps, request, 'cancel', (_tx, _found, act) => Promise.resolve({ closedAt: act.at }));
}

type Taking = 'send' | 'publish' | 'cancel';

const usualReasons: Readonly<Record<Taking, string>> = {
  send: '送达各部门确认',
  publish: '确认期满或者均已答复，发布',
  cancel: '撤销',
};

async function step(
  deps: BulletinDeps,
  request: BulletinRequest,
  action: Taking,
  effect: (
    tx: Tx,
    found: StoredBulletin,
    act: Act,
  ) => Promise<{ windowEnds?: Day; closedAt?: Act['at'] }>,
): Promise<Result<BulletinOutcome>> {
  const { period, actor } = request;
  return deps.database.transaction(async (tx) => {
    const found = await openOf(tx, period);
    if (!found.ok) return found;
    const { bulletinId, edition, state, windowEnds } = found.value;
    const steps = await bulletinSteps(tx, bulletinId);
    if (action === 'cancel' && (request.reason ?? '').trim() === '') {
      return refuse('bulletin.reason-missing', { period });
    }
    const facts = await factsOf(deps, tx, found.value, actor);
    const move = mayMove(state, action, { actor, steps, facts });
    if (!move.ok) return move;
    const reason = request.reason?.trim() || usualReasons[action];
    const first = action === 'publish' ? steps.find((one) => one.action === 'send') : undefined;
    const act = await pass(deps, tx, {
      ...{ action, actor, reason, bulletinId },
      ...(first === undefined ? {} : { first }),
    });
    if (!act.ok) return act;
    const told = await effect(tx, found.value, act.value);
    const to = move.value.to as StoredBulletin['state'];
    await saveBulletinStep(tx, bulletinId, stepOf(action, act.value));
    await moveBulletin(tx, bulletinId, { state: to, ...told });
    return ok({ period, edition, state: to, windowEnds: told.windowEnds ?? windowEnds });
  });
}

/** A department's word, or the answer to it. */
export type ResponseRequest = BulletinRequest & { readonly provider: string };

/**
 * A department confirms its figures or contests them, with a ground; the centre may enter it on the
 * strength of a letter, which is then the ground. Refuses `bulletin.not-your-department`,
 * `bulletin.ground-missing`, `bulletin.no-such-department`, `bulletin.window-ended`.
 */
export function respond(
  deps: BulletinDeps,
  action: 'confirm' | 'contest',
  request: ResponseRequest,
): Promise<Result<BulletinOutcome>> {
  const { period, provider, actor } = request;
  const byCentre = actor.unit === systemActor.unit;
  if (!byCentre && actor.unit !== provider) {
    return Promise.resolve(refuse('bulletin.not-your-department', { provider }));
  }
  const ground = request.reason?.trim() ?? '';
  if (ground === '' && (byCentre || action === 'contest')) {
    return Promise.resolve(refuse('bulletin.ground-missing', { provider }));
  }
  return deps.database.transaction(async (tx) => {
    const found = await responseOf(deps, tx, request, action);
    if (!found.ok) return found;
    const { bulletin, to } = found.value;
    const act = await pass(deps, tx, {
      ...{ action, actor, bulletinId: bulletin.bulletinId, provider },
      reason: ground === '' ? '核对无误' : ground,
    });
    if (!act.ok) return act;
    await saveResponse(tx, bulletin.bulletinId, {
      ...{ provider, byCentre, ground: ground === '' ? '核对无误' : ground },
      state: to as 'confirmed' | 'contested',
      account: actor.account,
      actId: act.value.id,
      at: act.value.at,
    });
    return ok({ period, edition: bulletin.edition, state: to, windowEnds: bulletin.windowEnds });
  });
}

/** A contest is answered by somebody else than who entered it; an answer says why. */
export function answerContest(
  deps: BulletinDeps,
  action: 'uphold' | 'dismiss',
  request: ResponseRequest,
): Promise<Result<BulletinOutcome>> {
  const { period, provider, actor } = request;
  const reason = request.reason?.trim() ?? '';
  if (reason === '') return Promise.resolve(refuse('bulletin.ground-missing', { provider }));
  return deps.database.transaction(async (tx) => {
    const found = await responseOf(deps, tx, request, action);
    if (!found.ok) return found;
    const { bulletin, response, to } = found.value;
    const act = await pass(deps, tx, {
      ...{ action, actor, reason, bulletinId: bulletin.bulletinId, provider },
      first: { action: 'contest', account: response.account!, actId: response.actId! },
    });
    if (!act.ok) return act;
    await saveReply(tx, bulletin.bulletinId, {
      ...{ provider, text: reason, account: actor.account },
      state: to as 'upheld' | 'dismissed',
      actId: act.value.id,
      at: act.value.at,
    });
    return ok({ period, edition: bulletin.edition, state: to, windowEnds: bulletin.windowEnds });
  });
}

async function responseOf(
  deps: BulletinDeps,
  tx: Tx,
  request: ResponseRequest,
  action: 'confirm' | 'contest' | 'uphold' | 'dismiss',
): Promise<Result<{ bulletin: StoredBulletin; response: Response; to: string }>> {
  const { period, provider, actor } = request;
  const found = await openOf(tx, period);
  if (!found.ok) return found;
  const responses = await responsesTo(tx, found.value.bulletinId);
  const response = responses.find((one) => one.provider === provider);
  if (response === undefined) return refuse('bulletin.no-such-department', { provider });
  const steps = await bulletinSteps(tx, found.value.bulletinId);
  const takenBy =
    response.account === null ? [] : [{ action: 'contest' as const, account: response.account }];
  const move = decide(
    responseWorkflow,
    response.state,
    { action, position: actor.position, account: actor.account, takenBy },
    {
      provider,
      open: windowOpen(deps, found.value),
      ownDraft: steps.some(({ account }) => account === actor.account),
    },
  );
  if (!move.ok) return move;
  return ok({ bulletin: found.value, response, to: move.value.to });
}

/** Whether departments may still answer. */
export function windowOpen(
  { clock }: Pick<BulletinDeps, 'clock'>,
  { windowEnds }: Pick<StoredBulletin, 'windowEnds' | 'state'>,
): boolean {
  return windowEnds !== null && clock.today() <= windowEnds;
}

/** The draft or sent bulletin of a month under its lock. Refuses `bulletin.none-open`. */
async function openOf(tx: Tx, period: string): Promise<Result<StoredBulletin>> {
  await lockPeriod(tx, period);
  const found = (await editionsOfPeriod(tx, period)).find(isOpen);
  return found === undefined ? refuse('bulletin.none-open', { period }) : ok(found);
}

/** What a step by somebody is decided on. */
export async function factsOf(
  deps: BulletinDeps,
  tx: Queryable,
  bulletin: StoredBulletin,
  { account }: Actor,
): Promise<BulletinFacts> {
  const responses = await responsesTo(tx, bulletin.bulletinId);
  const count = (state: Response['state']) =>
    responses.filter((response) => response.state === state).length;
  return {
    period: bulletin.period,
    waiting: windowOpen(deps, bulletin) ? count('asked') : 0,
    unanswered: count('contested'),
    upheld: count('upheld'),
    enteredBySelf: responses.filter((one) => one.byCentre && one.account === account).length,
  };
}

const noFacts = (period: string): BulletinFacts => ({
  period,
  waiting: 0,
  unanswered: 0,
  upheld: 0,
  enteredBySelf: 0,
});

/** Whether the workflow lets somebody take a step. */
export function mayMove(
  state: BulletinState,
  action: BulletinAction,
  by: {
    readonly actor: Actor;
    readonly steps: readonly BulletinStep[];
    readonly facts: BulletinFacts;
  },
) {
  const { actor, steps, facts } = by;
  const takenBy = steps.map((one) => ({ ...one, action: one.action as BulletinAction }));
  const who = { position: actor.position, account: actor.account, takenBy };
  return decide(bulletinWorkflow, state, { action, ...who }, facts);
}

function stepOf(action: string, act: Act) {
  return { action, account: act.actor.account, actId: act.id, at: act.at };
}

/** The permission each step needs. */
export const permissionOf: Readonly<Record<string, string>> = {
  draft: 'quality:publish',
  send: 'quality:publish',
  cancel: 'quality:publish',
  publish: 'quality:approve',
  confirm: 'quality:confirm',
  contest: 'quality:confirm',
  uphold: 'quality:approve',
  dismiss: 'quality:approve',
};

function pass(
  deps: BulletinDeps,
  tx: Tx,
  asked: {
    readonly action: string;
    readonly actor: Actor;
    readonly reason: string;
    readonly bulletinId: Id;
    readonly provider?: string;
    readonly first?: BulletinStep;
  },
): Promise<Result<Act>> {
  const { action, actor, reason, bulletinId, provider, first } = asked;
  return deps.door.pass(tx, {
    kind: `bulletin.${action}`,
    needs: permissionOf[action]!,
    actor,
    ground: { reason },
    traceId: freshId(deps.clock),
    object: `bulletin:${bulletinId}`,
    detail: { provider: provider ?? null },
    ...(first === undefined ? {} : { second: { firstAct: first.actId } }),
  });
}
