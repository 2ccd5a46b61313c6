/**
 * The port behind which keys live (design.md §11): software by default, a certified device in
 * production. Nothing else of the product touches a private key.
 */

/** A signature with what is needed to check it. `signature` is base64. */
export type Signature = {
  readonly keyId: string;
  readonly algorithm: 'ed25519' | 'sm2';
  readonly signature: string;
};

/** A public key anyone may fetch. `key` is PEM for Ed25519, uncompressed hexadecimal for SM2. */
export type PublicKey = {
  readonly keyId: string;
  readonly algorithm: Signature['algorithm'];
  readonly key: string;
};

/** Signing, sealing and checking. Data keys are 32 bytes. */
export type CryptoProvider = {
  readonly sign: (bytes: Uint8Array) => Signature;
  readonly verify: (bytes: Uint8Array, signature: Signature) => boolean;
  readonly publicKey: () => PublicKey;
  /** Wraps a data key under the master key. */
  readonly sealKey: (dataKey: Buffer) => Buffer;
  /** Unwraps; throws a fault when the master key is another or the seal was touched. */
  readonly openKey: (sealed: Buffer) => Buffer;
  /** Keyed digest for looking up what must not be stored in clear text. */
  readonly mac: (data: string) => Buffer;
};
