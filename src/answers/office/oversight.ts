/** What whoever audits and the system administrator see in the office, put together. */
import type { Handled } from '../../platform/http/index.ts';
import { auditRoutes } from './audit/contract.ts';
import { auditHandlers } from './audit/routes.ts';
import type { OfficeDeps } from './deps.ts';
import { systemRoutes } from './system/contract.ts';
import { systemHandlers } from './system/routes.ts';

/** Their routes. */
export const oversightRoutes = [...auditRoutes, ...systemRoutes] as const;

/** Their handlers. */
export function oversightHandlers(deps: OfficeDeps): Handled[] {
  return [...auditHandlers(deps), ...systemHandlers(deps)];
}
