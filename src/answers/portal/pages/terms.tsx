/** How long records are shown, shared, used and reported, rule by rule; and what was not read in full. */
import type { ReactElement } from 'react';
import { Crumbs, Notice, Table, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { TermPage, TermRow, UnconfirmedEdition } from '../law/contract.ts';
import { Provisions } from './cite.tsx';
import type { Page } from './frame.tsx';
import { LawWays, readWords, validWords } from './law.tsx';
import { channelWords, classWords } from './words.ts';

const kinds: readonly (readonly [TermPage['kind'], Words])[] = [
  ['regime', { zh: '公示、共享、使用和报告的期限', en: 'How long each channel stays open' }],
  ['classes', { zh: '失信等级的划分', en: 'How classes are told' }],
  ['local-bound', { zh: '地方性法规的最长期限', en: 'Longest terms of local regulations' }],
  ['transition', { zh: '新旧规定的衔接', en: 'Between old rules and new' }],
];

const states: Readonly<Record<TermPage['state'], Words>> = {
  'in-force': { zh: '现行', en: 'in force' },
  'not-yet': { zh: '尚未施行', en: 'not yet in force' },
  ended: { zh: '已失效', en: 'ended' },
};

/** Name of a term's page: `regime/penalty` → `regime-penalty`. */
export function nameOfTerm({ id }: Pick<TermPage, 'id'>): string {
  return id.replaceAll('/', '-');
}

function Rows({ r, term }: { r: Reader; term: TermPage }): ReactElement {
  const byChannel = term.kind === 'regime';
  const channel = {
    title: r.say({ zh: '渠道', en: 'Channel' }),
    lead: true,
    cell: (row: TermRow) =>
      row.channel === null ? null : r.say(channelWords[row.channel] ?? sameWords(row.channel)),
  };
  const grade = {
    title: r.say({ zh: '等级', en: 'Class' }),
    lead: !byChannel,
    cell: (row: TermRow) => r.say(classWords[row.class] ?? sameWords(row.class)),
  };
  return (
    <Table
      caption={r.say({ zh: `${term.title.zh}：逐条`, en: `${term.title.en}: row by row` })}
      columns={[
        ...(byChannel ? [channel] : []),
        grade,
        { title: r.say({ zh: '规则', en: 'Rule' }), cell: (row) => <RuleCell r={r} row={row} /> },
        {
          title: r.say({ zh: '依据', en: 'Basis' }),
          cell: (row) => <Provisions r={r} provisions={row.basis} />,
        },
      ]}
      rows={term.rows}
      keyOf={(row) => String(term.rows.indexOf(row))}
    />
  );
}

function sameWords(text: string): Words {
  return { zh: text, en: text };
}

function RuleCell({ r, row }: { r: Reader; row: TermRow }): ReactElement {
  return (
    <>
      {r.say(row.text)}
      {row.confidence === 'confirmed' ? null : (
        <span className="quiet">
          {r.say({ zh: '（未读原文）', en: ' (text not read in full)' })}
        </span>
      )}
      {row.note === null ? null : (
        <span className="quiet small">
          {' '}
          <Zh r={r}>{row.note}</Zh>
        </span>
      )}
    </>
  );
}

function TermEdition({ r, term }: { r: Reader; term: TermPage }): ReactElement {
  return (
    <section>
      <h2>
        {r.say({ zh: `版本 ${term.edition}`, en: `Edition ${term.edition}` })}{' '}
        <Tag tone={term.state === 'in-force' ? 'good' : 'mute'}>{r.say(states[term.state])}</Tag>
      </h2>
      <p className="quiet">
        {validWords(r, term)}
        {r.say({ zh: '；', en: '; ' })}
        {readWords(r, term)}
      </p>
      {term.note === null ? null : (
        <p className="measure">
          <Zh r={r}>{term.note}</Zh>
        </p>
      )}
      <Rows r={r} term={term} />
    </section>
  );
}

/** Draws one rule with all its editions, those in force first. */
export function termPage(r: Reader, editions: readonly TermPage[]): Page {
  const title = r.say(editions[0]!.title);
  return {
    title,
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <Crumbs
          r={r}
          trail={[
            [r.say({ zh: '法律依据', en: 'Law' }), '/law'],
            [r.say({ zh: '期限和等级', en: 'Terms and classes' }), '/law/terms'],
          ]}
        />
        <h1>{title}</h1>
        {editions.map((term) => (
          <TermEdition key={term.edition} r={r} term={term} />
        ))}
      </div>
    ),
  };
}

