/**
 * The Merkle tree of RFC 6962: hashes, roots, proofs of inclusion and consistency, and their checking.
 * Pure. Sizes and positions are safe integers, so that nothing here shifts bits.
 */
import { hash } from 'node:crypto';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';

/** Hash functions a log may be built with; one log keeps one for ever (its origin says which). */
export type HashName = 'sha256' | 'sm3';

/** How leaves and nodes are hashed: RFC 6962 §2.1, with the two domains kept apart. Digests have 32 bytes. */
export type TreeHash = {
  readonly name: HashName;
  readonly leaf: (entry: Uint8Array) => Buffer;
  readonly node: (left: Uint8Array, right: Uint8Array) => Buffer;
  /** Root of the tree without leaves. */
  readonly empty: Buffer;
};

/** Bytes of a digest. */
export const digestBytes = 32;

/** The hashing of a log. */
export function treeHash(name: HashName): TreeHash {
  // Reused: a log of millions hashes two buffers a leaf, and nobody else sees them.
  const pair = Buffer.alloc(1 + 2 * digestBytes, 1);
  return {
    name,
    leaf: (entry) => {
      const bytes = Buffer.allocUnsafe(entry.length + 1);
      bytes[0] = 0;
      bytes.set(entry, 1);
      return hash(name, bytes, 'buffer');
    },
    node: (left, right) => {
      pair.set(left, 1);
      pair.set(right, 1 + digestBytes);
      return hash(name, pair, 'buffer');
    },
    empty: hash(name, Buffer.alloc(0), 'buffer'),
  };
}

/** Leaves from `from` up to, not including, `to`: a subtree as RFC 6962 cuts it. */
export type Span = { readonly from: number; readonly to: number };

/** Largest power of two below `size`; `size` is at least two. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Complete subtrees a span is made of, left to right: level (0 is the leaves) and number on it. */
export function completeNodes({ from, to }: Span): { level: number; index: number }[] {
  const nodes: { level: number; index: number }[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** Spans whose hashes prove that leaf `index` is in the tree of `size`, lowest first (RFC 6962 §2.1.1). */
export function inclusionSpans(index: number, size: number): Span[] {
  assert(index >= 0 && index < size, `leaf ${index} is not in a tree of ${size}`);
  const spans: Span[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
    }
  }
  return spans.reverse();
}

/** Spans whose hashes prove that the tree of `older` leaves is a beginning of that of `newer` (§2.1.2). */
export function consistencySpans(older: number, newer: number): Span[] {
  assert(older >= 0 && older <= newer, `${older} leaves are not a beginning of ${newer}`);
  if (older === 0 || older === newer) return [];
  const spans: Span[] = [];
  let [from, to] = [0, newer];
  let whole = true;
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      spans.push({ from: middle, to });
      to = middle;
    } else {
      spans.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) spans.push({ from, to });
  return spans.reverse();
}

/** Hash of a span out of the hashes of its complete subtrees, left to right. */
export function foldNodes(tree: TreeHash, hashes: readonly Uint8Array[]): Buffer {
  const last = hashes.at(-1);
  if (last === undefined) return tree.empty;
  let folded: Buffer = Buffer.from(last);
  for (let at = hashes.length - 2; at >= 0; at -= 1) folded = tree.node(hashes[at]!, folded);
  return folded;
}

/** Why a proof does not hold. */
type Broken = Result<never>;
const broken = (why: string): Broken => refuse('log.proof-broken', { why });

/**
 * Checks that `leaf` (a leaf hash) is number `index` of the tree of `size` with this root. Refuses
 * `log.proof-broken {why}`.
 */
export function checkInclusion(
  tree: TreeHash,
  claim: {
    readonly leaf: Uint8Array;
    readonly index: number;
    readonly size: number;
    readonly root: Uint8Array;
  },
  proof: readonly Uint8Array[],
): Result<true> {
  const { leaf, index, size, root } = claim;
  if (!isPlace(index) || !isPlace(size) || index >= size) return broken('index');
  if (!areDigests(leaf, root, ...proof)) return broken('length');
  // RFC 9162 §2.1.3.2, with division instead of shifts.
  let [fn, sn] = [index, size - 1];
  let folded: Buffer = Buffer.from(leaf);
  for (const one of proof) {
    if (sn === 0) return broken('too-long');
    if (fn % 2 === 1 || fn === sn) {
      folded = tree.node(one, folded);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      folded = tree.node(folded, one);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) return broken('too-short');
  return folded.equals(root) ? ok(true) : broken('root');
}

const areDigests = (...given: readonly Uint8Array[]) =>
  given.every((one) => one.length === digestBytes);
const half = (place: number) => Math.floor(place / 2);
const isPlace = (place: number) => Number.isSafeInteger(place) && place >= 0;

/** A tree as far as a proof of consistency needs it. */
export type Head = { readonly size: number; readonly root: Uint8Array };

/** Checks that `older` is a beginning of `newer`. Refuses `log.proof-broken {why}`. */
export function checkConsistency(
  tree: TreeHash,
  older: Head,
  newer: Head,
  proof: readonly Uint8Array[],
): Result<true> {
  if (!isPlace(older.size) || !isPlace(newer.size) || older.size > newer.size)
    return broken('size');
  if (!areDigests(older.root, newer.root, ...proof)) return broken('length');
  const same = older.size === newer.size;
  if (same || older.size === 0) {
    if (proof.length > 0) return broken('too-long');
    if (same) return equal(older.root, newer.root) ? ok(true) : broken('root');
    // The beginning of everything; it has to be the empty tree all the same.
    return equal(older.root, tree.empty) ? ok(true) : broken('root');
  }
  return foldConsistency(tree, older, newer, proof);
}

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** RFC 9162 §2.1.4.2. */
function foldConsistency(
  tree: TreeHash,
  older: Head,
  newer: Head,
  given: readonly Uint8Array[],
): Result<true> {
  const isPower = completeNodes({ from: 0, to: older.size }).length === 1;
  const [first, ...rest] = isPower ? [older.root, ...given] : given;
  if (first === undefined) return broken('too-short');
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let before: Buffer = Buffer.from(first);
  let after: Buffer = Buffer.from(first);
  for (const one of rest) {
    if (sn === 0) return broken('too-long');
    if (fn % 2 === 1 || fn === sn) {
      before = tree.node(one, before);
      after = tree.node(one, after);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      after = tree.node(after, one);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  if (sn !== 0) return broken('too-short');
  if (!before.equals(older.root)) return broken('older-root');
  return after.equals(newer.root) ? ok(true) : broken('root');
}
