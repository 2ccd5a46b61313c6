/**
 * What can be wrong with a table, and how much it weighs. Problems are findings, not failures: a bad
 * cell never rejects a row by itself and a bad row never rejects a file (design §6); the caller judges.
 */

import { shownText } from './text/cut-text.ts';

/**
 * How much a kind of problem costs.
 * - `note`: nothing was lost; the reader tells what it saw.
 * - `cell`: this cell's text is not what its author wrote, or there is none.
 * - `row`: the cells may stand under the wrong headings, or some are missing.
 * - `table`: rows were not read, or all text is doubtful.
 */
export type ProblemWeight = 'note' | 'cell' | 'row' | 'table';

/** Every kind of problem with its weight. `messages.ts` has the words for each. */
export const problemWeights = {
  // The file as a whole.
  bom: 'note',
  'byte-order': 'note',
  'mixed-line-ends': 'note',
  'blank-rows': 'note',
  'separator-line': 'note',
  'several-sheets': 'note',
  'hidden-sheet': 'note',
  'hidden-column': 'note',
  'hidden-row': 'note',
  macros: 'note',
  'external-links': 'note',
  'embedded-objects': 'note',
  'ignored-entry': 'note',
  'more-problems': 'note',
  'encoding-doubtful': 'table',
  truncated: 'table',
  damaged: 'table',
  // Text.
  undecodable: 'cell',
  'replacement-character': 'cell',
  nul: 'cell',
  control: 'cell',
  'private-use': 'note',
  'cell-too-long': 'cell',
  // Rows.
  'column-count': 'row',
  'unclosed-quote': 'row',
  'stray-quote': 'cell',
  'record-too-long': 'row',
  malformed: 'row',
  'row-order': 'row',
  // Cells of workbooks and of JSON.
  formula: 'cell',
  'formula-cached': 'note',
  'error-value': 'cell',
  'numeric-cell': 'note',
  'numeric-date': 'note',
  'boolean-cell': 'note',
  'bad-number': 'cell',
  'bad-date': 'cell',
  'bad-reference': 'cell',
  'duplicate-cell': 'cell',
  'merged-cell': 'cell',
  'nested-value': 'cell',
  'unknown-key': 'cell',
  'duplicate-key': 'cell',
} as const satisfies Record<string, ProblemWeight>;

/** A kind of problem; see {@link problemWeights}. */
export type ProblemKind = keyof typeof problemWeights;

/** The weight of one kind. */
export function weightOf(kind: ProblemKind): ProblemWeight {
  return problemWeights[kind];
}

/**
 * A problem at a row. `column` counts from 0 and is the index into `cells`; `null` concerns the row.
 * `text` says what was found: the formula, the count of columns, the code points, the byte offset.
 */
export type CellProblem = {
  readonly column: number | null;
  readonly kind: ProblemKind;
  readonly text?: string;
};

/**
 * A problem of the file. `place` is one of `row:12`, `byte:0`, `sheet:名称`, `range:A3:A5`, `column:C`,
 * `part:xl/vbaProject.bin`, `file`. `detail` holds counts and names.
 */
export type TableProblem = {
  readonly kind: ProblemKind;
  readonly place: string;
  readonly detail?: string;
};

/** Builds a cell problem without an `undefined` member; the text may be any piece of the file. */
export function cellProblem(column: number | null, kind: ProblemKind, text?: string): CellProblem {
  return text === undefined ? { column, kind } : { column, kind, text: shownText(text) };
}

const listedPerKind = 100;

/**
 * The file's problems, growing while it is read but never without bound: after the first hundred of a
 * kind only a `more-problems` entry tells that there were more.
 */
export class ProblemList {
  /** What callers see; grows while reading. */
  readonly entries: TableProblem[] = [];
  private readonly counts = new Map<ProblemKind, number>();

  /** Adds a problem, or a single `more-problems` once its kind has been listed often enough. */
  add(kind: ProblemKind, place: string, detail?: string): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= listedPerKind) {
      const at = shownText(place);
      const problem = { kind, place: at };
      this.entries.push(detail === undefined ? problem : { ...problem, detail: shownText(detail) });
    } else if (count === listedPerKind + 1) {
      this.entries.push({ kind: 'more-problems', place: shownText(place), detail: kind });
    }
  }
}
