/**
 * The container of a backup: a plain tar (POSIX ustar), so that any system can look into one. Of tar
 * only what we write is read: plain files with the fixed owner, mode and time we give them. A header
 * that differs by one byte is not ours. Pure.
 */

/** Size of a tar block in bytes. */
export const blockBytes = 512;

/** What follows the last file. */
export const tailBytes = 2 * blockBytes;

const nameBytes = 100;
const prefixBytes = 155;
// Eleven octal digits hold 8 GiB less one; larger sizes are written in base 256 (GNU, star, bsdtar).
const octalMax = 8 ** 11 - 1;

/** Name and size of a file in the archive. */
export type TarHeader = { readonly name: string; readonly size: number };

function splitName(name: string): { name: string; prefix: string } | null {
  if (name.length <= nameBytes) return { name, prefix: '' };
  const cut = name.lastIndexOf('/');
  const parts = { prefix: name.slice(0, cut), name: name.slice(cut + 1) };
  const fits = cut > 0 && parts.name.length <= nameBytes && parts.prefix.length <= prefixBytes;
  return fits ? parts : null;
}

function writeSize(block: Buffer, size: number): void {
  if (size <= octalMax) {
    block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
    return;
  }
  block[124] = 0x80;
  block.writeBigUInt64BE(BigInt(size), 128);
}

/** The header of a file. `name` is ASCII of ours; faults when it is too long for the format. */
export function tarHeader({ name, size }: TarHeader): Buffer {
  const parts = splitName(name);
  if (parts === null) throw new TypeError(`too long a name for tar: ${name}`);
  const block = Buffer.alloc(blockBytes);
  block.write(parts.name, 0, 'latin1');
  block.write('0000600\0' + '0000000\0' + '0000000\0', 100, 'latin1');
  writeSize(block, size);
  block.write('00000000000\0', 136, 'latin1');
  block.write('        0', 148, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write('xinheng\0', 265, 'latin1');
  block.write('xinheng\0', 297, 'latin1');
  block.write(parts.prefix, 345, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function textAt(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('latin1', 0, end === -1 ? length : end);
}

function readSize(block: Buffer): number | null {
  if (block[124] === 0x80) {
    const size = block.readBigUInt64BE(128);
    return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : null;
  }
  const digits = textAt(block, 124, 12);
  return /^[0-7]{11}$/.test(digits) ? parseInt(digits, 8) : null;
}

/** Reads a header of ours; `null` for anything else, however slightly it differs. */
export function readTarHeader(block: Buffer): TarHeader | null {
  const name = textAt(block, 0, nameBytes);
  const prefix = textAt(block, 345, prefixBytes);
  const size = readSize(block);
  if (name === '' || size === null) return null;
  const header = { name: prefix === '' ? name : `${prefix}/${name}`, size };
  return splitName(header.name) !== null && tarHeader(header).equals(block) ? header : null;
}

/** Bytes of zeros after the content of a file, up to the next block. */
export function tarPadding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}
