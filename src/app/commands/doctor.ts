/** `doctor`: is everything right, and what is to be done where it is not? */
import type { Command } from 'commander';
import { type Check, checkMachine } from '../doctor.ts';
import { checkStore } from '../doctor-database.ts';
import { exit, printJson, say } from '../output.ts';
import { configuration } from './context.ts';

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', note: '·', wrong: '✗' };

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const config = configuration();
  const checks = [...(await checkMachine(config)), ...(await checkStore(config))];
  const wrong = checks.filter(({ state }) => state === 'wrong').length;
  if (options.json === true) printJson({ checks, wrong });
  else {
    for (const { state, name, found, todo } of checks) {
      say(`${marks[state]} ${name}: ${found}`.replaceAll('\n', ' '));
      if (todo !== undefined) say(`    → ${todo.replaceAll('\n', '\n      ')}`);
    }
    say(wrong === 0 ? '一切正常 all is well' : `${wrong} 项需要处理 to be put right`);
  }
  if (wrong > 0) process.exitCode = exit.refused;
}

/** Adds the command. */
export function addDoctorCommands(program: Command): void {
  program
    .command('doctor')
    .option('--json', 'print one JSON object')
    .description('检查运行条件，说明怎么办 / check what is needed to run, and say what to do')
    .action((options: { json?: boolean }) => doctor(options));
}
