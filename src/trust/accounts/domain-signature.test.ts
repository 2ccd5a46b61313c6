/** Signatures on requests, against the vectors of RFC 9421 and everything that is nearly one. */
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { checkEd25519 } from '../../platform/crypto/index.ts';
import { checkClient, readPublicKey, writePublicKey } from './domain-client.ts';
import {
  type RequestParts,
  checkCoverage,
  contentDigest,
  isDigestOf,
  readSignature,
  signatureBase,
} from './domain-signature.ts';

const policy = {
  ...{ pastSeconds: 120, futureSeconds: 30, days: 400 },
  positions: ['data-clerk'],
};

// RFC 9421, appendix B.2 (the request), B.1.4 (the key), B.2.6 (the signature).
const headers: Readonly<Record<string, string>> = {
  host: 'example.com',
  date: 'Tue, 20 Apr 2021 02:07:55 GMT',
  'content-type': 'application/json',
  'content-length': '18',
};
const request: RequestParts = {
  ...{ method: 'POST', scheme: 'https', authority: 'example.com' },
  ...{ path: '/foo', query: '?param=Value&Pet=dog' },
  header: (name) => (Object.hasOwn(headers, name) ? headers[name]! : null),
};
const key = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
`;
const input =
  'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"';
const signature =
  'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:';

function holds(parts: RequestParts): boolean {
  const read = readSignature(input, signature);
  assert(read.ok, 'the vector is read');
  const base = signatureBase(read.value, parts);
  const point = readPublicKey(key);
  assert(base.ok && point.ok, 'base and key are read');
  return checkEd25519(point.value, Buffer.from(base.value), read.value.signature);
}

describe('a signed request', () => {
  it('of RFC 9421, appendix B.2.6, holds, letter by letter', () => {
    const read = readSignature(input, signature);
    assert(read.ok, 'the vector is read');
    expect(signatureBase(read.value, request)).toEqual({
      ok: true,
      value: `"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`,
    });
    expect(holds(request)).toBe(true);
    expect(holds({ ...request, method: 'PUT' })).toBe(false);
    expect(holds({ ...request, path: '/fo' })).toBe(false);
    expect(holds({ ...request, authority: 'example.org' })).toBe(false);
  });

  it.each([
    ['two signatures', `${input}, other=("@method");created=1`],
    ['white space that the standard does not write', input.replace('("date" ', '("date"  ')],
    ['components without a space between', input.replace('"date" "@method"', '"date""@method"')],
    ['a component twice', input.replace('"@path"', '"date"')],
    ['a parameter of a component', input.replace('"date"', '"date";sf')],
    ['a capital letter in a component', input.replace('"date"', '"Date"')],
    ['a parameter twice', `${input};created=1618884474`],
    ['a parameter nobody knows', `${input};tag="x"`],
    ['an instant in quotation marks', input.replace('created=1618884473', 'created="1618884473"')],
    ['an instant with a nought before it', input.replace('created=1', 'created=01')],
    ['an escaped character', input.replace('test-key', 'test\\"key')],
    ['a space at its end', `${input} `],
    ['no parameters where some are begun', `${input};`],
    ['a line break', input.replace('"date" ', '"date"\n')],
    ['more than is read', `${input};nonce="${'x'.repeat(2_000)}"`],
    ['nothing', ''],
  ])('is not read with %s', (_what, written) => {
    expect(readSignature(written, signature)).toMatchObject({
      refusal: { code: 'accounts.signature-form' },
    });
  });

  it.each([
    ['another label', signature.replace('sig-b26', 'sig')],
    ['two of them', `${signature}, ${signature}`],
    ['base64 with stray bits', signature.replace('RCw==', 'RCx==')],
    ['too few bytes', 'sig-b26=:AAAA:'],
    ['base64url', signature.replace('w6', '-_')],
    ['nothing', ''],
  ])('has one signature and not %s', (_what, written) => {
    expect(readSignature(input, written)).toMatchObject({
      refusal: { code: 'accounts.signature-form' },
    });
  });

  it('says its address whole, with the mark of a query that is not there', () => {
    const baseOf = (component: string, parts = request) =>
      signatureBase({ components: [component], text: '' }, parts);
    const whole = 'https://example.com/foo?param=Value&Pet=dog';
    expect(baseOf('@target-uri')).toMatchObject({
      value: `"@target-uri": ${whole}\n"@signature-params": `,
    });
    const bare = { ...request, query: '' };
    expect(baseOf('@query', bare)).toMatchObject({ value: `"@query": ?\n"@signature-params": ` });
    for (const name of ['@status', '@query-param', 'toString', 'signature', 'x-not-there']) {
      expect(baseOf(name)).toMatchObject({ refusal: { params: { part: name } } });
    }
  });

  const now = '2026-06-01T02:00:00.000Z' as Instant;
  const nowSeconds = 1_780_279_200;
  const all = '"@method" "@authority" "@target-uri" "content-digest"';
  const covering = (components: string, changed: Readonly<Record<string, string>> = {}) => {
    const given: Record<string, string> = {
      ...{ created: String(nowSeconds), nonce: '"0123456789abcdef"', keyid: '"client-1"' },
      ...{ alg: '"ed25519"', ...changed },
    };
    const params = Object.entries(given).map(([name, value]) =>
      value === '' ? '' : `;${name}=${value}`,
    );
    const read = readSignature(
      `s=(${components})${params.join('')}`,
      signature.replace('sig-b26', 's'),
    );
    assert(read.ok, 'it is read');
    return checkCoverage(policy, read.value, { now, hasBody: true });
  };

  it('covers method, authority, address and the digest of its body', () => {
    expect(covering(all).ok).toBe(true);
    expect(covering('"@method" "@authority" "@path" "@query" "content-digest"').ok).toBe(true);
    for (const [without, part] of [
      ['"@authority" "@target-uri" "content-digest"', '@method'],
      ['"@method" "@target-uri" "content-digest"', '@authority'],
      ['"@method" "@authority" "@path" "content-digest"', '@target-uri'],
      ['"@method" "@authority" "@target-uri"', 'content-digest'],
    ] as const) {
      expect(covering(without)).toMatchObject({ refusal: { params: { part } } });
    }
  });

  it('names its algorithm, its key and a nonce long enough', () => {
    for (const [part, value] of [
      ['alg', '"hmac-sha256"'],
      ['alg', ''],
      ['keyid', ''],
      ['nonce', ''],
      ['nonce', '"short"'],
      ['nonce', '"with a space in it"'],
      ['created', ''],
    ] as const) {
      expect(covering(all, { [part]: value })).toMatchObject({ refusal: { params: { part } } });
    }
  });

  it('was made now: the limits themselves are in time, a second beyond is not', () => {
    const at = (shift: number) => covering(all, { created: String(nowSeconds + shift) }).ok;
    expect([at(-121), at(-120), at(30), at(31)]).toEqual([false, true, true, false]);
    const until = (shift: number) => covering(all, { expires: String(nowSeconds + shift) }).ok;
    expect([until(-1), until(0)]).toEqual([false, true]);
  });

  it('is of the body its digest was made of, and of no other', () => {
    const body = Buffer.from('{"hello": "world"}');
    // RFC 9530, appendix B.1.
    const digest = 'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:';
    expect(contentDigest(body)).toBe(digest);
    expect(isDigestOf(digest, body)).toBe(true);
    expect(isDigestOf(digest, Buffer.from('{"hello": "World"}'))).toBe(false);
    expect(isDigestOf(`${digest}, sha-512=:AAAA:`, body)).toBe(false);
    expect(isDigestOf('', body)).toBe(false);
  });
});

