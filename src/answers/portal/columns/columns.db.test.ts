import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  collect,
  fill,
  food,
  lightPenaltyOf,
  penaltyOf,
  shop,
  trade,
} from '../../../../tests/portal/api-city.ts';
import { type TestInstallation, testInstallation } from '../../../../tests/installation.ts';
import { insertRelease, readShownRecords } from '../../../archive/records/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import { sql } from '../../../platform/db/index.ts';
import { refreshFigures } from '../figures/service-figures.ts';
import { portalApp } from '../index.ts';
import type { ColumnPage } from './contract.ts';

const many = 47;
let city: TestInstallation;
let app: ReturnType<typeof portalApp>;
beforeEach(async () => {
  city = await testInstallation({ confirmAll: true });
  await fill(city, [
    penaltyOf(food),
    lightPenaltyOf(food),
    penaltyOf(shop, { 行政处罚决定书文号: '样罚〔2026〕8号', 行政相对人类别: '个体工商户' }),
    ...Array.from({ length: many }, (_, n) =>
      penaltyOf(trade, { 行政处罚决定书文号: `样罚〔2026〕${100 + n}号` }),
    ),
  ]);
  await refreshFigures(city);
  app = portalApp(city, { rate: null });
});
afterEach(() => city.drop());

const page = async (query = '', column = 'penalty') => {
  const reply = await app.request(`/api/public/v1/publicity/${column}${query}`);
  return { status: reply.status, view: (await reply.json()) as ColumnPage & { code?: string } };
};
const html = async (path: string) => (await app.request(path)).text();
const idsOf = ({ entries }: ColumnPage) => entries.map(({ record }) => record.recordId);

/** Every page of a column from the first on. */
async function walk(query: Record<string, string> = {}): Promise<ColumnPage[]> {
  const pages: ColumnPage[] = [];
  let older: string | null = null;
  do {
    const text = new URLSearchParams(older === null ? query : { ...query, older }).toString();
    const { view } = await page(`?${text}`);
    pages.push(view);
    older = view.older;
  } while (older !== null && pages.length < 50);
  return pages;
}

async function shownOfOrganisations() {
  const subjects = await city.database.query<{ id: Id }>(
    sql`select subject_id as id from subjects.subject where kind = 'organisation'`,
  );
  return readShownRecords(
    city,
    subjects.map(({ id }) => id),
    city.clock.today(),
  );
}

