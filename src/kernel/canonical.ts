/**
 * Canonical bytes and digests. One value has one JSON text: keys sorted by code unit, no blanks, no
 * `undefined`; big integers as decimal strings are the caller's business. Follows RFC 8785 for the
 * values we use (strings, safe integers, booleans, null, arrays, objects).
 */
import { createHash } from 'node:crypto';
import { assert } from './result.ts';

/** What canonical JSON accepts. Numbers must be safe integers: amounts are 分, never fractions. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The one JSON text of a value. Faults on fractions and unsafe integers. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), `canonical JSON holds safe integers only: ${value}`);
    return String(value);
  }
  if (isList(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const parts: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(item)}`);
  }
  return `{${parts.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** SHA-256 of text (UTF-8) or bytes. */
export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Digest of a value's canonical JSON: 64 hexadecimal characters. */
export function digestOf(value: Json): string {
  return sha256Hex(canonicalJson(value));
}

const commitmentDomain = Buffer.from('xinheng/commitment/v1\0');

/**
 * Salted commitment to `content`: SHA-256(domain ‖ salt ‖ canonical bytes). Whoever has salt and
 * content can check it; once the salt is destroyed (erasure) the commitment says nothing any more.
 */
export function commitmentOf(salt: Uint8Array, content: string): Buffer {
  assert(salt.length === 16, 'a commitment salt has 16 bytes');
  return createHash('sha256').update(commitmentDomain).update(salt).update(content).digest();
}
