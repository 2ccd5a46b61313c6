/**
 * One flat JSON object of a window of text. Not `JSON.parse`, because that loses the digits of long
 * numbers and the first of two equal keys, and can not stop where the window ends.
 */

import { cutText } from '../text/cut-text.ts';

/** What a member's value was. */
export type ValueKind = 'string' | 'number' | 'boolean' | 'null' | 'nested';

/** A member as it stands: string values resolved, numbers as written, nested values not looked into. */
export type Member = { readonly key: string; readonly value: string; readonly kind: ValueKind };

/** Parsing stopped because the window ends. */
export const needMore = -1;
/** Parsing stopped at text that is no flat object; see {@link ObjectParser.stoppedAt}. */
export const notJson = -2;
/** A member `rows` with a list was met; see {@link ObjectParser.stoppedAt}. */
export const rowsList = -3;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const wordStart = /[a-z]{1,5}/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Resolves the escapes of a string's content; `null` when one of them does not exist. */
export function unescapeJson(content: string): string | null {
  let sound = true;
  const text = content.replace(
    /\\(?:u([0-9a-fA-F]{4})|([^]))/g,
    (_, code?: string, letter?: string) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      const character = escapes[letter ?? ''];
      if (character === undefined) sound = false;
      return character ?? '';
    },
  );
  return sound ? text : null;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Parses object after object of one window. */
export class ObjectParser {
  /** Members of the last object in the order they stand. */
  members: Member[] = [];
  /** Where the last attempt stopped, for {@link notJson} and {@link rowsList}. */
  stoppedAt = 0;

  private text = '';
  private ended = false;
  private at = 0;
  private value = '';
  private kind: ValueKind = 'null';
  private nextBackslash = -1;
  private searchedFrom = 0;

  /** Sets the window; `ended` says that no text follows it. */
  setWindow(text: string, ended: boolean): void {
    this.text = text;
    this.ended = ended;
    this.nextBackslash = -1;
  }

  /** Where the next character other than white space stands; the window's length when there is none. */
  skipSpace(from: number): number {
    let at = from;
    while (at < this.text.length && isSpace(this.text.charCodeAt(at))) at += 1;
    return at;
  }

  /**
   * Parses the object whose brace stands at `from`. Gives the place behind it, or one of the three
   * negative answers. With `seekRows` a member `rows` that holds a list ends the search.
   */
  parse(from: number, seekRows = false): number {
    this.members = [];
    this.at = this.skipSpace(from + 1);
    if (this.text[this.at] === '}') return this.at + 1;
    for (;;) {
      const step = this.parseMember(seekRows);
      if (step !== 0) return step;
      this.at = this.skipSpace(this.at);
      const mark = this.text[this.at];
      if (mark === '}') return this.at + 1;
      if (mark !== ',') return this.stop();
      this.at = this.skipSpace(this.at + 1);
    }
  }

  private stop(): number {
    this.stoppedAt = this.at;
    return this.at >= this.text.length && !this.ended ? needMore : notJson;
  }

  private parseMember(seekRows: boolean): number {
    if (this.text[this.at] !== '"') return this.stop();
    let step = this.parseString();
    if (step !== 0) return step;
    const key = this.value;
    this.at = this.skipSpace(this.at);
    if (this.text[this.at] !== ':') return this.stop();
    this.at = this.skipSpace(this.at + 1);
    if (seekRows && key === 'rows' && this.text[this.at] === '[') {
      this.stoppedAt = this.at;
      return rowsList;
    }
    step = this.parseValue();
    if (step === 0) this.members.push({ key, value: this.value, kind: this.kind });
    return step;
  }

  private parseValue(): number {
    const first = this.text[this.at];
    if (first === '"') {
      this.kind = 'string';
      return this.parseString();
    }
    if (first === '{' || first === '[') return this.parseNested();
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) {
      return this.parseToken(number, 'number');
    }
    const step = this.parseToken(word, 'boolean');
    if (step === 0 && this.value === 'null') {
      this.kind = 'null';
      this.value = '';
    }
    return step;
  }

  private parseToken(pattern: RegExp, kind: ValueKind): number {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    // At the window's edge `12` may be the beginning of `123`, and `tru` that of `true`.
    const reach = match === null ? this.wordEnd() : this.at + match[0].length;
    if (reach >= this.text.length - 2 && !this.ended) return needMore;
    if (match === null) return this.stop();
    this.value = match[0];
    this.kind = kind;
    this.at = reach;
    return 0;
  }

  private wordEnd(): number {
    wordStart.lastIndex = this.at;
    return this.at + (wordStart.exec(this.text)?.[0].length ?? 0);
  }

  private parseString(): number {
    const start = this.at + 1;
    const close = this.closingQuote(start);
    const content = this.text.slice(start, close === -1 ? this.text.length : close);
    const broken = content.search(/[\n\r]/);
    if (broken >= 0) {
      // A line end within quotes: most likely the quote was forgotten. The line is where to go on.
      this.stoppedAt = start + broken;
      return notJson;
    }
    if (close === -1) {
      this.stoppedAt = this.text.length;
      return this.ended ? notJson : needMore;
    }
    const value = content.includes('\\') ? unescapeJson(content) : content;
    if (value === null) {
      this.stoppedAt = close;
      return notJson;
    }
    this.value = value;
    this.at = close + 1;
    return 0;
  }

  private closingQuote(from: number): number {
    let at = from;
    for (;;) {
      const quote = this.text.indexOf('"', at);
      if (quote === -1) return -1;
      const backslash = this.backslashFrom(at);
      if (quote < backslash) return quote;
      at = backslash + 2;
    }
  }

  private backslashFrom(at: number): number {
    // An object may be parsed twice, so the place found last may lie beyond an earlier one.
    if (this.nextBackslash < at || at < this.searchedFrom) {
      this.searchedFrom = at;
      const found = this.text.indexOf('\\', at);
      this.nextBackslash = found === -1 ? this.text.length : found;
    }
    return this.nextBackslash;
  }

  private parseNested(): number {
    const scan = new BalanceScan();
    const end = scan.scan(this.text, this.at);
    if (end === -1) {
      this.stoppedAt = this.text.length;
      return this.ended ? notJson : needMore;
    }
    this.kind = 'nested';
    this.value = cutText(this.text.slice(this.at, end), 60);
    this.at = end;
    return 0;
  }
}

/** Finds the end of a value by counting brackets outside strings; may go on from window to window. */
export class BalanceScan {
  private depth: number;
  private quoted = false;
  private escaped = false;

  /** `depth` is how many brackets are open where the scan begins. */
  constructor(depth = 0) {
    this.depth = depth;
  }

  /** The place behind the value that begins at `from`, or in an earlier window; −1 when not here. */
  scan(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (this.quoted) {
        if (this.escaped) this.escaped = false;
        else if (code === 0x5c) this.escaped = true;
        else if (code === 0x22) this.quoted = false;
      } else if (code === 0x22) this.quoted = true;
      else if (code === 0x7b || code === 0x5b) this.depth += 1;
      else if (code === 0x7d || code === 0x5d) {
        this.depth -= 1;
        if (this.depth <= 0) return at + 1;
      }
    }
    return -1;
  }
}
