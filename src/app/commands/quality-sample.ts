/** `quality sample …`: rows of a month drawn by lot, and what the decision papers say of them. */
import type { Command } from 'commander';
import {
  type Sample,
  type SampleDeps,
  drawSample,
  findings,
  judgeRow,
  samples,
} from '../../intake/quality/index.ts';
import { refuse } from '../../kernel/result.ts';
import type { Installation } from '../installation.ts';
import { Refused, printJson, say, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';

type Options = {
  readonly period: string;
  readonly provider: string;
  readonly item: string;
  readonly actor: string;
  readonly json?: boolean;
};

const needs = 'quality:sample';

function depsOf({ database, clock, rulebook, config, door }: Installation): SampleDeps {
  return { database, clock, rulebook, place: config.jurisdiction, door };
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Refused(refuse('command.bad-number', { text }).refusal);
  return Number(text);
}

const findingWords = {
  right: '一致 right',
  wrong: '不一致 wrong',
  unproven: '未出示原件 unproven',
};

function tell({ provider, item, period, size, population, seed, rows }: Sample): void {
  const judged = rows.filter(({ finding }) => finding !== null).length;
  say(`${period} ${provider} ${item}  抽取 drawn ${size}/${population}  已核 judged ${judged}`);
  say(`  签 seed ${seed}`);
  for (const { no, fileName, row, documentNumber, decidedOn, finding, note } of rows) {
    const found = finding === null ? '待核 open' : findingWords[finding];
    const paper = `${documentNumber ?? '—'} ${decidedOn ?? '—'}`;
    say(`  ${no}. ${fileName} 第${row}行 row ${row}  ${paper}  ${found} ${note ?? ''}`.trimEnd());
  }
}

async function draw(options: Options & { readonly size: string }): Promise<void> {
  const size = numberOf(options.size);
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, needs);
    const sample = valueOf(await drawSample(depsOf(installation), { ...options, actor, size }));
    if (options.json === true) printJson(sample);
    else tell(sample);
  });
}

type Judging = Options & { readonly no: string; readonly finding: string; readonly note?: string };

async function judge(options: Judging): Promise<void> {
  const no = numberOf(options.no);
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, needs);
    const row = valueOf(await judgeRow(depsOf(installation), { ...options, actor, no }));
    if (options.json === true) printJson(row);
    else say(`第${no}行 row ${no}: ${findingWords[row.finding!]}`);
  });
}

type Showing = Pick<Options, 'period' | 'json'> & Partial<Pick<Options, 'provider' | 'item'>>;

async function show({ period, provider, item, json }: Showing): Promise<void> {
  await withInstallation(async (installation) => {
    const of = { provider: provider ?? null, item: item ?? null };
    const found = valueOf(await samples(depsOf(installation), period, of));
    if (json === true) found.forEach((one) => printJson(one));
    else if (found.length === 0) say('没有抽查。 No sample was drawn.');
    else found.forEach(tell);
  });
}

/** Adds `quality sample` with `draw`, `judge`, `show`. */
export function addSampleCommands(quality: Command): void {
  const sample = quality
    .command('sample')
    .description('抽查：抽取、核查、查看 / sampling: draw, judge, show');
  const period = ['--period <YYYY-MM>', '月份 month'] as const;
  const provider = ['--provider <code>', '来源单位代码 unit'] as const;
  const item = ['--item <code>', '目录事项代码 item'] as const;
  const actor = ['--actor <account>', 'acting account, or account/position', 'operator-a'] as const;
  sample
    .command('draw')
    .description(
      '随机抽取入库的行，一个来源一个月一次 / draw stored rows by lot, once a source and month',
    )
    .requiredOption(...period)
    .requiredOption(...provider)
    .requiredOption(...item)
    .requiredOption('--size <rows>', '行数 rows')
    .option(...actor)
    .option('--json', 'JSON')
    .action(draw);
  sample
    .command('judge')
    .description('对照决定书记录结论 / record what the decision paper says')
    .requiredOption(...period)
    .requiredOption(...provider)
    .requiredOption(...item)
    .requiredOption('--no <number>', '抽查序号 number in the sample')
    .requiredOption('--finding <finding>', findings.join(', '))
    .option('--note <text>', '情况 what is wrong, or why the finding changes')
    .option(...actor)
    .option('--json', 'JSON')
    .action(judge);
  sample
    .command('show')
    .description('一个月的抽查 / samples of a month')
    .requiredOption(...period)
    .option(...provider)
    .option(...item)
    .option('--json', 'JSON')
    .action(show);
}
