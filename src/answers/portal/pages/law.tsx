/** The law: every instrument the platform cites, and one of them with its articles. */
import type { ReactElement } from 'react';
import { Crumbs, Facts, Notice, Table, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Instrument, InstrumentDetail } from '../law/contract.ts';
import type { Page } from './frame.tsx';
import { levelWords, standingWords } from './words.ts';

type Read = Pick<Instrument, 'confidence' | 'confirmed'>;

/** Whether the text was read, and who stands for it where it was not. */
export function readWords(r: Reader, { confidence, confirmed }: Read): string {
  if (confidence === 'confirmed') return r.say({ zh: '已读原文', en: 'text read' });
  return confirmed === null
    ? r.say({ zh: '未读原文', en: 'text not read in full' })
    : r.say({
        zh: `未读原文，${confirmed.on}经两人确认`,
        en: `text not read in full; confirmed by two officers on ${confirmed.on}`,
      });
}

/** Whether an instrument or article counts today, as a tag. */
export function Standing({ r, state }: { r: Reader; state: string }): ReactElement {
  const tone = state === 'in-force' ? 'good' : state === 'unconfirmed' ? 'care' : 'mute';
  return <Tag tone={tone}>{r.say(standingWords[state] ?? { zh: state, en: state })}</Tag>;
}

/** From when until when something is in force. */
export function validWords(
  r: Reader,
  { validFrom, validTo }: { readonly validFrom: string; readonly validTo: string | null },
): string {
  return validTo === null
    ? r.say({ zh: `自${validFrom}`, en: `from ${validFrom}` })
    : r.say({ zh: `${validFrom}至${validTo}`, en: `${validFrom} through ${validTo}` });
}

