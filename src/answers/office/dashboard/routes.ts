/** Routes of the dashboard, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import { type Handled, handle } from '../../../platform/http/index.ts';
import { reachOf } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { held, listed, permissionsOf } from '../service-caller.ts';
import { dashboardDeliveriesRoute, dashboardHeldRoute, dashboardRoute } from './contract.ts';
import { dashboardFor, deliveriesFor, heldRowsFor } from './service.ts';

/** The handlers of the dashboard. */
export function dashboardHandlers(deps: OfficeDeps): Handled[] {
  return [
    handle(dashboardRoute, async (_input, caller) => {
      // Only positions of a centre may read subjects, as for its reach.
      const ofCentre = permissionsOf(deps, held(caller).account).includes('subjects:read');
      return ok(await dashboardFor(deps, await reachOf(deps, caller), ofCentre));
    }),
    handle(dashboardDeliveriesRoute, async (input, caller) => {
      const found = await deliveriesFor(deps, await reachOf(deps, caller), input);
      return found.ok ? found : listed(found);
    }),
    handle(dashboardHeldRoute, async (input, caller) => {
      const found = await heldRowsFor(deps, await reachOf(deps, caller), input);
      return found.ok ? found : listed(found);
    }),
  ];
}
