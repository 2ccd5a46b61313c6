/** 关联复核: opening reviews and taking their steps. What a decision does to rows is collection's. */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { decide } from '../../kernel/workflow.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { LinkQuery } from './domain-link-evidence.ts';
import { readSubjects } from './store.ts';
import {
  type Review,
  type ReviewStep,
  hasOpenReview,
  insertReviews,
  lockReview,
  saveReviewStep,
} from './store-review.ts';
import {
  type ReviewAction,
  type UndoAction,
  linkReviewWorkflow,
  linkUndoWorkflow,
} from './workflow.ts';

/** What reviews need. */
export type ReviewDeps = { readonly clock: Clock; readonly door: Door<Tx> };

/** Something that waits for two persons. */
export type ReviewOpening = {
  readonly reviewId: Id;
  readonly object: string;
  readonly query: LinkQuery;
  readonly reasons: Review['reasons'];
  readonly candidates: readonly object[];
};

/** Opens reviews of rows whose subject is doubtful. */
export async function openLinkReviews(
  tx: Tx,
  openings: readonly ReviewOpening[],
  at: Instant,
): Promise<void> {
  await insertReviews(
    tx,
    openings.map((opening) => ({
      ...opening,
      workflow: 'link-review',
      state: linkReviewWorkflow.start,
      version: linkReviewWorkflow.version,
      openedAt: at,
    })),
  );
}

/** A person's step on a review. `chosen` is the subject proposed. */
export type ReviewStepRequest = {
  readonly reviewId: Id;
  readonly action: ReviewAction | UndoAction;
  readonly actor: Actor;
  readonly reason: string;
  readonly chosen?: Id;
};

/** What a step led to. */
export type ReviewMove = {
  readonly review: Review;
  readonly to: string;
  readonly chosen: Id | null;
  readonly act: Act;
};

const permissionOf: Readonly<Record<string, string>> = {
  'propose-link': 'link:propose',
  'propose-return': 'link:propose',
  'send-back': 'link:propose',
  confirm: 'link:confirm',
  'confirm-return': 'link:confirm',
  'propose-undo': 'link:undo',
  'confirm-undo': 'link:confirm',
  keep: 'link:confirm',
};

/** Sending back is open to both positions, each by the permission it has. */
export function neededBy(action: string, position: string | null): string {
  if (action === 'send-back' && position === 'centre-reviewer') return 'link:confirm';
  return permissionOf[action] ?? 'link:propose';
}

/**
 * Takes one step in the caller's transaction. Refuses `link.no-such-review`, `link.no-such-subject`,
 * `link.wrong-procedure`, and what workflow and door refuse.
 */
export async function takeReviewStep(
  deps: ReviewDeps,
  tx: Tx,
  request: ReviewStepRequest,
): Promise<Result<ReviewMove>> {
  const locked = await lockReview(tx, request.reviewId);
  if (locked === null) return refuse('link.no-such-review', { review: request.reviewId });
  const { review, steps } = locked;
  const chosen = request.chosen ?? review.chosen;
  const subject = chosen === null ? undefined : (await readSubjects(tx, [chosen]))[0];
  const facts = {
    chosen,
    chosenExists: subject !== undefined && subject.duplicateOf === null,
  };
  const decision = decideStep(review, request, steps, facts);
  if (!decision.ok) return decision;
  const second = firstOf(review, request.action, steps);
  const act = await deps.door.pass(tx, {
    kind: `link.${request.action}`,
    needs: neededBy(request.action, request.actor.position),
    actor: request.actor,
    ground: { reason: request.reason },
    traceId: freshId(deps.clock),
    object: review.object,
    detail: { review: review.reviewId, chosen },
    ...(second === null ? {} : { second: { firstAct: second } }),
  });
  if (!act.ok) return act;
  const { to, closes } = decision.value;
  const kept = to === 'open' ? null : chosen;
  await saveReviewStep(tx, review.reviewId, {
    action: request.action,
    account: request.actor.account,
    actId: act.value.id,
    at: act.value.at,
    to,
    chosen: kept,
    closes,
    reason: request.reason,
  });
  return ok({ review, to, chosen: kept, act: act.value });
}

function decideStep(
  review: Review,
  request: ReviewStepRequest,
  steps: readonly ReviewStep[],
  facts: { readonly chosen: Id | null; readonly chosenExists: boolean },
): Result<{ to: string; closes: boolean }> {
  const who = {
    action: request.action as never,
    position: request.actor.position,
    account: request.actor.account,
    takenBy: sinceLastOpen(steps) as never,
  };
  const workflow = review.workflow === 'link-undo' ? linkUndoWorkflow : linkReviewWorkflow;
  if (!(request.action in workflow.steps)) {
    return refuse('link.wrong-procedure', { action: request.action, procedure: review.workflow });
  }
  const decision = decide(workflow as typeof linkReviewWorkflow, review.state as never, who, facts);
  if (!decision.ok) return decision;
  const { to } = decision.value;
  return ok({ to, closes: (workflow.ends as readonly string[]).includes(to) });
}

/** A review sent back begins anew: whoever proposed before may now be the one who confirms. */
export function sinceLastOpen<Step extends Pick<ReviewStep, 'action'>>(
  steps: readonly Step[],
): Step[] {
  const back = steps.map((step) => step.action).lastIndexOf('send-back');
  return steps.slice(back + 1);
}

/** The first person's act that a second one must not share an account with. */
function firstOf(review: Review, action: string, steps: readonly ReviewStep[]): Id | null {
  const first = {
    confirm: 'propose-link',
    'confirm-return': 'propose-return',
    'confirm-undo': 'propose-undo',
  }[action as 'confirm'];
  if (first === undefined || review.state === 'open') return null;
  return sinceLastOpen(steps).findLast((step) => step.action === first)?.actId ?? null;
}

/**
 * Opens a request to undo a record's link and takes its first step, by the first person. Refuses
 * `link.undo-proposed` while another one waits, and what {@link takeReviewStep} refuses.
 */
export async function proposeUndo(
  deps: ReviewDeps,
  tx: Tx,
  request: { readonly object: string; readonly actor: Actor; readonly reason: string },
): Promise<Result<ReviewMove>> {
  const reviewId = freshId(deps.clock);
  if (await hasOpenReview(tx, request.object, 'link-undo')) {
    return refuse('link.undo-proposed', { object: request.object });
  }
  const noQuery: LinkQuery = {
    name: null,
    code: null,
    organisationCode: null,
    registrationNumber: null,
    taxNumber: null,
    province: null,
    city: null,
    regionCode: null,
    decidedOn: null,
  };
  await insertReviews(tx, [
    {
      reviewId,
      object: request.object,
      workflow: 'link-undo',
      state: linkUndoWorkflow.start,
      version: linkUndoWorkflow.version,
      query: noQuery,
      reasons: [{ code: 'UNDO', message: request.reason }],
      candidates: [],
      openedAt: deps.clock.now(),
    },
  ]);
  const { actor, reason } = request;
  return takeReviewStep(deps, tx, { reviewId, action: 'propose-undo', actor, reason });
}
