import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '../../../kernel/day.ts';
import { plainDecimal, typedDecimal } from '../decimal.ts';
import { columnName, columnOf, readRange } from './cell-reference.ts';
import { escapeText, unescapeText } from './escaped-text.ts';
import { dateText, lookOfCode } from './number-formats.ts';

describe('decimals', () => {
  test.each([
    ['9.13201E5', '913201'],
    ['9.132010012345678E17', '913201001234567800'],
    ['1.5e-3', '0.0015'],
    ['-0.0', '0'],
    ['+007.50', '7.5'],
    ['.5', '0.5'],
    ['123456789012345678', '123456789012345678'],
    ['1e3', '1000'],
    ['12e-1', '1.2'],
    ['1.2345E2', '123.45'],
    ['123.45e-1', '12.345'],
  ])('%s is %s', (given, plain) => {
    expect(plainDecimal(given)).toBe(plain);
  });

  test.each(['', '.', 'e5', '1e', '0x10', '1,000', 'NaN', 'Infinity', '1e9999', '１２'])(
    '%s is none',
    (given) => expect(plainDecimal(given)).toBeNull(),
  );

  test('what was typed comes back, though the file holds seventeen digits', () => {
    expect(typedDecimal('1.1000000000000001')).toBe('1.1');
    expect(typedDecimal('0.20000000000000001')).toBe('0.2');
    expect(typedDecimal('2000.0999999999999')).toBe('2000.1');
    // Not typed, but computed: left as it is.
    expect(typedDecimal('0.30000000000000004')).toBe('0.30000000000000004');
    expect(typedDecimal('913201000000000001')).toBe('913201000000000001');
  });

  test('writing out an exponent never changes the value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const plain = plainDecimal(String(value))!;
        expect(plain).not.toMatch(/e/i);
        expect(Number(plain) === value).toBe(true);
        expect(plainDecimal(value.toExponential())).toBe(plain);
      }),
      { numRuns: 2_000 },
    );
  });

  test('any typed decimal of fifteen digits survives the seventeen digits of a file', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 999_999_999_999_999n),
        fc.integer({ min: 1, max: 8 }),
        (digits, point) => {
          const text = digits.toString().padStart(point + 1, '0');
          const typed = plainDecimal(`${text.slice(0, -point)}.${text.slice(-point)}`)!;
          expect(typedDecimal(Number(typed).toPrecision(17))).toBe(typed);
        },
      ),
    );
  });
});

describe('formats', () => {
  test.each([
    ['General', 'number'],
    ['0.00E+00', 'number'],
    ['#,##0.00_);[Red]\\(#,##0.00\\)', 'number'],
    ['yyyy/m/d', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['[$-804]yyyy"年"m"月"', 'date'],
    ['m/d;@', 'date'],
    ['yyyy-mm-dd hh:mm:ss', 'date-time'],
    ['h:mm AM/PM', 'time'],
    ['mm:ss', 'time'],
    ['[h]:mm:ss', 'number'],
    ['0.0"days"', 'number'],
    ['0\\d', 'number'],
    ['@', 'number'],
  ])('%s shows a %s', (code, look) => expect(lookOfCode(code)).toBe(look));

  test('serial numbers and days go together in both calendars', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(61, 62), fc.integer({ min: 61, max: 2_958_465 })),
        (serial) => {
          const shown = addDays(day('1900-03-01'), serial - 61);
          expect(dateText(String(serial), 'date', false)).toBe(shown);
          if (serial >= 1_462) expect(dateText(String(serial - 1_462), 'date', true)).toBe(shown);
        },
      ),
    );
  });

  test('the last second of a day does not become the twenty-fifth hour', () => {
    expect(dateText('46083.999999999', 'date-time', false)).toBe('2026-03-03');
    expect(dateText('46083.99999', 'date-time', false)).toBe('2026-03-02 23:59:59');
  });

  test.each(['-1', '0', '60', '2958466', '1e300'])('%s is no day of 1900', (serial) => {
    expect(dateText(serial, 'date', false)).toBeNull();
  });
});

describe('references', () => {
  test('names of columns and their numbers go together', () => {
    for (let column = 0; column < 16_384; column += 1) {
      expect(columnOf(`${columnName(column)}1`)).toBe(column);
    }
    expect(columnName(16_383)).toBe('XFD');
    for (const wrong of ['', '1', 'XFE1', 'AAAA1', 'a1']) expect(columnOf(wrong)).toBe(-1);
  });

  test('ranges are read in either direction', () => {
    expect(readRange('B5:A3')).toMatchObject({
      firstRow: 3,
      lastRow: 5,
      firstColumn: 0,
      lastColumn: 1,
    });
    expect(readRange('A1:A1')).toBeNull();
    expect(readRange('A1')).toBeNull();
  });
});

test('any text survives the escapes of a workbook; what nothing can carry becomes U+FFFD', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '_',
      '_x',
      '_x00',
      '41',
      '_x0041_',
      '_x0041',
      '\r',
      '\u0001',
      '\0',
      '&',
      '<',
      '\uffff',
    ),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (parts) => {
      const text = parts.join('');
      const written = escapeText(text)
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&');
      expect(unescapeText(written)).toBe(text.replace(/\p{Cs}/gu, '\ufffd'));
      expect(written).not.toMatch(/[\0-\x08\x0b-\x1f\ufffe\uffff]/);
    }),
    { numRuns: 3_000 },
  );
});
