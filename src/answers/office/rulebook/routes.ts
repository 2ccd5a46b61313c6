/** Routes of law as data, put before their use cases. */
import { type Result, ok } from '../../../kernel/result.ts';
import type { Caller, EdgeContext } from '../../../platform/http/index.ts';
import { type Handled, handle, handleShown } from '../../../platform/http/index.ts';
import { decideProposal, documentOfText, propose } from '../../../law/rulebook/index.ts';
import { actionViews, recorded } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { actorWith, held, listed } from '../service-caller.ts';
import {
  editionRoute,
  editionsRoute,
  proposalRoute,
  proposalsRoute,
  rehearsalRoute,
  rulebookDecideRoute,
  rulebookProposeRoute,
  rulebookWithdrawRoute,
} from './contract.ts';
import {
  editionFor,
  editionsFor,
  oneOf,
  proposalFor,
  proposalsFor,
  rehearsalFor,
} from './service.ts';

const plain = <T>(view: T) => Promise.resolve({ view, headers: {} });

const actorsOf = (deps: OfficeDeps, caller: Caller) => (needs: string) =>
  actorWith(deps, held(caller).account, needs);

/** The handlers of law as data. */
export function rulebookHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  return [
    handle(editionsRoute, (input) => Promise.resolve(ok(editionsFor(deps, input)))),
    handle(editionRoute, async ({ key }, caller) => {
      const found = await editionFor(deps, actorsOf(deps, caller), key);
      if (!found.ok) return listed(found);
      const { view, actions } = found.value;
      return ok({ ...view, actions: actionViews(options, actions) });
    }),
    handle(proposalsRoute, async () => ok({ proposals: await proposalsFor(deps) })),
    handle(proposalRoute, async ({ id }, caller) => {
      const found = await proposalFor(deps, actorsOf(deps, caller), id);
      if (!found.ok) return listed(found);
      const { view, actions } = found.value;
      return ok({ ...view, actions: actionViews(options, actions) });
    }),
    handle(rehearsalRoute, async ({ id }) => {
      const found = await rehearsalFor(deps, id);
      return found.ok ? found : listed(found);
    }),
    ...stepHandlers(deps, options),
  ];
}

type Proposing = {
  readonly edition: string | null;
  readonly text: string | null;
  readonly reason: string;
};

async function proposed(
  deps: OfficeDeps,
  caller: Caller,
  { reason, ...asked }: Proposing,
): Promise<Result<{ proposalId: string }>> {
  const one = oneOf(asked);
  if (!one.ok) return one;
  const actor = actorsOf(deps, caller)('rulebook:propose');
  if ('edition' in one.value) {
    return propose(deps, { kind: 'confirmation', edition: one.value.edition }, actor, reason);
  }
  const document = documentOfText(one.value.text);
  if (!document.ok) return document;
  return propose(deps, { kind: 'edition', document: document.value }, actor, reason);
}

function stepHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const from = (caller: Caller, c: EdgeContext) => ({ caller, c, options });
  return [
    handleShown(
      rulebookProposeRoute,
      async (input, caller, c) => {
        const done = await proposed(deps, caller, input);
        const told = await recorded(deps, from(caller, c), rulebookProposeRoute, done);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      rulebookDecideRoute,
      async ({ id, ...input }, caller, c) => {
        const actor = actorsOf(deps, caller)('rulebook:approve');
        const done = await decideProposal(deps, { proposalId: id, ...input, actor });
        const told = await recorded(deps, from(caller, c), rulebookDecideRoute, done);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      rulebookWithdrawRoute,
      async ({ id, reason }, caller, c) => {
        const actor = actorsOf(deps, caller)('rulebook:propose');
        const asked = { proposalId: id, action: 'withdraw' as const, actor, reason };
        const told = await recorded(
          deps,
          from(caller, c),
          rulebookWithdrawRoute,
          await decideProposal(deps, asked),
        );
        return told.ok ? told : listed(told);
      },
      plain,
    ),
  ];
}
