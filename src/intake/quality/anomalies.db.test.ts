/** A source with a history, one month of each kind of oddity, and the months between that are like the rest. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import { type Day, addDays, addMonths, day } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { anomalies } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const first = day('2024-09-01');
const usualRows = 20;

let city: TestInstallation;
let serial = 0;

const dots = (on: Day) => on.replaceAll('-', '/');
const month = (no: number) => addMonths(first, no);

/** A month of rows, decided on twenty different days of it, a third of them with a warning. */
function rows(no: number, count: number, change: (index: number) => PenaltyRow = () => ({})) {
  return Array.from({ length: count }, (_, index): PenaltyRow => {
    serial += 1;
    const warned = index % 3 === 0;
    return {
      行政相对人名称: food.name,
      '行政相对人代码_1(统一社会信用代码)': food.code,
      行政处罚决定书文号: `样罚〔${month(no).slice(0, 4)}〕${serial}号`,
      处罚决定日期: dots(addDays(month(no), index % 20)),
      处罚类别: warned ? '警告' : '罚款',
      处罚内容: warned ? '警告' : '罚款2000元',
      '罚款金额(万元)': warned ? '' : '0.2',
      ...change(index),
    };
  });
}

async function send(no: number, sent: readonly PenaltyRow[]): Promise<void> {
  city.config.clock.set(`${addDays(month(no), 22)}T02:00:00.000Z` as never);
  const report = await collectText(city, penaltyCsv(sent), { item: 'penalty' });
  assert(report.ok, JSON.stringify(report));
}

async function oddities(no: number) {
  city.config.clock.set('2026-06-01T02:00:00.000Z' as never);
  const { database, clock, rulebook, config } = city;
  const found = await anomalies(
    { database, clock, rulebook, place: config.jurisdiction },
    month(no).slice(0, 7),
  );
  assert(found.ok, JSON.stringify(found));
  return found.value;
}

const clean = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16];

describe('a source with nine months of history', () => {
  beforeAll(async () => {
    city = await testInstallation({ confirmAll: true });
    await importOrganisations(city, [food]);
    for (const no of clean) await send(no, rows(no, usualRows + (no % 3)));
    await send(9, rows(9, 120));
    // Six of twenty amounts cannot be read; their places in the file are known.
    const unreadable = { 处罚类别: '罚款', 处罚内容: '罚款2000元', '罚款金额(万元)': '0.2万元' };
    await send(
      11,
      rows(11, 20, (index) => (index >= 14 ? unreadable : {})),
    );
    await send(
      13,
      rows(13, 20, () => ({ 处罚类别: '警告', 处罚内容: '警告', '罚款金额(万元)': '' })),
    );
    await send(
      15,
      rows(15, 20, (index) => (index < 19 ? { 处罚决定日期: dots(month(15)) } : {})),
    );
  }, 120_000);
  afterAll(() => city.drop());

  it('raises nothing in the months that are like the others', async () => {
    for (const no of clean) expect([no, await oddities(no)]).toEqual([no, []]);
  });

  it('is found with six times as many rows, in the file they came in', async () => {
    const [odd, ...others] = await oddities(9);
    expect(others).toEqual([]);
    expect(odd).toMatchObject({ kind: 'volume', what: null, seen: 120 });
    expect(odd!.files.map(({ rows: count }) => count)).toEqual([120]);
  });

  it('is found with a burst of one mistake, told with file and rows', async () => {
    const found = await oddities(11);
    // Two checks find the same mistake, each in its own words.
    expect(found.map(({ kind, seen }) => [kind, seen])).toEqual([
      ['error-burst', 0.3],
      ['error-burst', 0.3],
    ]);
    for (const { files } of found) {
      expect(files).toMatchObject([{ rows: 6, first: [16, 17, 18, 19, 20, 21] }]);
    }
  });

  it('is found with one value in all rows of the same standard, told with file and rows', async () => {
    const found = await oddities(13);
    const warned = found.find(({ what }) => what === 'CF_CFLB=警告');
    expect(found.map(({ kind }) => kind)).toEqual(found.map(() => 'code-share'));
    expect(warned!.files).toMatchObject([{ rows: 20 }]);
  });

  it('is found with one day in nearly all rows, told with file and rows', async () => {
    const [odd, ...others] = await oddities(15);
    expect(others).toEqual([]);
    expect(odd).toMatchObject({ kind: 'dates', what: month(15), seen: 0.95 });
    expect(odd!.files).toMatchObject([{ rows: 19 }]);
  });

  it('is found silent, in the month it does not send and in the next', async () => {
    for (const no of [17, 18]) {
      const found = await oddities(no);
      expect(found.map(({ kind }) => kind)).toEqual(['silence']);
    }
  });
});
