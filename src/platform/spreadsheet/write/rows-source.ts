/** What the writers take: rows from memory, from a generator or from a database cursor. */

/** Rows of cells; writers take them one at a time and hold none. */
export type RowsSource = Iterable<readonly string[]> | AsyncIterable<readonly string[]>;

/** Bytes gathered before they are passed on. */
export const pieceChars = 16 * 1024;
