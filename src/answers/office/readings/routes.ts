/** Routes of restricted reading, put before their use cases. */
import { ok } from '../../../kernel/result.ts';
import {
  type Caller,
  type EdgeContext,
  type Handled,
  handle,
  handleShown,
} from '../../../platform/http/index.ts';
import { type Reader, readUnusual } from '../../../trust/access/index.ts';
import { type OfficeDeps, type OfficeOptions } from '../deps.ts';
import { held, listed, originOf, positionsWith } from '../service-caller.ts';
import { deferRoute, journalRoute, purposesRoute, readRoute, unusualRoute } from './contract.ts';
import { deferFor, journalOf, purposesFor, quotaHeaders, readFor, readingView } from './service.ts';

const unusualMost = 200;

function readerOf(caller: Caller): Reader {
  const { code, unit, positions } = held(caller).account;
  return { account: code, unit, positions };
}

/** The handlers of restricted reading. */
export function readingHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const fromOf = (c: EdgeContext, { method, path }: { method: string; path: string }) => ({
    address: originOf(c, options).address,
    route: `${method} ${path}`,
  });
  return [
    handle(purposesRoute, async (_input, caller) =>
      ok({ purposes: await purposesFor(deps, readerOf(caller)) }),
    ),
    handleShown(
      readRoute,
      async (input, caller, c) => {
        const made = await readFor(deps, readerOf(caller), input, fromOf(c, readRoute));
        return made.ok ? made : listed(made);
      },
      (made) =>
        Promise.resolve({
          view: readingView(deps, made),
          headers: quotaHeaders(made.quota, deps.clock.now()),
        }),
    ),
    handle(deferRoute, async (input, caller) => {
      const reader = readerOf(caller);
      // In a position that may decide it: an account can hold several.
      const positions = positionsWith(deps, reader.positions, deferRoute.needs);
      const done = await deferFor(deps, { ...reader, positions }, input);
      return done.ok ? ok({ deferral: done.value }) : listed(done);
    }),
    handle(journalRoute, async ({ id, after }) => {
      const found = await journalOf(deps, id, after);
      return found.ok ? found : listed(found);
    }),
    handle(unusualRoute, async () =>
      ok({ unusual: await readUnusual(deps.database, unusualMost) }),
    ),
  ];
}
