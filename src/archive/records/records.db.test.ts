import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  collectText,
  importOrganisations,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv, penaltyHeadings, penalty } from '../../../tests/penalties.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { day, endOfDay } from '../../kernel/day.ts';
import { sql } from '../../platform/db/index.ts';
import {
  type RecordView,
  annulDecision,
  clearHeldShow,
  eraseFromRecord,
  keyOf,
  readRecord,
  readSubjectRecords,
} from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };
const centre = '12320100MBXX00027M';

let city: TestInstallation;
beforeEach(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food, trade]);
});
afterEach(() => city.drop());

const about = (org: typeof food, row: PenaltyRow = {}): PenaltyRow => ({
  行政相对人名称: org.name,
  '行政相对人代码_1(统一社会信用代码)': org.code,
  行政处罚决定书文号: '样罚〔2026〕1号',
  处罚类别: '警告；责令停产停业',
  处罚内容: '警告；责令停产停业',
  '罚款金额(万元)': '',
  ...row,
});

async function send(rows: readonly PenaltyRow[], provider = authority) {
  const report = await collectText(city, penaltyCsv(rows), { item: 'penalty', provider });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  return report.value.batch.counts;
}

/** Rows with control columns: source row id, operation, version. */
async function operate(
  rows: readonly { id: string; op: string; version: string; row?: PenaltyRow }[],
) {
  const head = [...penaltyHeadings, 'FE_ID', 'OP', 'SRC_UPDATED_AT'].join(',');
  const lines = rows.map(({ id, op, version, row }) =>
    [...penalty(about(food, row)), id, op, version].join(','),
  );
  const report = await collectText(city, [head, ...lines].join('\n'), { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  return report.value.batch.counts;
}

async function recordsOf(code: string, asOf = '2026-06-01'): Promise<RecordView[]> {
  const ids = await city.database.query<{ id: string }>(
    sql`select subject_id as id from subjects.subject where uscc = ${code}`,
  );
  return readSubjectRecords(
    city,
    ids.map((row) => row.id),
    day(asOf),
    null,
  );
}

const later = (text: string) => city.config.clock.set(`${text}T02:00:00.000Z` as never);
const decision = keyOf('decision', [
  authority,
  canonicalDocumentNumber('样罚〔2026〕1号'),
  '2026-05-25',
]);
const officer = { actor: operatorA, ground: { reason: '法院判决撤销' } };

describe('a decision about several parties', () => {
  beforeEach(async () => {
    await send([about(food), about(trade)]);
  });

  it('is one record for each party, and the second is told as a joint decision', async () => {
    expect(await recordsOf(food.code)).toHaveLength(1);
    expect(await recordsOf(trade.code)).toHaveLength(1);
    const joint = await city.database.query(
      sql`select 1 from collection.finding where rule = 'D02'`,
    );
    expect(joint).toHaveLength(1);
  });

  it('annulled as a whole closes every window of every party at once', async () => {
    later('2026-07-01');
    const done = await annulDecision(
      city,
      { decisionKey: decision, effectiveOn: day('2026-06-28'), document: '（2026）样行终1号' },
      officer,
    );
    expect(done).toMatchObject({ ok: true, value: { records: 2 } });
    for (const code of [food.code, trade.code]) {
      const [record] = await recordsOf(code, '2026-07-01');
      expect(record!.open).toEqual({ show: false, share: false, use: false, report: false });
      expect(record!.explanations.show.reason).toBe('annulled');
    }
  });

  it('annulled for one party leaves the other as it was', async () => {
    later('2026-07-01');
    await annulDecision(
      city,
      {
        decisionKey: decision,
        effectiveOn: day('2026-06-28'),
        document: '（2026）样行终1号',
        parties: [food.code],
      },
      officer,
    );
    expect((await recordsOf(food.code, '2026-07-01'))[0]!.open.show).toBe(false);
    expect((await recordsOf(trade.code, '2026-07-01'))[0]!.open.show).toBe(true);
  });

  it('annulled in part is classed anew from that day: what is left is minor and no longer shown', async () => {
    expect((await recordsOf(food.code))[0]).toMatchObject({
      class: 'serious',
      open: { show: true },
    });
    later('2026-07-01');
    await annulDecision(
      city,
      {
        decisionKey: decision,
        effectiveOn: day('2026-06-28'),
        document: '样复决〔2026〕3号',
        remainingKinds: ['WARNING'],
      },
      officer,
    );
    const [before] = await recordsOf(food.code, '2026-06-27');
    const [after] = await recordsOf(food.code, '2026-06-28');
    expect(before).toMatchObject({ class: 'serious', open: { show: true } });
    expect(after).toMatchObject({ class: 'minor', open: { show: false, report: true } });
  });

  it('annulled before a party’s row arrives reaches that row too', async () => {
    await annulDecision(
      city,
      { decisionKey: decision, effectiveOn: day('2026-06-01'), document: '撤销决定' },
      officer,
    );
    const third = { name: '样例市样例后到有限公司', code: '91320100MAXX0004XL' };
    await importOrganisations(city, [third]);
    await send([about(third)]);
    expect((await recordsOf(third.code))[0]!.open.report).toBe(false);
  });
});

describe('one fact told by several sources', () => {
  it('is one record with two statements, led by the determining authority', async () => {
    await send([about(food, { 违法事实: '中心转报的说法' })], centre);
    await send([about(food, { 违法事实: '机关自己的说法' })]);
    const records = await recordsOf(food.code);
    expect(records).toHaveLength(1);
    expect(records[0]!.statements).toHaveLength(2);
    expect(records[0]!.provider).toBe(authority);
    expect(records[0]!.values['CF_SY']).toBe('机关自己的说法');
  });

  it('stands as long as one source still says it', async () => {
    await send([about(food)], centre);
    await operate([{ id: 'r1', op: 'I', version: '1' }]);
    await operate([{ id: 'r1', op: 'D', version: '2' }]);
    const [record] = await recordsOf(food.code);
    expect(record!.open.report).toBe(true);
    expect(record!.provider).toBe(centre);
  });
});

describe('operations', () => {
  it('are honoured in version order: an older one never overwrites a newer', async () => {
    await operate([{ id: 'r1', op: 'I', version: '2', row: { 备注: '新' } }]);
    const counts = await operate([{ id: 'r1', op: 'U', version: '1', row: { 备注: '旧' } }]);
    expect(counts.duplicate).toBe(1);
    expect((await recordsOf(food.code))[0]!.values['BZ']).toBe('新');
  });

  it('a deletion that arrives before its insertion is remembered', async () => {
    await operate([{ id: 'r1', op: 'D', version: '5' }]);
    const counts = await operate([{ id: 'r1', op: 'I', version: '4' }]);
    expect(counts.duplicate).toBe(1);
    expect(await recordsOf(food.code)).toHaveLength(0);
  });

  it('W ends the display and nothing else; D ends everything', async () => {
    await operate([{ id: 'r1', op: 'I', version: '1' }]);
    expect((await recordsOf(food.code))[0]!.open.show).toBe(true);
    await operate([{ id: 'r1', op: 'W', version: '2' }]);
    expect((await recordsOf(food.code))[0]!.open).toMatchObject({ show: false, report: true });
    await operate([{ id: 'r1', op: 'D', version: '3' }]);
    expect((await recordsOf(food.code))[0]!.open).toMatchObject({ show: false, report: false });
  });

  it('a correction is a new version; the old one stays', async () => {
    await operate([{ id: 'r1', op: 'I', version: '1', row: { 备注: '一' } }]);
    await operate([{ id: 'r1', op: 'U', version: '2', row: { 备注: '二' } }]);
    const versions = await city.database.query<{ n: number }>(
      sql`select count(*)::int as n from records.statement_version`,
    );
    expect(versions[0]!.n).toBe(2);
  });

  it('a correction that names another party closes the record there and opens it here', async () => {
    await operate([{ id: 'r1', op: 'I', version: '1' }]);
    const [before] = await recordsOf(food.code);
    await operate([
      {
        id: 'r1',
        op: 'U',
        version: '2',
        row: {
          行政相对人名称: trade.name,
          '行政相对人代码_1(统一社会信用代码)': trade.code,
        },
      },
    ]);
    expect(await recordsOf(food.code)).toEqual([]);
    expect((await recordsOf(trade.code))[0]!.recordId).toBe(before!.recordId);
  });
});

describe('time travel', () => {
  it('tells what held on a day apart from what was known at a moment', async () => {
    await send([about(food)]);
    const [record] = await recordsOf(food.code);
    later('2026-07-01');
    await annulDecision(
      city,
      { decisionKey: decision, effectiveOn: day('2026-06-28'), document: '撤销决定' },
      officer,
    );
    const read = async (asOf: string, knownAt: string | null) => {
      const at = knownAt === null ? null : endOfDay(day(knownAt));
      const found = await readRecord(city, record!.recordId, day(asOf), at);
      return found.ok ? found.value.open.show : found.refusal.code;
    };
    expect(await read('2026-06-29', null)).toBe(false);
    expect(await read('2026-06-29', '2026-06-30')).toBe(true);
    expect(await read('2026-06-27', null)).toBe(true);
    expect(await read('2026-06-27', '2026-05-31')).toBe('records.no-such-record');
  });
});

describe('acts on a record', () => {
  it('a fine wrong by ten thousand is shown once the source has confirmed it, from that day', async () => {
    await send([
      about(food, {
        处罚类别: '罚款；责令停产停业',
        处罚内容: '罚款2000元；责令停产停业',
        '罚款金额(万元)': '2000',
      }),
    ]);
    const [held] = await recordsOf(food.code);
    expect(held!.explanations.show.reason).toBe('amount-unconfirmed');
    later('2026-06-10');
    const by = { actor: operatorB, ground: { reason: '来源单位书面确认' } };
    expect(await clearHeldShow(city, held!.recordId, 'C05', by)).toMatchObject({ ok: true });
    expect((await recordsOf(food.code, '2026-06-09'))[0]!.open.show).toBe(false);
    expect((await recordsOf(food.code, '2026-06-10'))[0]!.open.show).toBe(true);
  });

  const byLaw = {
    actor: operatorB,
    ground: { provision: 'personal-information-protection-law#47', reason: '依法删除' },
  };

  it('an erased field is gone everywhere and its salt with it; the commitment stays', async () => {
    const secret = '须删除的内容，电话13800138000';
    await send([about(food, { 违法事实: secret })]);
    const [record] = await recordsOf(food.code);
    const done = await eraseFromRecord(city, record!.recordId, ['CF_SY', 'CF_WSH'], byLaw);
    expect(done).toMatchObject({ ok: true, value: { versions: 1 } });
    const [left] = await city.database.query<Record<string, number>>(sql`
      select (select count(*)::int from records.statement_version v
                where v::text like '%须删除%' or v::text like '%样罚%') as versions,
             (select count(*)::int from collection.finding f where f::text like '%须删除%') as findings,
             (select count(*)::int from records.statement_version where salt is not null) as salts,
             (select count(*)::int from transparency_log.commitment c
               join records.statement_version v on v.statement_id = c.object_id) as commitments`);
    expect(left).toEqual({ versions: 0, findings: 0, salts: 0, commitments: 1 });
  });

  it('what was erased stays erased when its source sends it again', async () => {
    await operate([{ id: 'a', op: 'I', version: '1', row: { 违法事实: '须删除的内容' } }]);
    const [record] = await recordsOf(food.code);
    await eraseFromRecord(city, record!.recordId, ['CF_SY'], byLaw);
    const again = { 违法事实: '须删除的内容', 备注: '再次报送' };
    expect(await operate([{ id: 'a', op: 'U', version: '2', row: again }])).toMatchObject({
      accepted: 1,
    });
    const versions = await city.database.query<{ values: Record<string, string> }>(
      sql`select "values" from records.statement_version order by version`,
    );
    expect(versions.map(({ values }) => [values['CF_SY'], values['BZ']])).toEqual([
      [undefined, undefined],
      [undefined, '再次报送'],
    ]);
  });

  it('a field the windows rest on is not hollowed out of a record', async () => {
    await send([about(food)]);
    const [record] = await recordsOf(food.code);
    expect(await eraseFromRecord(city, record!.recordId, ['CF_JDRQ'], byLaw)).toMatchObject({
      refusal: { code: 'records.field-carries-windows', params: { field: 'CF_JDRQ' } },
    });
  });

  it('erasure without a provision is refused', async () => {
    await send([about(food)]);
    const [record] = await recordsOf(food.code);
    const by = { actor: operatorB, ground: { reason: '删除' } };
    expect(await eraseFromRecord(city, record!.recordId, ['CF_SY'], by)).toMatchObject({
      refusal: { code: 'records.no-basis' },
    });
  });
});
