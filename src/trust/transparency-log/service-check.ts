/** The database held against the log it showed: what its owner changed since does not fit any more. */
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type CryptoProvider, checkSm2 } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { type Difference, firstDifference } from './domain-difference.ts';
import { readCheckpoint } from './domain-published.ts';
import {
  type Edge,
  appendEntries,
  edgeRoot,
  emptyEdge,
  entryOf,
  tileOf,
  tileWidth,
} from './domain-tiles.ts';
import { treeHash } from './domain-tree.ts';
import { bundleEntries, folderSource } from './log-files.ts';
import { logVerifier } from './signer.ts';
import { lastCheckpoint, readHead, readLeaves } from './store.ts';

/** What holding the database against the log found. `difference`: the first leaf that differs. */
export type LogCheck = {
  readonly size: number;
  readonly difference: (Difference & { readonly position: number }) | null;
  /** Whether the leaves shown give the root that was signed. */
  readonly rootHolds: boolean;
  /** Whether the newest checkpoint of the database is the one shown, or an older one of the same log. */
  readonly checkpointKept: boolean;
};

const bundlesTogether = 64;

/** Holds every leaf of the database against the log's files. Refuses `log.not-begun`, `log.no-tile`, and what a checkpoint refuses. */
export async function checkLog(deps: {
  readonly database: Database;
  readonly crypto: CryptoProvider;
  readonly folder: string;
}): Promise<Result<LogCheck>> {
  const { database, crypto, folder } = deps;
  const head = await readHead(database);
  const source = folderSource(folder);
  const bytes = await source.read('checkpoint');
  if (head === null || bytes === null) return refuse('log.not-begun', {});
  const log = logVerifier(crypto, head.origin);
  const shown = readCheckpoint(bytes.toString('utf8'), { log, sm2: checkSm2 });
  if (!shown.ok) return shown;
  const { size, root } = shown.value;
  const tree = treeHash(head.hash);
  let edge: Edge = emptyEdge;
  let difference: LogCheck['difference'] = null;
  for (let no = 0; no * tileWidth < size; no += bundlesTogether) {
    const entries: Buffer[] = [];
    for (let at = no; at < no + bundlesTogether && at * tileWidth < size; at += 1) {
      const bundle = await bundleEntries(source, tileOf(size, 'entries', at));
      if (!bundle.ok) return bundle;
      entries.push(...bundle.value);
    }
    edge = appendEntries(tree, edge, entries).edge;
    difference ??= await differenceAt(database, entries, no * tileWidth);
  }
  const last = await lastCheckpoint(database);
  return ok({
    size,
    difference,
    rootHolds: edgeRoot(tree, edge).equals(root),
    checkpointKept: last !== null && last.size === size && last.root.equals(root),
  });
}

/** The first leaf the database has otherwise than it was shown. */
async function differenceAt(
  database: Database,
  shown: readonly Buffer[],
  from: number,
): Promise<LogCheck['difference']> {
  const leaves = await readLeaves(database, from, from + shown.length);
  const byPosition = new Map(leaves.map((leaf) => [leaf.position, leaf]));
  // A position that is gone is a leaf that is gone; the others keep theirs.
  const missing = shown.findIndex((_, index) => !byPosition.has(from + index));
  const found = firstDifference(shown, leaves.map(entryOf));
  if (missing >= 0 && (found === null || missing <= found.index)) {
    return { kind: 'deleted', index: missing, position: from + missing, detail: '—' };
  }
  return found === null ? null : { ...found, position: from + found.index };
}
