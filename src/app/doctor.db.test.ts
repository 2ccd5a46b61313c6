import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { testDatabase } from '../../tests/database/index.ts';
import { testConfig } from '../../tests/test-config.ts';
import { type Instant, instantFromMs } from '../kernel/day.ts';
import { systemClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import { softwareCrypto } from '../platform/crypto/index.ts';
import { type Database, openDatabase, raw, sql } from '../platform/db/index.ts';
import { withDatabase } from '../platform/db/prepare-database.ts';
import {
  type Check,
  checkFolder,
  checkFont,
  checkKeys,
  checkMachine,
  checkNode,
  checkPort,
  checkRoom,
  checkRules,
} from './doctor.ts';
import { checkStore } from './doctor-database.ts';

let config: Config;
beforeEach(() => {
  config = { ...testConfig(), clock: systemClock };
});
afterEach(() => rmSync(config.varDir, { recursive: true, force: true }));

const of = (checks: readonly Check[], word: string) =>
  checks.find(({ name }) => name.includes(word))!;

describe('doctor looks at the machine', () => {
  it('finds nothing wrong where nothing is wrong', async () => {
    const checks = await checkMachine(config);
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([]);
    expect(checks).toHaveLength(7);
  });

  it('asks for a newer Node.js', () => {
    expect(checkNode('20.19.0', '>=20.19').state).toBe('ok');
    expect(checkNode('24.1.0', '>=20.19').state).toBe('ok');
    expect(checkNode('20.18.3', '>=20.19')).toMatchObject({ state: 'wrong' });
    expect(checkNode('18.20.0', '>=20.19').todo).toContain('npm ci');
  });

  it('asks for room on the disk', () => {
    expect(checkRoom(10e9, '/x').state).toBe('ok');
    expect(checkRoom(1e9, '/x').state).toBe('note');
    expect(checkRoom(1e8, '/x')).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('/x'),
    });
  });

  it('says when the data folder can not be one', async () => {
    const file = resolve(config.varDir, 'file');
    writeFileSync(file, '');
    expect(await checkFolder(resolve(file, 'var'))).toMatchObject({ state: 'wrong' });
    expect(await checkFolder(file)).toMatchObject({ state: 'wrong' });
    expect((await checkFolder(config.varDir)).state).toBe('ok');
    expect(readdirSync(config.varDir)).toEqual(['file']);
  });

  it('says when keys are open to others, damaged or gone', () => {
    const folder = resolve(config.varDir, 'keys');
    expect(checkKeys(config.varDir).state).toBe('note');
    softwareCrypto(folder);
    expect(checkKeys(config.varDir).state).toBe('ok');
    const master = resolve(folder, 'master.key');
    chmodSync(master, 0o644);
    expect(checkKeys(config.varDir)).toMatchObject({ state: 'wrong', todo: `chmod 600 ${master}` });
    chmodSync(master, 0o600);
    writeFileSync(master, 'short');
    expect(checkKeys(config.varDir).found).toContain('damaged');
    rmSync(master);
    expect(checkKeys(config.varDir)).toMatchObject({ state: 'wrong' });
  });

  it('says when another program has the port', async () => {
    const other: Server = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    expect(await checkPort({ ...config, port })).toMatchObject({
      state: 'wrong',
      found: expect.stringContaining('taken'),
    });
    await new Promise((done) => other.close(done));
    expect((await checkPort({ ...config, port })).state).toBe('ok');
    expect((await checkPort({ ...config, host: '192.0.2.1' })).state).toBe('wrong');
  });

  it('notes where no Chinese font is, which keeps nobody from serving', () => {
    expect(checkFont(config.varDir, [config.varDir]).state).toBe('note');
    writeFileSync(resolve(config.varDir, 'NotoSansCJK-Regular.ttc'), '');
    expect(checkFont(config.varDir, [config.varDir]).state).toBe('ok');
  });

  it('says which file of the rulebook can not be read, and in which line', async () => {
    const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-test-rules-'));
    writeFileSync(resolve(folder, 'bad.yaml'), 'kind: regime\nid: [\n');
    const broken = await checkRules({ ...config, rulebookDirs: [...config.rulebookDirs, folder] });
    expect(broken).toMatchObject({ state: 'wrong', found: expect.stringContaining('bad.yaml:') });
    rmSync(folder, { recursive: true });
  });
});

