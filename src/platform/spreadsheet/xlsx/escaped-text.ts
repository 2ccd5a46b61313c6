/**
 * Characters XML can not carry are written in workbooks as `_x0001_`, and a text that looks like that
 * has its underscore written as `_x005F_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 */

const escape = /_x([0-9a-fA-F]{4})_/g;
/** Also where only the underscore of a following escape would complete the likeness. */
const lookalike = /_(?=x[0-9a-fA-F]{4}[_\0-\x08\x0b-\x1f\ufffe\uffff])/g;
/** What XML 1.0 does not allow, and the carriage return, which it would turn into a line feed. */
const unwritable = /[\0-\x08\x0b-\x1f\ufffe\uffff]/g;
const loneSurrogate = /\p{Cs}/gu;
/** Anything at all that has to be looked at; most texts hold none of it. */
const special = /[&<>_\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]/;

/** The text behind a stored string. */
export function unescapeText(stored: string): string {
  if (!stored.includes('_x')) return stored;
  return stored.replace(escape, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A text as XML content of a workbook; unpaired surrogates, which nothing can carry, become U+FFFD. */
export function escapeText(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(loneSurrogate, '\ufffd')
    .replace(lookalike, '_x005F_')
    .replace(unwritable, (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      return `_x${code}_`;
    })
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
