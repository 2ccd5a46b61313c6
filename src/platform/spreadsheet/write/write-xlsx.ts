/** Writes a workbook with one sheet, row by row, in constant memory. */
import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Refusal, type Result, assert, ok, refuse } from '../../../kernel/result.ts';
import { cutText } from '../text/cut-text.ts';
import { columnName, lastRow, sheetColumns } from '../xlsx/cell-reference.ts';
import { escapeText } from '../xlsx/escaped-text.ts';
import { type RowsSource, pieceChars } from './rows-source.ts';
import {
  type Note,
  contentTypesPart,
  notesDrawingPart,
  notesPart,
  rootRelationsPart,
  sheetEnd,
  sheetRelationsPart,
  sheetStart,
  styles,
  stylesPart,
  workbookPart,
  workbookRelationsPart,
} from './workbook-parts.ts';

/**
 * What goes on the sheet. Every cell is written as a string in text format: nothing is ever a formula,
 * whatever it begins with, and no code turns into a number. Rows are counted as on the sheet, the
 * heading being row 1; columns from 0.
 */
export type SheetContent = {
  readonly sheet: string;
  readonly header: readonly string[];
  readonly rows: RowsSource;
  /** Widths in characters; 18 where none is given. */
  readonly columnWidths?: readonly number[];
  /** Cells to be shown in the colour of errors. */
  readonly highlight?: (row: number, column: number) => boolean;
  /** Notes at cells; at most {@link notesMax} are written, because they can not be streamed. */
  readonly comments?: (row: number, column: number) => string | undefined;
};

/** What was written, and what had to be left out. */
export type XlsxSummary = {
  /** Rows without the heading. */
  readonly rows: number;
  /** Cells cut to the 32,767 characters Excel allows. */
  readonly cutCells: number;
  /** Notes beyond {@link notesMax}. */
  readonly droppedNotes: number;
};

/** Most notes in one workbook. */
export const notesMax = 5_000;
const cellCharsMax = 32_767;
const noteCharsMax = 1_000;

/** Entries carry no real time, so that the same rows give the same bytes. */
const entryOptions = {
  // DOS time has no zone: the parts of the local date are what is stored.
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  compressionLevel: 6,
  forceDosTimestamp: true,
};

/** Ends writing when a sheet has no room for more rows; never leaves this module. */
class SheetFull extends Error {}

class SheetWriter {
  rows = 0;
  cutCells = 0;
  droppedNotes = 0;
  readonly notes: Note[] = [];
  private readonly content: SheetContent;
  private readonly names: string[] = [];

  constructor(content: SheetContent) {
    this.content = content;
  }

  async *pieces(): AsyncGenerator<Buffer> {
    const { header, rows, columnWidths, comments } = this.content;
    let xml = sheetStart(header.length, columnWidths ?? []);
    xml += this.row(1, header);
    for await (const cells of rows) {
      this.rows += 1;
      if (this.rows >= lastRow) throw new SheetFull();
      xml += this.row(this.rows + 1, cells);
      if (xml.length < pieceChars) continue;
      yield Buffer.from(xml);
      xml = '';
    }
    yield Buffer.from(xml + sheetEnd(comments !== undefined));
  }

  private row(number: number, cells: readonly string[]): string {
    assert(cells.length <= sheetColumns, `a sheet has ${sheetColumns} columns at most`);
    let xml = `<row r="${number}">`;
    for (let column = 0; column < cells.length; column += 1) {
      xml += this.cell(number, column, cells[column]!);
    }
    return `${xml}</row>`;
  }

  private cell(row: number, column: number, text: string): string {
    this.note(row, column);
    const wrong = row > 1 && this.content.highlight?.(row, column) === true;
    const style = row === 1 ? styles.heading : wrong ? styles.highlighted : styles.text;
    const name = (this.names[column] ??= columnName(column));
    if (text === '') return wrong ? `<c r="${name}${row}" s="${style}"/>` : '';
    if (text.length > cellCharsMax) this.cutCells += 1;
    const content = escapeText(cutText(text, cellCharsMax));
    const space = /^\s|\s$|\n/.test(content) ? ' xml:space="preserve"' : '';
    return `<c r="${name}${row}" s="${style}" t="inlineStr"><is><t${space}>${content}</t></is></c>`;
  }

  private note(row: number, column: number): void {
    const text = this.content.comments?.(row, column);
    if (text === undefined || text === '') return;
    if (this.notes.length < notesMax) {
      this.notes.push({ row, column, text: cutText(text, noteCharsMax) });
    } else this.droppedNotes += 1;
  }
}

/** Queues the parts; those that depend on the rows follow when the rows have been written. */
function addParts(zip: ZipFile, writer: SheetWriter, content: SheetContent): Readable {
  const hasNotes = content.comments !== undefined;
  const add = (name: string, xml: string): void =>
    zip.addBuffer(Buffer.from(xml), name, entryOptions);
  add('[Content_Types].xml', contentTypesPart(hasNotes));
  add('_rels/.rels', rootRelationsPart);
  add('xl/workbook.xml', workbookPart(content.sheet));
  add('xl/_rels/workbook.xml.rels', workbookRelationsPart);
  add('xl/styles.xml', stylesPart);
  async function* sheet(): AsyncGenerator<Buffer> {
    yield* writer.pieces();
    if (hasNotes) {
      add('xl/worksheets/_rels/sheet1.xml.rels', sheetRelationsPart);
      add('xl/comments1.xml', notesPart(writer.notes));
      add('xl/drawings/vmlDrawing1.vml', notesDrawingPart(writer.notes));
    }
    zip.end();
  }
  const stream = Readable.from(sheet(), { objectMode: false });
  zip.addReadStream(stream, 'xl/worksheets/sheet1.xml', entryOptions);
  return stream;
}

/**
 * Writes a workbook to a file or a stream, which is ended. Refuses with `table.sheet-full` when there
 * are more rows than a sheet can hold; rejects when the rows or the target fail. What has been written
 * until then is no workbook and must be thrown away.
 */
export async function writeXlsx(
  target: string | Writable,
  content: SheetContent,
): Promise<Result<XlsxSummary, Refusal<'table.sheet-full'>>> {
  const writer = new SheetWriter(content);
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  const sheet = addParts(zip, writer, content);
  // The library does not listen for errors of the streams it is given.
  sheet.on('error', (error: Error) => output.destroy(error));
  try {
    await pipeline(output, typeof target === 'string' ? createWriteStream(target) : target);
  } catch (error) {
    if (error instanceof SheetFull) return refuse('table.sheet-full', { rowsMax: lastRow - 1 });
    throw error;
  } finally {
    sheet.destroy();
  }
  const { rows, cutCells, droppedNotes } = writer;
  return ok({ rows, cutCells, droppedNotes });
}
