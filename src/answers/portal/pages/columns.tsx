/** Columns of double publicity: permits, penalties, other acts, the newest first, with filters. */
import type { ReactElement } from 'react';
import { Crumbs, Notice, Pager, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { ColumnPage } from '../columns/contract.ts';
import { type ColumnName, type FilterName, filterNames } from '../columns/domain-columns.ts';
import type { Page } from './frame.tsx';
import { ClassTag, RecordTitle, untilWords } from './record-parts.tsx';

type Entry = ColumnPage['entries'][number];
type Chosen = ColumnPage['chosen'];
type Choice = { readonly value: string; readonly name: Words };

/** What each column is called, and where it is. */
export const columnWords: Readonly<
  Record<ColumnName, { readonly path: string; readonly title: Words; readonly lead: Words }>
> = {
  permit: {
    path: '/publicity/permits',
    title: { zh: '行政许可公示', en: 'Permits' },
    lead: {
      zh: '行政机关对组织作出的、今天公示中的行政许可，新作出的在前。',
      en: 'Permits given to organisations that are shown today, the newest decision first.',
    },
  },
  penalty: {
    path: '/publicity/penalties',
    title: { zh: '行政处罚公示', en: 'Penalties' },
    lead: {
      zh: '行政机关对组织作出的、今天公示中的行政处罚，新作出的在前。公示期满、修复或者撤销的不在内。',
      en: 'Penalties on organisations that are shown today, the newest decision first. What ended, was repaired or annulled is not here.',
    },
  },
  act: {
    path: '/publicity/acts',
    title: { zh: '其他行政行为公示', en: 'Other administrative acts' },
    lead: {
      zh: '行政强制、确认、征收、给付、裁决、补偿、奖励和监督检查，今天公示中的，新作出的在前。',
      en: 'Compulsion, confirmation, levies, payments, adjudication, compensation, rewards and inspections shown today, the newest first.',
    },
  },
};

const filterWords: Readonly<Record<FilterName, { readonly label: Words; readonly all: Words }>> = {
  region: {
    label: { zh: '登记地区', en: 'Place of registration' },
    all: { zh: '全部地区', en: 'All places' },
  },
  authority: {
    label: { zh: '作出决定的单位', en: 'Deciding authority' },
    all: { zh: '全部单位', en: 'All authorities' },
  },
  section: { label: { zh: '行业', en: 'Industry' }, all: { zh: '全部行业', en: 'All industries' } },
  kind: { label: { zh: '种类', en: 'Kind' }, all: { zh: '全部种类', en: 'All kinds' } },
};

/** Address of a page of a column. */
export function columnPath(
  column: ColumnName,
  chosen: Chosen,
  at: { readonly older?: string; readonly newer?: string } = {},
): string {
  const query = new URLSearchParams();
  for (const { filter, value } of chosen) query.set(filter, value);
  if (at.older !== undefined) query.set('older', at.older);
  if (at.newer !== undefined) query.set('newer', at.newer);
  const text = query.toString();
  return `${columnWords[column].path}${text === '' ? '' : `?${text}`}`;
}

function Entries({ r, entries }: { r: Reader; entries: readonly Entry[] }): ReactElement {
  return (
    <ul className="news">
      {entries.map(({ subject, record }) => {
        const base = `/subjects/${subject.uscc ?? `id/${subject.subjectId}`}`;
        return (
          <li key={record.recordId}>
            <a href={r.to(`${base}/records/${record.recordId}`)}>
              <RecordTitle r={r} record={record} short={record.kinds !== null} />
            </a>{' '}
            <ClassTag r={r} record={record} />
            <p>
              <a href={r.to(base)}>
                <Zh r={r}>{subject.name}</Zh>
              </a>
            </p>
            <p className="small quiet">
              {record.decidedOn === null
                ? r.say({ zh: `${record.receivedOn}收到`, en: `received ${record.receivedOn}` })
                : r.say({ zh: `${record.decidedOn}作出`, en: `decided ${record.decidedOn}` })}
              {record.authority === null ? null : (
                <>
                  {' · '}
                  <Zh r={r}>{record.authority}</Zh>
                </>
              )}
              {record.documentNumber === null ? null : (
                <>
                  {' · '}
                  <Zh r={r}>{record.documentNumber}</Zh>
                </>
              )}
              {' · '}
              {untilWords(r, record)}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** A form of plain selects: it works without a script, and its answer has an address of its own. */
function Filters({ r, page, choices }: ColumnParts & { r: Reader }): ReactElement | null {
  const valueOf = (filter: FilterName) =>
    page.chosen.find((one) => one.filter === filter)?.value ?? '';
  // A filter with nothing to choose from is none.
  const offered = filterNames.filter(
    (filter) => withChosen(choices[filter], page.chosen, filter).length > 0,
  );
  if (offered.length === 0) return null;
  return (
    <form className="filters" action={r.to(columnWords[page.column].path)} method="get">
      {offered.map((filter) => (
        <p key={filter}>
          <label htmlFor={`filter-${filter}`}>{r.say(filterWords[filter].label)}</label>
          <select id={`filter-${filter}`} name={filter} defaultValue={valueOf(filter)}>
            <option value="">{r.say(filterWords[filter].all)}</option>
            {withChosen(choices[filter], page.chosen, filter).map(({ value, name }) => (
              <option key={value} value={value} lang={name.en === name.zh ? 'zh-CN' : undefined}>
                {r.say(name)}
              </option>
            ))}
          </select>
        </p>
      ))}
      <p>
        <button type="submit">{r.say({ zh: '筛选', en: 'Filter' })}</button>
      </p>
    </form>
  );
}

/** A value that came by its address and is not among the most frequent can still be chosen. */
function withChosen(choices: readonly Choice[], chosen: Chosen, filter: FilterName): Choice[] {
  const own = chosen.find((one) => one.filter === filter);
  const known = own === undefined || choices.some(({ value }) => value === own.value);
  return known ? [...choices] : [...choices, own];
}

function ChosenFilters({ r, page }: { r: Reader; page: ColumnPage }): ReactElement | null {
  if (page.chosen.length === 0) return null;
  return (
    <ul className="ways" aria-label={r.say({ zh: '已选条件', en: 'Chosen filters' })}>
      {page.chosen.map((one) => (
        <li key={one.filter}>
          {r.say(filterWords[one.filter].label)}
          {r.say({ zh: '：', en: ': ' })}
          <Zh r={r}>{r.say(one.name)}</Zh>{' '}
          <a
            href={r.to(
              columnPath(
                page.column,
                page.chosen.filter(({ filter }) => filter !== one.filter),
              ),
            )}
          >
            {r.say({
              zh: `去掉${filterWords[one.filter].label.zh}条件`,
              en: `remove: ${filterWords[one.filter].label.en.toLowerCase()}`,
            })}
          </a>
        </li>
      ))}
    </ul>
  );
}

type ColumnParts = {
  readonly page: ColumnPage;
  readonly choices: Readonly<Record<FilterName, readonly Choice[]>>;
};

function Nothing({ r, page }: { r: Reader; page: ColumnPage }): ReactElement {
  if (page.madeAt === null) {
    return (
      <Notice title={r.say({ zh: '名录还在整理', en: 'The list is being gathered' })}>
        <p>{r.say({ zh: '请稍后再来。', en: 'Please come back shortly.' })}</p>
      </Notice>
    );
  }
  return (
    <p>
      {page.searchedTo === null
        ? r.say({
            zh: '没有符合条件、今天公示中的记录。没有不等于没有作出过：来源可能迟报，公示期可能已满。',
            en: 'No record that fits is shown today. That does not mean none was ever made: a source may be late, a term may have ended.',
          })
        : r.say({ zh: '到这里还没有符合条件的记录。', en: 'Nothing fits up to here.' })}
    </p>
  );
}

/** Draws one page of a column. */
export function columnPage(r: Reader, parts: ColumnParts): Page {
  const { page } = parts;
  const { title, lead } = columnWords[page.column];
  const to = (at: { older?: string; newer?: string }) => columnPath(page.column, page.chosen, at);
  const named = page.chosen.map(({ name }) => r.say(name)).join(' ');
  return {
    title: named === '' ? r.say(title) : `${r.say(title)} - ${named}`,
    menu: 'publicity',
    robots: 'noarchive',
    description: r.say(lead),
    body: (
      <div className="wide">
        <Crumbs r={r} trail={[[r.say({ zh: '双公示', en: 'Publicity' }), '/publicity']]} />
        <h1>{r.say(title)}</h1>
        <p className="lead">{r.say(lead)}</p>
        <Filters r={r} {...parts} />
        <ChosenFilters r={r} page={page} />
        {page.entries.length === 0 ? (
          <Nothing r={r} page={page} />
        ) : (
          <Entries r={r} entries={page.entries} />
        )}
        {page.searchedTo === null ? null : (
          <p className="quiet">
            {r.say({
              zh: `已经查到${page.searchedTo}作出的决定，可以从“下一页”接着查。`,
              en: `Searched down to decisions of ${page.searchedTo}; go on with the next page.`,
            })}
          </p>
        )}
        <Pager
          r={r}
          before={page.newer === null ? null : to({ newer: page.newer })}
          after={page.older === null ? null : to({ older: page.older })}
        />
        <HowToRead r={r} />
      </div>
    ),
  };
}

function HowToRead({ r }: { r: Reader }): ReactElement {
  const lines: Words[] = [
    {
      zh: '只列组织。个体工商户可以按名称或者代码查询，不在这里排列。',
      en: 'Organisations only. Individual businesses can be looked up, but are not listed here.',
    },
    {
      zh: '每一条显示之前都重新核对：今天不该公示的不会出现。新收到的记录随下一次整理列入。',
      en: 'Every line is asked for again before it is told: what may not be shown today is not here. What came in since joins at the next gathering.',
    },
    {
      zh: '地区是组织的登记地，不一定是作出决定的地方。',
      en: 'The place is where the organisation is registered, not always where the decision was made.',
    },
  ];
  return (
    <section className="measure">
      <h2>{r.say({ zh: '怎样看这个专栏', en: 'How to read this column' })}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line.zh}>{r.say(line)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Draws the page that leads to the columns, with the newest lines of each. */
export function columnsPage(r: Reader, pages: readonly ColumnPage[]): Page {
  const title = r.say({
    zh: '行政许可和行政处罚等信息公示',
    en: 'Publicity of permits, penalties and other acts',
  });
  return {
    title,
    menu: 'publicity',
    robots: 'noarchive',
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '行政机关应当在规定时限内公示行政许可和行政处罚（双公示）；其他八类行政行为一并列出。',
            en: 'Authorities have to make permits and penalties public within the time the law sets; eight other kinds of acts are listed with them.',
          })}
        </p>
        {pages.map((page) => (
          <section key={page.column} aria-labelledby={page.column}>
            <h2 id={page.column}>
              <a href={r.to(columnWords[page.column].path)}>
                {r.say(columnWords[page.column].title)}
              </a>
            </h2>
            {page.entries.length === 0 ? (
              <Nothing r={r} page={page} />
            ) : (
              <Entries r={r} entries={page.entries} />
            )}
          </section>
        ))}
      </div>
    ),
  };
}
