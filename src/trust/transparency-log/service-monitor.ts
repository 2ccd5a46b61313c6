/**
 * A monitor: whoever runs one keeps a copy of the log and looks whether what is shown today continues it.
 * It trusts nothing but the log's key: every leaf is read and hashed anew, and held against its own copy
 * and its own clock. What it finds it names, and keeps the note that proves it.
 */
import { resolve } from 'node:path';
import { type Instant, instantFromMs, instantMs } from '../../kernel/day.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Clock } from '../../platform/clock.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import { readWhole, writeWhole } from '../../platform/files/index.ts';
import { type Oddity, firstDifference } from './domain-difference.ts';
import type { Verifier } from './domain-note.ts';
import { type Published, readCheckpoint } from './domain-published.ts';
import {
  type Edge,
  type TileFile,
  appendEntries,
  edgeRoot,
  emptyEdge,
  readEntry,
  tileOf,
  tileWidth,
} from './domain-tiles.ts';
import { type HashName, treeHash } from './domain-tree.ts';
import { type LogSource, bundleEntries, folderSource, readEdge, writeFiles } from './log-files.ts';

/** What a monitor is given. */
export type MonitorDeps = {
  readonly source: LogSource;
  readonly clock: Clock;
  /** Folder of its copy; it is laid out like the log itself and can be served in its place. */
  readonly folder: string;
  readonly log: Verifier;
  readonly hash: HashName;
  readonly witnesses: readonly Verifier[];
  /** Witnesses that must have signed. */
  readonly witnessesLeast: number;
  /** Seconds a leaf may be older than the last look, because it waited. */
  readonly allowSeconds: number;
};

/** What is wrong with the log. `position`: the first leaf concerned, where one is. */
export type Finding = {
  readonly kind: Oddity | 'shrunk' | 'forked' | 'back-dated' | 'tile' | 'unwitnessed';
  readonly position: number | null;
  readonly detail: string;
};

/** What a look found. */
export type Look = {
  readonly size: number;
  readonly before: number;
  readonly witnesses: readonly string[];
  readonly findings: readonly Finding[];
};

const leavesMax = 20_000;

/**
 * Looks at the log once. Refuses what can not be read as a checkpoint of this log, and tiles that are
 * missing: `log.no-tile {path}`.
 */
export async function lookAtLog(deps: MonitorDeps): Promise<Result<Look>> {
  const bytes = await deps.source.read('checkpoint');
  if (bytes === null) return refuse('log.no-tile', { path: 'checkpoint' });
  const trusted = { log: deps.log, others: deps.witnesses, sm2: checkSm2 };
  const shown = readCheckpoint(bytes.toString('utf8'), trusted);
  if (!shown.ok) return shown;
  const copy = await ownCopy(deps);
  if (!copy.ok) return copy;
  const { edge, seenAt } = copy.value;
  const witnesses = shown.value.held.flatMap(({ verifier, seconds }) =>
    seconds === null ? [] : verifier.name,
  );
  const look = { size: shown.value.size, before: edge.size, witnesses };
  const unwitnessed: Finding[] =
    witnesses.length < deps.witnessesLeast
      ? [
          {
            kind: 'unwitnessed',
            position: null,
            detail: `${witnesses.length}/${deps.witnessesLeast}`,
          },
        ]
      : [];
  const grown = await follow(deps, shown.value, edge, seenAt);
  if (!grown.ok) return grown;
  const { findings, broken } = grown.value;
  if (broken) await keepEvidence(deps, shown.value);
  return ok({ ...look, findings: [...findings, ...unwitnessed] });
}

type Copy = { readonly edge: Edge; readonly seenAt: Instant | null };

async function ownCopy(deps: MonitorDeps): Promise<Result<Copy>> {
  const own = folderSource(deps.folder);
  const bytes = await own.read('checkpoint');
  if (bytes === null) return ok({ edge: emptyEdge, seenAt: null });
  const known = readCheckpoint(bytes.toString('utf8'), { log: deps.log, sm2: checkSm2 });
  if (!known.ok) return known;
  const edge = await readEdge(own, known.value.size);
  if (!edge.ok) return edge;
  if (!edgeRoot(treeHash(deps.hash), edge.value).equals(known.value.root)) {
    return refuse('log.altered', { size: known.value.size });
  }
  const seen = await readWhole(resolve(deps.folder, 'seen-at'));
  const ms = seen === null ? Number.NaN : Number(seen.toString('utf8'));
  return ok({ edge: edge.value, seenAt: Number.isSafeInteger(ms) ? instantFromMs(ms) : null });
}

type Followed = { readonly findings: readonly Finding[]; readonly broken: boolean };

