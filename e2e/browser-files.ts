/**
 * The browser's files. `@sparticuz/chromium` brings a packed Chromium for servers; it is unpacked once
 * per user and version, with the libraries a bare system lacks and a font with Chinese characters.
 */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { woffToTtf } from '../scripts/fonts/woff-to-ttf.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname, '..');
const fontFiles = ['400', '700'].map(
  (weight) => `noto-sans-sc-chinese-simplified-${weight}-normal`,
);
const unpackMs = 300_000;
const abandonedMs = 3_600_000;

/** What is needed to start a browser. `args` are its own flags, `env` its environment. */
export type BrowserFiles = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

/** Thrown with instructions when this machine has no browser and can make none. */
export class NoBrowser extends Error {
  constructor(why: string) {
    super(
      [
        `No browser can be started for the journeys: ${why}`,
        'On Linux x64, `npm ci` brings one (package @sparticuz/chromium); it needs glibc 2.34 or later',
        'and a folder for temporary files from which programs may be run (set TMPDIR to choose one).',
        'Elsewhere install Chromium or Chrome (Debian: apt-get install --no-install-recommends chromium)',
        'and name it: XINHENG_CHROMIUM=/usr/bin/chromium npm test',
      ].join('\n'),
    );
    this.name = 'NoBrowser';
  }
}

/** A folder that is ours alone: nobody else can have put a program into it. */
function isPrivate(folder: string): boolean {
  const status = lstatSync(folder);
  return status.isDirectory() && status.uid === process.getuid?.() && (status.mode & 0o077) === 0;
}

