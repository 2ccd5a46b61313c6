/** Accounts of enterprises: their codes, one-time codes that prove an organisation, delegates. Pure. */
import { type Day, type Instant, addDays, instantMs } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';

/** Limits of accounts of enterprises as they are in force. */
export type EnterprisePolicy = {
  readonly codeHours: number;
  readonly delegateDays: number;
  readonly delegatesMost: number;
};

/** The policy in force on a day at a place. */
export function enterprisePolicyOn(rulebook: Rulebook, on: Day, place: string): EnterprisePolicy {
  const { figure } = limitsUnder(rulebook, 'enterprise.', on, place);
  return {
    codeHours: figure('code.hours'),
    delegateDays: figure('delegate.days'),
    delegatesMost: figure('delegate.most'),
  };
}

/** No code of an officer has this form: those are in small letters. */
const codeForm = /^E-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Whether an account is an enterprise's, by the form of its code. */
export function isEnterpriseCode(code: string): boolean {
  return codeForm.test(code);
}

/** The code of an account from twelve random bytes. */
export function enterpriseCode(bytes: Uint8Array): string {
  const drawn = [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]!).join('');
  return `E-${drawn.slice(0, 4)}-${drawn.slice(4, 8)}-${drawn.slice(8, 12)}`;
}

/** What a one-time code says: for which organisation, until when, and which one it is. */
export type CodeClaim = {
  readonly organisation: string;
  readonly until: Instant;
  readonly id: string;
};

/** What is signed of a claim; the first line keeps it apart from all else that key signs. */
export function claimText({ organisation, until, id }: CodeClaim): string {
  return `xinheng enterprise code v1\n${organisation}\n${until}\n${id}\n`;
}

/** Whether a claim that was signed holds for an organisation now. Refuses `enterprise.bad-code`, `enterprise.code-expired`. */
export function checkClaim(claim: CodeClaim, organisation: string, now: Instant): Result<true> {
  if (claim.organisation !== organisation) return refuse('enterprise.bad-code');
  return instantMs(now) >= instantMs(claim.until) ? refuse('enterprise.code-expired') : ok(true);
}

/** What a delegate may do: see, or also act. */
export type Rights = 'read' | 'act';

/** Whether a delegation holds on a day: to the end of its last day in UTC+8, unless it was ended. */
export function delegationHolds(
  delegation: { readonly lastDay: Day; readonly endedAt: Instant | null },
  today: Day,
): boolean {
  return delegation.endedAt === null && delegation.lastDay >= today;
}

/** Whether a last day may be chosen. Refuses `enterprise.bad-last-day {from, to}`. */
export function checkLastDay(
  { delegateDays }: EnterprisePolicy,
  lastDay: Day | null,
  today: Day,
): Result<Day> {
  const to = addDays(today, delegateDays);
  return lastDay === null || lastDay < today || lastDay > to
    ? refuse('enterprise.bad-last-day', { from: today, to })
    : ok(lastDay);
}
