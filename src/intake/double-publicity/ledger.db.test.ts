import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  clerk,
  collectText,
  importOrganisations,
  operatorA,
  testInstallation,
} from '../../../tests/installation.ts';
import { penalty, penaltyCsv, penaltyHeadings } from '../../../tests/penalties.ts';
import { food, penaltyOf, trade } from '../../../tests/portal/api-city.ts';
import { day } from '../../kernel/day.ts';
import type { Result } from '../../kernel/result.ts';
import type { Instant } from '../../kernel/day.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { declareCount } from '../collection/index.ts';
import {
  type ReconciledPage,
  findOmission,
  importLedger,
  lateList,
  monthlyTable,
  reconcile,
  timeliness,
} from './index.ts';

const source = { provider: authority, item: 'penalty', period: '2026-03' };
const decided = '2026/03/02';
let city: TestInstallation;

async function send(rows: readonly Record<string, string>[], now: string) {
  city.config.clock.set(`${now}T02:00:00.000Z` as Instant);
  const made = rows.map(({ org = 'food', ...row }) =>
    penaltyOf(org === 'food' ? food : trade, {
      处罚决定日期: decided,
      公示截止期: '2029/03/02',
      ...row,
    }),
  );
  const report = await collectText(city, penaltyCsv(made), { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  return report.value.batch;
}

async function done<T>(result: Promise<Result<T>>): Promise<T> {
  const got = await result;
  if (!got.ok) throw new Error(JSON.stringify(got.refusal));
  return got.value;
}
const number = (n: number) => `样罚〔2026〕${n}号`;
const row = (n: number, more: Record<string, string> = {}) => ({
  行政处罚决定书文号: number(n),
  ...more,
});

async function ledger(lines: readonly string[], digest: string) {
  const text = ['决定书文号,行政相对人名称,处罚决定日期,网址', ...lines].join('\n');
  const table = await done(openTable({ stream: () => Readable.from([Buffer.from(text)]) }));
  return importLedger(city, {
    provider: authority,
    item: 'penalty',
    source: 'https://penalties.example/list',
    fileName: 'list.csv',
    digest,
    table,
    actor: operatorA,
  });
}

/** The seventh working day after Monday 2 March 2026 is Wednesday the 11th. */
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food, trade]);
  await send([row(1), row(2, { 违法事实: '' })], '2026-03-11');
  await send([row(2), row(3)], '2026-03-12');
  await send([row(1), row(4, { 违法事实: '' })], '2026-03-13');
  await send([row(5, { 行政相对人名称: '样例食品公司' })], '2026-03-13');
});
afterAll(() => city.drop());

describe('timeliness of what was stored', () => {
  it('counts by business key, from the first receipt that was not rejected', async () => {
    // 1 in time though sent again later; 2 corrected a day late; 3 late; 4 never passed; 5 waits, late.
    const told = await done(timeliness(city, source));
    expect(told).toMatchObject({ limit: 7, received: 5, inTime: 1, late: 4, rejected: 1 });
    expect(told.rate).toBeCloseTo(1 / 5);
  });

  it('lists every late decision with delivery and row, page by page', async () => {
    const all = await done(lateList(city, source, { after: null, limit: 100 }));
    expect(all.map(({ receivedOn }) => receivedOn).sort()).toEqual([
      '2026-03-12',
      '2026-03-12',
      '2026-03-13',
      null,
    ]);
    expect(all.every(({ due }) => due === '2026-03-11')).toBe(true);
    const pages = [];
    let after = null;
    for (;;) {
      const page: typeof all = await done(lateList(city, source, { after, limit: 1 }));
      if (page.length === 0) break;
      pages.push(...page);
      after = { decidedOn: page[0]!.decidedOn, key: page[0]!.key };
    }
    expect(pages).toEqual(all);
  });

  it('knows no late decision in a month without any', async () => {
    expect(await done(timeliness(city, { ...source, period: '2026-02' }))).toMatchObject({
      received: 0,
      rate: null,
    });
    expect(await timeliness(city, { ...source, period: '2026-13' })).toMatchObject({ ok: false });
  });
});

describe('a decision that was given back and then deleted by its source', () => {
  it('stays given back: it was never in time', async () => {
    const apart = await testInstallation({ confirmAll: true });
    try {
      await importOrganisations(apart, [food]);
      const made = (amount: string) =>
        penaltyOf(food, {
          处罚决定日期: decided,
          公示截止期: '2029/03/02',
          '罚款金额(万元)': amount,
        });
      const file = (op: string, amount: string, at: string) => {
        const line = [...penalty(made(amount)), 'key-1', op, at].map((one) =>
          one.replaceAll(',', '，'),
        );
        const head = [...penaltyHeadings, 'FE_ID', 'OP', 'SRC_UPDATED_AT'];
        return [head.join(','), line.join(',')].join('\n');
      };
      apart.config.clock.set('2026-03-03T02:00:00.000Z' as Instant);
      const first = await collectText(apart, file('U', '0.2万元', '2026-03-03 10:00:00'), {
        item: 'penalty',
      });
      apart.config.clock.set('2026-03-04T02:00:00.000Z' as Instant);
      const second = await collectText(apart, file('D', '', '2026-03-04 10:00:00'), {
        item: 'penalty',
      });
      expect(first).toMatchObject({ ok: true, value: { batch: { counts: { rejected: 1 } } } });
      expect(second).toMatchObject({ ok: true, value: { batch: { counts: { rejected: 0 } } } });
      apart.config.clock.set('2026-04-01T02:00:00.000Z' as Instant);
      const told = await done(timeliness(apart, source));
      expect(told).toMatchObject({ received: 1, inTime: 0, late: 1 });
    } finally {
      await apart.drop();
    }
  });
});

