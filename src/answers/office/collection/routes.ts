/** Routes of a unit's own deliveries, put before their use cases. */
import type { Id } from '../../../kernel/ids.ts';
import { type Result, ok } from '../../../kernel/result.ts';
import { declareCount, makeBatchQueue } from '../../../intake/collection/index.ts';
import {
  endProposal,
  proposeRelease,
  proposeWithdrawal,
  releaseBatch,
  withdraw,
} from '../../../intake/double-publicity/index.ts';
import {
  type Caller,
  type Handled,
  handle,
  handleBytes,
  handleFile,
} from '../../../platform/http/index.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { actorWith, held, listed } from '../service-caller.ts';
import {
  batchRoute,
  batchesRoute,
  correctRoute,
  dueRoute,
  errorWorkbookRoute,
  lineageRoute,
  rowsRoute,
  uploadRoute,
} from './contract.ts';
import { declareRoute, proposalRoute, releaseRoute, scorecardRoute } from './unit/contract.ts';
import { dueFor, scorecardOf } from './service-due.ts';
import { batchFor, ownBatchFor, unitFor } from './service-scope.ts';
import { correct, errorWorkbook, takeFile } from './service-send.ts';
import { type CollectionContext, batchPage, batchView, lineageOf, rowPage } from './service.ts';

const accountOf = (caller: Caller) => held(caller).account;

/** What the list of refusals can not say: codes that come from below. */
function given<T>(result: Result<T>): { readonly ok: true; readonly value: T } {
  return result.ok ? result : listed(result);
}

function readHandlers(context: CollectionContext): Handled[] {
  const { deps } = context;
  return [
    handle(dueRoute, async ({ unit }, caller) => {
      const of = await unitFor(deps, accountOf(caller), unit);
      return of.ok ? ok(await dueFor(deps, accountOf(caller), of.value)) : listed(of);
    }),
    handle(batchesRoute, async ({ unit, after }, caller) => {
      const of = await unitFor(deps, accountOf(caller), unit);
      return of.ok ? given(await batchPage(deps, of.value, after)) : listed(of);
    }),
    handle(batchRoute, async ({ id }, caller) => {
      const found = await batchFor(deps, accountOf(caller), id);
      return found.ok
        ? ok(await batchView(context, accountOf(caller), found.value))
        : listed(found);
    }),
    handle(rowsRoute, async ({ id, ...page }, caller) => {
      const found = await batchFor(deps, accountOf(caller), id);
      return found.ok
        ? ok(await rowPage(context, accountOf(caller), found.value, page))
        : listed(found);
    }),
    handle(lineageRoute, async ({ id, after }, caller) => {
      const found = await batchFor(deps, accountOf(caller), id);
      return found.ok ? ok(await lineageOf(deps, found.value, after)) : listed(found);
    }),
    handle(scorecardRoute, async ({ unit, period }, caller) => {
      const of = await unitFor(deps, accountOf(caller), unit);
      return of.ok ? given(await scorecardOf(deps, of.value, period)) : listed(of);
    }),
    // It holds every cell as it was sent: it goes back to its sender, and to no one else.
    handleFile(errorWorkbookRoute, async ({ id }, caller) => {
      const found = await ownBatchFor(deps, accountOf(caller), id);
      return found.ok ? given(await errorWorkbook(context, found.value)) : listed(found);
    }),
  ];
}

function sendHandlers(context: CollectionContext): Handled[] {
  const { deps, collection } = context;
  const actor = (caller: Caller, { needs }: { readonly needs: string | null }) =>
    actorWith(deps, accountOf(caller), needs!);
  return [
    handleBytes(uploadRoute, async ({ unit, ...said }, sent, caller) => {
      const of = await unitFor(deps, accountOf(caller), unit);
      if (!of.ok) return listed(of);
      const upload = { ...said, unit: of.value };
      return given(await takeFile(context, upload, sent, actor(caller, uploadRoute)));
    }),
    handle(correctRoute, async ({ id, rows }, caller) => {
      const found = await ownBatchFor(deps, accountOf(caller), id);
      if (!found.ok) return listed(found);
      return given(await correct(context, found.value, rows, actor(caller, correctRoute)));
    }),
    handle(declareRoute, async ({ ground, ...declared }, caller) => {
      const done = await declareCount(collection, {
        ...{ ...declared, provider: accountOf(caller).unit, actor: actor(caller, declareRoute) },
        ...(ground === undefined ? {} : { ground }),
      });
      return done.ok ? ok({ declared: true as const }) : listed(done);
    }),
  ];
}

function releaseHandlers({ deps }: CollectionContext): Handled[] {
  const steps = {
    propose: proposeRelease,
    release: releaseBatch,
    'propose-withdrawal': proposeWithdrawal,
    withdraw,
    cancel: (...[d, request]: Parameters<typeof releaseBatch>) => endProposal(d, 'cancel', request),
    reject: (...[d, request]: Parameters<typeof releaseBatch>) => endProposal(d, 'reject', request),
  } as const;
  const step = async (
    caller: Caller,
    needs: string,
    { id, action, reason }: { id: string; action: keyof typeof steps; reason?: string | undefined },
  ) => {
    const found = await ownBatchFor(deps, accountOf(caller), id);
    if (!found.ok) return listed(found);
    const done = await steps[action](deps, {
      ...{ batchId: id as Id, actor: actorWith(deps, accountOf(caller), needs) },
      ...(reason === undefined ? {} : { reason }),
    });
    return done.ok ? ok({ state: done.value.state, shows: done.value.shows }) : listed(done);
  };
  return [
    handle(proposalRoute, (input, caller) => step(caller, proposalRoute.needs!, input)),
    handle(releaseRoute, (input, caller) => step(caller, releaseRoute.needs!, input)),
  ];
}

/** The handlers of a unit's own deliveries. */
export function collectionHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const collection = deps.collection(() => options.signal?.throwIfAborted());
  const { signal, onTrouble = () => undefined } = options;
  const queue = makeBatchQueue(collection, {
    ...(signal === undefined ? {} : { signal }),
    onTrouble,
  });
  const context = { deps, collection, queue, wordsOf: options.wordsOf };
  return [...readHandlers(context), ...sendHandlers(context), ...releaseHandlers(context)];
}
