/** Signing in and out: password, second factor, sessions. Every outcome is an event. */
import { createHash } from 'node:crypto';
import type { EventLog } from '../../kernel/act.ts';
import { type Instant, instantMs } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import {
  type CryptoProvider,
  isPassword,
  keepPassword,
  strengthOf,
} from '../../platform/crypto/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { type AccountPolicy, checkPassword, lockedUntil, overBy } from './domain-policy.ts';
import { isEnterpriseCode } from './domain-enterprise.ts';
import { acceptedStep, enrolmentUri, secretBytes } from './domain-totp.ts';
import { type Account, findAccount } from './store.ts';
import {
  type Credential,
  confirmTotp,
  failuresOf,
  forgetFailures,
  insertFailure,
  keepPendingTotp,
  keepStep,
  keptPassword,
  lockCredential,
  passwordsBefore,
  setPassword,
} from './store-credentials.ts';
import {
  type Session,
  type SessionState,
  endSessions,
  findSession,
  insertSession,
  moveSession,
  openSessions,
  touchSession,
} from './store-sessions.ts';

/** What signing in needs. */
export type SignInDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly record: EventLog<Tx>;
  readonly policy: () => AccountPolicy;
  /** Whether sample accounts may sign in: in sample installations only. */
  readonly sample: boolean;
  /** Whose accounts sign in here: enterprises', or (without it) officers'. Neither ever passes as the other. */
  readonly enterprise?: boolean;
};

/** From where somebody asks. `device`: what the browser says of itself. */
export type Origin = { readonly address: string | null; readonly device: string };

/** A session with the token that opens it; the token is told once and kept nowhere. */
export type OpenedSession = { readonly session: Session; readonly token: string };

const digestOf = (token: string) => createHash('sha256').update(token).digest();
const freshToken = () => Buffer.from(freshBytes(32)).toString('base64url');
const deviceMax = 200;

/**
 * Signs in with a password. Refuses `accounts.wrong-credentials` whatever was wrong, and
 * `accounts.locked {minutes}` after too many failures.
 */
export async function signIn(
  deps: SignInDeps,
  given: { readonly account: string; readonly password: string },
  origin: Origin,
): Promise<Result<OpenedSession>> {
  const { database, clock } = deps;
  const kept = await keptPassword(database, given.account);
  // Outside the transaction and whoever asks: it takes as long for an account that is not there.
  const isRight = await isPassword(given.password, kept);
  return database.transaction(async (tx) => {
    const now = clock.now();
    const account = await findAccount(tx, given.account);
    const credential = account === null ? null : await lockCredential(tx, given.account);
    const locked = lockedUntil(deps.policy(), await failuresOf(tx, given.account), now);
    if (locked !== null) return lockedRefusal(deps, tx, { given, origin, until: locked });
    const usable =
      account !== null && credential !== null && kept === credential.password && isRight;
    if (!usable || !maySignIn(deps, account, credential, now)) {
      return failed(deps, tx, { account: given.account, origin, kind: 'sign-in-refused' });
    }
    const state = nextState(deps.policy(), credential, now, 'password');
    const opened = await beginSession(deps, tx, { account, state, origin, way: 'password' });
    if (state !== 'second-factor') await forgetFailures(tx, account.code);
    await deps.record(tx, signInEvent('sign-in', account.code, origin, { state }));
    return ok(opened);
  });
}

function maySignIn(
  { sample, enterprise = false }: SignInDeps,
  account: Account,
  { oneTimeUntil }: Credential,
  now: Instant,
): boolean {
  if (account.disabledAt !== null || (account.sample && !sample)) return false;
  if (isEnterpriseCode(account.code) !== enterprise) return false;
  return oneTimeUntil === null || instantMs(now) < instantMs(oneTimeUntil);
}

/** What a session lacks after a step, in the order in which it is asked for. */
function nextState(
  policy: AccountPolicy,
  credential: Credential,
  now: Instant,
  after: 'password' | 'code',
): SessionState {
  if (after === 'password' && credential.totpSealed !== null) return 'second-factor';
  const { passwordSetAt, oneTimeUntil } = credential;
  const days = policy.passwordDays * 86_400_000;
  const isOld =
    days > 0 && passwordSetAt !== null && instantMs(now) - instantMs(passwordSetAt) >= days;
  if (oneTimeUntil !== null || isOld) return 'change-password';
  return policy.secondFactor && credential.totpSealed === null ? 'enrol' : 'open';
}

/** An event of signing in. */
export const signInEvent = (
  kind: string,
  account: string | null,
  { address, device }: Origin,
  detail: Readonly<Record<string, string | number | null>> = {},
) => ({
  ...{ kind, account, address, route: null },
  detail: { device: device.slice(0, deviceMax), ...detail },
});

type Asked = {
  readonly given: { readonly account: string };
  readonly origin: Origin;
  readonly until: number;
};

