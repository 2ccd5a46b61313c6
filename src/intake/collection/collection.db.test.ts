import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import { sql } from '../../platform/db/index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };
const snack = { name: '样例区样例小吃店', code: '92320100MAXX00103J' };
const renamedFirm = { name: '样例市样例新名科技有限公司', code: '91320100MAXX0004XL' };

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [
    food,
    trade,
    snack,
    { ...renamedFirm, name: '样例市样例旧名科技有限公司' },
  ]);
  city.config.clock.set('2026-06-01T03:00:00.000Z' as never);
  await importOrganisations(city, [renamedFirm]);
});
afterAll(() => city.drop());

type Row = { row: number; outcome: string; codes: string[] | null };

async function outcomes(batchId: string): Promise<Row[]> {
  return city.database.query<Row>(sql`
    select row_no::int as row, outcome, codes from collection.row_outcome
    where batch_id = ${batchId} order by row_no`);
}

let serial = 0;
/** Collects one penalty and says what became of it. */
async function one(row: PenaltyRow): Promise<Row & { batch: string }> {
  serial += 1;
  const text = penaltyCsv([
    {
      行政相对人名称: food.name,
      '行政相对人代码_1(统一社会信用代码)': food.code,
      行政处罚决定书文号: `样罚〔2026〕${serial}号`,
      ...row,
    },
  ]);
  const report = await collectText(city, text, { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const [outcome] = await outcomes(report.value.batch.batchId);
  return { ...outcome!, batch: report.value.batch.batchId };
}

describe('the penalty cases of the data standard end as its table says', () => {
  it('takes an ordinary penalty in', async () => {
    expect(await one({})).toMatchObject({ outcome: 'A', codes: null });
  });

  it('1: a 92 code under the category of legal persons is refused as C08', async () => {
    const row = await one({
      行政相对人名称: snack.name,
      '行政相对人代码_1(统一社会信用代码)': snack.code,
    });
    expect(row).toMatchObject({ outcome: 'R', codes: ['C08'] });
  });

  it('3: a name that is not the registered one waits for two persons as I01', async () => {
    const row = await one({ 行政相对人名称: '样例食品公司' });
    expect(row.outcome).toBe('H');
    expect(row.codes).toContain('I01');
    const [told] = await city.database.query<{ message: string }>(sql`
      select detail->>'message' as message from collection.finding
      where batch_id = ${row.batch} and rule = 'I01'`);
    expect(told!.message).toContain(`登记名称为“${food.name}”`);
  });

  it('4: a firm renamed after the decision is taken in under its former name', async () => {
    const row = await one({
      行政相对人名称: '样例市样例旧名科技有限公司',
      '行政相对人代码_1(统一社会信用代码)': renamedFirm.code,
    });
    expect(row.outcome).toBe('W');
  });

  it('5: a letter O in the code is refused with the suggestion of a zero', async () => {
    const row = await one({ '行政相对人代码_1(统一社会信用代码)': '9132O100MAXX000900' });
    expect(row).toMatchObject({ outcome: 'R', codes: ['I02'] });
    const [finding] = await city.database.query<{ advice: string }>(sql`
      select detail->>'advice' as advice from collection.finding where batch_id = ${row.batch}`);
    expect(finding!.advice).toContain('91320100MAXX000900');
  });

  it.each([
    ['6: a comma between kinds', { 处罚类别: '罚款,没收' }, 'F03'],
    ['7: 其他 without saying what', { 处罚类别: '其他' }, 'F03'],
    ['8: a fine without an amount', { '罚款金额(万元)': '' }, 'C01'],
    ['10: an amount with its unit', { '罚款金额(万元)': '0.2万元' }, 'F07'],
    ['14: a decision in the future', { 处罚决定日期: '2062/03/02' }, 'F05'],
    ['15: no document number', { 行政处罚决定书文号: '' }, 'F01'],
    [
      '17: an agency coded with 17 zeros',
      { 处罚机关统一社会信用代码: '00000000000000000X' },
      'C09',
    ],
    ['19: three parties in one row', { 行政相对人名称: `${food.name}、${trade.name}` }, 'C15'],
  ] as const)('%s is refused', async (_, change, rule) => {
    const row = await one(change);
    expect(row.outcome).toBe('R');
    expect(row.codes).toContain(rule);
  });

  it('9: 2000 in the column of ten thousands is taken in but stays unshown until confirmed', async () => {
    const row = await one({ '罚款金额(万元)': '2000' });
    expect(row.outcome).toBe('W');
    expect(row.codes).toContain('C05');
    const [version] = await city.database.query<{ held: string[]; show: string }>(sql`
      select v.held_show as held, w.show::text as show
      from records.statement_version v join records.record_window w using (subject_id, record_id)
      where v.batch_id = ${row.batch} and w.superseded_at is null`);
    expect(version!.held).toEqual(['C05']);
    expect(version!.show).toBe('{}');
  });

  it.each(['2026.5.20', '2026年5月20日', '46162', '20260520'])(
    '13: the date %s is read as 20 May 2026',
    async (text) => {
      const row = await one({ 处罚决定日期: text });
      const [version] = await city.database.query<{ day: string }>(sql`
        select decided_on::text as day from records.statement_version where batch_id = ${row.batch}`);
      expect(version?.day).toBe('2026-05-20');
    },
  );

  it('16: the same document with other brackets is the same record', async () => {
    await one({ 行政处罚决定书文号: '样括〔2026〕7号', 备注: '' });
    const again = await one({ 行政处罚决定书文号: '样括[2026]7号', 备注: '' });
    expect(again.outcome).toBe('D');
    const [count] = await city.database.query<{ records: number }>(sql`
      select count(distinct record_id)::int as records from records.statement_version
      where document_number like '样括%'`);
    expect(count!.records).toBe(1);
  });

  it('18: an identity number in the remark keeps the record unshown and is not kept itself', async () => {
    const row = await one({ 备注: '联系人身份证号11010519491231002X' });
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
      '行政相对人代码_1(统一社会信用代码)': '',
      '行政相对人代码_3(组织机构代码)': food.code.slice(8, 17),
    });
    expect(row.outcome).toBe('W');
    expect(row.codes).toContain('C17');
  });

  it('21: a trailing blank in the name changes nothing', async () => {
    expect((await one({ 行政相对人名称: `${food.name} \n` })).outcome).toBe('A');
  });

  it('22–24: a natural person is refused and nothing but number, digest and reason is kept', async () => {
    const row = await one({
      行政相对人名称: '样例人',
      行政相对人类别: '自然人',
      '行政相对人代码_1(统一社会信用代码)': '',
      法定代表人证件类型: '身份证',
      法定代表人证件号码: '11010519491231002x',
    });
    expect(row.outcome).toBe('R');
    expect(row.codes).toEqual(expect.arrayContaining(['PERSONAL', 'C07']));
    const kept = await city.database.query<{ value: string | null }>(sql`
      select value from collection.finding where batch_id = ${row.batch}`);
    expect(kept.every((finding) => finding.value === null)).toBe(true);
  });

  it('25: a report on working day 9 is accepted and counted as late', async () => {
    const row = await one({ 处罚决定日期: '2026/05/18' });
    expect(row.outcome).toBe('A');
    expect(row.codes).toEqual(['T01']);
  });

  it('26: the same row sent again unchanged is a duplicate, not an error', async () => {
    const row: PenaltyRow = { 行政处罚决定书文号: '样重〔2026〕1号' };
    expect((await one(row)).outcome).toBe('A');
    expect((await one({ ...row, 法定代表人: '样例人甲' })).outcome).toBe('D');
  });
});
