/** Rows out of the XML of a sheet. */
import { detachText } from '../../../kernel/text/detach.ts';
import type { Batch } from '../batching.ts';
import { type CellProblem, type ProblemList, cellProblem } from '../problems.ts';
import { type Limits, storedCharsMax } from '../table.ts';
import { cutText } from '../text/cut-text.ts';
import { inspectCell } from '../text/inspect-cell.ts';
import { columnName, columnOf, lastRow, sheetColumns } from './cell-reference.ts';
import type { MergedRanges } from './merged-ranges.ts';
import { RichText } from './rich-text.ts';
import { type CellContext, readCell } from './sheet-cell.ts';
import { isTrue } from './workbook.ts';
import { BadXml, type XmlHandler, attributeOf } from './xml-scanner.ts';

/** Anything {@link inspectCell} may report, surrogates included since escapes can bring lone ones. */
const suspect = /[^\t\n\r -~\u00a0-\ud7ff\uf900-\ufffc]/;

/** What a sheet is read with. */
export type SheetSettings = CellContext & {
  readonly limits: Limits;
  readonly problems: ProblemList;
  readonly merged: MergedRanges;
};

/** Handles the XML of one sheet and puts its rows into a batch; `onRow` is called after each. */
export class SheetRows implements XmlHandler {
  private readonly settings: SheetSettings;
  private readonly batch: Batch;
  /** Longest text of a cell as it stands in the XML. */
  private readonly longest: number;
  private readonly onRow: () => void;
  private readonly inline = new RichText();
  private inData = false;
  private inRow = false;
  private inCell = false;
  private inInline = false;
  private capture: 'value' | 'formula' | null = null;
  // The row at hand.
  private row = 0;
  private cells: string[] = [];
  private problems: CellProblem[] = [];
  private chars = 0;
  private occupied = 0;
  private cellsSeen = 0;
  private width = -1;
  private blankRows = 0;
  // The cell at hand.
  private column = -1;
  /** The cell does not say where it belongs, so it can not be read. */
  private misplaced = false;
  private type = 'n';
  private style = 0;
  private value = '';
  private formula: string | null = null;

  constructor(settings: SheetSettings, batch: Batch, onRow: () => void) {
    this.settings = settings;
    this.longest = storedCharsMax(settings.limits);
    this.batch = batch;
    this.onRow = onRow;
  }

  /** The number of the last row begun. */
  get rowNumber(): number {
    return this.row;
  }

  readonly open = (name: string, attributes: readonly string[]): void => {
    if (this.inCell) this.openInCell(name);
    else if (this.inRow) {
      if (name === 'c') this.beginCell(attributes);
    } else if (this.inData) {
      if (name === 'row') this.beginRow(attributes);
    } else if (name === 'sheetData') this.inData = true;
    else this.openOutside(name, attributes);
  };

  readonly close = (name: string): void => {
    if (this.inCell) this.closeInCell(name);
    else if (name === 'row' && this.inRow) this.endRow();
    else if (name === 'sheetData') this.inData = false;
  };

  readonly text = (text: string): void => {
    // A cell has one value and one formula; only a forged file gives them in many pieces.
    if (this.capture === 'value') {
      if (this.value === '') this.value = text;
    } else if (this.capture === 'formula') this.formula ||= text;
    else if (this.inInline) this.inline.text(text, this.longest);
  };

  /** After the last piece: says what was passed over. */
  conclude(): void {
    if (this.blankRows > 0) {
      this.settings.problems.add('blank-rows', 'file', String(this.blankRows));
    }
  }

  private openOutside(name: string, attributes: readonly string[]): void {
    const { problems } = this.settings;
    if (name === 'mergeCell') {
      problems.add('merged-cell', `range:${(attributeOf(attributes, 'ref') ?? '').slice(0, 40)}`);
    } else if (name === 'col' && isTrue(attributeOf(attributes, 'hidden'))) {
      const first = Number(attributeOf(attributes, 'min'));
      const last = Number(attributeOf(attributes, 'max'));
      const name = (column: number): string =>
        columnName(Math.min(Math.max(column, 1), sheetColumns) - 1);
      problems.add('hidden-column', `column:${name(first)}`, `${name(first)}:${name(last)}`);
    }
  }

