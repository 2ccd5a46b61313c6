/**
 * The sequencer: gives commitments their positions, writes the tiles, signs the checkpoint. Only one at
 * a time may write: it holds a lock of the database, and an epoch that every write of it is checked by,
 * so that one that was thought dead and comes back writes nothing. Killed between any two steps and begun
 * again, it goes on from what the database and the files say; no leaf is lost or doubled, because a
 * position is given by one statement in the transaction that makes the log longer.
 */
import { resolve } from 'node:path';
import type { Instant } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Clock, freshIds } from '../../platform/clock.ts';
import { type CryptoProvider, checkSm2 } from '../../platform/crypto/index.ts';
import { type Database, type Tx, sql } from '../../platform/db/index.ts';
import { writeWhole } from '../../platform/files/index.ts';
import { checkpointText, noteText } from './domain-note.ts';
import {
  type Edge,
  type TileFile,
  appendEntries,
  edgeRoot,
  emptyEdge,
  entryOf,
  readEntry,
  tileOf,
  tileWidth,
} from './domain-tiles.ts';
import { type HashName, type TreeHash, treeHash } from './domain-tree.ts';
import {
  type LogSource,
  bundleEntries,
  dropPartials,
  folderSource,
  readEdge,
  writeFiles,
} from './log-files.ts';
import { readCheckpoint } from './domain-published.ts';
import { logVerifier, signNote } from './signer.ts';
import {
  type LogHead,
  adoptLeaves,
  beginEpoch,
  givePositions,
  insertCheckpoint,
  isAnyWaiting,
  lastCheckpoint,
  lockHead,
  readLeaves,
} from './store.ts';

/** What the log needs of an installation. */
export type LogDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  /** Folder of the log's files, served as they are. */
  readonly folder: string;
  /** Name and hash of a log that is not begun yet; one that is keeps its own. */
  readonly origin: string;
  readonly hash: HashName;
  /** Whether name and hash were asked for by somebody, so that a log of others is refused. */
  readonly insist?: boolean;
  /** Size of the highest checkpoint any witness has signed; 0 where none is known. */
  readonly witnessed?: () => Promise<number>;
  /** Told before each step; the kill tests listen. */
  readonly onStep?: (step: SequencerStep) => void;
};

/** Steps between which a sequencer may die. */
export type SequencerStep = 'positions-given' | 'tiles-written' | 'checkpoint-signed' | 'published';

/** A sequencer that holds the lock. */
export type Sequencer = {
  readonly head: () => LogHead;
  /** Takes what waits, up to a number of leaves. Gives how many it took. Refuses `log.superseded`. */
  readonly take: (most?: number) => Promise<Result<number>>;
};

const leavesMax = 20_000;

type State = { head: LogHead; edge: Edge };

/**
 * Runs `work` with a sequencer, if no other process has one; `null` else. Refuses to begin where what was
 * signed and what is here do not agree: `log.altered`, `log.behind-witness`, `log.origin-changed`.
 */
export async function withSequencer<T>(
  deps: LogDeps,
  work: (sequencer: Sequencer) => Promise<T>,
): Promise<Result<T | null>> {
  return deps.database.session(async (session) => {
    const [lock] = await session.query<{ taken: boolean }>(
      sql`select pg_try_advisory_lock(hashtextextended('transparency-log.sequencer', 0)) as taken`,
    );
    if (lock?.taken !== true) return ok(null);
    const begun = await deps.database.transaction((tx) => beginEpoch(tx, deps));
    const other = begun.origin !== deps.origin || begun.hash !== deps.hash;
    if (deps.insist === true && other) {
      return refuse('log.origin-changed', { origin: begun.origin, hash: begun.hash });
    }
    const tree = treeHash(begun.hash);
    const state = await recover(deps, tree, begun);
    if (!state.ok) return state;
    const now = state.value;
    const sequencer: Sequencer = {
      head: () => now.head,
      take: (most = leavesMax) => take(deps, tree, now, most),
    };
    return ok(await work(sequencer));
  });
}

/** In a transaction in which nobody else is sequencer. Refuses `log.superseded`. */
async function asSequencer<T>(
  deps: LogDeps,
  epoch: number,
  work: (tx: Tx, head: LogHead) => Promise<T>,
): Promise<Result<T>> {
  return deps.database.transaction(async (tx) => {
    const head = await lockHead(tx);
    return head.epoch === epoch ? ok(await work(tx, head)) : refuse('log.superseded', { epoch });
  });
}

async function take(
  deps: LogDeps,
  tree: TreeHash,
  state: State,
  most: number,
): Promise<Result<number>> {
  // Looked at first without a lock: where nothing is done, nothing is written, twice a second.
  const isIdle = state.head.size === state.edge.size && !(await isAnyWaiting(deps.database));
  if (isIdle) return ok(0);
  const given = await asSequencer(deps, state.head.epoch, async (tx, head) => {
    const count = await givePositions(tx, head.size, most);
    return { count, head: { ...head, size: head.size + count } };
  });
  if (!given.ok) return given;
  state.head = given.value.head;
  if (state.head.size === state.edge.size) return ok(0);
  deps.onStep?.('positions-given');
  const filled: TileFile[] = [];
  state.edge = await integrate(deps, tree, state, (files) => filled.push(...files));
  const published = await publish(deps, tree, state);
  if (!published.ok) return published;
  // Only now nothing that is shown points to them any more.
  await dropPartials(deps.folder, filled);
  return ok(given.value.count);
}

