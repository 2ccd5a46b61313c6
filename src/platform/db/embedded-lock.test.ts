import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installationRoot } from '../config.ts';
import { countLeases, holderOf, lock, takeLease, tryLock, unlock } from './embedded-lock.ts';
import { isRunning, isStillRunning, markOf, thisProcess } from './embedded-process.ts';

const gone = '4194303\nnever:1\n';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(resolve(tmpdir(), 'xinheng-lock-'));
  file = resolve(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a lock is held by one, named after its holder, and free again when given back', async () => {
  expect(tryLock(file)).toBe(true);
  expect(holderOf(file)).toBe(process.pid);
  expect(tryLock(file)).toBe(false);
  let waited = 0;
  expect(await lock(file, 60, () => (waited += 1))).toBe(false);
  expect(waited).toBe(1);
  unlock(file);
  expect(await lock(file, 0)).toBe(true);
});

test('a lock of a process that has ended is taken over', () => {
  writeFileSync(file, gone);
  expect(tryLock(file)).toBe(true);
});

test('a lock of an earlier process with the same id is taken over', () => {
  writeFileSync(file, `${process.pid}\nanother-boot:1\n`);
  expect(tryLock(file)).toBe(true);
});

test('a lock that is just being written is not taken over', () => {
  writeFileSync(file, '');
  expect(tryLock(file)).toBe(false);
});

test('several programs that leave locks behind never hold one together', async () => {
  const counter = resolve(folder, 'counter');
  writeFileSync(counter, '0');
  const root = installationRoot();
  const script = resolve(root, 'tests/database/lock-contender.ts');
  const args = ['--import', 'tsx', script, file, counter, '150'];
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  expect(readFileSync(counter, 'utf8')).toBe('600');
});

test('leases count the programs that run; those that have ended are forgotten', () => {
  const leases = resolve(folder, 'leases');
  expect(countLeases(leases)).toBe(0);
  const first = takeLease(leases);
  takeLease(leases);
  writeFileSync(resolve(leases, '4194303-aa'), gone);
  expect(countLeases(leases)).toBe(2);
  rmSync(first);
  expect(countLeases(leases)).toBe(1);
});

test('a process is known by id and start, and one that waits to be reaped has ended', async () => {
  expect(isStillRunning(thisProcess())).toBe(true);
  expect(isRunning(0)).toBe(false);
  expect(isRunning(Number.NaN)).toBe(false);
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  const name = { pid: child.pid!, mark: markOf(child.pid!) };
  await once(child, 'exit');
  expect(isStillRunning(name)).toBe(false);
});
