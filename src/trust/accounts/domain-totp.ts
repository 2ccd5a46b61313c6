/** One-time codes by time (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator reads them. */
import { createHmac, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** Bytes of a secret. */
export const secretBytes = 32;
// A phone's clock may be a step behind or ahead.
const drift = 1;

/** The code of a time step. `length`: number of digits. */
export function codeAt(secret: Buffer, step: number, length = digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0x0f;
  const number = mac.readUInt32BE(offset) % 2 ** 31;
  return String(number % 10 ** length).padStart(length, '0');
}

/** The time step of an instant, in seconds since 1970. */
export function stepOf(seconds: number): number {
  return Math.floor(seconds / stepSeconds);
}

/** The second in which a time step begins. */
export function secondOf(step: number): number {
  return step * stepSeconds;
}

/**
 * The step whose code was given, or `null`. `last`: the step accepted last; it and those before it open
 * nothing any more, so that a code that was watched is worth nothing.
 */
export function acceptedStep(
  secret: Buffer,
  given: string,
  seconds: number,
  last: number | null,
): number | null {
  if (!/^\d{6}$/.test(given)) return null;
  const now = stepOf(seconds);
  let found: number | null = null;
  for (let step = now - drift; step <= now + drift; step += 1) {
    const isIt = timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(given));
    if (isIt && (last === null || step > last)) found ??= step;
  }
  return found;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648), as authenticators take secrets. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((part) => letters[Number.parseInt(part.padEnd(5, '0'), 2)])
    .join('');
}

/** The address an authenticator reads out of a picture. */
export function enrolmentUri(issuer: string, account: string, secret: Buffer): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