/** Writes the tiles of leaves that have positions and are in no tile yet. */
async function integrate(
  deps: LogDeps,
  tree: TreeHash,
  { edge: from, head: { size } }: State,
  onFiles: (files: readonly TileFile[]) => void = () => undefined,
): Promise<Edge> {
  let edge = from;
  while (edge.size < size) {
    const to = Math.min(size, edge.size + leavesMax);
    const leaves = await readLeaves(deps.database, edge.size, to);
    if (leaves.length !== to - edge.size)
      throw new Error(`positions of the log are missing before ${to}`);
    const appended = appendEntries(tree, edge, leaves.map(entryOf));
    await writeFiles(deps.folder, appended.files);
    onFiles(appended.files);
    edge = appended.edge;
  }
  return edge;
}

const checkpointFile = (folder: string) => resolve(folder, 'checkpoint');

/** Signs the head and shows it. The database knows of a checkpoint before anybody else does. */
async function publish(
  deps: LogDeps,
  tree: TreeHash,
  { head, edge }: State,
): Promise<Result<true>> {
  deps.onStep?.('tiles-written');
  const { origin } = head;
  const root = edgeRoot(tree, edge);
  const text = checkpointText({ origin, size: edge.size, root });
  const note = noteText({ text, signatures: [signNote(deps.crypto, origin, text)] });
  const kept = await asSequencer(deps, head.epoch, async (tx) => {
    const last = await lastCheckpoint(tx);
    const now = deps.clock.now();
    // A clock that was set back does not make the log older.
    const signedAt = last !== null && last.signedAt > now ? last.signedAt : now;
    await insertCheckpoint(tx, { size: edge.size, root, note, signedAt });
    deps.onStep?.('checkpoint-signed');
    // While the head is locked: one that was superseded can put nothing older in its place.
    await writeWhole(checkpointFile(deps.folder), Buffer.from(note));
  });
  if (!kept.ok) return kept;
  deps.onStep?.('published');
  return ok(true);
}

/**
 * Where to go on: the edge of what was signed last, from the files, or, where these are missing or
 * broken, worked out anew from the database. What was signed has to follow from what is here.
 */
async function recover(deps: LogDeps, tree: TreeHash, begun: LogHead): Promise<Result<State>> {
  const source = folderSource(deps.folder);
  const restored = await adoptPublished(deps, begun, source);
  if (!restored.ok) return restored;
  const head = restored.value;
  const witnessed = (await deps.witnessed?.()) ?? 0;
  if (witnessed > head.size) {
    return refuse('log.behind-witness', { size: head.size, witnessed });
  }
  const last = await lastCheckpoint(deps.database);
  if (last === null) return ok({ head, edge: emptyEdge });
  const known = await readEdge(source, last.size);
  if (known.ok && edgeRoot(tree, known.value).equals(last.root)) {
    await writeWhole(checkpointFile(deps.folder), Buffer.from(last.note));
    return ok({ head, edge: known.value });
  }
  const from = { head: { ...head, size: last.size }, edge: emptyEdge };
  const rebuilt = await integrate(deps, tree, from);
  if (!edgeRoot(tree, rebuilt).equals(last.root)) return refuse('log.altered', { size: last.size });
  await writeWhole(checkpointFile(deps.folder), Buffer.from(last.note));
  return ok({ head, edge: rebuilt });
}

/**
 * A restored database may be older than what the log has shown since. What was shown stands: its leaves
 * take their positions again, and what they were of, if it was lost, stays lost and is counted so.
 */
async function adoptPublished(
  deps: LogDeps,
  head: LogHead,
  source: LogSource,
): Promise<Result<LogHead>> {
  const bytes = await source.read('checkpoint');
  if (bytes === null) return ok(head);
  const log = logVerifier(deps.crypto, head.origin);
  const published = readCheckpoint(bytes.toString('utf8'), { log, sm2: checkSm2 });
  if (!published.ok) return published;
  const shown = published.value;
  const last = await lastCheckpoint(deps.database);
  if (shown.size <= (last?.size ?? 0)) return ok(head);
  const tree = treeHash(head.hash);
  const edge = await readEdge(source, shown.size);
  if (!edge.ok) return edge;
  if (!edgeRoot(tree, edge.value).equals(shown.root)) {
    return refuse('log.altered', { size: shown.size });
  }
  const leaves = await leavesShown(deps, source, head.size, shown.size);
  if (!leaves.ok) return leaves;
  const adopted = await asSequencer(deps, head.epoch, async (tx) => {
    await adoptLeaves(tx, leaves.value);
    const signedAt = deps.clock.now();
    await insertCheckpoint(tx, { size: shown.size, root: shown.root, note: shown.note, signedAt });
    return lockHead(tx);
  });
  return adopted;
}

type Shown = { id: string; position: number; at: Instant; commitment: Buffer };

async function leavesShown(
  deps: LogDeps,
  source: LogSource,
  from: number,
  size: number,
): Promise<Result<Shown[]>> {
  const nextId = freshIds(deps.clock);
  const leaves: Shown[] = [];
  for (let no = Math.floor(from / tileWidth); no * tileWidth < size; no += 1) {
    const bundle = await bundleEntries(source, tileOf(size, 'entries', no));
    if (!bundle.ok) return bundle;
    for (const [index, bytes] of bundle.value.entries()) {
      const position = no * tileWidth + index;
      const entry = readEntry(bytes);
      if (!entry.ok) return entry;
      if (position >= from) leaves.push({ id: nextId(), position, ...entry.value });
    }
  }
  return ok(leaves);
}
