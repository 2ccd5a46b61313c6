/** What the rulebook asks of API clients, and which keys they may have. Pure. */
import { readBase64 } from '../../kernel/base64.ts';
import { type Day, addDays, parseDay } from '../../kernel/day.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';

/** Limits of clients as they are in force. */
export type ClientPolicy = {
  /** How long before it arrives a signature may have been made. */
  readonly pastSeconds: number;
  /** How far ahead a client's clock may be. */
  readonly futureSeconds: number;
  /** For how many days a key is given at most. */
  readonly days: number;
  /** Positions a program may hold; the others are for persons. */
  readonly positions: readonly string[];
};

/** The policy in force on a day at a place. */
export function clientPolicyOn(rulebook: Rulebook, on: Day, place: string): ClientPolicy {
  const { figure, value } = limitsUnder(rulebook, 'clients.', on, place);
  const positions = value('positions');
  assert(typeof positions === 'string', `no limit clients.positions in force on ${on}`);
  return {
    pastSeconds: figure('created.past-seconds'),
    futureSeconds: figure('created.future-seconds'),
    days: figure('days'),
    positions: positions.split(',').map((one) => one.trim()),
  };
}

// SPKI of an Ed25519 key is this and the 32 bytes of the point (RFC 8410).
const spki = Buffer.from('302a300506032b6570032100', 'hex');

// Points of small order: under such a key signatures hold that nobody made. Without the bit of the sign.
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isSmall(point: Buffer): boolean {
  const bare = Buffer.from(point);
  bare[31] = bare[31]! & 0x7f;
  return smallOrder.has(bare.toString('hex'));
}

/**
 * The 32 bytes of an Ed25519 public key written as SPKI, in PEM or the base64 of it alone. Refuses
 * `accounts.bad-key`: another kind of key, a private one, or a point under which anything holds.
 */
export function readPublicKey(text: string): Result<Buffer> {
  const pem = /^-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END PUBLIC KEY-----$/.exec(
    text.trim(),
  );
  const bytes = readBase64((pem?.[1] ?? text).replaceAll(/\s/g, ''));
  const isOurs = bytes?.length === spki.length + 32 && bytes.subarray(0, spki.length).equals(spki);
  if (!isOurs) return refuse('accounts.bad-key');
  const point = bytes.subarray(spki.length);
  return isSmall(point) ? refuse('accounts.bad-key') : ok(point);
}

/** A public key as it is written down: base64 of its SPKI. */
export function writePublicKey(point: Buffer): string {
  return Buffer.concat([spki, point]).toString('base64');
}

/** What makes an account a client: its key as SPKI in base64, and the last day on which it counts. */
export type ClientWanted = { readonly publicKey: string; readonly validUntil: string };

/**
 * What a client is to be, its key in the one way keys are kept. Refuses `accounts.bad-key`,
 * `accounts.bad-until {days}`, `accounts.position-for-persons {position, known}`.
 */
export function checkClient(
  policy: ClientPolicy,
  wanted: ClientWanted,
  as: { readonly positions: readonly string[]; readonly today: Day },
): Result<ClientWanted> {
  const point = readPublicKey(wanted.publicKey);
  if (!point.ok) return point;
  const until = parseDay(wanted.validUntil);
  if (until === null || until < as.today || until > addDays(as.today, policy.days)) {
    return refuse('accounts.bad-until', { days: policy.days });
  }
  const position = as.positions.find((one) => !policy.positions.includes(one));
  if (position !== undefined) {
    const known = policy.positions.join('、');
    return refuse('accounts.position-for-persons', { position, known });
  }
  return ok({ publicKey: writePublicKey(point.value), validUntil: until });
}
