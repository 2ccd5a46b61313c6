/**
 * Canonical bytes and digests. One value has one JSON text: keys sorted by code unit, no blanks, no
 * `undefined`; big integers as decimal strings are the caller's business. Follows RFC 8785 for the
 * values we use (strings, safe integers, booleans, null, arrays, objects).
 */
import { hash } from 'node:crypto';
import { assert } from './result.ts';

/** What canonical JSON accepts. Numbers must be safe integers: amounts are 分, never fractions. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The one JSON text of a value. Faults on fractions and unsafe integers. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quoteJson(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value), `canonical JSON holds safe integers only: ${value}`);
    return String(value);
  }
  return isList(value) ? listText(value) : objectText(value);
}

// Characters JSON escapes, and surrogates, which may be alone.
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** The JSON text of a string. Most need no escaping, and asking is cheaper than doing. */
export function quoteJson(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function listText(list: readonly Json[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ',';
    text += canonicalJson(list[index]!);
  }
  return `${text}]`;
}

function objectText(object: { readonly [key: string]: Json | undefined }): string {
  const keys = Object.keys(object);
  if (!isSorted(keys)) keys.sort();
  let text = '{';
  for (const key of keys) {
    const item = object[key];
    if (item === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${quoteJson(key)}:${canonicalJson(item)}`;
  }
  return `${text}}`;
}

function isSorted(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index += 1) {
    if (keys[index - 1]! > keys[index]!) return false;
  }
  return true;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** SHA-256 of text (UTF-8) or bytes. */
export function sha256(data: string | Uint8Array): Buffer {
  return hash('sha256', data, 'buffer');
}

/** SHA-256 in lower-case hexadecimal. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
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
  // One buffer and one call: a hash object of its own costs several times the hashing.
  const at = commitmentDomain.length + salt.length;
  const bytes = Buffer.allocUnsafe(at + Buffer.byteLength(content));
  bytes.set(commitmentDomain);
  bytes.set(salt, commitmentDomain.length);
  bytes.write(content, at);
  return hash('sha256', bytes, 'buffer');
}
