/**
 * XML as far as workbooks need it: elements, attributes, text. Written here rather than taken from a
 * parser because memory must stay bounded whatever arrives (a parser gathers a text, a comment or an
 * attribute of any length before it reports it), and because it is several times as fast. Document type
 * declarations, hence entities of the sender's, are not read at all.
 */

import { cutText } from '../text/cut-text.ts';

/** What the scanner reports. Names come without their prefix. */
export type XmlHandler = {
  /** An element begins. `attributes` alternates names and values. */
  readonly open: (name: string, attributes: readonly string[]) => void;
  /** An element ends; also called for empty ones. */
  readonly close: (name: string) => void;
  /** Text between two tags; `cut` says that it was longer than allowed and the rest is missing. */
  readonly text: (text: string, cut: boolean) => void;
};

/** The XML is not well formed, or uses what is not read. `forbidden`: a document type declaration. */
export class BadXml extends Error {
  override readonly name = 'BadXml';
  readonly forbidden: boolean;

  constructor(why: string, forbidden = false) {
    super(why);
    this.forbidden = forbidden;
  }
}

const depthMax = 256;
const tagCharsMax = 1024 * 1024;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Resolves the five entities of XML and references to characters; faults on all others. */
export function resolveEntities(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) throw new BadXml('unfinished entity');
    if (name.startsWith('#')) return character(name);
    const known = Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (known === undefined) throw new BadXml('unknown entity');
    return known;
  });
}

function character(name: string): string {
  const match = /^#(?:x([0-9a-fA-F]{1,8})|(\d{1,10}))$/.exec(name);
  if (match === null) throw new BadXml('bad character reference');
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  // Characters XML does not allow are let through and reported with the cell; surrogates can not be.
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}

function localName(name: string): string {
  // Most names are a letter or two; looking is quicker than searching.
  for (let at = 1; at < name.length; at += 1) {
    if (name.charCodeAt(at) === 0x3a) return name.slice(at + 1);
  }
  return name;
}

const less = 0x3c;
const greater = 0x3e;
const equals = 0x3d;
const slash = 0x2f;
const bang = 0x21;
const question = 0x3f;
const ampersand = 0x26;

function isNameEnd(code: number): boolean {
  return code <= 0x20 || code === slash || code === greater || code === equals;
}

const noAttributes: string[] = [];

type Construct = { readonly opening: string; readonly closing: string; readonly isText: boolean };

const comment: Construct = { opening: '<!--', closing: '-->', isText: false };
const cdata: Construct = { opening: '<![CDATA[', closing: ']]>', isText: true };
const instruction: Construct = { opening: '<?', closing: '?>', isText: false };

/** Takes XML piece by piece; the reports do not depend on how it was cut. */
export class XmlScanner {
  private readonly handler: XmlHandler;
  private readonly textMax: number;
  private window = '';
  private at = 0;
  /** Names of the elements begun and not ended, with and without prefix; the first `depth` count. */
  private readonly names: string[] = [];
  private readonly localNames: string[] = [];
  private depth = 0;
  private rootSeen = false;
  private attributes: string[] = noAttributes;
  /** Text of the element so far, when it comes in pieces (CDATA). */
  private text = '';
  private textCut = false;
  private inside: Construct | null = null;
  private paused = false;

  /** `textMax` is the longest text, in characters as they stand, that is handed over whole. */
  constructor(handler: XmlHandler, textMax: number) {
    this.handler = handler;
    this.textMax = textMax;
  }

  /** Takes the next piece; {@link XmlScanner.run} reads it. */
  write(piece: string): void {
    // Joined, not added: a concatenation stays a tree, and each look into it costs an extra step.
    const rest = this.window.slice(this.at);
    this.window = rest === '' ? piece : [rest, piece].join('');
    this.at = 0;
  }

