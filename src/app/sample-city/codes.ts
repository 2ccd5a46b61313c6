/**
 * Codes of the sample city. They hold all arithmetic and can belong to nobody: the region part is
 * 329900, a division that does not exist, and the organisation-code part begins with a block that has
 * not been issued (data-standards §1.1.3: MAXX for market regulation, MBXX for the establishment
 * office, and so on).
 */
import { organisationCodeCheck } from '../../kernel/identifiers/organisation-code.ts';
import { registrationNumberCheck } from '../../kernel/identifiers/registration-number.ts';
import { residentIdCheck } from '../../kernel/identifiers/resident-id.ts';
import { usccAlphabet, usccCheck } from '../../kernel/identifiers/uscc.ts';
import { assert } from '../../kernel/result.ts';

/** Division code of the sample city: a prefecture of Jiangsu by its digits, and of no map. */
export const sampleRegion = '329900';

/** Letters of the line that registers: market regulation, establishment office, civil affairs … */
export type Line = 'MA' | 'MB' | 'MC' | 'MD' | 'MF' | 'MJ';

const base = usccAlphabet.length;
// Texts that begin with 00 are left to public bodies, see sampleUnitCode.
const reserved = base ** 2;
const blockSize = base ** 4 - reserved;
// Blocks are taken from the far end of what the lines have issued, the documented XX first.
const blocks = ['XX', 'XY', 'XW', 'XU', 'XT', 'XR'];

/** Numbers a line can give. */
export const codesOfLine = blockSize * blocks.length;

/** Four characters for a number below the block's size; neighbours differ in more than one place. */
function scattered(number: number): string {
  // The factor has no divisor in common with the size, so that multiplying only changes the order.
  let rest = ((number * 420_337 + 77) % blockSize) + reserved;
  let text = '';
  for (let place = 0; place < 4; place += 1) {
    text = usccAlphabet[rest % base]! + text;
    rest = Math.floor(rest / base);
  }
  return text;
}

/** The `number`-th organisation code of a line, with its check character. */
export function sampleOrganisationCode(line: Line, number: number): string {
  assert(number >= 0 && number < codesOfLine, `no sample code number ${number}`);
  const block = blocks[Math.floor(number / blockSize)]!;
  const body = `${line}${block}${scattered(number % blockSize)}`;
  return body + organisationCodeCheck(body)!;
}

/** The unified code with this pair of department and kind, e.g. `91`. */
export function sampleUscc(pair: string, organisationCode: string): string {
  const first = `${pair}${sampleRegion}${organisationCode}`;
  return first + usccCheck(first)!;
}

/** A unified code of a public body by its plain number below 100, e.g. `MBXX0002`. */
export function sampleUnitCode(pair: string, line: Line, number: number): string {
  const body = `${line}XX${String(number).padStart(4, '0')}`;
  return sampleUscc(pair, body + organisationCodeCheck(body)!);
}

/** A registration number of fifteen digits; `individual` ones begin their sequence with 6. */
export function sampleRegistrationNumber(number: number, individual: boolean): string {
  const first = `${sampleRegion}${individual ? 6 : 0}${String(number % 10_000_000).padStart(7, '0')}`;
  return first + registrationNumberCheck(first)!;
}

/**
 * An identity number by its arithmetic, of nobody: the division does not exist and the day of birth is
 * 1 January 1900. For the one sample of what must never be shown.
 */
export function samplePersonalNumber(sequence: number): string {
  const first = `${sampleRegion}19000101${String(sequence % 1000).padStart(3, '0')}`;
  return first + residentIdCheck(first)!;
}
