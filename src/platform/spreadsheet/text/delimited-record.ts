/**
 * One record of delimited text, RFC 4180 with forgiveness: any line end, quotes within unquoted cells
 * are letters, and a quote that is never closed costs its own line only.
 */
import type { Delimiter } from '../table.ts';

/** How a record ended: at a line end of some kind, or at the end of the text. */
export type LineEnd = 'lf' | 'crlf' | 'cr' | 'none';

const needMore = -1;
const unclosed = -2;
const quote = 0x22;
const lf = 0x0a;
const cr = 0x0d;
const space = 0x20;
const tab = 0x09;

function isBlankTail(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== tab) return false;
  }
  return true;
}

/** Parses record after record of one window of text; the fields hold the last one. */
export class RecordParser {
  /** Cells of the last record, quotes resolved. */
  cells: string[] = [];
  /** Columns where text followed a closing quote. */
  strayColumns: number[] = [];
  /** Whether a quote was opened and never closed; its line was then read as if it were a letter. */
  unclosed = false;
  /** What ended the last record. */
  lineEnd: LineEnd = 'none';

  private readonly delimiter: Delimiter;
  private readonly delimiterCode: number;
  private text = '';
  private ended = false;
  private cell = '';
  // Next occurrence at or after the record's start, kept because searching each time would be quadratic.
  private nextLf = 0;
  private nextCr = 0;
  private nextQuote = 0;
  private nextDelimiter = 0;

  constructor(delimiter: Delimiter) {
    this.delimiter = delimiter;
    this.delimiterCode = delimiter.charCodeAt(0);
  }

  /** Sets the window to parse; `ended` says that no text follows it. */
  setWindow(text: string, ended: boolean): void {
    this.text = text;
    this.ended = ended;
    this.nextLf = -1;
    this.nextCr = -1;
    this.nextQuote = -1;
    this.nextDelimiter = -1;
  }

  /** Parses the record that begins at `from`; gives where the next one begins, −1 when it needs more text. */
  parse(from: number): number {
    this.strayColumns = [];
    this.unclosed = false;
    if (this.nextLf < from) this.nextLf = this.find('\n', from);
    if (this.nextCr < from) this.nextCr = this.find('\r', from);
    if (this.nextQuote < from) this.nextQuote = this.find('"', from);
    const end = this.nextLf;
    if (end < this.text.length && this.nextQuote > end && this.nextCr >= end - 1) {
      return this.parsePlainLine(from, end);
    }
    const next = this.parseCarefully(from, Infinity);
    if (next !== unclosed) return next;
    this.strayColumns = [];
    const opening = this.openQuoteAt;
    this.unclosed = true;
    return this.parseCarefully(from, opening);
  }

  private openQuoteAt = 0;

  private find(what: string, from: number): number {
    const at = this.text.indexOf(what, from);
    return at === -1 ? this.text.length : at;
  }

  /** The usual case: a line without quotes, cut by native search. */
  private parsePlainLine(from: number, lineFeed: number): number {
    const crlf = this.nextCr === lineFeed - 1 && lineFeed > from;
    const end = crlf ? lineFeed - 1 : lineFeed;
    const { text, delimiter } = this;
    const cells: string[] = [];
    let start = from;
    let next = this.nextDelimiter;
    if (next < from) next = this.find(delimiter, from);
    while (next < end) {
      cells.push(text.slice(start, next));
      start = next + 1;
      next = text.indexOf(delimiter, start);
      if (next === -1) next = text.length;
    }
    cells.push(text.slice(start, end));
    this.nextDelimiter = next;
    this.cells = cells;
    this.lineEnd = crlf ? 'crlf' : 'lf';
    return lineFeed + 1;
  }

  /** Character by character; quotes at or after `literalFrom` are letters. */
  private parseCarefully(from: number, literalFrom: number): number {
    const { text } = this;
    const cells: string[] = [];
    this.cells = cells;
    let at = from;
    for (;;) {
      let stop: number;
      if (at < literalFrom && text.charCodeAt(at) === quote) {
        stop = this.parseQuoted(at, cells.length);
        if (stop === unclosed) this.openQuoteAt = at;
        if (stop < 0) return stop;
      } else {
        stop = this.endOfPlain(at);
        if (stop === needMore) return needMore;
        this.cell = text.slice(at, stop);
      }
      cells.push(this.cell);
      if (stop === text.length) {
        this.lineEnd = 'none';
        return stop;
      }
      const code = text.charCodeAt(stop);
      if (code !== this.delimiterCode) return this.afterLineEnd(stop, code);
      at = stop + 1;
    }
  }

  private afterLineEnd(at: number, code: number): number {
    if (code === lf) {
      this.lineEnd = 'lf';
      return at + 1;
    }
    if (at + 1 === this.text.length && !this.ended) return needMore;
    const crlf = this.text.charCodeAt(at + 1) === lf;
    this.lineEnd = crlf ? 'crlf' : 'cr';
    return crlf ? at + 2 : at + 1;
  }

  /** Where the unquoted stretch from `at` ends: at a delimiter, a line end or the end of the file. */
  private endOfPlain(at: number): number {
    const { text, delimiterCode } = this;
    const length = text.length;
    for (let index = at; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code === delimiterCode || code === lf || code === cr) return index;
    }
    return this.ended ? length : needMore;
  }

  /**
   * A quote that closes on a later line and is followed by text is in truth the next opening one. Told
   * by the two characters after it, so that the answer never depends on where the window ends.
   */
  private judgeLateClose(close: number): number {
    const { text } = this;
    const next = text.charCodeAt(close + 1);
    // Where tabs separate cells, a tab is no blank.
    const blank = next !== this.delimiterCode && (next === 0x20 || next === 0x09);
    const after = blank ? close + 2 : close + 1;
    if (after >= text.length) return this.ended ? 0 : needMore;
    const code = text.charCodeAt(after);
    return code === this.delimiterCode || code === lf || code === cr ? 0 : unclosed;
  }

  /** Reads the quoted cell at `at` into `cell`; gives where it ends, `needMore` or `unclosed`. */
  private parseQuoted(at: number, column: number): number {
    const { text } = this;
    let doubled = false;
    let close = text.indexOf('"', at + 1);
    while (close !== -1 && text.charCodeAt(close + 1) === quote) {
      doubled = true;
      close = text.indexOf('"', close + 2);
    }
    if (close === -1) return this.ended ? unclosed : needMore;
    const content = text.slice(at + 1, close);
    if (content.includes('\n') || content.includes('\r')) {
      const verdict = this.judgeLateClose(close);
      if (verdict !== 0) return verdict;
    }
    // At the window's edge a quote may be half of a pair; endOfPlain asks for more then.
    const stop = this.endOfPlain(close + 1);
    if (stop === needMore) return needMore;
    if (stop > close + 1 && !isBlankTail(text, close + 1, stop)) this.strayColumns.push(column);
    this.cell = (doubled ? content.replaceAll('""', '"') : content) + text.slice(close + 1, stop);
    return stop;
  }
}
