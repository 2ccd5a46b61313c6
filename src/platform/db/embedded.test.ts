import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installationRoot } from '../config.ts';
import { checkDisk } from './embedded.ts';
import { type Account, canEnter, canRead, serverAccount } from './embedded-account.ts';
import { locateBinaries, restoreLinks } from './embedded-binaries.ts';
import { remedyOf } from './embedded-remedies.ts';
import { freePort } from './embedded-server.ts';

let folder: string;
beforeEach(() => {
  // Not the folder for temporary files, which may itself be closed to others.
  folder = mkdtempSync('/tmp/xinheng-parts-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the user the server runs as', () => {
  const account = (name: string, uid: number): Account => ({ name, uid, gid: uid });
  /** A system with these users, where new ones get the id 900 if they can be made at all. */
  const system = (users: Account[], mayCreate: boolean) => ({
    find: (name: string) => users.find((user) => user.name === name) ?? null,
    create: (name: string) => {
      if (mayCreate) users.push(account(name, 900));
    },
  });

  test('an ordinary user runs the server as himself', () => {
    expect(serverAccount(false, system([], false))).toEqual({ ok: true, value: null });
  });

  test('root hands it to xinheng when there is one', () => {
    const users = [account('postgres', 101), account('xinheng', 5)];
    expect(serverAccount(true, system(users, true))).toMatchObject({ value: { uid: 5 } });
  });

  test('root makes xinheng when it is missing, although others exist', () => {
    const users = [account('postgres', 101)];
    expect(serverAccount(true, system(users, true))).toMatchObject({
      value: { name: 'xinheng', uid: 900 },
    });
  });

  test('where users cannot be made, postgres is borrowed, then nobody', () => {
    const both = [account('nobody', 65534), account('postgres', 101)];
    expect(serverAccount(true, system(both, false))).toMatchObject({ value: { uid: 101 } });
    const last = [account('nobody', 65534)];
    expect(serverAccount(true, system(last, false))).toMatchObject({ value: { uid: 65534 } });
  });

  test('without any user it is refused, naming those tried', () => {
    const result = serverAccount(true, system([], false));
    expect(result).toEqual({
      ok: false,
      refusal: {
        code: 'postgres.no-system-user',
        params: { tried: 'xinheng, postgres, nobody' },
      },
    });
  });
});

describe('closed folders', () => {
  const stranger: Account = { name: 'stranger', uid: 54321, gid: 54321 };

  test('one closed folder on the way closes everything below it', () => {
    const deep = resolve(folder, 'a/b');
    mkdirSync(deep, { recursive: true });
    const file = resolve(deep, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    for (const path of [folder, resolve(folder, 'a'), deep]) chmodSync(path, 0o755);
    expect(canEnter(deep, stranger)).toBe(true);
    expect(canRead(file, stranger)).toBe(true);
    chmodSync(resolve(folder, 'a'), 0o700);
    expect(canEnter(deep, stranger)).toBe(false);
    expect(canRead(file, stranger)).toBe(false);
  });

  test('a file in an open folder may still be closed; its owner may read it', () => {
    chmodSync(folder, 0o755);
    const file = resolve(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    expect(canRead(file, stranger)).toBe(false);
    const own = { name: 'own', uid: process.getuid!(), gid: process.getgid!() };
    expect(canRead(file, own)).toBe(true);
    expect(canRead(resolve(folder, 'missing'), own)).toBe(false);
  });
});

describe('the programs of the package', () => {
  test('are found from the installation', () => {
    const found = locateBinaries(installationRoot());
    expect(found).toMatchObject({ ok: true, value: { major: 18 } });
  });

  test('a platform without programs is refused by name', () => {
    for (const platform of ['win32-x64', 'sunos-x64', 'linux-riscv64']) {
      expect(locateBinaries(installationRoot(), platform)).toMatchObject({
        refusal: { code: 'postgres.binaries-missing', params: { platform } },
      });
    }
  });

  test('an installation without the optional package is refused by name', () => {
    writeFileSync(resolve(folder, 'package.json'), '{}');
    expect(locateBinaries(folder)).toMatchObject({
      refusal: { code: 'postgres.binaries-missing' },
    });
  });

  test('links are relative, made once, and kept when they are there', () => {
    const native = resolve(folder, 'native');
    mkdirSync(resolve(native, 'lib'), { recursive: true });
    writeFileSync(resolve(native, 'lib/libx.so.1.2'), '');
    symlinkSync('elsewhere', resolve(native, 'lib/liby.so'));
    const entries = [
      { source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' },
      { source: 'native/lib/libx.so.1.2', target: 'native/lib/liby.so' },
    ];
    writeFileSync(resolve(native, 'pg-symlinks.json'), JSON.stringify(entries));
    expect(restoreLinks(native)).toBe(true);
    expect(restoreLinks(native)).toBe(true);
    expect(readlinkSync(resolve(native, 'lib/libx.so.1'))).toBe('libx.so.1.2');
    expect(existsSync(resolve(native, 'lib/libx.so.1'))).toBe(true);
    expect(readlinkSync(resolve(native, 'lib/liby.so'))).toBe('elsewhere');
  });
});

test('a disk with less than 500 MB free is refused with both figures', () => {
  const mb = 1024 * 1024;
  expect(checkDisk(500 * mb, '/x').ok).toBe(true);
  expect(checkDisk(500 * mb - 1, '/x')).toEqual({
    ok: false,
    refusal: { code: 'postgres.disk', params: { freeMb: 499, neededMb: 500, path: '/x' } },
  });
});

test('a port that is free is given as wished', async () => {
  const port = await freePort(0);
  expect(port).toBeGreaterThan(0);
  expect(await freePort(port!)).toBe(port);
});

test('a refusal is told in both languages with its figures filled in', () => {
  const params = { freeMb: 12, neededMb: 500, path: '/srv' };
  const told = remedyOf({ code: 'postgres.disk', params });
  for (const text of [told.zh, told.en]) {
    expect(text).toContain('12 MB');
    expect(text).toContain('/srv');
    expect(text).not.toMatch(/[{}]/);
  }
});
