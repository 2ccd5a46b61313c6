/** Rows of delimited text (CSV, TSV and their cousins), in constant memory. */
import { Batch } from '../batching.ts';
import { type CellProblem, type ProblemList, cellProblem } from '../problems.ts';
import type { Delimiter, Limits, RawRow } from '../table.ts';
import { type LineEnd, RecordParser } from './delimited-record.ts';
import { cutText } from './cut-text.ts';
import { inspectCell, takeMarksOf } from './inspect-cell.ts';
import type { TextInput } from './text-input.ts';

const candidates: readonly Delimiter[] = [',', '\t', ';', '|'];

/** How often each candidate stands outside quotes in the first line that is not blank. */
function countDelimiters(sample: string, respectQuotes: boolean): number[] | null {
  const counts = candidates.map(() => 0);
  let quoted = false;
  let blank = true;
  for (const character of sample) {
    if (character === '"' && respectQuotes) quoted = !quoted;
    if (!quoted && (character === '\n' || character === '\r')) {
      if (!blank) return counts;
      continue;
    }
    blank = false;
    const index = quoted ? -1 : (candidates as readonly string[]).indexOf(character);
    if (index >= 0) counts[index]! += 1;
  }
  return quoted ? null : counts;
}

/** The delimiter of the heading: the candidate most frequent outside quotes, a comma without any. */
export function recogniseDelimiter(sample: string): Delimiter {
  const counts = countDelimiters(sample, true) ?? countDelimiters(sample, false) ?? [];
  let best = 0;
  for (let index = 1; index < counts.length; index += 1) {
    if (counts[index]! > counts[best]!) best = index;
  }
  return candidates[best]!;
}

/** The line `sep=;` that spreadsheets write in front of the heading, with its line end. */
const separatorLine = /^sep=([,\t;|])(?:\r\n|\r|\n)/i;

/** Reads one delimited text; `rows` may be used once. */
export class DelimitedReader {
  /** The delimiter, as declared or recognised by `prepare`. */
  delimiter: Delimiter = ',';

  private readonly input: TextInput;
  private readonly limits: Limits;
  private readonly problems: ProblemList;
  private readonly declared: Delimiter | undefined;
  private parser = new RecordParser(',');
  private at = 0;
  private row = 0;
  private width = -1;
  private blankRows = 0;
  private readonly lineEnds = new Set<LineEnd>();

  constructor(
    input: TextInput,
    settings: {
      readonly limits: Limits;
      readonly problems: ProblemList;
      readonly delimiter?: Delimiter;
    },
  ) {
    this.input = input;
    this.limits = settings.limits;
    this.problems = settings.problems;
    this.declared = settings.delimiter;
  }

  /** The rows, in batches. */
  async *batches(): AsyncGenerator<readonly RawRow[]> {
    const batch = new Batch(this.limits);
    for (;;) {
      const stopped = this.fill(batch);
      if (stopped === 'ended') break;
      if (stopped === 'need-more') await this.more();
      if (stopped === 'too-long') await this.nextTooLong(batch);
      if (batch.full) yield batch.take();
    }
    if (!batch.empty) yield batch.take();
    this.conclude();
  }

  /** Looks at the heading to find the delimiter; to be called once, before the rows are read. */
  async prepare(): Promise<void> {
    const { sampleBytes } = this.limits;
    while (!this.input.ended && this.input.text.length < sampleBytes) await this.input.more(0);
    const sample = this.input.text.slice(0, sampleBytes);
    const announced = separatorLine.exec(sample);
    if (announced !== null) {
      this.at = announced[0].length;
      this.row = 1;
      this.problems.add('separator-line', 'row:1', announced[1]);
    }
    const told = this.declared ?? (announced?.[1] as Delimiter | undefined);
    this.delimiter = told ?? recogniseDelimiter(sample);
    this.parser = new RecordParser(this.delimiter);
    this.parser.setWindow(this.input.text, this.input.ended);
  }

  private conclude(): void {
    this.lineEnds.delete('none');
    if (this.lineEnds.size > 1) {
      this.problems.add('mixed-line-ends', 'file', [...this.lineEnds].join(' '));
    }
    if (this.blankRows > 0) this.problems.add('blank-rows', 'file', String(this.blankRows));
  }

  private async more(): Promise<void> {
    await this.input.more(this.at);
    this.at = 0;
    this.parser.setWindow(this.input.text, this.input.ended);
  }

  /** Reads records of the window into the batch until something else has to be done. */
  private fill(batch: Batch): 'full' | 'ended' | 'need-more' | 'too-long' {
    const { input, parser } = this;
    const longest = this.limits.recordCharsMax;
    while (!batch.full) {
      const available = input.text.length - this.at;
      if (available === 0) return input.ended ? 'ended' : 'need-more';
      const next = parser.parse(this.at);
      if (next >= 0 && next - this.at <= longest) this.emit(batch, next, []);
      // Two characters more than the longest record tell for certain that this one is longer.
      else if (next < 0 && !input.ended && available < longest + 2) return 'need-more';
      else return 'too-long';
    }
    return 'full';
  }

