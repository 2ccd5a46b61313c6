import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedJson } from '../../tests/shared-data.ts';
import { findAmounts } from './amount-text.ts';
import { amountInCapitals, formatAmount, parseAmount } from './money.ts';

const yuan = (text: string) =>
  findAmounts(text).map((mention) => formatAmount(mention.fen, 'yuan'));
const kinds = (text: string) => findAmounts(text).map((mention) => mention.kind);

describe('amounts in the text of a decision', () => {
  test.each([
    ['罚款2000元', '2000'],
    ['罚款２０００元', '2000'],
    ['罚款2,000.50元', '2000.5'],
    ['罚款１２，０００元', '12000'],
    ['罚款贰万元', '20000'],
    ['罚款人民币伍拾肆万元整', '540000'],
    ['处罚款五万三千元', '53000'],
    ['罚款:8.0（万元）', '80000'],
    ['罚款:8.0（万元', '80000'],
    ['罚款3万元', '30000'],
    ['罚款 3 万元', '30000'],
    ['罚款0.2万元', '2000'],
    ['罚款人民币壹拾万元整', '100000'],
    ['罚款20万5千元', '205000'],
    ['罚款1亿2000万元', '120000000'],
    ['罚款1.5亿元', '150000000'],
    ['罚款10万', '100000'],
    ['罚款￥30000', '30000'],
    ['罚款¥ 3,000.00元', '3000'],
    ['罚款壹佰捌拾壹圆柒角', '181.7'],
    ['罚款壹佰元零伍分', '100.05'],
    ['罚款12元5角3分', '12.53'],
    ['罚款五元', '5'],
    ['处1000元（人民币）罚款', '1000'],
    ['罚款5万人民币', '50000'],
  ])('%s is %s 元', (text, amount) => expect(yuan(text)).toEqual([amount]));

  test.each([
    '罚款5万余元',
    '罚款数千元',
    '罚款几万元',
    '2021年元旦',
    '2021元旦放假',
    '三元区市场监督管理局',
    '二〇二〇年五月',
    '单位：万元',
    '100万美元',
    '5,405(万美元)',
    '2,610(万元(美元))',
    '3万人',
    '第3号',
    '1,2000元',
    '多元化经营',
    '罚款1.2.3元',
  ])('%s holds no exact amount of renminbi', (text) => expect(yuan(text)).toEqual([]));

  test('says where the amount stands', () => {
    const text = '决定没收违法所得3000元，并处罚款人民币2万元整。';
    const mentions = findAmounts(text);
    expect(mentions.map((mention) => mention.text)).toEqual(['3000元', '人民币2万元整']);
    for (const { from, to, text: words } of mentions) expect(text.slice(from, to)).toBe(words);
  });

  test.each([
    ['没收违法所得3000元，并处罚款2万元', ['confiscation', 'fine']],
    ['没收违法所得3000元并处2万元罚款', ['confiscation', 'fine']],
    ['没收违法所得3000元罚款2万元', ['confiscation', 'fine']],
    ['处5000元的罚款；没收违法所得100元', ['fine', 'confiscation']],
    ['罚款（大写），人民币伍拾肆万元整', ['fine']],
    ['货值金额3000元', [null]],
    ['罚款。货值金额3000元', [null]],
  ])('%s', (text, expected) => expect(kinds(text)).toEqual(expected));

  test('an amount said twice is marked, so that sums hold', () => {
    const mentions = findAmounts('罚款人民币叁万元整（￥30000）');
    expect(mentions.map(({ fen, restates, kind }) => ({ fen, restates, kind }))).toEqual([
      { fen: 3_000_000n, restates: false, kind: 'fine' },
      { fen: 3_000_000n, restates: true, kind: 'fine' },
    ]);
    expect(findAmounts('罚款3万元，没收3万元').map((mention) => mention.restates)).toEqual([
      false,
      false,
    ]);
  });

  test('bounds quoted from the law are not amounts decided', () => {
    const mentions = findAmounts('依法可处一万元以上十万元以下的罚款，决定罚款2万元');
    expect(mentions.map(({ bound, kind }) => ({ bound, kind }))).toEqual([
      { bound: true, kind: null },
      { bound: true, kind: null },
      { bound: false, kind: 'fine' },
    ]);
  });

  it('finds what it is given, in digits and in capitals', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n, max: 10n ** 10n }), (amount) => {
        const capitals = `罚款人民币${amountInCapitals(amount * 100n)}，限期缴纳`;
        expect(findAmounts(capitals).map((mention) => mention.fen)).toEqual([amount * 100n]);
        expect(findAmounts(`罚款${amount}元`).map((mention) => mention.fen)).toEqual([
          amount * 100n,
        ]);
        expect(
          findAmounts(`罚款${formatAmount(amount, 'wan')}万元`).map((found) => found.fen),
        ).toEqual([amount]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays linear on hostile text', () => {
    for (const unit of [
      '9',
      '9,',
      '万',
      '1万',
      '元',
      '罚款',
      '一',
      '（',
      '1 万 ',
      '￥',
      '1元',
      '罚款1万元',
    ]) {
      const text = unit.repeat(200_000);
      const start = performance.now();
      findAmounts(text);
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });

  const penalties = sharedJson<{ content: string; amount_wan: string | null }[]>(
    'penalties-sample/environmental-penalties.json',
  );
  it.skipIf(penalties === null)('the text of real penalties agrees with their column', () => {
    for (const { content, amount_wan: column } of penalties!) {
      const found = findAmounts(content).filter((mention) => !mention.restates);
      const expected = column === null ? [] : [parseAmount(column, 'wan')];
      expect([content, found.map((mention) => mention.fen)]).toEqual([
        content,
        expected.map((result) => (result.ok ? result.value : null)),
      ]);
      for (const mention of found) expect([content, mention.kind]).toEqual([content, 'fine']);
    }
  });

  const vectors = sharedJson<{ strict: { text: string; value: number }[] }>(
    'test-vectors/amounts/chinese-numerals.json',
  );
  it.skipIf(vectors === null)('numerals of another library are found before 元', () => {
    let found = 0;
    for (const { text, value } of vectors!.strict) {
      if (value < 1 || /点/.test(text)) continue;
      const whole = /[元圆]/.test(text) ? text : `${text}元`;
      expect([text, yuan(`罚款${whole}`)]).toEqual([text, [String(value)]]);
      found += 1;
    }
    expect(found).toBe(39);
  });
});
