/** `bench`: a figure and its yardstick in the same run, on a database of its own. */
import { appendFileSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { refuse } from '../../kernel/result.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import type { Bench, BenchContext } from '../bench/bench.ts';
import { benches } from '../bench/benches.ts';
import { loadNow, readMachine } from '../bench/machine.ts';
import { withPeaks } from '../bench/memory.ts';
import { type Place, openPlace } from '../bench/place.ts';
import { type BenchRun, historyRows, runJson, runText } from '../bench/report.ts';
import { Refused, exit, printJson, say, tell, valueOf } from '../output.ts';
import { configuration } from './context.ts';
import { wholeNumber } from './serve.ts';

type BenchOptions = {
  readonly rows?: number;
  readonly json?: boolean;
  readonly record?: boolean;
};

function benchNamed(name: string): Bench {
  const found = benches.find((bench) => bench.name === name);
  if (found !== undefined) return found;
  const known = benches.map((bench) => bench.name).join(', ');
  throw new Refused(refuse('bench.no-such-bench', { name, known }).refusal);
}

function contextOf(place: Place, rows: number): BenchContext {
  const { installation, folder } = place;
  const shared = resolve(installation.config.root, '../shared/data');
  return {
    rows,
    installation,
    folder,
    sharedData: existsSync(shared) ? shared : null,
    measured: (work) => withPeaks(installation.database, work),
    tell,
  };
}

/** Ctrl-C takes the place away before the program ends. */
async function closingOnSignal<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const end = () => void place.close().finally(() => process.exit(exit.fault));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, end);
  try {
    return await work();
  } finally {
    for (const name of signals) process.removeListener(name, end);
    await place.close();
  }
}

async function runBench(name: string, options: BenchOptions): Promise<void> {
  const bench = benchNamed(name);
  const load = loadNow();
  const config = configuration();
  const place = valueOf(await openPlace(config, bench.city));
  const run = await closingOnSignal(place, async (): Promise<BenchRun> => {
    const { database } = place.installation;
    const machine = await readMachine(database, config.root, load);
    const began = stopwatchMs();
    const result = await bench.run(contextOf(place, options.rows ?? bench.defaultRows));
    const seconds = Math.round(stopwatchMs() - began) / 1000;
    return { name, on: config.clock.today(), seconds, machine, result };
  });
  const file = resolve(config.root, 'docs/benchmarks.md');
  if (options.record === true) appendFileSync(file, `${historyRows(run).join('\n')}\n`);
  for (const line of runText(run)) say(line);
  if (options.json === true) printJson(runJson(run));
}

/** Adds the command. */
export function addBenchCommands(program: Command): void {
  const list = benches.map(({ name, summary }) => `  ${name}  ${summary}`);
  program
    .command('bench')
    .argument('<name>', benches.map(({ name }) => name).join(', '))
    .option('--rows <n>', 'rows to measure with', wholeNumber(1_000, 10_000_000))
    .option('--json', 'print one JSON object as the last line')
    .option('--record', 'append the figures to docs/benchmarks.md')
    .description('测量并与同次运行的标尺对照 / measure, beside a yardstick in the same run')
    .addHelpText('after', `\n${list.join('\n')}`)
    .action((name: string, options: BenchOptions) => runBench(name, options));
}
