/** 我的组织: the space of whoever holds an organisation, and of its delegates. */
import type { Edge } from '../../platform/http/index.ts';
import { redirectReply } from '../../platform/http/index.ts';
import { englishPrefix } from '../../ui/reader.ts';
import { type PortalDeps, portalContext } from '../portal/index.ts';
import type { OfficeDeps } from '../office/index.ts';
import type { MyOptions } from './deps.ts';
import { myRoutes } from './routes.ts';

export { enterpriseDeps } from './deps.ts';
export { myRoutes } from './routes.ts';

/** Adds the space to an edge. */
export function mountMy(
  edge: Edge,
  installation: OfficeDeps & PortalDeps,
  options: MyOptions,
): void {
  const deps = { ...portalContext(installation), ...installation };
  for (const { method, path, answer } of myRoutes) {
    for (const prefix of ['', englishPrefix]) {
      edge.on(method, prefix + path, (c) => answer({ c, deps, options }));
    }
  }
  edge.on('GET', '/my/', () => redirectReply('/my', 308));
}
