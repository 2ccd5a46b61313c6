/** What waits for release, within reach; who releases is the unit itself. */
import type { Id } from '../../../kernel/ids.ts';
import { ok } from '../../../kernel/result.ts';
import { type WaitingBatch, batchesWaiting } from '../../../intake/double-publicity/index.ts';
import { type Handled, handle } from '../../../platform/http/index.ts';
import { portalLaw, shownText } from '../../portal/index.ts';
import { type Reach, isWithinReach, reachOf, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { itemNameOf } from '../sources/service.ts';
import { waitingReleasesRoute } from './contract.ts';

const pageRows = 50;
const pagesLooked = 20;

async function waitingWithin(deps: OfficeDeps, reach: Reach, from: Id | null) {
  const batches: WaitingBatch[] = [];
  let after = from;
  for (let page = 0; page < pagesLooked; page += 1) {
    const found = await batchesWaiting(deps, { after, limit: pageRows });
    for (const batch of found) {
      after = batch.batchId;
      if (isWithinReach(reach, batch.provider)) batches.push(batch);
      if (batches.length === pageRows) return { batches, next: after };
    }
    if (found.length < pageRows) return { batches, next: null };
  }
  return { batches, next: after };
}

/** The handler of what waits for release. */
export function releaseHandlers(deps: OfficeDeps): Handled[] {
  return [
    handle(waitingReleasesRoute, async ({ after }, caller) => {
      const { batches, next } = await waitingWithin(
        deps,
        await reachOf(deps, caller),
        after ?? null,
      );
      const names = await unitNames(deps);
      const law = portalLaw(deps.law());
      return ok({
        batches: batches.map(({ provider, fileName, ...one }) => ({
          ...{ ...one, unit: names(provider), fileName: shownText(fileName) },
          itemName: itemNameOf(law, one.item),
        })),
        next,
      });
    }),
  ];
}
