/**
 * Where a benchmark runs: a database and a folder of its own, made for it and taken away afterwards. An
 * installation's data are never touched: with `DATABASE_URL` only the server is used, without it a
 * server of its own is started in a temporary folder.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { openDatabase, prepareDatabase, raw, sql, startEmbedded } from '../../platform/db/index.ts';
import { existingPlace } from '../../platform/db/embedded-place.ts';
import { withDatabase } from '../../platform/db/prepare-database.ts';
import { freshBytes } from '../../platform/random.ts';
import { type Installation, installationOn } from '../installation.ts';
import { buildCity } from '../sample-city/build.ts';
import { confirmUnread } from '../sample-city/confirm.ts';
import type { CityRequest } from '../sample-city/mark.ts';

/** An open place. `close` may be called more than once. */
export type Place = {
  readonly installation: Installation;
  readonly folder: string;
  readonly close: () => Promise<void>;
};

const databasePrefix = 'xinheng_bench_';

type Server = { readonly url: string; readonly stop: () => Promise<void> };

async function serverFor(config: Config, folder: string): Promise<Result<Server>> {
  if (config.databaseUrl !== null) {
    return ok({ url: config.databaseUrl, stop: () => Promise.resolve() });
  }
  return startEmbedded({ varDir: resolve(folder, 'server') });
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const server = openDatabase(withDatabase(serverUrl, 'postgres'), { connectionsMax: 1 });
  try {
    await server.execute(raw(`drop database if exists "${name}" with (force)`));
  } finally {
    await server.close();
  }
}

/** Data of a server that could not lie in its folder: left behind they fill the disk, run by run. */
function removeData(varDir: string): void {
  const place = existingPlace(resolve(varDir, 'postgres'));
  if (!place.ok || place.value === null || place.value.home === place.value.desk) return;
  rmSync(place.value.home, { recursive: true, force: true, maxRetries: 3 });
}

/** Everything once, whatever the number of calls. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

/**
 * Opens the place: server, database, migrations, rulebook, two confirmations of every edition, and
 * the sample city where one is wanted. Refuses
 * what each of them refuses, and `bench.unsafe-server` where the server does not write safely: such
 * figures would be worth nothing.
 */
export async function openPlace(config: Config, city?: CityRequest): Promise<Result<Place>> {
  const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-bench-'));
  const removeFolder = () => {
    removeData(resolve(folder, 'server'));
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const server = await serverFor(config, folder);
  if (!server.ok) {
    removeFolder();
    return server;
  }
  const name = databasePrefix + freshBytes(6).toString('hex');
  const closeServer = async () => {
    if (config.databaseUrl !== null) await dropDatabase(server.value.url, name);
    await server.value.stop();
    removeFolder();
  };
  const prepared = await prepareDatabase(server.value.url, name);
  if (!prepared.ok) {
    await closeServer();
    return prepared;
  }
  const database = openDatabase(prepared.value.url);
  const close = once(async () => {
    await database.close();
    await closeServer();
  });
  try {
    const own = ownConfig(config, folder, city);
    const opened = await installationIn(own, folder, { database, close });
    if (!opened.ok) await close();
    return opened;
  } catch (error) {
    await close();
    throw error;
  }
}

/** The configuration of a place: nothing of the installation's but its server and its rulebook. */
function ownConfig(config: Config, folder: string, city: CityRequest | undefined): Config {
  const own: Config = {
    ...config,
    varDir: resolve(folder, 'var'),
    sample: true,
    clock: systemClock,
    clockSet: false,
  };
  return city === undefined ? own : { ...own, sampleCity: city };
}

type Opened = { readonly database: Installation['database']; readonly close: () => Promise<void> };

async function installationIn(
  config: Config,
  folder: string,
  { database, close }: Opened,
): Promise<Result<Place>> {
  const [row] = await database.query<{ fsync: string }>(
    sql`select current_setting('fsync') as fsync`,
  );
  if (row?.fsync !== 'on') return refuse('bench.unsafe-server', { setting: 'fsync' });
  const opened = await installationOn(config, database, close);
  if (!opened.ok) return opened;
  const installation = opened.value;
  const work = resolve(folder, 'work');
  mkdirSync(work, { recursive: true });
  if (config.sampleCity === undefined) {
    await confirmUnread(installation);
    await installation.reload();
  } else {
    const signal = new AbortController().signal;
    await buildCity(installation, { signal, onProgress: () => undefined });
  }
  return ok({ installation, folder: work, close });
}
