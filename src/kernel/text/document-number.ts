/**
 * Document numbers 文号 for comparison (data-standards §1.8 no. 7, §14 trap 15). Offices write the
 * same number with 〔〕, [], 【】 or (), with and without 第, with blanks and full-width digits. The key
 * is for comparing only; the number as written is kept and shown. A number alone identifies nothing:
 * the key of a decision is authority + canonical number + party.
 */
import { dropBlanks, foldWidth, upperAscii } from './normalise.ts';

const lengthMax = 200;
const openBrackets = /[([{<（［｛＜〔【〖「『《〈﹝﹙]/g;
const closeBrackets = /[)\]}>）］｝＞〕】〗」』》〉﹞﹚]/g;
const dashes = /[-\u2010-\u2015\u2212]+/g;

/** As most are written already: words without 第 and label, year in its bracket, a plain number, 号. */
const written = /^(?!文书号|文号|编号)[\u4E00-\u7B2B\u7B2D-\u9FFF]{1,40}〔\d{4}〕\d{1,20}号$/;

/**
 * The comparison key of a document number; `''` for nothing. `示市监处罚[2026]第9号`,
 * `示市监处罚 （２０２６） 9号` and `示市监处罚〔2026〕9号` give the same key. Leading zeros stay: an
 * office that writes 0013 does not write 13.
 */
export function canonicalDocumentNumber(text: string): string {
  if (written.test(text)) return text;
  const folded = upperAscii(dropBlanks(foldWidth(text.slice(0, lengthMax).normalize('NFC'))))
    .replace(openBrackets, '〔')
    .replace(closeBrackets, '〕')
    .replace(dashes, '-');
  const bare = stripOuterBrackets(folded.replace(/^(?:文书号|文号|编号):?/, ''));
  return (
    bare
      .replace(/〔(\d{4})年〕/g, '〔$1〕')
      // 第 is dropped where it only announces a number or the year bracket, not in 第三大队.
      .replace(/第+(?=〔|[0-9A-Z])|(?<=[字〕])第+/g, '')
      .replace(/(〔\d{4}〕.*[0-9A-Z])$/, '$1号')
  );
}

/** Whether two document numbers are the same but for how they were typed; two empty ones are not. */
export function sameDocumentNumber(a: string, b: string): boolean {
  const key = canonicalDocumentNumber(a);
  return key !== '' && key === canonicalDocumentNumber(b);
}

/** The year in the first bracket, e.g. 2026; `null` when there is none. */
export function yearOfDocumentNumber(text: string): number | null {
  const match = /〔(\d{4})〕/.exec(canonicalDocumentNumber(text));
  return match === null ? null : Number(match[1]);
}

/** A bracket around the whole: `（示环罚〔2026〕9号）`. */
function stripOuterBrackets(text: string): string {
  if (!text.startsWith('〔') || !text.endsWith('〕')) return text;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '〔') depth += 1;
    if (text[i] === '〕') depth -= 1;
    if (depth === 0 && i < text.length - 1) return text;
  }
  return text.slice(1, -1);
}
