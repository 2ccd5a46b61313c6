/**
 * Tables in and out. Hostile input of any size is read in constant memory: what can not be read as a
 * table is refused with advice, everything smaller is a problem with its place, nothing is silent and
 * nothing is evaluated.
 *
 * Reading:
 * ```ts
 * const opened = await openTable({ path });
 * if (!opened.ok) return opened;
 * for await (const rows of opened.value.batches()) for (const row of rows) { … }
 * const wholeFile = opened.value.problems; // complete now
 * ```
 * - The first row is delivered like any other; whether it is a heading is the caller's decision. For
 *   JSON it is made of the keys and has the number 0.
 * - A row's problems weigh `note`, `cell`, `row` or `table` ({@link weightOf}); what weight rejects a row
 *   is the caller's decision too. After a `table` problem (`damaged`, `truncated`) rows are missing.
 * - Blank rows, even those full of separators, are passed over, counted in the numbering and reported.
 *
 * Writing: {@link writeXlsx} and {@link writeCsv} take rows from any iterable and hold none of them.
 */
export {
  type CellProblem,
  type ProblemKind,
  type ProblemWeight,
  type TableProblem,
  problemWeights,
  weightOf,
} from './problems.ts';
export {
  type Delimiter,
  type Limits,
  type OpenOptions,
  type RawRow,
  type Table,
  type TableFormat,
  type TableRefusal,
  type TableRefusalCode,
  type TableSource,
  type TextEncoding,
  defaultLimits,
} from './table.ts';
export { type Words, problemWords, refusalWords } from './messages.ts';
export { fillWords } from '../../kernel/text/fill-words.ts';
export { openTable } from './open-table.ts';
export { columnName } from './xlsx/cell-reference.ts';
export { type RowsSource } from './write/rows-source.ts';
export { type CsvOptions, type CsvSummary, writeCsv } from './write/write-csv.ts';
export { type SheetContent, type XlsxSummary, notesMax, writeXlsx } from './write/write-xlsx.ts';
