/** A whole installation on a cloned database, for tests of use cases. */
import { rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Actor } from '../src/kernel/act.ts';
import { assert } from '../src/kernel/result.ts';
import type { Result } from '../src/kernel/result.ts';
import { editionKey } from '../src/kernel/rulebook/rulebook.ts';
import { type Installation, installationOn } from '../src/app/installation.ts';
import { type BatchReport, receive, runBatch } from '../src/intake/collection/index.ts';
import { importRegistry } from '../src/register/subjects/index.ts';
import { openTable } from '../src/platform/spreadsheet/index.ts';
import { sql } from '../src/platform/db/index.ts';
import { sha256Hex } from '../src/kernel/canonical.ts';
import { baseLibraryStandards } from '../src/app/installation.ts';
import { testDatabase } from './database/index.ts';
import { authority } from './penalties.ts';
import { type TestOptions, testConfig } from './test-config.ts';

export { authority } from './penalties.ts';

/** Two persons, and the clerk. */
export const operatorA: Actor = {
  account: 'operator-a',
  unit: 'operator',
  position: 'centre-officer',
};
export const operatorB: Actor = {
  account: 'operator-b',
  unit: 'operator',
  position: 'centre-reviewer',
};
export const clerk: Actor = { account: 'operator-a', unit: 'operator', position: 'data-clerk' };

export type TestInstallation = Installation & {
  readonly config: ReturnType<typeof testConfig>;
  readonly drop: () => Promise<void>;
};

/**
 * An installation with the shipped rulebook. `confirmAll` confirms every edition, as the two sample
 * officers of a sample city do.
 */
export async function testInstallation(
  options: TestOptions & { readonly confirmAll?: boolean } = {},
): Promise<TestInstallation> {
  const { database, drop } = await testDatabase();
  const config = testConfig(options);
  const opened = await installationOn(config, database, () => Promise.resolve());
  assert(opened.ok, `test installation: ${JSON.stringify(opened)}`);
  const installation = opened.value;
  if (options.confirmAll === true) await confirmAll(installation);
  return {
    ...installation,
    config,
    async drop() {
      await drop();
      rmSync(config.varDir, { recursive: true, force: true });
    },
  };
}

/** Confirms every edition directly: tests of the approval itself go through its workflow. */
export async function confirmAll(installation: Installation): Promise<void> {
  const at = '2019-01-02T00:00:00.000Z';
  for (const { document } of installation.rulebook().editions) {
    const key = editionKey(document);
    await installation.database.execute(sql`
      with p as (
        insert into rulebook.proposal (proposal_id, kind, edition_key, state, workflow_version,
                                       proposed_at, decided_at)
        values (gen_random_uuid(), 'confirmation', ${key}, 'approved', 1, ${at}, ${at})
        returning proposal_id)
      insert into rulebook.confirmation (edition_key, proposal_id, first_account, second_account, confirmed_at)
      select ${key}, proposal_id, 'operator-a', 'operator-b', ${at} from p`);
  }
  await installation.reload();
}

/** Imports organisations from rows of name and code (further columns optional). */
export async function importOrganisations(
  installation: Installation,
  rows: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const columns = ['name', 'code', 'registered_on', 'province', 'city', 'address'];
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(','));
  const text = [columns.join(','), ...lines].join('\n');
  const table = await openTable({ stream: () => Readable.from([Buffer.from(text)]) });
  assert(table.ok, 'the test registry is a table');
  const done = await importRegistry(installation, {
    fileName: 'registry.csv',
    digest: sha256Hex(text),
    table: table.value,
    standards: baseLibraryStandards(installation.rulebook()),
    tables: installation.linkTables(),
    actor: operatorA,
  });
  assert(done.ok, `test import: ${JSON.stringify(done)}`);
}

/** Collects a text file and runs it to its end. */
export async function collectText(
  installation: Installation,
  text: string | Buffer,
  options: { readonly item: string; readonly provider?: string; readonly fileName?: string },
): Promise<Result<BatchReport>> {
  const deps = installation.collection();
  const received = await receive(deps, {
    fileName: options.fileName ?? 'rows.csv',
    source: Readable.from([Buffer.from(text)]),
    item: options.item,
    provider: options.provider ?? authority,
    actor: clerk,
  });
  if (!received.ok) return received;
  return runBatch(deps, received.value.batch, clerk);
}
