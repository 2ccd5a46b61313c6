/** The command line: every use case of the product, and the server. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { debugging, installationRoot } from '../platform/config.ts';
import { addAccessCommands } from './commands/access.ts';
import { addAccountCommands } from './commands/accounts.ts';
import { addAuditCommands } from './commands/audit.ts';
import { addBenchCommands } from './commands/bench.ts';
import { addCollectCommands } from './commands/collect.ts';
import { addDoctorCommands } from './commands/doctor.ts';
import { addDutyCommands } from './commands/duties.ts';
import { addListCommands } from './commands/lists.ts';
import { addLogCommands } from './commands/log.ts';
import { addNoticeCommands } from './commands/notices.ts';
import { addOfficeCommands } from './commands/office.ts';
import { addOperationCommands } from './commands/operation.ts';
import { addBulletinCommands } from './commands/bulletin.ts';
import { addQualityCommands } from './commands/quality.ts';
import { addPublicityCommands } from './commands/publicity.ts';
import { addRecordCommands } from './commands/records.ts';
import { addRegistryCommands } from './commands/registry.ts';
import { addSampleCommands } from './commands/sample.ts';
import { addServeCommands } from './commands/serve.ts';
import { Refused, exit, tell, tellRefusal } from './output.ts';

function version(): string {
  const text = readFileSync(resolve(installationRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function makeProgram(): Command {
  const program = new Command('xinheng')
    .description('信衡 公共信用信息平台 / public-credit information platform for organisations')
    .version(version())
    .showHelpAfterError('（xinheng <command> --help 查看用法 / for usage）')
    .exitOverride();
  addServeCommands(program);
  addDoctorCommands(program);
  addSampleCommands(program);
  addOperationCommands(program);
  addCollectCommands(program);
  addPublicityCommands(program);
  addRegistryCommands(program);
  addDutyCommands(program);
  addQualityCommands(program);
  addBulletinCommands(program);
  addRecordCommands(program);
  addListCommands(program);
  addOfficeCommands(program);
  addAccountCommands(program);
  addAccessCommands(program);
  addNoticeCommands(program);
  addLogCommands(program);
  addAuditCommands(program);
  addBenchCommands(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

/** A fault is told with its message; where it happened is told on request only. */
function tellFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  tell(`程序错误 fault: ${message}`);
  if (debugging() && error instanceof Error) tell(error.stack ?? '');
}

async function main(): Promise<void> {
  // A reader that stops reading (head, a closed pipe) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? exit.done : exit.fault);
  });
  try {
    await makeProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exit.done : exit.usage;
    } else if (error instanceof Refused) {
      process.exitCode = tellRefusal(error.refusal, process.argv.includes('--json'));
    } else {
      tellFault(error);
      process.exitCode = exit.fault;
    }
  }
}

await main();
