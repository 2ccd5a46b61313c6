/**
 * Names as sets of grams (feasibility B.2): pairs of neighbouring characters and pairs one apart,
 * packed into 32 bits. Finds parts, swapped characters and short forms, whatever the database locale.
 * Pinyin initials are cut into threes: there are too few pairs of letters to tell names apart.
 */

const legalForm =
  /(股份有限公司|有限责任公司|有限公司|个人独资企业|普通合伙|有限合伙|合伙企业|专业合作社|总公司|分公司|公司)$/;

// Names of ideographs only, which most are, need no folding.
const plain = /^[\u4E00-\u9FFF]*$/;

/** What of a name is searched: letters, digits and ideographs, without its legal form at the end. */
export function searchText(name: string): string {
  const folded = plain.test(name)
    ? name
    : name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '');
  const bare = folded.replace(legalForm, '');
  return bare === '' ? folded : bare;
}

const bracketed = /^([^（(【[]+)[（(【[]([^（）()【】[\]]{2,6})[）)】\]](.+)$/u;

/**
 * Texts a name is searched by: as it stands and, where a place stands in brackets inside it, with the
 * place in front. 华瑞（南京）食品 and 南京华瑞食品 are how two people write one name. The last is what a
 * query is taken for.
 */
export function searchTexts(name: string): readonly [string, ...string[]] {
  const text = searchText(name);
  const match = bracketed.exec(name);
  return match === null ? [text] : [text, searchText(`${match[2]}${match[1]}${match[3]}`)];
}

function pack(a: number, b: number): number {
  return (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x51ed, 0x85ebca6b)) | 0;
}

/** Grams of texts, without repeats. A single character has none. */
export function gramsOf(...texts: readonly string[]): number[] {
  const grams = new Set<number>();
  for (const text of texts) addGrams(grams, text);
  return [...grams];
}

function addGrams(grams: Set<number>, text: string): void {
  const points = [...text].map((character) => character.codePointAt(0)!);
  for (let index = 0; index + 1 < points.length; index += 1) {
    grams.add(pack(points[index]!, points[index + 1]!));
    if (index + 2 < points.length) grams.add(pack(points[index]!, points[index + 2]!));
  }
}

/** Shortest initials that are looked for: fewer letters stand in half of all names. */
export const initialsMin = 3;

/** Threes of neighbouring letters, without repeats, in a key space apart from that of names. */
export function initialGramsOf(initials: string): number[] {
  const grams = new Set<number>();
  for (let index = 0; index + 2 < initials.length; index += 1) {
    const letters =
      (initials.charCodeAt(index) << 16) |
      (initials.charCodeAt(index + 1) << 8) |
      initials.charCodeAt(index + 2);
    grams.add(pack(letters, 0x696e6974));
  }
  return [...grams];
}

/** Whether a text can be meant as initials. */
export function isInitials(text: string): boolean {
  return text.length >= initialsMin && /^[a-z0-9]*$/.test(text);
}

/**
 * The grams to ask the index for: the rarest first, as many as together stand in at most `entriesMax`
 * entries. Grams that are not known to be common count as standing in `rareEntries`. None, where even
 * the rarest is too common.
 */
export function askedGrams(
  grams: readonly number[],
  common: ReadonlyMap<number, number>,
  limits: { readonly entriesMax: number; readonly rareEntries: number },
): number[] {
  const entriesOf = (gram: number) => common.get(gram) ?? limits.rareEntries;
  const asked: number[] = [];
  let left = limits.entriesMax;
  for (const gram of [...grams].sort((a, b) => entriesOf(a) - entriesOf(b))) {
    left -= entriesOf(gram);
    if (left < 0) break;
    asked.push(gram);
  }
  return asked;
}