async function lockedRefusal(
  deps: SignInDeps,
  tx: Tx,
  { given, origin, until }: Asked,
): Promise<Result<never>> {
  await deps.record(tx, signInEvent('locked', given.account.slice(0, 100), origin));
  const minutes = Math.max(1, Math.ceil((until - instantMs(deps.clock.now())) / 60_000));
  return refuse('accounts.locked', { minutes });
}

/** A failure is kept for accounts that are not there too: who tries learns nothing from it. */
async function failed(
  deps: SignInDeps,
  tx: Tx,
  { account, origin, kind }: { account: string; origin: Origin; kind: string },
): Promise<Result<never>> {
  const named = account.slice(0, 100);
  await insertFailure(tx, { id: freshId(deps.clock), account: named, at: deps.clock.now() });
  await deps.record(tx, signInEvent(kind, named, origin));
  return kind === 'second-factor-refused'
    ? refuse('accounts.wrong-code')
    : refuse('accounts.wrong-credentials');
}

export type Beginning = {
  readonly account: Account;
  readonly state: SessionState;
  readonly origin: Origin;
  readonly way: Session['way'];
};

/** Begins a session; of too many the oldest end. */
export async function beginSession(
  deps: SignInDeps,
  tx: Tx,
  { account, state, origin, way }: Beginning,
): Promise<OpenedSession> {
  const now = deps.clock.now();
  const before = await openSessions(tx, account.code);
  const tooMany = before.slice(deps.policy().sessionsMost - 1).map(({ id }) => id);
  if (tooMany.length > 0) await endSessions(tx, tooMany, { at: now, why: 'too-many' });
  const token = freshToken();
  const session: Session = {
    ...{ id: freshId(deps.clock), csrf: freshToken(), account: account.code, state, way },
    ...{ address: origin.address, device: origin.device.slice(0, deviceMax) },
    ...{ createdAt: now, seenAt: now, endedAt: null },
  };
  await insertSession(tx, session, digestOf(token));
  return { session, token };
}

/** A session somebody may go on with, and whose it is. */
export type Known = { readonly session: Session; readonly account: Account };

const seenEveryMs = 30_000;

/** The session of a token. Refuses `accounts.not-signed-in`, `accounts.session-over {why}`. */
export async function sessionOf(deps: SignInDeps, token: string): Promise<Result<Known>> {
  const { database, clock } = deps;
  const session = await findSession(database, digestOf(token));
  const own = session !== null && isEnterpriseCode(session.account) === (deps.enterprise ?? false);
  if (session === null || !own) return refuse('accounts.not-signed-in');
  const now = clock.now();
  const why = overBy(deps.policy(), session, now);
  if (why !== null) {
    if (why !== 'ended') await endSessions(database, [session.id], { at: now, why });
    return refuse('accounts.session-over', { why });
  }
  const account = await findAccount(database, session.account);
  if (account === null || account.disabledAt !== null) return refuse('accounts.not-signed-in');
  // Not with every request: limits are of minutes.
  if (instantMs(now) - instantMs(session.seenAt) >= seenEveryMs) {
    await touchSession(database, session.id, now);
  }
  return ok({ session, account });
}

/** Moves a session to what it lacks next, under a new token. */
async function goOn(tx: Tx, session: Session, state: SessionState): Promise<OpenedSession> {
  const token = freshToken();
  const csrf = freshToken();
  await moveSession(tx, session.id, { state, digest: digestOf(token), csrf });
  return { session: { ...session, state, csrf }, token };
}

/** The code of the second factor. Refuses `accounts.wrong-code`, `accounts.locked`, `accounts.wrong-state`. */
export async function giveCode(
  deps: SignInDeps,
  { session, account }: Known,
  code: string,
): Promise<Result<OpenedSession>> {
  if (session.state !== 'second-factor') return refuse('accounts.wrong-state');
  const { database, clock, crypto } = deps;
  const origin = { address: session.address, device: session.device };
  return database.transaction(async (tx) => {
    const now = clock.now();
    const credential = await lockCredential(tx, account.code);
    const until = lockedUntil(deps.policy(), await failuresOf(tx, account.code), now);
    if (until !== null) {
      await endSessions(tx, [session.id], { at: now, why: 'locked' });
      return lockedRefusal(deps, tx, { given: { account: account.code }, origin, until });
    }
    const sealed = credential?.totpSealed ?? null;
    const step =
      sealed === null
        ? null
        : acceptedStep(crypto.openKey(sealed), code, instantMs(now) / 1000, credential!.totpStep);
    if (step === null) {
      return failed(deps, tx, { account: account.code, origin, kind: 'second-factor-refused' });
    }
    await keepStep(tx, account.code, step);
    await forgetFailures(tx, account.code);
    // Whoever came from an identity provider is not asked for a password of ours.
    const state =
      session.way === 'oidc' ? 'open' : nextState(deps.policy(), credential!, now, 'code');
    await deps.record(tx, signInEvent('second-factor', account.code, origin, { state }));
    return ok(await goOn(tx, session, state));
  });
}

