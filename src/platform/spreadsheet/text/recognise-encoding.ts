/**
 * Which encoding is it? In this order: a byte order mark, the sender's declaration, the pattern of NULs
 * that UTF-16 leaves, then UTF-8 as long as it holds, GB18030 otherwise.
 */
import { isAscii } from 'node:buffer';
import type { TextEncoding } from '../table.ts';
import { stepGb18030, stepUtf8 } from './characters.ts';

/** What the beginning of a file says about its encoding; `encoding` is absent while all is ASCII. */
export type EncodingGuess = {
  readonly encoding?: TextEncoding;
  /** Length of the byte order mark, 0 without one. */
  readonly bomBytes: number;
  /** The evidence is thin; the other encoding is possible. */
  readonly doubtful?: boolean;
};

const boms: readonly { readonly bytes: readonly number[]; readonly encoding: TextEncoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

function startsWith(sample: Buffer, bytes: readonly number[]): boolean {
  return sample.length >= bytes.length && bytes.every((byte, index) => sample[index] === byte);
}

/** UTF-32 is not read; its marks begin like those of UTF-16. */
export function isUtf32(sample: Buffer): boolean {
  return startsWith(sample, [0xff, 0xfe, 0, 0]) || startsWith(sample, [0, 0, 0xfe, 0xff]);
}

/**
 * UTF-16 without a mark: letters, digits, separators and line ends leave a NUL on one side of the pair
 * only. A run of NULs in other text falls on both sides alike and does not deceive; neither do single
 * NULs in plain ASCII text, where pairs of two letters abound. (In Chinese text 一, U+4E00, leaves its
 * NUL on the other side, hence three to one and not nearly all.)
 */
function recogniseUtf16(sample: Buffer): TextEncoding | undefined {
  let low = 0;
  let high = 0;
  let letters = 0;
  let units = 0;
  let ascii = true;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    const first = sample[at]!;
    const second = sample[at + 1]!;
    units += 1;
    ascii &&= first < 0x80 && second < 0x80;
    if (second === 0 && isPlain(first)) low += 1;
    else if (first === 0 && isPlain(second)) high += 1;
    else if (isPlain(first) && isPlain(second)) letters += 1;
  }
  if (ascii && letters > units * 0.05) return undefined;
  const needed = Math.max(1, units * 0.03);
  if (low >= needed && low > high * 3) return 'utf-16le';
  if (high >= needed && high > low * 3) return 'utf-16be';
  return undefined;
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

type Tally = { readonly long: number; readonly short: number; readonly bad: number };

function tally(sample: Buffer, step: typeof stepUtf8, complete: boolean, longFrom: number): Tally {
  let long = 0;
  let short = 0;
  let bad = 0;
  for (let at = 0; at < sample.length;) {
    const length = step(sample, at, sample.length, complete);
    if (length === 0) break;
    if (length < 0) bad += 1;
    else if (length >= longFrom) long += 1;
    else if (length > 1) short += 1;
    at += Math.abs(length);
  }
  return { long, short, bad };
}

/**
 * UTF-8 or GB18030? `sample` holds at least one byte above ASCII; `complete` says that the file ends
 * with it. One broken character must not turn a UTF-8 file into wrong characters throughout: GBK text
 * hardly ever holds sound three-byte sequences, so UTF-8 is kept while these outnumber broken ones.
 * Two-byte sequences alone (模 in GBK is ģ in UTF-8) are thin evidence and called doubtful.
 */
export function chooseByteEncoding(sample: Buffer, complete: boolean): EncodingGuess {
  const utf8 = tally(sample, stepUtf8, complete, 3);
  const gb = tally(sample, stepGb18030, complete, 2);
  if (utf8.bad === 0) {
    const doubtful = utf8.long === 0 && utf8.short > 0 && gb.bad === 0;
    return { encoding: 'utf-8', bomBytes: 0, doubtful };
  }
  if (utf8.long > utf8.bad) {
    return { encoding: 'utf-8', bomBytes: 0, doubtful: utf8.bad * 10 > utf8.long };
  }
  return { encoding: 'gb18030', bomBytes: 0, doubtful: gb.bad * 10 > gb.long };
}

/** What the first bytes say. `declared` is the sender's word; only a byte order mark overrules it. */
export function recogniseEncoding(
  sample: Buffer,
  complete: boolean,
  declared?: TextEncoding,
): EncodingGuess {
  for (const bom of boms) {
    if (startsWith(sample, bom.bytes)) {
      return { encoding: bom.encoding, bomBytes: bom.bytes.length };
    }
  }
  if (declared !== undefined) return { encoding: declared, bomBytes: 0 };
  const wide = recogniseUtf16(sample);
  if (wide !== undefined) return { encoding: wide, bomBytes: 0 };
  if (isAscii(sample)) return { bomBytes: 0 };
  return chooseByteEncoding(sample, complete);
}
