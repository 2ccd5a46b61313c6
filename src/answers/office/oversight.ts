/** What whoever audits and the system administrator see in the office, put together. */
import type { Handled, Route } from '../../platform/http/index.ts';
import { auditRoutes } from './audit/contract.ts';
import { auditHandlers } from './audit/routes.ts';
import type { OfficeDeps } from './deps.ts';
import { roleRoutes } from './roles/contract.ts';
import { roleHandlers } from './roles/routes.ts';
import { systemRoutes } from './system/contract.ts';
import { systemHandlers } from './system/routes.ts';

/** Their routes. */
export const oversightRoutes = [...auditRoutes, ...systemRoutes, ...roleRoutes] as const;

/** Their handlers. `routes`: every route of the office, to say what a position opens. */
export function oversightHandlers(deps: OfficeDeps, routes: readonly Route[]): Handled[] {
  return [...auditHandlers(deps), ...systemHandlers(deps), ...roleHandlers(deps, routes)];
}
