/**
 * Signing in through an identity provider. What is held against the answer stays here, bound to the
 * browser that began; the provider says who somebody is, and two persons have said which account that is.
 */
import { createHash } from 'node:crypto';
import { instantFromMs, instantMs } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { OidcIdentity, OidcProvider } from '../../platform/oidc.ts';
import type { Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { isEnterpriseCode } from './domain-enterprise.ts';
import { type OidcPolicy, sparesCode } from './domain-oidc.ts';
import {
  type OpenedSession,
  type Origin,
  type SignInDeps,
  beginSession,
  signInEvent,
} from './service-sign-in.ts';
import { findAccount } from './store.ts';
import { lockCredential } from './store-credentials.ts';
import { accountOfSubject, insertAttempt, takeAttempt } from './store-oidc.ts';
import type { SessionState } from './store-sessions.ts';

/** What it needs beside signing in. */
export type OidcDeps = SignInDeps & {
  readonly oidcPolicy: () => OidcPolicy;
  readonly provider: OidcProvider;
};

const fresh = () => Buffer.from(freshBytes(32)).toString('base64url');
const digestOf = (text: string) => createHash('sha256').update(text).digest();

/** A sign-in that was begun: where the browser goes, and what it has to show when it comes back. */
export type OidcBegun = {
  readonly address: string;
  readonly browser: string;
  readonly seconds: number;
};

/** Begins. Refuses `accounts.provider-down`. */
export async function beginOidc(deps: OidcDeps): Promise<Result<OidcBegun>> {
  const checks = { state: fresh(), nonce: fresh(), verifier: fresh() };
  const address = await deps.provider.begin(checks);
  if (address.kind !== 'ok') return refuse('accounts.provider-down', { reason: address.reason });
  const browser = fresh();
  const { minutes } = deps.oidcPolicy();
  const { nonce, verifier, state } = checks;
  await insertAttempt(deps.database, {
    ...{ state: digestOf(state), browser: digestOf(browser) },
    sealed: deps.crypto.sealKey(Buffer.from(JSON.stringify({ nonce, verifier }))),
    expiresAt: instantFromMs(instantMs(deps.clock.now()) + minutes * 60_000),
  });
  return ok({ address: address.value, browser, seconds: minutes * 60 });
}

/** With what a browser comes back: the query of the address, and what it was given when it began. */
export type OidcReturn = { readonly query: string; readonly browser: string | null };

/**
 * Takes a browser that comes back, once. Refuses `accounts.provider-refused` whatever does not hold,
 * `accounts.provider-down`, and `accounts.not-bound` alike for a subject without an account and one whose
 * account may not sign in. Every outcome is an event.
 */
export async function finishOidc(
  deps: OidcDeps,
  given: OidcReturn,
  origin: Origin,
): Promise<Result<OpenedSession>> {
  const found = await identify(deps, given);
  if (!found.ok) {
    const { code, params } = found.refusal;
    const why = String(params['reason'] ?? '');
    await deps.database.transaction((tx) =>
      refused(deps, tx, { account: null, origin, code, why }),
    );
    return found;
  }
  return deps.database.transaction((tx) => open(deps, tx, found.value, origin));
}

async function identify(
  { database, clock, crypto, provider }: OidcDeps,
  { query, browser }: OidcReturn,
): Promise<Result<OidcIdentity>> {
  const state = new URLSearchParams(query).get('state');
  if (state === null || browser === null) {
    return refuse('accounts.provider-refused', { reason: 'no-attempt' });
  }
  const of = { state: digestOf(state), browser: digestOf(browser) };
  const sealed = await takeAttempt(database, of, clock.now());
  if (sealed === null) return refuse('accounts.provider-refused', { reason: 'no-attempt' });
  const kept = JSON.parse(crypto.openKey(sealed).toString('utf8')) as {
    readonly nonce: string;
    readonly verifier: string;
  };
  const answer = await provider.finish(query, { state, ...kept });
  if (answer.kind === 'ok') return ok(answer.value);
  const { reason } = answer;
  return answer.kind === 'down'
    ? refuse('accounts.provider-down', { reason })
    : refuse('accounts.provider-refused', { reason });
}

type Denial = {
  readonly account: string | null;
  readonly origin: Origin;
  readonly code: string;
  readonly why: string;
};

async function refused(deps: OidcDeps, tx: Tx, denial: Denial): Promise<void> {
  const { account, origin, code, why } = denial;
  await deps.record(
    tx,
    signInEvent('sign-in-refused', account, origin, { way: 'oidc', code, why }),
  );
}

async function open(
  deps: OidcDeps,
  tx: Tx,
  identity: OidcIdentity,
  origin: Origin,
): Promise<Result<OpenedSession>> {
  const code = await accountOfSubject(tx, identity);
  const account = code === null ? null : await findAccount(tx, code);
  const credential = account === null ? null : await lockCredential(tx, account.code);
  const isClosed =
    account === null ||
    account.disabledAt !== null ||
    (account.sample && !deps.sample) ||
    isEnterpriseCode(account.code);
  if (isClosed || credential === null) {
    const refusal = refuse('accounts.not-bound');
    const why = account === null ? 'no-account' : 'closed';
    await refused(deps, tx, { account: code, origin, code: refusal.refusal.code, why });
    return refusal;
  }
  const state = stateAfter(deps, identity, credential.totpSealed !== null);
  const opened = await beginSession(deps, tx, { account, state, origin, way: 'oidc' });
  await deps.record(tx, signInEvent('sign-in', account.code, origin, { way: 'oidc', state }));
  return ok(opened);
}

/** The provider vouched for the person in the place of a password; a second factor is asked for as ever. */
function stateAfter(deps: OidcDeps, identity: OidcIdentity, hasTotp: boolean): SessionState {
  if (sparesCode(deps.oidcPolicy(), identity)) return 'open';
  if (hasTotp) return 'second-factor';
  return deps.policy().secondFactor ? 'enrol' : 'open';
}
