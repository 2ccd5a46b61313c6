import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type Server, createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask, embeddedBench, newFolder, pidOf } from '../../../tests/database/embedded-bench.ts';
import { removeServer } from '../../../tests/database/sweep.ts';
import { openDatabase } from './database.ts';
import { existingPlace } from './embedded-place.ts';
import { isRunning } from './embedded-process.ts';
import { isServerProcess } from './embedded-pid-file.ts';
import { askServer } from './embedded-server.ts';
import { sql } from './sql.ts';

const bench = embeddedBench();

describe('one program', () => {
  test('makes the data, starts, answers, stops, and finds its data and port again', async () => {
    const first = await bench.start();
    expect(first.adopted).toBe(false);
    expect(first.dataDir).toBe(resolve(bench.varDir, 'postgres/data'));
    await ask(first.url, `set_config('a.b', 'c', false)`);
    const database = openDatabase(first.url);
    await database.execute(sql`create table kept (word text)`);
    await database.execute(sql`insert into kept values ('信衡')`);
    await database.close();
    const pid = pidOf(first.dataDir);
    await first.stop();
    expect(isServerProcess(pid)).toBe(false);

    const second = await bench.start();
    expect(second.adopted).toBe(false);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select word from kept')).toBe('信衡');
    await second.stop();
  });

  test('is reachable on the loopback address only, by password, with checksums and UTF-8', async () => {
    bench.withData();
    const server = await bench.start({ settings: {} });
    expect(await ask(server.url, `current_setting('listen_addresses')`)).toBe('127.0.0.1');
    expect(await ask(server.url, `current_setting('unix_socket_directories')`)).toBe('');
    expect(await ask(server.url, `current_setting('data_checksums')`)).toBe('on');
    expect(await ask(server.url, `current_setting('fsync')`)).toBe('on');
    expect(await ask(server.url, `current_setting('server_encoding')`)).toBe('UTF8');
    expect(
      await ask(server.url, `select datctype from pg_database where datname = current_database()`),
    ).toBe('C.UTF-8');
    expect(
      await ask(server.url, `select string_agg(distinct auth_method, ',') from pg_hba_file_rules`),
    ).toBe('scram-sha-256');
    const password = resolve(dirname(server.dataDir), 'password');
    expect(statSync(password).mode & 0o777).toBe(0o600);
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(ask(wrong, '1')).rejects.toThrow(/password/);
    await server.stop();
  });

  test('leaves nothing half-made behind when making the data is refused', async () => {
    const refusal = await bench.refusalOf({ settings: { shared_buffers: 'nonsense' } });
    expect(refusal?.code).toBe('postgres.crashed');
    expect(refusal?.params['logTail']).toContain('shared_buffers');
    const left = readdirSync(resolve(bench.varDir, 'postgres')).filter((name) =>
      name.startsWith('.'),
    );
    expect(left).toEqual([]);
    expect(await bench.refusalOf()).toBeNull();
  });

  test('takes another port when its own is taken, and says so in the address', async () => {
    bench.withData();
    const first = await bench.start();
    await first.stop();
    const taken: Server = createServer();
    taken.listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(taken, 'listening');
    try {
      const second = await bench.start();
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
      expect(await ask(second.url, '1')).toBe('1');
      await second.stop();
    } finally {
      taken.close();
    }
  });
});

