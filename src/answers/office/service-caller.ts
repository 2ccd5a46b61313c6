/** Who asks the office: the session of the cookie, whether it may, and what is denied. */
import type { Actor } from '../../kernel/act.ts';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import {
  type Caller,
  type EdgeContext,
  type Route,
  type SessionCookie,
  addressOf,
  deviceOf,
  isFromElsewhere,
  sameSecret,
  sessionToken,
  setSessionCookie,
} from '../../platform/http/index.ts';
import { type Account, type Known, type Origin, sessionOf } from '../../trust/accounts/index.ts';
import { needsSession, needsSignedIn } from '../../trust/accounts/contract.ts';
import { claimedBy, saysSigned, signedBy } from './clients/service.ts';
import { type OfficeDeps, type OfficeOptions, accountDeps } from './deps.ts';

/** Permissions of all positions of an account. */
export function permissionsOf(deps: OfficeDeps, { positions }: Account): string[] {
  const held = deps.positions().filter(({ code }) => positions.includes(code));
  return [...new Set(held.flatMap(({ permissions }) => permissions))].sort();
}

/** Whether permissions hold one: itself, or all of its feature. */
export const holds = (permissions: readonly string[], needs: string) =>
  permissions.includes(needs) || permissions.includes(`${needs.split(':')[0]!}:*`);

/** Those of some positions that have a permission. */
export function positionsWith(
  deps: OfficeDeps,
  positions: readonly string[],
  needs: string | null,
): string[] {
  const able = deps.positions().filter(({ permissions }) => holds(permissions, needs ?? ''));
  return positions.filter((position) => able.some(({ code }) => code === position));
}

/** The account as an actor: in the first of its positions that may do what is asked. */
export function actorWith(deps: OfficeDeps, account: Account, needs: string): Actor {
  const position = deps
    .positions()
    .find(({ code, permissions }) => account.positions.includes(code) && holds(permissions, needs));
  return {
    account: account.code,
    unit: account.unit,
    position: position?.code ?? account.positions[0] ?? '',
  };
}

/** From where somebody asks. */
export function originOf(c: EdgeContext, { trustedProxies }: OfficeOptions): Origin {
  return {
    address: addressOf(c, trustedProxies),
    device: deviceOf(c),
  };
}

const cookie = ({ trustedProxies }: OfficeOptions): SessionCookie => ({
  ...{ name: 'xinheng', trustedProxies },
});

/** The header that gives a browser its token, or takes it away. */
export function cookieOf(c: EdgeContext, options: OfficeOptions, token: string | null): string {
  return setSessionCookie(c, cookie(options), token);
}

/** Whether a page of another site sends the request. */
export function isForeign(c: EdgeContext, deps: OfficeDeps): boolean {
  return isFromElsewhere(c, deps.config.origin);
}

/** Lets a request pass, or says why not; every denial to somebody who is known is an event. */
export async function authorise(
  deps: OfficeDeps,
  options: OfficeOptions,
  c: EdgeContext,
  route: Route,
): Promise<Result<Caller>> {
  if (route.needs === null) return ok({ kind: 'public' });
  const isSigned = saysSigned(c);
  const known = isSigned ? await signedBy(deps, options, c) : await bySession(deps, options, c);
  const whyNotKnown = isSigned ? whyNotClient : whyNotSession;
  const why = known.ok ? whyNotKnown(deps, known.value, c, route) : known.refusal;
  const token = sessionToken(c, cookie(options));
  if (known.ok && !isSigned && token !== null) c.set('session', token);
  if (known.ok && why === null) {
    return ok({ kind: 'account', code: known.value.account.code, held: known.value });
  }
  const account = known.ok ? known.value.account.code : null;
  await deps.database.transaction((tx) =>
    deps.record(tx, {
      ...{ kind: 'denied', account, address: originOf(c, options).address },
      route: `${route.method} ${route.path}`,
      detail: {
        code: why!.code,
        ...(isSigned ? { client: claimedBy(deps, options, c) } : {}),
      },
    }),
  );
  return { ok: false, refusal: why! };
}

async function bySession(
  deps: OfficeDeps,
  options: OfficeOptions,
  c: EdgeContext,
): Promise<Result<Known>> {
  const token = sessionToken(c, cookie(options));
  return token === null ? refuse('accounts.not-signed-in') : sessionOf(accountDeps(deps), token);
}

/** A client needs no token of a page: nothing but its key makes a browser send what it signed. */
function whyNotClient(
  deps: OfficeDeps,
  { account }: Known,
  _c: EdgeContext,
  { needs }: Route,
): Refusal | null {
  if (needs === needsSession || needs === needsSignedIn) {
    return refuse('accounts.client-has-no-session').refusal;
  }
  return whyNotPermitted(deps, account, needs!);
}

function whyNotPermitted(deps: OfficeDeps, account: Account, needs: string): Refusal | null {
  if (holds(permissionsOf(deps, account), needs)) return null;
  return refuse('door.not-permitted', { position: account.positions.join('、'), needs }).refusal;
}

function whyNotSession(
  deps: OfficeDeps,
  { session, account }: Known,
  c: EdgeContext,
  route: Route,
): Refusal | null {
  if (route.method !== 'GET') {
    const given = c.req.header('x-xinheng-csrf') ?? '';
    if (!sameSecret(given, session.csrf)) return refuse('accounts.bad-csrf').refusal;
  }
  if (route.needs === needsSession) return null;
  if (session.state !== 'open') {
    return refuse('accounts.session-incomplete', { state: session.state }).refusal;
  }
  if (route.needs === needsSignedIn) return null;
  return whyNotPermitted(deps, account, route.needs!);
}

/** What {@link authorise} knows of whoever asks; routes that need a session are never run without. */
export const held = (caller: Caller): Known => (caller as { held: Known }).held;

/**
 * A refusal of a use case that the door takes part in: its code is known when it comes. That it is listed
 * in the contract is held by `mount` in tests and development.
 */
export function listed(refused: { readonly ok: false; readonly refusal: Refusal }): never {
  return refused as never;
}
