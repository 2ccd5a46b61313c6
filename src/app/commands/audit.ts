/** `audit`: whether what was done is still recorded as it was done. */
import type { Command } from 'commander';
import { verifyAudit } from '../../trust/audit/index.ts';
import { exit, printJson, say } from '../output.ts';
import { withInstallation } from './context.ts';
import { json } from './measuring.ts';

const kindWords = {
  altered: '被改动 altered',
  uncommitted: '没有指纹，可能绕过系统写入 without a commitment',
} as const;

async function verify(options: { readonly json?: boolean }): Promise<void> {
  await withInstallation(async ({ database }) => {
    const found = await verifyAudit(database);
    const { acts, events, missing, findings } = found;
    const holds = missing === 0 && findings.length === 0;
    if (!holds) process.exitCode = exit.refused;
    if (options.json === true) return printJson({ ...found, holds });
    say(`${holds ? '✓' : '✗'} 行为 acts ${acts}，事件 events ${events}`);
    for (const { kind, table, id, at, what } of findings) {
      say(`  ${table} ${id}  ${at}  ${kindWords[kind]}  ${what}`);
    }
    if (missing > 0)
      say(`  ${missing} 件已写入日志而数据库里没有 in the log and not in the database`);
  });
}

/** Adds `audit verify`. */
export function addAuditCommands(program: Command): void {
  program
    .command('audit')
    .description('审计 / audit')
    .command('verify')
    .option(...json)
    .description('逐件核对行为与其指纹 / hold every act against its commitment')
    .action(verify);
}
