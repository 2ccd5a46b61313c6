/**
 * Identifiers made by the application (design.md §7): UUIDv7, so that they sort by time and need no
 * sequence. Where a killed run must give the same ids as an undisturbed one, the random part is taken
 * from a digest of what the id stands for.
 */
import { hash } from 'node:crypto';
import { assert } from './result.ts';

/** A UUID in lower-case text form. */
export type Id = string;

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` has the form of an id of ours. */
export function isId(text: string): boolean {
  return idPattern.test(text);
}

/** UUIDv7 of `ms` since 1970 with ten bytes for its random part. */
export function uuidV7(ms: number, random: Uint8Array): Id {
  assert(random.length >= 10, 'a UUIDv7 needs ten random bytes');
  assert(Number.isSafeInteger(ms) && ms >= 0 && ms < 2 ** 48, `time out of range: ${ms}`);
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * UUIDv7 whose random part is a digest of `name` within `namespace`: the same inputs give the same
 * id, so that work repeated after a kill collides with itself instead of doubling.
 */
export function derivedId(ms: number, namespace: string, name: string): Id {
  return uuidV7(ms, hash('sha256', `${namespace}\0${name}`, 'buffer'));
}
