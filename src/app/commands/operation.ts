/** `migrate`, `work`, `backup`, `restore`: keeping an installation running. */
import type { Command } from 'commander';
import { reworkWindows } from '../../archive/records/index.ts';
import { resumeUnfinished, retryHeld } from '../../intake/collection/index.ts';
import { say, tell } from '../output.ts';
import { stepWords } from '../step-words.ts';
import { addBackupCommands } from './backup.ts';
import { withInstallation } from './context.ts';

/** Tells the steps of a start on stderr. */
export function tellStep(step: string): void {
  const words = stepWords[step];
  tell(`· ${words === undefined ? step : `${words.zh} ${words.en}`}`);
}

/** Adds the commands. */
export function addOperationCommands(program: Command): void {
  program
    .command('migrate')
    .description('更新数据库结构并载入规则包 / migrate the database and load the rulebook')
    .action(() => withInstallation(() => Promise.resolve(say('完成 done')), tellStep));
  program
    .command('work')
    .option('--once', 'finish what is waiting and end')
    .description(
      '继续未完成的批次，重试待核的行，按现行规则重算窗口 / finish batches, retry waiting rows, rework windows',
    )
    .action(() =>
      withInstallation(async (installation) => {
        const deps = installation.collection();
        say(`批次 batches resumed ${await resumeUnfinished(deps)}`);
        say(`待核行 waiting rows linked ${await retryHeld(deps)}`);
        const { looked, changed } = await reworkWindows(installation);
        say(`窗口 windows reworked ${looked}, changed ${changed}`);
      }, tellStep),
    );
  addBackupCommands(program, tellStep);
}
