/**
 * Names as sets of grams (feasibility B.2): pairs of neighbouring characters and pairs one apart,
 * packed into 32 bits. Finds parts, swapped characters and short forms, whatever the database locale.
 */

const legalForm =
  /(股份有限公司|有限责任公司|有限公司|个人独资企业|普通合伙|有限合伙|合伙企业|专业合作社|总公司|分公司|公司)$/;

/** What of a name is searched: letters, digits and ideographs, without its legal form at the end. */
export function searchText(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  const bare = folded.replace(legalForm, '');
  return bare === '' ? folded : bare;
}

function pack(a: number, b: number): number {
  return (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x51ed, 0x85ebca6b)) | 0;
}

/** Grams of a text, without repeats. A single character has none. */
export function gramsOf(text: string): number[] {
  const points = [...text].map((character) => character.codePointAt(0)!);
  const grams = new Set<number>();
  for (let index = 0; index + 1 < points.length; index += 1) {
    grams.add(pack(points[index]!, points[index + 1]!));
    if (index + 2 < points.length) grams.add(pack(points[index]!, points[index + 2]!));
  }
  return [...grams];
}

/** How alike two gram sets are: 2·common ÷ (size + size), 0 to 1. */
export function diceOf(common: number, sizeA: number, sizeB: number): number {
  return sizeA + sizeB === 0 ? 0 : (2 * common) / (sizeA + sizeB);
}

/** The grams to ask the index for: the rarest few of those that occur at all. */
export function rarestGrams(
  grams: readonly number[],
  entries: ReadonlyMap<number, number>,
  count: number,
): number[] {
  return grams
    .filter((gram) => (entries.get(gram) ?? 0) > 0)
    .sort((a, b) => entries.get(a)! - entries.get(b)!)
    .slice(0, count);
}
