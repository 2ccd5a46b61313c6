/**
 * HTTP message signatures (RFC 9421), read strictly: one signature, one way to write it, every component
 * once. What is not written exactly as the standard serialises it is refused, so that what was signed and
 * what is acted on can not be two things. Pure.
 */
import { createHash } from 'node:crypto';
import { readBase64 } from '../../kernel/base64.ts';
import { type Instant, instantMs } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { ClientPolicy } from './domain-client.ts';

/** What of a request can be signed. `path` and `query` as they were sent; `query` begins with `?`. */
export type RequestParts = {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
  /** The value of a header, `null` where it is not there. */
  readonly header: (name: string) => string | null;
};

/** Parameters of a signature; `null`: not given. Instants in seconds since 1970. */
export type SignatureParams = {
  readonly created: number | null;
  readonly expires: number | null;
  readonly nonce: string | null;
  readonly keyid: string | null;
  readonly alg: string | null;
};

/** One signature as it was read. `text`: components and parameters, exactly as they are signed. */
export type SignatureRead = {
  readonly components: readonly string[];
  readonly params: SignatureParams;
  readonly text: string;
  readonly signature: Buffer;
};

/** Characters of one of the two headers, at most. */
export const signatureCharsMax = 2_000;
const componentsMax = 16;
const signatureBytes = 64;

const bad = (part: string) => refuse('accounts.signature-form', { part });

const parameterForm = /^;([a-z]+)=(?:(0|[1-9]\d{0,11})|"([\x20\x21\x23-\x5b\x5d-\x7e]{1,200})")/;
const numbers: ReadonlySet<string> = new Set(['created', 'expires']);
const texts: ReadonlySet<string> = new Set(['nonce', 'keyid', 'alg']);

function readParams(text: string): SignatureParams | null {
  const given = new Map<string, number | string>();
  let rest = text;
  while (rest !== '') {
    const found = parameterForm.exec(rest);
    if (found === null) return null;
    const [whole, key = '', figure, words] = found;
    const known = figure === undefined ? texts.has(key) : numbers.has(key);
    if (!known || given.has(key)) return null;
    given.set(key, figure === undefined ? words! : Number(figure));
    rest = rest.slice(whole.length);
  }
  const of = <T>(key: string) => (given.get(key) ?? null) as T | null;
  return {
    ...{ created: of<number>('created'), expires: of<number>('expires') },
    ...{ nonce: of<string>('nonce'), keyid: of<string>('keyid'), alg: of<string>('alg') },
  };
}

const inputForm =
  /^([a-z*][a-z0-9_.*-]{0,40})=(\(((?:"[a-z0-9@-]{1,60}"(?: "[a-z0-9@-]{1,60}"){0,31})?)\)(.*))$/;

/**
 * Reads `Signature-Input` and `Signature`: exactly one signature under one label. Refuses
 * `accounts.signature-form {part}`: not written as RFC 9421 and RFC 8941 serialise it, a component or
 * parameter twice, one that is not known here, or too long.
 */
export function readSignature(input: string, signature: string): Result<SignatureRead> {
  if (input.length > signatureCharsMax || signature.length > signatureCharsMax) {
    return bad('length');
  }
  const found = inputForm.exec(input);
  if (found === null) return bad('signature-input');
  const [, label = '', text = '', inner = '', tail = ''] = found;
  const components = inner === '' ? [] : inner.split(' ').map((one) => one.slice(1, -1));
  if (components.length > componentsMax || new Set(components).size < components.length) {
    return bad('components');
  }
  const params = readParams(tail);
  if (params === null) return bad('parameters');
  const value = /^([^=]+)=:([A-Za-z0-9+/=]+):$/.exec(signature);
  const bytes = value?.[1] === label ? readBase64(value[2]!) : null;
  if (bytes?.length !== signatureBytes) return bad('signature');
  return ok({ components, params, text, signature: bytes });
}

