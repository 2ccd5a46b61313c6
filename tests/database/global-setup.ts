/**
 * One database server for a whole test run and one template with schema and rulebook. Each test file
 * then clones the template (see index.ts). Runs at the same time have servers of their own, or, with
 * TEST_DATABASE_URL, databases with names of their own on that server.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { installationOn } from '../../src/app/installation.ts';
import type { Instant } from '../../src/kernel/day.ts';
import { assert } from '../../src/kernel/result.ts';
import { startEmbedded } from '../../src/platform/db/embedded.ts';
import { thisProcess, writeName } from '../../src/platform/db/embedded-process.ts';
import { remedyOf } from '../../src/platform/db/embedded-remedies.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { prepareDatabase } from '../../src/platform/db/prepare-database.ts';
import { testConfig } from '../test-config.ts';
import {
  databasePrefix,
  folderPrefix,
  ownerFile,
  removeServer,
  serverParent,
  sweepDatabases,
  sweepFolders,
} from './sweep.ts';

/** What a test needs to clone the template. */
export type TestServer = { readonly url: string; readonly template: string; readonly key: string };

declare module 'vitest' {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

// Nothing of a test run is worth surviving a power cut.
const hasty = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '256MB',
  autovacuum: 'off',
  max_connections: 100,
};

type Cleanup = () => Promise<void>;

async function ownServer(): Promise<{ url: string; end: Cleanup }> {
  sweepFolders();
  const folder = mkdtempSync(resolve(serverParent(), folderPrefix));
  writeFileSync(resolve(folder, ownerFile), writeName(thisProcess()));
  // Under root the server runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o755);
  const started = await startEmbedded({ varDir: folder, settings: hasty });
  if (!started.ok) {
    removeServer(folder);
    throw new Error(remedyOf(started.refusal).en);
  }
  const { url } = started.value;
  // A run that is interrupted ends without a teardown, but not without this.
  const remove = () => removeServer(folder);
  process.once('exit', remove);
  const end = async () => {
    process.removeListener('exit', remove);
    await started.value.stop();
    remove();
  };
  return { url, end };
}

/** A server somebody else runs: only our databases are ours, and a connection says we live. */
async function givenServer(url: string, key: string): Promise<{ url: string; end: Cleanup }> {
  const sign = new pg.Client({ connectionString: url, application_name: key });
  await sign.connect();
  const database = openDatabase(url, { connectionsMax: 1 });
  await sweepDatabases(database);
  const end = async () => {
    await sign.end();
    await sweepDatabases(database);
    await database.close();
  };
  return { url, end };
}

async function buildTemplate(url: string, template: string): Promise<void> {
  const prepared = await prepareDatabase(url, template);
  assert(prepared.ok, `test template: ${JSON.stringify(prepared)}`);
  const database = openDatabase(prepared.value.url);
  try {
    // The shipped rulebook is recorded long ago, so that tests may travel to any later day.
    const config = testConfig({ now: '2019-01-01T00:00:00.000Z' as Instant });
    const opened = await installationOn(config, database, () => Promise.resolve());
    assert(opened.ok, `test template: ${JSON.stringify(opened)}`);
    rmSync(config.varDir, { recursive: true, force: true });
  } finally {
    await database.close();
  }
}

/** Called by Vitest before the first test of the project; gives what is called after the last. */
export default async function setup(project: TestProject): Promise<Cleanup> {
  const key = `${databasePrefix}${process.pid}_${randomBytes(4).toString('hex')}`;
  const template = `${key}_template`;
  const given = process.env['TEST_DATABASE_URL'];
  const { url, end } = given === undefined ? await ownServer() : await givenServer(given, key);
  try {
    await buildTemplate(url, template);
  } catch (error) {
    await end();
    throw error;
  }
  project.provide('testServer', { url, template, key });
  return end;
}