  /**
   * Reads what was written, until it ends or the handler asks for a pause; false when it was paused and
   * must be run again. Faults with {@link BadXml}.
   */
  run(): boolean {
    this.paused = false;
    while (this.step()) if (this.paused) return false;
    return true;
  }

  /** For handlers: stops {@link XmlScanner.run} after the present report. */
  pause(): void {
    this.paused = true;
  }

  /** No more pieces: everything opened must have been closed. */
  end(): void {
    const rest = this.text + this.window.slice(this.at);
    if (!this.rootSeen || this.depth > 0 || this.inside !== null || rest.trim() !== '') {
      throw new BadXml('unfinished');
    }
  }

  /** Reads one construct of the window; false when more is needed. */
  private step(): boolean {
    if (this.inside !== null) return this.pass(this.inside);
    const { window } = this;
    if (window.charCodeAt(this.at) !== less) {
      const tag = window.indexOf('<', this.at);
      if (tag === -1) return this.holdText();
      this.addText(window.slice(this.at, tag), true);
      this.at = tag;
    }
    const second = window.charCodeAt(this.at + 1);
    if (second === slash) return this.closingTag();
    if (second === question) return this.enter(instruction);
    if (second === bang) return this.declaration();
    return Number.isNaN(second) ? false : this.openingTag();
  }

  /** Text whose end is not in sight: keep it while it is short, give it up to the limit beyond that. */
  private holdText(): boolean {
    if (this.window.length - this.at > this.textMax) {
      if (!this.textCut) this.addText(this.beforeEntity(), true);
      this.textCut = true;
      this.at = this.window.length;
    }
    return false;
  }

  private beforeEntity(): string {
    const text = this.window.slice(this.at, this.at + this.textMax);
    const ampersand = text.lastIndexOf('&');
    return ampersand > text.lastIndexOf(';') ? text.slice(0, ampersand) : text;
  }

  private addText(raw: string, escaped: boolean): void {
    if (this.textCut) return;
    const long = raw.length > this.textMax;
    let text = !long ? raw : escaped ? this.beforeEntity() : raw.slice(0, this.textMax);
    // Line ends become LF, but a referenced CR (&#13;) stays what it is.
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
    if (escaped && text.includes('&')) text = resolveEntities(text);
    this.text = this.text === '' ? text : this.text + text;
    if (!long && this.text.length <= this.textMax) return;
    this.text = cutText(this.text, this.textMax);
    this.textCut = true;
  }

  private flushText(): void {
    if (this.depth > 0) this.handler.text(this.text, this.textCut);
    else if (this.text.trim() !== '') throw new BadXml('text outside the root');
    this.text = '';
    this.textCut = false;
  }

  private declaration(): boolean {
    const ahead = this.window.slice(this.at, this.at + 9);
    if (ahead.startsWith(comment.opening)) return this.enter(comment);
    if (ahead === cdata.opening) return this.enter(cdata);
    if (comment.opening.startsWith(ahead) || cdata.opening.startsWith(ahead)) return false;
    if ('<!DOCTYPE'.startsWith(ahead) && ahead.length < 9) return false;
    throw new BadXml('declaration', ahead === '<!DOCTYPE');
  }

  private enter(construct: Construct): boolean {
    this.inside = construct;
    this.at += construct.opening.length;
    return true;
  }

  /** Passes over a comment or an instruction, or takes the text of a CDATA section. */
  private pass(construct: Construct): boolean {
    const end = this.window.indexOf(construct.closing, this.at);
    let stop = end === -1 ? Math.max(this.at, this.window.length - 2) : end;
    // A CR may be the first half of a line end: keep it until the other half is seen.
    if (end === -1 && stop > this.at && this.window[stop - 1] === '\r') stop -= 1;
    if (construct.isText && stop > this.at) this.addText(this.window.slice(this.at, stop), false);
    this.at = end === -1 ? stop : end + construct.closing.length;
    if (end !== -1) this.inside = null;
    return end !== -1;
  }

