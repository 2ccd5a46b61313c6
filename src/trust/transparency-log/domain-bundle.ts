/**
 * A proof that leaves the house: what was said, its salt, its place in the log, and the signed checkpoint
 * over it. Whoever holds the log's key checks it without asking us anything. Pure.
 */
import { z } from 'zod';
import { readBase64 } from '../../kernel/base64.ts';
import { commitmentOf, sha256Hex } from '../../kernel/canonical.ts';
import { type Instant, parseInstant } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { entryOf } from './domain-tiles.ts';
import { type HashName, type TreeHash, checkInclusion, treeHash } from './domain-tree.ts';
import { type Trusted, readCheckpoint } from './domain-published.ts';

/** One leaf of a bundle. Texts in base64 or hexadecimal as named; `text` and `salt` are `null` after erasure. */
export type ProvenLeaf = {
  readonly position: number;
  readonly at: Instant;
  /** What the commitment covers, as it was hashed. */
  readonly text: string | null;
  /** The content whose SHA-256 (hexadecimal) is the last of the list in `text`; `null` where there is none. */
  readonly content: string | null;
  readonly saltHex: string | null;
  readonly commitmentHex: string;
  readonly proofBase64: readonly string[];
};

/** A bundle about one record. */
export type Bundle = {
  readonly kind: 'xinheng-proof';
  readonly version: 1;
  readonly record: string;
  readonly hash: HashName;
  readonly checkpoint: string;
  readonly leaves: readonly ProvenLeaf[];
};

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const leavesMax = 10_000;
const textMax = 1_000_000;

const bundleSchema = z.strictObject({
  kind: z.literal('xinheng-proof'),
  version: z.literal(1),
  record: z.string().max(100),
  hash: z.enum(['sha256', 'sm3']),
  checkpoint: z.string().max(64 * 1024),
  leaves: z
    .array(
      z.strictObject({
        position: z.int().min(0),
        at: z.custom<Instant>((text) => typeof text === 'string' && parseInstant(text) === text),
        text: z.string().max(textMax).nullable(),
        content: z.string().max(textMax).nullable(),
        saltHex: hex(16).nullable(),
        commitmentHex: hex(32),
        proofBase64: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/)).max(63),
      }),
    )
    .max(leavesMax),
});

/** Reads a bundle out of the text of a file. Refuses `log.bad-bundle {path, reason}`. */
export function parseBundle(text: string, path: string): Result<Bundle> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('log.bad-bundle', { path, reason: 'JSON' });
  }
  const parsed = bundleSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const reason = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 200);
  return refuse('log.bad-bundle', { path, reason });
}

/** What checking a bundle found. `unread`: leaves of which the text was erased by law. */
export type Checked = {
  readonly origin: string;
  readonly size: number;
  readonly leaves: number;
  readonly unread: number;
  /** Witnesses whose signatures hold, of those that were asked for. */
  readonly witnesses: readonly string[];
};

/**
 * Checks a bundle with the log's key. Refuses what a checkpoint refuses, `log.proof-broken {why, leaf}`,
 * `log.other-text {leaf}` (the text is not what was committed to).
 */
export function checkBundle(bundle: Bundle, trusted: Trusted): Result<Checked> {
  const checkpoint = readCheckpoint(bundle.checkpoint, trusted);
  if (!checkpoint.ok) return checkpoint;
  const { origin, size, root } = checkpoint.value;
  const tree = treeHash(bundle.hash);
  let unread = 0;
  for (const leaf of bundle.leaves) {
    const holds = checkLeaf(tree, leaf, { size, root });
    if (!holds.ok) return holds;
    if (leaf.text === null) unread += 1;
  }
  const witnesses = checkpoint.value.held.flatMap(({ verifier, seconds }) =>
    seconds === null ? [] : verifier.name,
  );
  return ok({ origin, size, leaves: bundle.leaves.length, unread, witnesses });
}

function checkLeaf(
  tree: TreeHash,
  { position, at, text, content, saltHex, commitmentHex, proofBase64 }: ProvenLeaf,
  head: { readonly size: number; readonly root: Buffer },
): Result<true> {
  const commitment = Buffer.from(commitmentHex, 'hex');
  if (text !== null) {
    const salt = Buffer.from(saltHex ?? '', 'hex');
    if (salt.length !== 16 || !commitmentOf(salt, text).equals(commitment)) {
      return refuse('log.other-text', { leaf: position });
    }
  }
  if (content !== null && text?.endsWith(`"${sha256Hex(content)}"]`) !== true) {
    return refuse('log.other-text', { leaf: position });
  }
  const claim = { leaf: tree.leaf(entryOf({ at, commitment })), index: position, ...head };
  const proof = proofBase64.map((one) => readBase64(one) ?? Buffer.alloc(0));
  const held = checkInclusion(tree, claim, proof);
  return held.ok ? held : refuse('log.proof-broken', { ...held.refusal.params, leaf: position });
}
