/** Months in which something happened, their figures held against a count of the raw events in a way of its own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RowEvent, recompute } from '../../../tests/independent/quality.ts';
import {
  type TestInstallation,
  authority,
  clerk,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { type PenaltyRow, penalty, penaltyHeadings } from '../../../tests/penalties.ts';
import { assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import { declareCount, retryHeld } from '../collection/index.ts';
import { type Figures, monthFigures } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };
const month = '2026-03';

let city: TestInstallation;
beforeEach(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
});
afterEach(() => city.drop());

type Sent = { readonly no: number; readonly op?: 'I' | 'U' | 'D'; readonly change?: PenaltyRow };

const unreadable = { '罚款金额(万元)': '0.2万元' };

/** One file: rows with their source's own key, operation and time. */
async function send(at: string, rows: readonly Sent[]): Promise<void> {
  city.config.clock.set(at as never);
  const lines = rows.map(({ no, op = 'U', change = {} }) =>
    [
      ...penalty({
        行政相对人名称: food.name,
        '行政相对人代码_1(统一社会信用代码)': food.code,
        行政处罚决定书文号: `样罚〔2026〕${no}号`,
        处罚决定日期: '2026/03/02',
        ...change,
      }),
      `key-${no}`,
      op,
      `${at.slice(0, 10)} ${at.slice(11, 19)}`,
    ]
      .map((cell) => cell.replaceAll(',', '，'))
      .join(','),
  );
  const head = [...penaltyHeadings, 'FE_ID', 'OP', 'SRC_UPDATED_AT'].join(',');
  const report = await collectText(city, [head, ...lines].join('\n'), { item: 'penalty' });
  assert(report.ok, JSON.stringify(report));
}

async function declare(count: number): Promise<void> {
  const said = { provider: authority, item: 'penalty', period: month, kind: 'produced' } as const;
  const done = await declareCount(city.collection(), { ...said, count, actor: clerk });
  assert(done.ok, JSON.stringify(done));
}

const rows = (from: number, to: number, change?: PenaltyRow): Sent[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    no: from + index,
    ...(change === undefined ? {} : { change }),
  }));

/** The figures of March as the product gives them. */
async function figures(): Promise<Figures> {
  city.config.clock.set('2026-06-01T02:00:00.000Z' as never);
  const { database, clock, rulebook, config } = city;
  const found = await monthFigures(
    { database, clock, rulebook, place: config.jurisdiction },
    month,
  );
  assert(found.ok, JSON.stringify(found));
  return found.value.sources.find(({ item }) => item === 'penalty')!.figures;
}

/** Raw events, as they were stored with each row. */
function events(): Promise<RowEvent[]> {
  return city.database.query<RowEvent>(sql`
    select o.outcome, o.source_key as key, encode(o.row_digest, 'hex') as digest,
      o.decided_on as decided, (o.received_at at time zone 'Asia/Shanghai')::date as received,
      o.record_id is not null or exists (
        select 1 from collection.held_row h
        where h.batch_id = o.batch_id and h.row_no = o.row_no and h.state = 'linked') as linked,
      o.cells_required as required, o.cells_filled as filled,
      (o.outcome in ('A', 'W') and o.record_id is null) or exists (
        select 1 from records.statement_version v
        where v.batch_id = o.batch_id and v.row_no = o.row_no and v.op in ('D', 'W')) as "takesBack"
    from collection.row_outcome o order by o.received_at, o.batch_id, o.row_no`);
}

/** Holds every figure both ways of counting know against each other. */
async function held(produced: number | null): Promise<Figures> {
  const found = await figures();
  // Ten working days after March, Qingming on the sixth left out.
  const again = recompute(await events(), { month, until: '2026-04-15', produced });
  for (const name of Object.keys(again) as (keyof typeof again)[]) {
    const counted = again[name];
    const { state, numerator, denominator } = found[name];
    if (counted === null || counted[1] === 0) expect([name, state]).not.toEqual([name, 'value']);
    else expect([name, numerator, denominator]).toEqual([name, ...counted]);
  }
  return found;
}

