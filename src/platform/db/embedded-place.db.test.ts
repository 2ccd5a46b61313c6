import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ask,
  embeddedBench,
  installWithoutScripts,
  newFolder,
} from '../../../tests/database/embedded-bench.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { openDatabase } from './database.ts';
import { sql } from './sql.ts';

const isRoot = process.getuid?.() === 0;
const bench = embeddedBench();

describe('folders', () => {
  test('links that were not installed are made at the start', async () => {
    bench.withData();
    const root = resolve(bench.varDir, 'clone');
    installWithoutScripts(root);
    const steps: string[] = [];
    const server = await bench.start({ root, onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['starting']);
    await server.stop();
  });

  test('data of another major version are refused, not touched', async () => {
    bench.withData();
    const first = await bench.start();
    await first.stop();
    writeFileSync(resolve(first.dataDir, 'PG_VERSION'), '15\n');
    expect(await bench.refusalOf()).toEqual({
      code: 'postgres.version',
      params: { data: '15', program: 18, dataDir: first.dataDir },
    });
  });

  test('a lost password file is named, and the data are not made anew', async () => {
    bench.withData();
    const first = await bench.start();
    await first.stop();
    const file = resolve(bench.varDir, 'postgres/password');
    rmSync(file);
    expect(await bench.refusalOf()).toEqual({ code: 'postgres.password', params: { file } });
    writeFileSync(file, 'another\n');
    expect(await bench.refusalOf()).toEqual({ code: 'postgres.password', params: { file } });
  });

  test('a folder that cannot be made is refused with its path', async () => {
    writeFileSync(resolve(bench.varDir, 'file'), '');
    const refusal = await bench.refusalOf({ varDir: resolve(bench.varDir, 'file') });
    expect(refusal?.code).toBe('postgres.folder');
    expect(refusal?.params['path']).toBe(resolve(bench.varDir, 'file/postgres'));
  });

  describe.runIf(isRoot)('run by root in a closed home', () => {
    let shared: string;
    beforeEach(() => {
      chmodSync(bench.varDir, 0o700);
      shared = resolve(newFolder(0o755), 'lib');
    });
    afterEach(() => {
      rmSync(dirname(shared), { recursive: true, force: true });
    });

    test('the data lie elsewhere, a note says where, and the next start finds them', async () => {
      const first = await bench.start({ sharedFolder: shared });
      expect(first.dataDir.startsWith(shared)).toBe(true);
      expect(statSync(bench.varDir).mode & 0o777).toBe(0o700);
      const note = readFileSync(resolve(bench.varDir, 'postgres/location.txt'), 'utf8');
      expect(note.split('\n')[0]).toBe(dirname(first.dataDir));
      expect(statSync(first.dataDir).uid).not.toBe(0);
      const database = openDatabase(first.url);
      await database.execute(sql`create table kept as select 1 as one`);
      await database.close();
      await first.stop();

      const second = await bench.start({ sharedFolder: '/nonexistent/never-used' });
      expect(second.dataDir).toBe(first.dataDir);
      expect(await ask(second.url, 'select one from kept')).toBe('1');
      await second.stop();
    });

    test('a note that leads nowhere is refused instead of starting with an empty database', async () => {
      mkdirSync(resolve(bench.varDir, 'postgres'));
      const note = resolve(bench.varDir, 'postgres/location.txt');
      writeFileSync(note, `${shared}/gone\n`);
      expect(await bench.refusalOf({ sharedFolder: shared })).toEqual({
        code: 'postgres.data-missing',
        params: { dataDir: `${shared}/gone/data`, note },
      });
    });

    test('a new installation in an emptied folder does not take over the former data', async () => {
      const digest = sha256Hex(resolve(bench.varDir, 'postgres')).slice(0, 12);
      const former = resolve(shared, digest);
      mkdirSync(shared);
      execFileSync('cp', ['-a', bench.seed(), former]);
      const server = await bench.start({ sharedFolder: shared });
      expect(server.dataDir).toBe(resolve(shared, `${digest}-2`, 'data'));
      expect(existsSync(resolve(former, 'data/PG_VERSION'))).toBe(true);
      await server.stop();
    });

    test('a shared folder others may write is not trusted', async () => {
      mkdirSync(shared);
      chmodSync(shared, 0o777);
      const server = await bench.start({ sharedFolder: shared });
      expect(server.dataDir.startsWith(shared)).toBe(false);
      const parent = dirname(dirname(server.dataDir));
      await server.stop();
      rmSync(parent, { recursive: true });
    });

    test('an installation in a closed folder is copied once, with its links made', async () => {
      const root = resolve(bench.varDir, 'clone');
      installWithoutScripts(root);
      const server = await bench.start({ root, sharedFolder: shared });
      expect(await ask(server.url, `current_setting('server_version_num')::int / 10000`)).toBe(
        '18',
      );
      await server.stop();
      const copies = readdirSync(shared).filter((name) => name.startsWith('server-'));
      expect(copies).toHaveLength(1);
      const made = statSync(resolve(shared, copies[0]!)).mtimeMs;
      const steps: string[] = [];
      const again = await bench.start({ root, onProgress: (step) => steps.push(step) });
      await again.stop();
      expect(steps).toEqual(['starting']);
      expect(statSync(resolve(shared, copies[0]!)).mtimeMs).toBe(made);
    });
  });
});
