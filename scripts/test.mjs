// What `npm test` runs: the three test projects one after the other, all of them even when one fails,
// and at the very end one line with the sum. A project that dies without a report, or finds no tests,
// counts as a failure. Arguments go to Vitest: `npm test -- --project pure src/kernel`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failuresOf, summaryLine, tallyOf } from './test-tally.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const limitMs = 30 * 60_000;

// Days and deadlines must not depend on where the machine stands: the kernel is run again on both sides
// of the date line. These repeats add nothing to the number passed, only to the number failed.
const runs = [
  { project: 'pure', zone: 'UTC', filters: [] },
  { project: 'pure', zone: 'America/Los_Angeles', filters: ['src/kernel'], repeat: true },
  { project: 'pure', zone: 'Asia/Shanghai', filters: ['src/kernel'], repeat: true },
  { project: 'database', zone: 'UTC', filters: [] },
  { project: 'journeys', zone: 'UTC', filters: [] },
];

/** Splits the arguments into projects asked for, filters by file, and what else is Vitest's. */
function readArguments(args) {
  const projects = [];
  const others = [];
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '--project') projects.push(args[(index += 1)] ?? '');
    else if (args[index].startsWith('--project=')) projects.push(args[index].slice(10));
    else others.push(args[index]);
  }
  return { projects, others, filtered: others.length > 0 };
}

function runVitest({ project, zone, filters }, extra, reportFile) {
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const args = [vitest, 'run', '--project', project, ...reporters, ...filters, ...extra];
  return new Promise((settle) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TZ: zone },
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      settle(code ?? signal);
    });
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const { projects, others, filtered } = readArguments(process.argv.slice(2));
const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-test-report-'));
const chosen = runs.filter(({ project }) => projects.length === 0 || projects.includes(project));
for (const name of projects) {
  // `long` and whatever may come: run as it is, once.
  if (!runs.some(({ project }) => project === name)) {
    chosen.push({ project: name, zone: 'UTC', filters: [] });
  }
}

// Ctrl-C reaches Vitest as well; it ends its servers and browsers, and the sum is still told.
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
try {
  for (const [index, run] of chosen.entries()) {
    if (interrupted) break;
    // A filter of the caller's takes the place of ours, so that repeats run only what was asked for.
    const isElsewhere = run.repeat && filtered && !others.some((one) => one.includes('src/kernel'));
    if (isElsewhere) continue;
    const extra = filtered ? [...others, '--passWithNoTests'] : [];
    const file = resolve(folder, `${index}.json`);
    const begun = performance.now();
    const wanted = run.repeat && filtered ? { ...run, filters: [] } : run;
    const ended = await runVitest(wanted, extra, file);
    const report = readReport(file);
    const tally = tallyOf(report, ended, filtered);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    if (!run.repeat) {
      total.passed += tally.passed;
      total.skipped += tally.skipped;
    }
    total.failed += tally.failed;
    const why = tally.trouble === null ? '' : ` — ${tally.trouble}`;
    const name = `${run.project} (TZ=${run.zone}${run.repeat ? ', src/kernel again' : ''})`;
    lines.push(`${name}: ${summaryLine(tally)} in ${seconds} s${why}`);
    lines.push(...failuresOf(report).map((told) => `  failed: ${told.replace(root, '')}`));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (interrupted) {
  total.failed += 1;
  lines.push('interrupted');
}
process.stdout.write(`\n${lines.join('\n')}\n${summaryLine(total)}\n`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
