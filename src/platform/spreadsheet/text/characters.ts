/**
 * One step through encoded bytes: where does this character end, and is it one? Used where the native
 * decoders stop with an error, because they do not say where. The rules of recovery are those of the
 * WHATWG Encoding Standard, so the result does not depend on how the bytes were cut into blocks.
 */

/**
 * Looks at the character at `at` in `bytes`, which end at `end`.
 * Gives its length when it is sound, minus the number of bytes to skip when it is not, and 0 when more
 * bytes are needed to tell; `final` says that there are none.
 */
export type Step = (bytes: Uint8Array, at: number, end: number, final: boolean) => number;

/** UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF; maximal subparts are skipped. */
export function stepUtf8(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let index = 1; index < length; index += 1) {
    if (at + index >= end) return final ? -index : 0;
    const byte = bytes[at + index]!;
    let low = 0x80;
    let high = 0xbf;
    if (index === 1) {
      if (lead === 0xe0) low = 0xa0;
      else if (lead === 0xed) high = 0x9f;
      else if (lead === 0xf0) low = 0x90;
      else if (lead === 0xf4) high = 0x8f;
    }
    if (byte < low || byte > high) return -index;
  }
  return length;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLead(byte: number): boolean {
  return byte >= 0x81 && byte <= 0xfe;
}

/** Four-byte characters exist up to U+FFFF (pointer 39,419) and from U+10000 (189,000) to U+10FFFF. */
function fourBytesExist(bytes: Uint8Array, at: number): boolean {
  const pointer =
    (((bytes[at]! - 0x81) * 10 + bytes[at + 1]! - 0x30) * 126 + bytes[at + 2]! - 0x81) * 10 +
    bytes[at + 3]! -
    0x30;
  return pointer <= 39_419 || (pointer >= 189_000 && pointer <= 1_237_575);
}

/** GB18030 with its one-, two- and four-byte characters; GBK and GB2312 are parts of it. */
export function stepGb18030(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  const lead = bytes[at]!;
  if (lead <= 0x80) return 1;
  if (lead === 0xff) return -1;
  if (at + 1 >= end) return final ? -1 : 0;
  const second = bytes[at + 1]!;
  if (!isDigit(second)) {
    if (second >= 0x40 && second !== 0x7f && second !== 0xff) return 2;
    return second < 0x80 ? -1 : -2;
  }
  if (at + 2 >= end) return final ? -2 : 0;
  if (!isLead(bytes[at + 2]!)) return -1;
  if (at + 3 >= end) return final ? -3 : 0;
  if (!isDigit(bytes[at + 3]!)) return -1;
  return fourBytesExist(bytes, at) ? 4 : -4;
}

function stepUtf16(
  unitAt: (at: number) => number,
  at: number,
  end: number,
  final: boolean,
): number {
  if (at + 1 >= end) return final ? -1 : 0;
  const unit = unitAt(at);
  if (unit < 0xd800 || unit > 0xdfff) return 2;
  if (unit >= 0xdc00) return -2;
  // The end of the file in the midst of a pair is one error, odd byte or not.
  if (at + 3 >= end) return final ? at - end : 0;
  const next = unitAt(at + 2);
  return next >= 0xdc00 && next <= 0xdfff ? 4 : -2;
}

/** UTF-16, low byte first: surrogates must come in pairs. */
export function stepUtf16le(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  return stepUtf16((index) => bytes[index]! | (bytes[index + 1]! << 8), at, end, final);
}

/** UTF-16, high byte first: surrogates must come in pairs. */
export function stepUtf16be(bytes: Uint8Array, at: number, end: number, final: boolean): number {
  return stepUtf16((index) => (bytes[index]! << 8) | bytes[index + 1]!, at, end, final);
}
