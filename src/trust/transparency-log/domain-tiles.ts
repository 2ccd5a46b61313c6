/**
 * Tiles of a log as C2SP tlog-tiles lays them out: 256 hashes side by side at every eighth level, and
 * bundles of 256 entries. Pure: what to write, where, and how to find a node in it.
 */
import { type Instant, instantMs } from '../../kernel/day.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { type Span, type TreeHash, completeNodes, digestBytes, foldNodes } from './domain-tree.ts';

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256;
const tileHeight = 8;

/** A tile of hashes by level (0: of leaves) and number, or a bundle of entries; `width`: how many it holds. */
export type TileAt = {
  readonly level: number | 'entries';
  readonly no: number;
  readonly width: number;
};

/** Path of a tile below the log's address: `tile/0/x001/067`, `tile/entries/000.p/5`. */
export function tilePath({ level, no, width }: TileAt): string {
  assert(width > 0 && width <= tileWidth, `a tile holds 1 to 256, not ${width}`);
  let rest = Math.floor(no / 1000);
  let path = String(no % 1000).padStart(3, '0');
  while (rest > 0) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
    rest = Math.floor(rest / 1000);
  }
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

const pathForm =
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/(x[0-9]{3}\/){0,4}[0-9]{3}(\.p\/([1-9][0-9]{0,2}))?$/;

/** Whether a path below the log's address can be a tile's or a bundle's; nothing else is ever read. */
export function isTilePath(path: string): boolean {
  const found = pathForm.exec(path);
  return found !== null && Number(found[4] ?? 1) < tileWidth;
}

