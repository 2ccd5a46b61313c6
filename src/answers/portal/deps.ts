/** What the portal is given, and what it remembers for a moment. */
import type { Instant } from '../../kernel/day.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import type { LawView } from '../../archive/records/index.ts';
import { type Duty, readDuties, sourceCurrency } from '../../intake/collection/index.ts';
import { type PublicConfirmation, readConfirmers } from '../../law/rulebook/index.ts';
import { type Clock, stopwatchMs } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Database } from '../../platform/db/index.ts';
import { type ImportTables, lastRegistryImport } from '../../register/subjects/index.ts';
import { listUnits } from '../../register/units/index.ts';
import type { KeyHolder } from '../../trust/transparency-log/index.ts';

/** The part of an installation the portal reads. It changes nothing. */
export type PortalDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly rulebook: () => Rulebook;
  readonly law: () => LawView;
  readonly lawKnownAt: (instant: Instant | null) => Promise<LawView>;
  readonly linkTables: () => ImportTables;
  /** Tells the key the log signs with. */
  readonly crypto: KeyHolder;
  readonly config: Pick<
    Config,
    'sample' | 'jurisdiction' | 'logLevel' | 'root' | 'origin' | 'varDir' | 'log'
  >;
};

/** What is the same for every page: deliveries, duties, units, confirmations. */
export type CityFacts = {
  readonly deliveries: Awaited<ReturnType<typeof sourceCurrency>>;
  readonly duties: readonly Duty[];
  readonly registryAt: Instant | null;
  readonly unitNames: ReadonlyMap<string, string>;
  readonly confirmers: ReadonlyMap<string, PublicConfirmation>;
};

/** Reads the facts anew when they are older than `keepMs`; several readers share one reading. */
export function rememberCityFacts(database: Database, keepMs: number): () => Promise<CityFacts> {
  let known: { readonly atMs: number; readonly facts: Promise<CityFacts> } | null = null;
  return () => {
    const now = stopwatchMs();
    if (known !== null && now - known.atMs < keepMs) return known.facts;
    const facts = readCityFacts(database);
    known = { atMs: now, facts };
    // A reading that failed is not kept.
    facts.catch(() => {
      if (known?.facts === facts) known = null;
    });
    return facts;
  };
}

/** Reads what a city delivered and has to, as it stands now. */
export async function readCityFacts(database: Database): Promise<CityFacts> {
  const [deliveries, duties, registryAt, units, confirmers] = await Promise.all([
    sourceCurrency(database),
    readDuties(database),
    lastRegistryImport(database),
    listUnits(database),
    readConfirmers(database),
  ]);
  return {
    deliveries,
    duties,
    registryAt,
    unitNames: new Map(units.map(({ code, name }) => [code, name])),
    confirmers: new Map(confirmers.map((item) => [item.edition, item])),
  };
}

/** A use case's surroundings: the installation and the facts of the city. */
export type PortalContext = PortalDeps & {
  readonly cityFacts: () => Promise<CityFacts>;
};
