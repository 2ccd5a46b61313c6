/**
 * Resident identity number 公民身份号码, GB 11643-1999 (data-standards §1.6). The platform keeps no
 * persons; this is here to recognise such numbers, so that they are refused, masked and never taken
 * for an organisation's code. The first six digits are historical and are not checked against today's
 * divisions; only the province-level digits, which have never been reused, are.
 */
import { type Day, dayFromParts } from '../day.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';
const mainland = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])/;
// Residence permits of Taiwan, Hong Kong and Macao (83, 81, 82; 71), and the foreigners' permanent
// residence card of 2023: 9, the province, the country in three digits.
const others = /^(?:71|8[1-3]|9(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{3})/;

/** What an identity number says by its form. `checkHolds` is `null` for 15 digits: they have no check. */
export type ResidentIdReading = {
  readonly form: 15 | 18;
  readonly birth: Day;
  readonly checkHolds: boolean | null;
};

/** Check character of the first seventeen digits; `null` when they are not seventeen digits. */
export function residentIdCheck(first17: string): string | null {
  if (!/^\d{17}$/.test(first17)) return null;
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += Number(first17[i]) * weights[i]!;
  return checkCharacters[sum % 11]!;
}

/**
 * Reads a value as an identity number by shape: province digits, a birth date that exists in
 * 1900–2099, 15 digits or 17 digits with a digit or X. `null` when the shape alone rules it out.
 */
export function readResidentId(value: string): ResidentIdReading | null {
  if (/^\d{15}$/.test(value) && mainland.test(value)) {
    const birth = birthOf(`19${value.slice(6, 12)}`);
    return birth === null ? null : { form: 15, birth, checkHolds: null };
  }
  if (!/^\d{17}[\dX]$/.test(value) || !(mainland.test(value) || others.test(value))) return null;
  const birth = birthOf(value.slice(6, 14));
  if (birth === null) return null;
  const checkHolds = residentIdCheck(value.slice(0, 17)) === value[17];
  return { form: 18, birth, checkHolds };
}

function birthOf(digits: string): Day | null {
  const year = Number(digits.slice(0, 4));
  if (year < 1900 || year > 2099) return null;
  return dayFromParts(year, Number(digits.slice(4, 6)), Number(digits.slice(6, 8)));
}

/** Whether the value is a full identity number: 18 characters, real date, check character right. */
export function isResidentId(value: string): boolean {
  return readResidentId(value)?.checkHolds === true;
}

/** The 18-character form of a 15-digit number: insert 19, append the check; `null` when it is none. */
export function residentIdTo18(value: string): string | null {
  if (readResidentId(value)?.form !== 15) return null;
  const first17 = `${value.slice(0, 6)}19${value.slice(6)}`;
  return first17 + residentIdCheck(first17)!;
}
