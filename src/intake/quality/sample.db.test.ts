/** Rows drawn by lot, judged against papers, and the accuracy that follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  clerk,
  collectText,
  importOrganisations,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import { drawSample, judgeRow, monthFigures, samples } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const source = { period: '2026-03', provider: authority, item: 'penalty' };

let city: TestInstallation;
const deps = () => {
  const { database, clock, rulebook, config, door } = city;
  return { database, clock, rulebook, place: config.jurisdiction, door };
};
const draw = (size: number, actor = operatorA) => drawSample(deps(), { ...source, actor, size });
const judge = (no: number, verdict: string, note?: string, actor = operatorA) =>
  judgeRow(deps(), { ...source, actor, no, verdict, ...(note === undefined ? {} : { note }) });
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'ok' : result.refusal!.code;

async function accuracy() {
  const found = await monthFigures(deps(), source.period);
  assert(found.ok, 'the month is measured');
  return found.value.sources[0]!.figures.accuracy;
}

beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
  city.config.clock.set('2026-03-20T02:00:00.000Z' as never);
  const rows = Array.from({ length: 12 }, (_, no) => ({
    行政相对人名称: no === 11 ? '样例食品公司' : food.name,
    '行政相对人代码_1(统一社会信用代码)': food.code,
    行政处罚决定书文号: `样罚〔2026〕${no}号`,
    处罚决定日期: '2026/03/16',
    ...(no === 10 ? { '罚款金额(万元)': '0.2万元' } : {}),
  }));
  const sent = await collectText(city, penaltyCsv(rows), { item: 'penalty' });
  assert(sent.ok, JSON.stringify(sent));
});
afterAll(() => city.drop());

describe('a sample of a month', () => {
  it('is not drawn before the month is over, by the department itself, or of nothing', async () => {
    expect(codeOf(await draw(4))).toBe('quality.month-not-over');
    city.config.clock.set('2026-05-20T02:00:00.000Z' as never);
    expect(codeOf(await draw(0))).toBe('quality.bad-size');
    expect(codeOf(await draw(4, { ...clerk, unit: authority }))).toBe('quality.own-department');
    expect(codeOf(await draw(4, clerk))).toBe('door.not-permitted');
    const other = { ...source, item: 'permit', actor: operatorA, size: 4 };
    expect(codeOf(await drawSample(deps(), other))).toBe('quality.nothing-to-sample');
    expect((await accuracy()).state).toBe('UNKNOWN');
  });

  it('is drawn by lot from what was stored, as whoever has its seed can work out again', async () => {
    const drawn = await draw(4);
    assert(drawn.ok, JSON.stringify(drawn));
    // Eleven rows were not given back; one of these waits for its organisation.
    expect(drawn.value).toMatchObject({ size: 4, population: 10 });
    const { batchId } = drawn.value.rows[0]!;
    // The first row of a file is its heading.
    const lot = Array.from({ length: 10 }, (_, no) => no + 2)
      .map((row) => ({ row, key: sha256Hex(`${drawn.value.seed}/${batchId}/${row}`) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(drawn.value.rows.map(({ row }) => row)).toEqual(lot.slice(0, 4).map(({ row }) => row));
    expect(drawn.value.rows[0]!.documentNumber).toMatch(/^样罚〔2026〕\d号$/);
  });

  it('is not drawn again because it does not please', async () => {
    expect(codeOf(await draw(4))).toBe('quality.sampled-already');
  });

  it('says nothing of accuracy until its last row is judged; papers not shown are not right', async () => {
    expect(codeOf(await judge(1, 'right'))).toBe('ok');
    expect(codeOf(await judge(2, 'right'))).toBe('ok');
    expect(codeOf(await judge(3, 'wrong'))).toBe('quality.note-missing');
    expect(codeOf(await judge(3, 'wrong', '决定书所载金额为0.3万元'))).toBe('ok');
    expect((await accuracy()).state).toBe('UNKNOWN');
    expect(codeOf(await judge(4, 'unproven', '没有出示决定书'))).toBe('ok');
    expect(await accuracy()).toMatchObject({ state: 'value', numerator: 2, denominator: 4 });
  });

  it('is changed only by another officer, who says why; both verdicts stay', async () => {
    expect(codeOf(await judge(4, 'right', '已补交决定书'))).toBe('quality.judged-by-you');
    expect(codeOf(await judge(4, 'right', '', operatorB))).toBe('quality.note-missing');
    expect(codeOf(await judge(4, 'right', '已补交决定书，一致', operatorB))).toBe('ok');
    expect(await accuracy()).toMatchObject({ numerator: 3, denominator: 4 });
    const [sample] = await city.database.query<{ kept: number }>(
      sql`select count(*)::int as kept from quality.verdict`,
    );
    expect(sample!.kept).toBe(5);
  });

  it('refuses a row it has not, a verdict there is not, and a month without one', async () => {
    expect(codeOf(await judge(5, 'right'))).toBe('quality.no-such-row');
    expect(codeOf(await judge(1, 'good'))).toBe('quality.bad-verdict');
    const other = { ...source, period: '2026-04', actor: operatorA, no: 1, verdict: 'right' };
    expect(codeOf(await judgeRow(deps(), other))).toBe('quality.no-sample');
    const none = await samples(deps(), '2026-04', { provider: null, item: null });
    expect(none).toEqual({ ok: true, value: [] });
  });

  it('cannot be changed in the database', async () => {
    const changes = [
      sql`update quality.sample set size = 1`,
      sql`delete from quality.sample_row`,
      sql`update quality.verdict set verdict = 'right'`,
    ];
    for (const change of changes) {
      await expect(city.database.execute(change)).rejects.toThrow(/kept as they were/);
    }
  });
});
