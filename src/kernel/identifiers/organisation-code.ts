/**
 * Organisation code 组织机构代码, GB 11714-1997 (data-standards §1.2): eight characters and a check
 * character over all 36 letters and digits — unlike the unified code's alphabet of 31.
 */

const weights = [3, 7, 9, 10, 5, 8, 4, 2];
const bodyPattern = /^[0-9A-Z]{8}$/;
const codePattern = /^[0-9A-Z]{8}[0-9X]$/;

/** Check character of an eight-character body; `null` when the body is not one. */
export function organisationCodeCheck(body: string): string | null {
  if (!bodyPattern.test(body)) return null;
  let sum = 0;
  for (let i = 0; i < 8; i += 1) sum += Number.parseInt(body[i]!, 36) * weights[i]!;
  const rest = 11 - (sum % 11);
  if (rest === 10) return 'X';
  return rest === 11 ? '0' : String(rest);
}

/** Whether `code` has the form: nine characters without hyphen, the last a digit or X. */
export function isOrganisationCodeForm(code: string): boolean {
  return codePattern.test(code);
}

/**
 * Whether form and check character hold. Nine equal characters are refused: nine zeros pass the
 * arithmetic and are what people type when they have nothing.
 */
export function isOrganisationCode(code: string): boolean {
  if (!codePattern.test(code) || /^(.)\1+$/.test(code)) return false;
  return organisationCodeCheck(code.slice(0, 8)) === code[8];
}
