/** The cases of data-standards §2.11 as rows of a workbook, each with what must become of it. */
import type { PenaltyRow } from '../penalties.ts';
import type { PermitRow } from '../permits.ts';
import type { Organisation } from './organisations.ts';

/** A row with its answer. `rule` must be among the codes of its outcome. */
export type Case<Row> = {
  readonly no: string;
  readonly outcome: 'A' | 'W' | 'D' | 'H' | 'R';
  readonly rule: string | null;
  readonly row: Row;
  /** What must be changed for the row to be taken when it comes back. */
  readonly cure?: Row;
};

/** What the cases are made from. */
export type CaseMaterial = {
  /** The organisation, in the register. */
  readonly own: Organisation;
  /** Another one. */
  readonly other: Organisation;
  /** One that was renamed: its former name with its code. */
  readonly renamed: Organisation;
  /** An individual business of the reserved block, in the register. */
  readonly stall: Organisation;
  /** One nobody registered. */
  readonly stranger: Organisation;
  /** Number that makes documents of this round their own. */
  readonly round: number;
};

const name = '行政相对人名称';
const code = '行政相对人代码_1(统一社会信用代码)';

/** Puts a letter O where the code has its first zero behind the region. */
function withLetterO(text: string): string {
  const at = text.indexOf('0', 2);
  return `${text.slice(0, at)}O${text.slice(at + 1)}`;
}

type Common = { readonly [name]?: string; readonly [code]?: string };

/** Cases both standards have. */
function common(material: CaseMaterial): Case<Common>[] {
  const { own, other, renamed, stall, stranger } = material;
  const about = { [name]: own.name, [code]: own.code };
  return [
    {
      no: '1',
      outcome: 'R',
      rule: 'C08',
      row: { [name]: stall.name, [code]: stall.code },
      cure: { 行政相对人类别: '个体工商户' } as Common,
    },
    {
      no: '3',
      outcome: 'H',
      rule: 'I01',
      row: { ...about, [name]: own.name.replace('有限公司', '公司') },
      cure: { [name]: own.name },
    },
    { no: '4', outcome: 'W', rule: null, row: { [name]: renamed.name, [code]: renamed.code } },
    {
      no: '5',
      outcome: 'R',
      rule: 'I02',
      row: { ...about, [code]: withLetterO(own.code) },
      cure: { [code]: own.code },
    },
    {
      no: '19',
      outcome: 'R',
      rule: 'C15',
      row: { ...about, [name]: `${own.name}、${other.name}` },
      cure: { [name]: own.name },
    },
    { no: '21', outcome: 'A', rule: null, row: { ...about, [name]: `${own.name} \n` } },
    {
      no: 'unknown subject',
      outcome: 'H',
      rule: 'I03',
      row: { [name]: stranger.name, [code]: stranger.code },
    },
  ];
}

const agencyOf17Zeros = '00000000000000000X';