describe('doctor asks the database', () => {
  let made: Awaited<ReturnType<typeof testDatabase>>;
  let database: Database;
  beforeAll(async () => {
    made = await testDatabase();
    ({ database } = made);
  });
  afterAll(() => made.drop());
  const look = (over: Partial<Config> = {}) =>
    checkStore({ ...config, databaseUrl: made.url, ...over });

  it('finds nothing wrong in a sound one', async () => {
    const checks = await look();
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(of(checks, '数据库').found).toMatch(/^PostgreSQL 1[5-9]/);
  });

  it('says when the server can not be reached, and notes a database that is still to be made', async () => {
    const [unreachable] = await look({ databaseUrl: 'postgres://a:b@127.0.0.1:1/xinheng' });
    expect(unreachable).toMatchObject({ state: 'wrong', found: 'database.unreachable' });
    const [missing] = await look({ databaseUrl: withDatabase(made.url, 'xinheng_test_nowhere') });
    expect(missing!.state).toBe('note');
  });

  it('makes no database where none is, and notes that the first start will', async () => {
    const [embedded] = await look({ databaseUrl: null });
    expect(embedded).toMatchObject({ state: 'note' });
    expect(existsSync(resolve(config.varDir, 'postgres'))).toBe(false);
  });

  it('says when the database does not know Chinese letters', async () => {
    const { url } = inject('testServer');
    const name = `${inject('testServer').key}_ascii`;
    const server = openDatabase(url, { connectionsMax: 1 });
    await server.execute(
      raw(
        `create database "${name}" template template0 encoding 'UTF8' locale_provider libc locale 'C'`,
      ),
    );
    const checks = await look({ databaseUrl: withDatabase(url, name) });
    expect(of(checks, '字符')).toMatchObject({ state: 'wrong', found: 'UTF8 C' });
    await server.execute(raw(`drop database "${name}" with (force)`));
    await server.close();
  });

  it('says when a migration was changed after it had been applied, and when the database is newer', async () => {
    const root = mkdtempSync(resolve(tmpdir(), 'xinheng-test-root-'));
    const folder = resolve(root, 'db/migrations');
    mkdirSync(folder, { recursive: true });
    const shipped = resolve(config.root, 'db/migrations');
    const names = readdirSync(shipped).sort();
    for (const name of names) copyFileSync(resolve(shipped, name), resolve(folder, name));
    writeFileSync(resolve(folder, names[0]!), '-- changed');
    expect(of(await look({ root }), '结构').found).toBe('database.migration-changed');
    rmSync(resolve(folder, names[0]!));
    expect(of(await look({ root }), '结构').found).toBe('database.newer');
    copyFileSync(resolve(shipped, names[0]!), resolve(folder, names[0]!));
    writeFileSync(resolve(folder, '9999_later.sql'), 'select 1;');
    expect(of(await look({ root }), '结构')).toMatchObject({ state: 'note' });
    rmSync(root, { recursive: true });
  });

  it('says when the clock is wrong', async () => {
    const at = (shiftMs: number): Config['clock'] => ({
      ...systemClock,
      now: () => instantFromMs(Date.now() + shiftMs) as Instant,
    });
    expect(of(await look({ clock: at(60_000) }), '时钟').state).toBe('wrong');
    expect(of(await look({ clock: at(1_000) }), '时钟').state).toBe('ok');
    await database.execute(
      sql`select operation.ensure_month('audit.act', (now() + interval '1 day')::date)`,
    );
    await database.execute(sql`
      insert into audit.act (id, at, kind, account, unit, position, reason, trace_id, object, detail)
      select gen_random_uuid(), now() + interval '1 day', kind, account, unit, position, reason,
             trace_id, object, detail from audit.act limit 1`);
    expect(of(await look(), '时钟').found).toContain('last record');
    // Nothing else takes an act away: the table's triggers stand aside.
    await database.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`delete from audit.act where at > now() + interval '1 hour'`);
    });
  });

  it('says when batches are left unfinished, or a sample city is half built', async () => {
    await database.execute(sql`
      insert into collection.batch (batch_id, provider, item, digest, file_name, size_bytes, address,
                                    sealed_key, state, act_id, received_at)
      values (gen_random_uuid(), 'p', 'penalty', 'd', 'f.csv', 1, 'a', ''::bytea, 'received',
              gen_random_uuid(), now())`);
    expect(of(await look(), '批次')).toMatchObject({
      state: 'wrong',
      todo: expect.stringContaining('xinheng work'),
    });
    const mark = {
      seed: 1,
      organisations: 60,
      anchor: '2026-06-01',
      done: 3,
      steps: 9,
      finishedAt: null,
    };
    await database.execute(sql`
      insert into operation.setting (key, value, changed_at)
      values ('sample-city', ${JSON.stringify(mark)}, now())`);
    expect(of(await look(), '样例')).toMatchObject({ state: 'wrong', found: '建到 built 3/9' });
  });
});
