/**
 * Bytes to text, strictly: what can not be decoded is marked with its byte offset and reading goes on.
 * Native decoders do the work; only blocks that hold an error are walked through here.
 */
import { isAscii, transcode } from 'node:buffer';
import type { TextEncoding } from '../table.ts';
import { type Step, stepGb18030, stepUtf16be, stepUtf16le, stepUtf8 } from './characters.ts';
import { type MarkQueue, undecodableMark } from './marks.ts';

type Codec = {
  readonly step: Step;
  /** Decodes whole characters; `null` when any of them is not sound. */
  readonly decode: (bytes: Buffer) => string | null;
  /** Length of the part of `bytes` that surely ends with a whole character. */
  readonly wholePart: (bytes: Buffer) => number;
  /** What a NUL is in this encoding. */
  readonly nul: Buffer;
};

const loneSurrogate = /\p{Cs}/u;
const gb18030 = new TextDecoder('gb18030', { fatal: true });
const oneNul = Buffer.from([0]);
const twoNuls = Buffer.from([0, 0]);

function decodeUtf8(bytes: Buffer): string | null {
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    const units = transcode(bytes, 'utf8', 'utf16le');
    return units.toString('utf16le');
  } catch {
    return null;
  }
}

function decodeGb18030(bytes: Buffer): string | null {
  if (isAscii(bytes)) return bytes.toString('latin1');
  try {
    return gb18030.decode(bytes);
  } catch {
    return null;
  }
}

function decodeUtf16(bytes: Buffer, bigEndian: boolean): string | null {
  const units = bigEndian ? Buffer.from(bytes).swap16() : bytes;
  const text = units.toString('utf16le');
  return loneSurrogate.test(text) ? null : text;
}

function wholeByWalking(step: Step, bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = step(bytes, at, bytes.length, false);
    if (length === 0) return at;
    at += Math.abs(length);
  }
  return at;
}

function wholeUtf8(bytes: Buffer): number {
  // A character has at most three bytes after its lead: look for a lead among the last three.
  const start = Math.max(0, bytes.length - 3);
  for (let at = bytes.length - 1; at >= start; at -= 1) {
    if (bytes[at]! >= 0xc0) return wholeByWalking(stepUtf8, bytes, at);
    if (bytes[at]! < 0x80) return bytes.length;
  }
  return bytes.length;
}

function wholeGb18030(bytes: Buffer): number {
  // Bytes below 0x30 are never part of a longer character, so after one of them a character begins.
  let at = bytes.length;
  while (at > 0 && bytes[at - 1]! >= 0x30) at -= 1;
  return wholeByWalking(stepGb18030, bytes, at);
}

function wholeUtf16(bytes: Buffer, highByte: number): number {
  const even = bytes.length & ~1;
  if (even === 0) return 0;
  const high = bytes[even - 2 + highByte]!;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}

const codecs: Record<TextEncoding, Codec> = {
  'utf-8': { step: stepUtf8, decode: decodeUtf8, wholePart: wholeUtf8, nul: oneNul },
  gb18030: { step: stepGb18030, decode: decodeGb18030, wholePart: wholeGb18030, nul: oneNul },
  'utf-16le': {
    step: stepUtf16le,
    decode: (bytes) => decodeUtf16(bytes, false),
    wholePart: (bytes) => wholeUtf16(bytes, 1),
    nul: twoNuls,
  },
  'utf-16be': {
    step: stepUtf16be,
    decode: (bytes) => decodeUtf16(bytes, true),
    wholePart: (bytes) => wholeUtf16(bytes, 0),
    nul: twoNuls,
  },
};

/** Where a decoder starts counting: characters of the text, bytes of the file. */
export type Origin = { readonly chars: number; readonly bytes: number };

/** Decodes one encoding, block by block. The text does not depend on how the blocks were cut. */
export class StreamDecoder {
  private readonly codec: Codec;
  private readonly marks: MarkQueue;
  private carry: Buffer = Buffer.alloc(0);
  private chars: number;
  private bytes: number;

  constructor(encoding: TextEncoding, marks: MarkQueue, origin: Origin = { chars: 0, bytes: 0 }) {
    this.codec = codecs[encoding];
    this.marks = marks;
    this.chars = origin.chars;
    this.bytes = origin.bytes;
  }

  /** The text of the next block, as far as its characters are complete. */
  push(block: Buffer): string {
    const data = this.carry.length > 0 ? Buffer.concat([this.carry, block]) : block;
    const whole = this.codec.wholePart(data);
    const text = this.decode(data.subarray(0, whole), false);
    this.carry = whole < data.length ? Buffer.from(data.subarray(whole)) : Buffer.alloc(0);
    return text;
  }

  /** The text of what is left; an incomplete character at the end of the file is marked. */
  end(): string {
    const rest = this.carry;
    this.carry = Buffer.alloc(0);
    return rest.length > 0 ? this.decode(rest, true) : '';
  }

  private decode(bytes: Buffer, final: boolean): string {
    const sound = final ? null : this.codec.decode(bytes);
    const text = sound ?? this.decodeMarking(bytes);
    this.chars += text.length;
    this.bytes += bytes.length;
    return text;
  }

  /**
   * Replaces every unsound stretch by a NUL, decodes the whole natively and then turns those NULs, but
   * not the sender's own, into marks: one native call and no garbage however many errors there are.
   */
  private decodeMarking(bytes: Buffer): string {
    const { step, nul } = this.codec;
    const repaired = Buffer.alloc(bytes.length + nul.length);
    const nuls: number[] = []; // In order of appearance: −1 the sender's own, else the byte offset.
    let length = 0;
    let soundFrom = 0;
    for (let at = 0; at < bytes.length;) {
      const taken = step(bytes, at, bytes.length, true);
      if (taken > 0) {
        if (isNul(bytes, at, taken, nul.length)) nuls.push(-1);
        at += taken;
        continue;
      }
      length += bytes.copy(repaired, length, soundFrom, at);
      length += nul.copy(repaired, length);
      nuls.push(this.bytes + at);
      at -= taken;
      soundFrom = at;
    }
    length += bytes.copy(repaired, length, soundFrom);
    const sound = repaired.subarray(0, length);
    // Should a native decoder be stricter than the steps above, its own U+FFFD is reported as such.
    const text = this.codec.decode(sound) ?? sound.toString('utf8');
    let seen = 0;
    return text.replace(/\0/g, (own: string, index: number) => {
      const offset = nuls[seen] ?? -1;
      seen += 1;
      if (offset < 0) return own;
      this.marks.add(this.chars + index, offset);
      return undecodableMark;
    });
  }
}

function isNul(bytes: Buffer, at: number, length: number, width: number): boolean {
  if (length !== width || bytes[at] !== 0) return false;
  return width === 1 || bytes[at + 1] === 0;
}
