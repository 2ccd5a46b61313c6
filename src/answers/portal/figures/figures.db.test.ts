import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  collect,
  fill,
  food,
  lightPenaltyOf,
  owner,
  penaltyOf,
  shop,
  trade,
} from '../../../../tests/portal/api-city.ts';
import {
  type TestInstallation,
  operatorA,
  testInstallation,
} from '../../../../tests/installation.ts';
import { annulDecision, insertRelease, readShownRecords } from '../../../archive/records/index.ts';
import { day } from '../../../kernel/day.ts';
import type { Id } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db/index.ts';
import { portalApp } from '../index.ts';
import { figuresOf, refreshFigures } from './service-figures.ts';

let city: TestInstallation;
let app: ReturnType<typeof portalApp>;
beforeEach(async () => {
  city = await testInstallation({ confirmAll: true });
  await fill(city, [
    penaltyOf(food),
    lightPenaltyOf(food),
    penaltyOf(trade, { 行政处罚决定书文号: '样罚〔2026〕7号' }),
    penaltyOf(shop, { 行政处罚决定书文号: '样罚〔2026〕8号', 行政相对人类别: '个体工商户' }),
  ]);
  await refreshFigures(city);
  app = portalApp(city, { rate: null });
});
afterEach(() => city.drop());

const body = async (path: string) => (await app.request(path)).text();
const figures = (family: '*' | 'permit' | 'penalty' = '*', region: string | null = null) =>
  figuresOf(city, { region, family });
const later = (text: string) => city.config.clock.set(`${text}T02:00:00.000Z` as never);

/** What the one door for pages shows of every organisation, today. */
async function shownOfOrganisations() {
  const subjects = await city.database.query<{ id: Id }>(
    sql`select subject_id as id from subjects.subject where kind = 'organisation'`,
  );
  const ids = subjects.map(({ id }) => id);
  return readShownRecords(city, ids, city.clock.today());
}

describe('figures', () => {
  it('count what is shown of organisations, and neither hidden records nor individual businesses', async () => {
    const shown = await shownOfOrganisations();
    expect(shown).toHaveLength(2);
    const found = await figures();
    expect(found.total).toBe(shown.length);
    expect((await figures('permit')).total).toBe(0);
    expect((await figures('penalty')).total).toBe(2);
  });

  it('add up to the total in every chart, and in the charts of every region', async () => {
    const everywhere = await figures();
    expect(everywhere.charts.map(({ name }) => name)).toEqual([
      'month',
      'item',
      'region',
      'sector',
      'authority',
    ]);
    const regions = everywhere.charts.find(({ name }) => name === 'region')!.bars;
    const inside = await Promise.all(regions.map(({ key }) => figures('*', key)));
    expect(inside.reduce((sum, { total }) => sum + total, 0)).toBe(everywhere.total);
    for (const { charts, total } of [everywhere, ...inside]) {
      for (const { name, bars } of charts) {
        expect([name, bars.reduce((sum, { count }) => sum + count, 0)]).toEqual([name, total]);
      }
    }
  });

  it('leave out what two officers took back, a whole batch or one record, and count it once it is let out again', async () => {
    const [row] = await city.database.query<{ batchId: Id; recordId: Id }>(sql`
      select batch_id as "batchId", record_id as "recordId" from records.statement_version
      where document_number = '样罚〔2026〕7号'`);
    const decide = async (objectKind: 'batch' | 'record', shows: boolean) => {
      const objectId = objectKind === 'batch' ? row!.batchId : row!.recordId;
      await city.database.transaction((tx) =>
        insertRelease(tx, {
          objectId,
          objectKind,
          shows,
          at: city.clock.now(),
          reason: '核对',
          firstAccount: 'a',
          secondAccount: 'b',
          firstAct: row!.recordId,
          secondAct: row!.recordId,
        }),
      );
      // Another day, so that the figures are due.
      later(`2026-06-${String((passed += 1)).padStart(2, '0')}`);
      await refreshFigures(city);
      const total = (await figures()).total;
      expect(await shownOfOrganisations()).toHaveLength(total);
      return total;
    };
    let passed = 1;
    expect(await decide('record', false)).toBe(1);
    expect(await decide('batch', false)).toBe(0);
    expect(await decide('record', true)).toBe(0);
    expect(await decide('batch', true)).toBe(2);
  });

  it('of yesterday are not given today, until they are worked out anew', async () => {
    later('2029-05-26');
    expect(await figures()).toMatchObject({ madeAt: null, charts: [] });
    expect(await body('/statistics')).toContain('今天的数字还在计算');
    expect((await app.request('/statistics/month.csv')).status).toBe(404);
    expect(await refreshFigures(city)).toMatchObject({ records: 0 });
    expect((await figures()).total).toBe(0);
    expect(await refreshFigures(city)).toBe(null);
  });

  it('are worked out once when two programs want to at once', async () => {
    later('2026-06-02');
    const done = await Promise.all([refreshFigures(city), refreshFigures(city)]);
    expect(done.filter((one) => one !== null).length).toBeGreaterThan(0);
    expect((await figures()).total).toBe(2);
    const runs = await city.database.query(sql`select 1 as one from portal.figure_run`);
    expect(runs).toHaveLength(1);
  });

  it('come as files with the same numbers, and nothing of what is hidden', async () => {
    const reply = await app.request('/statistics/item.csv');
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await reply.text();
    expect(text).toMatch(/行政处罚[^\r]*,2\r\n/);
    expect((await app.request('/statistics/nosuch.csv')).status).toBe(404);
    expect((await app.request('/statistics?family=nosuch')).status).toBe(400);
  });
});

