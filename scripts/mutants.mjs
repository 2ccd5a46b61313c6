// Planted bugs, kept as patches in mutants/: each must make its tests fail. A test that lets one live
// is hollow. Runs in a copy of the tree, so that a killed run leaves no bug behind.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const patches = readdirSync(resolve(root, 'mutants'))
  .filter((name) => name.endsWith('.patch'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

/** Lines `# kind: …`, `# project: …`, `# tests: …` at the head of a patch. */
function headOf(text) {
  const head = {};
  for (const match of text.matchAll(/^# (\w+): (.*)$/gm)) head[match[1]] = match[2].trim();
  return head;
}

const copy = mkdtempSync(resolve(tmpdir(), 'xinheng-mutants-'));
let lived = 0;
try {
  for (const name of ['src', 'tests', 'rulebook', 'rulebook-sample', 'db', 'scripts', 'docs']) {
    cpSync(resolve(root, name), resolve(copy, name), { recursive: true });
  }
  for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(resolve(root, name), resolve(copy, name));
  }
  symlinkSync(resolve(root, 'node_modules'), resolve(copy, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: copy });
  for (const name of patches) {
    const path = resolve(root, 'mutants', name);
    const { kind, project = 'pure', tests } = headOf(readFileSync(path, 'utf8'));
    if (kind === undefined || tests === undefined) {
      throw new Error(`${name}: its head must say kind and tests`);
    }
    execFileSync('git', ['apply', '--whitespace=nowarn', path], { cwd: copy, stdio: 'inherit' });
    const started = performance.now();
    const run = spawnSync(
      process.execPath,
      [
        resolve(root, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project',
        project,
        ...tests.split(/\s+/),
      ],
      {
        cwd: copy,
        encoding: 'utf8',
        env: { ...process.env, XINHENG_SHARED: resolve(root, '../shared') },
      },
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const failed = /Tests\s.*\d+ failed/.test(run.stdout.replaceAll(/\u001b\[[0-9;]*m/g, ''));
    if (!failed) lived += 1;
    process.stdout.write(
      `${failed ? 'caught ' : 'LIVED  '} ${kind.padEnd(14)} ${basename(name, '.patch')} (${seconds} s)\n`,
    );
    if (!failed) process.stdout.write(run.stdout.split('\n').slice(-25).join('\n'));
    execFileSync('git', ['apply', '-R', '--whitespace=nowarn', path], { cwd: copy });
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.stdout.write(`${patches.length - lived} caught, ${lived} lived\n`);
process.exit(lived === 0 && patches.length > 0 ? 0 : 1);
