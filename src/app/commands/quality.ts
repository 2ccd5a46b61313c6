/** `quality`: figures of a month, the facts behind them, and alerts. */
import type { Command } from 'commander';
import {
  type Measure,
  anomalies,
  figureNames,
  figureRows,
  library,
  monthFigures,
} from '../../intake/quality/index.ts';
import { refuse } from '../../kernel/result.ts';
import { Refused, printJson, say, valueOf } from '../output.ts';
import { withInstallation } from './context.ts';
import { filterOf, item, json, measuringDeps, period, provider } from './measuring.ts';
import { addSampleCommands } from './quality-sample.ts';

type Asked = {
  readonly period: string;
  readonly provider?: string;
  readonly item?: string;
  readonly json?: boolean;
};

/** What the figures are called. */
export const figureNamesZh: Readonly<Record<(typeof figureNames)[number], string>> = {
  reporting: '报送率',
  omission: '漏报',
  timeliness: '及时率',
  late: '迟报率',
  compliance: '合规率（首次）',
  complianceFinal: '合规率（最终）',
  completeness: '完整率',
  association: '关联率',
  duplicate: '重复率',
  wrongCode: '错码率',
  correction: '纠错率',
  continuity: '连续性',
  coverage: '覆盖率',
  accuracy: '准确率',
  concealed: '瞒报',
  freshness: '鲜活度',
};

function measureText(name: string, { state, value, numerator, denominator }: Measure): string {
  if (state !== 'value' || value === null) {
    return state === 'NA' ? '不适用 not due' : '不详 unknown';
  }
  if (name === 'omission') return String(value);
  return `${(value * 100).toFixed(2)}% (${numerator ?? 0}/${denominator ?? 0})`;
}

async function figures(options: Asked): Promise<void> {
  await withInstallation(async (installation) => {
    const found = valueOf(
      await monthFigures(measuringDeps(installation), options.period, filterOf(options)),
    );
    if (options.json === true) {
      printJson(found);
      return;
    }
    const state = found.closed ? '已截止 closed' : '尚可更正 open to corrections';
    say(`${found.period}  截止 cut-off ${found.cutOff}  ${state}  ${found.limits}`);
    for (const source of found.sources) {
      say(`${source.provider} ${source.item}  收到 received ${source.received}`);
      for (const name of figureNames) {
        say(`  ${figureNamesZh[name]} ${name}: ${measureText(name, source.figures[name])}`);
      }
      if (source.correctionDays !== null) {
        say(`  纠错用时（日，中位数） days to correction, median: ${source.correctionDays}`);
      }
    }
  });
}

type RowsAsked = Asked & {
  readonly figure: string;
  readonly after?: string;
  readonly limit: string;
};

async function rows(options: RowsAsked): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new Refused(refuse('command.bad-number', { text: options.limit }).refusal);
  }
  await withInstallation(async (installation) => {
    const { figure, after } = options;
    const asked = { ...filterOf(options), period: options.period, figure };
    const from = after === undefined ? asked : { ...asked, after };
    const page = valueOf(await figureRows(measuringDeps(installation), from, limit));
    if (options.json === true) {
      printJson(page);
      return;
    }
    for (const fact of page.rows) {
      const days = `${fact.decidedOn ?? '—'} → ${fact.firstOn} → ${fact.acceptedOn ?? '—'}`;
      say(`${fact.batchId}/${fact.row}  ${fact.fileName}  ${days}  ${fact.codes.join(' ')}`);
    }
    if (page.next !== null) say(`下一页 next page: --after ${page.next}`);
  });
}

async function alerts(options: Asked): Promise<void> {
  await withInstallation(async (installation) => {
    const found = valueOf(
      await anomalies(measuringDeps(installation), options.period, filterOf(options)),
    );
    if (options.json === true) {
      for (const one of found) printJson(one);
    } else {
      for (const { kind, what, provider, item, expected, seen, rule, files } of found) {
        const about = what === null ? '' : ` ${what}`;
        say(`${kind}${about}  ${provider} ${item}`);
        say(`  平常 expected ${round(expected)}  本月 seen ${round(seen)}  规则 rule ${rule}`);
        for (const { batchId, fileName, rows: count, first } of files) {
          say(`  ${fileName} ${batchId}: ${count} 行 rows (${first.join(', ')}…)`);
        }
      }
      if (found.length === 0) say('没有异常。 Nothing is out of the ordinary.');
    }
  });
}

async function libraryFigures(options: { readonly json?: boolean }): Promise<void> {
  await withInstallation(async ({ database }) => {
    const found = await library({ database });
    if (options.json === true) {
      printJson(found);
      return;
    }
    say(`存续主体 living subjects ${found.living}，无代码 without code ${found.withoutCode}`);
    say(`重码率 duplicate codes: ${measureText('', found.duplicateCode)}`);
    say(`错码率 wrong codes: ${measureText('', found.wrongCode)}`);
    say(`重错码率 either: ${measureText('', found.duplicateOrWrong)}`);
    for (const { item, share } of found.coverage) {
      say(`覆盖率 coverage ${item}: ${measureText('', share)}`);
    }
  });
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** Adds `quality` with `figures`, `rows`, `alerts`. */
export function addQualityCommands(program: Command): void {
  const quality = program
    .command('quality')
    .description('数据质量：指标、明细、异常 / data quality: figures, rows behind them, alerts');
  quality
    .command('figures', { isDefault: true })
    .description('一个月的指标 / figures of a month')
    .requiredOption(...period)
    .option(...provider)
    .option(...item)
    .option(...json)
    .action(figures);
  quality
    .command('rows')
    .description('指标背后的行 / facts behind a figure')
    .requiredOption(...period)
    .option(...provider)
    .option(...item)
    .requiredOption(
      '--figure <name>',
      'received, late, rejected, uncorrected, incomplete, unmatched',
    )
    .option('--after <batch/row>', '从此之后 page on')
    .option('--limit <rows>', '行数 rows', '100')
    .option(...json)
    .action(rows);
  quality
    .command('alerts')
    .description('与来源自身历史不符的报送 / deliveries unlike their source’s history')
    .requiredOption(...period)
    .option(...provider)
    .option(...item)
    .option(...json)
    .action(alerts);
  quality
    .command('library')
    .description('基础库：重码、错码、覆盖 / the base library: codes and coverage')
    .option(...json)
    .action(libraryFigures);
  addSampleCommands(quality);
}
