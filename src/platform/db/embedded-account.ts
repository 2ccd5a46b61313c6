/**
 * The system user the server runs as. PostgreSQL refuses user id 0, so a start by root hands the
 * server to a user without rights; every other start runs it as oneself.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';

/** A system user. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** How users of this system are found and made; tests give their own. */
export type Accounts = {
  readonly find: (name: string) => Account | null;
  readonly create: (name: string) => void;
};

const ownName = 'xinheng';
const borrowed = ['postgres', 'nobody'];

function run(program: string, args: readonly string[]): string | null {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

function findAccount(name: string): Account | null {
  let passwd = '';
  try {
    passwd = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // Some systems keep users in a directory service only; `id` below asks it.
  }
  const line = passwd.split('\n').find((text) => text.startsWith(`${name}:`));
  const fields = line?.split(':');
  const uid = Number(fields?.[2] ?? run('id', ['-u', name]) ?? 'none');
  const gid = Number(fields?.[3] ?? run('id', ['-g', name]) ?? 'none');
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { name, uid, gid } : null;
}

function createAccount(name: string): void {
  const useradd = ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--user-group'];
  const nologin = '/usr/sbin/nologin';
  if (run('useradd', [...useradd, '--shell', nologin, name]) !== null) return;
  // Small systems have only the short form of adduser.
  run('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', name]);
}

/** The users of this machine. */
export const systemAccounts: Accounts = { find: findAccount, create: createAccount };

/**
 * The user for the server: none (null) when this process is not root; otherwise `xinheng`, made when
 * missing, or `postgres` or `nobody` where users cannot be made.
 */
export function serverAccount(
  isRoot: boolean,
  accounts: Accounts = systemAccounts,
): Result<Account | null, Refusal<'postgres.no-system-user'>> {
  if (!isRoot) return ok(null);
  let found = accounts.find(ownName);
  if (found === null) {
    accounts.create(ownName);
    // Two first starts at once: the loser's useradd fails, but the user is there.
    found = accounts.find(ownName);
  }
  for (const name of borrowed) found ??= accounts.find(name);
  if (found !== null) return ok(found);
  return refuse('postgres.no-system-user', { tried: [ownName, ...borrowed].join(', ') });
}

/** Owner of a path as an account; null when the path is missing or belongs to root. */
export function ownerOf(path: string): Account | null {
  try {
    const { uid, gid } = statSync(path);
    return uid === 0 ? null : { name: String(uid), uid, gid };
  } catch {
    return null;
  }
}

function allows(path: string, account: Account, bit: 1 | 4): boolean {
  const { mode, uid, gid } = statSync(path);
  if (uid === account.uid) return (mode & (bit << 6)) !== 0;
  if (gid === account.gid) return (mode & (bit << 3)) !== 0;
  return (mode & bit) !== 0;
}

/** Whether `account` may enter a folder: the folder and every one above it can be passed. */
export function canEnter(folder: string, account: Account): boolean {
  try {
    for (let path = folder; ; path = dirname(path)) {
      if (!allows(path, account, 1)) return false;
      if (dirname(path) === path) return true;
    }
  } catch {
    return false;
  }
}

/** Whether `account` may read a file, its folders included. */
export function canRead(file: string, account: Account): boolean {
  try {
    return allows(file, account, 4) && canEnter(dirname(file), account);
  } catch {
    return false;
  }
}
