/**
 * Chinese numerals, ordinary and capital (三万五千, 叁万伍仟), read strictly: units in falling order,
 * no two digits side by side, colloquial shortenings (三万五) refused as doubtful.
 */

const digitValues = new Map<string, number>([
  ...[...'零一二三四五六七八九'].map((char, value) => [char, value] as const),
  ...[...'〇壹贰叁肆伍陆柒捌玖'].map((char, value) => [char, value] as const),
  ['两', 2],
  ['貳', 2],
  ['弍', 2],
  ['參', 3],
  ['陸', 6],
]);
const smallUnits = new Map<string, bigint>([
  ['十', 10n],
  ['拾', 10n],
  ['百', 100n],
  ['佰', 100n],
  ['千', 1000n],
  ['仟', 1000n],
]);
const lengthMax = 60;

/** Characters a Chinese numeral may consist of, for building patterns. */
export const chineseNumeralCharacters =
  '零〇一二两三四五六七八九十百千万亿壹贰貳弍叁參肆伍陆陸柒捌玖拾佰仟萬億';

/** A decimal number: `units` × 10^−`decimals`. */
export type Decimal = { readonly units: bigint; readonly decimals: number };

/** Reads a whole Chinese numeral, with 负 and 点 where written; `null` when it is not a sound one. */
export function readChineseNumber(text: string): Decimal | null {
  if (text.length === 0 || text.length > lengthMax) return null;
  if (text.startsWith('负')) {
    const rest = readChineseNumber(text.slice(1));
    return rest === null || text.startsWith('负负')
      ? null
      : { units: -rest.units, decimals: rest.decimals };
  }
  const [whole, fraction, ...more] = text.split('点');
  if (more.length > 0) return null;
  const units = readInteger(whole!);
  if (units === null) return null;
  if (fraction === undefined) return { units, decimals: 0 };
  const digits = readDigits(fraction);
  return digits === null
    ? null
    : { units: BigInt(units.toString() + digits), decimals: digits.length };
}

/** 二〇〇〇 → "2000"; `null` when anything but plain digits stands there. */
function readDigits(text: string): string | null {
  let digits = '';
  for (const char of text) {
    const value = digitValues.get(char);
    if (value === undefined) return null;
    digits += String(value);
  }
  return digits === '' ? null : digits;
}

function readInteger(text: string): bigint | null {
  const plain = readDigits(text);
  if (plain !== null) {
    // 三五元 is "three to five"; 二〇 and 二〇〇〇 are numbers.
    return plain.length === 2 && !plain.includes('0') ? null : BigInt(plain);
  }
  let high = 0n;
  let rest = text.replace(/萬/g, '万').replace(/億/g, '亿');
  const parts = rest.split('亿');
  rest = parts.pop()!;
  for (const part of parts) {
    const value = readBelowYi(part);
    if (value === null || high + value === 0n) return null;
    high = (high + value) * 100_000_000n;
  }
  if (rest === '') return high;
  if (parts.length > 0 && rest.length === 1) return null;
  const value = readBelowYi(rest);
  return value === null ? null : high + value;
}

function readBelowYi(text: string): bigint | null {
  const parts = text.split('万');
  if (parts.length > 2) return null;
  const [first, second] = parts;
  if (second === undefined) return readSection(first!);
  const tens = readSection(first!);
  if (tens === null || tens === 0n) return null;
  if (second === '') return tens * 10_000n;
  // 三万五 says 35,000 in speech and 30,005 on paper: refused.
  if (second.length === 1) return null;
  const units = readSection(second);
  return units === null ? null : tens * 10_000n + units;
}

/** Below 万: digits and 千百十 in falling order. */
function readSection(text: string): bigint | null {
  if (text === '') return null;
  let total = 0n;
  let digit: number | null = null;
  let before = '';
  let afterZero = false;
  let lastUnit = 10_000n;
  for (const char of text) {
    const value = digitValues.get(char);
    const unit = smallUnits.get(char);
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      afterZero = digit === 0;
      digit = value;
    } else if (unit !== undefined && unit < lastUnit) {
      // 十一 and 零百一十 leave the one out.
      if (digit === null && before !== '') return null;
      if (digit === null && unit !== 10n) return null;
      total += BigInt(digit === null || digit === 0 ? 1 : digit) * unit;
      digit = null;
      lastUnit = unit;
    } else {
      return null;
    }
    before = char;
  }
  // 三百五 says 350 in speech: a last digit after 百 or 千 needs its 零.
  if (digit !== null && digit > 0 && lastUnit > 10n && lastUnit < 10_000n && !afterZero)
    return null;
  return total + BigInt(digit ?? 0);
}
