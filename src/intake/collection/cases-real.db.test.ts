/**
 * The real penalties and permits of ../shared/data: once as they stand, once filled in as the advice
 * asks. Their texts say neither codes nor, mostly, the day of decision; what is filled in is invented,
 * what the text does not say stays empty. Skipped where the folder is absent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCode } from '../../../tests/fixtures/dirt/sample-codes.ts';
import { collectText, importOrganisations, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { type PenaltyRow, authority, penaltyCsv } from '../../../tests/penalties.ts';
import { type PermitRow, permitCsv } from '../../../tests/permits.ts';
import { sharedJson } from '../../../tests/shared-data.ts';
import { sql } from '../../platform/db/index.ts';

type Penalty = {
  readonly title: string;
  readonly document_number: string | null;
  readonly authority: string;
  readonly penalty_date: string | null;
  readonly kinds: readonly string[];
  readonly amount_wan: string | null;
  readonly content: string;
  readonly law: string | null;
  readonly violation_kind: string;
  readonly listed_company: string;
};

type Permit = {
  readonly holder: string;
  readonly permit_number: string;
  readonly issued_by: string;
  readonly issued_on: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly code_in_number: string;
};

const penalties = sharedJson<Penalty[]>('penalties-sample/environmental-penalties.json');
const permits = sharedJson<Permit[]>('penalties-sample/discharge-permits.json');
const codeColumn = '行政相对人代码_1(统一社会信用代码)';

/** The punished party: a branch that only the title names, else the listed company. */
function partyOf({ title, listed_company: listed }: Penalty): string {
  const found = new RegExp(`${listed}[^）)]{2,}?(?:加油站|分公司|采气厂|经营处|官桥)`).exec(title);
  return found === null ? listed : found[0];
}

const kindOf = (kind: string): string => (kind === '责令改正' ? '其他-责令改正' : kind);

function penaltyRow(sample: Penalty): PenaltyRow {
  return {
    行政相对人名称: sample.listed_company,
    法定代表人: '',
    行政处罚决定书文号: sample.document_number ?? '',
    违法行为类型: sample.violation_kind,
    违法事实: sample.title,
    处罚依据: sample.law ?? '',
    处罚类别: sample.kinds.map(kindOf).join('；'),
    处罚内容: sample.content,
    '罚款金额(万元)': sample.amount_wan ?? '',
    处罚决定日期: sample.penalty_date ?? '',
    处罚机关: sample.authority,
    处罚机关统一社会信用代码: '',
    数据来源单位: sample.authority,
    数据来源单位统一社会信用代码: '',
  };
}

function permitRow(sample: Permit, code: string): PermitRow {
  return {
    行政相对人名称: sample.holder,
    [codeColumn]: code,
    行政许可决定文书名称: '排污许可证',
    行政许可决定文书号: sample.permit_number,
    许可证书名称: '排污许可证',
    许可编号: sample.permit_number,
    许可内容: '排放污染物',
    许可决定日期: sample.issued_on,
    有效期自: sample.valid_from,
    有效期至: sample.valid_to,
    许可机关: sample.issued_by,
    数据来源单位: sample.issued_by,
  };
}

const zeroForO = (code: string): string => code.replaceAll('O', '0');

describe.skipIf(penalties === null || permits === null)('real penalties and permits', () => {
  let city: TestInstallation;
  const parties = [...new Set((penalties ?? []).map(partyOf))];
  const codeOf = (party: string): string => sampleCode(100 + parties.indexOf(party));
  beforeAll(async () => {
    city = await testInstallation({ confirmAll: true });
    await importOrganisations(city, [
      ...parties.map((name) => ({ name, code: codeOf(name) })),
      ...permits!.map(({ holder, code_in_number: code }) => ({
        name: holder,
        code: zeroForO(code),
      })),
    ]);
  });
  afterAll(() => city.drop());

  async function outcomes(text: string, item: string) {
    const report = await collectText(city, text, { item });
    if (!report.ok) throw new Error(JSON.stringify(report.refusal));
    const { batch } = report.value;
    return city.database.query<{ outcome: string; codes: string[]; told: number }>(sql`
      select o.outcome, coalesce(o.codes, '{}') as codes,
             (select count(*)::int from collection.finding f
              where f.batch_id = o.batch_id and f.row_no = o.row_no and f.severity = 'reject'
                and f.detail->>'message' <> '' and f.detail->>'advice' <> '') as told
      from collection.row_outcome o where batch_id = ${batch.batchId} order by row_no`);
  }

  it('are ten and three, and five parties only the titles name', () => {
    expect([penalties!.length, permits!.length]).toEqual([10, 3]);
    expect(parties.filter((name) => name !== penalties![0]!.listed_company).length).toBe(5);
  });

  it('as they stand are given back, each with every reason and what to do', async () => {
    const rows = await outcomes(penaltyCsv(penalties!.map(penaltyRow)), 'penalty');
    for (const [index, { outcome, codes, told }] of rows.entries()) {
      expect(outcome, penalties![index]!.title).toBe('R');
      // No code of the party, none of the authority, no representative.
      expect(codes).toEqual(expect.arrayContaining(['F01', 'C16', 'C18']));
      expect(told).toBeGreaterThanOrEqual(4);
      // The fine agrees with its text in all ten, in figures, in capitals, in yuan and in 万元.
      expect(codes).not.toContain('C05');
    }
  });

  it('are taken in once codes and representatives are filled in, as far as their text goes', async () => {
    const filled = penalties!.map((sample) => ({
      ...penaltyRow(sample),
      行政相对人名称: partyOf(sample),
      [codeColumn]: codeOf(partyOf(sample)),
      法定代表人: '样例人',
      处罚机关统一社会信用代码: authority,
      数据来源单位统一社会信用代码: authority,
    }));
    const rows = await outcomes(penaltyCsv(filled), 'penalty');
    for (const [index, { outcome, codes }] of rows.entries()) {
      const { penalty_date: day, document_number: number, law, title } = penalties![index]!;
      const complete = day !== null && number !== null && law !== null;
      expect(outcome, `${title} ${codes.join(' ')}`).toBe(complete ? 'A' : 'R');
      expect(codes, title).toEqual(complete ? ['T01'] : ['F01']);
    }
    expect(rows.filter(({ outcome }) => outcome === 'A').length).toBe(3);
  });

  it('permits: a letter O in the code is given back with the zero, never replaced; then taken', async () => {
    const written = permits!.map((sample) => permitRow(sample, sample.code_in_number));
    const first = await outcomes(permitCsv(written), 'permit');
    expect(first.map(({ outcome }) => outcome)).toEqual(['W', 'R', 'R']);
    // Issued with a check character that does not hold: the register knows it, so it is taken.
    expect(first[0]!.codes).toContain('I04');
    for (const { codes } of first.slice(1)) expect(codes).toContain('I02');
    const corrected = permits!.map((sample) => permitRow(sample, zeroForO(sample.code_in_number)));
    const second = await outcomes(permitCsv(corrected), 'permit');
    expect(second.map(({ outcome }) => outcome)).toEqual(['D', 'A', 'A']);
  });
});
