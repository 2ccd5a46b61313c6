/** Wiring: everything a command or the server needs, put together once and taken apart again. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Door, EventLog } from '../kernel/act.ts';
import type { Day, Instant } from '../kernel/day.ts';
import type { Notify } from '../kernel/notice.ts';
import { type Result, ok, refuse } from '../kernel/result.ts';
import { type Rulebook, editionInForce, editionsOf, knownAt } from '../kernel/rulebook/rulebook.ts';
import {
  codeLabelsOf,
  nullWordsOf,
  rowsOf,
  scriptVariantsOf,
  usccPrefixesOf,
} from '../kernel/rulebook/tables.ts';
import type { Roles } from '../kernel/rulebook/roles.ts';
import { type EraseDeps, type LawView, makeLawView } from '../archive/records/index.ts';
import {
  type CheckTables,
  type CollectionDeps,
  forgetErased,
  makeCheckTables,
} from '../intake/collection/index.ts';
import { loadRulebook, readRulebook } from '../law/rulebook/index.ts';
import { type Clock, fixedClock } from '../platform/clock.ts';
import { type Config, logNameAt } from '../platform/config.ts';
import { type CryptoProvider, softwareCrypto } from '../platform/crypto/index.ts';
import {
  type Database,
  type EmbeddedStep,
  type Tx,
  migrate,
  openDatabase,
  prepareDatabase,
  sql,
  startEmbedded,
} from '../platform/db/index.ts';
import { type FileStore, folderStore } from '../platform/files/index.ts';
import { type ImportTables, provinceStem, refillSearch } from '../register/subjects/index.ts';
import { listUnits } from '../register/units/index.ts';
import { makeDoor, makeEventLog } from '../trust/audit/index.ts';
import { type NoticeDeps, makeNotify } from '../trust/notices/index.ts';
import { checkWhole } from './backup/marker.ts';
import { foundCity, foundingOf, knowsLaw } from './sample-city/mark.ts';
import { sampleRegion } from './sample-city/codes.ts';
import { seedAccounts } from './seed.ts';

/** What an installation is made of while a program runs. */
export type Installation = {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly door: Door<Tx>;
  /** Records what is no act. */
  readonly record: EventLog<Tx>;
  /** Writes letters, and what they need. */
  readonly notify: Notify<Tx>;
  readonly notices: NoticeDeps;
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
  /** Reads them again if another program changed them; says whether one had. */
  readonly refresh: () => Promise<boolean>;
  readonly collection: (onPhase?: CollectionDeps['onPhase']) => CollectionDeps;
  /** Clears what was erased from a record in everything outside the archive. */
  readonly forget: EraseDeps['forget'];
  readonly close: () => Promise<void>;
};

/** Steps of a start, for the person who waits. */
export type StartStep = EmbeddedStep | 'migrating' | 'loading-rulebook' | 'ready';

const databaseName = 'xinheng';
const goodbyeMs = 500;

type Server = { readonly url: string; readonly stop: () => Promise<void> };

/** A server of one's own: version, encoding and extensions are checked before anything is entered. */
async function connectOwn(address: string): Promise<Result<Server>> {
  const named = nameInUrl(address);
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(named)) {
    const reason = `数据库名应为小写字母、数字、下划线 the database must have a plain lower-case name: ${named}`;
    return refuse('config.invalid', { variable: 'DATABASE_URL', reason });
  }
  const prepared = await prepareDatabase(address, named);
  if (!prepared.ok) return prepared;
  return ok({ url: prepared.value.url, stop: () => Promise.resolve() });
}

function nameInUrl(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname.slice(1)) || databaseName;
  } catch {
    return '';
  }
}