describe('what a killed program leaves behind', () => {
  test('a running server is adopted by the next program, which then stops it', async () => {
    bench.withData();
    const killed = await bench.runProgram();
    const pid = pidOf(killed.value.dataDir);
    await killed.kill();
    expect(isServerProcess(pid)).toBe(true);

    const next = await bench.start();
    expect(next.adopted).toBe(true);
    expect(pidOf(next.dataDir)).toBe(pid);
    await next.stop();
    expect(isServerProcess(pid)).toBe(false);
  });

  test('a dead server with its pid file is started anew, and no committed row is lost', async () => {
    bench.withData();
    const first = await bench.start({ settings: {} });
    const database = openDatabase(first.url);
    await database.execute(sql`create table kept as select 1 as one`);
    await database.close();
    const pid = pidOf(first.dataDir);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(existsSync(resolve(first.dataDir, 'postmaster.pid'))).toBe(true);

    const second = await bench.start({ settings: {} });
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select one from kept')).toBe('1');
    await first.stop();
    expect(await ask(second.url, '1')).toBe('1');
    await second.stop();
  });

  test('a pid file whose number now belongs to another program is not taken for a server', async () => {
    bench.withData();
    const first = await bench.start();
    await first.stop();
    const lines = `${process.pid}\n${first.dataDir}\n1700000000\n5432\n\n127.0.0.1\n1 1\nready\n`;
    writeFileSync(resolve(first.dataDir, 'postmaster.pid'), lines);
    const second = await bench.start();
    expect(second.adopted).toBe(false);
    await second.stop();
  });

  test('a pid file whose number now belongs to the server of another folder is not adopted', async () => {
    bench.withData();
    const first = await bench.start();
    await first.stop();
    const own = bench.varDir;
    bench.varDir = newFolder(0o755);
    const other = await bench.start();
    const asked = new URL(other.url);
    const running = { pid: 0, port: Number(asked.port), password: asked.password };
    const placeOf = (folder: string) => {
      const found = existingPlace(resolve(folder, 'postgres'));
      return found.ok ? found.value! : expect.fail();
    };
    expect(await askServer(placeOf(bench.varDir), running)).toBe('ours');
    expect(await askServer(placeOf(own), running)).toBe('foreign');
    expect(await askServer(placeOf(own), { ...running, password: 'x' })).toBe('locked');
    const pidFile = readFileSync(resolve(other.dataDir, 'postmaster.pid'));
    writeFileSync(resolve(first.dataDir, 'postmaster.pid'), pidFile);
    const second = await bench.start({ varDir: own });
    expect(second.adopted).toBe(false);
    expect(second.url).not.toBe(other.url);
    expect(await ask(other.url, '1')).toBe('1');
    await second.stop();
    await other.stop();
    removeServer(own);
  });

  test('a lock and a lease of a process that has ended hold nobody up', async () => {
    bench.withData();
    const desk = resolve(bench.varDir, 'postgres');
    mkdirSync(resolve(desk, 'leases'), { recursive: true });
    const gone = '4194303\nnever:1\n';
    writeFileSync(resolve(desk, 'lock'), gone);
    writeFileSync(resolve(desk, 'leases/4194303-aa'), gone);
    const server = await bench.start();
    const pid = pidOf(server.dataDir);
    await server.stop();
    await expect.poll(() => isServerProcess(pid)).toBe(false);
    expect(readdirSync(resolve(desk, 'leases'))).toEqual([]);
  });
});

describe('ends that are not stops', () => {
  test('a program that just exits stops the server, unless another uses it', async () => {
    bench.withData();
    const [first, second] = [await bench.runProgram('exit'), await bench.runProgram('exit')];
    const pid = pidOf(first.value.dataDir);
    await first.end();
    expect(await ask(second.value.url, '1')).toBe('1');
    await second.end();
    await expect.poll(() => isServerProcess(pid)).toBe(false);
  });

  test('Ctrl-C in the program that started it does not take the server from the others', async () => {
    bench.withData();
    const first = await bench.runProgram();
    const second = await bench.start();
    expect(second.adopted).toBe(true);
    await first.interrupt();
    expect(await ask(second.url, '1')).toBe('1');
    await second.stop();
  });
});

describe('several programs of one installation', () => {
  test('two that start at once share one server made once; the last one out stops it', async () => {
    const [first, second] = await Promise.all([bench.runProgram(), bench.runProgram()]);
    expect(first.value.url).toBe(second.value.url);
    expect([first.value.adopted, second.value.adopted].sort()).toEqual([false, true]);
    const pid = pidOf(first.value.dataDir);
    await first.end();
    expect(isServerProcess(pid)).toBe(true);
    expect(await ask(second.value.url, '1')).toBe('1');
    await second.end();
    expect(isServerProcess(pid)).toBe(false);
  });

  test('a command beside a running service uses its server and leaves it running', async () => {
    bench.withData();
    const service = await bench.start();
    const pid = pidOf(service.dataDir);
    const command = await bench.runProgram();
    expect(command.value.adopted).toBe(true);
    await command.end();
    expect(isServerProcess(pid)).toBe(true);
    await service.stop();
    expect(isServerProcess(pid)).toBe(false);
  });

  test('a service that stops first leaves the server to the command still at work', async () => {
    bench.withData();
    const service = await bench.start();
    const command = await bench.runProgram();
    await service.stop();
    expect(await ask(command.value.url, '1')).toBe('1');
    const pid = pidOf(service.dataDir);
    await command.end();
    expect(isServerProcess(pid)).toBe(false);
  });

  test('a server somebody started by hand is used but left running, unless it is to be owned', async () => {
    bench.withData();
    const first = await bench.start();
    const pid = pidOf(first.dataDir);
    // As far as the launcher can tell, it did not start this one.
    rmSync(resolve(dirname(first.dataDir), 'server.txt'));
    await first.stop();
    expect(isServerProcess(pid)).toBe(true);
    const second = await bench.start({ own: true });
    expect(second.adopted).toBe(true);
    await second.stop();
    expect(isServerProcess(pid)).toBe(false);
  });
});
