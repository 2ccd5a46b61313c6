/**
 * Names of the files in a backup. Those with content of their own carry its SHA-256, so that damage is
 * found where it is; what does not look like one of these has no place in a backup.
 */

/** The first file: what this is, before anything else is read. */
export const headName = 'xinheng-backup.json';
/** The keys of the installation, sealed under a passphrase; only where they were asked for. */
export const keysName = 'keys.sealed.json';
/** What the backup holds, table by table. */
export const manifestName = 'manifest.json';
/** The installation's signature over the manifest; the last file. */
export const signatureName = 'manifest.signature.json';

/** What a file of a backup is. `digest` is that of its bytes as they lie in the archive. */
export type EntryName =
  | { readonly kind: 'head' | 'keys' | 'manifest' | 'signature' }
  | {
      readonly kind: 'part';
      readonly table: string;
      readonly number: number;
      readonly digest: string;
    }
  | { readonly kind: 'file'; readonly digest: string }
  | { readonly kind: 'return'; readonly batch: string; readonly digest: string };

/** A piece of a table's rows, compressed. Pieces are numbered from 1. */
export function partName(table: string, number: number, digest: string): string {
  return `tables/${table}/${String(number).padStart(8, '0')}-${digest}.copy.gz`;
}

/** A sealed raw file; its address is the digest of its bytes. */
export function fileName(address: string): string {
  return `files/${address.slice(0, 2)}/${address}`;
}

/** A workbook given back for a batch. */
export function returnName(batch: string, digest: string): string {
  return `returns/${batch}/${digest}.xlsx`;
}

const fixed: Readonly<Record<string, 'head' | 'keys' | 'manifest' | 'signature'>> = {
  [headName]: 'head',
  [keysName]: 'keys',
  [manifestName]: 'manifest',
  [signatureName]: 'signature',
};
const partPattern =
  /^tables\/([a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*)\/(\d{8})-([0-9a-f]{64})\.copy\.gz$/;
const filePattern = /^files\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;
const returnPattern =
  /^returns\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{64})\.xlsx$/;

/** What a name in an archive stands for; `null` for every other name, paths that climb among them. */
export function readEntryName(name: string): EntryName | null {
  const kind = Object.hasOwn(fixed, name) ? fixed[name] : undefined;
  if (kind !== undefined) return { kind };
  const part = partPattern.exec(name);
  if (part !== null) {
    return { kind: 'part', table: part[1]!, number: Number(part[2]), digest: part[3]! };
  }
  const file = filePattern.exec(name);
  if (file !== null) return { kind: 'file', digest: file[2]! };
  const returned = returnPattern.exec(name);
  return returned === null ? null : { kind: 'return', batch: returned[1]!, digest: returned[2]! };
}
