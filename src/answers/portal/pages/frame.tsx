/** What every page has around its content: banner, header, menu, footer. */
import type { ReactElement } from 'react';
import { renderDocument } from '../../../ui/document.tsx';
import { type Reader, addressIn } from '../../../ui/reader.ts';
import type { Words } from '../law/contract.ts';

/** What is the same on every page of an installation. */
export type Site = {
  /** A sample city: every page says that nothing on it is real. */
  readonly sample: boolean;
  /** The place it serves, `null` where its name is not known. */
  readonly place: Words | null;
  /** The day the page is worked out for. */
  readonly asOf: string;
};

/** Entries of the menu. */
export type MenuKey = 'search' | 'publicity' | 'statistics' | 'law' | 'sources' | 'scope' | 'help';

/** One page. */
export type Page = {
  readonly title: string;
  readonly menu: MenuKey | null;
  readonly robots: 'index' | 'noarchive' | 'noindex';
  /** What the page is about, for search engines and previews; the lead of the site where there is none. */
  readonly description?: string;
  /** Shows more than the public sees, to its subject alone. */
  readonly own?: boolean;
  readonly body: ReactElement;
};

const menu: readonly (readonly [MenuKey, string, Words])[] = [
  ['search', '/', { zh: '查询', en: 'Look up' }],
  ['publicity', '/publicity', { zh: '双公示', en: 'Publicity' }],
  ['statistics', '/statistics', { zh: '统计', en: 'Statistics' }],
  ['law', '/law', { zh: '法律依据', en: 'Law' }],
  ['sources', '/sources', { zh: '数据来源', en: 'Sources' }],
  ['help', '/help', { zh: '帮助', en: 'Help' }],
];

const siteName: Words = { zh: '公共信用信息平台', en: 'Public credit information platform' };

const siteLead: Words = {
  zh: '查一家组织今天公示中的公共信用信息：行政许可、行政处罚等，每条写明依据和公示到哪一天。',
  en: 'What is public today about an organisation: permits, penalties and more, each with its basis and last day.',
};

function Mark(): ReactElement {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <g
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M16 5v21M10 26h12M6 10h20M8 10l-4 9h8zM24 10l-4 9h8z" />
      </g>
    </svg>
  );
}

/** Links to the same page in large type and in the other language. */
function Ways({ r, path }: { r: Reader; path: string }): ReactElement {
  const other = r.lang === 'zh' ? 'en' : 'zh';
  const back = encodeURIComponent(r.to(path));
  return (
    <ul className="ways">
      <li>
        <a href={`/type/${r.large ? 'normal' : 'large'}?back=${back}`} rel="nofollow">
          {r.large
            ? r.say({ zh: '标准字号', en: 'Normal type' })
            : r.say({ zh: '大字版', en: 'Large type' })}
        </a>
      </li>
      <li>
        <a href={addressIn(other, path)} hrefLang={other === 'zh' ? 'zh-CN' : 'en'}>
          <span lang={other === 'zh' ? 'zh-CN' : 'en'}>
            {other === 'zh' ? '简体中文' : 'English'}
          </span>
        </a>
      </li>
    </ul>
  );
}

