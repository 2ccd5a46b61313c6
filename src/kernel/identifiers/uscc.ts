/**
 * Unified social credit code 统一社会信用代码, GB 32100-2015 (data-standards §1.1). Format and
 * arithmetic only: whether a registration department exists is a dated table given as an argument,
 * and positions 2–7 are the division at the time of registration, never checked against today's.
 */
import { isOrganisationCode } from './organisation-code.ts';

/** The 31 characters of the code; value = index. I, O, S, V, Z are absent. */
export const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** What a reporter without a code was told to write; never a code (§1.1.5). */
export const placeholderUscc = '00000000000000000X';

/**
 * Known pairs of registration department and category, positions 0–1 (rulebook/codes/uscc-prefix).
 * A `Set` or a `Map` of pairs does. An unknown pair is a warning, never a refusal.
 */
export type UsccPrefixes = { readonly has: (pair: string) => boolean };

const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const formatPattern = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
// Value by character code, −1 for what is not of the alphabet.
const values = Int8Array.from({ length: 128 }, (_, code) =>
  usccAlphabet.indexOf(String.fromCharCode(code)),
);

/** Weighted sum of the first seventeen characters mod 31; `null` when one is not of the alphabet. */
function remainderOf(first17: string): number | null {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) {
    const value = values[first17.charCodeAt(i)] ?? -1;
    if (value < 0) return null;
    sum += value * weights[i]!;
  }
  return sum % 31;
}

/**
 * Check character of the first seventeen characters; `null` when they are not of the alphabet. The
 * outer mod 31 matters: a sum divisible by 31 gives '0' (§14 trap 1).
 */
export function usccCheck(first17: string): string | null {
  const remainder = first17.length === 17 ? remainderOf(first17) : null;
  return remainder === null ? null : usccAlphabet[(31 - remainder) % 31]!;
}

/** Whether the 18 characters have the form of the standard; says nothing about the check character. */
export function isUsccForm(code: string): boolean {
  return formatPattern.test(code);
}

/** Whether all characters are the same: eighteen zeros pass both checks and mean nothing (trap 3). */
export function isAllEqual(code: string): boolean {
  return /^(.)\1+$/.test(code);
}

/** Whether form and arithmetic of the standard hold, and the code is not one character repeated. */
export function isStrictUscc(code: string): boolean {
  return formatPattern.test(code) && usccCheck(code.slice(0, 17)) === code[17] && !isAllEqual(code);
}

/** The nine characters that are the organisation code (positions 8–16); their own check is not tested. */
export function organisationCodeInUscc(code: string): string {
  return code.slice(8, 17);
}

/**
 * Whether the last character is the remainder itself instead of 31 minus it: Y for 30, where the
 * standard gives 1. Some thirty published codes of one issuer have it; so regular a slip is the
 * issuer's, not the typist's.
 */
export function checkWrittenAsRemainder(code: string): boolean {
  if (!formatPattern.test(code)) return false;
  const remainder = remainderOf(code)!;
  return remainder === 30 && code[17] === 'Y';
}

/**
 * Whether the code has the look of the early codes of Xiamen companies: division 3502xx, a subject
 * part of its own block (M0…) whose inner check holds, and an outer check that does not. They are
 * valid in law (§1.1.4).
 */
export function looksLikeEarlyXiamen(code: string): boolean {
  return (
    formatPattern.test(code) &&
    /^..3502..M0/.test(code) &&
    isOrganisationCode(organisationCodeInUscc(code)) &&
    usccCheck(code.slice(0, 17)) !== code[17]
  );
}

/**
 * The code meant when O was typed for 0 or I for 1: given only when the result is strict, for a
 * person to look at. It is never put in place of what was typed (§14 trap 9).
 */
export function lookAlikeSuggestion(code: string): string | null {
  if (code.length !== 18 || !/[OI]/.test(code)) return null;
  const replaced = code.replace(/O/g, '0').replace(/I/g, '1');
  return isStrictUscc(replaced) ? replaced : null;
}