describe('what is new', () => {
  it('is told on the home page and in the feed, without hidden records or individual businesses', async () => {
    for (const path of ['/', '/feeds/penalty.atom']) {
      const text = await body(path);
      expect(text).toContain(food.name);
      expect(text).not.toContain(shop.name);
      expect(text).not.toContain('不应公示的内容');
    }
    const feed = await body('/feeds/penalty.atom');
    expect(feed.match(/<entry>/g)).toHaveLength(2);
    expect(feed).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<feed /);
    expect(await body('/feeds/permit.atom')).not.toContain('<entry>');
    expect((await app.request('/feeds/nosuch.atom')).status).toBe(404);
  });

  it('loses a record the moment its decision is annulled, though the figures are older', async () => {
    const [row] = await city.database.query<{ decisionKey: Id }>(sql`
      select decision_key as "decisionKey" from records.statement_version
      where document_number = '样罚〔2026〕1号'`);
    await annulDecision(
      city,
      { decisionKey: row!.decisionKey, effectiveOn: day('2026-06-01'), document: '撤销决定' },
      { actor: operatorA, ground: { reason: '法院判决撤销' } },
    );
    expect(await body('/feeds/penalty.atom')).not.toContain(food.name);
  });
});

describe('the site map', () => {
  it('names organisations by their code, and never individual businesses', async () => {
    const index = await body('/sitemap.xml');
    expect(index).toContain('/sitemaps/1.xml</loc>');
    const part = await body('/sitemaps/1.xml');
    expect(part).toContain(`/subjects/${food.code}</loc>`);
    expect(part).toContain(`/subjects/${trade.code}</loc>`);
    for (const { code } of [shop, owner]) expect(part).not.toContain(code);
    expect((await app.request('/sitemaps/2.xml')).status).toBe(404);
    expect(await body('/sitemaps/pages.xml')).toContain('/en/law/terms</loc>');
  });

  it('tells nothing of records: a hidden one changes no word of it', async () => {
    const before = await body('/sitemaps/1.xml');
    await collect(city, [lightPenaltyOf(trade, { 行政处罚决定书文号: '样罚〔2026〕9号' })]);
    later('2026-06-02');
    await refreshFigures(city);
    expect(await body('/sitemaps/1.xml')).toBe(before);
  });

  it('is at the host it was asked for, and at none when that is no host', async () => {
    const asked = async (host: string) =>
      (await app.request('/robots.txt', { headers: { host } })).text();
    expect(await asked('credit.example.cn')).toContain('http://credit.example.cn/sitemap.xml');
    expect(await asked('evil"><x>')).toContain('http://localhost/sitemap.xml');
  });

  it('is where it was set up to be, whatever a request calls the host', async () => {
    const config = { ...city.config, origin: 'https://credit.example.cn' };
    const published = portalApp({ ...city, config }, { rate: null });
    for (const path of ['/robots.txt', '/sitemap.xml', '/sitemaps/pages.xml', '/feeds/law.atom']) {
      const answer = await published.request(path, { headers: { host: 'evil.example' } });
      const text = await answer.text();
      expect([path, text.includes('evil.example')]).toEqual([path, false]);
      expect(text).toContain('https://credit.example.cn/');
    }
  });
});

describe('a region', () => {
  it('has a page with its figures and history, and search within it', async () => {
    expect(await body('/regions/320100')).toContain('南京市');
    expect(await body('/regions/320103')).toMatch(/白下区.*至.*2013-02-19.*秦淮区/s);
    expect((await app.request('/regions/999999')).status).toBe(404);
    const query = `/search?q=${encodeURIComponent('样例食品')}`;
    expect(await body(`${query}&region=320100`)).toContain(food.code);
    expect(await body(`${query}&region=320500`)).not.toContain(food.code);
    expect((await app.request(`${query}&region=1`)).status).toBe(400);
  });
});