describe('a key of a client', () => {
  const asked = { positions: ['data-clerk'], today: '2026-06-01' as never };

  it('is Ed25519, as PEM or base64, and is kept in one way', () => {
    const bare = 'MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=';
    for (const text of [key, bare, key.replaceAll('\n', '\r\n')]) {
      const point = readPublicKey(text);
      expect(point.ok && writePublicKey(point.value)).toBe(bare);
    }
    const small = writePublicKey(Buffer.alloc(32));
    const private_ = '-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n-----END PRIVATE KEY-----';
    for (const text of ['', 'x', private_, `${bare}AAAA`, small, bare.replace('MCow', 'MCox')]) {
      expect(readPublicKey(text)).toMatchObject({ refusal: { code: 'accounts.bad-key' } });
    }
  });

  it('has a last day that is neither past nor too far, and a position for programs', () => {
    const check = (validUntil: string, positions = ['data-clerk']) => {
      const found = checkClient(policy, { publicKey: key, validUntil }, { ...asked, positions });
      return found.ok ? 'ok' : found.refusal.code;
    };
    expect(check('2026-06-01')).toBe('ok');
    expect(check('2027-07-06')).toBe('ok');
    for (const day of ['2026-05-31', '2027-07-07', '2026-6-1', '2026-02-30', '']) {
      expect(check(day)).toBe('accounts.bad-until');
    }
    expect(check('2026-06-01', ['data-clerk', 'data-reviewer'])).toBe(
      'accounts.position-for-persons',
    );
  });
});