/** How many hashes of a level a log of `size` leaves has: complete subtrees only. */
export function levelCount(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** The tile number `no` of a level as it stands in a log of `size` leaves. */
export function tileOf(size: number, level: TileAt['level'], no: number): TileAt {
  const count = levelCount(size, level === 'entries' ? 0 : level);
  return { level, no, width: Math.min(tileWidth, count - no * tileWidth) };
}

/** A leaf of our log: when it was committed to, and the salted commitment; nothing can be read from it. */
export type Entry = { readonly at: Instant; readonly commitment: Buffer };

const entryVersion = 1;
const entryBytes = 1 + 8 + digestBytes;

/** The bytes of an entry: version, milliseconds since 1970 (big-endian), commitment. */
export function entryOf({ at, commitment }: Entry): Buffer {
  assert(commitment.length === digestBytes, 'a commitment has 32 bytes');
  const bytes = Buffer.allocUnsafe(entryBytes);
  bytes[0] = entryVersion;
  bytes.writeBigUInt64BE(BigInt(instantMs(at)), 1);
  bytes.set(commitment, 9);
  return bytes;
}

/** Reads an entry. Refuses `log.bad-entry` where it is none of ours. */
export function readEntry(bytes: Buffer): Result<Entry> {
  if (bytes.length !== entryBytes || bytes[0] !== entryVersion) return refuse('log.bad-entry', {});
  const ms = Number(bytes.readBigUInt64BE(1));
  if (!Number.isSafeInteger(ms) || ms > 8.64e15) return refuse('log.bad-entry', {});
  return ok({ at: new Date(ms).toISOString() as Instant, commitment: bytes.subarray(9) });
}

/** A bundle of entries: each with its length in two bytes before it. */
export function bundleOf(entries: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  for (const entry of entries) {
    const length = Buffer.allocUnsafe(2);
    length.writeUInt16BE(entry.length);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** Entries of a bundle. Refuses `log.bad-tile` where it ends within one or holds another number. */
export function readBundle(bytes: Buffer, width: number): Result<Buffer[]> {
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : Number.NaN;
    if (!(at + 2 + length <= bytes.length)) return refuse('log.bad-tile', { why: 'cut' });
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries.length === width ? ok(entries) : refuse('log.bad-tile', { why: 'width' });
}

/** Hashes of a tile. Refuses `log.bad-tile` where it holds another number. */
export function readTile(bytes: Buffer, width: number): Result<Buffer[]> {
  if (bytes.length !== width * digestBytes) return refuse('log.bad-tile', { why: 'width' });
  return ok(
    Array.from({ length: width }, (_, no) =>
      bytes.subarray(no * digestBytes, (no + 1) * digestBytes),
    ),
  );
}

/** Where the hash of a node lies: the tile, and which of its hashes make it up. */
function placeOf(size: number, { level, index }: { level: number; index: number }) {
  const up = Math.floor(level / tileHeight);
  const count = 2 ** (level % tileHeight);
  const first = index * count;
  const no = Math.floor(first / tileWidth);
  return { tile: tileOf(size, up, no), from: first - no * tileWidth, count };
}

/** Gives the hashes of a tile. */
export type TileReader = (tile: TileAt) => Promise<readonly Buffer[]>;

/** Hash of a span of a log of `size` leaves, from its tiles. */
export async function spanHash(
  tree: TreeHash,
  read: TileReader,
  size: number,
  span: Span,
): Promise<Buffer> {
  const hashes: Buffer[] = [];
  for (const node of completeNodes(span)) {
    const { tile, from, count } = placeOf(size, node);
    hashes.push(folded(tree, await read(tile), from, count));
  }
  return foldNodes(tree, hashes);
}

/** Nodes of tiles that were folded before, as long as somebody keeps the tile: proofs share most of theirs. */
const foldedOf = new WeakMap<readonly Buffer[], Map<number, Buffer>>();

function folded(tree: TreeHash, row: readonly Buffer[], from: number, count: number): Buffer {
  let known = foldedOf.get(row);
  if (known === undefined) {
    known = new Map();
    foldedOf.set(row, known);
  }
  const key = from * 2 * tileWidth + count;
  let node = known.get(key);
  if (node === undefined) {
    node = foldComplete(tree, row.slice(from, from + count));
    known.set(key, node);
  }
  return node;
}

/** Root of a complete subtree out of its lowest hashes; their number is a power of two. */
export function foldComplete(tree: TreeHash, hashes: readonly Buffer[]): Buffer {
  const row = [...hashes];
  // In place: a proof folds hundreds of hashes, and each level needs nothing but the one below.
  for (let count = row.length; count > 1; count /= 2) {
    for (let no = 0; no < count / 2; no += 1) row[no] = tree.node(row[2 * no]!, row[2 * no + 1]!);
  }
  return row[0]!;
}

/** Right edge of a log: the hashes of the last, not full, tile of each level, and its last entries. */
export type Edge = {
  readonly size: number;
  readonly levels: readonly (readonly Buffer[])[];
  readonly entries: readonly Buffer[];
};

/** The log without leaves. */
export const emptyEdge: Edge = { size: 0, levels: [], entries: [] };

/** A file of the log. */
export type TileFile = { readonly path: string; readonly bytes: Buffer };

/**
 * Appends entries at the right edge: gives the files to be written, and the new edge. The same entries at
 * the same edge give the same bytes, so that work done twice does no harm.
 */
export function appendEntries(
  tree: TreeHash,
  edge: Edge,
  added: readonly Buffer[],
): { readonly edge: Edge; readonly files: TileFile[] } {
  const files: TileFile[] = [];
  const levels = edge.levels.map((row) => [...row]);
  let size = edge.size;
  let entries = [...edge.entries];
  const push = (level: number, digest: Buffer) => {
    const row = (levels[level] ??= []);
    row.push(digest);
    if (row.length < tileWidth) return;
    const no = levelCount(size, level) / tileWidth - 1;
    files.push({ path: tilePath({ level, no, width: tileWidth }), bytes: Buffer.concat(row) });
    levels[level] = [];
    push(level + 1, foldComplete(tree, row));
  };
  for (const entry of added) {
    entries.push(entry);
    size += 1;
    push(0, tree.leaf(entry));
    if (size % tileWidth > 0) continue;
    const no = size / tileWidth - 1;
    files.push({
      path: tilePath({ level: 'entries', no, width: tileWidth }),
      bytes: bundleOf(entries),
    });
    entries = [];
  }
  const after: Edge = { size, levels, entries };
  return { edge: after, files: added.length === 0 ? files : [...files, ...partialFiles(after)] };
}

function partialFiles({ size, levels, entries }: Edge): TileFile[] {
  const files = levels.flatMap((row, level): TileFile[] => {
    if (row.length === 0) return [];
    const no = Math.floor(levelCount(size, level) / tileWidth);
    return [{ path: tilePath({ level, no, width: row.length }), bytes: Buffer.concat(row) }];
  });
  if (entries.length === 0) return files;
  const no = Math.floor(size / tileWidth);
  const path = tilePath({ level: 'entries', no, width: entries.length });
  return [...files, { path, bytes: bundleOf(entries) }];
}

/** Root of the log at its edge. */
export function edgeRoot(tree: TreeHash, { levels }: Edge): Buffer {
  // From the highest level down: what is complete on the left, then what is left over of it.
  const hashes = [...levels].reverse().flatMap((row) =>
    completeNodes({ from: 0, to: row.length }).map(({ level, index }) => {
      const width = 2 ** level;
      return foldComplete(tree, row.slice(index * width, (index + 1) * width));
    }),
  );
  return foldNodes(tree, hashes);
}
