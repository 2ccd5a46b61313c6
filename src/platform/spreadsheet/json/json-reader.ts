/**
 * Rows of JSON: a list of flat objects, an object with such a list under `rows`, or one object per line
 * (NDJSON). Keys become the heading, which is delivered first as row 0.
 */
import { Batch } from '../batching.ts';
import { type ProblemList, cellProblem } from '../problems.ts';
import type { Limits, RawRow } from '../table.ts';
import { cutText } from '../text/cut-text.ts';
import type { TextInput } from '../text/text-input.ts';
import { BalanceScan, ObjectParser, needMore, notJson, rowsList } from './flat-object.ts';
import { type JsonRow, HeadingBuilder, brokenRow, readMembers, toRawRow } from './json-rows.ts';

/** Characters shown of a row that can not be read. */
const shownChars = 60;

/** Reads one JSON text whose first character other than white space is a bracket or a brace. */
export class JsonReader {
  private readonly input: TextInput;
  private readonly limits: Limits;
  private readonly problems: ProblemList;
  private readonly parser = new ObjectParser();
  private readonly heading: HeadingBuilder;
  private at = 0;
  /** Whether the rows stand in one list; otherwise there is one object after the other. */
  inList = false;
  /** Whether the list stands within an object. */
  private wrapped = false;
  private count = 0;
  /** Number of the last row; two objects on one line still have numbers of their own. */
  private row = 0;
  private line = 1;
  /** Up to where in the window lines have been counted, and the next line end found there. */
  private countedTo = 0;
  private nextLf = -1;
  private blankRows = 0;

  constructor(
    input: TextInput,
    settings: { readonly limits: Limits; readonly problems: ProblemList },
  ) {
    this.input = input;
    this.limits = settings.limits;
    this.problems = settings.problems;
    this.heading = new HeadingBuilder(settings.limits);
  }

  /** The heading and the rows, in batches. */
  async *batches(): AsyncGenerator<readonly RawRow[]> {
    const batch = new Batch(this.limits);
    for (;;) {
      const row = await this.next();
      if (row === null) break;
      for (const ready of this.heading.add(row)) {
        this.deliver(ready, batch);
        if (batch.full) yield batch.take();
      }
    }
    for (const ready of this.heading.finish()) {
      this.deliver(ready, batch);
      if (batch.full) yield batch.take();
    }
    if (!batch.empty) yield batch.take();
    if (this.blankRows > 0) this.problems.add('blank-rows', 'file', String(this.blankRows));
  }

  private deliver(row: JsonRow, batch: Batch): void {
    const raw = toRawRow(row, this.heading.columns, this.limits);
    // A heading without a name is no blank row of the sender's.
    if (raw === null) this.blankRows += row.row === 0 ? 0 : 1;
    else batch.add(raw, row.chars);
  }

  private async more(): Promise<void> {
    await this.input.more(this.at);
    this.at = 0;
    this.countedTo = 0;
    this.nextLf = -1;
    this.parser.setWindow(this.input.text, this.input.ended);
  }

  /** Moves to the next character that is not white space, counting lines; false at the end. */
  private async toNext(): Promise<boolean> {
    while (!this.skipSpaceHere()) {
      if (this.input.ended) return false;
      await this.more();
    }
    return true;
  }

  /** The same within the window; false when nothing but white space is left of it. */
  private skipSpaceHere(): boolean {
    this.passTo(this.parser.skipSpace(this.at));
    return this.at < this.input.text.length;
  }

  private passTo(at: number): void {
    // Lines are only counted where rows are lines.
    while (!this.inList && at > this.countedTo) {
      const lf = this.nextLf < this.countedTo ? this.findLf(this.countedTo) : this.nextLf;
      this.countedTo = Math.min(at, lf + 1);
      if (lf < at) this.line += 1;
    }
    this.at = at;
  }

  private findLf(from: number): number {
    const found = this.input.text.indexOf('\n', from);
    this.nextLf = found === -1 ? this.input.text.length : found;
    return this.nextLf;
  }

  /** Finds out which kind of JSON it is; to be called once, before the rows are read. */
  async prepare(): Promise<void> {
    this.parser.setWindow(this.input.text, this.input.ended);
    if (!(await this.toNext())) return;
    if (this.input.text[this.at] === '[') {
      this.inList = true;
      this.passTo(this.at + 1);
      return;
    }
    // An object: either the first of many, or the wrapping around a list of rows.
    const end = await this.parseHere(true);
    // What comes before the rows may be as long as a row, wherever the window happens to end.
    if (end !== rowsList || this.parser.stoppedAt - this.at > this.limits.recordCharsMax) return;
    this.inList = true;
    this.wrapped = true;
    this.passTo(this.parser.stoppedAt + 1);
  }