describe('the monthly table', () => {
  it('tells what was not declared as such, then what is missing and what no ground explains', async () => {
    const before = await done(monthlyTable(city, '2026-03'));
    expect(before).toMatchObject({ due: '2026-04-10', overdue: false });
    expect(before.lines).toMatchObject([
      { item: 'penalty', produced: null, reported: 5, held: 4, missing: null, omitted: null },
    ]);
    const declared = { ...source, actor: clerk };
    await done(declareCount(city.collection(), { ...declared, kind: 'produced', count: 9 }));
    const ground = '保守国家秘密法';
    const left = { ...declared, kind: 'not-reported' as const, count: 3, ground };
    await done(declareCount(city.collection(), left));
    city.config.clock.set('2026-04-11T02:00:00.000Z' as Instant);
    const after = await done(monthlyTable(city, '2026-03'));
    expect(after.overdue).toBe(true);
    expect(after.lines[0]).toMatchObject({ produced: 9, missing: 4, omitted: 1, ground });
    expect((await done(monthlyTable(city, '2026-03', food.code))).lines).toEqual([]);
  });
});

describe('reconciliation with a list from outside', () => {
  const all = async (limit = 100): Promise<ReconciledPage['entries']> => {
    const entries = [];
    let after: ReconciledPage['next'] = null;
    do {
      const page: ReconciledPage = await done(reconcile(city, { ...source, after, limit }));
      entries.push(...page.entries);
      after = page.next;
    } while (after !== null);
    return entries;
  };
  const states = async () =>
    Object.fromEntries((await all()).map((entry) => [entry.documentNumber, entry.state]));

  it('finds what is here with its row, what waits, and what was never sent', async () => {
    const lines = [
      `${number(1)},${food.name},2026-03-02,https://penalties.example/1`,
      `样罚[2026]3号,${food.name},2026年3月2日,`,
      `${number(5)},样例食品公司,2026-03-02,`,
      `${number(6)},${trade.name},2026-03-05,https://penalties.example/6`,
      `${number(7)},样小例,2026-03-05,`,
      `${number(8)},${trade.name},2026-04-05,`,
    ];
    expect(await done(ledger(lines, 'a'))).toMatchObject({ rows: 5, added: 5, unreadable: 1 });
    const told = await all();
    expect(await states()).toEqual({
      [number(1)]: 'here',
      '样罚[2026]3号': 'here',
      [number(5)]: 'waiting',
      [number(6)]: 'omitted',
    });
    const first = told.find((entry) => entry.documentNumber === number(1))!;
    expect(first.at).toMatchObject({ row: 2, receivedOn: '2026-03-11' });
    expect(first.recordId).not.toBeNull();
    expect(await all(1)).toEqual(told);
  });

  it('takes the same list once, and a longer one adds only what is new', async () => {
    expect(await ledger([`${number(6)},${trade.name},2026-03-05,`], 'a')).toMatchObject({
      refusal: { code: 'double-publicity.ledger-known' },
    });
    const more = [
      `${number(6)},${trade.name},2026-03-05,`,
      `${number(9)},${trade.name},2026-03-09,`,
    ];
    expect(await done(ledger(more, 'b'))).toMatchObject({ rows: 2, added: 1 });
    expect(await ledger(['x,y,z,'], 'c')).toMatchObject({ ok: true });
  });

  it('calls concealed only what an officer found, and never what is here', async () => {
    const missing = {
      ...source,
      actor: operatorA,
      decidedOn: day('2026-03-05'),
      documentNumber: number(6),
      party: trade.name,
      reason: '抽查单位网站，已听取单位意见',
    };
    expect(await findOmission(city, { ...missing, finding: 'excused' })).toMatchObject({
      refusal: { code: 'double-publicity.ground-missing' },
    });
    expect(
      await findOmission(city, { ...missing, actor: clerk, finding: 'concealed' }),
    ).toMatchObject({ refusal: { code: 'door.not-permitted' } });
    await done(findOmission(city, { ...missing, finding: 'concealed' }));
    expect((await states())[number(6)]).toBe('concealed');
    const here = { ...missing, decidedOn: day('2026-03-02'), documentNumber: number(1) };
    expect(
      await findOmission(city, { ...here, party: food.name, finding: 'concealed' }),
    ).toMatchObject({ refusal: { code: 'double-publicity.entry-here' } });
    expect(await findOmission(city, { ...here, finding: 'concealed' })).toMatchObject({
      refusal: { code: 'double-publicity.no-such-entry' },
    });
    await done(findOmission(city, { ...missing, finding: 'excused', ground: '保守国家秘密法' }));
    expect((await states())[number(6)]).toBe('excused');
  });

  it('forgets no finding, and shows what came at last as here', async () => {
    await send([{ ...row(6, { org: 'trade' }), 处罚决定日期: '2026/03/05' }], '2026-04-12');
    expect((await states())[number(6)]).toBe('here');
  });
});
