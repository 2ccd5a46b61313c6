/** What a search found, and the polite refusal of what may not be searched for. */
import type { ReactElement } from 'react';
import { Notice, Pager, Tag, Zh } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { Hit, SearchPage } from '../contract.ts';
import type { Page } from './frame.tsx';
import { SearchBox } from './search-box.tsx';
import { refusedTitle } from './words-refused.ts';
import { foundByWords } from './words.ts';

/** Address of a subject in a list; where two hits bear one code, only the id tells them apart. */
function pathOfHit(hit: Hit, hits: readonly Hit[]): string {
  const alone = hits.filter(({ uscc }) => uscc === hit.uscc).length === 1;
  return hit.uscc !== null && alone ? `/subjects/${hit.uscc}` : `/subjects/id/${hit.subjectId}`;
}

function HitLine({ r, hit, hits }: { r: Reader; hit: Hit; hits: readonly Hit[] }): ReactElement {
  const byOtherName = hit.matched !== null;
  const told = byOtherName || !['present', 'uscc'].includes(hit.by);
  return (
    <li>
      <a href={r.to(pathOfHit(hit, hits))}>
        <Zh r={r}>{hit.name}</Zh>
      </a>
      {hit.kind === 'individual-business' ? (
        <>
          {' '}
          <Tag tone="mute">{r.say({ zh: '个体工商户', en: 'individual business' })}</Tag>
        </>
      ) : null}
      <p>
        <Zh r={r}>
          {[hit.status, hit.place].filter((text) => text !== null && text !== '').join(' · ')}
        </Zh>
        {hit.uscc === null ? null : (
          <>
            {' · '}
            <span className="code">{hit.uscc}</span>
          </>
        )}
      </p>
      {told ? (
        <p>
          {r.say(foundByWords[hit.by])}
          {byOtherName ? (
            <>
              {r.say({ zh: '：', en: ': ' })}
              <Zh r={r}>{hit.matched}</Zh>
            </>
          ) : null}
        </p>
      ) : null}
    </li>
  );
}

function Nothing({ r }: { r: Reader }): ReactElement {
  return (
    <Notice title={r.say({ zh: '没有找到符合的组织', en: 'No organisation found' })}>
      <p>
        {r.say({
          zh: '没有找到不等于没有记录：本平台只覆盖已收录的组织。',
          en: 'Not found does not mean clean: only organisations in the base library are covered.',
        })}
      </p>
      <ul>
        <li>
          {r.say({
            zh: '核对每一个字，或者只输入名称中最特别的两三个字。',
            en: 'Check every character, or type only the two or three most telling ones.',
          })}
        </li>
        <li>
          {r.say({
            zh: '个体工商户只能按统一社会信用代码或者完整的登记名称查询。',
            en: 'Individual businesses are found by their code or their full registered name only.',
          })}
        </li>
        <li>
          {r.say({
            zh: '本平台不能按人名查询。',
            en: 'Persons can not be looked up here.',
          })}
        </li>
      </ul>
    </Notice>
  );
}

/** The region a search was kept to. */
export type SearchRegion = { readonly code: string; readonly name: string } | null;

/** Address of a page of results. */
export function pathOfResults(query: string, page: number, region: SearchRegion): string {
  const kept = region === null ? '' : `&region=${region.code}`;
  return `/search?q=${encodeURIComponent(query)}${kept}${page > 1 ? `&page=${page}` : ''}`;
}

function Found({
  r,
  view,
  last,
  region,
}: {
  r: Reader;
  view: SearchPage;
  last: boolean;
  region: SearchRegion;
}): ReactElement {
  const first = view.hits[0];
  return (
    <>
      <p className="quiet">
        {view.more || view.page > 1
          ? r.say({ zh: `第${view.page}页`, en: `Page ${view.page}` })
          : r.say({ zh: `共${view.hits.length}家`, en: `${view.hits.length} found` })}
        {first !== undefined && !first.exact
          ? r.say({
              zh: '；没有名称完全相同的，下面是相近的。',
              en: '; none bears exactly this name, these are similar.',
            })
          : null}
      </p>
      <ol className="hits">
        {view.hits.map((hit) => (
          <HitLine key={hit.subjectId} r={r} hit={hit} hits={view.hits} />
        ))}
      </ol>
      {last ? (
        <p>
          {r.say({
            zh: '还有更多，请把名称写得更完整，或者用统一社会信用代码查询。',
            en: 'There are more: type more of the name, or the unified code.',
          })}
        </p>
      ) : null}
      <Pager
        r={r}
        before={view.page > 1 ? pathOfResults(view.query, view.page - 1, region) : null}
        after={view.more ? pathOfResults(view.query, view.page + 1, region) : null}
      />
    </>
  );
}

/** Draws what a search found. `pagesMax`: how many pages there are at most. */
export function searchPage(
  r: Reader,
  view: SearchPage,
  pagesMax: number,
  region: SearchRegion = null,
): Page {
  const last = view.page === pagesMax && view.hits.length > 0;
  return {
    title: r.say({ zh: `查询“${view.query}”`, en: `Search for "${view.query}"` }),
    menu: 'search',
    robots: 'noindex',
    body: (
      <div className="wide">
        <h1>
          {r.say({ zh: '查询结果：', en: 'Results for ' })}
          <Zh r={r}>{view.query}</Zh>
        </h1>
        <SearchBox r={r} typed={view.query} region={region} />
        {region === null ? null : (
          <p>
            <a href={r.to(`/search?q=${encodeURIComponent(view.query)}`)}>
              {r.say({ zh: '不限地区再查一次', en: 'Search everywhere instead' })}
            </a>
          </p>
        )}
        {view.hits.length === 0 && view.page === 1 ? (
          <Nothing r={r} />
        ) : (
          <Found r={r} view={view} last={last} region={region} />
        )}
      </div>
    ),
  };
}

/** The search form with what was wrong with the search. Nothing that may be a person's is repeated. */
export function searchProblemPage(
  r: Reader,
  told: { readonly code: string; readonly advice: Words } | null,
  typed: string,
): Page {
  const title = r.say(told === null ? { zh: '查询', en: 'Search' } : refusedTitle(told.code));
  return {
    title,
    menu: 'search',
    robots: 'noindex',
    body: (
      <div className="wide">
        <h1>{r.say({ zh: '查询', en: 'Search' })}</h1>
        {told === null ? null : (
          <div id="q-problem">
            <Notice tone="care" title={title}>
              <p>{r.say(told.advice)}</p>
            </Notice>
          </div>
        )}
        <SearchBox r={r} typed={typed} problem={told === null ? null : title} />
      </div>
    ),
  };
}
