import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sharedJson } from '../../tests/shared-data.ts';
import { readChineseNumber } from './chinese-number.ts';
import { amountInCapitals, formatAmount, parseAmount } from './money.ts';

const fenOf = (text: string, unit: 'yuan' | 'wan', decimals?: number) => {
  const result = parseAmount(text, unit, decimals);
  return result.ok ? result.value : result.refusal.code;
};

describe('amounts in columns', () => {
  test.each([
    ['0.2', 'wan', 200_000n],
    ['0.200000', 'wan', 200_000n],
    ['0.000001', 'wan', 1n],
    ['54', 'wan', 54_000_000n],
    ['2000', 'yuan', 200_000n],
    ['2000.5', 'yuan', 200_050n],
    ['0', 'yuan', 0n],
    ['007', 'yuan', 700n],
    ['9999999999999999', 'wan', 9_999_999_999_999_999_000_000n],
  ] as const)('%s in %s is %d 分', (text, unit, fen) => expect(fenOf(text, unit)).toBe(fen));

  test.each([
    ['', 'money.empty'],
    ['  ', 'money.empty'],
    ['0.2万元', 'money.not-a-number'],
    ['0.2 ', 'money.not-a-number'],
    ['1,000', 'money.not-a-number'],
    ['1e3', 'money.not-a-number'],
    ['+5', 'money.not-a-number'],
    ['.5', 'money.not-a-number'],
    ['5.', 'money.not-a-number'],
    ['１０', 'money.not-a-number'],
    ['0x10', 'money.not-a-number'],
    ['NaN', 'money.not-a-number'],
    ['-5', 'money.negative'],
    ['－5', 'money.negative'],
    ['0.0000001', 'money.too-many-decimals'],
    ['99999999999999999', 'money.too-large'],
    ['9'.repeat(100_000), 'money.too-large'],
  ] as const)('%j is refused as %s', (text, code) => expect(fenOf(text, 'wan')).toBe(code));

  test('a column that allows fewer decimals refuses more', () => {
    expect(fenOf('0.25', 'wan', 1)).toBe('money.too-many-decimals');
    expect(fenOf('0.255', 'yuan')).toBe('money.too-many-decimals');
    expect(() => parseAmount('1', 'yuan', 3)).toThrow();
  });

  it('what is written can be read back, in either unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
        fc.constantFrom('yuan', 'wan'),
        (fen, unit) => {
          expect(fenOf(formatAmount(fen, unit), unit)).toBe(fen);
          expect(fenOf(formatAmount(fen, unit, unit === 'wan' ? 6 : 2), unit)).toBe(fen);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('templates get their fixed decimals, never by rounding', () => {
    expect(formatAmount(200_000n, 'wan')).toBe('0.2');
    expect(formatAmount(200_000n, 'wan', 6)).toBe('0.200000');
    expect(formatAmount(200_000n, 'yuan', 2)).toBe('2000.00');
    expect(formatAmount(5n, 'yuan')).toBe('0.05');
    expect(formatAmount(-5n, 'yuan')).toBe('-0.05');
    expect(formatAmount(200n, 'yuan', 0)).toBe('2');
    expect(() => formatAmount(1n, 'wan', 4)).toThrow();
  });
});

type Vectors = {
  strict: { text: string; value: number }[];
  number_to_rmb_capital: { number: number; rmb: string }[];
};

describe('Chinese numerals', () => {
  const vectors = sharedJson<Vectors>('test-vectors/amounts/chinese-numerals.json');

  it.skipIf(vectors === null)('are read like another library reads them', () => {
    let read = 0;
    for (const { text, value } of vectors!.strict) {
      if (/[元圆]/.test(text)) continue;
      const number = readChineseNumber(text);
      expect([text, number === null ? null : Number(number.units) / 10 ** number.decimals]).toEqual(
        [text, value],
      );
      read += 1;
    }
    expect(read).toBe(43);
  });

  it.skipIf(vectors === null)('are written like another library writes them', () => {
    for (const { number, rmb } of vectors!.number_to_rmb_capital) {
      const fen = BigInt(Math.trunc(number * 100 + (number < 0 ? -1e-6 : 1e-6)));
      expect([number, amountInCapitals(fen)]).toEqual([number, rmb]);
    }
  });

  test.each([
    '三万五',
    '三百五',
    '一亿五',
    '三五',
    '百',
    '万',
    '十百',
    '一一十',
    '三万万',
    '',
    '一点',
    '负负一',
  ])('%j is doubtful and not read', (text) => expect(readChineseNumber(text)).toBeNull());

  test('capitals name a gap once', () => {
    expect(amountInCapitals(1205n)).toBe('壹拾贰元零伍分');
    expect(amountInCapitals(10_010_000_00n)).toBe('壹仟零壹万元整');
    expect(amountInCapitals(100_000_001_00n)).toBe('壹亿零壹元整');
    expect(amountInCapitals(5n)).toBe('伍分');
  });

  it('an amount in capitals is read back', () => {
    const gappy = fc
      .string({ unit: fc.constantFrom('0', '0', '0', '1', '5'), minLength: 1, maxLength: 12 })
      .map((digits) => BigInt(`1${digits}`));
    fc.assert(
      fc.property(fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 12n }), gappy), (yuan) => {
        const text = amountInCapitals(yuan * 100n).replace('元整', '');
        expect(readChineseNumber(text)).toEqual({ units: yuan, decimals: 0 });
      }),
      { numRuns: 2_000 },
    );
  });
});
