/**
 * The database of a backup, in one transaction: the migrations the backup had, its rows, then the
 * migrations since. Killed at any instant, the database is as empty as before.
 */
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canonicalJson, sha256Hex } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import { assert, refuse } from '../../kernel/result.ts';
import { migrate, raw, sql } from '../../platform/db/index.ts';
import {
  type CatalogueTable,
  type LooseIndex,
  looseIndexes,
  makePartition,
  ownSchemas,
  presentSchemas,
  quoted,
  quotedTable,
  setSequence,
  switchTriggers,
  tablesOf,
} from '../../platform/db/backup-catalogue.ts';
import type { BulkConnection, CopyIn } from '../../platform/db/backup-connection.ts';
import type { Manifest, ManifestTable } from './manifest.ts';
import { settingKeys } from './marker.ts';
import { stop } from './stop.ts';

/** Refuses a database that holds anything of ours. */
export async function refuseFull(
  connection: BulkConnection,
  migrations: string,
  path: string,
): Promise<void> {
  const [schema] = await presentSchemas(connection, await ownSchemas(migrations));
  if (schema !== undefined) throw stop(refuse('restore.not-empty', { schema, path }));
}

/** Refuses a backup whose level this program does not know. */
export async function refuseOtherLevel({ level }: Manifest, migrations: string): Promise<void> {
  for (const { name, digest } of level) {
    const text = await readFile(resolve(migrations, name), 'utf8').catch(() => null);
    if (text === null) throw stop(refuse('restore.newer-level', { name }));
    if (sha256Hex(text) !== digest) throw stop(refuse('database.migration-changed', { name }));
  }
}

/** Brings the empty database to the very level of the backup. */
async function migrateTo(
  connection: BulkConnection,
  { level }: Manifest,
  migrations: string,
  varDir: string,
): Promise<void> {
  // Always the same folder, so that one a killed restore left is used up.
  const folder = resolve(varDir, '.restoring-level');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    for (const { name } of level) await copyFile(resolve(migrations, name), resolve(folder, name));
    const done = await migrate(connection.asDatabase(), folder);
    if (!done.ok) throw stop(done);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const keyOf = ({ schema, name }: { schema: string; name: string }) => `${schema}.${name}`;

/** The tables of the level and those of the backup must be the same, column by column. */
function refuseOtherTables(here: readonly CatalogueTable[], manifest: Manifest): void {
  const known = new Map(here.map((table) => [keyOf(table), [...table.columns].sort().join()]));
  for (const table of manifest.tables) {
    const columns = known.get(keyOf(table));
    known.delete(keyOf(table));
    if (columns !== [...table.columns].sort().join()) {
      throw stop(refuse('restore.other-table', { table: keyOf(table) }));
    }
  }
  for (const table of known.keys()) throw stop(refuse('restore.other-table', { table }));
}

/** A database that is being filled. */
export class Filling {
  private readonly connection: BulkConnection;
  private readonly manifest: Manifest;
  private readonly waiting: Map<string, ManifestTable>;
  private open: { readonly table: ManifestTable; readonly copy: CopyIn } | null = null;
  private indexes: readonly LooseIndex[] = [];

  private constructor(connection: BulkConnection, manifest: Manifest) {
    this.connection = connection;
    this.manifest = manifest;
    this.waiting = new Map(manifest.tables.map((table) => [keyOf(table), table]));
  }

  /** Makes the tables as they were. */
  static async begin(
    connection: BulkConnection,
    manifest: Manifest,
    place: { readonly migrations: string; readonly varDir: string },
  ): Promise<Filling> {
    await migrateTo(connection, manifest, place.migrations, place.varDir);
    const schemas = await presentSchemas(connection, await ownSchemas(place.migrations));
    const tables = await tablesOf(connection, schemas);
    refuseOtherTables(tables, manifest);
    const filling = new Filling(connection, manifest);
    // What the migrations entered themselves is in the backup too.
    await connection.execute(raw(`truncate ${tables.map(quotedTable).join(', ')}`));
    for (const partition of manifest.partitions) await makePartition(connection, partition);
    await switchTriggers(connection, tables, 'disable');
    // An index made over all rows at once costs a fraction of one kept up row by row.
    filling.indexes = await looseIndexes(connection, schemas);
    for (const index of filling.indexes) {
      await connection.execute(raw(`drop index ${quotedTable(index)}`));
    }
    return filling;
  }

  /** Rows of a table, in the order of the backup. */
  async take(name: string, piece: Buffer): Promise<void> {
    if (this.open === null || keyOf(this.open.table) !== name) {
      await this.closeTable();
      const table = this.waiting.get(name);
      assert(table !== undefined, `a table comes once and is in the manifest: ${name}`);
      this.waiting.delete(name);
      const columns = table.columns.map(quoted).join(', ');
      const copy = this.connection.copyIn(`copy ${quotedTable(table)} (${columns}) from stdin`);
      this.open = { table, copy };
    }
    await this.open.copy.write(piece);
  }

  private async closeTable(): Promise<void> {
    if (this.open === null) return;
    const { table, copy } = this.open;
    const rows = await copy.end();
    assert(rows === table.rows, `${keyOf(table)}: ${rows} rows of ${table.rows}`);
    this.open = null;
  }

  /** Finishes what the backup had, and goes on to the level of this program. */
  async finish(
    migrations: string,
    note: {
      readonly digest: string;
      readonly at: Instant;
      readonly onStep: (step: string) => void;
    },
  ): Promise<readonly string[]> {
    await this.closeTable();
    const short = [...this.waiting.values()].find(({ rows }) => rows > 0);
    assert(short === undefined, `rows of ${short?.name} did not come`);
    note.onStep('indexes');
    for (const { make } of this.indexes) await this.connection.execute(raw(make));
    for (const sequence of this.manifest.sequences) await setSequence(this.connection, sequence);
    // Nothing may wait for the end of the transaction when triggers are switched on again.
    await this.connection.execute(sql`set constraints all immediate`);
    await switchTriggers(this.connection, this.manifest.tables, 'enable');
    note.onStep('migrating');
    const forward = await migrate(this.connection.asDatabase(), migrations);
    if (!forward.ok) throw stop(forward);
    const value = canonicalJson({
      digest: note.digest,
      snapshotAt: this.manifest.head.snapshotAt,
      restoredAt: note.at,
    });
    await this.connection.execute(sql`
      insert into operation.setting (key, value, changed_at)
      values (${settingKeys.restored}, ${value}, ${note.at})
      on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`);
    return forward.value;
  }
}
