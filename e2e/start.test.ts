import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestBrowser, openBrowser, screenshot } from './browser.ts';

const root = resolve(import.meta.dirname, '..');
const folders: string[] = [];
const running = new Set<ChildProcess>();

type Program = {
  readonly child: ChildProcess;
  readonly address: Promise<string>;
  readonly said: () => string;
  readonly ended: Promise<{ code: number | null; ms: number }>;
  /** Sends a signal and gives how the program ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<{ code: number | null; ms: number }>;
};

function varFolder(): string {
  const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-start-'));
  // Under root the database runs as a user of its own, who must be able to enter.
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

/** Starts the built program as an operator would. */
function serve(varDir: string, args: readonly string[] = [], port = 0): Program {
  const child = spawn(
    process.execPath,
    [
      resolve(root, 'bin/xinheng'),
      'serve',
      '--sample-city',
      '--organisations=60',
      `--port=${port}`,
      ...args,
    ],
    { env: { ...process.env, XINHENG_VAR: varDir }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  let said = '';
  let tellAddress: (address: string) => void;
  const address = new Promise<string>((told) => (tellAddress = told));
  const listen = (chunk: Buffer) => {
    said += chunk.toString('utf8');
    const found = /address (http:\/\/\S+)\//.exec(said);
    if (found !== null) tellAddress(found[1]!);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  let endedBy = performance.now();
  const ended = new Promise<{ code: number | null; ms: number }>((done) => {
    child.once('exit', (code) => {
      running.delete(child);
      done({ code, ms: performance.now() - endedBy });
    });
  });
  return {
    child,
    address,
    ended,
    said: () => said,
    end(signal) {
      endedBy = performance.now();
      child.kill(signal);
      return ended;
    },
  };
}

/** Waits for the home page; gives how long it took. */
async function homePage(program: Program): Promise<{ text: string; ms: number }> {
  const began = performance.now();
  const address = await program.address;
  for (;;) {
    const answer = await fetch(`${address}/`);
    const text = await answer.text();
    if (answer.status === 200) return { text, ms: performance.now() - began };
    expect(answer.status).toBe(503);
    expect(answer.headers.get('refresh')).toBe('2');
    expect(program.child.exitCode, program.said()).toBeNull();
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

beforeAll(() => {
  execFileSync(process.execPath, [resolve(root, 'scripts/build.mjs')]);
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) {
    let home = '';
    try {
      home = readFileSync(resolve(folder, 'postgres/location.txt'), 'utf8').split('\n')[0]!;
    } catch {
      // The data lie in the folder itself.
    }
    if (home !== '') rmSync(home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('xinheng serve --sample-city', () => {
  const varDir = varFolder();
  let browser: TestBrowser | undefined;
  afterAll(() => browser?.close());

  test('shows at once what it is doing, then the home page; SIGTERM stops it within two seconds', async () => {
    const program = serve(varDir);
    const address = await program.address;
    const waiting = await fetch(`${address}/`);
    expect(waiting.status).toBe(503);
    expect(await waiting.text()).toContain('正在准备');
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/readyz`)).status).toBe(503);
    const { text } = await homePage(program);
    expect(text).toContain('样例');
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(program.said()).toContain('Xinheng is ready');
    expect(program.said()).toContain('sample-clerk');
    const { code, ms } = await program.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(2_000);
  }, 120_000);

  test('keeps the city: the second start needs no building, and Ctrl-C stops it', async () => {
    const program = serve(varDir);
    const { text, ms } = await homePage(program);
    expect(text).toContain('样例');
    expect(program.said()).not.toContain('sample city 0/');
    // On two quiet cores 5 s is the promise; a busy machine is given twice that.
    expect(ms).toBeLessThan(10_000);
    browser = await openBrowser();
    const page = await browser.newPage({ width: 360, height: 740 });
    await page.goto(`${await program.address}/`);
    expect(await page.title()).toContain('信');
    expect((await screenshot(page)).length).toBeGreaterThan(10_000);
    await page.close();
    const { code, ms: stopMs } = await program.end('SIGINT');
    expect(code).toBe(0);
    expect(stopMs).toBeLessThan(2_000);
  }, 120_000);

  test('refuses a second server on the same data, and a port that is taken, with words that help', async () => {
    const first = serve(varDir);
    await homePage(first);
    const second = serve(varDir);
    expect((await second.ended).code).toBe(1);
    expect(second.said()).toContain('已有一个服务在运行');
    await first.end('SIGTERM');

    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const third = serve(varDir, [], port);
    expect((await third.ended).code).toBe(1);
    expect(third.said()).toContain('--port');
    other.close();
  }, 120_000);

  test('stops within two seconds while the city is being built, and goes on at the next start', async () => {
    const folder = varFolder();
    const program = serve(folder);
    const address = await program.address;
    for (;;) {
      const now = (await (await fetch(`${address}/readyz`)).json()) as { done?: number };
      if ((now.done ?? 0) > 60) break;
      await new Promise((wait) => setTimeout(wait, 20));
    }
    const { code, ms } = await program.end('SIGTERM');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(2_000);
    const again = serve(folder);
    const { text } = await homePage(again);
    expect(text).toContain('样例');
    expect(again.said()).not.toContain('sample city 0/');
    expect((await again.end('SIGTERM')).code).toBe(0);
  }, 120_000);
});
