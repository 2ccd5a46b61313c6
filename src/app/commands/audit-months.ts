/** `audit months` and what goes with it: heads of closed months, and taking old events out by two persons. */
import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { isId } from '../../kernel/ids.ts';
import type { Id } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/result.ts';
import { writeWhole } from '../../platform/files/index.ts';
import {
  type ArchiveLine,
  type Month,
  closeMonths,
  closedMonths,
  committedHeads,
  dropMonth,
  parseMonth,
  proposeDrop,
} from '../../trust/audit/index.ts';
import { proveRecord } from '../../trust/transparency-log/index.ts';
import { logFolder } from '../log.ts';
import { Refused, printJson, say, tell, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';
import { json } from './measuring.ts';

function monthNamed(text: string): Month {
  const month = parseMonth(text);
  if (month === null) throw new Refused(refuse('audit.bad-month', { text }).refusal);
  return month;
}

const kindWords = { act: '行为 acts', event: '事件 events' } as const;

async function months(options: { readonly json?: boolean }): Promise<void> {
  await withInstallation(async ({ database }) => {
    const closed = await closedMonths(database);
    if (options.json === true) return printJson(closed);
    for (const { of, month, rows, digest, position, droppedAt } of closed) {
      const logged = position === null ? '未入日志 not in the log yet' : `日志 log ${position}`;
      const gone = droppedAt === null ? '' : `，已移出 taken out ${droppedAt}`;
      say(`${month} ${kindWords[of]} ${rows}，${logged}${gone}`);
      say(`  ${digest}`);
    }
    if (closed.length === 0) say('还没有关闭的月份 no month is closed yet');
  });
}

async function close(): Promise<void> {
  await withInstallation(async (installation) => {
    const heads = await closeMonths(installation);
    for (const { of, month, rows } of heads) say(`${month} ${kindWords[of]} ${rows}`);
    if (heads.length === 0) say('没有可以关闭的月份 nothing to close');
  });
}

async function prove(text: string, options: { readonly out: string }): Promise<void> {
  const month = monthNamed(text);
  await withInstallation(async ({ database, config }) => {
    const heads = await committedHeads(database, month);
    if (heads.length === 0) throw new Refused(refuse('audit.month-open', { month }).refusal);
    const deps = { database, folder: logFolder(config.varDir) };
    const bundle = valueOf(await proveRecord(deps, `audit:${month}`, heads));
    await writeWhole(options.out, Buffer.from(`${JSON.stringify(bundle, null, 1)}\n`));
    tell(`· ${options.out}: ${bundle.leaves.length} 条 entries`);
  });
}

/** Writes an archive that is not there yet, safely on its disk; gives the SHA-256 of what was written. */
async function writeArchive(path: string, lines: AsyncGenerator<ArchiveLine>): Promise<string> {
  const file = await open(path, 'wx', 0o600).catch((fault: NodeJS.ErrnoException) => {
    throw new Refused(refuse('audit.file-exists', { path, reason: fault.code ?? '' }).refusal);
  });
  try {
    const hash = createHash('sha256');
    for await (const line of lines) {
      const text = `${JSON.stringify(line)}\n`;
      hash.update(text);
      await file.write(text);
    }
    await file.sync();
    await file.close();
    return hash.digest('hex');
  } catch (fault) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw fault;
  }
}

type DropOptions = {
  readonly actor: string;
  readonly reason: string;
  readonly confirm?: string;
  readonly out?: string;
};

async function drop(text: string, options: DropOptions): Promise<void> {
  const month = monthNamed(text);
  const { confirm, out = `audit-${month}.ndjson`, reason } = options;
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, 'audit:archive');
    const asked = { month, actor, reason };
    if (confirm === undefined) {
      say(valueOf(await proposeDrop(installation, asked)));
      return tell('· 等待另一位审计管理员确认 waits for another audit administrator: --confirm');
    }
    if (!isId(confirm)) {
      throw new Refused(refuse('audit.no-such-proposal', { act: confirm, month }).refusal);
    }
    const done = await dropMonth(installation, confirm as Id, asked, (lines) =>
      writeArchive(out, lines),
    );
    say(`${month} ${valueOf(done).rows}: ${out}`);
  });
}

/** Adds the commands on months to `audit`. */
export function addMonthCommands(audit: Command): void {
  audit
    .command('months')
    .option(...json)
    .description('已关闭的月份及其指纹 / closed months and their heads')
    .action(months);
  audit
    .command('close')
    .description('关闭已经过去的月份（服务自动办理） / close months that are over; the server does')
    .action(close);
  audit
    .command('prove')
    .argument('<month>', 'like 2026-01')
    .requiredOption('--out <file>', 'file to be made')
    .description('一个月的指纹在日志中的证明 / the proof that a month’s heads are in the log')
    .action(prove);
  audit
    .command('drop')
    .argument('<month>', 'like 2026-01')
    .requiredOption('--actor <account>', 'acting audit administrator')
    .requiredOption('--reason <text>', 'why; it stands in the audit')
    .option('--confirm <act>', 'what the first person’s proposal printed')
    .option('--out <file>', 'archive to be made')
    .description('留存期满后由两人移出一个月的事件 / take old events out, by two persons')
    .action(drop);
}
