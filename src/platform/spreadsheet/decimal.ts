/** Numbers as texts: no digit is lost by way of a floating-point number (data-standards §14 trap 10). */

const numeral =
  /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$|^([+-]?)\.(\d+)(?:[eE]([+-]?\d{1,4}))?$/;
const longestDigits = 400; // A double reaches 309 digits before and 324 behind the point.

/** Drops what a number does not need: leading zeros, zeros behind the fraction, a plus, minus zero. */
function tidy(sign: string, whole: string, fraction: string): string {
  const left = whole.replace(/^0+(?=\d)/, '') || '0';
  const right = fraction.replace(/0+$/, '');
  const digits = right === '' ? left : `${left}.${right}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

/**
 * A numeral, with or without exponent, written out as a plain decimal with exactly its own value:
 * `9.13201E5` gives `913201`. `null` when it is no numeral, or needs more than 400 digits.
 */
export function plainDecimal(text: string): string | null {
  const match = numeral.exec(text);
  if (match === null) return null;
  const sign = match[1] ?? match[5] ?? '';
  const whole = match[2] ?? '';
  const fraction = match[3] ?? match[6] ?? '';
  const exponent = Number(match[4] ?? match[7] ?? '0');
  if (exponent === 0) return tidy(sign, whole, fraction);
  if (Math.abs(exponent) + whole.length + fraction.length > longestDigits) return null;
  if (exponent > 0) {
    const padded = fraction.padEnd(exponent, '0');
    return tidy(sign, whole + padded.slice(0, exponent), padded.slice(exponent));
  }
  const padded = whole.padStart(1 - exponent, '0');
  return tidy(sign, padded.slice(0, exponent), padded.slice(exponent) + fraction);
}

/**
 * A number as a workbook stores it, written as its author typed it. Excel writes the double behind 1.1
 * with 17 digits, 1.1000000000000001; when the shortest decimal of the same double has no more than
 * the 15 digits Excel lets anyone type, that is what was typed. Whole numbers are left as stored.
 */
export function typedDecimal(stored: string): string | null {
  const plain = plainDecimal(stored);
  if (plain === null || !plain.includes('.')) return plain;
  if (significantDigits(plain) <= 15) return plain;
  const shortest = plainDecimal(String(Number(stored)));
  return shortest !== null && significantDigits(shortest) <= 15 ? shortest : plain;
}

function significantDigits(plain: string): number {
  return plain.replace(/[-.]/g, '').replace(/^0+/, '').length;
}
