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
 * Whether a password may be chosen. `own`: words everybody knows of the account (its code, its name, its
 * unit), which may make up no large part of it. Refuses `accounts.password-too-short {least}`,
 * `…-too-long {most}`, `…-too-plain {kinds}`, `…-guessable`.
 */
export function checkPassword(
  policy: AccountPolicy,
  password: string,
  own: readonly string[],
): Result<true> {
  const length = [...password].length;
  const { passwordLeast: least, passwordMost: most, passwordKinds } = policy;
  if (length < least) return refuse('accounts.password-too-short', { least });
  if (length > most) return refuse('accounts.password-too-long', { most });
  if (kinds.filter((kind) => kind.test(password)).length < passwordKinds) {
    return refuse('accounts.password-too-plain', { kinds: passwordKinds });
  }
  return isGuessable(password, [...own, 'xinheng', 'password', '信衡'])
    ? refuse('accounts.password-guessable')
    : ok(true);
}

/** Few different characters, a run of the keyboard or of the alphabet, or what everybody knows. */
function isGuessable(password: string, own: readonly string[]): boolean {
  const plain = password.toLowerCase();
  let rest = plain;
  for (const word of own) {
    if (word.length >= 3) rest = rest.replaceAll(word.toLowerCase(), '');
  }
  for (const row of ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv']) {
    for (let length = row.length; length >= 4; length -= 1) {
      for (let at = 0; at + length <= row.length; at += 1) {
        rest = rest.replaceAll(row.slice(at, at + length), '');
      }
    }
  }
  rest = withoutRuns(rest);
  return new Set(plain).size < 5 || [...rest].length < 6;
}

/** Without characters that follow the one before them by one, up or down, or repeat it: `abcd`, `9876`, `aaaa`. */
function withoutRuns(text: string): string {
  const letters = [...text];
  return letters
    .filter((letter, no) => {
      const step = letter.codePointAt(0)! - (letters[no - 1]?.codePointAt(0) ?? -9);
      return Math.abs(step) > 1;
    })
    .join('');
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
