/** Rows of the 2019 penalty template, filled in where a test does not care. */

/** A code of a public body in the reserved block, arithmetically valid. */
export const authority = '11320100MBXX00019X';

/** Columns of the template in order. */
export const penaltyHeadings = [
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
  '行政处罚决定书文号',
  '违法行为类型',
  '违法事实',
  '处罚依据',
  '处罚类别',
  '处罚内容',
  '罚款金额(万元)',
  '没收违法所得、没收非法财物的金额(万元)',
  '暂扣或吊销证照名称及编号',
  '处罚决定日期',
  '处罚有效期',
  '公示截止期',
  '处罚机关',
  '处罚机关统一社会信用代码',
  '数据来源单位',
  '数据来源单位统一社会信用代码',
  '备注',
  '处罚程序',
  '失信等级',
] as const;

export type PenaltyRow = Readonly<Partial<Record<(typeof penaltyHeadings)[number], string>>>;

const usual: PenaltyRow = {
  行政相对人类别: '法人及非法人组织',
  法定代表人: '样例人',
  违法行为类型: '未按规定查验进货凭证',
  违法事实: '检查发现未按规定查验进货凭证。',
  处罚依据: '《样例管理规定》第十条',
  处罚类别: '罚款',
  处罚内容: '罚款2000元',
  '罚款金额(万元)': '0.2',
  处罚决定日期: '2026/05/25',
  处罚机关: '样例市生态环境局',
  处罚机关统一社会信用代码: authority,
  数据来源单位: '样例市生态环境局',
  数据来源单位统一社会信用代码: authority,
};

/** One row with what the test says and the usual rest. */
export function penalty(row: PenaltyRow): string[] {
  const all = { ...usual, ...row };
  return penaltyHeadings.map((heading) => all[heading] ?? '');
}

/** A CSV file of such rows. */
export function penaltyCsv(rows: readonly PenaltyRow[]): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [[...penaltyHeadings], ...rows.map(penalty)]
    .map((cells) => cells.map(cell).join(','))
    .join('\n');
}
