/** Sources and how current they are; what is refused; help. */
import type { ReactElement } from 'react';
import { Notice, Table, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import { type Source, type Sources, publicPrefix } from '../contract.ts';
import type { RefusedMatter } from '../words-scope.ts';
import type { Page } from './frame.tsx';
import { currencyReasons, currencyWords, frequencyWords } from './words.ts';

function CurrencyCell({ r, source }: { r: Reader; source: Source }): ReactElement {
  const { state, lateSince, reason } = source.currency;
  const tone = state === 'current' ? 'good' : state === 'late' ? 'care' : 'mute';
  return (
    <>
      <Tag tone={tone}>{r.say(currencyWords[state])}</Tag>{' '}
      {lateSince === null ? null : r.say({ zh: `自${lateSince}起`, en: `since ${lateSince}` })}
      {reason === null ? null : (
        <span className="quiet small">{r.say(currencyReasons[reason])}</span>
      )}
    </>
  );
}

function NotCovered({ r, view }: { r: Reader; view: Sources }): ReactElement | null {
  if (view.notCovered.length === 0) return null;
  return (
    <>
      <h2>{r.say({ zh: '尚未覆盖的事项', en: 'Items not covered' })}</h2>
      <p>
        {r.say({
          zh: '目录中有，但还没有单位报送过。对这些事项，本平台什么也不能说。',
          en: 'In the directory, but nobody has delivered them. Of these nothing can be said here.',
        })}
      </p>
      <ul className="measure">
        {view.notCovered.map(({ item, itemName }) => (
          <li key={item}>
            <a href={r.to(`/law/items#${item}`)}>{r.say(itemName)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

function BulletinsLink({ r }: { r: Reader }): ReactElement {
  return (
    <p>
      <a href={r.to('/bulletins')}>
        {r.say({
          zh: '每月的归集通报：报了多少，质量怎样',
          en: 'The monthly bulletins: how much was sent, and how good it was',
        })}
      </a>
    </p>
  );
}

/** Draws every source with its newest delivery. */
export function sourcesPage(r: Reader, view: Sources): Page {
  return {
    title: r.say({ zh: '数据来源', en: 'Sources' }),
    menu: 'sources',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '数据来源', en: 'Sources' })}</h1>
        <p className="lead">
          {r.say({
            zh: '哪些单位报送什么，最近一次在哪一天，是否按期。只有报送周期已知的，才能说迟报。',
            en: 'Who delivers what, when last, and whether in time. A source is called late only where its frequency is known.',
          })}
        </p>
        <BulletinsLink r={r} />
        <Table
          caption={r.say({
            zh: `${view.asOf}的${view.sources.length}个来源`,
            en: `${view.sources.length} sources on ${view.asOf}`,
          })}
          columns={[
            {
              title: r.say({ zh: '单位', en: 'Provider' }),
              lead: true,
              cell: ({ provider }) =>
                provider === null ? (
                  r.say({ zh: '登记库', en: 'Base library' })
                ) : (
                  <Zh r={r}>{provider.name ?? provider.code}</Zh>
                ),
            },
            {
              title: r.say({ zh: '事项', en: 'Item' }),
              cell: (row) => <a href={r.to(`/law/items#${row.item}`)}>{r.say(row.itemName)}</a>,
            },
            {
              title: r.say({ zh: '周期', en: 'Frequency' }),
              cell: (row) =>
                r.say(frequencyWords[row.frequency] ?? { zh: row.frequency, en: row.frequency }),
            },
            {
              title: r.say({ zh: '最近一次', en: 'Newest' }),
              cell: ({ currency }) => currency.lastReceivedOn,
            },
            {
              title: r.say({ zh: '是否按期', en: 'In time' }),
              cell: (row) => <CurrencyCell r={r} source={row} />,
            },
          ]}
          rows={view.sources}
          keyOf={(row) => `${row.provider?.code ?? ''}${row.item}`}
        />
        <NotCovered r={r} view={view} />
      </div>
    ),
  };
}

/** Draws what the platform refuses, and how persons still appear. */
export function scopePage(
  r: Reader,
  refused: readonly RefusedMatter[],
  persons: readonly Words[],
): Page {
  return {
    title: r.say({ zh: '不做什么', en: 'What we refuse' }),
    menu: 'scope',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '不做什么，为什么', en: 'What we refuse, and why' })}</h1>
        <p className="lead">
          {r.say({
            zh: '本平台只记录组织的信用信息。以下内容一律不做，由数据结构、归集关口和测试保证。',
            en: 'This platform is about organisations. What follows is refused by its schema, by the gate of collection and by tests, not by care.',
          })}
        </p>
        <Table
          caption={r.say({ zh: '一律不做', en: 'Refused' })}
          columns={[
            {
              title: r.say({ zh: '不做', en: 'Refused' }),
              lead: true,
              cell: (row) => r.say(row.what),
            },
            { title: r.say({ zh: '为什么', en: 'Why' }), cell: (row) => r.say(row.why) },
            {
              title: r.say({ zh: '可以替代的做法', en: 'What a city may have instead' }),
              cell: (row) => r.say(row.instead),
            },
          ]}
          rows={refused}
          keyOf={(row) => row.key}
        />
        <h2>{r.say({ zh: '个人在哪里出现', en: 'How persons still appear' })}</h2>
        <ul className="measure">
          {persons.map((words) => (
            <li key={words.zh}>{r.say(words)}</li>
          ))}
        </ul>
      </div>
    ),
  };
}