const derived: Readonly<Record<string, (parts: RequestParts) => string>> = {
  '@method': ({ method }) => method,
  '@scheme': ({ scheme }) => scheme,
  '@authority': ({ authority }) => authority,
  '@path': ({ path }) => path,
  '@query': ({ query }) => (query === '' ? '?' : query),
  '@target-uri': ({ scheme, authority, path, query }) => `${scheme}://${authority}${path}${query}`,
};

function valueOf(component: string, parts: RequestParts): string | null {
  if (Object.hasOwn(derived, component)) return derived[component]!(parts);
  // Fields of the signature itself would sign themselves.
  if (component.startsWith('@') || /^signature(-input)?$/.test(component)) return null;
  return parts.header(component)?.trim() ?? null;
}

/**
 * The text that is signed (RFC 9421 §2.5). Refuses `accounts.signature-form {part}` for a component
 * that is not known, or a header that is not there.
 */
export function signatureBase(
  { components, text }: Pick<SignatureRead, 'components' | 'text'>,
  parts: RequestParts,
): Result<string> {
  const lines: string[] = [];
  for (const component of components) {
    const value = valueOf(component, parts);
    if (value === null || /[^\x20-\x7e]/.test(value)) return bad(component);
    lines.push(`"${component}": ${value}`);
  }
  return ok([...lines, `"@signature-params": ${text}`].join('\n'));
}

/** A signature that covers what it has to, by whom it says. */
export type Signed = {
  readonly read: SignatureRead;
  readonly keyid: string;
  readonly nonce: string;
  /** Until when a copy would be in time, in milliseconds since 1970. */
  readonly inTimeUntilMs: number;
};

const nonceForm = /^[A-Za-z0-9._~+/=-]{16,100}$/;

/**
 * Whether a signature covers method, authority, address and, where there is a body, its digest; names
 * its key, algorithm and nonce; and was made now, by the limits of the rulebook. Refuses
 * `accounts.signature-form {part}`, `accounts.signature-stale {past, future}`.
 */
export function checkCoverage(
  policy: ClientPolicy,
  read: SignatureRead,
  at: { readonly now: Instant; readonly hasBody: boolean },
): Result<Signed> {
  const covers = (...names: string[]) => names.every((name) => read.components.includes(name));
  const missing = ['@method', '@authority'].find((name) => !covers(name));
  if (missing !== undefined) return bad(missing);
  if (!covers('@target-uri') && !covers('@path', '@query')) return bad('@target-uri');
  if (at.hasBody && !covers('content-digest')) return bad('content-digest');
  const { created, expires, nonce, keyid, alg } = read.params;
  if (alg !== 'ed25519') return bad('alg');
  if (keyid === null) return bad('keyid');
  if (nonce === null || !nonceForm.test(nonce)) return bad('nonce');
  if (created === null) return bad('created');
  const nowMs = instantMs(at.now);
  const { pastSeconds: past, futureSeconds: future } = policy;
  const lastMs = Math.min((created + past) * 1000, expires === null ? Infinity : expires * 1000);
  if (created * 1000 > nowMs + future * 1000 || nowMs > lastMs) {
    return refuse('accounts.signature-stale', { past, future });
  }
  return ok({ read, keyid, nonce, inTimeUntilMs: (created + past) * 1000 });
}

/** The digest of a body as its header has it (RFC 9530). */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/** Whether a body is the one its `Content-Digest` (RFC 9530, sha-256 and nothing beside it) was made of. */
export function isDigestOf(header: string, body: Uint8Array): boolean {
  return header === contentDigest(body);
}

/** Components and parameters of a request to be signed, written as they are signed. */
export function signatureText(
  components: readonly string[],
  params: { readonly created: number; readonly nonce: string; readonly keyid: string },
): string {
  const { created, nonce, keyid } = params;
  const named = components.map((one) => `"${one}"`).join(' ');
  return `(${named});created=${created};nonce="${nonce}";keyid="${keyid}";alg="ed25519"`;
}
