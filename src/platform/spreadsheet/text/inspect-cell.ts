/**
 * Characters that should not be in a cell. Real files of organisations hold U+FFFD from old accidents,
 * NULs, DEL and private-use characters: each is reported with its column, none passes in silence.
 */
import { type CellProblem, cellProblem } from '../problems.ts';
import { type MarkQueue, undecodableMark } from './marks.ts';

/**
 * Whether a stretch of text may hold anything {@link inspectCell} would report, lone surrogates apart
 * (decoders mark those). Written as what is harmless, because that is what nearly all text is.
 */
export const suspectText = /[^\t\n\r -~\u00a0-\udb7f\udc00-\udfff\uf900-\ufffc]/;

const nul = /\0/g;
const replacement = /\ufffd/g;
const control = /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;
const privateUse = /[\ue000-\uf8ff\u{f0000}-\u{10ffff}]/gu;
const lone = /\p{Cs}/gu;

/** The code points of the matches, each once, at most five: `U+0007 ×3`. */
function describe(matches: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const match of matches) counts.set(match, (counts.get(match) ?? 0) + 1);
  const parts: string[] = [];
  for (const [character, count] of counts) {
    if (parts.length === 5) {
      parts.push('…');
      break;
    }
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    parts.push(count === 1 ? `U+${code}` : `U+${code} ×${count}`);
  }
  return parts.join(' ');
}

function inspectLone(
  text: string,
  column: number,
  problems: CellProblem[],
  marks?: MarkQueue,
): string {
  const found = text.match(lone);
  if (found === null) return text;
  let first: number | null = null;
  for (const character of found) {
    if (character !== undecodableMark) continue;
    const offset = marks?.take() ?? null;
    first ??= offset;
  }
  const where = first === null ? 'unpaired surrogate' : `byte ${first}`;
  problems.push(cellProblem(column, 'undecodable', `${where} ×${found.length}`));
  return text.replace(lone, '\ufffd');
}

/**
 * Reports what is wrong with the characters of a cell and gives the text the caller shall see: NULs
 * removed (PostgreSQL refuses them), undecodable bytes as U+FFFD, everything else as it was.
 * `marks` gives the byte offsets of the undecodable ones, in order.
 */
export function inspectCell(
  text: string,
  column: number,
  problems: CellProblem[],
  marks?: MarkQueue,
): string {
  const old = text.match(replacement);
  if (old !== null) {
    problems.push(cellProblem(column, 'replacement-character', describe(old)));
  }
  let result = inspectLone(text, column, problems, marks);
  const nuls = result.match(nul);
  if (nuls !== null) {
    problems.push(cellProblem(column, 'nul', describe(nuls)));
    result = result.replace(nul, '');
  }
  const controls = result.match(control);
  if (controls !== null) problems.push(cellProblem(column, 'control', describe(controls)));
  const own = result.match(privateUse);
  if (own !== null) problems.push(cellProblem(column, 'private-use', describe(own)));
  return result;
}

/** Takes the marks of a text from character `from` on, which is not kept; gives how many there were. */
export function takeMarksOf(text: string, from: number, marks: MarkQueue): number {
  let count = 0;
  let at = text.indexOf(undecodableMark, from);
  for (; at !== -1; at = text.indexOf(undecodableMark, at + 1)) {
    const before = at === 0 ? 0 : text.charCodeAt(at - 1);
    if (before >= 0xd800 && before <= 0xdbff) continue; // The second half of a pair.
    marks.take();
    count += 1;
  }
  return count;
}
