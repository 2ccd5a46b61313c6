/** A bulletin as a page of text, each number with the command that opens it. */
import type { Bulletin, DepartmentLine, Kept, Score } from '../../intake/bulletin/index.ts';
import { figureNamesZh } from './quality.ts';

function shareText({ state, numerator, denominator, unknownItems }: Kept): string {
  if (state !== 'value' || numerator === null || denominator === null) {
    return state === 'NA' ? '不适用' : '不详';
  }
  const open = unknownItems === 0 ? '' : `，另${unknownItems}项不详`;
  return `${((numerator / denominator) * 100).toFixed(2)}%（${numerator}/${denominator}${open}）`;
}

const points = (hundredths: number) => (hundredths / 100).toFixed(2);

function scoreText(score: Score | null): string {
  if (score === null) return '本月没有应报内容';
  const { lowest, highest, known } = score;
  return lowest === highest
    ? points(lowest)
    : `${points(lowest)}—${points(highest)}（已知指标占权重${(known / 100).toFixed(0)}%）`;
}

const told = [
  'reporting',
  'timeliness',
  'compliance',
  'complianceFinal',
  'completeness',
  'association',
  'duplicate',
  'wrongCode',
  'correction',
] as const;

function departmentText(period: string, line: DepartmentLine): string[] {
  const figures = told.map((name) => `${figureNamesZh[name]}${shareText(line.figures[name])}`);
  const change =
    line.change === null ? '' : `，比上月${line.change < 0 ? '' : '+'}${points(line.change)}`;
  return [
    `${line.name}（${line.provider}）${line.rank === null ? '' : `第${line.rank}名`}`,
    `  产生${line.produced ?? '未申报'}，报送${line.received}，期末仍错${line.errorsOpen ?? '不详'}，瞒报${line.concealed}`,
    `  ${figures.join('，')}`,
    `  得分 score ${scoreText(line.score)}${change}`,
    ...(line.received === 0 || line.figures.late.numerator === 0
      ? []
      : [
          `  明细 rows: xinheng quality rows --period ${period} --provider ${line.provider} --figure late`,
        ]),
  ];
}

const silentWords = {
  frequency: '',
  'own-rhythm': '（按其自身规律）',
  never: '（应报，从未报送）',
} as const;

/** Lines of a bulletin for a terminal. */
export function bulletinText(bulletin: Bulletin): string[] {
  const { body, state, edition, windowEnds, responses } = bulletin;
  const nameOf = (provider: string) =>
    body.departments.find((line) => line.provider === provider)?.name ?? provider;
  const list = (rows: readonly string[]) => (rows.length === 0 ? '无' : rows.join('；'));
  return [
    `${body.period}归集通报 第${edition}版 ${state}${windowEnds === null ? '' : ` 确认期限至${windowEnds}`}`,
    `数据截止 cut-off ${body.cutOff}${body.closed ? '' : '（尚可更正 open to corrections）'}  规则 ${body.rules}`,
    `报送${body.overall.received}条（上月${body.overall.before?.received ?? '不详'}条），另有自然人信息${body.overall.natural}条已退回；新登记主体${body.overall.newSubjects}户`,
    ...told.map(
      (name) =>
        `  ${figureNamesZh[name]} ${shareText(body.overall.figures[name])}  上月 ${
          body.overall.before === null ? '不详' : shareText(body.overall.before.figures[name])
        }`,
    ),
    '',
    ...body.departments.flatMap((line) => departmentText(body.period, line)),
    '',
    `分地区 districts: ${list(body.districts.map(({ region, units, received }) => `${region} ${units}个部门 ${received}条`))}`,
    '最常见的问题 errors:',
    ...body.errors.map(
      ({ rule, rows, message, example, providers }) =>
        `  ${rule} ${rows}行 ${message}${example === null ? '' : ` 例：${example.value}`}（${providers
          .slice(0, 3)
          .map(({ provider, rows: own }) => `${nameOf(provider)}${own}`)
          .join('、')}）`,
    ),
    `逾期未改 overdue: ${list(body.overdue.map(({ provider, rows }) => `${nameOf(provider)}${rows}条`))}`,
    `零报告 zero: ${list(body.zeroReports.map(({ provider, item }) => `${nameOf(provider)} ${item}`))}`,
    `应报未报 silent: ${list(body.silent.map(({ provider, item, by }) => `${nameOf(provider)} ${item}${silentWords[by]}`))}`,
    `异常提示 alerts: ${list(body.alerts.map(({ kind, provider, item, what }) => `${kind} ${nameOf(provider)} ${item}${what === null ? '' : ` ${what}`}`))}`,
    `表扬 praise: ${list(body.praise.map(nameOf))}`,
    body.overall.figures.accuracy.state === 'value'
      ? `抽查 sampling: 准确率 accuracy ${shareText(body.overall.figures.accuracy)}`
      : '抽查 sampling: 本月没有完成的抽查，准确率不详 none finished, accuracy is not known',
    ...responses
      .filter(({ state: word }) => word !== 'asked')
      .map(
        ({ provider, state: word, ground, reply }) =>
          `答复 ${nameOf(provider)} ${word} ${ground ?? ''}${reply === null ? '' : ` → ${reply}`}`,
      ),
  ];
}
