/**
 * A second implementation of the log, from the texts of RFC 6962 and C2SP alone: it imports nothing of the
 * product, follows the recursive definitions instead of loops over tiles, and reads files as a stranger does.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';

type Bytes = Buffer;

const digest = (name: string, ...parts: Uint8Array[]): Bytes => {
  const hash = createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafOf = (name: string, entry: Uint8Array) => digest(name, Buffer.from([0]), entry);
const nodeOf = (name: string, left: Uint8Array, right: Uint8Array) =>
  digest(name, Buffer.from([1]), left, right);

/** MTH of RFC 6962 §2.1. */
export function treeRoot(name: string, entries: readonly Uint8Array[]): Bytes {
  if (entries.length === 0) return digest(name);
  if (entries.length === 1) return leafOf(name, entries[0]!);
  const split = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  return nodeOf(
    name,
    treeRoot(name, entries.slice(0, split)),
    treeRoot(name, entries.slice(split)),
  );
}

/** PATH of RFC 6962 §2.1.1. */
export function auditPath(name: string, at: number, entries: readonly Uint8Array[]): Bytes[] {
  if (entries.length === 1) return [];
  const split = 2 ** Math.ceil(Math.log2(entries.length) - 1);
  return at < split
    ? [...auditPath(name, at, entries.slice(0, split)), treeRoot(name, entries.slice(split))]
    : [
        ...auditPath(name, at - split, entries.slice(split)),
        treeRoot(name, entries.slice(0, split)),
      ];
}

/** PROOF of RFC 6962 §2.1.2. */
export function growthProof(name: string, older: number, entries: readonly Uint8Array[]): Bytes[] {
  const sub = (m: number, rows: readonly Uint8Array[], whole: boolean): Bytes[] => {
    if (m === rows.length) return whole ? [] : [treeRoot(name, rows)];
    const split = 2 ** Math.ceil(Math.log2(rows.length) - 1);
    return m <= split
      ? [...sub(m, rows.slice(0, split), whole), treeRoot(name, rows.slice(split))]
      : [...sub(m - split, rows.slice(split), false), treeRoot(name, rows.slice(0, split))];
  };
  return older === 0 || older === entries.length ? [] : sub(older, entries, true);
}

/** Reads a whole log from its files: checkpoint, signature, entries, and every hash tile anew. */
export function readLog(
  read: (path: string) => Bytes | null,
  key: { readonly name: string; readonly pem: string },
  hashName = 'sha256',
): { size: number; entries: Bytes[] } {
  const note = read('checkpoint')?.toString('utf8');
  if (note === undefined) throw new Error('no checkpoint');
  const [text, signed] = [
    note.slice(0, note.lastIndexOf('\n\n') + 1),
    note.slice(note.lastIndexOf('\n\n') + 2),
  ];
  const [origin, sizeText, rootText] = text.split('\n');
  if (origin !== key.name) throw new Error(`origin ${origin}`);
  const line = signed.split('\n').find((one) => one.startsWith(`\u2014 ${key.name} `));
  const signature = Buffer.from(line!.split(' ')[2]!, 'base64').subarray(4);
  if (!verify(null, Buffer.from(text), createPublicKey(key.pem), signature))
    throw new Error('signature');
  const size = Number(sizeText);
  const entries = Array.from({ length: Math.ceil(size / 256) }, (_, no) =>
    bundle(read(place('entries', no, Math.min(256, size - no * 256)))!),
  ).flat();
  if (entries.length !== size) throw new Error(`${entries.length} entries of ${size}`);
  if (treeRoot(hashName, entries).toString('base64') !== rootText) throw new Error('root');
  checkTiles(
    read,
    entries.map((entry) => leafOf(hashName, entry)),
    hashName,
  );
  return { size, entries };
}

function place(level: number | string, no: number, width: number): string {
  const digits = String(no).padStart(Math.ceil(String(no).length / 3) * 3, '0');
  const groups = digits.match(/\d{3}/g)!;
  const named = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${named}${width === 256 ? '' : `.p/${width}`}`;
}

function bundle(bytes: Bytes): Bytes[] {
  if (bytes.length === 0) return [];
  const length = bytes.readUInt16BE(0);
  return [bytes.subarray(2, 2 + length), ...bundle(bytes.subarray(2 + length))];
}

function checkTiles(
  read: (path: string) => Bytes | null,
  hashes: readonly Bytes[],
  name: string,
): void {
  let [row, level] = [hashes, 0];
  while (row.length > 0) {
    for (let no = 0; no * 256 < row.length; no += 1) {
      const expected = row.slice(no * 256, no * 256 + 256);
      const path = place(level, no, expected.length);
      if (read(path)?.equals(Buffer.concat(expected)) !== true) throw new Error(`tile ${path}`);
    }
    const full = Math.floor(row.length / 256);
    row = Array.from({ length: full }, (_, no) => halve(row.slice(no * 256, no * 256 + 256), name));
    level += 1;
  }
}

function halve(row: readonly Bytes[], name: string): Bytes {
  if (row.length === 1) return row[0]!;
  const middle = row.length / 2;
  return nodeOf(name, halve(row.slice(0, middle), name), halve(row.slice(middle), name));
}
