/**
 * Normalisation before anything is checked or compared (data-standards §1.8). Width, invisible
 * characters and blanks are folded; letters are never replaced by look-alikes, and names pass through
 * NFC only: NFKC would turn one registered character into another (§14 trap 43).
 */

/** Words that stand for "nothing" (无, 暂无, /, …), lower case; rulebook/codes/null-words. */
export type NullWords = ReadonlySet<string>;

const blanks = String.raw`\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;

// Characters without a glyph that copying leaves behind: controls (NUL and DEL stand in real names),
// soft hyphen, zero-width and direction marks, fillers, byte order mark, variation selectors, tags.
const invisible = String.raw`\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}\u{E0100}-\u{E01EF}`;

const blankRun = new RegExp(`[${blanks}]+`, 'gu');
const invisibleRun = new RegExp(`[${invisible}]+`, 'gu');
const outerBlanks = new RegExp(`^[${blanks}${invisible}]+|[${blanks}${invisible}]+$`, 'gu');

/** Common ideographs and full-width round brackets only: nothing to fold, the case of most names. */
export const plainName = /^[\u4E00-\u9FFF（）]*$/;

/** Full-width ASCII (！–～) to half-width, one code unit to one; everything else stays. */
export function foldWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

/** Full-width letters and digits to half-width; brackets and other signs stay. */
export function foldLettersAndDigits(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (char) =>
    String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

/** Upper case of a–z only: Unicode case rules would make `I` out of a dotless ı and `SS` out of ß. */
export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Removes characters that show nothing (controls, zero-width, direction marks, BOM). */
export function dropInvisible(text: string): string {
  return plainName.test(text) ? text : text.replace(invisibleRun, '');
}

/** Removes every blank of any kind, and invisible characters with them. */
export function dropBlanks(text: string): string {
  return plainName.test(text) ? text : dropInvisible(text).replace(blankRun, '');
}

/** Makes one plain space of every run of blanks, without any at the ends; drops invisible ones. */
export function collapseBlanks(text: string): string {
  return dropInvisible(text).replace(blankRun, ' ').trim();
}

/**
 * Whether a cell says "nothing": empty, blanks only, or a null word after folding of width, case and
 * inner blanks (`— —` is the word `——`).
 */
export function isNullWord(text: string, words: NullWords): boolean {
  if (beginsOtherwise(text.charCodeAt(0), words)) return false;
  if (/^[0-9A-Z]+$/.test(text)) return words.has(text.toLowerCase());
  if (plainName.test(text)) return text === '' || words.has(text);
  if (text.length > 64) return text.replace(outerBlanks, '') === '';
  const folded = dropBlanks(foldWidth(text)).toLowerCase();
  return folded === '' || words.has(folded) || words.has(text.replace(outerBlanks, ''));
}

const firstsOf = new WeakMap<NullWords, ReadonlySet<number>>();

/**
 * Whether a text with this first character can be none of the words: it is a letter, digit or common
 * ideograph, which no folding takes away, and no word begins with it. Nearly every cell ends here.
 */
function beginsOtherwise(code: number, words: NullWords): boolean {
  const upper = code >= 0x41 && code <= 0x5a;
  const stays =
    upper ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x4e00 && code <= 0x9fff);
  if (!stays) return false;
  let firsts = firstsOf.get(words);
  if (firsts === undefined) {
    const found = new Set<number>();
    for (const word of words) found.add(word.charCodeAt(0)).add(word.toLowerCase().charCodeAt(0));
    firstsOf.set(words, found);
    firsts = found;
  }
  return !firsts.has(code) && !(upper && firsts.has(code + 0x20));
}

/** What cleaning had to do to a code; `false` everywhere means it was written as it should be. */
export type CodeChanges = {
  readonly lowerCase: boolean;
  readonly fullWidth: boolean;
  /** Blanks or invisible characters inside, not only at the ends. */
  readonly innerBlanks: boolean;
  readonly hyphens: boolean;
  /** A label (统一社会信用代码：), a copy mark (1/1) or empty brackets stood beside the code. */
  readonly label: boolean;
};

/** A code after cleaning, and what was done to it. */
export type CleanedCode = { readonly value: string; readonly changes: CodeChanges };

const unchanged: CodeChanges = {
  lowerCase: false,
  fullWidth: false,
  innerBlanks: false,
  hyphens: false,
  label: false,
};

// The copy mark of a business licence (副本 1/1) and brackets somebody emptied.
const copyMark = /\(\d{1,3}\/\d{1,3}\)|[([【]+[)\]】]+/g;
const hyphenRun = /[-\u2010-\u2015\u2212]+/g;

/**
 * Cleans a code cell: width, blanks, ASCII upper case, hyphens, labels and copy marks (§1.8 nos. 1–2).
 * `labels` are the literal words of rulebook/codes/code-prefix-words, tried longest first. Letters are
 * never replaced: an O stays an O.
 */
export function cleanCode(text: string, labels: readonly string[] = []): CleanedCode {
  if (/^[0-9A-Z]*$/.test(text)) return { value: text, changes: unchanged };
  const trimmed = text.replace(outerBlanks, '');
  const half = foldWidth(trimmed);
  const compact = dropBlanks(half);
  const dashless = compact.replace(hyphenRun, '');
  const joined = dropLabels(dashless, labels).replace(copyMark, '');
  const value = upperAscii(joined);
  return {
    value,
    changes: {
      lowerCase: value !== joined,
      fullWidth: half !== trimmed,
      innerBlanks: compact !== half,
      hyphens: dashless !== compact,
      label: joined !== dashless,
    },
  };
}

function dropLabels(text: string, labels: readonly string[]): string {
  const known = labels
    .map((label) => dropBlanks(foldWidth(label)))
    .filter((label) => label !== '')
    .sort((a, b) => b.length - a.length);
  const found = known.find((label) => text.startsWith(label));
  return found === undefined ? text : text.slice(found.length).replace(/^[:;,.]+/, '');
}

/**
 * A name as it is kept for display (§1.8 no. 7): NFC, no invisible characters, blanks collapsed and
 * trimmed, round brackets in the full-width form （）. The raw form is kept beside it by the caller.
 */
export function tidyName(name: string): string {
  if (plainName.test(name)) return name;
  return collapseBlanks(name.normalize('NFC')).replace(/\(/g, '（').replace(/\)/g, '）');
}

/** Number of characters a reader counts: code points, so that a rare ideograph is one (trap 43). */
export function countCharacters(text: string): number {
  return [...text].length;
}