function Listed({
  r,
  title,
  own,
}: {
  r: Reader;
  title: Words;
  own: readonly TermPage[];
}): ReactElement {
  return (
    <Table
      caption={r.say(title)}
      columns={[
        {
          title: r.say({ zh: '规则', en: 'Rule' }),
          lead: true,
          cell: (row) => <a href={r.to(`/law/terms/${nameOfTerm(row)}`)}>{r.say(row.title)}</a>,
        },
        { title: r.say({ zh: '施行', en: 'In force' }), cell: (row) => validWords(r, row) },
        {
          title: r.say({ zh: '今天', en: 'Today' }),
          cell: (row) => (
            <Tag tone={row.state === 'in-force' ? 'good' : 'mute'}>{r.say(states[row.state])}</Tag>
          ),
        },
        { title: r.say({ zh: '核实', en: 'Read' }), cell: (row) => readWords(r, row) },
      ]}
      rows={own}
      keyOf={(row) => `${row.id}@${row.edition}`}
    />
  );
}

/** Draws all terms that reach this place. */
export function termsPage(r: Reader, terms: readonly TermPage[]): Page {
  return {
    title: r.say({ zh: '期限和等级', en: 'Terms and classes' }),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '期限和等级', en: 'Terms and classes' })}</h1>
        <p className="lead">
          {r.say({
            zh: '一条记录公示多久，由它的等级、日期和当天有效的规则算出，不由人决定。当日不计入，到期日的次日起不再公示，遇节假日不顺延。',
            en: 'How long a record is shown follows from its class, its dates and the rule in force that day. The first day is not counted; from the day after the last it is gone; holidays do not lengthen it.',
          })}
        </p>
        <LawWays r={r} here="/law/terms" />
        {kinds.map(([kind, words]) => {
          const own = terms.filter((term) => term.kind === kind);
          return own.length === 0 ? null : <Listed key={kind} r={r} title={words} own={own} />;
        })}
      </div>
    ),
  };
}

/** Draws what rests on no text anybody has read in full. */
export function unconfirmedPage(r: Reader, editions: readonly UnconfirmedEdition[]): Page {
  return {
    title: r.say({ zh: '未读原文的规则', en: 'Rules not read in full' }),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '未读原文的规则', en: 'Rules not read in full' })}</h1>
        <LawWays r={r} here="/law/unconfirmed" />
        <Notice>
          <p>
            {r.say({
              zh: '下面的规则，编写时没有读到公开发布的全文。未经运行单位两人确认的，不支持任何归集和公示。',
              en: 'The full public text of these was not read when they were written. Unless two officers of the operator confirm one, it supports neither collection nor display.',
            })}
          </p>
        </Notice>
        <Table
          caption={r.say({ zh: `共${editions.length}个版本`, en: `${editions.length} editions` })}
          columns={[
            {
              title: r.say({ zh: '规则', en: 'Rule' }),
              lead: true,
              cell: (row) => r.say(row.title),
            },
            { title: r.say({ zh: '自', en: 'From' }), cell: (row) => row.validFrom },
            {
              title: r.say({ zh: '确认', en: 'Confirmed' }),
              cell: ({ confirmed }) =>
                confirmed === null
                  ? r.say({ zh: '没有确认', en: 'not confirmed' })
                  : r.say({
                      zh: `${confirmed.on}经两人确认`,
                      en: `by two officers on ${confirmed.on}`,
                    }),
            },
            {
              title: r.say({ zh: '说明', en: 'Note' }),
              cell: ({ note }) => (note === null ? null : <Zh r={r}>{note}</Zh>),
            },
          ]}
          rows={editions}
          keyOf={(row) => row.key}
        />
      </div>
    ),
  };
}