type HelpPart = { readonly id: string; readonly title: Words; readonly text: readonly Words[] };

const helpParts: readonly HelpPart[] = [
  {
    id: 'find',
    title: { zh: '怎样查', en: 'How to search' },
    text: [
      {
        zh: '最准的是18位统一社会信用代码。组织还可以按名称、名称的一部分、曾用名、简称或者拼音首字母查。',
        en: 'The 18-character unified code is surest. Organisations are also found by name, part of it, former or short name, or pinyin initials.',
      },
      {
        zh: '个体工商户只能按代码或者登记的全名查；名称就是经营者姓名的，只能按代码查。',
        en: 'Individual businesses are found by code or by their full registered name; those named after their owner by code only.',
      },
    ],
  },
  {
    id: 'read',
    title: { zh: '怎样看', en: 'How to read a file' },
    text: [
      {
        zh: '“没有公示中的信息”：来源有报送，今天没有应当公示的。它不等于从来没有发生过。',
        en: '"Nothing shown": sources deliver, and today there is nothing to be shown. It is no proof that nothing ever happened.',
      },
      {
        zh: '“来源迟报”：按目录规定的周期，来源应当报送而没有报送。',
        en: '"Source late": by the frequency laid down, the source should have delivered and did not.',
      },
      {
        zh: '“尚未覆盖”：没有单位报送过这类信息，本平台不知道。',
        en: '"Not covered": nobody has ever delivered this kind; nothing is known here.',
      },
      {
        zh: '“目录没有规定向社会公示”：这类信息也许有，但不在这里展示。',
        en: '"Not opened to the public by the directory": this kind may exist, and is not shown here.',
      },
      {
        zh: '失信等级按作出决定时有效的标准划分；来源没有报送划分所需内容的，写“未确定”。',
        en: 'Classes follow the standard in force; where the source did not deliver what decides, the class reads "not determined".',
      },
    ],
  },
  {
    id: 'wrong',
    title: { zh: '发现错误怎么办', en: 'If something is wrong' },
    text: [
      {
        zh: '记录页写明了作出决定的单位和报送数据的来源单位。内容有误的，请向它们提出更正；决定本身有异议的，按行政复议、行政诉讼的规定办理。',
        en: 'The page of a record names the deciding authority and the source. Ask them to correct what is wrong; against the decision itself there are reconsideration and litigation.',
      },
      {
        zh: '期限算错的，请把记录页上的“计算用到的日期和数据”一并告诉运行单位：那里写明了每个日期从哪里读到。',
        en: 'If the term was worked out wrongly, tell the operator what stands under "What the sum was made from": it says where each date was read.',
      },
      {
        zh: '本版本还不能在网上提出异议和修复申请。',
        en: 'Objections and repair can not be lodged online in this version yet.',
      },
    ],
  },
  {
    id: 'repair',
    title: { zh: '信用修复找谁办', en: 'Where repair is asked for' },
    text: [
      {
        zh: '记录页写明了最早哪天可以申请修复（规则有规定的）。由全国统一规定修复的记录，在“信用中国”网站或者市场监督管理部门的系统申请；由谁作出的决定，由谁认定。',
        en: 'The page of a record names the earliest day repair may be asked for, where the rule sets one. For records repaired under national rules, apply at Credit China or with market regulation; the deciding authority decides.',
      },
      {
        zh: '修复不收费。修复以后，记录当天从本平台的页面、统计和订阅中消失。',
        en: 'Repair costs nothing. Once granted, the record leaves the pages, figures and feeds here the same day.',
      },
    ],
  },
  {
    id: 'firm-person',
    title: { zh: '处罚的是组织，不是人', en: 'A penalty is on the organisation, not on a person' },
    text: [
      {
        zh: '记录旁边没有法定代表人、经办人的姓名。一家组织的记录，不是它的负责人、员工、股东的记录，也不是它的分支机构或者关联企业的记录。',
        en: 'No representative or handler is named beside a record. The record of an organisation is not one of its head, staff or owners, nor of its branches or affiliates.',
      },
    ],
  },
  {
    id: 'type',
    title: { zh: '大字版和英文', en: 'Large type and English' },
    text: [
      {
        zh: '页面右上方可以切换大字版和英文。大字版用一个只写着字号的Cookie记住，不记录别的。网站不使用脚本，不访问其他网站。',
        en: 'Large type and the other language are at the top of each page. Large type is remembered in a cookie that holds nothing else. There are no scripts, and no other site is contacted.',
      },
    ],
  },
];