  /**
   * A record longer than allowed. Often it is a quote that was never closed: then only its own line is
   * given up and reading goes on with the next line. Otherwise the rest up to the next line end is
   * passed over without being kept.
   */
  private async nextTooLong(batch: Batch): Promise<void> {
    const { input } = this;
    const inner = new RecordParser(this.delimiter);
    const window = cutText(input.text.slice(this.at), this.limits.recordCharsMax);
    inner.setWindow(window, true);
    const end = inner.parse(0);
    const problems: CellProblem[] = [];
    if (inner.unclosed) problems.push(cellProblem(null, 'unclosed-quote'));
    const cutAtWindow = inner.lineEnd === 'none';
    if (cutAtWindow) problems.push(cellProblem(null, 'record-too-long'));
    this.parser.cells = inner.cells;
    this.parser.strayColumns = inner.strayColumns;
    this.parser.unclosed = false;
    this.parser.lineEnd = inner.lineEnd;
    if (inner.lineEnd === 'cr' && input.text[this.at + end] === '\n') {
      this.emit(batch, this.at + end + 1, problems);
      return;
    }
    const chars = this.emit(batch, this.at + end, problems);
    if (cutAtWindow) await this.skipLine(chars);
    this.parser.setWindow(input.text, input.ended);
  }

  /** Moves behind the next line end; what could not be decoded on the way is dropped with the text. */
  private async skipLine(problems: CellProblem[]): Promise<void> {
    const { input } = this;
    const lineEnd = /\r\n|\r|\n/g;
    let dropped = 0;
    for (;;) {
      lineEnd.lastIndex = this.at;
      const match = lineEnd.exec(input.text);
      const sure = match !== null && (match[0] !== '\r' || match.index + 1 < input.text.length);
      const stop = match === null ? input.text.length : match.index;
      if (sure || input.ended) {
        this.at = match === null ? stop : stop + match[0].length;
        dropped += input.marks.dropBefore(input.base + this.at).count;
        break;
      }
      dropped += input.marks.dropBefore(input.base + stop).count;
      await input.more(stop);
      this.at = 0;
    }
    if (dropped > 0) problems.push(cellProblem(null, 'undecodable', `×${dropped}`));
  }

  /** Adds the parser's record, which ends at `next`, to the batch; gives the row's list of problems. */
  private emit(batch: Batch, next: number, problems: CellProblem[]): CellProblem[] {
    const { parser, input } = this;
    const from = this.at;
    this.at = next;
    this.row += 1;
    this.lineEnds.add(parser.lineEnd);
    if (parser.unclosed) problems.push(cellProblem(null, 'unclosed-quote'));
    let cells: string[] = parser.cells;
    if (cells.length > this.limits.columnsMax) {
      problems.push(cellProblem(null, 'record-too-long', String(cells.length)));
      cells = cells.slice(0, this.limits.columnsMax);
    }
    for (const column of parser.strayColumns) problems.push(cellProblem(column, 'stray-quote'));
    const long = next - from > this.limits.cellCharsMax;
    if (long || input.suspect(from, next)) this.clean(cells, next, problems);
    if (problems.length === 0 && isBlank(cells)) {
      this.blankRows += 1;
      return problems;
    }
    if (this.width === -1) this.width = cells.length;
    else if (cells.length !== this.width) {
      problems.push(cellProblem(null, 'column-count', String(cells.length)));
    }
    const row = this.row;
    batch.add(problems.length > 0 ? { row, cells, problems } : { row, cells }, next - from);
    return problems;
  }

  /** Cuts what is too long and reports what should not be there, cell by cell as they stand. */
  private clean(cells: string[], next: number, problems: CellProblem[]): void {
    const { marks, base } = this.input;
    const longest = this.limits.cellCharsMax;
    const marked = marks.anyBefore(base + next) ? marks : undefined;
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column]!;
      if (cell.length <= longest) {
        cells[column] = inspectCell(cell, column, problems, marked);
        continue;
      }
      problems.push(cellProblem(column, 'cell-too-long', String(cell.length)));
      const kept = cutText(cell, longest);
      cells[column] = inspectCell(kept, column, problems, marked);
      const lost = marked === undefined ? 0 : takeMarksOf(cell, kept.length, marked);
      if (lost > 0) problems.push(cellProblem(column, 'undecodable', `×${lost}`));
    }
    const left = marks.dropBefore(base + next);
    if (left.count > 0) {
      problems.push(cellProblem(null, 'undecodable', `byte ${left.offset} ×${left.count}`));
    }
  }
}

/** Whether no cell holds anything. */
export function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '') return false;
  return true;
}
