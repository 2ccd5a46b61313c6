/** Routes of the queue, put before their use cases. */
import { type Handled, handle, handleShown } from '../../../platform/http/index.ts';
import { recorded } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { listed } from '../service-caller.ts';
import { queueCaseRoute, queueRoute } from './contract.ts';
import { caseFor, contextOf, queueFor } from './service.ts';

/** The handlers of the queue. */
export function queueHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  return [
    handle(queueRoute, async (input, caller) =>
      queueFor(await contextOf(deps, caller), options, input),
    ),
    handleShown(
      queueCaseRoute,
      async (input, caller, c) => {
        const found = await caseFor(await contextOf(deps, caller), options, input);
        const told = await recorded(deps, { caller, c, options }, queueCaseRoute, found);
        return told.ok ? told : listed(told);
      },
      (view) => Promise.resolve({ view, headers: {} }),
    ),
  ];
}
