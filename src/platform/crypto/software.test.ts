import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { sm2, sm3 } from 'sm-crypto-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharedJson } from '../../../tests/shared-data.ts';
import { softwareCrypto, verifyWith } from './software.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(resolve(tmpdir(), 'xinheng-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = Buffer.from('回执 receipt 2026-06-01');

describe.each(['ed25519', 'sm2'] as const)('signing with %s', (algorithm) => {
  it('is checked by anyone who holds the public key, and by nothing else', () => {
    const crypto = softwareCrypto(folder, algorithm);
    const signature = crypto.sign(text);
    expect(crypto.verify(text, signature)).toBe(true);
    expect(verifyWith(crypto.publicKey(), text, signature)).toBe(true);

    const changed = Buffer.from(text);
    changed[3]! ^= 1;
    expect(verifyWith(crypto.publicKey(), changed, signature)).toBe(false);
    const foreign = softwareCrypto(resolve(folder, 'other'), algorithm);
    expect(verifyWith(foreign.publicKey(), text, signature)).toBe(false);
    expect(verifyWith({ ...foreign.publicKey(), keyId: signature.keyId }, text, signature)).toBe(
      false,
    );
  });

  it('is one text: another one that happens to decode to the same bytes is no signature', () => {
    const crypto = softwareCrypto(folder, algorithm);
    const signature = crypto.sign(text);
    const bent = [`${signature.signature} `, signature.signature.replace(/=+$/, ''), '', '=']
      .concat(
        [...'AQgw'].map((last) => signature.signature.replace(/.(=*)$/, `${last}$1`)),
        signature.signature.replace('+', '-').replace('/', '_'),
      )
      .filter((one) => one !== signature.signature);
    for (const one of bent) {
      expect(crypto.verify(text, { ...signature, signature: one }), one).toBe(false);
      const kept = { ...signature, signature: one };
      expect(verifyWith(crypto.publicKey(), text, kept), one).toBe(false);
    }
  });

  it('keeps its key: what was signed before a restart is checked after it', () => {
    const signature = softwareCrypto(folder, algorithm).sign(text);
    expect(softwareCrypto(folder, algorithm).verify(text, signature)).toBe(true);
  });

  it('does not take one algorithm’s signature for the other’s', () => {
    const crypto = softwareCrypto(folder, algorithm);
    const other = algorithm === 'sm2' ? 'ed25519' : 'sm2';
    const signature = { ...crypto.sign(text), algorithm: other } as const;
    expect(verifyWith(crypto.publicKey(), text, signature)).toBe(false);
  });
});

describe('the national algorithms give the answers of others', () => {
  const hex = (bytes: string) => Uint8Array.from(Buffer.from(bytes, 'hex'));

  it('SM3 digests of GB/T 32905', ({ skip }) => {
    const cases = sharedJson<{ msg_hex: string; digest_hex: string }[]>('test-vectors/sm/sm3.json');
    skip(cases === null, '../shared/data/test-vectors is absent');
    for (const { msg_hex, digest_hex } of cases!) expect(sm3(hex(msg_hex))).toBe(digest_hex);
  });

  it('SM2 signatures made by OpenSSL', ({ skip }) => {
    type Vectors = {
      private_key_pem: string;
      verify: { prehashed_input: string; signature_der: string; result: string }[];
    };
    const vectors = sharedJson<Vectors>('test-vectors/sm/sm2-openssl.json');
    skip(vectors === null, '../shared/data/test-vectors is absent');
    // The last 65 bytes of the key file are the public point.
    const der = Buffer.from(vectors!.private_key_pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const publicKey = der.subarray(der.length - 65).toString('hex');
    for (const { prehashed_input, signature_der, result } of vectors!.verify) {
      const digest = prehashed_input.toLowerCase();
      const signature = signature_der.toLowerCase();
      const holds = sm2.doVerifySignature(hex(digest), signature, publicKey, { der: true });
      expect(holds).toBe(result === 'valid');
    }
  });
});

describe('keys in files', () => {
  it('are readable by the service only', () => {
    softwareCrypto(folder, 'sm2');
    softwareCrypto(folder);
    for (const name of readdirSync(folder)) {
      expect(statSync(resolve(folder, name)).mode & 0o077, name).toBe(0);
    }
    expect(readdirSync(folder).sort()).toEqual([
      'master.key',
      'signing-ed25519.pem',
      'signing-sm2.hex',
    ]);
  });

  it('are the same for starters that come at once', () => {
    const script = `
      import { softwareCrypto } from './src/platform/crypto/software.ts';
      console.log(softwareCrypto(process.argv[1]).publicKey().keyId);`;
    const starter = `for i in 1 2 3 4; do node --import tsx --input-type=module -e "$1" "$2" & done; wait`;
    const run = spawnSync('bash', ['-c', starter, 'bash', script, folder], { encoding: 'utf8' });
    const ids = run.stdout.trim().split('\n');
    expect(ids, run.stderr).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
  });

  it('are refused when the master key is not one', () => {
    writeFileSync(resolve(folder, 'master.key'), 'too short');
    expect(() => softwareCrypto(folder)).toThrow(/64 hexadecimal digits/);
  });
});

describe('sealing a data key', () => {
  it('gives it back, and notices any change of a bit', () => {
    const crypto = softwareCrypto(folder);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(479), (key, bit) => {
        const sealed = crypto.sealKey(Buffer.from(key));
        expect(crypto.openKey(sealed).equals(Buffer.from(key))).toBe(true);
        sealed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => crypto.openKey(sealed)).toThrow();
      }),
    );
  });

  it('cannot be opened by another installation', () => {
    const sealed = softwareCrypto(folder).sealKey(randomBytes(32));
    expect(() => softwareCrypto(resolve(folder, 'other')).openKey(sealed)).toThrow();
  });

  it('looks up by a digest that says nothing without the key', () => {
    const mac = softwareCrypto(folder).mac('91320100MAXX000900');
    expect(softwareCrypto(folder).mac('91320100MAXX000900')).toEqual(mac);
    expect(softwareCrypto(resolve(folder, 'other')).mac('91320100MAXX000900')).not.toEqual(mac);
    expect(mac).not.toEqual(createHash('sha256').update('91320100MAXX000900').digest());
  });
});
