import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  collectText,
  confirmAll,
  importOrganisations,
  operatorA,
  testInstallation,
} from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import { day } from '../../kernel/day.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { sql } from '../../platform/db/index.ts';
import { annulDecision, keyOf, reworkWindows } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const centre = '12320100MBXX00027M';

let city: TestInstallation;
afterEach(() => city.drop());

const row = (part: PenaltyRow = {}): PenaltyRow => ({
  行政相对人名称: food.name,
  '行政相对人代码_1(统一社会信用代码)': food.code,
  行政处罚决定书文号: '样罚〔2026〕1号',
  ...part,
});

const send = (provider: string, ...rows: PenaltyRow[]) =>
  collectText(city, penaltyCsv(rows), { item: 'penalty', provider });

async function windows(): Promise<{ show: string; class: string | null }[]> {
  return city.database.query(sql`
    select show::text, class from records.record_window where superseded_at is null order by record_id`);
}

describe('when the law changes', () => {
  beforeEach(async () => {
    city = await testInstallation();
    await importOrganisations(city, [food]);
  });

  it('what was stored under the old law is worked out anew, once', async () => {
    // A fine alone is of no confirmed class: as shipped it is not shown.
    await send(authority, row());
    expect(await windows()).toEqual([{ show: '{}', class: 'unknown' }]);
    expect(await reworkWindows(city)).toEqual({ looked: 0, changed: 0 });

    await confirmAll(city);
    expect(await reworkWindows(city)).toEqual({ looked: 1, changed: 1 });
    expect(await windows()).toEqual([{ show: '{[2026-06-01,2027-05-26)}', class: 'unknown' }]);
    expect(await reworkWindows(city)).toEqual({ looked: 0, changed: 0 });
  });

  it('what comes out the same is noted as looked at, and nothing is superseded', async () => {
    await send(
      authority,
      row({ 处罚类别: '责令停产停业', '罚款金额(万元)': '', 处罚内容: '责令停产停业' }),
    );
    const before = await windows();
    await city.database.execute(sql`update records.record_window set rulebook_digest = 'older'`);
    expect(await reworkWindows(city)).toEqual({ looked: 1, changed: 0 });
    expect(await windows()).toEqual(before);
    const [all] = await city.database.query(
      sql`select count(*)::int as n from records.record_window`,
    );
    expect(all).toEqual({ n: 1 });
  });

  it('a pass that was stopped goes on where it was', async () => {
    await send(
      authority,
      ...Array.from({ length: 1200 }, (_, n) => row({ 行政处罚决定书文号: `样罚〔2026〕${n}号` })),
    );
    await confirmAll(city);
    let chunks = 0;
    const stop = () => {
      chunks += 1;
      if (chunks > 2) throw new Error('stopped');
    };
    await expect(reworkWindows(city, stop)).rejects.toThrow('stopped');
    expect(await reworkWindows(city)).toEqual({ looked: 200, changed: 200 });
  });
});

describe('two at once', () => {
  beforeEach(async () => {
    city = await testInstallation({ confirmAll: true });
    await importOrganisations(city, [food]);
  });

  const decision = keyOf('decision', [
    authority,
    canonicalDocumentNumber('样罚〔2026〕1号'),
    '2026-05-25',
  ]);

  it('one decision reported by two units at the same moment is one record with two statements', async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      const number = `样罚〔2026〕${100 + turn}号`;
      const done = await Promise.all([
        send(authority, row({ 行政处罚决定书文号: number })),
        send(centre, row({ 行政处罚决定书文号: number })),
      ]);
      expect(done.map(({ ok }) => ok)).toEqual([true, true]);
    }
    const records = await city.database.query<{ statements: number; windows: number }>(sql`
      select count(distinct v.statement_id)::int as statements,
             (select count(*)::int from records.record_window w
              where w.record_id = v.record_id and superseded_at is null) as windows
      from records.statement_version v group by v.record_id`);
    expect(records).toEqual(Array.from({ length: 8 }, () => ({ statements: 2, windows: 1 })));
  });

  it('a decision annulled while another unit reports it closes that record, too', async () => {
    await send(authority, row());
    await Promise.all([
      annulDecision(
        city,
        { decisionKey: decision, effectiveOn: day('2026-06-01'), document: '样复〔2026〕1号' },
        { actor: operatorA, ground: { reason: '复议撤销' } },
      ),
      send(centre, row()),
    ]);
    for (const { show } of await windows()) expect(show).toBe('{}');
  });
});
