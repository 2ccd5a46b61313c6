/** Keys of the installation as keys of notes: the log's own signature, and a witness's. */
import type { CryptoProvider, PublicKey } from '../../platform/crypto/index.ts';
import {
  type NoteSignature,
  type Verifier,
  cosignatureBytes,
  cosignatureText,
  rawEd25519,
  verifierOf,
} from './domain-note.ts';

/** Whoever can tell its public key. */
export type KeyHolder = Pick<CryptoProvider, 'publicKey'>;

function keyBytes({ algorithm, key }: PublicKey): Buffer {
  return algorithm === 'sm2' ? Buffer.from(key, 'hex') : rawEd25519(key);
}

/** The verifier of what {@link signNote} signs under this name. */
export function logVerifier(crypto: KeyHolder, name: string): Verifier {
  const key = crypto.publicKey();
  return verifierOf(name, key.algorithm, keyBytes(key));
}

/** Signs the text of a note. */
export function signNote(crypto: CryptoProvider, name: string, text: string): NoteSignature {
  const { keyId } = logVerifier(crypto, name);
  const { signature } = crypto.sign(Buffer.from(text));
  return { name, keyId, signature: Buffer.from(signature, 'base64') };
}

/** The verifier of a witness's cosignatures; a witness signs with Ed25519. */
export function witnessVerifier(crypto: KeyHolder, name: string): Verifier {
  return verifierOf(name, 'cosignature', rawEd25519(crypto.publicKey().key));
}

/** Cosigns a note as a witness that saw it at a time (seconds since 1970). */
export function cosign(
  crypto: CryptoProvider,
  name: string,
  text: string,
  seconds: number,
): NoteSignature {
  const { signature } = crypto.sign(Buffer.from(cosignatureText(text, seconds)));
  return {
    name,
    keyId: witnessVerifier(crypto, name).keyId,
    signature: cosignatureBytes(seconds, Buffer.from(signature, 'base64')),
  };
}
