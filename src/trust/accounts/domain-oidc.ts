/** Signing in through an identity provider: whom it may speak of, and what it may spare. Pure. */
import { createHash } from 'node:crypto';
import type { Day } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';

/** Limits as they are in force. `acr`, `amr`: what of the provider takes the place of our second factor. */
export type OidcPolicy = {
  readonly minutes: number;
  readonly acr: readonly string[];
  readonly amr: readonly string[];
};

/** The policy in force on a day at a place. */
export function oidcPolicyOn(rulebook: Rulebook, on: Day, place: string): OidcPolicy {
  const { figure, value } = limitsUnder(rulebook, 'oidc.', on, place);
  const listed = (key: string) =>
    String(value(key) ?? 'none')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== 'none' && one !== '');
  return { minutes: figure('minutes'), acr: listed('acr'), amr: listed('amr') };
}

/** Whether what the provider says of a sign-in takes the place of our second factor: only what is listed. */
export function sparesCode(
  policy: OidcPolicy,
  { acr, amr }: { readonly acr: string | null; readonly amr: readonly string[] },
): boolean {
  return (acr !== null && policy.acr.includes(acr)) || amr.some((one) => policy.amr.includes(one));
}

/** Somebody as an identity provider knows them. */
export type OidcSubject = { readonly issuer: string; readonly subject: string };

/** Refuses `accounts.bad-subject`: an issuer that is no address, or a subject OpenID Connect does not allow. */
export function checkSubject({ issuer, subject }: OidcSubject): Result<true> {
  const fits = /^https?:\/\/[^\s?#]{1,280}$/.test(issuer) && /^[\x21-\x7e]{1,255}$/.test(subject);
  return fits ? ok(true) : refuse('accounts.bad-subject');
}

/** What an act says of a subject: enough to tell two apart, and nothing of the person. */
export function subjectMark(given: OidcSubject | null): string {
  if (given === null) return 'none';
  const { issuer, subject } = given;
  return createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
}
