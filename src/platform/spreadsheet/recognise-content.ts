/** What is in the file? Decided by its first bytes; names and extensions lie too often. */
import type { TableRefusalCode } from './table.ts';

/** What the first bytes are of; a refusal code when that is nothing this reader reads. */
export type Content = 'zip' | 'list' | 'object' | 'delimited';

type Signature = {
  readonly bytes: readonly number[];
  readonly found: string;
};

/** Files that are sent by mistake, with the name they are told by. */
const signatures: readonly Signature[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], found: 'PDF' },
  { bytes: [0x1f, 0x8b, 0x08], found: 'GZIP' },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], found: 'RAR' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], found: '7z' },
  { bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], found: 'PNG' },
  { bytes: [0xff, 0xd8, 0xff], found: 'JPEG' },
  { bytes: [...Buffer.from('SQLite format 3\0')], found: 'SQLite' },
];

function startsWith(sample: Buffer, bytes: readonly number[]): boolean {
  return sample.length >= bytes.length && bytes.every((byte, index) => sample[index] === byte);
}

const localFile = [0x50, 0x4b, 0x03, 0x04];
const emptyArchive = [0x50, 0x4b, 0x05, 0x06];
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/** What binary content is, from its first bytes; `null` when it is not binary of a known kind. */
export function recogniseBinary(
  sample: Buffer,
): 'zip' | { readonly refused: TableRefusalCode; readonly found: string } | null {
  if (startsWith(sample, localFile) || startsWith(sample, emptyArchive)) return 'zip';
  if (startsWith(sample, compoundFile)) {
    // A workbook with a password is an old-style file around the encrypted new-style one.
    return sample.includes(encryptedPackage)
      ? { refused: 'table.encrypted', found: 'XLSX' }
      : { refused: 'table.old-excel', found: 'XLS' };
  }
  const signature = signatures.find(({ bytes }) => startsWith(sample, bytes));
  return signature === undefined ? null : { refused: 'table.not-a-table', found: signature.found };
}

/**
 * What decoded text is. A heading may begin with a bracket, `[编号]`, so JSON is only seen in a bracket
 * followed by an object, or a brace followed by a key. Web pages and XML saved as `.xls` are refused.
 */
export function recogniseText(text: string): Content | 'markup' | 'other-json' {
  const start = text.slice(0, 4096).trimStart();
  if (/^<(?:!doctype|\?xml|html|head|meta|table|style)\b/i.test(start)) return 'markup';
  if (/^\[\s*(?:\{|\]\s*$)/.test(start)) return 'list';
  if (/^\[\s*(?:\[\s*["\d[-]|(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*)\s*,)/.test(start))
    return 'other-json';
  if (/^\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})/.test(start)) return 'object';
  return 'delimited';
}