  private openInCell(name: string): void {
    if (this.inInline) this.inline.open(name);
    else if (name === 'v') this.capture = 'value';
    else if (name === 'f') {
      this.formula ??= '';
      this.capture = 'formula';
    } else if (name === 'is') {
      this.inInline = true;
      this.inline.clear();
    }
  }

  private closeInCell(name: string): void {
    if (name === 'c') this.endCell();
    else if (name === 'is') this.inInline = false;
    else if (this.inInline) this.inline.close(name);
    else this.capture = null;
  }

  private beginRow(attributes: readonly string[]): void {
    this.inRow = true;
    this.cells = [];
    this.problems = [];
    this.chars = 0;
    this.occupied = 0;
    this.cellsSeen = 0;
    this.column = -1;
    const told = attributeOf(attributes, 'r');
    const number = told === undefined ? this.row + 1 : Number(told);
    if (!Number.isInteger(number) || number < 1 || number > lastRow) {
      throw new BadXml('row number');
    }
    // Rows are told apart by their numbers: one that runs backwards gets the next free one.
    if (number <= this.row) this.problems.push(cellProblem(null, 'row-order', String(number)));
    this.row = Math.max(number, this.row + 1);
    if (isTrue(attributeOf(attributes, 'hidden'))) {
      this.problems.push(cellProblem(null, 'hidden-row'));
      this.settings.problems.add('hidden-row', `row:${this.row}`);
    }
  }

  private beginCell(attributes: readonly string[]): void {
    this.inCell = true;
    this.misplaced = false;
    this.type = 'n';
    this.style = 0;
    this.value = '';
    this.formula = null;
    this.inline.clear();
    this.column += 1;
    this.cellsSeen += 1;
    if (this.cellsSeen > this.settings.limits.columnsMax * 2)
      throw new BadXml('too many cells in a row');
    for (let index = 0; index < attributes.length; index += 2) {
      const name = attributes[index];
      const value = attributes[index + 1]!;
      if (name === 'r') this.place(value);
      else if (name === 't') this.type = value;
      else if (name === 's') this.style = Number(value);
    }
  }

  private place(reference: string): void {
    const column = columnOf(reference);
    this.misplaced = column < 0 || column >= this.settings.limits.columnsMax;
    if (!this.misplaced) this.column = column;
    else this.problems.push(cellProblem(null, 'bad-reference', reference.slice(0, 40)));
  }

  private endCell(): void {
    this.inCell = false;
    this.capture = null;
    this.inInline = false;
    const { column, problems } = this;
    if (this.misplaced) return;
    if (column >= this.settings.limits.columnsMax) {
      problems.push(cellProblem(null, 'bad-reference', columnName(column)));
      return;
    }
    const before = problems.length;
    const stored = {
      column,
      type: this.type,
      style: this.style,
      value: this.value,
      inline: this.inline.value(this.longest),
      formula: this.formula,
    };
    let text = readCell(stored, this.settings, problems);
    if (suspect.test(text)) text = inspectCell(text, column, problems);
    if (text.length > this.settings.limits.cellCharsMax) {
      // What is far too long was not gathered whole: this many characters there were at least.
      problems.push(cellProblem(column, 'cell-too-long', `≥${text.length}`));
      text = cutText(text, this.settings.limits.cellCharsMax);
    }
    if (text === '' && problems.length === before) return;
    while (this.cells.length < column) this.cells.push('');
    if (column < this.occupied && this.cells[column] !== '') {
      problems.push(cellProblem(column, 'duplicate-cell', text.slice(0, 40)));
      return;
    }
    this.cells[column] = detachText(text);
    this.chars += text.length;
    this.occupied = Math.max(this.occupied, column + 1);
  }

  private endRow(): void {
    this.inRow = false;
    const { cells, problems, row } = this;
    const reach = Math.max(this.width, cells.length);
    for (const problem of this.settings.merged.problemsOf(row, reach)) problems.push(problem);
    if (this.occupied === 0) {
      // A hidden row without content, or one a merged cell reaches into, is still an empty row.
      if (problems.every(({ kind }) => kind === 'hidden-row' || kind === 'merged-cell')) {
        this.blankRows += 1;
        return;
      }
    }
    if (this.width === -1) this.width = cells.length;
    else if (cells.length > this.width) {
      problems.push(cellProblem(null, 'column-count', String(cells.length)));
    }
    while (cells.length < this.width) cells.push('');
    this.batch.add(problems.length > 0 ? { row, cells, problems } : { row, cells }, this.chars);
    this.onRow();
  }
}
