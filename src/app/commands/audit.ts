/** `audit`: whether what was done is still recorded as it was done. */
import { open, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseDay } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import { committedReadings, exportedReadings } from '../../trust/access/index.ts';
import { committedLetters, committedService } from '../../trust/notices/index.ts';
import { type ExportLine, exportAudit, verifyAudit } from '../../trust/audit/index.ts';
import { Refused, exit, printJson, say, valueOf } from '../output.ts';
import { addMonthCommands } from './audit-months.ts';
import { actorFor, withInstallation } from './context.ts';
import { json } from './measuring.ts';

const kindWords = {
  altered: '被改动 altered',
  uncommitted: '没有指纹，可能绕过系统写入 without a commitment',
} as const;

const tableWords: Readonly<Record<string, string>> = {
  act: '行为 acts',
  event: '事件 events',
  reading: '查询 readings',
  month: '月份 months',
  letter: '告知 letters',
  service: '送达 service',
};

async function verify(options: { readonly json?: boolean }): Promise<void> {
  await withInstallation(async ({ database }) => {
    const found = await verifyAudit(database, [
      committedReadings,
      committedLetters,
      committedService,
    ]);
    const { rows, missing, findings } = found;
    const holds = missing === 0 && findings.length === 0;
    if (!holds) process.exitCode = exit.refused;
    if (options.json === true) return printJson({ ...found, holds });
    const counts = Object.entries(rows).map(([table, count]) => `${tableWords[table]} ${count}`);
    say(`${holds ? '✓' : '✗'} ${counts.join('，')}`);
    for (const { kind, table, id, at, what } of findings) {
      say(`  ${table} ${id}  ${at}  ${kindWords[kind]}  ${what}`);
    }
    if (missing > 0)
      say(`  ${missing} 件已写入日志而数据库里没有 in the log and not in the database`);
  });
}

type ExportOptions = {
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly reason: string;
  readonly out: string;
};

/** Opens a file that is not there yet, for its owner only: the pack names who did what. */
async function freshFile(path: string) {
  try {
    return await open(path, 'wx', 0o600);
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException;
    throw new Refused(refuse('audit.file-exists', { path, reason: code ?? message }).refusal);
  }
}

async function exportPack(options: ExportOptions): Promise<void> {
  const [from, to] = [options.from, options.to].map((text) => {
    const day = parseDay(text);
    if (day === null) throw new Refused(refuse('records.bad-day', { text }).refusal);
    return day;
  });
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, 'audit:export');
    const file = await freshFile(options.out);
    try {
      const asked = { actor, reason: options.reason };
      const lines = valueOf(
        await exportAudit(installation, { from: from!, to: to! }, asked, [exportedReadings]),
      );
      let last: ExportLine = { kind: 'none' };
      for await (const line of lines) {
        await file.write(`${JSON.stringify(line)}\n`);
        last = line;
      }
      await file.sync();
      say(`${options.out}: ${JSON.stringify(last)}`);
    } catch (fault) {
      await rm(options.out, { force: true });
      throw fault;
    } finally {
      await file.close();
    }
  });
}

/** Adds `audit` with its commands. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('审计 / audit');
  audit
    .command('export')
    .requiredOption('--from <day>', 'first day')
    .requiredOption('--to <day>', 'last day')
    .requiredOption('--actor <account>', 'acting audit administrator')
    .requiredOption('--reason <text>', 'why; it stands in the audit')
    .requiredOption('--out <file>', 'NDJSON file to be made')
    .description('导出一段时间的账户、岗位、行为、登录和拒绝 / the pack for auditors, as NDJSON')
    .action(exportPack);
  audit
    .command('verify')
    .option(...json)
    .description('逐件核对行为与其指纹 / hold every act against its commitment')
    .action(verify);
  addMonthCommands(audit);
}
