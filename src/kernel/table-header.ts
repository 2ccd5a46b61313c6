/**
 * Which standard a table follows, told from its heading row. Headings are compared after folding of
 * width, blanks, brackets and case; a field is known by its identifier, its Chinese name, or any other
 * heading the standard lists.
 */
import type { Field, Standard } from './rulebook/standards.ts';

/** A heading row read against one standard. */
export type HeaderMatch = {
  readonly standard: Standard;
  /** For each column the field it holds, or `null` when the standard knows no such heading. */
  readonly columns: readonly (Field | null)[];
  /** Required fields no column holds. */
  readonly missing: readonly Field[];
  /** Headings (with their 1-based column) the standard does not know. */
  readonly unknown: readonly { readonly column: number; readonly heading: string }[];
  /** Fields that more than one column claims. */
  readonly doubled: readonly { readonly field: Field; readonly columns: readonly number[] }[];
  readonly matched: number;
};

/** Folds a heading for comparison. */
export function foldHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s\u200B-\u200F\uFEFF*＊]+/g, '')
    .replace(/[()（）[\]【】〔〕:：、,，_-]/g, '')
    .toLowerCase();
}

/** Reads a heading row against one standard. */
export function matchHeader(cells: readonly string[], standard: Standard): HeaderMatch {
  const byHeading = new Map<string, Field>();
  // Names before alternative headings: what a standard calls a field itself goes first.
  for (const field of standard.fields) {
    for (const heading of [field.id, field.name]) {
      const folded = foldHeading(heading);
      if (!byHeading.has(folded)) byHeading.set(folded, field);
    }
  }
  for (const field of standard.fields) {
    for (const heading of field.headings) {
      const folded = foldHeading(heading);
      if (!byHeading.has(folded)) byHeading.set(folded, field);
    }
  }
  const columns = cells.map((cell) => byHeading.get(foldHeading(cell)) ?? null);
  const places = new Map<Field, number[]>();
  columns.forEach((field, index) => {
    if (field !== null) places.set(field, [...(places.get(field) ?? []), index + 1]);
  });
  return {
    standard,
    columns,
    missing: standard.fields.filter((field) => field.required === 'always' && !places.has(field)),
    unknown: columns.flatMap((field, index) =>
      field === null && (cells[index] ?? '').trim() !== ''
        ? [{ column: index + 1, heading: cells[index] ?? '' }]
        : [],
    ),
    doubled: [...places]
      .filter(([, where]) => where.length > 1)
      .map(([field, where]) => ({ field, columns: where })),
    matched: places.size,
  };
}

/**
 * The standard a heading row follows best: complete ones before incomplete ones, then most fields
 * known, fewest headings unknown, newest first as listed. `null` when no standard knows a heading.
 */
export function bestHeader(
  cells: readonly string[],
  standards: readonly Standard[],
): HeaderMatch | null {
  const ranked = standards
    .map((standard, order) => ({ match: matchHeader(cells, standard), order }))
    .filter(({ match }) => match.matched > 0)
    .sort(
      (a, b) =>
        Number(a.match.missing.length > 0) - Number(b.match.missing.length > 0) ||
        b.match.matched - a.match.matched ||
        a.match.unknown.length - b.match.unknown.length ||
        a.order - b.order,
    );
  return ranked[0]?.match ?? null;
}
