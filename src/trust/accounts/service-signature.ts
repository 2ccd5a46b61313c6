/** Who signed a request: the client, or why it is not taken. */
import { instantFromMs } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Clock } from '../../platform/clock.ts';
import { checkEd25519 } from '../../platform/crypto/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ClientPolicy } from './domain-client.ts';
import {
  type RequestParts,
  checkCoverage,
  isDigestOf,
  readSignature,
  signatureBase,
} from './domain-signature.ts';
import type { Account } from './store.ts';
import { findSigner, takeNonce } from './store-clients.ts';

/** What checking signatures needs. */
export type SignatureDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly clientPolicy: () => ClientPolicy;
  /** Whether sample clients count: in sample installations only. */
  readonly sample: boolean;
};

/** A request that says it is signed. `body`: `null` where the request has none. */
export type SignedRequest = {
  readonly parts: RequestParts;
  readonly body: (() => Promise<Result<Uint8Array>>) | null;
};

// The key of RFC 8032 §7.1, test 1: whoever is not known is checked as slowly as whoever is.
const nobodysKey = Buffer.from(
  'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  'hex',
);

// Clocks of two servers on one database may differ: a nonce is kept a little longer than it could count.
const keptLongerMs = 60_000;

/**
 * The client that signed a request. What can be said without knowing any client is said first; an
 * unknown client and a wrong signature are told alike. Refuses `accounts.signature-form {part}`,
 * `accounts.signature-stale`, what reading the body refuses, `accounts.bad-digest`,
 * `accounts.bad-signature`, `accounts.client-ended`, `accounts.replayed`.
 */
export async function signerOf(
  deps: SignatureDeps,
  { parts, body }: SignedRequest,
): Promise<Result<Account>> {
  const { database, clock } = deps;
  const read = readSignature(
    parts.header('signature-input') ?? '',
    parts.header('signature') ?? '',
  );
  if (!read.ok) return read;
  const at = { now: clock.now(), hasBody: body !== null };
  const signed = checkCoverage(deps.clientPolicy(), read.value, at);
  if (!signed.ok) return signed;
  const base = signatureBase(read.value, parts);
  if (!base.ok) return base;
  if (body !== null) {
    const bytes = await body();
    if (!bytes.ok) return bytes;
    const digest = parts.header('content-digest') ?? '';
    if (!isDigestOf(digest, bytes.value)) return refuse('accounts.bad-digest');
  }
  const { keyid, nonce, inTimeUntilMs } = signed.value;
  const signer = await findSigner(database, keyid);
  const key = signer?.client.publicKey ?? nobodysKey;
  const holds = checkEd25519(key, Buffer.from(base.value), read.value.signature);
  if (!holds || signer === null) return refuse('accounts.bad-signature');
  const { account, client } = signer;
  const isOver = account.disabledAt !== null || client.validUntil < clock.today();
  if (isOver || (account.sample && !deps.sample)) return refuse('accounts.client-ended');
  const expiresAt = instantFromMs(inTimeUntilMs + keptLongerMs);
  const isFirst = await takeNonce(database, { account: account.code, nonce, expiresAt });
  return isFirst ? ok(account) : refuse('accounts.replayed');
}

/** The client a request says it is of, for the record of what was denied; `null` where that can not be read. */
export function claimedSigner(parts: RequestParts): string | null {
  const read = readSignature(
    parts.header('signature-input') ?? '',
    parts.header('signature') ?? '',
  );
  return read.ok ? (read.value.params.keyid?.slice(0, 40) ?? null) : null;
}