/** Connection to the server: the operator's own, or the one that comes along. */
export async function connect(
  config: Config,
  onStep: (step: StartStep) => void,
): Promise<Result<Server>> {
  if (config.databaseUrl !== null) return connectOwn(config.databaseUrl);
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
    // Work that is still under way must not keep the server from stopping: it rolls back.
    await Promise.race([database.close(), sleep(goodbyeMs, undefined, { ref: false })]);
    await server.value.stop();
  };
  try {
    const whole = await checkWhole(config.varDir, database);
    const opened = whole.ok ? await installationOn(config, database, close, onStep) : whole;
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
  given: Config,
  database: Database,
  close: () => Promise<void>,
  onStep: (step: StartStep) => void = () => undefined,
): Promise<Result<Installation>> {
  const { clock } = given;
  onStep('migrating');
  const migrated = await migrate(database, resolve(given.root, 'db/migrations'));
  if (!migrated.ok) return migrated;
  await refillSearch(database);
  // An installation with a sample city is a sample one for every command, whatever the environment.
  const city = await foundCity(database, clock, given.sampleCity);
  const config = city === null ? given : asSampleCity(given);
  const crypto = softwareCrypto(resolve(config.varDir, 'keys'));
  const allowed = mayRunWith(config);
  const seeded = allowed.ok
    ? await seedAccounts({ database, clock, crypto }, config.sample)
    : allowed;
  if (!seeded.ok) return seeded;
  const state = new LawState(config, database);
  const positions = () => state.positions();
  const door = makeDoor({ clock, positions });
  onStep('loading-rulebook');
  const loading =
    city === null || (await knowsLaw(database)) ? { clock, door } : beforeStory(city.anchor, state);
  const loaded = await loadRulebook({ database, ...loading }, rulebookFolders(config));
  if (!loaded.ok) return loaded;
  await state.reload();
  const files = folderStore(resolve(config.varDir, 'files'));
  onStep('ready');
  const record = makeEventLog({ clock });
  const rulebook = () => state.rulebook;
  const place = config.jurisdiction;
  const notices = { database, clock, door, record, crypto, rulebook, place };
  const notify = makeNotify(notices);
  return ok({
    ...{ config, clock, database, door, record, notices, notify, crypto, files },
    ...{ rulebook, positions, close, forget: forgetErased },
    law: () => state.law(),
    lawKnownAt: (instant) => Promise.resolve(state.lawKnownAt(instant)),
    checkTables: () => state.checkTables(),
    linkTables: () => state.linkTables(),
    reload: () => state.reload(),
    refresh: () => state.refresh(),
    collection: (onPhase) => ({
      ...{ database, clock, door, files, crypto, notify, rulebook },
      law: () => state.law(),
      checkTables: () => state.checkTables(),
      linkTables: () => state.linkTables(),
      workDir: resolve(config.varDir, 'collection'),
      ...(onPhase === undefined ? {} : { onPhase }),
    }),
  });
}

/** A sample city serves a place that does not exist, and names its log after that. */
function asSampleCity(given: Config): Config {
  const { log, jurisdiction } = given;
  const origin = log.origin === logNameAt(jurisdiction) ? logNameAt(sampleRegion) : log.origin;
  return { ...given, sample: true, jurisdiction: sampleRegion, log: { ...log, origin } };
}

function rulebookFolders({ rulebookDirs, sample, root }: Config): string[] {
  return [...rulebookDirs, ...(sample ? [resolve(root, 'rulebook-sample')] : [])];
}

/** A clock set to another moment would date acts falsely, and a provider in clear text can be anybody: for rehearsals only. */
function mayRunWith(config: Config): Result<true> {
  if (config.sample) return ok(true);
  if (config.oidc?.issuer.startsWith('http:') === true) {
    const reason =
      '样例安装以外须以https开头 must begin with https:// outside sample installations';
    return refuse('config.invalid', { variable: 'XINHENG_OIDC_ISSUER', reason });
  }
  if (config.clockSet !== true) return ok(true);
  const reason = '只能在样例安装中使用 sample installations only';
  return refuse('config.invalid', { variable: 'XINHENG_CLOCK', reason });
}

/** The story of a sample city lies in the past, and the law it tells of was known when it began. */
function beforeStory(anchor: Day, state: LawState) {
  const clock = fixedClock(foundingOf(anchor));
  return { clock, door: makeDoor({ clock, positions: () => state.positions() }) };
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
  private reading = '';
  private sectors = new Map<string, string>();
  private view: LawView | null = null;
  private checks: { readonly day: string; readonly tables: CheckTables } | null = null;
  private links: ImportTables | null = null;

  constructor(config: Config, database: Database) {
    this.config = config;
    this.database = database;
  }

  /** What changes with every change that {@link reload} would read. */
  private async readingOf(): Promise<string> {
    const [row] = await this.database.query<{ reading: string }>(sql`
      select concat_ws('/',
        (select count(*) from rulebook.edition), (select count(*) from rulebook.confirmation),
        (select count(*) from units.unit), (select max(recorded_at) from units.unit)) as reading`);
    return row!.reading;
  }

  async refresh(): Promise<boolean> {
    if ((await this.readingOf()) === this.reading) return false;
    await this.reload();
    return true;
  }

  async reload(): Promise<void> {
    // Before what is read: a change that comes between is read once more, not missed.
    this.reading = await this.readingOf();
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