/** The cases of a penalty file. */
export function penaltyCases(material: CaseMaterial, authority: string): Case<PenaltyRow>[] {
  const { own, round } = material;
  const about: PenaltyRow = { [name]: own.name, [code]: own.code };
  const refused = (no: string, rule: string, row: PenaltyRow, cure: PenaltyRow) =>
    ({ no, outcome: 'R', rule, row: { ...about, ...row }, cure }) as const;
  return [
    ...common(material),
    refused('6', 'F03', { 处罚类别: '罚款,没收' }, { 处罚类别: '罚款' }),
    refused('7', 'F03', { 处罚类别: '其他' }, { 处罚类别: '罚款；其他-责令改正' }),
    refused('8', 'C01', { '罚款金额(万元)': '' }, { '罚款金额(万元)': '0.2' }),
    { no: '9', outcome: 'W', rule: 'C05', row: { ...about, '罚款金额(万元)': '2000' } },
    refused('10', 'F07', { '罚款金额(万元)': '0.2万元' }, { '罚款金额(万元)': '0.2' }),
    { no: '13', outcome: 'A', rule: null, row: { ...about, 公示截止期: '2027.3.2' } },
    refused('14', 'F05', { 处罚决定日期: '2062/03/02' }, { 处罚决定日期: '2026/03/02' }),
    refused(
      '15',
      'F01',
      { 行政处罚决定书文号: '' },
      { 行政处罚决定书文号: `样补罚〔2026〕${round}号` },
    ),
    {
      no: '16a',
      outcome: 'A',
      rule: null,
      row: { ...about, 行政处罚决定书文号: `样括罚〔2026〕${round}号` },
    },
    {
      no: '16b',
      outcome: 'D',
      rule: null,
      row: { ...about, 行政处罚决定书文号: `样括罚[2026]${round}号` },
    },
    refused(
      '17',
      'C09',
      { 处罚机关统一社会信用代码: agencyOf17Zeros },
      { 处罚机关统一社会信用代码: authority },
    ),
    { no: '18', outcome: 'W', rule: 'P01', row: { ...about, 备注: '身份证号11010519491231002X' } },
    {
      no: '20',
      outcome: 'W',
      rule: 'C17',
      row: { ...about, [code]: '', '行政相对人代码_3(组织机构代码)': own.code.slice(8, 17) },
    },
    {
      no: '22',
      outcome: 'R',
      rule: 'C07',
      row: {
        ...about,
        行政相对人类别: '自然人',
        法定代表人证件类型: '身份证',
        法定代表人证件号码: '11010519491231002x',
      },
    },
    { no: '25', outcome: 'A', rule: 'T01', row: { ...about, 处罚决定日期: '2026/01/05' } },
    {
      no: '26a',
      outcome: 'A',
      rule: null,
      row: { ...about, 行政处罚决定书文号: `样重罚〔2026〕${round}号` },
    },
    {
      no: '26b',
      outcome: 'D',
      rule: null,
      row: { ...about, 行政处罚决定书文号: `样重罚〔2026〕${round}号` },
    },
  ];
}

/** The cases of a permit file. */
export function permitCases(material: CaseMaterial, authority: string): Case<PermitRow>[] {
  const { own, round } = material;
  const about: PermitRow = { [name]: own.name, [code]: own.code };
  const refused = (no: string, rule: string, row: PermitRow, cure: PermitRow) =>
    ({ no, outcome: 'R', rule, row: { ...about, ...row }, cure }) as const;
  return [
    ...common(material),
    refused('7', 'F03', { 许可类别: '其他' }, { 许可类别: '其他-备案' }),
    refused('11', 'F04', { 有效期至: '长期' }, { 有效期至: '2099/12/31' }),
    refused('12', 'F01', { 有效期自: '', 有效期至: '2099-01-31' }, { 有效期自: '2026/05/25' }),
    { no: '13', outcome: 'A', rule: null, row: { ...about, 有效期至: '2031.3.2' } },
    refused('14', 'F05', { 许可决定日期: '2062/03/02' }, { 许可决定日期: '2026/03/02' }),
    refused(
      '15',
      'F01',
      { 行政许可决定文书号: '' },
      { 行政许可决定文书号: `样补许〔2026〕${round}号` },
    ),
    {
      no: '16a',
      outcome: 'A',
      rule: null,
      row: { ...about, 行政许可决定文书号: `样括许〔2026〕${round}号` },
    },
    {
      no: '16b',
      outcome: 'D',
      rule: null,
      row: { ...about, 行政许可决定文书号: `样括许（2026）${round}号` },
    },
    refused(
      '17',
      'C09',
      { 许可机关统一社会信用代码: agencyOf17Zeros },
      { 许可机关统一社会信用代码: authority },
    ),
    {
      no: '18',
      outcome: 'W',
      rule: 'P01',
      row: { ...about, 许可内容: '身份证号11010519491231002X' },
    },
    {
      no: '20',
      outcome: 'W',
      rule: 'C17',
      row: { ...about, [code]: '', '行政相对人代码_3(组织机构代码)': own.code.slice(8, 17) },
    },
    { no: '22', outcome: 'R', rule: 'C07', row: { ...about, 行政相对人类别: '自然人' } },
    { no: '25', outcome: 'A', rule: 'T01', row: { ...about, 许可决定日期: '2026/01/05' } },
    {
      no: '26a',
      outcome: 'A',
      rule: null,
      row: { ...about, 行政许可决定文书号: `样重许〔2026〕${round}号` },
    },
    {
      no: '26b',
      outcome: 'D',
      rule: null,
      row: { ...about, 行政许可决定文书号: `样重许〔2026〕${round}号` },
    },
  ];
}
