/** Cutting, copying and showing of texts. */

/** The first `length` code units of a text, one fewer where that would split a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/**
 * The same text in memory of its own. A slice of thirteen characters or more keeps the whole text alive
 * it was cut from (V8), which in XML is several times as much as its cells. Joining two parts copies.
 */
export function detachText(text: string): string {
  return text.length < 13 ? text : [text.slice(0, 1), text.slice(1)].join('');
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