/**
 * Chooses a password. The old one has to be given again; every other session of the account ends.
 * Refuses what a password is refused for, `accounts.wrong-credentials`, `accounts.password-used`.
 */
export async function changePassword(
  deps: SignInDeps,
  { session, account }: Known,
  given: { readonly old: string; readonly password: string },
): Promise<Result<OpenedSession>> {
  if (session.state !== 'change-password' && session.state !== 'open') {
    return refuse('accounts.wrong-state');
  }
  const { database, clock } = deps;
  const policy = deps.policy();
  // Longer than any password may be is not looked at closely: guessing takes time with the length.
  const looked = given.password.slice(0, policy.passwordMost);
  const own = [account.code, account.name, account.unit, '信衡', 'xinheng'];
  const fits = checkPassword(policy, given.password, await strengthOf(looked, own));
  if (!fits.ok) return fits;
  const origin = { address: session.address, device: session.device };
  const kept = await keptPassword(database, account.code);
  const isRight = await isPassword(given.old, kept);
  const before = await passwordsBefore(database, account.code, policy.passwordHistory);
  const used = [kept, ...before].map((one) => isPassword(given.password, one));
  const isUsed = (await Promise.all(used)).some(Boolean);
  const fresh = await keepPassword(given.password);
  return database.transaction(async (tx) => {
    const credential = await lockCredential(tx, account.code);
    // Whoever took over a session does not get to guess the password with it.
    const until = lockedUntil(policy, await failuresOf(tx, account.code), clock.now());
    if (until !== null)
      return lockedRefusal(deps, tx, { given: { account: account.code }, origin, until });
    if (!isRight || credential?.password !== kept) {
      return failed(deps, tx, { account: account.code, origin, kind: 'sign-in-refused' });
    }
    if (isUsed) return refuse('accounts.password-used');
    const at = clock.now();
    await setPassword(tx, account.code, fresh, { at, oneTimeUntil: null });
    const others = (await openSessions(tx, account.code)).filter(({ id }) => id !== session.id);
    const ids = others.map(({ id }) => id);
    await endSessions(tx, ids, { at, why: 'password-changed' });
    await deps.record(tx, signInEvent('password-changed', account.code, origin));
    const now = { ...credential, oneTimeUntil: null, passwordSetAt: at };
    return ok(await goOn(tx, session, nextState(policy, now, at, 'code')));
  });
}

/** Begins to enrol a second factor: gives what an authenticator reads, once. Refuses `accounts.wrong-state`. */
export async function beginTotp(
  deps: SignInDeps,
  { session, account }: Known,
  issuer: string,
): Promise<Result<{ uri: string }>> {
  if (session.state !== 'enrol') return refuse('accounts.wrong-state');
  const secret = Buffer.from(freshBytes(secretBytes));
  const sealed = deps.crypto.sealKey(secret);
  await deps.database.transaction((tx) => keepPendingTotp(tx, account.code, sealed));
  return ok({ uri: enrolmentUri(issuer, account.code, secret) });
}

/** Confirms it with the code the authenticator shows. Refuses `accounts.wrong-code`, `accounts.wrong-state`. */
export async function enrolTotp(
  deps: SignInDeps,
  { session, account }: Known,
  code: string,
): Promise<Result<OpenedSession>> {
  if (session.state !== 'enrol') return refuse('accounts.wrong-state');
  const origin = { address: session.address, device: session.device };
  return deps.database.transaction(async (tx) => {
    const now = deps.clock.now();
    const pending = (await lockCredential(tx, account.code))?.totpPending ?? null;
    if (pending === null) return refuse('accounts.wrong-state');
    const secret = deps.crypto.openKey(pending);
    const step = acceptedStep(secret, code, instantMs(now) / 1000, null);
    if (step === null) return refuse('accounts.wrong-code');
    await confirmTotp(tx, account.code, step);
    await deps.record(tx, signInEvent('second-factor-enrolled', account.code, origin));
    return ok(await goOn(tx, session, 'open'));
  });
}

/** Ends a session of one's own: this one, or another by its id. Refuses `accounts.no-such-session`. */
export async function endSession(
  deps: SignInDeps,
  { session, account }: Known,
  id: Id,
): Promise<Result<true>> {
  return deps.database.transaction(async (tx) => {
    const own = await openSessions(tx, account.code);
    if (!own.some((one) => one.id === id)) return refuse('accounts.no-such-session');
    const why = id === session.id ? 'signed-out' : 'ended-elsewhere';
    await endSessions(tx, [id], { at: deps.clock.now(), why });
    const origin = { address: session.address, device: session.device };
    await deps.record(tx, signInEvent('signed-out', account.code, origin, { session: id }));
    return ok(true);
  });
}

/** The sessions of an account that run, newest first. */
export async function devicesOf(deps: SignInDeps, { account }: Known): Promise<Session[]> {
  const now = deps.clock.now();
  const all = await openSessions(deps.database, account.code);
  return all.filter((session) => overBy(deps.policy(), session, now) === null);
}
