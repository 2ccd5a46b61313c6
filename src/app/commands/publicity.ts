/** `publicity …`: release by two officers, withdrawal, timeliness, reconciliation, the monthly table. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { parseDay } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import {
  type Late,
  type MonthlyTable,
  type ReconciledPage,
  batchesWaiting,
  endProposal,
  findOmission,
  importLedger,
  lateList,
  monthlyTable,
  proposeRelease,
  proposeWithdrawal,
  reconcile,
  releaseBatch,
  timeliness,
  withdraw,
} from '../../intake/double-publicity/index.ts';
import { openTable, writeCsv, writeXlsx } from '../../platform/spreadsheet/index.ts';
import type { Installation } from '../installation.ts';
import { Refused, printJson, say, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';

const pageRows = 500;
const actorA = ['--actor <account>', 'acting account, or account/position', 'operator-a'] as const;

type ObjectOptions = {
  readonly batch?: string;
  readonly record?: string;
  readonly actor: string;
  readonly reason?: string;
  readonly json?: boolean;
};

function named({ batch, record }: ObjectOptions) {
  return batch === undefined ? { recordId: record ?? '' } : { batchId: batch };
}

const prepare = 'double-publicity:prepare';
const release = 'double-publicity:release';

const steps = {
  propose: { by: prepare, run: proposeRelease, text: '提请发布 / propose a release' },
  release: { by: release, run: releaseBatch, text: '第二人发布 / release what was proposed' },
  'propose-withdrawal': {
    by: prepare,
    run: proposeWithdrawal,
    text: '提请停止公示，须写依据 / propose a withdrawal, with its ground',
  },
  withdraw: { by: release, run: withdraw, text: '第二人停止公示 / withdraw what was proposed' },
  reject: {
    by: release,
    run: (deps: Installation, request: Parameters<typeof endProposal>[2]) =>
      endProposal(deps, 'reject', request),
    text: '第二人不同意 / reject a proposal',
  },
  cancel: {
    by: prepare,
    run: (deps: Installation, request: Parameters<typeof endProposal>[2]) =>
      endProposal(deps, 'cancel', request),
    text: '经办人撤回提请 / cancel a proposal',
  },
} as const;

function addReleaseCommands(publicity: Command): void {
  for (const [name, { by, run, text }] of Object.entries(steps)) {
    publicity
      .command(name)
      .option('--batch <id>', 'a whole delivery')
      .option('--record <id>', 'one record')
      .option('--reason <text>', 'ground, or a sentence of the officer')
      .option(actorA[0], actorA[1], by === prepare ? actorA[2] : 'operator-b')
      .option('--json', 'print one JSON object')
      .description(text)
      .action((options: ObjectOptions) =>
        withInstallation(async (installation) => {
          const actor = await actorFor(installation, options.actor, by);
          const { reason } = options;
          const request = { ...named(options), actor, ...(reason === undefined ? {} : { reason }) };
          const outcome = valueOf(await run(installation, request));
          if (options.json === true) printJson(outcome);
          else say(`${outcome.state} · ${outcome.shows ? '公示 shown' : '不公示 not shown'}`);
        }),
      );
  }
  publicity
    .command('waiting')
    .description('待发布的批次 / batches that wait for two officers, one JSON line each')
    .action(() =>
      withInstallation(async (installation) => {
        let after: string | null = null;
        for (;;) {
          const page = await batchesWaiting(installation, { after, limit: pageRows });
          for (const batch of page) printJson(batch);
          if (page.length < pageRows) return;
          after = page.at(-1)!.batchId;
        }
      }),
    );
}

type SourceOptions = {
  readonly provider: string;
  readonly item: string;
  readonly period: string;
  readonly state?: string;
  readonly json?: boolean;
};

function forSource(command: Command): Command {
  return command
    .requiredOption('--provider <uscc>', 'providing unit')
    .requiredOption('--item <item>', 'directory item')
    .requiredOption('--period <YYYY-MM>', 'month of the decisions');
}

/** A share to two places; what nothing was due of is said in words. */
function percent(rate: number | null): string {
  return rate === null ? '不适用 NA' : `${(rate * 100).toFixed(2)}%`;
}

function addListCommands(publicity: Command): void {
  forSource(publicity.command('timeliness'))
    .option('--json', 'print one JSON object')
    .description('及时率：决定日至首次未被退回的收到日 / timeliness of a source in a month')
    .action((options: SourceOptions) =>
      withInstallation(async (installation) => {
        const told = valueOf(await timeliness(installation, options));
        if (options.json === true) return printJson({ ...options, ...told });
        say(`时限 limit      ${told.limit ?? '—'} 个工作日 workdays`);
        say(`收到 received   ${told.received}`);
        say(`及时 in time    ${told.inTime}`);
        say(`迟报 late       ${told.late}（其中退回未改正 rejected: ${told.rejectedOverdue}）`);
        return say(`及时率 rate     ${percent(told.rate)}`);
      }),
    );
  forSource(publicity.command('late'))
    .description('迟报清单，每条到批次和行 / late decisions with delivery and row, as JSON lines')
    .action((options: SourceOptions) =>
      withInstallation(async (installation) => {
        let after: Parameters<typeof lateList>[2]['after'] = null;
        for (;;) {
          const asked = { after, limit: pageRows };
          const page: Late[] = valueOf(await lateList(installation, options, asked));
          for (const late of page) printJson(late);
          const last: Late | undefined = page.at(-1);
          if (page.length < pageRows || last === undefined) return;
          after = { decidedOn: last.decidedOn, key: last.key };
        }
      }),
    );
  forSource(publicity.command('reconcile'))
    .option('--state <state>', 'here, waiting, omitted, concealed, excused or reported only')
    .description(
      '与外部台账逐条对账 / hold the lists from outside against what is here, JSON lines',
    )
    .action((options: SourceOptions) =>
      withInstallation(async (installation) => {
        let after: Parameters<typeof reconcile>[1]['after'] = null;
        do {
          const page: ReconciledPage = valueOf(
            await reconcile(installation, { ...options, after, limit: pageRows }),
          );
          for (const entry of page.entries) {
            if (options.state === undefined || entry.state === options.state) printJson(entry);
          }
          after = page.next;
        } while (after !== null);
      }),
    );
}

