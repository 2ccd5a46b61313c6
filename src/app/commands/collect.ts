/** `collect`, `check`, `declare`, `template`, `items`: a department's day. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { refuse } from '../../kernel/result.ts';
import { itemsOn, standardsOf } from '../../law/directory/index.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { writeXlsx } from '../../platform/spreadsheet/index.ts';
import {
  type BatchReport,
  type FileProblem,
  checkFile,
  declareCount,
  fileProblems,
  itemFor,
  makeCheckTables,
  receive,
  runBatch,
} from '../../intake/collection/index.ts';
import { Refused, endProgress, exit, printJson, progress, say, valueOf } from '../output.ts';
import { actorFor, configuration, rulebookFromFiles, withInstallation } from './context.ts';
import { phaseLog } from './phases.ts';

async function assertFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory()) throw new Error('is a folder');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(refuse('command.bad-file', { file, reason }).refusal);
  }
}

/** The JSON of design.md §8 for a delivery. */
function collectJson(report: BatchReport, repeated: boolean, seconds: number) {
  const { batch, errorFile } = report;
  const { counts } = batch;
  // The same file again: what was stored then is a duplicate now, what waits still waits.
  const stored = counts.accepted + counts.acceptedWithWarning + counts.duplicate;
  const told = repeated
    ? { ...counts, accepted: 0, acceptedWithWarning: 0, duplicate: stored }
    : counts;
  return {
    batch: batch.batchId,
    ...told,
    errorFile,
    digest: batch.digest,
    seconds,
    repeated,
    item: batch.item,
    standard: batch.standard,
    problems: fileProblems(batch),
    receipt: batch.receipt,
  };
}

type CollectOptions = {
  readonly item: string;
  readonly provider: string;
  readonly providerName?: string;
  readonly profile?: string;
  readonly period?: string;
  readonly declared?: string;
  readonly actor: string;
  readonly json?: boolean;
};

async function collect(file: string, options: CollectOptions): Promise<void> {
  const started = stopwatchMs();
  if (file !== '-') await assertFile(file);
  const declaredRows = options.declared === undefined ? undefined : Number(options.declared);
  if (declaredRows !== undefined && !Number.isSafeInteger(declaredRows)) {
    throw new Refused(refuse('command.bad-number', { text: options.declared ?? '' }).refusal);
  }
  await withInstallation(async (installation) => {
    const show = progress('行 rows', stopwatchMs);
    const phases = phaseLog();
    const deps = installation.collection((phase) => {
      phases(phase);
      show(phase.row);
    });
    const actor = await actorFor(installation, options.actor, 'collection:collect');
    const received = valueOf(
      await receive(deps, {
        fileName: file === '-' ? 'stdin' : basename(file),
        source: file === '-' ? process.stdin : createReadStream(file),
        item: options.item,
        provider: options.provider,
        actor,
        ...(options.providerName === undefined ? {} : { providerName: options.providerName }),
        ...(options.profile === undefined ? {} : { profile: options.profile }),
        ...(options.period === undefined ? {} : { period: options.period }),
        ...(declaredRows === undefined ? {} : { declaredRows }),
      }),
    );
    const repeated = received.repeated && received.batch.state === 'done';
    const report = valueOf(await runBatch(deps, received.batch, actor));
    endProgress();
    const json = collectJson(report, repeated, Math.round(stopwatchMs() - started) / 1000);
    if (options.json !== true) tellCollected(json);
    if (options.json === true) printJson(json);
    const lost = json.problems.some(({ weight }) => weight === 'table');
    if (json.rejected > 0 || json.held > 0 || lost) process.exitCode = exit.refused;
  });
}

function tellCollected(json: ReturnType<typeof collectJson>): void {
  if (json.repeated)
    say('这份文件以前已经收过，本次没有任何改变。 This file was received before; nothing changed.');
  say(`批次 batch        ${json.batch}`);
  say(`标准 standard     ${json.standard ?? '—'}`);
  say(`收到 received     ${json.received}`);
  say(`接收 accepted     ${json.accepted}`);
  say(`提示 with warning ${json.acceptedWithWarning}`);
  say(`重复 duplicate    ${json.duplicate}`);
  say(`待核 held         ${json.held}`);
  say(`退回 rejected     ${json.rejected}`);
  tellProblems(json.problems);
  if (json.errorFile !== null) say(`退回和待核的行 wrong rows: ${json.errorFile}`);
  say(`文件摘要 digest   ${json.digest}`);
}

/** What was noticed about the file itself, each with its place. */
function tellProblems(problems: readonly FileProblem[]): void {
  for (const { place, message } of problems) say(`文件 file         ${place}：${message}`);
}

type CheckOptions = {
  readonly item: string;
  readonly profile?: string;
  readonly output?: string;
  readonly findings?: boolean;
  readonly json?: boolean;
};