describe('the figures of a month in which', () => {
  it('a wrong row was corrected after the limit: it is right at last, and late', async () => {
    await declare(3);
    await send('2026-03-04T02:00:00.000Z', [...rows(1, 2), ...rows(3, 3, unreadable)]);
    await send('2026-03-20T02:00:00.000Z', rows(3, 3));
    const found = await held(3);
    expect(found.complianceFinal.value).toBe(1);
    expect(found.timeliness).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('everything was given back: nothing is right, in time or linked, and nothing is perfect', async () => {
    await declare(4);
    await send('2026-03-04T02:00:00.000Z', rows(1, 4, unreadable));
    const found = await held(4);
    expect(found.compliance.value).toBe(0);
    expect(found.timeliness.value).toBe(0);
    expect(found.association.state).toBe('UNKNOWN');
  });

  it('the same file came three times: repeats stand apart and are no second report', async () => {
    await declare(5);
    for (const day of ['04', '05', '06']) {
      await send(`2026-03-${day}T02:00:00.000Z`, rows(1, 4));
    }
    const found = await held(5);
    expect(found.reporting.value).toBe(0.8);
  });

  it('a stored row was corrected: it is one fact, and no repeat', async () => {
    await declare(2);
    await send('2026-03-04T02:00:00.000Z', rows(1, 2));
    await send('2026-03-05T02:00:00.000Z', rows(2, 2, { 备注: '更正' }));
    const found = await held(2);
    expect(found.duplicate.value).toBe(0);
    expect(found.compliance).toMatchObject({ numerator: 2, denominator: 2 });
  });

  it('a right row was deleted afterwards: no rate is better for it', async () => {
    await declare(3);
    await send('2026-03-04T02:00:00.000Z', rows(1, 3));
    const before = await held(3);
    await send('2026-03-09T02:00:00.000Z', [{ no: 2, op: 'D' }]);
    const after = await held(3);
    for (const name of ['reporting', 'compliance', 'complianceFinal', 'timeliness'] as const) {
      expect([name, after[name].value! <= before[name].value!]).toEqual([name, true]);
    }
  });

  it('a wrong row was deleted instead of corrected: it stays wrong', async () => {
    await declare(3);
    await send('2026-03-04T02:00:00.000Z', [...rows(1, 2), ...rows(3, 3, unreadable)]);
    const before = await held(3);
    await send('2026-03-09T02:00:00.000Z', [{ no: 3, op: 'D' }]);
    const after = await held(3);
    for (const name of ['reporting', 'compliance', 'complianceFinal', 'timeliness'] as const) {
      expect([name, after[name].value]).toEqual([name, before[name].value]);
    }
    expect(after.duplicate).toEqual(before.duplicate);
    expect(after.correction.value).toBe(0);
  });

  it('it was declared that there was nothing: nothing was due, and nothing reads as a hundred', async () => {
    await declare(0);
    const found = await held(0);
    for (const name of ['reporting', 'timeliness', 'compliance', 'completeness'] as const) {
      expect([name, found[name].state]).toEqual([name, 'NA']);
    }
  });

  it('nobody declared a number: the rate of reporting is not known, the others are', async () => {
    await send('2026-03-04T02:00:00.000Z', [...rows(1, 5), ...rows(6, 6, unreadable)]);
    const found = await held(null);
    expect(found.reporting.state).toBe('UNKNOWN');
    expect(found.compliance).toMatchObject({ numerator: 5, denominator: 6 });
  });

  it('more came than was declared: more than all is not better than all', async () => {
    await declare(3);
    await send('2026-03-04T02:00:00.000Z', rows(1, 5));
    const found = await held(3);
    expect(found.reporting).toMatchObject({ value: 1, numerator: 3, denominator: 3 });
    expect(found.omission.value).toBe(0);
  });

  it('rows came on both sides of midnight at its end: each belongs to the month it was received in', async () => {
    await declare(2);
    await send('2026-03-31T15:59:00.000Z', rows(1, 1, { 处罚决定日期: '2026/03/30' }));
    await send('2026-03-31T16:01:00.000Z', rows(2, 2, { 处罚决定日期: '2026/03/30' }));
    const found = await held(2);
    expect(found.reporting).toMatchObject({ numerator: 1, denominator: 2 });
  });

  it('a row waited and its organisation came later: it is linked, with its first receipt', async () => {
    await declare(2);
    const unknown = {
      行政相对人名称: trade.name,
      '行政相对人代码_1(统一社会信用代码)': trade.code,
    };
    await send('2026-03-04T02:00:00.000Z', [...rows(1, 1), ...rows(2, 2, unknown)]);
    const before = await held(2);
    expect(before.association).toMatchObject({ numerator: 1, denominator: 2 });
    city.config.clock.set('2026-03-20T02:00:00.000Z' as never);
    await importOrganisations(city, [trade]);
    expect(await retryHeld(city.collection())).toBe(1);
    const after = await held(2);
    expect(after.association).toMatchObject({ numerator: 2, denominator: 2 });
    expect(after.timeliness.value).toBe(1);
  });
});
