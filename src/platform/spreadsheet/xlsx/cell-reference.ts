/** Names of cells such as `BC12`, in both directions. Columns count from 0, rows from 1. */

/** The last row a sheet can have. */
export const lastRow = 1_048_576;
/** How many columns a sheet can have. */
export const sheetColumns = 16_384;

/** The column of a reference; −1 when it does not begin with a column's letters. */
export function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length && at < 4; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return at === 0 || at > 3 || column > sheetColumns ? -1 : column - 1;
}

/** The letters of a column: 0 is A, 27 is AB. */
export function columnName(column: number): string {
  let rest = column + 1;
  let name = '';
  while (rest > 0) {
    const letter = (rest - 1) % 26;
    name = String.fromCharCode(65 + letter) + name;
    rest = (rest - 1 - letter) / 26;
  }
  return name;
}

/** A rectangle of cells, both ends included. */
export type CellRange = {
  readonly name: string;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
};

const rangePattern = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/;

/** Reads `A3:B5`; `null` when it is none, or no larger than one cell. */
export function readRange(text: string): CellRange | null {
  const match = rangePattern.exec(text);
  if (match === null) return null;
  const columns = [columnOf(match[1]!), columnOf(match[3]!)];
  const rows = [Number(match[2]), Number(match[4])];
  const range = {
    name: text,
    firstRow: Math.min(...rows),
    lastRow: Math.max(...rows),
    firstColumn: Math.min(...columns),
    lastColumn: Math.max(...columns),
  };
  const single = range.firstRow === range.lastRow && range.firstColumn === range.lastColumn;
  return single || range.firstColumn < 0 || range.firstRow < 1 ? null : range;
}
