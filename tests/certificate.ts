/** A certificate of localhost for tests, signed by itself: written in DER here, so that no program is needed for it. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  assert(body.length < 0x10000);
  const size = Buffer.of(body.length >> 8, body.length & 0xff);
  const length = body.length < 128 ? size.subarray(1) : Buffer.concat([Buffer.of(0x82), size]);
  return Buffer.concat([Buffer.of(tag), length, body]);
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(6, Buffer.from(hex, 'hex'));

const [ecdsaSha256, commonName, alternativeNames] = ['2a8648ce3d040302', '550403', '551d11'];

/** Key and certificate of `localhost` and 127.0.0.1 as PEM, valid from `from` on for a day. */
export function ownCertificate(from: Date): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const time = (at: Date) =>
    der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
  const name = sequence(der(0x31, sequence(oid(commonName), der(12, Buffer.from('localhost')))));
  const algorithm = sequence(oid(ecdsaSha256));
  const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)));
  const told = sequence(
    der(0xa0, der(2, Buffer.of(2))),
    der(2, Buffer.of(1)),
    algorithm,
    name,
    sequence(
      time(new Date(from.getTime() - 3_600_000)),
      time(new Date(from.getTime() + 86_400_000)),
    ),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(alternativeNames), der(4, names)))),
  );
  const signature = sign('sha256', told, privateKey);
  const whole = sequence(told, algorithm, der(3, Buffer.of(0), signature));
  const lines = whole
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim();
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
