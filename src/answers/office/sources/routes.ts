/** Routes of sources, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import { type Handled, handle, handleShown } from '../../../platform/http/index.ts';
import { reachOf, recorded } from '../actions/service.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { listed } from '../service-caller.ts';
import { sourceBatchesRoute, sourceRoute, sourcesRoute } from './contract.ts';
import { batchesFor, sourceFor, sourcesFor } from './service.ts';

const plain = <T>(view: T) => Promise.resolve({ view, headers: {} });

/** The handlers of sources. */
export function sourceHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  return [
    handle(sourcesRoute, async (input, caller) =>
      ok(await sourcesFor(deps, await reachOf(deps, caller), input)),
    ),
    handleShown(
      sourceRoute,
      async ({ unit }, caller, c) => {
        const found = await sourceFor(deps, await reachOf(deps, caller), unit);
        const told = await recorded(deps, { caller, c, options }, sourceRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
    handleShown(
      sourceBatchesRoute,
      async (input, caller, c) => {
        const found = await batchesFor(deps, await reachOf(deps, caller), input);
        const told = await recorded(deps, { caller, c, options }, sourceBatchesRoute, found);
        return told.ok ? told : listed(told);
      },
      plain,
    ),
  ];
}
