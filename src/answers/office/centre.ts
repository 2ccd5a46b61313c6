/** What officers of the centre and of the rulebook do in the office, put together. */
import type { Handled } from '../../platform/http/index.ts';
import type { OfficeDeps, OfficeOptions } from './deps.ts';
import { linkRoutes } from './links/contract.ts';
import { linkHandlers } from './links/routes.ts';
import { qualityRoutes } from './quality/contract.ts';
import { qualityHandlers } from './quality/routes.ts';
import { releaseRoutes } from './releases/contract.ts';
import { releaseHandlers } from './releases/routes.ts';
import { rulebookRoutes } from './rulebook/contract.ts';
import { rulebookHandlers } from './rulebook/routes.ts';
import { sourceRoutes } from './sources/contract.ts';
import { sourceHandlers } from './sources/routes.ts';

/** Their routes. */
export const centreRoutes = [
  ...linkRoutes,
  ...sourceRoutes,
  ...qualityRoutes,
  ...rulebookRoutes,
  ...releaseRoutes,
] as const;

/** Their handlers. */
export function centreHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  return [
    ...linkHandlers(deps, options),
    ...sourceHandlers(deps, options),
    ...qualityHandlers(deps, options),
    ...rulebookHandlers(deps, options),
    ...releaseHandlers(deps),
  ];
}
