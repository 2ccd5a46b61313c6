/**
 * Business registration number 工商注册号 (data-standards §1.3). Fifteen digits follow GS 15-2006 with
 * an ISO 7064 MOD 11,10 check; thirteen digits are older and have none; before that offices wrote
 * free text such as 企独苏宁总字第000123号, which is kept as text and compared as text.
 */
import { dropBlanks, foldWidth, upperAscii } from '../text/normalise.ts';

/** Check digit of the first fourteen digits; `null` when they are not fourteen digits. */
export function registrationNumberCheck(first14: string): string | null {
  if (!/^\d{14}$/.test(first14)) return null;
  let product = 10;
  for (const digit of first14) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Whether fifteen digits hold their check; fifteen equal digits never do. */
export function isRegistrationNumber(number: string): boolean {
  if (!/^\d{15}$/.test(number) || /^(.)\1+$/.test(number)) return false;
  return registrationNumberCheck(number.slice(0, 14)) === number[14];
}

/** Whether the value looks like an older number: thirteen digits, first a province or 10 (State level). */
export function isOldRegistrationNumber(number: string): boolean {
  return /^(?:10|1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{11}$/.test(number);
}

/** Whether the value is a free-text number: letters or characters with 字 and an ordinal 第 … 号. */
export function isFreeTextRegistrationNumber(text: string): boolean {
  const folded = dropBlanks(foldWidth(text));
  return (
    folded.length <= 60 &&
    /^[\u4E00-\u9FFF()（）A-Za-z]{1,30}字?第?[0-9A-Za-z-]{1,20}号$/.test(folded)
  );
}

/** One comparison form of any registration number: no blanks, half-width, ASCII upper case, no 第. */
export function registrationNumberKey(text: string): string {
  return upperAscii(dropBlanks(foldWidth(text)))
    .replace(/第(?=[0-9A-Z])/g, '')
    .slice(0, 64);
}
