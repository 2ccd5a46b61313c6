/** What can be subscribed to, and what machines read. */
import { publicPrefix } from '../contract.ts';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { Page } from './frame.tsx';

const feeds: readonly (readonly [string, Words])[] = [
  ['/feeds/permit.atom', { zh: '最新公示的行政许可', en: 'Newest permits' }],
  ['/feeds/penalty.atom', { zh: '最新公示的行政处罚', en: 'Newest penalties' }],
  ['/feeds/other.atom', { zh: '其他最新公示', en: 'Other records newly shown' }],
  ['/feeds/law.atom', { zh: '规则的变化', en: 'Changes of the rules' }],
];

/** Draws the list of feeds. */
export function feedsPage(r: Reader): Page {
  const title = r.say({ zh: '订阅更新', en: 'Feeds' });
  return {
    title,
    menu: 'help',
    robots: 'index',
    body: (
      <div className="wide">
        <h1>{title}</h1>
        <p className="lead">
          {r.say({
            zh: '用阅读器订阅（Atom格式），有新公示时就能看到。不用登录，也不记录谁在看。',
            en: 'Subscribe with any feed reader (Atom). No login, and no record of who reads.',
          })}
        </p>
        <ul>
          {feeds.map(([path, words]) => (
            <li key={path}>
              <a href={path} type="application/atom+xml">
                {r.say(words)}
              </a>
            </li>
          ))}
        </ul>
        <h2>{r.say({ zh: '转载前请先核对', en: 'Before you republish' })}</h2>
        <p className="measure">
          {r.say({
            zh: '只列组织今天公示中的记录。期满、修复或者撤销的，当天从订阅中消失，原地址不再打开。转载的，请按页面上的公示截止日期撤下；引用以前，请再打开原地址核对一次。',
            en: 'Only records of organisations shown today are listed. What ends, is repaired or annulled disappears the same day, and its address opens no more. Take copies down by the last day the page names, and open the address once more before you quote.',
          })}
        </p>
        <h2>{r.say({ zh: '程序读取', en: 'For programs' })}</h2>
        <ul>
          <li>
            <a href={`${publicPrefix}/openapi.json`}>
              {r.say({ zh: '公共接口说明（OpenAPI 3.1）', en: 'Public API (OpenAPI 3.1)' })}
            </a>
          </li>
          <li>
            <a href="/sitemap.xml">{r.say({ zh: '网站地图', en: 'Site map' })}</a>
          </li>
          <li>
            <a href={r.to('/statistics')}>
              {r.say({
                zh: '统计数据（每张图都可下载CSV）',
                en: 'Statistics (a CSV file for every chart)',
              })}
            </a>
          </li>
        </ul>
      </div>
    ),
  };
}
