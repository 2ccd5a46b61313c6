/** Release of the sample city's deliveries by two officers, where the law in force asks for it. */
import { assert } from '../../kernel/result.ts';
import {
  batchesWaiting,
  proposeRelease,
  releaseBatch,
} from '../../intake/double-publicity/index.ts';
import { clerk, dataReviewer } from './actors.ts';
import type { BuildContext } from './context.ts';

// A few batches wait at a time; whatever is left is met by the next release.
const pageRows = 200;

/** Releases every batch that waits; one proposed before a build was killed is only decided. */
export async function releaseWaiting({ installation, clock }: BuildContext): Promise<void> {
  const { database, door, law } = installation;
  const deps = { database, clock, door, law };
  for (const { batchId, state } of await batchesWaiting(deps, { after: null, limit: pageRows })) {
    if (state === 'withdrawn') continue;
    if (state === 'waiting') {
      const proposed = await proposeRelease(deps, { batchId, actor: clerk });
      assert(proposed.ok, `sample release: ${JSON.stringify(proposed)}`);
    }
    const released = await releaseBatch(deps, { batchId, actor: dataReviewer });
    assert(released.ok, `sample release: ${JSON.stringify(released)}`);
  }
}