  /** Parses the object at hand, reading on as long as it is not longer than allowed. */
  private async parseHere(seekRows: boolean): Promise<number> {
    for (;;) {
      const end = this.parser.parse(this.at, seekRows);
      const available = this.input.text.length - this.at;
      // A few characters more than the longest object tell for certain that this one is longer.
      if (end !== needMore || available > this.limits.recordCharsMax + 8) return end;
      await this.more();
    }
  }

  private async next(): Promise<JsonRow | null> {
    let commas = 0;
    for (;;) {
      if (!this.skipSpaceHere() && !(await this.toNext())) {
        if (this.inList) this.problems.add('truncated', `row:${this.count}`);
        return null;
      }
      const mark = this.input.text[this.at];
      if (this.inList && mark === ']') return this.endList();
      if (!this.inList || mark !== ',') break;
      commas += 1;
      this.passTo(this.at + 1);
    }
    if (this.inList && commas !== (this.count === 0 ? 0 : 1)) {
      this.problems.add('malformed', `row:${this.count + 1}`, ',');
    }
    this.count += 1;
    this.row = this.inList ? this.count : Math.max(this.line, this.row + 1);
    const { row } = this;
    if (this.input.text[this.at] !== '{') return this.giveUp(row, 'malformed');
    const end = await this.parseHere(false);
    const reached = end === notJson ? this.parser.stoppedAt : end;
    if (end === needMore || reached - this.at > this.limits.recordCharsMax) {
      return this.giveUp(row, 'record-too-long');
    }
    if (end === notJson) return this.giveUp(row, 'malformed');
    const read = readMembers(this.parser.members, row, this.input, { from: this.at, to: end });
    this.passTo(end);
    return read;
  }

  /** After the list: passes over what surrounds it and reports what is left, for it may be rows. */
  private async endList(): Promise<null> {
    this.passTo(this.at + 1);
    const around = new BalanceScan(1);
    while (this.wrapped) {
      const end = around.scan(this.input.text, this.at);
      this.passTo(end === -1 ? this.input.text.length : end);
      if (end !== -1) break;
      if (this.input.ended) {
        this.problems.add('truncated', `row:${this.count}`);
        return null;
      }
      await this.more();
    }
    if (await this.toNext()) {
      const left = String.fromCodePoint(this.input.text.codePointAt(this.at)!);
      this.problems.add('damaged', `row:${this.count}`, left);
      // To the end, so that the encoding is known and the sender is not cut off.
      while (!this.input.ended) {
        this.passTo(this.input.text.length);
        await this.more();
      }
    }
    return null;
  }

  /**
   * A row that can not be read: passes over it and reports it, with what could not be decoded. One
   * object per line goes on with the next line, so that no sound line is lost; a list goes on with what
   * follows the value.
   */
  private async giveUp(row: number, kind: 'malformed' | 'record-too-long'): Promise<JsonRow> {
    while (!this.input.ended && this.input.text.length - this.at < shownChars) await this.more();
    const found = cutText(this.input.text.slice(this.at), shownChars);
    if (this.inList) await this.skipValue();
    else await this.skipLine();
    const dropped = this.input.marks.dropBefore(this.input.base + this.at).count;
    const problems = [cellProblem(null, kind, found)];
    if (dropped > 0) problems.push(cellProblem(null, 'undecodable', `×${dropped}`));
    return brokenRow(row, problems);
  }

  private async skipLine(): Promise<void> {
    for (;;) {
      const lf = this.input.text.indexOf('\n', this.at);
      this.passTo(lf === -1 ? this.input.text.length : lf);
      if (lf !== -1 || this.input.ended) return;
      await this.more();
    }
  }

  private async skipValue(): Promise<void> {
    const first = this.input.text[this.at];
    if (first !== '{' && first !== '[') return this.skipScalar();
    const scan = new BalanceScan();
    for (;;) {
      const end = scan.scan(this.input.text, this.at);
      this.passTo(end === -1 ? this.input.text.length : end);
      if (end !== -1 || this.input.ended) return;
      await this.more();
    }
  }

  /** Passes over whatever stands where an object should, up to the next comma or bracket. */
  private async skipScalar(): Promise<void> {
    let quoted = false;
    let escaped = false;
    for (;;) {
      const { text } = this.input;
      for (let at = this.at; at < text.length; at += 1) {
        const mark = text[at]!;
        if (quoted && escaped) escaped = false;
        else if (quoted && mark === '\\') escaped = true;
        else if (mark === '"') quoted = !quoted;
        else if (!quoted && (mark === ',' || mark === ']' || mark === '{')) {
          return this.passTo(at);
        }
      }
      this.passTo(text.length);
      if (this.input.ended) return;
      await this.more();
    }
  }
}
