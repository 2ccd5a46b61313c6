/** What the rulebook asks of passwords, sessions and positions. Pure. */
import { type Instant, instantMs } from '../../kernel/day.ts';
import { type Result, assert, ok, refuse } from '../../kernel/result.ts';
import type { Day } from '../../kernel/day.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';

/** Limits of accounts as they are in force. Lengths in characters, times as named. */
export type AccountPolicy = {
  readonly passwordLeast: number;
  readonly passwordMost: number;
  readonly passwordKinds: number;
  /** 0 to 4: how hard to guess it has to be. */
  readonly passwordStrength: number;
  readonly passwordHistory: number;
  /** 0: no limit. */
  readonly passwordDays: number;
  readonly oneTimeHours: number;
  readonly lockFailures: number;
  readonly lockMinutes: number;
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly sessionsMost: number;
  readonly secondFactor: boolean;
  /** Positions that are held alone: by whoever holds none else. */
  readonly apart: readonly string[];
};

/** The policy in force on a day at a place. */
export function policyOn(rulebook: Rulebook, on: Day, place: string): AccountPolicy {
  const { figure, value } = limitsUnder(rulebook, 'accounts.', on, place);
  const apart = value('apart');
  assert(typeof apart === 'string', `no limit accounts.apart in force on ${on}`);
  return {
    passwordLeast: figure('password.least'),
    passwordMost: figure('password.most'),
    passwordKinds: figure('password.kinds'),
    passwordStrength: figure('password.strength'),
    passwordHistory: figure('password.history'),
    passwordDays: figure('password.days'),
    oneTimeHours: figure('one-time.hours'),
    lockFailures: figure('lock.failures'),
    lockMinutes: figure('lock.minutes'),
    idleMinutes: figure('session.idle-minutes'),
    sessionHours: figure('session.hours'),
    sessionsMost: figure('session.devices'),
    secondFactor: value('second-factor') !== false,
    apart: apart.split(','),
  };
}

const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

/**
 * Whether a password may be chosen. `strength`: 0 to 4, how hard it is to guess by whoever knows the
 * account. Refuses `accounts.password-too-short {least}`, `…-too-long {most}`, `…-too-plain {kinds}`,
 * `…-guessable`.
 */
export function checkPassword(
  policy: AccountPolicy,
  password: string,
  strength: number,
): Result<true> {
  const length = [...password].length;
  const { passwordLeast: least, passwordMost: most, passwordKinds } = policy;
  if (length < least) return refuse('accounts.password-too-short', { least });
  if (length > most) return refuse('accounts.password-too-long', { most });
  if (kinds.filter((kind) => kind.test(password)).length < passwordKinds) {
    return refuse('accounts.password-too-plain', { kinds: passwordKinds });
  }
  return strength < policy.passwordStrength ? refuse('accounts.password-guessable') : ok(true);
}

/** Until when an account is locked by its failures since the last success; `null`: it is not. */
export function lockedUntil(
  policy: AccountPolicy,
  failures: readonly Instant[],
  now: Instant,
): number | null {
  const ms = policy.lockMinutes * 60_000;
  const recent = failures.map(instantMs).filter((at) => at > instantMs(now) - ms);
  if (recent.length < policy.lockFailures) return null;
  return Math.max(...recent) + ms;
}

/** A session's times. */
export type SessionTimes = {
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly endedAt: Instant | null;
};

/** Whether a session is over, and why; `null`: it runs. */
export function overBy(
  policy: AccountPolicy,
  { createdAt, seenAt, endedAt }: SessionTimes,
  now: Instant,
): 'ended' | 'idle' | 'too-old' | null {
  if (endedAt !== null) return 'ended';
  const nowMs = instantMs(now);
  if (nowMs - instantMs(createdAt) >= policy.sessionHours * 3_600_000) return 'too-old';
  return nowMs - instantMs(seenAt) >= policy.idleMinutes * 60_000 ? 'idle' : null;
}

/** Refuses positions that may not be held together: `accounts.positions-apart {position}`. */
export function checkApart(policy: AccountPolicy, positions: readonly string[]): Result<true> {
  const alone = positions.find((position) => policy.apart.includes(position));
  return alone === undefined || positions.length === 1
    ? ok(true)
    : refuse('accounts.positions-apart', { position: alone });
}
