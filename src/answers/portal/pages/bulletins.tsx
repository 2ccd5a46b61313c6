/** Published bulletins: what departments sent in a month, how good it was, and what they said to it. */
import type { ReactElement } from 'react';
import { type Column, Crumbs, Facts, More, Notice, Table, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { BulletinList, BulletinPage } from '../bulletins/contract.ts';
import type { Page } from './frame.tsx';
import {
  alertWords,
  figureText,
  figureWords,
  monthWords,
  responseWords,
  scoreText,
  silentWords,
} from './words-bulletins.ts';

type Department = BulletinPage['departments'][number];

function departmentColumns(r: Reader, ranked: boolean): Column<Department>[] {
  const rank: Column<Department> = {
    title: r.say({ zh: '名次', en: 'Rank' }),
    cell: ({ rank: place }) => place ?? '—',
  };
  return [
    {
      title: r.say({ zh: '部门', en: 'Department' }),
      lead: true,
      cell: ({ unit }) => <Zh r={r}>{unit.name}</Zh>,
    },
    ...(ranked ? [rank] : []),
    {
      title: r.say({ zh: '产生', en: 'Made' }),
      cell: ({ produced }) => produced ?? r.say({ zh: '未申报', en: 'not declared' }),
    },
    { title: r.say({ zh: '报送', en: 'Sent' }), cell: ({ received }) => received },
    ...figureWords.slice(0, 6).map(([name, words]): Column<Department> => ({
      title: r.say(words),
      cell: ({ figures }) => figureText(r, figures[name]),
    })),
    {
      title: r.say({ zh: '仍错', en: 'Still wrong' }),
      cell: ({ errorsOpen }) => errorsOpen ?? '—',
    },
    { title: r.say({ zh: '得分', en: 'Score' }), cell: ({ score }) => scoreText(r, score) },
    {
      title: r.say({ zh: '部门意见', en: 'Its word' }),
      cell: ({ response }) => (
        <>
          {r.say(responseWords[response.state])}
          {response.ground === null ? null : (
            <>
              {r.say({ zh: '：', en: ': ' })}
              <Zh r={r}>{response.ground}</Zh>
            </>
          )}
          {response.reply === null ? null : (
            <>
              {r.say({ zh: '；答复：', en: '; answer: ' })}
              <Zh r={r}>{response.reply}</Zh>
            </>
          )}
        </>
      ),
    },
  ];
}

function Overall({ r, view }: { r: Reader; view: BulletinPage }): ReactElement {
  const { overall } = view;
  const columns: Column<(typeof figureWords)[number]>[] = [
    { title: r.say({ zh: '指标', en: 'Figure' }), lead: true, cell: ([, words]) => r.say(words) },
    {
      title: r.say({ zh: '本月', en: 'This month' }),
      cell: ([name]) => figureText(r, overall.figures[name]),
    },
    {
      title: r.say({ zh: '上月', en: 'Month before' }),
      cell: ([name]) =>
        overall.before === null
          ? r.say({ zh: '不详', en: 'not known' })
          : figureText(r, overall.before.figures[name]),
    },
  ];
  return (
    <section aria-labelledby="overall">
      <h2 id="overall">{r.say({ zh: '总体情况', en: 'Overall' })}</h2>
      <Facts
        facts={[
          [
            r.say({ zh: '报送条数', en: 'Records sent' }),
            r.say({
              zh: `${overall.received}条，上月${overall.before?.received ?? '不详'}`,
              en: `${overall.received}; month before ${overall.before?.received ?? 'not known'}`,
            }),
          ],
          [r.say({ zh: '新登记主体', en: 'New organisations' }), String(overall.newSubjects)],
          [
            r.say({ zh: '退回的自然人信息', en: 'Rows about persons, refused' }),
            String(overall.natural),
          ],
          [
            r.say({ zh: '数据截止', en: 'Cut-off' }),
            `${view.cutOff}${view.closed ? '' : r.say({ zh: '（尚可更正）', en: ' (open to corrections)' })}`,
          ],
        ]}
      />
      <Table
        caption={r.say({ zh: '各项指标', en: 'Figures' })}
        columns={columns}
        rows={figureWords}
        keyOf={([name]) => name}
      />
    </section>
  );
}

type Named = { readonly code: string; readonly name: string };

function Names({
  r,
  title,
  rows,
  tell,
}: {
  r: Reader;
  title: Words;
  rows: readonly Named[];
  tell: (index: number) => string;
}): ReactElement {
  return (
    <>
      <h3>{r.say(title)}</h3>
      {rows.length === 0 ? (
        <p>{r.say({ zh: '没有。', en: 'None.' })}</p>
      ) : (
        <ul>
          {rows.map(({ code, name }, index) => (
            <li key={`${code}${tell(index)}`}>
              <Zh r={r}>{name}</Zh> {tell(index)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Problems({ r, view }: { r: Reader; view: BulletinPage }): ReactElement {
  const { errors, overdue, zeroReports, silent, alerts, praise } = view;
  return (
    <section aria-labelledby="problems" className="measure">
      <h2 id="problems">{r.say({ zh: '问题和表扬', en: 'Problems and praise' })}</h2>
      <h3>{r.say({ zh: '最常见的问题', en: 'Most frequent problems' })}</h3>
      {errors.length === 0 ? <p>{r.say({ zh: '没有。', en: 'None.' })}</p> : null}
      <ol>
        {errors.map(({ rule, rows, message, example, units }) => (
          <li key={rule}>
            {rule} <Zh r={r}>{message}</Zh> {r.say({ zh: `${rows}行`, en: `${rows} rows` })}
            {example === null ? null : (
              <>
                {r.say({ zh: '，例：', en: ', e.g. ' })}
                <Zh r={r}>{example}</Zh>
              </>
            )}
            <p className="small quiet">
              <Zh r={r}>{units.map(({ name, rows: own }) => `${name} ${own}`).join('、')}</Zh>
            </p>
          </li>
        ))}
      </ol>
      <Names
        r={r}
        title={{ zh: '逾期没有改正', en: 'Not corrected in time' }}
        rows={overdue}
        tell={(at) => String(overdue[at]!.rows)}
      />
      <Names
        r={r}
        title={{ zh: '应报未报', en: 'Expected and not heard' }}
        rows={silent}
        tell={(at) => r.say(silent[at]!.itemName) + r.say(silentWords[silent[at]!.by])}
      />
      <Names
        r={r}
        title={{ zh: '零报告', en: 'Declared that there was nothing' }}
        rows={zeroReports}
        tell={(at) => r.say(zeroReports[at]!.itemName)}
      />
      <Names
        r={r}
        title={{ zh: '与往月不同，待核实', en: 'Unlike other months, to be looked at' }}
        rows={alerts}
        tell={(at) => {
          const { itemName, kind, what } = alerts[at]!;
          const words = alertWords[kind] ?? { zh: kind, en: kind };
          return `${r.say(itemName)} ${r.say(words)}${what === null ? '' : ` ${what}`}`;
        }}
      />
      <Names r={r} title={{ zh: '表扬', en: 'Praise' }} rows={praise} tell={() => ''} />
    </section>
  );
}

function sampledWords({ overall }: BulletinPage): Words {
  const { state, numerator, denominator } = overall.figures.accuracy;
  return state === 'value'
    ? {
        zh: `抽查由信用中心随机抽取，对照决定书逐条核查：共${denominator ?? 0}条，一致${numerator ?? 0}条。不一致或者没有出示原件的，不算准确。`,
        en: `Rows were drawn by lot and held against the decision papers by the centre: ${denominator ?? 0} rows, ${numerator ?? 0} right. A row that differs, or whose paper was not shown, does not count as right.`,
      }
    : {
        zh: '本月没有完成的抽查，准确率不详。',
        en: 'No sampling was finished for this month, so accuracy is not known.',
      };
}

function Method({ r, view }: { r: Reader; view: BulletinPage }): ReactElement {
  const lines: Words[] = [
    {
      zh: '“不详”不是零：没有申报产生数的，报送率不详；没有报送的，不能说全部合规。“不适用”指申报了没有产生。',
      en: '"Not known" is not nought: who declares no number has no known rate, and silence is not perfection. "Not due" means it was declared that there was nothing.',
    },
    {
      zh: '申报了而没有报来的，最低分按有错计，最高分按无错计；没有申报产生数的，及时、合规等按不详计。得分按各事项平均。有不详指标的，给出可能的最低分和最高分；不适用的不参加计分，权重归其余指标。',
      en: 'What was declared and did not come counts as wrong at the lowest and as right at the highest; where nothing was declared, rates of what came count as not known. The score is the mean over items. Where figures are not known, the lowest and highest it can be are told; what was not due takes no part.',
    },
    {
      zh: '各部门在送达后的确认期限内可以确认或者提出异议；期限内没有答复的，视为没有异议。',
      en: 'Each department could confirm or contest within its time; who did not answer is taken not to contest.',
    },
    sampledWords(view),
    {
      zh: '得分只说报送，不评价任何组织或者个人。',
      en: 'The score is about deliveries only, not about any organisation or person.',
    },
  ];
  return (
    <section className="measure" aria-labelledby="method">
      <h2 id="method">{r.say({ zh: '怎样计算', en: 'How it is worked out' })}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line.zh}>{r.say(line)}</li>
        ))}
      </ul>
      <More summary={r.say({ zh: '权重、规则版本和摘要', en: 'Weights, editions, digest' })}>
        <Facts
          facts={[
            ...figureWords.flatMap(([name, words]) => {
              const weight = (view.weights as Readonly<Partial<Record<string, number>>>)[name];
              return weight === undefined ? [] : [[r.say(words), String(weight)] as const];
            }),
            [r.say({ zh: '连续性', en: 'Continuity' }), String(view.weights.continuity)],
            [r.say({ zh: '覆盖率', en: 'Coverage' }), String(view.weights.coverage)],
            [r.say({ zh: '规则版本', en: 'Editions' }), view.rules],
            [
              'SHA-256',
              <span key="digest" className="code">
                {view.digest}
              </span>,
            ],
          ]}
        />
      </More>
    </section>
  );
}

function Departments({ r, view }: { r: Reader; view: BulletinPage }): ReactElement {
  return (
    <section aria-labelledby="departments">
      <h2 id="departments">{r.say({ zh: '各部门', en: 'Departments' })}</h2>
      <Table
        caption={r.say({ zh: '各部门的报送情况', en: 'Departments' })}
        columns={departmentColumns(r, view.ranked)}
        rows={view.departments}
        keyOf={({ unit }) => unit.code}
      />
    </section>
  );
}

function Districts({ r, view }: { r: Reader; view: BulletinPage }): ReactElement {
  return (
    <section aria-labelledby="districts">
      <h2 id="districts">{r.say({ zh: '各地区', en: 'Districts' })}</h2>
      <Table
        caption={r.say({ zh: '各地区的报送情况', en: 'Districts' })}
        columns={[
          {
            title: r.say({ zh: '地区', en: 'District' }),
            lead: true,
            cell: ({ name, region }) =>
              region === '?' ? r.say({ zh: '没有标明', en: 'not stated' }) : <Zh r={r}>{name}</Zh>,
          },
          { title: r.say({ zh: '部门', en: 'Departments' }), cell: ({ units }) => units },
          { title: r.say({ zh: '报送', en: 'Sent' }), cell: ({ received }) => received },
          ...figureWords.slice(0, 4).map(([name, words]) => ({
            title: r.say(words),
            cell: ({ figures }: BulletinPage['districts'][number]) => figureText(r, figures[name]),
          })),
        ]}
        rows={view.districts}
        keyOf={({ region }) => region}
      />
    </section>
  );
}

/** Draws the bulletin of a month. */
export function bulletinPage(r: Reader, view: BulletinPage): Page {
  const month = monthWords(view.period);
  const title = r.say({ zh: `${month.zh}归集通报`, en: `Bulletin of ${month.en}` });
  return {
    title,
    menu: 'sources',
    robots: 'index',
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '数据来源', en: 'Sources' }), '/sources'],
            [r.say({ zh: '归集通报', en: 'Bulletins' }), '/bulletins'],
          ]}
        />
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: `${view.departments.length}个部门报送的信用信息，${view.publishedOn}发布。`,
            en: `What ${view.departments.length} departments sent; published on ${view.publishedOn}.`,
          })}
        </p>
        {view.correction === null ? null : (
          <Notice
            tone="care"
            title={r.say({
              zh: `这是更正后的第${view.edition}版`,
              en: `This is edition ${view.edition}, a correction`,
            })}
          >
            <p>
              <Zh r={r}>{view.correction}</Zh>
            </p>
          </Notice>
        )}
        <Overall r={r} view={view} />
        <Departments r={r} view={view} />
        <Districts r={r} view={view} />
        <Problems r={r} view={view} />
        <Method r={r} view={view} />
      </div>
    ),
  };
}

/** Draws the list of bulletins. */
export function bulletinsPage(r: Reader, { bulletins }: BulletinList): Page {
  const title = r.say({ zh: '归集通报', en: 'Bulletins' });
  return {
    title,
    menu: 'sources',
    robots: 'index',
    body: (
      <div className="wide">
        <Crumbs r={r} trail={[[r.say({ zh: '数据来源', en: 'Sources' }), '/sources']]} />
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '各部门每月报送信用信息的数量和质量，经部门确认后发布。',
            en: 'How much departments sent each month and how good it was, published once they could confirm or contest it.',
          })}
        </p>
        {bulletins.length === 0 ? (
          <p>{r.say({ zh: '还没有发布过通报。', en: 'No bulletin has been published yet.' })}</p>
        ) : (
          <ul className="news measure">
            {bulletins.map(({ period, edition, publishedOn }) => (
              <li key={period}>
                <a href={r.to(`/bulletins/${period}`)}>{r.say(monthWords(period))}</a>
                <p className="small quiet">
                  {r.say({ zh: `${publishedOn}发布`, en: `published ${publishedOn}` })}
                  {edition === 1
                    ? null
                    : r.say({ zh: `，第${edition}版`, en: `, edition ${edition}` })}
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    ),
  };
}
