/** SQL of subjects of identity providers, and of sign-ins that were begun there. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { OidcSubject } from './domain-oidc.ts';

/** The account a subject is bound to, or `null`. */
export async function accountOfSubject(
  db: Queryable,
  { issuer, subject }: OidcSubject,
): Promise<string | null> {
  const [row] = await db.query<{ account: string }>(sql`
    select account from accounts.oidc_subject where issuer = ${issuer} and subject = ${subject}`);
  return row?.account ?? null;
}

/** All bindings by account. */
export function listSubjects(
  db: Queryable,
): Promise<(OidcSubject & { readonly account: string })[]> {
  return db.query(sql`select account, issuer, subject from accounts.oidc_subject order by account`);
}

/** Binds an account to a subject in place of the one before; `null`: to none. */
export async function bindSubject(
  tx: Tx,
  account: string,
  bound: OidcSubject | null,
  at: Instant,
): Promise<void> {
  await tx.execute(sql`delete from accounts.oidc_subject where account = ${account}`);
  if (bound === null) return;
  await tx.execute(sql`
    insert into accounts.oidc_subject (issuer, subject, account, bound_at)
    values (${bound.issuer}, ${bound.subject}, ${account}, ${at})`);
}

/** A sign-in that was begun: by which browser, until when. */
export type OidcAttempt = {
  readonly state: Buffer;
  readonly browser: Buffer;
  readonly sealed: Buffer;
  readonly expiresAt: Instant;
};

/** Keeps a sign-in that was begun. */
export async function insertAttempt(db: Queryable, attempt: OidcAttempt): Promise<void> {
  const { state, browser, sealed, expiresAt } = attempt;
  await db.execute(sql`
    insert into accounts.oidc_attempt (state_digest, browser_digest, sealed, expires_at)
    values (${state}, ${browser}, ${sealed}, ${expiresAt})`);
}

/** Takes a sign-in of a browser, once; gives what was sealed, `null` where there is none in time. */
export async function takeAttempt(
  db: Queryable,
  { state, browser }: Pick<OidcAttempt, 'state' | 'browser'>,
  now: Instant,
): Promise<Buffer | null> {
  const [row] = await db.query<{ sealed: Buffer }>(sql`
    delete from accounts.oidc_attempt
    where state_digest = ${state} and browser_digest = ${browser} and expires_at > ${now}
    returning sealed`);
  return row?.sealed ?? null;
}

/** Forgets sign-ins that did not come back in time. Gives how many. */
export function forgetAttempts(db: Queryable, now: Instant): Promise<number> {
  return db.execute(sql`delete from accounts.oidc_attempt where expires_at <= ${now}`);
}
