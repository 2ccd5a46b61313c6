/** A client that signs its requests with a library that is not ours: what it makes, the office has to take. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { instantMs } from '../../src/kernel/day.ts';
import type { TestInstallation } from '../installation.ts';
import { type Office, officePath } from './office-city.ts';

/** A pair of keys, the public one as it is handed over. */
export function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}
export type KeyPair = ReturnType<typeof keyPair>;

/** A request that was signed, before it is sent: tests change it on its way. */
export type Signed = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
};

/** How a request is signed otherwise than usual. */
export type Signing = {
  readonly fields?: readonly string[];
  readonly shiftSeconds?: number;
  readonly nonce?: string;
  readonly origin?: string;
};

let count = 0;

/** The client `code` of a city, with its key. */
export function signingClient(city: TestInstallation, office: Office, code: string) {
  async function signed(
    pair: KeyPair,
    asked: { readonly method: string; readonly path: string; readonly body?: object },
    how: Signing = {},
  ): Promise<Signed> {
    const body = asked.body === undefined ? null : JSON.stringify(asked.body);
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('base64');
    const url = `${how.origin ?? 'http://localhost'}${officePath}${asked.path}`;
    count += 1;
    const message = {
      ...{ method: asked.method, url },
      headers: {
        'user-agent': 'test client',
        ...(body === null
          ? {}
          : { 'content-type': 'application/json', 'content-digest': `sha-256=:${digest}:` }),
      },
    };
    const fields = how.fields ?? [
      ...['@method', '@authority', '@target-uri'],
      ...(body === null ? [] : ['content-digest']),
    ];
    const done = await httpbis.signMessage(
      {
        key: {
          ...{ id: code, alg: 'ed25519' },
          sign: (bytes) => Promise.resolve(sign(null, bytes, pair.privateKey)),
        },
        fields: [...fields],
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: {
          created: new Date(instantMs(city.clock.now()) + (how.shiftSeconds ?? 0) * 1000),
          nonce: how.nonce ?? `nonce-of-a-test-${String(count).padStart(6, '0')}`,
        },
      },
      message,
    );
    return { ...message, headers: done.headers as Record<string, string>, body };
  }

  async function send({ method, url, headers, body }: Signed) {
    const reply = await office.app.request(url, {
      ...{ method, headers },
      ...(body === null ? {} : { body }),
    });
    return { status: reply.status, body: (await reply.json()) as { code?: string } };
  }

  return { signed, send };
}
