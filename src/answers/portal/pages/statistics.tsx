/** Figures of what is shown today, as charts with the same figures as tables, and as files. */
import type { ReactElement } from 'react';
import { BarChart, ColumnChart } from '../../../ui/chart.tsx';
import { More, Notice } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { ChartName, FigureFamily } from '../figures/domain-figures.ts';
import type { Page } from './frame.tsx';

/** A chart as the page is given it. */
export type ChartView = {
  readonly name: ChartName;
  readonly bars: readonly { readonly key: string; readonly name: Words; readonly count: number }[];
};

/** Figures as the pages are given them. */
export type FiguresPart = {
  readonly asOf: string;
  readonly madeAt: string | null;
  readonly family: FigureFamily;
  readonly total: number;
  readonly charts: readonly ChartView[];
};

/** What each chart is about. */
export const chartWords: Readonly<Record<ChartName, { title: Words; column: Words }>> = {
  month: {
    title: { zh: '按作出决定的月份', en: 'By month of the decision' },
    column: { zh: '月份', en: 'Month' },
  },
  item: {
    title: { zh: '按事项', en: 'By directory item' },
    column: { zh: '事项', en: 'Item' },
  },
  region: {
    title: { zh: '按登记机关所在地', en: 'By place of registration' },
    column: { zh: '行政区划', en: 'Division' },
  },
  sector: {
    title: { zh: '按行业门类', en: 'By industry' },
    column: { zh: '行业', en: 'Industry' },
  },
  authority: {
    title: { zh: '按作出决定的单位', en: 'By deciding authority' },
    column: { zh: '单位', en: 'Authority' },
  },
};

/** The families in words. */
export const familyWords: Readonly<Record<FigureFamily, Words>> = {
  '*': { zh: '全部', en: 'All' },
  permit: { zh: '行政许可', en: 'Permits' },
  penalty: { zh: '行政处罚', en: 'Penalties' },
};

const countWords: Words = { zh: '条数', en: 'Records' };

function describe(r: Reader, { bars }: ChartView): string {
  const highest = [...bars].sort((a, b) => b.count - a.count)[0];
  if (highest === undefined || highest.count === 0) {
    return r.say({ zh: '没有记录。', en: 'No records.' });
  }
  return r.say({
    zh: `共${bars.length}项，最多的是${highest.name.zh}，${highest.count}条。全部数字见图下的表。`,
    en: `${bars.length} entries; the largest is ${highest.name.en} with ${highest.count}. All figures are in the table below.`,
  });
}

