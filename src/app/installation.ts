/** Wiring: everything a command or the server needs, put together once and taken apart again. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Door } from '../kernel/act.ts';
import type { Instant } from '../kernel/day.ts';
import { type Result, ok } from '../kernel/result.ts';
import { type Rulebook, editionInForce, editionsOf, knownAt } from '../kernel/rulebook/rulebook.ts';
import {
  codeLabelsOf,
  nullWordsOf,
  rowsOf,
  scriptVariantsOf,
  usccPrefixesOf,
} from '../kernel/rulebook/tables.ts';
import type { Roles } from '../kernel/rulebook/roles.ts';
import { type LawView, makeLawView } from '../archive/records/index.ts';
import {
  type CheckTables,
  type CollectionDeps,
  makeCheckTables,
} from '../intake/collection/index.ts';
import { loadRulebook, readRulebook } from '../law/rulebook/index.ts';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { type CryptoProvider, softwareCrypto } from '../platform/crypto/index.ts';
import {
  type Database,
  type EmbeddedStep,
  type Tx,
  migrate,
  openDatabase,
  prepareDatabase,
  startEmbedded,
} from '../platform/db/index.ts';
import { type FileStore, folderStore } from '../platform/files/index.ts';
import { type ImportTables, provinceStem } from '../register/subjects/index.ts';
import { listUnits } from '../register/units/index.ts';
import { makeDoor } from '../trust/audit/index.ts';
import { seedAccounts } from './seed.ts';

/** What an installation is made of while a program runs. */
export type Installation = {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly door: Door<Tx>;
  readonly crypto: CryptoProvider;
  readonly files: FileStore;
  readonly rulebook: () => Rulebook;
  readonly positions: () => Roles['positions'];
  readonly law: () => LawView;
  readonly lawKnownAt: (instant: Instant | null) => Promise<LawView>;
  readonly checkTables: () => CheckTables;
  readonly linkTables: () => ImportTables;
  /** Reads rulebook and units again after they changed. */
  readonly reload: () => Promise<void>;
  readonly collection: (onPhase?: CollectionDeps['onPhase']) => CollectionDeps;
  readonly close: () => Promise<void>;
};

/** Steps of a start, for the person who waits. */
export type StartStep = EmbeddedStep | 'migrating' | 'loading-rulebook' | 'ready';

const databaseName = 'xinheng';

/** Connection to the server: the operator's own, or the one that comes along. */
async function connect(
  config: Config,
  onStep: (step: StartStep) => void,
): Promise<Result<{ url: string; stop: () => Promise<void> }>> {
  if (config.databaseUrl !== null) {
    return ok({ url: config.databaseUrl, stop: () => Promise.resolve() });
  }
  await mkdir(config.varDir, { recursive: true });
  const server = await startEmbedded({ varDir: config.varDir, onProgress: onStep });
  if (!server.ok) return server;
  const prepared = await prepareDatabase(server.value.url, databaseName);
  if (!prepared.ok) {
    await server.value.stop();
    return prepared;
  }
  return ok({ url: prepared.value.url, stop: server.value.stop });
}

/**
 * Opens the installation: database, migrations, accounts, rulebook. Refuses what each of them refuses;
 * then nothing is left running.
 */
