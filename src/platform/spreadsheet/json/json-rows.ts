/** From members of objects to cells under headings. */
import { plainDecimal } from '../decimal.ts';
import { type CellProblem, cellProblem } from '../problems.ts';
import type { Limits, RawRow } from '../table.ts';
import { cutText } from '../text/cut-text.ts';
import { inspectCell } from '../text/inspect-cell.ts';
import type { TextInput } from '../text/text-input.ts';
import type { Member } from './flat-object.ts';

/** A row before its columns are known; `problems` of a value get their column later. */
export type JsonRow = {
  readonly row: number;
  readonly values: readonly JsonValue[];
  /** Problems of the row as a whole. */
  readonly problems: readonly CellProblem[];
  /** Length of its text. */
  readonly chars: number;
};

/** A value with its key and what is wrong with it. */
export type JsonValue = {
  readonly key: string;
  readonly text: string;
  readonly problems: readonly CellProblem[];
};

const none: readonly CellProblem[] = [];

/** A row nothing could be read of. */
export function brokenRow(row: number, problems: readonly CellProblem[]): JsonRow {
  return { row, values: [], problems, chars: 0 };
}

function readValue(
  member: Member,
  inspect: (text: string) => readonly [string, readonly CellProblem[]],
): JsonValue {
  const { key, value, kind } = member;
  if (kind === 'null') return { key, text: '', problems: none };
  if (kind === 'nested') {
    return { key, text: '', problems: [cellProblem(0, 'nested-value', value)] };
  }
  if (kind === 'boolean') return { key, text: value, problems: [cellProblem(0, 'boolean-cell')] };
  if (kind === 'number') {
    const plain = plainDecimal(value);
    const problem = cellProblem(0, plain === null ? 'bad-number' : 'numeric-cell', value);
    return { key, text: plain ?? value, problems: [problem] };
  }
  const [text, problems] = inspect(value);
  return { key, text, problems };
}

/** Reads the members of the object that stands at `span` of the window. */
export function readMembers(
  members: readonly Member[],
  row: number,
  input: TextInput,
  span: { readonly from: number; readonly to: number },
): JsonRow {
  const { marks } = input;
  const end = input.base + span.to;
  const suspect = input.suspect(span.from, span.to);
  const marked = suspect && marks.anyBefore(end) ? marks : undefined;
  const inspect = (text: string): readonly [string, readonly CellProblem[]] => {
    const problems: CellProblem[] = [];
    const clean = inspectCell(text, 0, problems, marked);
    return [clean, problems];
  };
  const problems: CellProblem[] = [];
  const values = members.map((member) => {
    const [key, wrong] = inspect(member.key);
    problems.push(...wrong.map((problem) => ({ ...problem, column: null })));
    return readValue({ ...member, key }, inspect);
  });
  const left = marks.dropBefore(end);
  if (left.count > 0) {
    problems.push(cellProblem(null, 'undecodable', `byte ${left.offset} ×${left.count}`));
  }
  return { row, values, problems, chars: span.to - span.from };
}

/** Puts the values under their columns; `null` when the row says nothing at all. */
export function toRawRow(
  row: JsonRow,
  columns: ReadonlyMap<string, number>,
  limits: Limits,
): RawRow | null {
  const cells: string[] = new Array<string>(columns.size).fill('');
  const problems: CellProblem[] = [...row.problems];
  const seen = new Set<number>();
  for (const value of row.values) {
    const column = columns.get(value.key);
    if (column === undefined) {
      problems.push(cellProblem(null, 'unknown-key', cutText(value.key, 60)));
      continue;
    }
    if (seen.has(column)) {
      problems.push(cellProblem(column, 'duplicate-key', cutText(value.key, 60)));
      continue;
    }
    seen.add(column);
    for (const problem of value.problems) problems.push({ ...problem, column });
    if (value.text.length > limits.cellCharsMax) {
      problems.push(cellProblem(column, 'cell-too-long', String(value.text.length)));
    }
    cells[column] = cutText(value.text, limits.cellCharsMax);
  }
  if (problems.length > 0) return { row: row.row, cells, problems };
  return cells.every((cell) => cell === '') ? null : { row: row.row, cells };
}

/**
 * Holds the first rows back until enough keys have been seen: the heading is the union of their keys
 * in the order of appearance. Bounded in rows and characters.
 */
export class HeadingBuilder {
  /** Column of each key; complete once the heading was given out. */
  readonly columns = new Map<string, number>();
  private held: JsonRow[] | null = [];
  private chars = 0;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes a row; gives the rows that may be delivered now, the heading first. */
  add(row: JsonRow): readonly JsonRow[] {
    if (this.held === null) return [row];
    this.held.push(row);
    this.chars += row.chars;
    for (const { key } of row.values) {
      const fits = this.columns.size < this.limits.columnsMax;
      if (fits && !this.columns.has(key)) this.columns.set(key, this.columns.size);
    }
    const enough =
      this.held.length >= this.limits.headerRows || this.chars >= this.limits.recordCharsMax;
    return enough ? this.finish() : [];
  }

  /** No more rows: gives what is still held back, the heading first. */
  finish(): readonly JsonRow[] {
    const held = this.held;
    this.held = null;
    if (held === null || held.length === 0) return [];
    const values = [...this.columns.keys()].map((key) => ({ key, text: key, problems: none }));
    return [{ row: 0, values, problems: [], chars: 0 }, ...held];
  }
}
