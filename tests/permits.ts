/** Rows of the 2019 permit template, filled in where a test does not care. */
import { authority } from './penalties.ts';

/** Columns of the template in order. */
export const permitHeadings = [
  '行政相对人名称',
  '行政相对人类别',
  '行政相对人代码_1(统一社会信用代码)',
  '行政相对人代码_2(工商注册号)',
  '行政相对人代码_3(组织机构代码)',
  '行政相对人代码_4(税务登记号)',
  '行政相对人代码_5(事业单位证书号)',
  '行政相对人代码_6(社会组织登记证号)',
  '法定代表人',
  '法定代表人证件类型',
  '法定代表人证件号码',
  '行政许可决定文书名称',
  '行政许可决定文书号',
  '许可类别',
  '许可证书名称',
  '许可编号',
  '许可内容',
  '许可决定日期',
  '有效期自',
  '有效期至',
  '许可机关',
  '许可机关统一社会信用代码',
  '当前状态',
  '数据来源单位',
  '数据来源单位统一社会信用代码',
  '备注',
] as const;

export type PermitRow = Readonly<Partial<Record<(typeof permitHeadings)[number], string>>>;

const usual: PermitRow = {
  行政相对人类别: '法人及非法人组织',
  法定代表人: '样例人',
  行政许可决定文书名称: '准予行政许可决定书',
  许可类别: '普通',
  许可证书名称: '食品经营许可证',
  许可编号: 'JY00000000000017',
  许可内容: '预包装食品销售',
  许可决定日期: '2026/05/25',
  有效期自: '2026/05/25',
  有效期至: '2031/05/24',
  许可机关: '样例市市场监督管理局',
  许可机关统一社会信用代码: authority,
  当前状态: '1',
  数据来源单位: '样例市市场监督管理局',
  数据来源单位统一社会信用代码: authority,
};

/** One row with what the test says and the usual rest. */
export function permit(row: PermitRow): string[] {
  const all = { ...usual, ...row };
  return permitHeadings.map((heading) => all[heading] ?? '');
}

/** A CSV file of such rows. */
export function permitCsv(rows: readonly PermitRow[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [[...permitHeadings], ...rows.map(permit)]
    .map((cells) => cells.map(cell).join(','))
    .join('\n');
}
