/** The home page: the search box, what this is, how current the sources are. */
import type { ReactElement } from 'react';
import type { Reader } from '../../../ui/reader.ts';
import type { RecordPage, Sources } from '../contract.ts';
import { Zh } from '../../../ui/parts.tsx';
import type { Words } from '../../../ui/reader.ts';
import { type ChangePart, ChangeLine } from './changes.tsx';
import type { Page, Site } from './frame.tsx';
import { RecordTitle } from './record-parts.tsx';
import { SearchBox } from './search-box.tsx';

/** What the home page tells beside its own words. */
export type HomeView = {
  readonly counts: Sources['counts'];
  readonly newest: string | null;
  readonly news: Readonly<Record<'permit' | 'penalty' | 'other', readonly NewsPart[]>>;
  readonly changes: readonly ChangePart[];
};

/** One record that is new. */
export type NewsPart = {
  readonly openedOn: string;
  readonly record: RecordPage;
  readonly subject: { readonly name: string };
  readonly path: string;
};

function Examples({ r }: { r: Reader }): ReactElement {
  const examples = ['物流科技', '环保', 'wlkj'];
  return (
    <p className="small">
      {r.say({ zh: '样例城市里可以试试：', en: 'In the sample city, try: ' })}
      {examples.map((text, index) => (
        <span key={text}>
          {index === 0 ? '' : r.say({ zh: '、', en: ', ' })}
          <a href={r.to(`/search?q=${encodeURIComponent(text)}`)} lang="zh-CN">
            {text}
          </a>
        </span>
      ))}
    </p>
  );
}

function Promises({ r }: { r: Reader }): ReactElement {
  const lines = [
    {
      zh: '每条记录都写明依据哪部法、哪一条，公示到哪一天，怎样算出来的。',
      en: 'Every record names its law and article, the last day it is shown, and the sum.',
    },
    {
      zh: '期限一到就不再公示，不靠人工清理。',
      en: 'When its time is over a record is gone from here, with nobody having to remove it.',
    },
    {
      zh: '不知道的就说不知道：没有、来源迟报、尚未覆盖，分开写。',
      en: 'What is not known is said: nothing, source late, and not covered are told apart.',
    },
    {
      zh: '只查组织，不查个人；不给个人评分，不设个人名单。',
      en: 'Organisations only: persons are neither scored, listed nor searched for.',
    },
  ];
  return (
    <section aria-labelledby="what">
      <h2 id="what">{r.say({ zh: '在这里可以看到什么', en: 'What you find here' })}</h2>
      <ul className="measure">
        {lines.map((line) => (
          <li key={line.zh}>{r.say(line)}</li>
        ))}
      </ul>
      <p>
        <a href={r.to('/scope')}>
          {r.say({ zh: '不做什么，为什么', en: 'What we refuse, and why' })}
        </a>
        {' · '}
        <a href={r.to('/law')}>{r.say({ zh: '依据哪些法', en: 'The law behind it' })}</a>
      </p>
    </section>
  );
}

function SourcesNow({ r, view, site }: { r: Reader; view: HomeView; site: Site }): ReactElement {
  const { counts, newest } = view;
  const boxes = [
    [counts.current, { zh: '按期报送', en: 'current' }],
    [counts.late, { zh: '迟报', en: 'late' }],
    [counts.unknown, { zh: '报送周期未知，无法判断', en: 'frequency not known' }],
    [counts.notCovered, { zh: '事项尚未覆盖', en: 'items not covered' }],
  ] as const;
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">{r.say({ zh: '数据来源今天的情况', en: 'Sources today' })}</h2>
      <ul className="counts">
        {boxes.map(([count, words]) => (
          <li key={words.en}>
            <strong>{count}</strong>
            {r.say(words)}
          </li>
        ))}
      </ul>
      <p>
        {newest === null
          ? r.say({ zh: '还没有收到任何数据。', en: 'Nothing has been delivered yet. ' })
          : r.say({
              zh: `最近一次收到数据：${newest}（今天是${site.asOf}）。`,
              en: `Newest delivery: ${newest} (today is ${site.asOf}). `,
            })}
        <a href={r.to('/sources')}>{r.say({ zh: '逐个来源查看', en: 'Source by source' })}</a>
      </p>
    </section>
  );
}

