/**
 * When the law changes, every stored window is worked out anew: a rule that was confirmed opens what
 * it opens, one that was taken back closes it. Readers never see more than the law of the moment
 * allows, whatever is still stored; this brings what is stored after it.
 */
import type { Id } from '../../kernel/ids.ts';
import type { RecordsDeps } from './service.ts';
import { type RecordAt, refreshWindows } from './service-windows.ts';
import { lockTogether, noteReworked, staleRecords } from './store-rework.ts';

/** What a pass over the stored windows did. */
export type Reworked = { readonly looked: number; readonly changed: number };

const chunkRecords = 500;

/**
 * Works out every current window that was made under another state of the law. In chunks of one
 * transaction each; a killed pass goes on where it was, because what is done is no longer stale.
 * `onChunk` may throw to stop between two chunks.
 */
export async function reworkWindows(
  deps: RecordsDeps,
  onChunk: () => void = () => undefined,
): Promise<Reworked> {
  let [looked, changed] = [0, 0];
  let after: RecordAt | null = null;
  for (;;) {
    onChunk();
    const { digest } = deps.law();
    const stale: RecordAt[] = await staleRecords(deps.database, digest, {
      after,
      limit: chunkRecords,
    });
    if (stale.length === 0) return { looked, changed };
    changed += await deps.database.transaction(async (tx) => {
      await lockTogether(tx, subjectsOf(stale));
      const added = await refreshWindows(deps, tx, stale);
      await noteReworked(tx, stale, digest);
      return added;
    });
    looked += stale.length;
    after = stale.at(-1)!;
  }
}

function subjectsOf(records: readonly RecordAt[]): Id[] {
  return records.map((record) => record.subjectId);
}
