/** `quality sample …`: rows of a month drawn by lot, and what the decision papers say of them. */
import type { Command } from 'commander';
import {
  type Sample,
  drawSample,
  judgeRow,
  samples,
  verdicts,
} from '../../intake/quality/index.ts';
import { printJson, say, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';
import { filterOf, item, json, measuringDeps, period, provider } from './measuring.ts';
import { wholeNumber } from './serve.ts';

type Options = {
  readonly period: string;
  readonly provider: string;
  readonly item: string;
  readonly actor: string;
  readonly json?: boolean;
};

const needs = 'quality:sample';

const verdictWords = {
  right: '一致 right',
  wrong: '不一致 wrong',
  unproven: '未出示原件 unproven',
};

function tell({ provider, item, period, size, population, seed, rows }: Sample): void {
  const judged = rows.filter(({ verdict }) => verdict !== null).length;
  say(`${period} ${provider} ${item}  抽取 drawn ${size}/${population}  已核 judged ${judged}`);
  say(`  签 seed ${seed}`);
  for (const { no, fileName, row, documentNumber, decidedOn, verdict, note } of rows) {
    const found = verdict === null ? '待核 open' : verdictWords[verdict];
    const paper = `${documentNumber ?? '—'} ${decidedOn ?? '—'}`;
    say(`  ${no}. ${fileName} 第${row}行 row ${row}  ${paper}  ${found} ${note ?? ''}`.trimEnd());
  }
}

async function draw(options: Options & { readonly size: number }): Promise<void> {
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, needs);
    const sample = valueOf(await drawSample(measuringDeps(installation), { ...options, actor }));
    if (options.json === true) printJson(sample);
    else tell(sample);
  });
}

type Judging = Options & { readonly no: number; readonly verdict: string; readonly note?: string };

async function judge(options: Judging): Promise<void> {
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, needs);
    const row = valueOf(await judgeRow(measuringDeps(installation), { ...options, actor }));
    if (options.json === true) printJson(row);
    else say(`第${row.no}行 row ${row.no}: ${verdictWords[row.verdict!]}`);
  });
}

type Showing = Pick<Options, 'period' | 'json'> & Partial<Pick<Options, 'provider' | 'item'>>;

async function show(options: Showing): Promise<void> {
  await withInstallation(async (installation) => {
    const deps = measuringDeps(installation);
    const found = valueOf(await samples(deps, options.period, filterOf(options)));
    if (options.json === true) found.forEach((one) => printJson(one));
    else if (found.length === 0) say('没有抽查。 No sample was drawn.');
    else found.forEach(tell);
  });
}

/** Adds `quality sample` with `draw`, `judge`, `show`. */
export function addSampleCommands(quality: Command): void {
  const sample = quality
    .command('sample')
    .description('抽查：抽取、核查、查看 / sampling: draw, judge, show');
  const actor = ['--actor <account>', 'acting account, or account/position', 'operator-a'] as const;
  sample
    .command('draw')
    .description(
      '随机抽取入库的行，一个来源一个月一次 / draw stored rows by lot, once a source and month',
    )
    .requiredOption(...period)
    .requiredOption(...provider)
    .requiredOption(...item)
    .requiredOption('--size <rows>', '行数 rows', wholeNumber(1, 999_999_999))
    .option(...actor)
    .option(...json)
    .action(draw);
  sample
    .command('judge')
    .description('对照决定书记录结论 / record what the decision paper says')
    .requiredOption(...period)
    .requiredOption(...provider)
    .requiredOption(...item)
    .requiredOption('--no <number>', '抽查序号 number in the sample', wholeNumber(1, 999_999_999))
    .requiredOption('--verdict <verdict>', verdicts.join(', '))
    .option('--note <text>', '情况 what is wrong, or why the verdict changes')
    .option(...actor)
    .option(...json)
    .action(judge);
  sample
    .command('show')
    .description('一个月的抽查 / samples of a month')
    .requiredOption(...period)
    .option(...provider)
    .option(...item)
    .option(...json)
    .action(show);
}
