import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../../tests/database/empty.ts';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import { openDatabase, sql } from '../../platform/db/index.ts';
import { ownSchemas, presentSchemas } from '../../platform/db/backup-catalogue.ts';
import { placeKeys, readKeyFiles } from './keys.ts';
import { readMarker } from './marker.ts';
import { inspectBackup } from './restore.ts';

const root = resolve(import.meta.dirname, '../../..');
const migrations = resolve(root, 'db/migrations');
const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-backup-kill-'));
const calm = resolve(folder, 'calm.tar');
const drops: (() => Promise<void>)[] = [() => Promise.resolve(rmSync(folder, { recursive: true }))];

type Place = { readonly url: string; readonly varDir: string };

// One file starts several times as fast as the sources; beside the packages it needs.
const bundle = resolve(root, 'node_modules/.cache', `xinheng-${process.pid}.js`);

/** Runs a command as a user would; with `killAt`, until that phase is told, and not a moment longer. */
async function run({ url, varDir }: Place, args: readonly string[], killAt?: string) {
  const phases = resolve(varDir, 'phases');
  writeFileSync(phases, '');
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DATABASE_URL: url, XINHENG_VAR: varDir, XINHENG_PHASES: phases },
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  let isOver = false;
  const ended = new Promise<number | string | null>((done) =>
    child.once('close', (code, signal) => {
      isOver = true;
      done(code ?? signal);
    }),
  );
  const isReached = () => killAt !== undefined && readFileSync(phases, 'utf8').includes(killAt);
  while (!isOver && !isReached()) await sleep(1);
  if (!isOver) child.kill('SIGKILL');
  return { ended: await ended, told };
}

let city: TestInstallation;
let from: Place;
beforeAll(async () => {
  await build({
    entryPoints: [resolve(root, 'src/app/cli.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
  });
  drops.push(() => Promise.resolve(rmSync(bundle)));
  city = await testInstallation();
  drops.push(() => city.drop());
  from = { url: city.database.url, varDir: city.config.varDir };
  // Enough that a kill meets the middle of it, and several pieces of one table.
  await city.database.execute(sql`
    insert into collection.finding (batch_id, row_no, finding_no, rule, severity, value, detail)
    select gen_random_uuid(), n, 1, 'X01', 'warning', repeat(md5(n::text), 8), '{}'
    from generate_series(1, 20000) n`);
  expect(await run(from, ['backup', calm])).toMatchObject({ ended: 0 });
}, 120_000);
afterAll(async () => {
  for (const drop of drops.reverse()) await drop();
});

async function newPlace(): Promise<Place> {
  const { url, drop } = await emptyDatabase();
  drops.push(drop);
  const varDir = mkdtempSync(resolve(folder, 'var-'));
  await placeKeys(resolve(varDir, 'keys'), await readKeyFiles(resolve(from.varDir, 'keys')));
  return { url, varDir };
}

async function digestsIn(path: string): Promise<string[]> {
  const { manifest } = await inspectBackup(path);
  return manifest.tables
    .filter(({ name }) => name !== 'setting')
    .map(({ schema, name, digest }) => `${schema}.${name} ${digest}`);
}

describe('killed with SIGKILL', () => {
  it('a backup leaves no file that looks like one, and the next one is whole', async () => {
    const path = resolve(folder, 'killed.tar');
    const { ended } = await run(from, ['backup', path], 'collection.finding');
    expect(ended).toBe('SIGKILL');
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(true);
    expect(await run(from, ['backup', path])).toMatchObject({ ended: 0 });
    expect(existsSync(`${path}.part`)).toBe(false);
    expect(await digestsIn(path)).toEqual(await digestsIn(calm));
  });

  it.each(['collection.finding', 'migrating'])(
    'a restore (in %s) leaves an empty database, every start says so, and the next restore is whole',
    async (phase) => {
      const place = await newPlace();
      const { ended } = await run(place, ['restore', calm], phase);
      expect(ended).toBe('SIGKILL');
      expect(await readMarker(place.varDir)).toMatchObject({ from: calm });
      const database = openDatabase(place.url, { connectionsMax: 1 });
      drops.push(() => database.close());
      expect(await presentSchemas(database, await ownSchemas(migrations))).toEqual([]);

      const start = await run(place, ['migrate']);
      expect(start.ended).toBe(1);
      expect(start.told).toContain('xinheng restore');
      expect(await presentSchemas(database, await ownSchemas(migrations))).toEqual([]);

      expect(await run(place, ['restore', calm])).toMatchObject({ ended: 0 });
      const again = resolve(place.varDir, 'again.tar');
      expect(await run(place, ['backup', again])).toMatchObject({ ended: 0 });
      expect(await digestsIn(again)).toEqual(await digestsIn(calm));
      expect(readdirSync(place.varDir).filter((name) => name.startsWith('.restoring'))).toEqual([]);
    },
    60_000,
  );

  it('does not keep the next backup or restore waiting: two at a time are refused', async () => {
    const path = resolve(folder, 'two.tar');
    const [first, second] = await Promise.all([
      run(from, ['backup', path]),
      run(from, ['backup', `${path}.2`]),
    ]);
    const codes = [first.ended, second.ended].sort();
    // Whoever came second was refused, unless the first was already done.
    expect([
      [0, 0],
      [0, 1],
    ]).toContainEqual(codes);
    if (codes[1] === 1) expect(`${first.told}${second.told}`).toContain('under way');
  });
});