function Figures({ r, chart }: { r: Reader; chart: ChartView }): ReactElement {
  const { title, column } = chartWords[chart.name];
  return (
    <table className="figures">
      <caption>{r.say(title)}</caption>
      <thead>
        <tr>
          <th scope="col">{r.say(column)}</th>
          <th scope="col" className="number">
            {r.say(countWords)}
          </th>
        </tr>
      </thead>
      <tbody>
        {chart.bars.map((bar) => (
          <tr key={bar.key}>
            <th scope="row">{r.say(bar.name)}</th>
            <td className="number">{bar.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChartPart({
  r,
  chart,
  file,
}: {
  r: Reader;
  chart: ChartView;
  file: string;
}): ReactElement {
  const { title } = chartWords[chart.name];
  const parts = {
    id: `chart-${chart.name}`,
    title: r.say(title),
    description: describe(r, chart),
    bars: chart.bars.map((bar) => ({ key: bar.key, label: r.say(bar.name), count: bar.count })),
  };
  return (
    <section aria-labelledby={chart.name} className="figure">
      <h2 id={chart.name}>{r.say(title)}</h2>
      {chart.bars.length === 0 ? (
        <p>{r.say({ zh: '没有公示中的记录。', en: 'No records are shown.' })}</p>
      ) : chart.name === 'month' ? (
        <ColumnChart {...parts} />
      ) : (
        <BarChart {...parts} />
      )}
      {chart.bars.length === 0 ? null : (
        <>
          <More summary={r.say({ zh: `${title.zh}：数字`, en: `${title.en}: figures` })}>
            <Figures r={r} chart={chart} />
          </More>
          <p className="small">
            <a href={file}>
              {r.say({ zh: `下载：${title.zh}（CSV）`, en: `Download: ${title.en} (CSV)` })}
            </a>
          </p>
        </>
      )}
    </section>
  );
}

/** Where the figures of a page and a family are; `base` is `/statistics` or a region's page. */
function familyPath(base: string, family: FigureFamily): string {
  return family === '*' ? base : `${base}?family=${family}`;
}

function Families({ r, base, now }: { r: Reader; base: string; now: FigureFamily }): ReactElement {
  return (
    <nav aria-label={r.say({ zh: '统计范围', en: 'What is counted' })}>
      <ul className="ways">
        {(Object.keys(familyWords) as FigureFamily[]).map((family) => (
          <li key={family}>
            {family === now ? (
              <strong aria-current="page">{r.say(familyWords[family])}</strong>
            ) : (
              <a href={r.to(familyPath(base, family))}>{r.say(familyWords[family])}</a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The charts of a page; `files` is where the files of its charts are, without name. */
export function FigureCharts({
  r,
  figures,
  base,
  files,
}: {
  r: Reader;
  figures: FiguresPart;
  base: string;
  files: string;
}): ReactElement {
  if (figures.madeAt === null) {
    return (
      <Notice
        title={r.say({ zh: '今天的数字还在计算', en: "Today's figures are being worked out" })}
      >
        <p>
          {r.say({
            zh: '统计每天零时以后、法律规则变动以后重新计算。昨天的数字可能含有今天不再公示的记录，所以不再显示。请稍后再来。',
            en: "Figures are worked out anew after midnight and after a change of the rules. Yesterday's could count records no longer shown, so they are not given. Please come back shortly.",
          })}
        </p>
      </Notice>
    );
  }
  const query = figures.family === '*' ? '' : `?family=${figures.family}`;
  return (
    <>
      <Families r={r} base={base} now={figures.family} />
      <p className="total">
        <strong>{figures.total}</strong>{' '}
        {r.say({
          zh: `条记录在${figures.asOf}公示中（组织，${familyWords[figures.family].zh}）。数字算于${figures.madeAt}。`,
          en: `records of organisations are shown on ${figures.asOf} (${familyWords[figures.family].en.toLowerCase()}). Worked out at ${figures.madeAt}.`,
        })}
      </p>
      <div className="figure-grid">
        {(figures.total === 0 ? [] : figures.charts).map((chart) => (
          <ChartPart
            key={chart.name}
            r={r}
            chart={chart}
            file={`${files}/${chart.name}.csv${query}`}
          />
        ))}
      </div>
    </>
  );
}

/** Draws the statistics of the whole place. */
export function statisticsPage(r: Reader, figures: FiguresPart): Page {
  return {
    title: r.say({ zh: '统计', en: 'Statistics' }),
    menu: 'statistics',
    robots: 'noarchive',
    description: r.say({
      zh: '今天公示中的行政许可、行政处罚等信用信息的条数，按月份、事项、地区、行业和单位统计。',
      en: 'How many records are shown today, by month, item, place, industry and authority.',
    }),
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '统计', en: 'Statistics' })}</h1>
        <p className="lead">
          {r.say({
            zh: '今天公示中的记录有多少。只数组织，不数个体工商户；期满、修复、撤销的不在内。',
            en: 'How many records are shown today. Organisations only, no individual businesses; what ended, was repaired or annulled is not counted.',
          })}
        </p>
        <FigureCharts r={r} figures={figures} base="/statistics" files="/statistics" />
        <section className="measure">
          <h2>{r.say({ zh: '怎样读这些数字', en: 'How to read these figures' })}</h2>
          <ul>
            <li>
              {r.say({
                zh: '这是今天还在公示的记录，不是曾经作出的决定的总数：较早月份的较少，是因为有的公示期已满。',
                en: 'This is what is still shown today, not all decisions ever made: earlier months are lower because terms have ended.',
              })}
            </li>
            <li>
              {r.say({
                zh: '处罚多的地区或者行业不一定更差：企业多、检查多、报送全，数字都会高。',
                en: 'More penalties need not mean worse conduct: more firms, more inspections and fuller reporting all raise a figure.',
              })}
            </li>
            <li>
              <a href={r.to('/sources')}>
                {r.say({ zh: '哪些来源迟报或者没有报送', en: 'Which sources are late or silent' })}
              </a>
            </li>
          </ul>
        </section>
      </div>
    ),
  };
}
