import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { type PermitRow, permitCsv } from '../../../tests/permits.ts';
import { wordsOf } from '../../app/messages.ts';
import { sql } from '../../platform/db/index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };
const snack = { name: '样例区样例小吃店', code: '92320100MAXX00103J' };
const renamedFirm = { name: '样例市样例新名科技有限公司', code: '91320100MAXX0004XL' };

const codeColumn = '行政相对人代码_1(统一社会信用代码)';

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  const before = { ...renamedFirm, name: '样例市样例旧名科技有限公司' };
  await importOrganisations(city, [food, trade, snack, before]);
  city.config.clock.set('2026-06-01T03:00:00.000Z' as never);
  await importOrganisations(city, [renamedFirm]);
});
afterAll(() => city.drop());

type Found = {
  readonly outcome: string;
  readonly codes: readonly string[];
  readonly advice: string;
  readonly batch: string;
};

let serial = 0;
/** Collects one permit and says what became of it. */
async function one(row: PermitRow): Promise<Found> {
  serial += 1;
  const text = permitCsv([
    {
      行政相对人名称: food.name,
      [codeColumn]: food.code,
      行政许可决定文书号: `样许准〔2026〕第${serial}号`,
      ...row,
    },
  ]);
  const report = await collectText(city, text, { item: 'permit' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const batch = report.value.batch.batchId;
  const [outcome] = await city.database.query<Pick<Found, 'outcome' | 'codes'>>(sql`
    select outcome, coalesce(codes, '{}') as codes from collection.row_outcome
    where batch_id = ${batch}`);
  const [told] = await city.database.query<{ advice: string | null }>(sql`
    select string_agg(detail->>'advice', ' ') as advice from collection.finding
    where batch_id = ${batch}`);
  return { ...outcome!, advice: told?.advice ?? '', batch };
}

describe('the permit cases of the data standard end as its table says', () => {
  it('takes an ordinary permit in', async () => {
    expect(await one({})).toMatchObject({ outcome: 'A', codes: [] });
  });

  it.each(['xk-natural', 'cf-natural'])(
    '2: an individual business in the template of natural persons (%s) is sent to the other template',
    async (template) => {
      const names =
        template === 'xk-natural'
          ? '行政相对人名称,行政相对人类别,证件类型,证件号码,行政许可决定文书名称,行政许可决定文书号,许可类别,许可证书名称,许可编号,许可内容,许可决定日期,有效期自,有效期至,许可机关,许可机关统一社会信用代码,当前状态,数据来源单位,数据来源单位统一社会信用代码,备注'
          : '行政相对人名称,行政相对人类别,证件类型,证件号码,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额(万元),没收违法所得、没收非法财物的金额(万元),暂扣或吊销证照名称及编号,处罚决定日期,处罚有效期,公示截止期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,备注';
      const item = template === 'xk-natural' ? 'permit' : 'penalty';
      const report = await collectText(city, `${names}\n${snack.name},个体工商户\n`, { item });
      if (report.ok) throw new Error('was read');
      expect(report.refusal.code).toBe('collection.template-refused');
      expect(wordsOf(report.refusal).zh).toMatch(/个体工商户/);
      const [kept] = await city.database.query<{ n: number }>(sql`
        select count(*)::int as n from records.statement_version v where v::text like '%样例小吃店%'`);
      expect(kept!.n).toBe(0);
    },
  );

  it.each<[string, PermitRow, string, string]>([
    [
      '1: a 92 code under the category of legal persons',
      { 行政相对人名称: snack.name, [codeColumn]: snack.code },
      'C08',
      '个体工商户',
    ],
    ['5: a letter O in the code', { [codeColumn]: '9132O100MAXX000900' }, 'I02', food.code],
    ['7: 其他 without saying what', { 许可类别: '其他' }, 'F03', '其他-'],
    ['11: a validity until 长期', { 有效期至: '长期' }, 'F04', '2099/12/31'],
    [
      '12: no beginning of validity, an end of 2099-01-31',
      { 有效期自: '', 有效期至: '2099-01-31' },
      'F01',
      '',
    ],
    ['14: a decision in the future', { 许可决定日期: '2062/03/02' }, 'F05', ''],
    ['15: no document number', { 行政许可决定文书号: '' }, 'F01', '许可编号'],
    [
      '17: an authority coded with 17 zeros',
      { 许可机关统一社会信用代码: '00000000000000000X' },
      'C09',
      '',
    ],
    ['19: two parties in one row', { 行政相对人名称: `${food.name}、${trade.name}` }, 'C15', ''],
    ['22: a natural person with a unified code', { 行政相对人类别: '自然人' }, 'C07', ''],
    ['a validity that ends before it begins', { 有效期至: '2026/05/24' }, 'F06', ''],
    ['a state that is none', { 当前状态: '3' }, 'F03', ''],
  ])('%s is refused', async (_, change, rule, advice) => {
    const row = await one(change);
    expect(row.outcome).toBe('R');
    expect(row.codes).toContain(rule);
    expect(row.advice).toContain(advice);
  });

  it('3: a name that is not the registered one waits for two persons as I01', async () => {
    const row = await one({ 行政相对人名称: '样例食品公司' });
    expect(row.outcome).toBe('H');
    expect(row.codes).toContain('I01');
  });

  it('4: a firm renamed after the decision is taken in under its former name', async () => {
    const row = await one({
      行政相对人名称: '样例市样例旧名科技有限公司',
      [codeColumn]: renamedFirm.code,
    });
    expect(row.outcome).toBe('W');
  });

  it('11: 2099/12/31, as advised, is taken as without end', async () => {
    const row = await one({ 有效期至: '2099/12/31' });
    expect(row.outcome).toBe('A');
    const [kept] = await city.database.query<{ until: string | null }>(sql`
      select valid_until::text as until from records.statement_version where batch_id = ${row.batch}`);
    expect(kept!.until).toMatch(/infinity|long/);
  });

  it.each(['2026.5.25', '2026年5月25日', '46167', '20260525', '2026-05-25 09:30'])(
    '13: the date %s is read as 25 May 2026',
    async (text) => {
      const row = await one({ 许可决定日期: text });
      expect(row.outcome).toBe('A');
      const [kept] = await city.database.query<{ day: string }>(sql`
        select decided_on::text as day from records.statement_version where batch_id = ${row.batch}`);
      expect(kept!.day).toBe('2026-05-25');
    },
  );

  it('16: the same document with other brackets is the same record', async () => {
    await one({ 行政许可决定文书号: '样括许〔2026〕7号' });
    const again = await one({ 行政许可决定文书号: '样括许[2026]7号' });
    expect(again.outcome).toBe('D');
    const [count] = await city.database.query<{ records: number }>(sql`
      select count(distinct record_id)::int as records from records.statement_version
      where document_number like '样括许%'`);
    expect(count!.records).toBe(1);
  });

  it('18: an identity number in the content keeps the permit unshown and is not kept itself', async () => {
    const row = await one({ 许可内容: '销售；负责人身份证号11010519491231002X' });
    expect(row.outcome).toBe('W');
    expect(row.codes).toContain('P01');
    const [found] = await city.database.query<{ hits: number }>(sql`
      select (select count(*) from records.statement_version v where v::text like '%11010519491231002X%')
           + (select count(*) from collection.finding f where f::text like '%11010519491231002X%')
           as hits`);
    expect(Number(found!.hits)).toBe(0);
  });

  it('20: a decision from before unified codes is linked by organisation code, with a warning', async () => {
    const row = await one({
      [codeColumn]: '',
      '行政相对人代码_3(组织机构代码)': food.code.slice(8, 17),
    });
    expect(row.outcome).toBe('W');
    expect(row.codes).toContain('C17');
  });

  it('21: a trailing blank and a line break in the name change nothing', async () => {
    expect((await one({ 行政相对人名称: `${food.name} \n` })).outcome).toBe('A');
  });

  it('25: a report on working day 9 is accepted and counted as late', async () => {
    const row = await one({ 许可决定日期: '2026/05/18' });
    expect([row.outcome, row.codes]).toEqual(['A', ['T01']]);
  });

  it('26: the same row sent again unchanged is a duplicate, not an error', async () => {
    const row: PermitRow = { 行政许可决定文书号: '样重许〔2026〕1号' };
    expect((await one(row)).outcome).toBe('A');
    expect((await one({ ...row, 法定代表人: '样例人甲' })).outcome).toBe('D');
  });
});