function Head({ r, site, page, path }: FrameParts): ReactElement {
  return (
    <header>
      <div className="bar">
        <div className="wide">
          <a className="brand" href={r.to('/')}>
            <Mark />
            <span>
              {r.say({ zh: '信衡', en: 'Xinheng' })}
              <small>
                {site.place === null ? null : `${r.say(site.place)}${r.lang === 'zh' ? '' : ' · '}`}
                {r.say(siteName)}
              </small>
            </span>
          </a>
          <Ways r={r} path={path ?? '/'} />
        </div>
      </div>
      <nav className="menu" aria-label={r.say({ zh: '主菜单', en: 'Main menu' })}>
        <div className="wide">
          <ul>
            {menu.map(([key, to, words]) => (
              <li key={key}>
                <a href={r.to(to)} aria-current={page.menu === key ? 'true' : undefined}>
                  {r.say(words)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </nav>
      {site.sample ? <SampleBanner r={r} /> : null}
    </header>
  );
}

function SampleBanner({ r }: { r: Reader }): ReactElement {
  return (
    <div className="sample" role="note">
      <div className="wide">
        <p>
          <strong>{r.say({ zh: '样例城市：', en: 'Sample city: ' })}</strong>
          {r.say({
            zh: '这里的组织、单位和记录全部是虚构的，只用于演示。',
            en: 'every organisation, authority and record here is invented, for demonstration only.',
          })}
        </p>
      </div>
    </div>
  );
}

const footLinks: readonly (readonly [string, Words])[] = [
  ['/law/terms', { zh: '公示期限怎么算', en: 'How long records are shown' }],
  ['/law/items', { zh: '目录事项', en: 'Directory items' }],
  ['/law/unconfirmed', { zh: '尚未核实的依据', en: 'Law not yet read in full' }],
  ['/help#wrong', { zh: '发现错误怎么办', en: 'If something is wrong' }],
  ['/regions', { zh: '分地区查看', en: 'By region' }],
  ['/bulletins', { zh: '归集通报', en: 'Bulletins' }],
  ['/feeds', { zh: '订阅更新', en: 'Feeds' }],
  ['/scope', { zh: '不做什么', en: 'What we refuse' }],
  ['/prove', { zh: '自己验证', en: 'Prove it yourself' }],
  ['/status', { zh: '运行状态', en: 'Status' }],
  ['/my', { zh: '我的组织', en: 'My organisation' }],
  ['/help#data', { zh: '数据接口', en: 'Data interface' }],
];

const publicOnly: Words = {
  zh: '只展示今天应当公示的信息；没有查到不等于没有。',
  en: 'It shows only what is public today; nothing found is not proof of nothing.',
};
const ownOnly: Words = {
  zh: '只有登录的账户看得到，请勿转给他人。',
  en: 'Only the account that is signed in sees it.',
};

function Foot({ r, site, page }: Pick<FrameParts, 'r' | 'site' | 'page'>): ReactElement {
  const reach = r.say(page.own === true ? ownOnly : publicOnly);
  return (
    <footer className="foot">
      <div className="wide">
        <ul>
          {footLinks.map(([to, words]) => (
            <li key={to}>
              <a href={r.to(to)}>{r.say(words)}</a>
            </li>
          ))}
        </ul>
        <p>
          {r.say({
            zh: `本页按${site.asOf}（北京时间）的情况计算。${reach}`,
            en: `This page holds for ${site.asOf} (UTC+8). ${reach}`,
          })}
        </p>
        <p>
          {r.say({
            zh: '本平台只记录组织的信用信息，不给个人评分，不设个人名单。',
            en: 'This platform is about organisations only: no scores and no lists of persons.',
          })}
        </p>
      </div>
    </footer>
  );
}

type FrameParts = {
  readonly r: Reader;
  readonly site: Site;
  readonly page: Page;
  /** Address of the page without language; `null` where it has no lasting one. */
  readonly path: string | null;
};

/** Draws a page as HTML. */
export function drawPage(parts: FrameParts): string {
  const { r, site, page, path } = parts;
  const name = r.say({ zh: '信衡公共信用信息平台', en: 'Xinheng' });
  return renderDocument({
    r,
    title: page.title === '' ? name : `${page.title} - ${name}`,
    robots: page.robots,
    siteName: name,
    description: page.description ?? r.say(siteLead),
    languages:
      path === null || page.robots === 'noindex'
        ? null
        : { zh: addressIn('zh', path), en: addressIn('en', path) },
    children: (
      <>
        <a className="skip" href="#content">
          {r.say({ zh: '跳到正文', en: 'Skip to content' })}
        </a>
        <Head {...parts} />
        <main id="content" tabIndex={-1}>
          {page.body}
        </main>
        <Foot r={r} site={site} page={page} />
        {path === null ? null : (
          <p className="printed" aria-hidden="true">
            {r.say({ zh: '本页地址：', en: 'Address of this page: ' })}
            {r.to(path)}
            {r.say({ zh: `（${site.asOf}打印的内容）`, en: ` (as of ${site.asOf})` })}
          </p>
        )}
      </>
    ),
  });
}