describe('a column of double publicity', () => {
  it('holds, page after page, every record of organisations shown today once, the newest first', async () => {
    const pages = await walk();
    const shown = await shownOfOrganisations();
    expect(shown.length).toBeGreaterThan(many);
    expect(pages.flatMap(idsOf)).toEqual(shown.map(({ recordId }) => recordId));
    expect(pages.slice(0, -1).every(({ entries }) => entries.length === 20)).toBe(true);
    expect(pages.every(({ searchedTo }) => searchedTo === null)).toBe(true);
  });

  it('reads back upwards what it read downwards', async () => {
    const [first, second, third] = await walk();
    const { view: up } = await page(`?newer=${third!.newer!}`);
    expect(idsOf(up)).toEqual(idsOf(second!));
    const { view: top } = await page(`?newer=${up.newer!}`);
    expect(idsOf(top)).toEqual(idsOf(first!));
    expect(top.newer).toBeNull();
    const { view: down } = await page(`?older=${top.older!}`);
    expect(idsOf(down)).toEqual(idsOf(second!));
  });

  it('names no individual business, and no record that is not shown', async () => {
    const text = JSON.stringify(await walk());
    expect(text).not.toContain('样罚〔2026〕8号');
    const permits = await page('', 'permit');
    expect(permits.view.entries).toEqual([]);
    expect((await page('', 'act')).view.entries).toEqual([]);
  });

  it('tells no more of what was taken back, or ended, since the lines were gathered', async () => {
    const [record] = await shownOfOrganisations();
    await city.database.transaction((tx) =>
      insertRelease(tx, {
        objectId: record!.recordId,
        objectKind: 'record',
        shows: false,
        at: city.clock.now(),
        reason: '核对',
        firstAccount: 'a',
        secondAccount: 'b',
        firstAct: record!.recordId,
        secondAct: record!.recordId,
      }),
    );
    const pages = await walk();
    expect(pages.flatMap(idsOf)).not.toContain(record!.recordId);
    // The page is filled up with what comes next: no gap tells of the one that is gone.
    expect(pages[0]!.entries).toHaveLength(20);
    city.config.clock.set('2031-01-01T02:00:00.000Z' as never);
    expect((await walk()).flatMap(idsOf)).toEqual([]);
  });

  it('is narrowed by place, authority, industry and kind, each alone and all together', async () => {
    const all = (await walk()).flatMap(({ entries }) => entries);
    const [one] = all;
    const filters = {
      authority: one!.record.authority!,
      kind: 'STOP_PRODUCTION',
      region: '320100',
    };
    for (const [name, value] of Object.entries(filters)) {
      const found = (await walk({ [name]: value })).flatMap(idsOf);
      const expected = all
        .filter(({ record }) => name !== 'authority' || record.authority === value)
        .filter(({ record }) => name !== 'kind' || (record.kinds ?? '').includes('责令停产停业'))
        .map(({ record }) => record.recordId);
      expect([name, found]).toEqual([name, expected]);
      expect(found.length).toBeGreaterThan(0);
    }
    const together = (await walk(filters)).flatMap(idsOf);
    expect(together).toContain(one!.record.recordId);
    expect((await page('?kind=WARNING&authority=x')).status).toBe(404);
  });

  it('follows corrections, and forgets lines of what closed, at the next gathering', async () => {
    await collect(city, [penaltyOf(trade, { 行政处罚决定书文号: '样罚〔2026〕999号' })]);
    city.config.clock.set('2026-06-03T02:00:00.000Z' as never);
    await refreshFigures(city);
    expect(JSON.stringify(await walk())).toContain('样罚〔2026〕999号');
    city.config.clock.set('2031-01-01T02:00:00.000Z' as never);
    await refreshFigures(city);
    const [left] = await city.database.query<{ n: number }>(
      sql`select count(*)::int as n from portal.column_entry`,
    );
    expect(left!.n).toBe(0);
  });

  it('refuses filters nobody knows and positions that are none, and repeats none of them', async () => {
    const bad = [
      ['?region=999999', 404],
      ['?region=1', 404],
      ['?section=%3C', 404],
      ['?kind=%27%20or%201', 404],
      ['?authority=%3Cscript%3E', 404],
      ['?older=2026-05-01', 404],
      ['?older=x_y', 404],
      [`?older=2026-05-01_${'0'.repeat(36)}`, 404],
    ] as const;
    for (const [query, status] of bad) {
      const { status: found, view } = await page(query);
      expect([query, found]).toEqual([query, status]);
      expect(view.code).toMatch(/^portal\.no-such-/);
      const drawn = await html(`/publicity/penalties${query}`);
      expect(drawn).not.toContain('<script>');
    }
    expect((await page('', 'persons')).status).toBe(404);
    expect((await app.request('/publicity/persons')).status).toBe(404);
  });

  it('says so where nothing was gathered yet', async () => {
    await city.database.execute(sql`delete from portal.figure_run`);
    await city.database.execute(sql`delete from portal.column_entry`);
    expect(await html('/publicity/penalties')).toContain('名录还在整理');
  });
});

describe('the pages of the columns', () => {
  it('lead from one to the next with plain links, filters chosen, and name what is chosen', async () => {
    const front = await html('/publicity');
    expect(front).toContain('href="/publicity/penalties"');
    const first = await html('/publicity/penalties?kind=STOP_PRODUCTION');
    expect(first).toContain('去掉种类条件');
    expect(first).toMatch(
      /href="\/publicity\/penalties\?kind=STOP_PRODUCTION&amp;older=[^"]+" rel="next"/,
    );
    expect(first).toContain('<option value="STOP_PRODUCTION" lang="zh-CN" selected="">');
    const english = await html('/en/publicity/penalties');
    expect(english).toContain('Deciding authority');
    expect(english).toContain('href="/en/publicity"');
  });
});
