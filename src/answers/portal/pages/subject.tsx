/** The public file of a subject: who it is, then its sections in the order of the ordinary report. */
import type { ReactElement } from 'react';
import { Crumbs, Facts, Notice, Pager, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { RecordPage, Section, SubjectPage } from '../contract.ts';
import { Provision } from './cite.tsx';
import type { Page } from './frame.tsx';
import { ClassTag, RecordTitle, SourcesOf, untilWords } from './record-parts.tsx';
import { RelationLine } from './relations.tsx';
import { SectionItems, sectionState } from './section-state.tsx';
import { Timeline } from './timeline.tsx';
import { timelineOf } from './timeline-events.ts';
import { registeredWords } from './words.ts';

/** What the page is drawn from: the file, its address, and which part of it is asked for. */
export type SubjectView = {
  readonly view: SubjectPage;
  readonly path: string;
  readonly section: string | null;
  readonly page: number;
  readonly recordsMax: number;
};

function RecordCard({ r, record, path, heading: Heading }: CardParts): ReactElement {
  const who = [record.documentNumber, record.authority].filter((text) => text !== null);
  return (
    <article className="record">
      <Heading>
        <a href={r.to(`${path}/records/${record.recordId}`)}>
          <RecordTitle r={r} record={record} short={Heading === 'h4'} />
        </a>{' '}
        <ClassTag r={r} record={record} />
      </Heading>
      <p>
        <Zh r={r}>{who.join(' · ')}</Zh>
        {record.decidedOn === null
          ? null
          : r.say({ zh: ` · ${record.decidedOn}决定`, en: ` · decided on ${record.decidedOn}` })}
      </p>
      <p className="quiet">
        {r.say({ zh: '来源：', en: 'Source: ' })}
        <SourcesOf r={r} record={record} />
      </p>
      <div className="until">
        <strong>{untilWords(r, record)}</strong>
        <p>
          {r.say({ zh: '为什么：', en: 'Why: ' })}
          {r.say(record.why)}
          {record.provision === null ? null : (
            <>
              {r.say({ zh: '依据', en: ' Basis: ' })}
              <Provision r={r} provision={record.provision} />
              {r.say({ zh: '。', en: '.' })}
            </>
          )}
        </p>
      </div>
    </article>
  );
}

type CardParts = {
  readonly r: Reader;
  readonly record: RecordPage;
  readonly path: string;
  readonly heading: 'h3' | 'h4';
};

function Registered({ r, view }: { r: Reader; view: SubjectPage }): ReactElement {
  const missing = (key: string) =>
    key === 'representative'
      ? r.say({
          zh: '本平台不展示，请到登记机关的公示系统查询',
          en: 'not shown here; see the public register of the registration authority',
        })
      : r.say({ zh: '没有收录', en: 'not recorded here' });
  return (
    <Facts
      facts={view.registered.map(({ key, value }) => [
        r.say(registeredWords[key] ?? { zh: key, en: key }),
        value === null ? (
          <span className="quiet">{missing(key)}</span>
        ) : key === 'uscc' ? (
          <span className="code">{value}</span>
        ) : (
          <Zh r={r}>{value}</Zh>
        ),
      ])}
    />
  );
}

/** Most relations told at the head of a file; the others are on a page of their own. */
const relationsMax = 5;

/** Most events of the timeline on the page of a file. */
const eventsMax = 12;

function Names({
  r,
  view,
  path,
}: {
  r: Reader;
  view: SubjectPage;
  path: string;
}): ReactElement | null {
  if (view.formerNames.length === 0 && view.relations.length === 0) return null;
  return (
    <>
      {view.formerNames.map(({ name, to }) => (
        <p key={name}>
          {r.say({ zh: '曾用名：', en: 'Former name: ' })}
          <Zh r={r}>{name}</Zh>
          {to === null ? null : r.say({ zh: `（至${to}）`, en: ` (until ${to})` })}
        </p>
      ))}
      {view.relations.slice(0, relationsMax).map((relation, index) => (
        <p key={index}>
          <RelationLine r={r} relation={relation} />
        </p>
      ))}
      {view.relations.length <= relationsMax ? null : (
        <p>
          <a href={r.to(`${path}/relations`)}>
            {r.say({
              zh: `查看全部${view.relations.length}项关系`,
              en: `See all ${view.relations.length} relations`,
            })}
          </a>
        </p>
      )}
    </>
  );
}

/** Most records on the page of a whole file, so that it stays light for a file of any size. */
const cardsMax = 36;

/** Most records of one item on that page, the newest; the rest is a link away. */
function cardsPerItem({ sections }: SubjectPage): number {
  const shown = sections.flatMap(({ items }) => items).filter((item) => item.shown > 0).length;
  return Math.max(1, Math.min(5, Math.floor(cardsMax / Math.max(1, shown))));
}

/** Records of a whole file stand under their items, so that a few of one kind never hide another. */
function ByItem({ r, section, given }: SectionParts): ReactElement {
  const { path } = given;
  const perItem = cardsPerItem(given.view);
  const groups = section.items
    .filter(({ item, shown }) => shown > 0 && !isRegistration(section, item))
    .map((item) => ({
      item,
      records: section.records.filter((record) => record.item === item.item).slice(0, perItem),
    }));
  return (
    <>
      {groups.map(({ item, records }) => (
        <div key={item.item}>
          <h3>
            {r.say(item.name)}
            <span className="quiet">
              {r.say({ zh: ` ${item.shown}条`, en: ` (${item.shown})` })}
            </span>
          </h3>
          {records.map((record) => (
            <RecordCard key={record.recordId} r={r} record={record} path={path} heading="h4" />
          ))}
          {records.length === item.shown ? null : (
            <p className="rest">
              <a href={r.to(`${path}?section=${section.key}`)}>
                {r.say({
                  zh: `查看${item.name.zh}的全部${item.shown}条`,
                  en: `See all ${item.shown}: ${item.name.en}`,
                })}
              </a>
            </p>
          )}
        </div>
      ))}
    </>
  );
}

/** The base library is told as facts, not as a record. */
function isRegistration(section: Section, item: string): boolean {
  return section.key === 'registration' && !section.records.some((record) => record.item === item);
}

function OnePage({ r, section, given }: SectionParts): ReactElement {
  const { path, page, recordsMax } = given;
  const of = `${path}?section=${section.key}`;
  return (
    <>
      {section.records.map((record) => (
        <RecordCard key={record.recordId} r={r} record={record} path={path} heading="h3" />
      ))}
      {section.records.length === 0 && section.shown > 0 ? (
        <p>{r.say({ zh: '这一页没有记录。', en: 'There is nothing on this page.' })}</p>
      ) : null}
      <Pager
        r={r}
        before={page > 1 ? `${of}${page > 2 ? `&page=${page - 1}` : ''}` : null}
        after={page * recordsMax < section.shown ? `${of}&page=${page + 1}` : null}
      />
    </>
  );
}

function SectionPart({ r, section, given }: SectionParts): ReactElement {
  return (
    <section aria-labelledby={section.key}>
      <h2 id={section.key}>
        {section.no}
        {r.say({ zh: '　', en: '. ' })}
        {r.say(section.title)}
      </h2>
      {section.key === 'registration' ? <Registered r={r} view={given.view} /> : null}
      {given.section === null ? (
        <ByItem r={r} section={section} given={given} />
      ) : (
        <OnePage r={r} section={section} given={given} />
      )}
      <SectionItems r={r} section={section} />
    </section>
  );
}

type SectionParts = {
  readonly r: Reader;
  readonly section: Section;
  readonly given: SubjectView;
};

function Contents({ r, view }: { r: Reader; view: SubjectPage }): ReactElement {
  return (
    <nav aria-label={r.say({ zh: '本页各部分', en: 'Parts of this page' })}>
      <ul className="contents">
        {view.sections.map((section) => (
          <li key={section.key}>
            <a href={`#${section.key}`}>{r.say(section.title)}</a>
            <span className={section.shown > 0 ? undefined : 'quiet'}>
              {sectionState(r, section)}
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SubjectHead({
  r,
  view,
  path,
}: {
  r: Reader;
  view: SubjectPage;
  path: string;
}): ReactElement {
  return (
    <>
      <h1 lang={r.lang === 'zh' ? undefined : 'zh-CN'} itemProp="legalName">
        {view.name}
      </h1>
      <p>
        {view.uscc === null ? (
          r.say({ zh: '没有统一社会信用代码', en: 'no unified code' })
        ) : (
          <span className="code" itemProp="identifier">
            {view.uscc}
          </span>
        )}{' '}
        <Tag tone={view.endedOn === null ? 'plain' : 'mute'}>
          <Zh r={r}>{view.status}</Zh>
        </Tag>{' '}
        {view.kind === 'individual-business' ? (
          <Tag tone="mute">{r.say({ zh: '个体工商户', en: 'individual business' })}</Tag>
        ) : null}
      </p>
      {view.endedOn === null ? null : (
        <Notice
          title={r.say({
            zh: `该主体已于${view.endedOn}终止`,
            en: `This subject ended on ${view.endedOn}`,
          })}
        />
      )}
      <Names r={r} view={view} path={path} />
    </>
  );
}

/** For search engines, as attributes of what the page says anyway: an individual business is a person's. */
function organisation({ kind }: SubjectPage) {
  return kind === 'organisation'
    ? { itemScope: true, itemType: 'https://schema.org/Organization' }
    : {};
}

function shownWords(view: SubjectPage) {
  const count = view.sections.reduce((sum, section) => sum + section.shown, 0);
  return count === 0
    ? {
        zh: `${view.asOf}没有公示中的记录。这不等于没有发生过：有的来源没有报送，有的信息依规定不公示或者公示期已满。`,
        en: `On ${view.asOf} no record is shown. That is no proof that nothing happened: sources may not deliver, and information may be closed to the public by rule or past its time.`,
      }
    : {
        zh: `${view.asOf}公示中的记录共${count}条。每条都写明依据和公示到哪一天；没有列出的，不等于没有发生过。`,
        en: `On ${view.asOf} ${count === 1 ? 'one record is' : `${count} records are`} shown, each with its basis and last day. What is not listed is not proof that nothing happened.`,
      };
}

/** Draws the file of a subject, or one of its sections. */
export function subjectPage(r: Reader, given: SubjectView): Page {
  const { view, path } = given;
  const alone = given.section !== null;
  const sections = alone ? view.sections.filter(({ key }) => key === given.section) : view.sections;
  return {
    title: alone ? `${view.name} - ${r.say(sections[0]!.title)}` : view.name,
    menu: 'search',
    robots: 'noarchive',
    description: r.say({
      zh: `${view.name}今天公示中的公共信用信息，每条写明依据和公示到哪一天。`,
      en: `What is public today about ${view.name}, each record with its basis and last day.`,
    }),
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '查询', en: 'Look up' }), '/'],
            ...(alone ? ([[view.name, path]] as const) : []),
          ]}
        />
        <div {...organisation(view)}>
          <SubjectHead r={r} view={view} path={path} />
        </div>
        {alone ? null : (
          <>
            <p className="measure">{r.say(shownWords(view))}</p>
            <Contents r={r} view={view} />
            <Timeline r={r} events={timelineOf(view)} path={path} most={eventsMax} />
          </>
        )}
        {sections.map((section) => (
          <SectionPart key={section.key} r={r} section={section} given={given} />
        ))}
      </div>
    ),
  };
}
