/** Routes of whoever audits, put before their use cases. */
import type { Id } from '../../../kernel/ids.ts';
import { ok } from '../../../kernel/result.ts';
import { type Handled, handle } from '../../../platform/http/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { listed } from '../service-caller.ts';
import { actRoute, actsRoute, eventsRoute, quotasRoute } from './contract.ts';
import { actFor, actsFor, eventsFor, quotasFor } from './service.ts';

/** The handlers of whoever audits. */
export function auditHandlers(deps: OfficeDeps): Handled[] {
  return [
    handle(eventsRoute, async (input) => {
      const found = await eventsFor(deps, input);
      return found.ok ? found : listed(found);
    }),
    handle(actsRoute, async (input) => {
      const found = await actsFor(deps, input);
      return found.ok ? found : listed(found);
    }),
    handle(actRoute, async ({ id }) => {
      const found = await actFor(deps, id as Id);
      return found.ok ? found : listed(found);
    }),
    handle(quotasRoute, async () => {
      const { on, quotas } = await quotasFor(deps);
      return ok({ on, quotas: [...quotas] });
    }),
  ];
}