async function readList(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(refuse('command.bad-file', { file, reason }).refusal);
  }
}

function addLedgerCommands(publicity: Command): void {
  publicity
    .command('ledger')
    .argument('<file>', 'list with document number, party, decision date, address')
    .requiredOption('--provider <uscc>', 'providing unit')
    .requiredOption('--item <item>', 'directory item')
    .requiredOption('--source <text>', 'where the list was found, e.g. a web address')
    .option(...actorA)
    .description('导入外部台账 / import a list of decisions from outside')
    .action((file: string, options: Record<'provider' | 'item' | 'source' | 'actor', string>) =>
      withInstallation(async (installation) => {
        const digest = createHash('sha256')
          .update(await readList(file))
          .digest('hex');
        const actor = await actorFor(installation, options.actor, 'collection:collect');
        const table = valueOf(await openTable({ path: file }));
        const request = { ...options, fileName: basename(file), digest, table, actor };
        printJson(valueOf(await importLedger(installation, request)));
      }),
    );
  publicity
    .command('find')
    .requiredOption('--provider <uscc>', 'providing unit')
    .requiredOption('--item <item>', 'directory item')
    .requiredOption('--decided-on <YYYY-MM-DD>', 'day of the decision')
    .requiredOption('--number <text>', 'document number')
    .requiredOption('--party <name>', 'party')
    .requiredOption('--finding <finding>', 'concealed, excused or reported')
    .requiredOption('--reason <text>', 'what was looked at, and that the unit was heard')
    .option('--ground <text>', 'legal ground for not reporting')
    .option(...actorA)
    .description(
      '认定漏报、瞒报或者依法不报 / record what an officer found about a missing decision',
    )
    .action((options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'quality:publish');
        const decidedOn = parseDay(options['decidedOn']!);
        if (decidedOn === null) {
          throw new Refused(refuse('records.bad-day', { text: options['decidedOn']! }).refusal);
        }
        const finding = options['finding'] as 'concealed';
        if (!['concealed', 'excused', 'reported'].includes(finding)) {
          throw new Refused(refuse('double-publicity.bad-finding', { finding }).refusal);
        }
        const { provider, item, number, party, reason, ground } = options;
        const entry = { decidedOn, documentNumber: number!, party: party!, finding };
        const of = { provider: provider!, item: item!, reason: reason!, actor };
        const grounds = ground === undefined ? {} : { ground };
        valueOf(await findOmission(installation, { ...of, ...entry, ...grounds }));
        say('已登记。 Recorded.');
      }),
    );
}

const heading = [
  '报送单位',
  '统一社会信用代码',
  '事项',
  '月份',
  '产生数量 CSSL',
  '本单位网站公示数量 BDWGSSL',
  '报送数量 BSSL',
  '未报送数量 WBSSL',
  '未报送依据 WBSYJ',
  '公示网址',
  '系统内数量',
  '缺少数量',
  '未说明数量',
];

const count = (value: number | null) => (value === null ? '未申报' : String(value));

function cellsOf({ lines }: MonthlyTable): string[][] {
  return lines.map((line) => [
    line.providerName,
    line.provider,
    line.item,
    line.period,
    count(line.produced),
    count(line.published),
    String(line.reported),
    count(line.notReported),
    line.ground ?? '',
    line.address ?? '',
    String(line.held),
    count(line.missing),
    count(line.omitted),
  ]);
}

async function writeTable(path: string, table: MonthlyTable): Promise<void> {
  const rows = cellsOf(table);
  if (path.toLowerCase().endsWith('.xlsx')) {
    valueOf(await writeXlsx(path, { sheet: `双公示月报${table.period}`, header: heading, rows }));
    return;
  }
  const options = { encoding: 'utf-8-bom', forSpreadsheet: true } as const;
  await writeCsv(path, [heading, ...rows], options);
}

/** Adds the commands. */
export function addPublicityCommands(program: Command): void {
  const publicity = program
    .command('publicity')
    .description('双公示：发布、停止公示、及时率、对账、月报 / double publicity');
  addReleaseCommands(publicity);
  addListCommands(publicity);
  addLedgerCommands(publicity);
  publicity
    .command('table')
    .requiredOption('--period <YYYY-MM>', 'month of the decisions')
    .option('--provider <uscc>', 'one providing unit only')
    .option('-o, --output <file>', 'write a workbook (.xlsx) or CSV')
    .option('--json', 'print one JSON object')
    .description('双公示月报，与系统内数量对照 / monthly table beside the count in the system')
    .action((options: { period: string; provider?: string; output?: string; json?: boolean }) =>
      withInstallation(async (installation) => {
        const table = valueOf(await monthlyTable(installation, options.period, options.provider));
        if (options.output !== undefined) await writeTable(options.output, table);
        if (options.json === true) return printJson(table);
        say(`报送期限 due ${table.due}${table.overdue ? '（已过 over）' : ''}`);
        say(heading.join('\t'));
        for (const cells of cellsOf(table)) say(cells.join('\t'));
      }),
    );
}
