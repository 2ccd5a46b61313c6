// What `npm run check` runs: format, lint, types, borders between folders and, once the product is
// built, the rulebook. Two at a time; each step tells its time, and what it found when it failed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path) => [process.execPath, resolve(root, 'node_modules', path)];
const folders = ['src', 'tests', 'e2e', 'scripts'].filter((name) =>
  existsSync(resolve(root, name)),
);

// The longest first, so that the short ones fill the other core.
const steps = [
  { name: 'lint', command: [...tool('eslint/bin/eslint.js'), '.'] },
  { name: 'types', command: [...tool('typescript/bin/tsc'), '-p', '.'] },
  {
    name: 'web types',
    command: [...tool('typescript/bin/tsc'), '-p', 'tsconfig.web.json'],
  },
  { name: 'format', command: [...tool('prettier/bin/prettier.cjs'), '--check', '.'] },
  {
    name: 'borders',
    command: [
      ...tool('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      ...folders,
    ],
  },
];

const rulebook = {
  name: 'rulebook',
  command: [process.execPath, resolve(root, 'bin/xinheng'), 'rulebook', 'check'],
};

function run({ name, command: [program, ...args] }) {
  const begun = performance.now();
  return new Promise((settle) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => settle({ name, ok: false, seconds: 0, output: error.message }));
    child.once('close', (code) => {
      settle({ name, ok: code === 0, seconds: (performance.now() - begun) / 1000, output });
    });
  });
}

function tell({ name, ok, seconds, output }) {
  const line = `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(9)} ${seconds.toFixed(1)} s`;
  process.stdout.write(ok ? `${line}\n` : `${line}\n${output.trimEnd()}\n\n`);
}

async function runAll(list, width) {
  const waiting = [...list];
  const results = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await run(step);
      tell(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

const begun = performance.now();
const results = await runAll(steps, Math.min(2, cpus().length));
if (existsSync(resolve(root, 'dist/xinheng.js'))) {
  results.push(...(await runAll([rulebook], 1)));
} else {
  process.stdout.write('--     rulebook  not checked: dist/ is not built\n');
}
const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
process.stdout.write(
  failed.length === 0 ? `check: all ok in ${seconds} s\n` : `check: FAILED ${failed.join(', ')}\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
