/**
 * What a backup says about itself: the level of the database, every table with rows and digest, how
 * many files. Small whatever the backup's size, and signed by the installation that made it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Json, canonicalJson, sha256Hex } from '../../kernel/canonical.ts';
import type { CryptoProvider, Signature } from '../../platform/crypto/index.ts';

/** The only format so far. A backup of a later one is refused by this program. */
export const formatVersion = 1;

/** Largest head, sealed keys, manifest and signature that are read. */
export const smallBytesMax = 64 * 1024;
/** Largest manifest that is read. */
export const manifestBytesMax = 8 * 1024 * 1024;
/** Bytes of a table's rows in one piece, before they are compressed. */
export const pieceBytes = 1024 * 1024;

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const boundText = z.string().regex(/^[0-9A-Za-z :.+-]{1,40}$/);

const headSchema = z.strictObject({
  backup: z.literal('xinheng'),
  format: z.literal(formatVersion),
  /** Version of the program. */
  madeBy: z.string().max(60),
  /** The instant everything in the backup is of. */
  snapshotAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
});

const manifestSchema = z.strictObject({
  head: headSchema,
  /** Migrations the database had, with the digest of each. */
  level: z
    .array(z.strictObject({ name: z.string().regex(/^\d{4}_[a-z0-9-]{1,80}\.sql$/), digest }))
    .max(10_000),
  tables: z
    .array(
      z.strictObject({
        schema: identifier,
        name: identifier,
        columns: z.array(identifier).min(1).max(1_600),
        rows: count,
        /** Bytes and SHA-256 of the rows as text of COPY. */
        bytes: count,
        digest,
        parts: count,
      }),
    )
    .max(10_000),
  partitions: z
    .array(
      z.strictObject({
        schema: identifier,
        name: identifier,
        of: identifier,
        from: boundText,
        to: boundText,
      }),
    )
    .max(100_000),
  sequences: z
    .array(
      z.strictObject({
        schema: identifier,
        name: identifier,
        last: z.string().regex(/^-?\d{1,19}$/),
      }),
    )
    .max(10_000),
  /** Sealed raw files; the digest covers their addresses in order. */
  files: z.strictObject({ count, bytes: count, digest }),
  /** Workbooks given back; the digest covers their names in order. */
  returns: z.strictObject({ count, bytes: count, digest }),
  /** Raw files the database names that were missing or damaged when the backup was made. */
  wanting: count,
  keys: z.strictObject({
    /** Recognises the keys without telling anything of them. */
    fingerprint: digest,
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    /** Digest of the sealed keys in the backup; `null` where they were left out. */
    sealed: digest.nullable(),
  }),
});

const signatureSchema = z.strictObject({
  keyId: z.string().max(64),
  algorithm: z.enum(['ed25519', 'sm2']),
  signature: z.string().max(400),
});

/** The first file of a backup. */
export type Head = z.infer<typeof headSchema>;
/** The manifest. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A table in it. */
export type ManifestTable = Manifest['tables'][number];

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer): T | null {
  try {
    const result = schema.safeParse(JSON.parse(bytes.toString('utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** Bytes of a head, a manifest or a signature: one value has one text. */
export function bytesOf(value: Head | Manifest | Signature): Buffer {
  return Buffer.from(canonicalJson(value as Json));
}

/** Reads a head. A format this program does not know is told apart from what is no backup at all. */
export function readHead(bytes: Buffer): Head | { readonly format: number } | null {
  const head = parsed(headSchema, bytes);
  if (head !== null) return head;
  const other = parsed(z.looseObject({ backup: z.literal('xinheng'), format: count }), bytes);
  return other === null || other.format <= formatVersion ? null : { format: other.format };
}

/** Reads a manifest; `null` when it is none or not written as we write it. */
export function readManifest(bytes: Buffer): Manifest | null {
  const manifest = parsed(manifestSchema, bytes);
  return manifest !== null && bytesOf(manifest).equals(bytes) ? manifest : null;
}

/** Reads a signature. */
export function readSignature(bytes: Buffer): Signature | null {
  const signature = parsed(signatureSchema, bytes);
  return signature !== null && bytesOf(signature).equals(bytes) ? signature : null;
}

const signed = (manifest: Buffer) =>
  Buffer.concat([Buffer.from('xinheng/backup/v1\0'), Buffer.from(sha256Hex(manifest), 'hex')]);

/** The installation's word for a manifest. */
export function signManifest(crypto: CryptoProvider, manifest: Buffer): Signature {
  return crypto.sign(signed(manifest));
}

/** Whether the signature is this installation's, over this very manifest. */
export function isSignedBy(
  crypto: CryptoProvider,
  manifest: Buffer,
  signature: Signature,
): boolean {
  return crypto.verify(signed(manifest), signature);
}

/** What recognises the keys of an installation: a digest only their holder can make. */
export function fingerprintOf(crypto: CryptoProvider): string {
  return crypto.mac('xinheng/backup/fingerprint/v1').toString('hex');
}

/** Count, bytes and digest of a list of files, gathered one by one. */
export class Tally {
  count = 0;
  bytes = 0;
  private readonly hash = createHash('sha256');

  add(name: string, bytes: number): void {
    this.count += 1;
    this.bytes += bytes;
    this.hash.update(`${name}\n`);
  }

  close(): { count: number; bytes: number; digest: string } {
    return { count: this.count, bytes: this.bytes, digest: this.hash.digest('hex') };
  }
}
