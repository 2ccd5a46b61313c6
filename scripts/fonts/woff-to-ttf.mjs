// Unpacks a WOFF 1.0 font into the TrueType or OpenType file it was made from. WOFF is the same tables,
// each packed with zlib, under another directory (W3C "WOFF File Format 1.0"), so nothing is guessed:
// every length and checksum of the file is compared, and a font that does not add up is refused.
import { inflateSync } from 'node:zlib';

const signature = 0x774f4646;
const headerBytes = 44;
const entryBytes = 20;
const fontBytesMax = 64 * 1024 * 1024;
// The whole font, read as numbers, adds up to this once `head` holds the right adjustment.
const fontChecksum = 0xb1b0afba;

const padded = (length) => (length + 3) & ~3;

function insist(condition, why) {
  if (!condition) throw new Error(`not a usable WOFF font: ${why}`);
}

/** Sum of a table's 32-bit numbers, the last one filled up with zeros (OpenType "Calculating Checksums"). */
export function tableChecksum(bytes) {
  const whole = bytes.length & ~3;
  let sum = 0;
  for (let at = 0; at < whole; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  if (whole < bytes.length) {
    const rest = Buffer.alloc(4);
    bytes.copy(rest, 0, whole);
    sum = (sum + rest.readUInt32BE(0)) >>> 0;
  }
  return sum;
}

function readEntries(woff) {
  const count = woff.readUInt16BE(12);
  insist(count > 0 && headerBytes + count * entryBytes <= woff.length, 'its directory is cut off');
  const entries = [];
  for (let index = 0; index < count; index += 1) {
    const at = headerBytes + index * entryBytes;
    entries.push({
      tag: woff.toString('latin1', at, at + 4),
      offset: woff.readUInt32BE(at + 4),
      packedLength: woff.readUInt32BE(at + 8),
      length: woff.readUInt32BE(at + 12),
      checksum: woff.readUInt32BE(at + 16),
    });
  }
  return entries;
}

function unpackTable(woff, { tag, offset, packedLength, length }) {
  insist(packedLength <= length, `table ${tag} is longer packed than unpacked`);
  insist(offset >= headerBytes && offset + packedLength <= woff.length, `table ${tag} is cut off`);
  const packed = woff.subarray(offset, offset + packedLength);
  if (packedLength === length) return packed;
  let table;
  try {
    table = inflateSync(packed, { maxOutputLength: Math.max(length, 1) });
  } catch (error) {
    insist(false, `table ${tag} cannot be unpacked (${error.code ?? error.message})`);
  }
  insist(table.length === length, `table ${tag} has ${table.length} bytes, not ${length}`);
  return table;
}

/** `head` is summed without the adjustment that makes the whole font add up. */
function summed(tag, table) {
  if (tag !== 'head') return table;
  insist(table.length >= 12, 'table head is cut off');
  const copy = Buffer.from(table);
  copy.writeUInt32BE(0, 8);
  return copy;
}

/** The directory's aids for binary search follow from the number of tables. */
function writeHeader(font, flavor, count) {
  const power = Math.floor(Math.log2(count));
  font.writeUInt32BE(flavor, 0);
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(16 * 2 ** power, 6);
  font.writeUInt16BE(power, 8);
  font.writeUInt16BE(count * 16 - 16 * 2 ** power, 10);
}

/**
 * The font inside a WOFF file, as a buffer: its tables byte for byte, in the order of the file. Only
 * the adjustment in `head` is worked out anew, because packers reorder tables without correcting it.
 * Throws with the reason when the file is not a WOFF font or does not add up.
 */
export function woffToTtf(woff) {
  insist(woff.length >= headerBytes && woff.readUInt32BE(0) === signature, 'wrong signature');
  insist(woff.readUInt32BE(8) === woff.length, 'its length is not the one it states');
  const fontLength = woff.readUInt32BE(16);
  insist(fontLength <= fontBytesMax, `it states ${fontLength} bytes`);
  const entries = readEntries(woff);
  const needed = entries.reduce((sum, entry) => sum + 16 + padded(entry.length), 12);
  insist(needed === fontLength, `its tables need ${needed} bytes, it states ${fontLength}`);

  const font = Buffer.alloc(fontLength);
  writeHeader(font, woff.readUInt32BE(4), entries.length);
  let head = -1;
  let offset = 12 + entries.length * 16;
  const places = new Map();
  for (const entry of [...entries].sort((one, other) => one.offset - other.offset)) {
    const table = unpackTable(woff, entry);
    const sum = tableChecksum(summed(entry.tag, table));
    insist(sum === entry.checksum, `table ${entry.tag} has another checksum than stated`);
    table.copy(font, offset);
    if (entry.tag === 'head') head = offset;
    places.set(entry, offset);
    offset += padded(entry.length);
  }
  entries.forEach((entry, index) => {
    const at = 12 + index * 16;
    font.write(entry.tag, at, 'latin1');
    font.writeUInt32BE(entry.checksum, at + 4);
    font.writeUInt32BE(places.get(entry), at + 8);
    font.writeUInt32BE(entry.length, at + 12);
  });
  if (head >= 0) {
    font.writeUInt32BE(0, head + 8);
    font.writeUInt32BE((fontChecksum - tableChecksum(font)) >>> 0, head + 8);
  }
  return font;
}
