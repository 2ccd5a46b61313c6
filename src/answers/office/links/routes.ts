/** Routes of doubtful links, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import {
  type Caller,
  type EdgeContext,
  type Handled,
  handle,
  handleShown,
} from '../../../platform/http/index.ts';
import { actionViews, reachOf, recorded } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { actorWith, held, listed } from '../service-caller.ts';
import {
  linkCandidatesRoute,
  linkDecisionRoute,
  linkProposalRoute,
  linkReviewRoute,
  linkReviewsRoute,
  linkUndoRoute,
} from './contract.ts';
import {
  type LinkCaller,
  candidatesFor,
  queueFor,
  reviewFor,
  stepFor,
  undoFor,
} from './service.ts';

const plain = <T>(view: T) => Promise.resolve({ view, headers: {} });

async function callerFor(deps: OfficeDeps, caller: Caller): Promise<LinkCaller> {
  const { account } = held(caller);
  return {
    account: account.code,
    reach: await reachOf(deps, caller),
    actorFor: (needs) => actorWith(deps, account, needs),
  };
}

/** The handlers of doubtful links. */
export function linkHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const callerOf = (caller: Caller) => callerFor(deps, caller);
  const from = (caller: Caller, c: EdgeContext) => ({ caller, c, options });
  return [
    handle(linkReviewsRoute, async (input, caller) =>
      ok(await queueFor(deps, await callerOf(caller), input)),
    ),
    handleShown(
      linkReviewRoute,
      async ({ id }, caller, c) => {
        const found = await reviewFor(deps, await callerOf(caller), id);
        const told = await recorded(deps, from(caller, c), linkReviewRoute, found);
        if (!told.ok) return listed(told);
        const { view, actions } = told.value;
        return ok({ ...view, actions: actionViews(options, actions) });
      },
      plain,
    ),
    handleShown(
      linkCandidatesRoute,
      async (input, caller, c) => {
        const found = await candidatesFor(deps, await callerOf(caller), input);
        const told = await recorded(deps, from(caller, c), linkCandidatesRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    ...stepHandlers(deps, options),
  ];
}

function stepHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const callerOf = (caller: Caller) => callerFor(deps, caller);
  const from = (caller: Caller, c: EdgeContext) => ({ caller, c, options });
  return [
    handleShown(
      linkProposalRoute,
      async (input, caller, c) => {
        const done = await stepFor(deps, await callerOf(caller), input, 'link:propose');
        const told = await recorded(deps, from(caller, c), linkProposalRoute, done);
        return told.ok ? ok({ state: told.value.state }) : listed(told);
      },
      plain,
    ),
    handleShown(
      linkDecisionRoute,
      async (input, caller, c) => {
        const done = await stepFor(deps, await callerOf(caller), input, 'link:confirm');
        const told = await recorded(deps, from(caller, c), linkDecisionRoute, done);
        if (!told.ok) return listed(told);
        return ok({ state: told.value.state, recordId: told.value.recordId });
      },
      plain,
    ),
    handleShown(
      linkUndoRoute,
      async (input, caller, c) => {
        const done = await undoFor(deps, await callerOf(caller), input);
        const told = await recorded(deps, from(caller, c), linkUndoRoute, done);
        if (!told.ok) return listed(told);
        return ok({ reviewId: told.value.review, state: told.value.state });
      },
      plain,
    ),
  ];
}
