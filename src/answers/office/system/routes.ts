/** Routes of the system administrator, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import { type Handled, handle } from '../../../platform/http/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { healthRoute, unitsRoute } from './contract.ts';
import { healthFor, unitsFor } from './service.ts';

/** The handlers of the system administrator. */
export function systemHandlers(deps: OfficeDeps): Handled[] {
  return [
    handle(unitsRoute, async (input) => ok(await unitsFor(deps, input))),
    handle(healthRoute, async () => ok(await healthFor(deps))),
  ];
}