/** Reads what was appended since, and tells whether it continues the copy. */
async function follow(
  deps: MonitorDeps,
  shown: Published,
  from: Edge,
  seenAt: Instant | null,
): Promise<Result<Followed>> {
  const tree = treeHash(deps.hash);
  if (shown.size < from.size) {
    const detail = `${from.size} → ${shown.size}`;
    const why = await compare(deps, shown.size);
    if (!why.ok) return why;
    return ok({
      findings: [{ kind: 'shrunk', position: shown.size, detail }, ...why.value],
      broken: true,
    });
  }
  const findings: Finding[] = [];
  let edge = from;
  const pieces: TileFile[][] = [];
  while (edge.size < shown.size) {
    const to = Math.min(shown.size, edge.size + leavesMax);
    const added = await entriesOf(deps.source, edge.size, to, shown.size);
    if (!added.ok) return added;
    findings.push(...backDated(added.value, edge.size, seenAt, deps.allowSeconds));
    const appended = appendEntries(tree, edge, added.value);
    pieces.push(appended.files);
    edge = appended.edge;
  }
  if (!edgeRoot(tree, edge).equals(shown.root)) {
    const why = await compare(deps, shown.size);
    if (!why.ok) return why;
    const forked: Finding = {
      kind: 'forked',
      position: null,
      detail: shown.root.toString('base64'),
    };
    return ok({ findings: [forked, ...why.value], broken: true });
  }
  for (const files of pieces) {
    findings.push(...(await otherTiles(deps.source, files)));
    await writeFiles(deps.folder, files);
  }
  await writeWhole(resolve(deps.folder, 'checkpoint'), Buffer.from(shown.note));
  await writeWhole(
    resolve(deps.folder, 'seen-at'),
    Buffer.from(String(instantMs(deps.clock.now()))),
  );
  return ok({ findings, broken: false });
}

/** Entries from one position up to another of a log of `size`. */
async function entriesOf(
  source: LogSource,
  from: number,
  to: number,
  size: number,
): Promise<Result<Buffer[]>> {
  const entries: Buffer[] = [];
  for (let no = Math.floor(from / tileWidth); no * tileWidth < to; no += 1) {
    const bundle = await bundleEntries(source, tileOf(size, 'entries', no));
    if (!bundle.ok) return bundle;
    const first = no * tileWidth;
    entries.push(...bundle.value.slice(Math.max(0, from - first), to - first));
  }
  return ok(entries);
}

/** Leaves that say they were made long before the last look, and were not there then. */
function backDated(
  added: readonly Buffer[],
  from: number,
  seenAt: Instant | null,
  allowSeconds: number,
): Finding[] {
  if (seenAt === null) return [];
  const earliest = instantMs(seenAt) - allowSeconds * 1000;
  return added.flatMap((bytes, index): Finding[] => {
    const entry = readEntry(bytes);
    const position = from + index;
    if (!entry.ok) return [{ kind: 'tile', position, detail: 'entry' }];
    return instantMs(entry.value.at) < earliest
      ? [{ kind: 'back-dated', position, detail: `${entry.value.at} < ${seenAt}` }]
      : [];
  });
}

/** Tiles that are shown otherwise than the leaves make them: proofs out of them would not hold. */
async function otherTiles(source: LogSource, files: readonly TileFile[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { path, bytes } of files) {
    const shown = await source.read(path);
    // A partial tile may have gone since it was filled.
    if (shown === null && path.includes('.p/')) continue;
    if (shown?.equals(bytes) !== true)
      findings.push({ kind: 'tile', position: null, detail: path });
  }
  return findings;
}

/** Where and how what is shown differs from the copy. */
async function compare(deps: MonitorDeps, size: number): Promise<Result<Finding[]>> {
  const own = await ownCopy(deps);
  if (!own.ok) return own;
  const known = own.value.edge.size;
  const together = Math.min(known, size);
  for (let from = 0; from < together; from += leavesMax) {
    const to = Math.min(together, from + leavesMax);
    const before = await entriesOf(folderSource(deps.folder), from, to, known);
    const after = await entriesOf(deps.source, from, to, size);
    if (!before.ok) return before;
    if (!after.ok) return after;
    const found = firstDifference(before.value, after.value);
    if (found === null) continue;
    return ok([{ kind: found.kind, position: from + found.index, detail: found.detail }]);
  }
  return ok([]);
}

async function keepEvidence({ folder }: MonitorDeps, { note, size }: Published): Promise<void> {
  const name = `${size}-${sha256Hex(note).slice(0, 16)}.note`;
  await writeWhole(resolve(folder, 'evidence', name), Buffer.from(note));
}
