/** Cutting, copying and showing of texts. */

/** The first `length` code units of a text, one fewer where that would split a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

const unstorable = /[\0\p{Cs}]/gu;

/**
 * A piece of a file as part of a message: NULs and halves of surrogate pairs, which neither PostgreSQL
 * nor UTF-8 can carry, become U+FFFD. Names of sheets and parts, formulas and broken rows pass here,
 * for nobody has inspected them as cells.
 */
export function shownText(text: string): string {
  return text.replace(unstorable, '\ufffd');
}