  private closingTag(): boolean {
    const { window } = this;
    const depth = this.depth - 1;
    if (depth < 0) throw new BadXml('closing tag');
    const name = this.names[depth]!;
    let end = this.at + 2 + name.length;
    // Nearly always the name fits and the bracket follows at once.
    if (window.charCodeAt(end) !== greater || !window.startsWith(name, this.at + 2)) {
      end = window.indexOf('>', this.at);
      if (end === -1) return this.waitForTag();
      if (window.slice(this.at + 2, end).trimEnd() !== name) throw new BadXml('closing tag');
    }
    if (this.text !== '' || this.textCut) this.flushText();
    this.depth = depth;
    this.at = end + 1;
    this.handler.close(this.localNames[depth]!);
    return true;
  }

  private waitForTag(): boolean {
    if (this.window.length - this.at > tagCharsMax) throw new BadXml('tag too long');
    return false;
  }

  private openingTag(): boolean {
    const { window } = this;
    const length = window.length;
    let at = this.at + 1;
    while (at < length && !isNameEnd(window.charCodeAt(at))) at += 1;
    const name = window.slice(this.at + 1, at);
    this.attributes = noAttributes;
    for (;;) {
      while (at < length && window.charCodeAt(at) <= 0x20) at += 1;
      const code = window.charCodeAt(at);
      if (code === greater) return this.opened(name, at + 1, false);
      if (at + 1 >= length) return this.waitForTag();
      if (code === slash) {
        if (window.charCodeAt(at + 1) !== greater) throw new BadXml('bad tag');
        return this.opened(name, at + 2, true);
      }
      at = this.attribute(at);
      if (at === -1) return this.waitForTag();
    }
  }

  /** Reads the attribute at `from`; gives the place behind it, −1 when its end is not in the window. */
  private attribute(from: number): number {
    const { window } = this;
    const length = window.length;
    let at = from;
    while (at < length && !isNameEnd(window.charCodeAt(at))) at += 1;
    const name = window.slice(from, at);
    while (at < length && window.charCodeAt(at) <= 0x20) at += 1;
    if (at >= length) return -1;
    if (name === '' || window.charCodeAt(at) !== equals) throw new BadXml('bad attribute');
    at += 1;
    while (at < length && window.charCodeAt(at) <= 0x20) at += 1;
    if (at >= length) return -1;
    const quote = window.charCodeAt(at);
    if (quote !== 0x22 && quote !== 0x27) throw new BadXml('bad attribute');
    const start = at + 1;
    let escaped = false;
    let code = 0;
    for (at = start; at < length; at += 1) {
      code = window.charCodeAt(at);
      if (code === quote) break;
      if (code === ampersand) escaped = true;
      else if (code === less) throw new BadXml('bad attribute');
    }
    if (at >= length) return -1;
    const value = window.slice(start, at);
    const resolved = escaped ? resolveEntities(value) : value;
    if (this.attributes === noAttributes) this.attributes = [name, resolved];
    else this.attributes.push(name, resolved);
    return at + 1;
  }

  private opened(name: string, next: number, empty: boolean): boolean {
    const { depth } = this;
    if (name === '' || (depth === 0 && this.rootSeen)) throw new BadXml('bad tag');
    if (this.text !== '' || this.textCut) this.flushText();
    if (depth >= depthMax) throw new BadXml('too deep');
    this.rootSeen = true;
    this.at = next;
    const local = localName(name);
    if (!empty) {
      this.names[depth] = name;
      this.localNames[depth] = local;
      this.depth = depth + 1;
    }
    this.handler.open(local, this.attributes);
    if (empty) this.handler.close(local);
    return true;
  }
}

/** The value of an attribute in the list the scanner hands over. */
export function attributeOf(attributes: readonly string[], name: string): string | undefined {
  for (let index = 0; index < attributes.length; index += 2) {
    if (attributes[index] === name) return attributes[index + 1];
  }
  return undefined;
}
