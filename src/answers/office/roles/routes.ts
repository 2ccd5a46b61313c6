/** The route of positions, put before its use case. */
import { ok } from '../../../kernel/result.ts';
import { type Handled, type Route, handle } from '../../../platform/http/index.ts';
import type { OfficeDeps } from '../deps.ts';
import { held } from '../service-caller.ts';
import { rolesRoute } from './contract.ts';
import { rolesFor } from './service.ts';

/** The handler of positions. `routes`: every route of the office, which permissions open. */
export function roleHandlers(deps: OfficeDeps, routes: readonly Route[]): Handled[] {
  return [
    handle(rolesRoute, (_input, caller) =>
      Promise.resolve(ok(rolesFor(deps, routes, held(caller).account.positions))),
    ),
  ];
}
