/** Keys in files: var/keys, readable by the service only. For laptops, sample cities and tests. */
import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { readBase64 } from '../../kernel/base64.ts';
import { assert } from '../../kernel/result.ts';
import type { CryptoProvider, PublicKey, Signature } from './provider.ts';

/** GB/T 32918's default identity; peers that use another cannot check our signatures. */
const sm2Options = { der: true, hash: true, userId: '1234567812345678' } as const;

/**
 * Reads a key file, or makes it once: written aside, brought to the disk, then linked to its name, which
 * fails where another starter was first; so all starters read the same key, and never half of one.
 */
function keyFile(path: string, make: () => string): string {
  if (!existsSync(path)) {
    const aside = `${path}.${randomBytes(6).toString('hex')}`;
    const file = openSync(aside, 'wx', 0o600);
    try {
      writeFileSync(file, make());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(aside, path);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault;
    } finally {
      rmSync(aside, { force: true });
    }
  }
  return readFileSync(path, 'utf8');
}

type Signer = Pick<CryptoProvider, 'sign' | 'verify' | 'publicKey'>;

function ed25519Signer(folder: string): Signer {
  const pem = keyFile(resolve(folder, 'signing-ed25519.pem'), () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keyId = keyIdOf(publicPem);
  return {
    sign: (bytes) => ({
      keyId,
      algorithm: 'ed25519',
      signature: sign(null, bytes, privateKey).toString('base64'),
    }),
    verify: (bytes, signature) =>
      signature.keyId === keyId && verifyEd25519(bytes, signature.signature, publicKey),
    publicKey: () => ({ keyId, algorithm: 'ed25519', key: publicPem }),
  };
}

/** Order of the SM2 curve of GB/T 32918.5. */
const sm2Order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/**
 * A private key in [1, n-2], drawn until it fits. The library's own key from a given seed is always 1
 * (it takes the remainder by one), and is not used.
 */
function freshSm2Key(): string {
  for (;;) {
    const hex = randomBytes(32).toString('hex');
    const key = BigInt(`0x${hex}`);
    if (key >= 1n && key <= sm2Order - 2n) return hex;
  }
}

function sm2Signer(folder: string): Signer {
  const privateKey = keyFile(resolve(folder, 'signing-sm2.hex'), freshSm2Key).trim();
  const publicKey = sm2.getPublicKeyFromPrivateKey(privateKey);
  const keyId = keyIdOf(publicKey);
  return {
    sign: (bytes) => ({
      keyId,
      algorithm: 'sm2',
      signature: Buffer.from(
        sm2.doSignature(Uint8Array.from(bytes), privateKey, { ...sm2Options, publicKey }),
        'hex',
      ).toString('base64'),
    }),
    verify: (bytes, signature) =>
      signature.keyId === keyId && verifySm2(bytes, signature.signature, publicKey),
    publicKey: () => ({ keyId, algorithm: 'sm2', key: publicKey }),
  };
}

function verifyEd25519(bytes: Uint8Array, signature: string, publicKey: KeyObject): boolean {
  const read = readBase64(signature);
  return read !== null && verify(null, bytes, publicKey, read);
}

function verifySm2(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  const hex = readBase64(signature)?.toString('hex');
  if (hex === undefined) return false;
  return sm2.doVerifySignature(Uint8Array.from(bytes), hex, publicKey, sm2Options);
}

// SPKI of an Ed25519 key is this and the 32 bytes of the point (RFC 8410).
const ed25519Spki = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether an Ed25519 signature over bytes is by this point (32 bytes). */
export function checkEd25519(point: Buffer, bytes: Uint8Array, signature: Buffer): boolean {
  const der = Buffer.concat([ed25519Spki, point]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return verify(null, bytes, key, signature);
}

/** Whether an SM2 signature (DER, GB/T 32918 with the default identity) over bytes is by this point (65 bytes). */
export function checkSm2(point: Buffer, bytes: Uint8Array, signature: Buffer): boolean {
  return verifySm2(bytes, signature.toString('base64'), point.toString('hex'));
}

function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

/**
 * The software provider over the key files in `folder` (made when missing). The signing algorithm is
 * Ed25519, or SM2 where the operator must use national algorithms.
 */
export function softwareCrypto(
  folder: string,
  algorithm: Signature['algorithm'] = 'ed25519',
): CryptoProvider {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hex = keyFile(resolve(folder, 'master.key'), () => randomBytes(32).toString('hex'));
  const master = Buffer.from(hex.trim(), 'hex');
  assert(master.length === 32, 'master.key must hold 64 hexadecimal digits');
  const macKey = createHmac('sha256', master).update('xinheng/mac/v1').digest();
  const signer = algorithm === 'sm2' ? sm2Signer(folder) : ed25519Signer(folder);
  return {
    ...signer,
    sealKey(dataKey) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', master, nonce);
      const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    openKey(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', master, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
    },
    mac: (data) => createHmac('sha256', macKey).update(data).digest(),
  };
}

/** Checks a signature with nothing but a published public key; for receipts held by departments. */
export function verifyWith(publicKey: PublicKey, bytes: Uint8Array, signature: Signature): boolean {
  if (publicKey.algorithm !== signature.algorithm || publicKey.keyId !== signature.keyId) {
    return false;
  }
  return publicKey.algorithm === 'ed25519'
    ? verifyEd25519(bytes, signature.signature, createPublicKey(publicKey.key))
    : verifySm2(bytes, signature.signature, publicKey.key);
}