export async function openInstallation(
  config: Config,
  onStep: (step: StartStep) => void = () => undefined,
): Promise<Result<Installation>> {
  const server = await connect(config, onStep);
  if (!server.ok) return server;
  const database = openDatabase(server.value.url);
  const close = async () => {
    await database.close();
    await server.value.stop();
  };
  try {
    const opened = await installationOn(config, database, close, onStep);
    if (!opened.ok) await close();
    return opened;
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The installation over a database already connected: migrations, accounts, rulebook. `close` is what
 * taking it apart means to whoever connected.
 */
export async function installationOn(
  config: Config,
  database: Database,
  close: () => Promise<void>,
  onStep: (step: StartStep) => void = () => undefined,
): Promise<Result<Installation>> {
  const { clock } = config;
  onStep('migrating');
  const migrated = await migrate(database, resolve(config.root, 'db/migrations'));
  if (!migrated.ok) return migrated;
  await seedAccounts(database, config.sample, clock.now());
  const state = new LawState(config, database);
  const door = makeDoor({ clock, positions: () => state.positions() });
  onStep('loading-rulebook');
  const folders = [
    ...config.rulebookDirs,
    ...(config.sample ? [resolve(config.root, 'rulebook-sample')] : []),
  ];
  const loaded = await loadRulebook({ database, clock, door }, folders);
  if (!loaded.ok) return loaded;
  await state.reload();
  const crypto = softwareCrypto(resolve(config.varDir, 'keys'));
  const files = folderStore(resolve(config.varDir, 'files'));
  onStep('ready');
  return ok({
    config,
    clock,
    database,
    door,
    crypto,
    files,
    rulebook: () => state.rulebook,
    positions: () => state.positions(),
    law: () => state.law(),
    lawKnownAt: (instant) => Promise.resolve(state.lawKnownAt(instant)),
    checkTables: () => state.checkTables(),
    linkTables: () => state.linkTables(),
    reload: () => state.reload(),
    collection: (onPhase) => ({
      database,
      clock,
      door,
      files,
      crypto,
      rulebook: () => state.rulebook,
      law: () => state.law(),
      checkTables: () => state.checkTables(),
      linkTables: () => state.linkTables(),
      workDir: resolve(config.varDir, 'collection'),
      ...(onPhase === undefined ? {} : { onPhase }),
    }),
    close,
  });
}

/** The law in memory and what is derived from it, remade when the rulebook or the day changes. */
class LawState {
  rulebook: Rulebook = {
    editions: [],
    confirmations: [],
    byKind: new Map(),
    instruments: new Map(),
    confirmed: new Set(),
  };
  private readonly config: Config;
  private readonly database: Database;
  private sectors = new Map<string, string>();
  private view: LawView | null = null;
  private checks: { readonly day: string; readonly tables: CheckTables } | null = null;
  private links: ImportTables | null = null;

  constructor(config: Config, database: Database) {
    this.config = config;
    this.database = database;
  }

  async reload(): Promise<void> {
    this.rulebook = await readRulebook(this.database);
    this.sectors = new Map(
      (await listUnits(this.database)).flatMap(({ code, sector }) =>
        sector === null ? [] : [[code, sector] as const],
      ),
    );
    this.view = null;
    this.checks = null;
    this.links = null;
  }

  positions() {
    const on = this.config.clock.today();
    return editionInForce(this.rulebook, 'roles', 'roles', on)?.document.positions ?? [];
  }

  law(): LawView {
    const today = this.config.clock.today();
    if (this.view === null || this.view.on !== today) {
      this.view = makeLawView(this.rulebook, this.config.jurisdiction, today, this.sectors);
    }
    return this.view;
  }

  lawKnownAt(instant: Instant | null): LawView {
    if (instant === null) return this.law();
    const then = knownAt(this.rulebook, instant);
    return makeLawView(then, this.config.jurisdiction, this.config.clock.today(), this.sectors);
  }

  checkTables(): CheckTables {
    const day = this.config.clock.today();
    if (this.checks?.day !== day) {
      this.checks = { day, tables: makeCheckTables(this.rulebook, day) };
    }
    return this.checks.tables;
  }

  linkTables(): ImportTables {
    this.links ??= importTables(this.rulebook);
    return this.links;
  }
}

/** Tables of linking and import, from a rulebook. */
export function importTables(rulebook: Rulebook): ImportTables {
  const divisions = rowsOf(rulebook, 'divisions');
  return {
    nullWords: nullWordsOf(rulebook),
    labels: codeLabelsOf(rulebook),
    prefixes: usccPrefixesOf(rulebook),
    scriptVariants: scriptVariantsOf(rulebook),
    provinces: new Set(
      divisions.flatMap((row) => (row['level'] === 'province' ? [provinceStem(row.name)] : [])),
    ),
    regions: new Map(
      divisions.map((row) => [row.code, row.validTo === null || row.validTo === undefined]),
    ),
  };
}

/** Standards of the base library, newest first. */
export function baseLibraryStandards(rulebook: Rulebook) {
  return editionsOf(rulebook, 'standard')
    .filter(({ document }) => document.id === 'base-library')
    .map(({ document }) => document)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
}
