/**
 * Signed notes and checkpoints as C2SP signed-note, tlog-checkpoint and tlog-cosignature write them. Pure
 * but for the signature scheme, which is given.
 */
import { createPublicKey, hash, verify } from 'node:crypto';
import { readBase64 } from '../../kernel/base64.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { digestBytes } from './domain-tree.ts';

/** A signature line: who, by which key (four bytes), and the bytes of the signature. */
export type NoteSignature = {
  readonly name: string;
  readonly keyId: Buffer;
  readonly signature: Buffer;
};

/** A note: its text, ending in a line break, and the signatures on it. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const noteMax = 64 * 1024;
const signaturesMax = 100;
const signatureLine = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/;
// Control characters other than the line break, which may not stand in a note.
const control = /[\u0000-\u0009\u000b-\u001f\u007f]/;

const badNote = (why: string): Result<never> => refuse('log.bad-note', { why });

/** Reads a note. Refuses `log.bad-note {why}`. */
export function parseNote(given: string): Result<Note> {
  if (given.length > noteMax) return badNote('too-long');
  if (control.test(given)) return badNote('control');
  const split = given.lastIndexOf('\n\n');
  if (split < 0 || !given.endsWith('\n')) return badNote('form');
  const lines = given.slice(split + 2, -1).split('\n');
  if (lines.length > signaturesMax) return badNote('signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const found = signatureLine.exec(line);
    if (found === null) return badNote('signature-line');
    const bytes = readBase64(found[2]!);
    if (bytes === null || bytes.length < 5) return badNote('base64');
    signatures.push({ name: found[1]!, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return ok({ text: given.slice(0, split + 1), signatures });
}

/** Writes a note. */
export function noteText({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureText).join('')}`;
}

/** A signature as a line of a note. */
export function signatureText({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
}

/** What a checkpoint says: which log, how many leaves, and the root over them. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer };

/** The text of a checkpoint, to be signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Reads the text of a checkpoint; lines after the third are allowed and left alone. Refuses `log.bad-note`. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (origin === '') return badNote('origin');
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    return badNote('size');
  const digest = readBase64(root);
  if (digest?.length !== digestBytes) return badNote('root');
  return ok({ origin, size: Number(size), root: digest });
}

/** Kinds of keys: Ed25519 on the note, a witness's Ed25519 on note and time, SM2 (our own identifier). */
export type KeyKind = 'ed25519' | 'cosignature' | 'sm2';

const kindBytes: Readonly<Record<KeyKind, Buffer>> = {
  ed25519: Buffer.from([1]),
  cosignature: Buffer.from([4]),
  // C2SP leaves 0xff to algorithms it has no number for, followed by a name of their own.
  sm2: Buffer.concat([Buffer.from([0xff]), Buffer.from('xinheng.org/sm2-sm3\0')]),
};

/** A key that checks signatures on notes. `key`: 32 bytes for Ed25519, 65 for SM2. */
export type Verifier = {
  readonly name: string;
  readonly kind: KeyKind;
  readonly key: Buffer;
  readonly keyId: Buffer;
};

/** Makes a verifier; its key id is the first four bytes of SHA-256 over name and key, as signed-note says. */
export function verifierOf(name: string, kind: KeyKind, key: Buffer): Verifier {
  const named = Buffer.concat([Buffer.from(`${name}\n`), kindBytes[kind], key]);
  return { name, kind, key, keyId: hash('sha256', named, 'buffer').subarray(0, 4) };
}

/** A verifier as it is written down: `name+keyid+key`. */
export function verifierText({ name, kind, key, keyId }: Verifier): string {
  const typed = Buffer.concat([kindBytes[kind], key]).toString('base64');
  return `${name}+${keyId.toString('hex')}+${typed}`;
}

/** Reads a verifier. Refuses `log.bad-key {why}`. */
export function parseVerifier(text: string): Result<Verifier> {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim());
  if (found === null) return refuse('log.bad-key', { why: 'form' });
  const typed = readBase64(found[3]!);
  if (typed === null) return refuse('log.bad-key', { why: 'form' });
  const kind = (Object.keys(kindBytes) as KeyKind[]).find((one) =>
    typed.subarray(0, kindBytes[one].length).equals(kindBytes[one]),
  );
  if (kind === undefined) return refuse('log.bad-key', { why: 'kind' });
  const key = typed.subarray(kindBytes[kind].length);
  if (key.length !== (kind === 'sm2' ? 65 : 32)) return refuse('log.bad-key', { why: 'length' });
  const verifier = verifierOf(found[1]!, kind, key);
  return verifier.keyId.toString('hex') === found[2]
    ? ok(verifier)
    : refuse('log.bad-key', { why: 'key-id' });
}

/** Checks an SM2 signature (DER) over bytes with a public point; given, because its library is no part of the core. */
export type Sm2Check = (key: Buffer, bytes: Buffer, signature: Buffer) => boolean;

/** What a witness signs: the note, and when it saw it (seconds since 1970). */
export function cosignatureText(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`;
}

/** Bytes of a cosignature: the time it names, then the signature. */
export function cosignatureBytes(seconds: number, signature: Buffer): Buffer {
  const time = Buffer.allocUnsafe(8);
  time.writeBigUInt64BE(BigInt(seconds));
  return Buffer.concat([time, signature]);
}

/** A signature that holds. `seconds`: when a witness says it saw the note. */
export type Held = { readonly verifier: Verifier; readonly seconds: number | null };

/** Which of these verifiers signed the note. A signature by a known key that does not hold is refused: `log.bad-signature`. */
export function checkNote(
  note: Note,
  verifiers: readonly Verifier[],
  sm2: Sm2Check,
): Result<Held[]> {
  const held: Held[] = [];
  for (const line of note.signatures) {
    const verifier = verifiers.find(
      ({ name, keyId }) => name === line.name && keyId.equals(line.keyId),
    );
    if (verifier === undefined) continue;
    const seconds = signedBy(verifier, note.text, line.signature, sm2);
    if (seconds === false) return refuse('log.bad-signature', { name: line.name });
    held.push({ verifier, seconds });
  }
  return ok(held);
}

function signedBy(
  { kind, key }: Verifier,
  text: string,
  signature: Buffer,
  sm2: Sm2Check,
): number | null | false {
  if (kind === 'sm2') return sm2(key, Buffer.from(text), signature) ? null : false;
  if (kind === 'ed25519') return ed25519(key, text, signature) ? null : false;
  if (signature.length !== 72) return false;
  const seconds = Number(signature.readBigUInt64BE(0));
  return ed25519(key, cosignatureText(text, seconds), signature.subarray(8)) ? seconds : false;
}

// SPKI of an Ed25519 key is this and the 32 bytes of the point.
const spki = Buffer.from('302a300506032b6570032100', 'hex');

function ed25519(key: Buffer, text: string, signature: Buffer): boolean {
  if (signature.length !== 64) return false;
  const publicKey = createPublicKey({
    key: Buffer.concat([spki, key]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text), publicKey, signature);
}

/** The raw bytes of an Ed25519 key given as PEM. */
export function rawEd25519(pem: string): Buffer {
  return createPublicKey(pem).export({ format: 'der', type: 'spki' }).subarray(spki.length);
}
