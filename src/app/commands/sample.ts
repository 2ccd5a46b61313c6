/** `sample`: building the sample city without serving it. */
import type { Command } from 'commander';
import { refuse } from '../../kernel/result.ts';
import { readConfig } from '../../platform/config.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { openInstallation } from '../installation.ts';
import { Refused, endProgress, printJson, progress, say, valueOf } from '../output.ts';
import { buildCity } from '../sample-city/build.ts';
import { readMark } from '../sample-city/mark.ts';
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

/** Adds the command. */
export function addSampleCommands(program: Command): void {
  program
    .command('sample')
    .option('--organisations <n>', 'organisations of the sample city', wholeNumber(20, 5_000_000))
    .option('--seed <n>', 'seed of the sample city', wholeNumber(0, 999_999_999))
    .option('--json', 'print one JSON object as the last line')
    .description(
      '在空的安装中建立样例城市，可以中断后继续 / build the sample city; may be killed and goes on',
    )
    .action((options: SampleOptions) => sample(options));
}
