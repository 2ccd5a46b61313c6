/** Writes delimited text. */
import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Delimiter } from '../table.ts';
import { changesInGb18030, encodeGb18030 } from './gb18030.ts';
import { type RowsSource, pieceChars } from './rows-source.ts';

/** How delimited text is written. */
export type CsvOptions = {
  /**
   * `utf-8-bom` (with the byte order mark without which Excel takes UTF-8 for GBK) or `gb18030`.
   */
  readonly encoding: 'utf-8-bom' | 'gb18030';
  /**
   * For files that people open in a spreadsheet program: a cell that begins with `= + - @`, their
   * full-width forms, a tab or a carriage return gets an apostrophe in front, so that it is not taken
   * for a formula. This changes the data (`-5` becomes `'-5`): leave it off for files that programs read.
   */
  readonly forSpreadsheet?: boolean;
  /** A comma without it. */
  readonly delimiter?: Delimiter;
};

/** What was written. `changedCells`: cells the encoding could not carry faithfully. */
export type CsvSummary = { readonly rows: number; readonly changedCells: number };

const formulaStart = /^[=+\-@\t\r＝＋－＠]/;
const loneSurrogate = /\p{Cs}/u;
/** Blanks at the ends, line ends, quotes and control characters are only safe within quotes. */
const needsQuotes = /["\r\n\0-\x1f]|^\s|\s$/;
/** The first cell of a file must not look like JSON, markup or a declared separator (`sep=;`). */
const plainStart = /^(?!sep=)[\p{L}\p{N}_]/iu;

class CsvEncoder {
  rows = 0;
  changedCells = 0;
  private readonly options: CsvOptions;
  private readonly delimiter: Delimiter;

  constructor(options: CsvOptions) {
    this.options = options;
    this.delimiter = options.delimiter ?? ',';
  }

  line(cells: readonly string[]): string {
    const parts: string[] = [];
    for (let column = 0; column < cells.length; column += 1) {
      parts.push(this.cell(cells[column]!, this.rows === 0 && column === 0));
    }
    this.rows += 1;
    // A line with nothing on it would be taken for a blank line.
    return `${cells.length === 1 && parts[0] === '' ? '""' : parts.join(this.delimiter)}\r\n`;
  }

  bytes(text: string): Buffer {
    return this.options.encoding === 'gb18030' ? encodeGb18030(text) : Buffer.from(text);
  }

  private cell(given: string, first: boolean): string {
    const gb = this.options.encoding === 'gb18030';
    if (gb ? changesInGb18030(given) : loneSurrogate.test(given)) this.changedCells += 1;
    const dangerous = this.options.forSpreadsheet === true && formulaStart.test(given);
    const text = dangerous ? `'${given}` : given;
    const quoted =
      needsQuotes.test(text) || text.includes(this.delimiter) || (first && !plainStart.test(text));
    return quoted ? `"${text.replaceAll('"', '""')}"` : text;
  }
}

async function* encode(
  rows: RowsSource,
  encoder: CsvEncoder,
  bom: boolean,
): AsyncGenerator<Buffer> {
  let text = bom ? '\ufeff' : '';
  for await (const cells of rows) {
    text += encoder.line(cells);
    if (text.length < pieceChars) continue;
    yield encoder.bytes(text);
    text = '';
  }
  if (text !== '') yield encoder.bytes(text);
}

/**
 * Writes rows, the heading among them, to a file or a stream, which is ended. Lines end with CR LF.
 * Rejects when the rows or the target fail; a file begun is left as it is then.
 */
export async function writeCsv(
  target: string | Writable,
  rows: RowsSource,
  options: CsvOptions,
): Promise<CsvSummary> {
  const encoder = new CsvEncoder(options);
  const bytes = Readable.from(encode(rows, encoder, options.encoding === 'utf-8-bom'), {
    objectMode: false,
  });
  await pipeline(bytes, typeof target === 'string' ? createWriteStream(target) : target);
  return { rows: encoder.rows, changedCells: encoder.changedCells };
}