async function check(file: string, options: CheckOptions): Promise<void> {
  const started = stopwatchMs();
  if (file !== '-') await assertFile(file);
  const config = configuration();
  const rulebook = await rulebookFromFiles();
  const today = config.clock.today();
  const show = progress('行 rows', stopwatchMs);
  const report = valueOf(
    await checkFile({
      source: file === '-' ? { stream: () => process.stdin } : { path: file },
      item: options.item,
      rulebook,
      tables: makeCheckTables(rulebook, today),
      today,
      place: config.jurisdiction,
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.output === undefined ? {} : { errorFile: options.output }),
      onFinding: (row, finding) => {
        show(row);
        if (options.findings === true) printJson({ row, ...finding });
      },
    }),
  );
  endProgress();
  const seconds = Math.round(stopwatchMs() - started) / 1000;
  if (options.json === true) {
    printJson({ ...report, errorFile: options.output ?? null, seconds });
  } else {
    say(`标准 standard ${report.standard}`);
    say(
      `收到 ${report.received} · 通过 ${report.passed} · 有提示 ${report.passedWithWarning} · 应退回 ${report.rejected}`,
    );
    tellProblems(report.fileProblems);
    for (const [rule, rows] of Object.entries(report.rules).sort((a, b) => b[1] - a[1])) {
      say(`  ${rule.padEnd(12)} ${rows} 行 rows`);
    }
    if (options.output !== undefined) say(`应退回的行 wrong rows: ${options.output}`);
  }
  const lost = report.fileProblems.some(({ weight }) => weight === 'table');
  if (report.rejected > 0 || report.passedWithWarning > 0 || lost) process.exitCode = exit.refused;
}

const actorOption = [
  '--actor <account>',
  'acting account, or account/position',
  'operator-a',
] as const;

/** Adds the commands. */
export function addCollectCommands(program: Command): void {
  program
    .command('collect')
    .argument('<file>', 'XLSX, CSV, TSV, JSON or NDJSON; - reads stdin')
    .requiredOption('--item <item>', 'directory item, by code, name or alias')
    .requiredOption('--provider <uscc>', 'unified code of the providing unit')
    .option('--provider-name <name>', 'name of a provider seen for the first time')
    .option('--profile <standard>', 'standard of the file instead of detecting it')
    .option('--period <YYYY-MM>', 'month the delivery belongs to')
    .option('--declared <rows>', 'rows the sender says it sent')
    .option(...actorOption)
    .option('--json', 'print one JSON object as the last line')
    .description('归集一份文件 / collect a file')
    .action((file: string, options: CollectOptions) => collect(file, options));

  program
    .command('check')
    .argument('<file>', 'file to check; - reads stdin (text formats)')
    .requiredOption('--item <item>', 'directory item')
    .option('--profile <standard>', 'standard of the file instead of detecting it')
    .option('-o, --output <file>', 'write wrong rows to this workbook')
    .option('--findings', 'print every finding as a JSON line')
    .option('--json', 'print one JSON object as the last line')
    .description('离线检查，与归集同一套规则，不需要数据库 / the same checks, offline')
    .action((file: string, options: CheckOptions) => check(file, options));

  program
    .command('declare')
    .requiredOption('--item <item>', 'directory item')
    .requiredOption('--provider <uscc>', 'providing unit')
    .requiredOption('--period <YYYY-MM>', 'month')
    .requiredOption('--count <n>', 'how many')
    .option('--kind <kind>', 'produced, published or not-reported', 'produced')
    .option('--ground <text>', 'legal ground for not reporting')
    .option(...actorOption)
    .description('申报当月产生（公示、未报送）数量 / declare monthly counts')
    .action((options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'collection:declare');
        valueOf(
          await declareCount(installation.collection(), {
            provider: options['provider']!,
            item: options['item']!,
            period: options['period']!,
            kind: options['kind'] as 'produced',
            count: Number(options['count']),
            actor,
            ...(options['ground'] === undefined ? {} : { ground: options['ground'] }),
          }),
        );
        say('已登记。 Recorded.');
      }),
    );
  addTemplateCommands(program);
}

function addTemplateCommands(program: Command): void {
  program
    .command('template')
    .argument('<item>', 'directory item')
    .requiredOption('-o, --output <file>', 'workbook to write')
    .description('生成报送模板 / write the reporting template of an item')
    .action(async (wanted: string, options: { output: string }) => {
      const config = configuration();
      const rulebook = await rulebookFromFiles();
      const today = config.clock.today();
      const item = valueOf(itemFor(rulebook, wanted, today, config.jurisdiction));
      const standard = standardsOf(rulebook, item)[0];
      if (standard === undefined) {
        throw new Refused(refuse('collection.no-standard', { item: wanted }).refusal);
      }
      valueOf(
        await writeXlsx(options.output, {
          sheet: standard.template?.sheet ?? standard.title.slice(0, 31),
          header: standard.fields.map((field) => field.name),
          rows: [],
        }),
      );
      say(
        `${options.output}: ${standard.id}@${standard.edition}, ${standard.fields.length} 列 columns`,
      );
    });

  program
    .command('items')
    .option('--json', 'print JSON lines')
    .description('列出目录事项 / list directory items')
    .action(async (options: { json?: boolean }) => {
      const config = configuration();
      const rulebook = await rulebookFromFiles(['directory', 'provisions', 'standard']);
      for (const { item, edition } of itemsOn(
        rulebook,
        config.clock.today(),
        config.jurisdiction,
      )) {
        if (options.json === true) printJson({ ...item, edition });
        else say(`${item.code.padEnd(34)} ${item.status.padEnd(10)} ${item.name}`);
      }
    });
}