function openPrivate(folder: string): string | null {
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true });
    return isPrivate(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** Where unpacked browsers may lie, the best place first; made as they are asked for. */
function* candidateFolders(): Generator<string> {
  const named = openPrivate(resolve(tmpdir(), `xinheng-browser-${process.getuid?.() ?? 0}`));
  if (named !== null) yield named;
  // Not from every folder for temporary files may programs be run.
  const inside = openPrivate(resolve(root, '.tmp', 'browser'));
  if (inside !== null) yield inside;
}

type Unpacked = { readonly executable: string; readonly args: readonly string[] };

/**
 * Lets the package unpack itself into `folder`. It looks at its environment when it is loaded: the
 * folder for temporary files is where it unpacks to, and the libraries it adds for a bare system come
 * only when it believes to be on the service it was made for. A process of its own keeps both from us.
 */
async function unpack(folder: string): Promise<Unpacked> {
  const script = [
    `const { default: chromium } = await import(process.argv[1]);`,
    `const executable = await chromium.executablePath();`,
    `process.stdout.write(JSON.stringify({ executable, args: chromium.args }));`,
  ].join('\n');
  const entry = dirname(dirname(require.resolve('@sparticuz/chromium')));
  const args = ['--input-type=module', '-e', script, resolve(entry, 'esm', 'index.js')];
  const { stdout } = await run(process.execPath, args, {
    cwd: root,
    timeout: unpackMs,
    env: { PATH: process.env['PATH'], TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  return JSON.parse(stdout) as Unpacked;
}

/** Settings under which the browser sees our font and no other: the same pictures on every machine. */
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/chinese</dir>
  <cachedir>${folder}/font-cache</cachedir>
  <config><rescan><int>0</int></rescan></config>
</fontconfig>
`;
}

/** Puts our font and its settings into `folder`, which will be called `later`. */
function addFonts(folder: string, later: string): void {
  mkdirSync(resolve(folder, 'chinese'), { mode: 0o700 });
  for (const name of fontFiles) {
    const woff = readFileSync(require.resolve(`@fontsource/noto-sans-sc/files/${name}.woff`));
    writeFileSync(resolve(folder, 'chinese', `${name}.ttf`), woffToTtf(woff));
  }
  writeFileSync(resolve(folder, 'fonts.conf'), fontSettings(later));
}

type Inventory = {
  readonly executable: string;
  readonly args: readonly string[];
  readonly sizes: Readonly<Record<string, number>>;
};

function sizesIn(folder: string): Record<string, number> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => resolve(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), statSync(path).size]),
  );
}

/** What an earlier run unpacked; null when it is not there or cleaners have taken parts of it. */
function readInventory(folder: string): Inventory | null {
  try {
    const text = readFileSync(resolve(folder, 'inventory.json'), 'utf8');
    const inventory = JSON.parse(text) as Inventory;
    const whole = Object.entries(inventory.sizes).every(
      ([name, size]) => statSync(resolve(folder, name)).size === size,
    );
    return whole ? inventory : null;
  } catch {
    return null;
  }
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith('.unpacking-'))) {
    const folder = resolve(parent, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > abandonedMs) rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder for a version: the first that is whole or not there. Remains are left to their cleaners. */
function folderFor(parent: string, version: string): string {
  for (let number = 1; ; number += 1) {
    const folder = resolve(parent, number === 1 ? version : `${version}-${number}`);
    if (!existsSync(folder) || readInventory(folder) !== null) return folder;
  }
}

/** The unpacked browser below `parent`; several starters may unpack at once, one of them wins. */
async function unpackedIn(parent: string, version: string): Promise<[string, Inventory]> {
  const folder = folderFor(parent, version);
  const earlier = readInventory(folder);
  if (earlier !== null) return [folder, earlier];
  sweep(parent);
  const staging = mkdtempSync(resolve(parent, '.unpacking-'));
  try {
    const { executable, args } = await unpack(staging);
    addFonts(staging, folder);
    chmodSync(executable, 0o700);
    const inventory = { executable: relative(staging, executable), args, sizes: sizesIn(staging) };
    writeFileSync(resolve(staging, 'inventory.json'), JSON.stringify(inventory));
    renameSync(staging, folder);
    return [folder, inventory];
  } catch (error) {
    // A folder that is there already cannot be renamed to: another starter was quicker.
    const others = readInventory(folder);
    if (others === null) throw error;
    return [folder, others];
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Whether the program runs at all; gives what it says when it does not. */
async function complaintOf(
  executable: string,
  env: Record<string, string>,
): Promise<string | null> {
  try {
    await run(executable, ['--version'], {
      env: { ...env, HOME: dirname(executable) },
      timeout: 30_000,
    });
    return null;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr ?? '').trim() || message;
  }
}

async function packagedBrowser(): Promise<BrowserFiles> {
  const home = dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(readFileSync(resolve(home, 'package.json'), 'utf8')) as {
    version: string;
  };
  let complaint = 'no private folder for it could be made';
  for (const parent of candidateFolders()) {
    const [folder, inventory] = await unpackedIn(parent, version);
    const executable = resolve(folder, inventory.executable);
    const fonts = { FONTCONFIG_FILE: resolve(folder, 'fonts.conf') };
    // The package's own libraries are older than most systems': they are used only where some are missing.
    for (const libraries of [{}, { LD_LIBRARY_PATH: resolve(folder, 'al2023', 'lib') }]) {
      const env = { ...fonts, ...libraries };
      const failure = await complaintOf(executable, env);
      if (failure === null) return { executable, args: inventory.args, env };
      complaint = failure;
    }
  }
  throw new NoBrowser(complaint);
}

/** Finds the browser: XINHENG_CHROMIUM if set, else the package's. Throws {@link NoBrowser}. */
export async function browserFiles(
  chosen: string | undefined = process.env['XINHENG_CHROMIUM'],
): Promise<BrowserFiles> {
  if (chosen !== undefined && chosen !== '') {
    const complaint = await complaintOf(chosen, {});
    if (complaint !== null) throw new NoBrowser(`XINHENG_CHROMIUM=${chosen}: ${complaint}`);
    return { executable: chosen, args: [], env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedBrowser();
  throw new NoBrowser(`the package has none for ${process.platform} ${process.arch}`);
}
