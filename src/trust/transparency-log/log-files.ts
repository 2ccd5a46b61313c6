/** Files of a log: written to its folder, read from a folder or over HTTP. */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { readWhole, writeWhole } from '../../platform/files/index.ts';
import { askHttp } from '../../platform/http/index.ts';
import {
  type Edge,
  type TileAt,
  type TileFile,
  type TileReader,
  emptyEdge,
  isTilePath,
  levelCount,
  readBundle,
  readTile,
  tileOf,
  tilePath,
  tileWidth,
} from './domain-tiles.ts';

/** Where files of a log are read: by their path below its address; `null` where there is none. */
export type LogSource = { readonly read: (path: string) => Promise<Buffer | null> };

/** A log in a folder. */
export function folderSource(folder: string): LogSource {
  return { read: (path) => readWhole(resolve(folder, path)) };
}

const limits = { msMax: 20_000, bytesMax: 1024 * 1024 };

/** A log over HTTP. Answers other than 200 and 404 are faults, as are those larger than any tile. */
export function httpSource(address: string): LogSource {
  return {
    async read(path) {
      const { status, bytes } = await askHttp(address, path, limits);
      if (status !== 200 && status !== 404) throw new Error(`${path}: HTTP ${status}`);
      return status === 200 ? bytes : null;
    },
  };
}

/** A log at an address: `http://…`, or a folder. */
export function sourceAt(address: string): LogSource {
  return /^https?:\/\//.test(address) ? httpSource(address) : folderSource(address);
}

/** A file of a log as it is shown to whoever asks; `null` where there is none, or none of that form. */
export async function shownFile(
  folder: string,
  path: string,
): Promise<{ readonly kind: 'checkpoint' | 'tile'; readonly bytes: Buffer } | null> {
  const kind = path === 'checkpoint' ? 'checkpoint' : 'tile';
  if (kind === 'tile' && !isTilePath(path)) return null;
  const bytes = await readWhole(resolve(folder, path));
  return bytes === null ? null : { kind, bytes };
}

const togetherMax = 32;

/** Writes files of the log: all are on the disk when it resolves. */
export async function writeFiles(folder: string, files: readonly TileFile[]): Promise<void> {
  for (let at = 0; at < files.length; at += togetherMax) {
    await Promise.all(
      files
        .slice(at, at + togetherMax)
        .map(({ path, bytes }) => writeWhole(resolve(folder, path), bytes)),
    );
  }
}

/** Takes away the partial tiles that full ones took the place of; whoever asks for one reads the full one. */
export async function dropPartials(folder: string, files: readonly TileFile[]): Promise<void> {
  for (const { path } of files) {
    if (!path.includes('.p/'))
      await rm(resolve(folder, `${path}.p`), { recursive: true, force: true });
  }
}

/** The bytes of a tile; a partial one that has gone is cut from the full one that took its place. */
async function bytesOf(
  source: LogSource,
  tile: TileAt,
  cut: (full: Buffer) => Result<Buffer>,
): Promise<Result<Buffer>> {
  const found = await source.read(tilePath(tile));
  if (found !== null) return ok(found);
  const full =
    tile.width < tileWidth ? await source.read(tilePath({ ...tile, width: tileWidth })) : null;
  return full === null ? refuse('log.no-tile', { path: tilePath(tile) }) : cut(full);
}

/** Hashes of a tile. Refuses `log.no-tile {path}`, `log.bad-tile`. */
export async function tileHashes(source: LogSource, tile: TileAt): Promise<Result<Buffer[]>> {
  const bytes = await bytesOf(source, tile, (full) => ok(full.subarray(0, tile.width * 32)));
  return bytes.ok ? readTile(bytes.value, tile.width) : bytes;
}

/** Entries of a bundle. Refuses as {@link tileHashes} does. */
export async function bundleEntries(source: LogSource, tile: TileAt): Promise<Result<Buffer[]>> {
  const found = await source.read(tilePath(tile));
  if (found !== null) return readBundle(found, tile.width);
  const full = await source.read(tilePath({ ...tile, width: tileWidth }));
  if (full === null) return refuse('log.no-tile', { path: tilePath(tile) });
  const entries = readBundle(full, tileWidth);
  return entries.ok ? ok(entries.value.slice(0, tile.width)) : entries;
}

/** A reader of tiles that keeps what it has read. Faults where one is missing or broken. */
export function keepingReader(source: LogSource): TileReader {
  const known = new Map<string, Promise<readonly Buffer[]>>();
  return (tile) => {
    const path = tilePath(tile);
    const reading = known.get(path) ?? hashesOrFault(source, tile);
    known.set(path, reading);
    return reading;
  };
}

async function hashesOrFault(source: LogSource, tile: TileAt): Promise<readonly Buffer[]> {
  const read = await tileHashes(source, tile);
  assert(read.ok, `tile of the log: ${JSON.stringify(read)}`);
  return read.value;
}

/** The right edge of a log of `size` leaves, from its files. Refuses what a tile refuses. */
export async function readEdge(source: LogSource, size: number): Promise<Result<Edge>> {
  if (size === 0) return ok(emptyEdge);
  const levels: Buffer[][] = [];
  for (let level = 0; levelCount(size, level) > 0; level += 1) {
    const row = await lastOf(size, level, (tile) => tileHashes(source, tile));
    if (!row.ok) return row;
    levels.push(row.value);
  }
  const entries = await lastOf(size, 'entries', (tile) => bundleEntries(source, tile));
  return entries.ok ? ok({ size, levels, entries: entries.value }) : entries;
}

/** What the last tile of a level holds, if it is not full. */
function lastOf(
  size: number,
  level: TileAt['level'],
  read: (tile: TileAt) => Promise<Result<Buffer[]>>,
): Promise<Result<Buffer[]>> {
  const count = levelCount(size, level === 'entries' ? 0 : level);
  if (count % tileWidth === 0) return Promise.resolve(ok([]));
  return read(tileOf(size, level, Math.floor(count / tileWidth)));
}
