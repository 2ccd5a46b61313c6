/** `sample`: building the sample city without serving it; `sample files`: only its files. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseDay } from '../../kernel/day.ts';
import { assert, refuse } from '../../kernel/result.ts';
import { standardNamed } from '../../law/directory/index.ts';
import { readConfig } from '../../platform/config.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { openInstallation } from '../installation.ts';
import { Refused, endProgress, printJson, progress, say, valueOf } from '../output.ts';
import { buildCity } from '../sample-city/build.ts';
import { readMark } from '../sample-city/mark.ts';
import type { CityPlan } from '../sample-city/organisations.ts';
import { writeCity } from '../sample-city/write-city.ts';
import { configuration, rulebookFromFiles } from './context.ts';
import { tellStep } from './operation.ts';
import { type CityOptions, cityOf, wholeNumber } from './serve.ts';

type SampleOptions = CityOptions & { readonly json?: boolean };

async function sample(options: SampleOptions): Promise<void> {
  const began = stopwatchMs();
  const config = valueOf(readConfig(undefined, { sampleCity: cityOf(options) }));
  const installation = valueOf(await openInstallation(config, tellStep));
  try {
    if ((await readMark(installation.database)) === null) {
      throw new Refused(refuse('sample.other-data').refusal);
    }
    const show = progress('样例城市 sample city', stopwatchMs);
    const built = await buildCity(installation, {
      // A build may be killed at any moment and goes on at the next start.
      signal: new AbortController().signal,
      onProgress: ({ done }) => show(done),
    });
    endProgress();
    if (!built) throw new Refused(refuse('sample.building').refusal);
    const mark = (await readMark(installation.database))!;
    const seconds = Math.round((stopwatchMs() - began) / 100) / 10;
    const { organisations, seed, anchor, steps } = mark;
    if (options.json === true) printJson({ organisations, seed, anchor, steps, seconds });
    else
      say(
        `样例城市已建成 the sample city stands: ${organisations} 个主体 organisations, ${seconds} s`,
      );
  } finally {
    await installation.close();
  }
}

type FilesOptions = SampleOptions & { readonly out: string; readonly anchor?: Day };

/** Writes the city's files into a folder that is empty or not there yet. */
async function sampleFiles(options: FilesOptions): Promise<void> {
  const began = stopwatchMs();
  const { clock } = configuration();
  const out = resolve(options.out);
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new Refused(refuse('sample.folder-not-empty', { path: out }).refusal);
  }
  const rulebook = await rulebookFromFiles(['standard']);
  const standards = (name: string) => {
    const standard = standardNamed(rulebook, name);
    assert(standard !== null, `the rulebook has no standard ${name}`);
    return standard;
  };
  const plan: CityPlan = { ...cityOf(options), anchor: options.anchor ?? clock.today() };
  const written = await writeCity({
    plan,
    standards,
    out,
    onFile: progress('样例文件 sample files', stopwatchMs),
  });
  endProgress();
  const seconds = Math.round((stopwatchMs() - began) / 100) / 10;
  const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
  if (options.json === true) printJson({ ...plan, ...written, seconds, peakMemoryMb, out });
  else {
    const { files, rows, anomalies } = written;
    say(
      `样例文件 sample files: ${files} 个文件 files, ${rows} 行 rows, 埋入异常 anomalies ${anomalies}, ${seconds} s`,
    );
    say(`清单 manifest: ${resolve(out, 'manifest.json')}`);
  }
}

function anchorDay(text: string): Day {
  const found = parseDay(text);
  if (found !== null) return found;
  throw new InvalidArgumentError('要求日期 a day is needed: YYYY-MM-DD');
}

/** Adds the commands. */
export function addSampleCommands(program: Command): void {
  const sampleCommand = program
    .command('sample')
    .option('--organisations <n>', 'organisations of the sample city', wholeNumber(20, 5_000_000))
    .option('--seed <n>', 'seed of the sample city', wholeNumber(0, 999_999_999))
    .option('--json', 'print one JSON object as the last line')
    .description(
      '在空的安装中建立样例城市，可以中断后继续 / build the sample city; may be killed and goes on',
    )
    .action((options: SampleOptions) => sample(options));
  sampleCommand
    .command('files')
    .exitOverride()
    .requiredOption('--out <folder>', 'folder to write to, empty or new')
    .option('--organisations <n>', 'organisations of the sample city', wholeNumber(20, 5_000_000))
    .option('--seed <n>', 'seed of the sample city', wholeNumber(0, 999_999_999))
    .option('--anchor <day>', 'day on which the two years of the city end; today', anchorDay)
    .option('--json', 'print one JSON object as the last line')
    .description(
      '把样例城市的登记库和部门文件写到文件夹，附埋入异常清单 / write the files of a sample city, with a list of what is planted in them',
    )
    .action((_own: unknown, command: Command) => sampleFiles(command.optsWithGlobals()));
}