/** Pages of the law, for the head of each. */
export function LawWays({ r, here }: { r: Reader; here: string }): ReactElement {
  const ways = [
    ['/law', { zh: '法律文件', en: 'Instruments' }],
    ['/law/terms', { zh: '期限和等级', en: 'Terms and classes' }],
    ['/law/changes', { zh: '什么时候变过', en: 'What changed when' }],
    ['/law/items', { zh: '目录事项', en: 'Directory items' }],
    ['/law/standards', { zh: '数据标准', en: 'Data standards' }],
    ['/law/unconfirmed', { zh: '未读原文的', en: 'Not read in full' }],
  ] as const;
  return (
    <nav aria-label={r.say({ zh: '法律依据各页', en: 'Pages of the law' })}>
      <ul className="ways">
        {ways.map(([path, words]) => (
          <li key={path}>
            {path === here ? (
              <strong aria-current="page">{r.say(words)}</strong>
            ) : (
              <a href={r.to(path)}>{r.say(words)}</a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Level({
  r,
  level,
  list,
}: {
  r: Reader;
  level: string;
  list: readonly Instrument[];
}): ReactElement {
  return (
    <section>
      <Table
        caption={r.say(levelWords[level] ?? { zh: level, en: level })}
        columns={[
          {
            title: r.say({ zh: '名称', en: 'Title' }),
            lead: true,
            cell: (row) => <a href={r.to(`/law/${row.id}`)}>{r.say(row.title)}</a>,
          },
          {
            title: r.say({ zh: '文号', en: 'Number' }),
            cell: (row) => (row.number === null ? null : <Zh r={r}>{row.number}</Zh>),
          },
          { title: r.say({ zh: '施行', en: 'In force' }), cell: (row) => validWords(r, row) },
          {
            title: r.say({ zh: '今天', en: 'Today' }),
            cell: (row) => <Standing r={r} state={row.state} />,
          },
          { title: r.say({ zh: '核实', en: 'Read' }), cell: (row) => readWords(r, row) },
        ]}
        rows={list}
        keyOf={(row) => row.id}
      />
    </section>
  );
}

/** Draws the list of instruments, the highest rank first. */
export function lawPage(r: Reader, instruments: readonly Instrument[]): Page {
  const levels = [...new Set(instruments.map(({ level }) => level))];
  return {
    title: r.say({ zh: '法律依据', en: 'Law' }),
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '法律依据', en: 'The law behind it' })}</h1>
        <p className="lead">
          {r.say({
            zh: '没有有效的法律依据，就不归集、不公示。依据失效，靠它公示的信息当天停止公示。',
            en: 'No basis in force, no collection and no display. When a basis ends, what rests on it is gone the same day.',
          })}
        </p>
        <LawWays r={r} here="/law" />
        {levels.map((level) => (
          <Level
            key={level}
            r={r}
            level={level}
            list={instruments.filter((item) => item.level === level)}
          />
        ))}
      </div>
    ),
  };
}

function InstrumentFacts({ r, instrument }: { r: Reader; instrument: Instrument }): ReactElement {
  return (
    <Facts
      facts={[
        [
          r.say({ zh: '层级', en: 'Level' }),
          r.say(levelWords[instrument.level] ?? { zh: instrument.level, en: instrument.level }),
        ],
        [
          r.say({ zh: '文号', en: 'Number' }),
          instrument.number === null ? null : <Zh r={r}>{instrument.number}</Zh>,
        ],
        [
          r.say({ zh: '制定机关', en: 'Made by' }),
          <Zh key="a" r={r}>
            {instrument.authority}
          </Zh>,
        ],
        [r.say({ zh: '施行', en: 'In force' }), validWords(r, instrument)],
        [r.say({ zh: '版本', en: 'Edition' }), instrument.edition],
        [r.say({ zh: '核实', en: 'Read' }), readWords(r, instrument)],
      ]}
    />
  );
}

function Articles({ r, detail }: { r: Reader; detail: InstrumentDetail }): ReactElement | null {
  if (detail.articles.length === 0) return null;
  return (
    <Table
      caption={r.say({ zh: '平台引用的条款', en: 'Articles cited here' })}
      columns={[
        {
          title: r.say({ zh: '条款', en: 'Article' }),
          lead: true,
          cell: (row) => <Zh r={r}>{row.cite}</Zh>,
        },
        {
          title: r.say({ zh: '要点', en: 'Gist' }),
          cell: (row) =>
            r.lang === 'en' && row.gistEn !== null ? row.gistEn : <Zh r={r}>{row.gist}</Zh>,
        },
        {
          title: r.say({ zh: '今天', en: 'Today' }),
          cell: (row) => <Standing r={r} state={row.state} />,
        },
        {
          title: r.say({ zh: '核实', en: 'Read' }),
          cell: (row) => readWords(r, { confidence: row.confidence, confirmed: null }),
        },
      ]}
      rows={detail.articles}
      keyOf={(row) => row.no}
      idOf={(row) => `art-${row.no}`}
    />
  );
}

/** Draws one instrument with the articles that are cited. */
export function instrumentPage(r: Reader, detail: InstrumentDetail): Page {
  const { instrument, note, sources, items } = detail;
  const title = r.say(instrument.title);
  return {
    title,
    menu: 'law',
    robots: 'index',
    body: (
      <div className="wide">
        <Crumbs r={r} trail={[[r.say({ zh: '法律依据', en: 'Law' }), '/law']]} />
        <h1>{r.lang === 'zh' ? `《${title}》` : title}</h1>
        <p>
          <Standing r={r} state={instrument.state} />
        </p>
        <InstrumentFacts r={r} instrument={instrument} />
        {note === null ? null : (
          <Notice title={r.say({ zh: '说明', en: 'Note' })}>
            <p>
              <Zh r={r}>{note}</Zh>
            </p>
          </Notice>
        )}
        <Articles r={r} detail={detail} />
        {items.length === 0 ? null : (
          <>
            <h2>{r.say({ zh: '以它为依据的目录事项', en: 'Directory items resting on it' })}</h2>
            <ul>
              {items.map(({ code, name }) => (
                <li key={code}>
                  <a href={r.to(`/law/items#${code}`)}>{r.say(name)}</a>
                </li>
              ))}
            </ul>
          </>
        )}
        {sources.length === 0 ? null : (
          <>
            <h2>{r.say({ zh: '从哪里读到', en: 'Where it was read' })}</h2>
            <ul>
              {sources.map((source) => (
                <li key={source}>
                  <Zh r={r}>{source}</Zh>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    ),
  };
}
