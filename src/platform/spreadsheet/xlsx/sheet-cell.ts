/** One cell of a sheet: from what is stored to the text its author would expect. */
import { typedDecimal } from '../decimal.ts';
import { type CellProblem, cellProblem } from '../problems.ts';
import { unescapeText } from './escaped-text.ts';
import { type NumberLook, dateText } from './number-formats.ts';
import type { SharedStrings } from './shared-strings.ts';

/** A cell as stored. `value` is the `v` element, `inline` the joined text of `is`. */
export type StoredCell = {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  readonly value: string;
  readonly inline: string;
  /** The formula; `null` when the cell has none. */
  readonly formula: string | null;
};

/** What cells of one workbook are read with. */
export type CellContext = {
  readonly strings: SharedStrings | null;
  readonly looks: readonly NumberLook[];
  readonly date1904: boolean;
  readonly formulas: 'unreadable' | 'cached';
};

/** The text of a cell; what has to be said about it goes to `problems`. */
export function readCell(cell: StoredCell, context: CellContext, problems: CellProblem[]): string {
  const { column } = cell;
  if (cell.formula !== null) {
    const formula = cell.formula.slice(0, 200);
    const cached = context.formulas === 'cached';
    problems.push(cellProblem(column, cached ? 'formula-cached' : 'formula', formula));
    if (!cached) return '';
  }
  if (cell.type === 's') return sharedText(cell, context, problems);
  if (cell.type === 'inlineStr') return unescapeText(cell.inline);
  if (cell.type === 'str') return unescapeText(cell.value);
  if (cell.type === 'n') return numberText(cell, context, problems);
  return rareText(cell, problems);
}

/** Logical values, errors and dates as text; anything else is no type of cell. */
function rareText({ column, type, value }: StoredCell, problems: CellProblem[]): string {
  if (value === '' && (type === 'b' || type === 'd')) return '';
  if (type === 'b') {
    problems.push(cellProblem(column, 'boolean-cell'));
    return value.trim() === '1' || value === 'true' ? 'TRUE' : 'FALSE';
  }
  if (type === 'd') {
    problems.push(cellProblem(column, 'numeric-date', value.slice(0, 40)));
    return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
  }
  const kind = type === 'e' ? 'error-value' : 'bad-reference';
  problems.push(cellProblem(column, kind, (type === 'e' ? value : type).slice(0, 40)));
  return '';
}

function sharedText(cell: StoredCell, { strings }: CellContext, problems: CellProblem[]): string {
  const { column, value } = cell;
  if (value === '') return '';
  const number = /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : -1;
  const text = strings?.get(number) ?? null;
  if (text === null) {
    problems.push(cellProblem(column, 'bad-reference', value.slice(0, 40)));
    return '';
  }
  return unescapeText(text);
}

function numberText(cell: StoredCell, context: CellContext, problems: CellProblem[]): string {
  const { column } = cell;
  const stored = cell.value.trim();
  if (stored === '') return '';
  const plain = typedDecimal(stored);
  if (plain === null) {
    problems.push(cellProblem(column, 'bad-number', stored.slice(0, 40)));
    return stored;
  }
  const look = context.looks[cell.style] ?? 'number';
  if (look === 'number') {
    problems.push(cellProblem(column, 'numeric-cell', stored));
    return plain;
  }
  const date = dateText(stored, look, context.date1904);
  problems.push(cellProblem(column, date === null ? 'bad-date' : 'numeric-date', stored));
  return date ?? plain;
}