/** Draws the help page. */
export function helpPage(r: Reader): Page {
  return {
    title: r.say({ zh: '帮助', en: 'Help' }),
    menu: 'help',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '帮助', en: 'Help' })}</h1>
        {helpParts.map(({ id, title, text }) => (
          <section key={id} aria-labelledby={id} className="measure">
            <h2 id={id}>{r.say(title)}</h2>
            {text.map((words) => (
              <p key={words.en}>{r.say(words)}</p>
            ))}
          </section>
        ))}
        <section aria-labelledby="data" className="measure">
          <h2 id="data">{r.say({ zh: '数据接口', en: 'Data interface' })}</h2>
          <p>
            {r.say({
              zh: '程序可以读到与页面相同的内容，不用登录：',
              en: 'Programs can read what the pages show, without login: ',
            })}
            <a href={`${publicPrefix}/openapi.json`}>
              {r.say({
                zh: '公共接口说明（OpenAPI 3.1）',
                en: 'description of the public API (OpenAPI 3.1)',
              })}
            </a>
            {r.say({ zh: '。', en: '.' })}{' '}
            <a href={r.to('/feeds')}>{r.say({ zh: '订阅更新', en: 'Feeds' })}</a>
            {r.say({ zh: '、', en: ', ' })}
            <a href={r.to('/statistics')}>
              {r.say({ zh: '统计和CSV文件', en: 'statistics with CSV files' })}
            </a>
            {r.say({ zh: '。', en: '.' })}
          </p>
        </section>
        <Notice>
          <p>
            {r.say({
              zh: '信衡是开放源代码软件（Apache-2.0）。',
              en: 'Xinheng is open source (Apache-2.0).',
            })}
          </p>
        </Notice>
      </div>
    ),
  };
}
