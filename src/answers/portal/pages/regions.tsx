/** Sub-portals of divisions: search restricted to one, its figures, its history. */
import type { ReactElement } from 'react';
import { Crumbs, Notice } from '../../../ui/parts.tsx';
import type { Reader } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';
import { SearchBox } from './search-box.tsx';
import { FigureCharts, type FiguresPart } from './statistics.tsx';

type Link = { readonly code: string; readonly name: string };

/** A division as its page needs it. */
export type RegionPart = {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly history: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly successors: readonly Link[];
  }[];
  readonly above: Link | null;
  readonly within: readonly Link[];
};

function Links({ r, links }: { r: Reader; links: readonly Link[] }): ReactElement {
  return (
    <ul className="tiles" lang={r.lang === 'zh' ? undefined : 'zh-CN'}>
      {links.map(({ code, name }) => (
        <li key={code}>
          <a href={r.to(`/regions/${code}`)}>{name}</a> <span className="quiet code">{code}</span>
        </li>
      ))}
    </ul>
  );
}

function History({ r, view }: { r: Reader; view: RegionPart }): ReactElement {
  return (
    <section aria-labelledby="history" className="measure">
      <h2 id="history">{r.say({ zh: '代码沿革', en: 'History of the code' })}</h2>
      <ul>
        {view.history.map(({ name, from, to, successors }) => (
          <li key={`${name}${from ?? ''}`}>
            <span lang={r.lang === 'zh' ? undefined : 'zh-CN'}>{name}</span>
            {r.say({
              zh: `：${from === null ? '启用日不明' : `${from}启用`}${to === null ? '，现行' : `，至${to}`}`,
              en: `: ${from === null ? 'first day not known' : `from ${from}`}${to === null ? ', in use' : ` through ${to}`}`,
            })}
            {successors.length === 0 ? null : (
              <>
                {r.say({ zh: '，由', en: ', followed by ' })}
                {successors.map((next, index) => (
                  <span key={next.code}>
                    {index === 0 ? '' : r.say({ zh: '、', en: ', ' })}
                    <a href={r.to(`/regions/${next.code}`)}>{next.name}</a>
                  </span>
                ))}
                {r.say({ zh: '承继', en: '' })}
              </>
            )}
          </li>
        ))}
      </ul>
      <p className="small quiet">
        {r.say({
          zh: '组织按登记时的区划代码归入；区划撤并以后，代码不改。',
          en: 'Organisations stand under the code they were registered with; it does not change when divisions merge.',
        })}
      </p>
    </section>
  );
}

/** Draws the sub-portal of a division. */
export function regionPage(r: Reader, view: RegionPart, figures: FiguresPart): Page {
  const ended = view.history.every(({ to }) => to !== null);
  return {
    title: view.fullName,
    menu: 'statistics',
    robots: 'noarchive',
    description: r.say({
      zh: `${view.fullName}登记的组织：查询，今天公示中的信用信息的数字。`,
      en: `Organisations registered in ${view.fullName}: search, and figures of what is shown today.`,
    }),
    body: (
      <>
        <div className="hero">
          <div className="wide">
            <Crumbs
              r={r}
              trail={[
                [r.say({ zh: '地区', en: 'Regions' }), '/regions'],
                ...(view.above === null
                  ? []
                  : ([[view.above.name, `/regions/${view.above.code}`]] as const)),
              ]}
            />
            <h1 lang={r.lang === 'zh' ? undefined : 'zh-CN'}>{view.fullName}</h1>
            <SearchBox r={r} region={{ code: view.code, name: view.name }} />
          </div>
        </div>
        <div className="wide">
          {ended ? (
            <Notice
              tone="care"
              title={r.say({ zh: '这个区划已经撤销', en: 'This division is no more' })}
            />
          ) : null}
          <h2>{r.say({ zh: '今天公示中的记录', en: 'Shown today' })}</h2>
          <FigureCharts
            r={r}
            figures={figures}
            base={`/regions/${view.code}`}
            files={`/regions/${view.code}`}
          />
          {view.within.length === 0 ? null : (
            <>
              <h2>{r.say({ zh: '所辖地区', en: 'Divisions within' })}</h2>
              <Links r={r} links={view.within} />
            </>
          )}
          <History r={r} view={view} />
        </div>
      </>
    ),
  };
}

/** Draws the list of divisions of the place. */
export function regionsPage(
  r: Reader,
  view: {
    readonly place: Link | null;
    readonly live: readonly Link[];
    readonly former: readonly Link[];
  },
): Page {
  const title = r.say({ zh: '地区', en: 'Regions' });
  return {
    title,
    menu: 'statistics',
    robots: 'index',
    description: r.say({
      zh: '按县（市、区）查询组织和统计。',
      en: 'Organisations and figures by county.',
    }),
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '每个县（市、区）有自己的页面：在当地登记的组织中查询，看当地的统计。',
            en: 'Every county has a page of its own: search among the organisations registered there, and its figures.',
          })}
        </p>
        {view.place === null ? null : (
          <p>
            <a href={r.to(`/regions/${view.place.code}`)}>{view.place.name}</a>
          </p>
        )}
        {view.live.length === 0 ? (
          <Notice
            title={r.say({
              zh: '区划代码表中没有这个地方的下级区划',
              en: 'The code table knows no divisions within this place',
            })}
          >
            <p>
              {r.say({
                zh: '样例城市用的是保留代码，不在任何地图上。',
                en: 'A sample city has a reserved code, which is on no map.',
              })}
            </p>
          </Notice>
        ) : (
          <Links r={r} links={view.live} />
        )}
        {view.former.length === 0 ? null : (
          <>
            <h2>{r.say({ zh: '已经撤销的', en: 'Former ones' })}</h2>
            <Links r={r} links={view.former} />
          </>
        )}
      </div>
    ),
  };
}
