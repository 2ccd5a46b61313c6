/** Routes of quality and the bulletin, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import type { Caller, EdgeContext } from '../../../platform/http/index.ts';
import { type Handled, handle, handleShown } from '../../../platform/http/index.ts';
import { actionViews, reachOf, recorded } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { actorWith, held, listed } from '../service-caller.ts';
import {
  alertsRoute,
  bulletinDecisionRoute,
  bulletinResponseRoute,
  bulletinRoute,
  bulletinStepRoute,
  bulletinsRoute,
  factsRoute,
  figuresRoute,
} from './contract.ts';
import { alertsFor, factsFor, figuresFor } from './service.ts';
import { bulletinFor, bulletinStep, bulletinsFor, ownResponse } from './service-bulletins.ts';

const plain = <T>(view: T) => Promise.resolve({ view, headers: {} });

/** The handlers of quality. */
export function qualityHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const from = (caller: Caller, c: EdgeContext) => ({ caller, c, options });
  return [
    handleShown(
      figuresRoute,
      async (input, caller, c) => {
        const found = await figuresFor(deps, await reachOf(deps, caller), input);
        const told = await recorded(deps, from(caller, c), figuresRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      factsRoute,
      async (input, caller, c) => {
        const found = await factsFor(deps, await reachOf(deps, caller), input);
        const told = await recorded(deps, from(caller, c), factsRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handle(alertsRoute, async ({ period }, caller) => {
      const found = await alertsFor(deps, await reachOf(deps, caller), period);
      return found.ok ? found : listed(found);
    }),
    ...bulletinHandlers(deps, options),
    responseHandler(deps, options),
  ];
}

function bulletinHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const from = (caller: Caller, c: EdgeContext) => ({ caller, c, options });
  const by = async (caller: Caller, needs: string) => ({
    reach: await reachOf(deps, caller),
    actor: actorWith(deps, held(caller).account, needs),
  });
  return [
    handleShown(
      bulletinsRoute,
      async (_input, caller, c) => {
        const found = await bulletinsFor(deps, await reachOf(deps, caller));
        const told = await recorded(deps, from(caller, c), bulletinsRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      bulletinRoute,
      async ({ period }, caller, c) => {
        const { account } = held(caller);
        const actorFor = (needs: string) => actorWith(deps, account, needs);
        const reach = await reachOf(deps, caller);
        const found = await bulletinFor(deps, { reach, actorFor }, period);
        const told = await recorded(deps, from(caller, c), bulletinRoute, found);
        if (!told.ok) return listed(told);
        const { actions, departments, ...view } = told.value;
        return ok({
          ...view,
          actions: actionViews(options, actions),
          departments: departments.map((one) => ({
            ...one,
            actions: actionViews(options, one.actions),
          })),
        });
      },
      plain,
    ),
    handleShown(
      bulletinStepRoute,
      async (input, caller, c) => {
        const done = await bulletinStep(deps, await by(caller, 'quality:publish'), input);
        const told = await recorded(deps, from(caller, c), bulletinStepRoute, done);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      bulletinDecisionRoute,
      async (input, caller, c) => {
        const done = await bulletinStep(deps, await by(caller, 'quality:approve'), input);
        const told = await recorded(deps, from(caller, c), bulletinDecisionRoute, done);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
  ];
}

function responseHandler(deps: OfficeDeps, options: OfficeOptions): Handled {
  return handleShown(
    bulletinResponseRoute,
    async (input, caller, c) => {
      const actor = actorWith(deps, held(caller).account, 'quality:confirm');
      const done = await ownResponse(deps, actor, input);
      const told = await recorded(deps, { caller, c, options }, bulletinResponseRoute, done);
      return told.ok ? told : listed(told);
    },
    plain,
  );
}