const tasks: readonly (readonly [Words, readonly (readonly [string, Words])[]])[] = [
  [
    { zh: '我想了解一家企业', en: 'I want to know a firm' },
    [
      ['/help#find', { zh: '怎样查得准', en: 'How to find the right one' }],
      ['/help#read', { zh: '怎样看记录', en: 'How to read its file' }],
      ['/publicity', { zh: '逐条看许可和处罚', en: 'Permits and penalties, one by one' }],
      ['/regions', { zh: '分地区查看', en: 'By region' }],
    ],
  ],
  [
    { zh: '这是我的企业', en: 'This is my firm' },
    [
      ['/law/terms', { zh: '记录公示多久', en: 'How long records are shown' }],
      ['/help#wrong', { zh: '发现错误怎么办', en: 'If something is wrong' }],
      ['/help#repair', { zh: '信用修复找谁办', en: 'Where repair is asked for' }],
    ],
  ],
  [
    { zh: '我做报道或者研究', en: 'I report or do research' },
    [
      ['/statistics', { zh: '统计和数据下载', en: 'Statistics and files' }],
      ['/law/changes', { zh: '规则什么时候变过', en: 'When the rules changed' }],
      ['/help#data', { zh: '数据接口和订阅', en: 'Data interface and feeds' }],
    ],
  ],
];

function Tasks({ r }: { r: Reader }): ReactElement {
  return (
    <nav className="tasks" aria-label={r.say({ zh: '常用', en: 'Often wanted' })}>
      {tasks.map(([who, links]) => (
        <div key={who.zh}>
          <h2 className="task">{r.say(who)}</h2>
          <ul>
            {links.map(([to, words]) => (
              <li key={to}>
                <a href={r.to(to)}>{r.say(words)}</a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

const lists: readonly (readonly [keyof HomeView['news'], Words])[] = [
  ['permit', { zh: '最新公示的行政许可', en: 'Newest permits' }],
  ['penalty', { zh: '最新公示的行政处罚', en: 'Newest penalties' }],
  ['other', { zh: '其他最新公示', en: 'Other news' }],
];

function NewsLine({ r, news }: { r: Reader; news: NewsPart }): ReactElement {
  return (
    <li>
      <a href={r.to(news.path)}>
        <Zh r={r}>{news.subject.name}</Zh>
      </a>
      <p>
        <RecordTitle r={r} record={news.record} short={news.record.kinds !== null} />
        {r.say({ zh: ` · ${news.openedOn}起公示`, en: ` · shown from ${news.openedOn}` })}
      </p>
    </li>
  );
}

function WhatIsNew({ r, view }: { r: Reader; view: HomeView }): ReactElement {
  return (
    <div className="columns">
      {lists.map(([list, words]) =>
        view.news[list].length === 0 ? null : (
          <section key={list} aria-labelledby={`new-${list}`}>
            <h2 id={`new-${list}`}>{r.say(words)}</h2>
            <ul className="news">
              {view.news[list].map((news) => (
                <NewsLine key={news.record.recordId} r={r} news={news} />
              ))}
            </ul>
          </section>
        ),
      )}
      <section aria-labelledby="new-law">
        <h2 id="new-law">{r.say({ zh: '规则的最新变化', en: 'Newest changes of the rules' })}</h2>
        <ul className="news">
          {view.changes.map((change) => (
            <li key={`${change.path}${change.on}${change.what}`}>
              <ChangeLine r={r} change={change} />
            </li>
          ))}
        </ul>
        <p>
          <a href={r.to('/law/changes')}>{r.say({ zh: '全部变化', en: 'All changes' })}</a>
        </p>
      </section>
    </div>
  );
}

/** Draws the home page. */
export function homePage(r: Reader, site: Site, view: HomeView): Page {
  return {
    title: '',
    menu: 'search',
    robots: 'index',
    body: (
      <>
        <div className="hero">
          <div className="wide">
            <h1>{r.say({ zh: '查一家组织的公共信用信息', en: 'Look up an organisation' })}</h1>
            <SearchBox r={r} />
            {site.sample ? <Examples r={r} /> : null}
          </div>
        </div>
        <div className="wide">
          <Tasks r={r} />
          <WhatIsNew r={r} view={view} />
          <Promises r={r} />
          <SourcesNow r={r} view={view} site={site} />
        </div>
      </>
    ),
  };
}
