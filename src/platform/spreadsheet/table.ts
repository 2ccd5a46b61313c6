/** The shapes every reader shares: rows, tables, sources, limits, refusals. */
import type { Readable } from 'node:stream';
import type { Refusal } from '../../kernel/result.ts';
import type { CellProblem, TableProblem } from './problems.ts';

/**
 * A row as it stands in the file, nothing trimmed, nothing interpreted.
 * `row` is what its author would call it: the sheet's row number; in delimited text the number of the
 * record, blank lines counted (so it agrees with the row number after opening in a spreadsheet); in
 * NDJSON the line; in a JSON array the position, from 1, the synthetic heading being row 0. Numbers only
 * grow: where a forged file repeats one, or puts two objects on a line, the next free number is given.
 * Cells may share memory with the block they were cut from: copy what is to be kept for long.
 */
export type RawRow = {
  readonly row: number;
  readonly cells: readonly string[];
  readonly problems?: readonly CellProblem[];
};

/** What the content was recognised as; the file's name plays no part. */
export type TableFormat = 'xlsx' | 'csv' | 'json' | 'ndjson';

/** Encodings of text that are read. GBK and GB2312 are read as GB18030, which contains them. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Separators of delimited text that are recognised. */
export type Delimiter = ',' | '\t' | ';' | '|';

/**
 * Where the bytes are. A workbook needs random access, so only `path` can hold one; text may also come
 * from `stream`, which is called once.
 */
export type TableSource = { readonly path: string } | { readonly stream: () => Readable };

/**
 * A table opened for reading. `problems` grows while `batches()` runs and is complete after it.
 * `batches()` may be called once; it closes the source at its end, also when left early. A table that
 * is never read must be closed.
 */
export type Table = {
  readonly format: TableFormat;
  /** Text formats: known once the first non-ASCII byte was met, `utf-8` before that. */
  readonly encoding?: TextEncoding;
  /** Delimited text: the separator between cells. */
  readonly delimiter?: Delimiter;
  /** Workbooks: the name of the sheet that is read. */
  readonly sheet?: string;
  readonly problems: readonly TableProblem[];
  batches(): AsyncIterable<readonly RawRow[]>;
  close(): Promise<void>;
};

/**
 * Bounds that keep memory and time constant whatever arrives. Characters are UTF-16 code units, the
 * unit Excel counts in. They are safety limits of the reader, not rules about content.
 */
export type Limits = {
  /** Longest cell; what is beyond is cut and reported. Excel's own limit. */
  readonly cellCharsMax: number;
  /** Longest record of a text format, in characters; also how far an unclosed quote may reach. */
  readonly recordCharsMax: number;
  /** Most columns of a row; the widest tables of the standards have fewer than fifty. */
  readonly columnsMax: number;
  /** Most rows of one batch. */
  readonly batchRows: number;
  /** Most cells of one batch, so that very wide rows do not add up. */
  readonly batchCells: number;
  /**
   * Characters after which a batch is handed over. Kept small: what lives no longer than a batch then
   * dies young, and the garbage collector lets the process grow far less.
   */
  readonly batchChars: number;
  /** Bytes looked at to recognise the encoding, characters to recognise the separator. */
  readonly sampleBytes: number;
  /** Bytes decoded at a time. */
  readonly blockBytes: number;
  /** JSON: rows looked at for the union of keys that becomes the heading. */
  readonly headerRows: number;
  /** Workbooks: entries of the ZIP container. */
  readonly entriesMax: number;
  /** Workbooks: inflated bytes of the sheet that is read. */
  readonly sheetBytesMax: number;
  /** Workbooks: inflated bytes of any other part that is read. */
  readonly partBytesMax: number;
  /** Workbooks: inflated ÷ compressed bytes of a part … */
  readonly ratioMax: number;
  /** … which is only looked at above this many inflated bytes. */
  readonly ratioFromBytes: number;
  /** Workbooks: bytes of the table of shared strings, kept in memory. */
  readonly sharedStringsBytesMax: number;
  /** Workbooks: merged ranges whose rows are marked one by one. */
  readonly mergedRangesMax: number;
};

const mega = 1024 * 1024;

/** The limits used where the caller gives none. */
export const defaultLimits: Limits = {
  cellCharsMax: 32_767,
  recordCharsMax: mega,
  columnsMax: 1_024,
  batchRows: 1_000,
  batchCells: 65_536,
  batchChars: 64 * 1024,
  sampleBytes: 64 * 1024,
  blockBytes: 64 * 1024,
  headerRows: 1_000,
  entriesMax: 5_000,
  sheetBytesMax: 4 * 1024 * mega,
  partBytesMax: 16 * mega,
  ratioMax: 500,
  ratioFromBytes: 64 * mega,
  sharedStringsBytesMax: 64 * mega,
  mergedRangesMax: 10_000,
};

/**
 * How long the text of a cell may be as it stands in XML: a character takes up to twelve there, as an
 * entity (`&#x0001F600;`) or an escape (`_x000D_`).
 */
export function storedCharsMax(limits: Limits): number {
  return limits.cellCharsMax * 12;
}

/** How a table is to be opened. */
export type OpenOptions = {
  readonly limits?: Partial<Limits>;
  /** Name of the sheet to read instead of the first visible one. */
  readonly sheet?: string;
  /** Encoding the sender declared; replaces recognition, a byte order mark still wins. */
  readonly encoding?: TextEncoding;
  /** Delimiter the sender declared; replaces recognition. */
  readonly delimiter?: Delimiter;
  /**
   * What becomes of formula cells. `unreadable` (default): the cell is empty and reported as `formula`.
   * `cached`: the value last computed by the sender's program is given and reported as
   * `formula-cached`. Nothing is ever evaluated.
   */
  readonly formulas?: 'unreadable' | 'cached';
};

/** Why a file is not read at all. `messages.ts` says for each what to do about it. */
export type TableRefusalCode =
  | 'table.empty'
  | 'table.old-excel'
  | 'table.encrypted'
  | 'table.binary-workbook'
  | 'table.open-document'
  | 'table.office-document'
  | 'table.archive'
  | 'table.markup'
  | 'table.not-a-table'
  | 'table.encoding-unsupported'
  | 'table.needs-file'
  | 'table.damaged'
  | 'table.suspicious'
  | 'table.too-large'
  | 'table.shared-strings-too-large'
  | 'table.sheet-missing'
  | 'table.no-sheet'
  | 'table.json-shape';

/** A refusal of a whole file. */
export type TableRefusal = Refusal<TableRefusalCode>;
