/** Proofs about what the log holds, made from its own files, as anybody could make them. */
import { commitmentOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Bundle, ProvenLeaf } from './domain-bundle.ts';
import { spanHash, type TileReader } from './domain-tiles.ts';
import { type TreeHash, consistencySpans, inclusionSpans, treeHash } from './domain-tree.ts';
import { folderSource, keepingReader } from './log-files.ts';
import { type Placed, findCommitments, lastCheckpoint, readHead } from './store.ts';

/** Hashes that prove leaf `index` in the log of `size`. */
export function inclusionProof(
  tree: TreeHash,
  read: TileReader,
  index: number,
  size: number,
): Promise<Buffer[]> {
  return hashesOf(tree, read, size, inclusionSpans(index, size));
}

/** Hashes that prove the log of `older` leaves a beginning of that of `newer`. */
export function consistencyProof(
  tree: TreeHash,
  read: TileReader,
  older: number,
  newer: number,
): Promise<Buffer[]> {
  return hashesOf(tree, read, newer, consistencySpans(older, newer));
}

/** All at once: the tiles of a proof are few, and lie in different files. */
function hashesOf(
  tree: TreeHash,
  read: TileReader,
  size: number,
  spans: ReturnType<typeof inclusionSpans>,
): Promise<Buffer[]> {
  return Promise.all(spans.map((span) => spanHash(tree, read, size, span)));
}

/** What is to be proven: an object committed to at an instant; text and salt, unless they were erased. */
export type Committed = {
  readonly objectId: Id;
  readonly at: Instant;
  readonly text: string | null;
  /** In hexadecimal. */
  readonly salt: string | null;
  /** Content whose digest ends `text`, where there is one. */
  readonly content?: string | null;
};

function isOf({ objectId, at, commitment }: Placed, one: Committed): boolean {
  if (objectId !== one.objectId || at !== one.at) return false;
  if (one.text === null || one.salt === null) return true;
  return commitmentOf(Buffer.from(one.salt, 'hex'), one.text).equals(commitment);
}

/**
 * The bundle of a record. Refuses `log.not-begun`, `log.waiting {waiting}` while one of its leaves is in
 * no checkpoint yet, `log.no-commitment` where the database has none for a version.
 */
export async function proveRecord(
  deps: { readonly database: Database; readonly folder: string },
  record: string,
  committed: readonly Committed[],
): Promise<Result<Bundle>> {
  const head = await readHead(deps.database);
  const checkpoint = await lastCheckpoint(deps.database);
  if (head === null || checkpoint === null) return refuse('log.not-begun', {});
  const placed = await findCommitments(deps.database, committed);
  const tree = treeHash(head.hash);
  const read = keepingReader(folderSource(deps.folder));
  const leaves: ProvenLeaf[] = [];
  // What can be recognised by its text comes first; what was erased takes what is left of its instant.
  const known = [...committed].sort((a, b) => Number(a.text === null) - Number(b.text === null));
  for (const one of known) {
    const found = placed.find((leaf) => isOf(leaf, one));
    if (found === undefined) return refuse('log.no-commitment', { object: one.objectId });
    placed.splice(placed.indexOf(found), 1);
    const { position } = found;
    if (position === null || position >= checkpoint.size) return refuse('log.waiting', { record });
    const proof = await inclusionProof(tree, read, position, checkpoint.size);
    leaves.push({
      position,
      at: one.at,
      text: one.text,
      content: one.content ?? null,
      saltHex: one.salt,
      commitmentHex: found.commitment.toString('hex'),
      proofBase64: proof.map((digest) => digest.toString('base64')),
    });
  }
  return ok({
    kind: 'xinheng-proof',
    version: 1,
    record,
    hash: head.hash,
    checkpoint: checkpoint.note,
    leaves: leaves.sort((a, b) => a.position - b.position),
  });
}
