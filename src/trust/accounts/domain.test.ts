/** What is asked of passwords, codes and sessions, as a person would say it. */
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, day, instantFromMs } from '../../kernel/day.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { loadFiles } from '../../law/rulebook/index.ts';
import { isPassword, keepPassword, strengthOf } from '../../platform/crypto/index.ts';
import {
  type AccountPolicy,
  checkApart,
  checkPassword,
  lockedUntil,
  overBy,
  policyOn,
} from './domain-policy.ts';
import { acceptedStep, base32, codeAt, enrolmentUri, stepOf } from './domain-totp.ts';

const policy: AccountPolicy = {
  ...{ passwordLeast: 12, passwordMost: 128, passwordKinds: 1, passwordHistory: 0 },
  ...{ passwordStrength: 3 },
  ...{ passwordDays: 0, oneTimeHours: 24, lockFailures: 5, lockMinutes: 15 },
  ...{ idleMinutes: 30, sessionHours: 12, sessionsMost: 5, secondFactor: true },
  apart: ['system-administrator', 'security-administrator', 'audit-administrator'],
};
const start = Date.parse('2026-06-01T02:00:00.000Z');
const after = (minutes: number): Instant => instantFromMs(start + minutes * 60_000);

describe('a password', () => {
  const own = ['sample-clerk', '样例账户'];

  it.each([
    ['短口令', 'accounts.password-too-short'],
    ['aaaaaaaaaaaa', 'accounts.password-guessable'],
    ['abcdefghijklmnop', 'accounts.password-guessable'],
    ['1234567890123', 'accounts.password-guessable'],
    ['qwertyuiop12', 'accounts.password-guessable'],
    ['sample-clerk-1', 'accounts.password-guessable'],
    ['Password12345', 'accounts.password-guessable'],
    ['x'.repeat(129), 'accounts.password-too-long'],
    ['iloveyou2024!', 'accounts.password-guessable'],
    ['样例账户样例账户样例账户', 'accounts.password-guessable'],
  ])('%s is refused', async (password, code) => {
    const strength = await strengthOf(password, own);
    expect(checkPassword(policy, password, strength)).toMatchObject({ refusal: { code } });
  });

  it.each(['correct horse battery', '雨后江边三棵老槐树与石桥边', 'uT7!rq-0Lw-zz9'])(
    '%s may be chosen',
    async (password) => {
      const strength = await strengthOf(password, own);
      expect(checkPassword(policy, password, strength)).toEqual({ ok: true, value: true });
    },
  );

  it('needs as many kinds of characters as the rulebook asks for', () => {
    const strict = { ...policy, passwordKinds: 3 };
    const refused = { refusal: { code: 'accounts.password-too-plain' } };
    expect(checkPassword(strict, 'correct horse battery', 4)).toMatchObject(refused);
    expect(checkPassword(strict, 'correct Horse battery', 4).ok).toBe(true);
  });

  it('is known again whatever it holds, and no other is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (one, other) => {
        const kept = await keepPassword(one);
        expect(kept).not.toContain(one === '' ? 'never' : `$${one}$`);
        expect(await isPassword(one, kept)).toBe(true);
        fc.pre(one.normalize('NFKC') !== other.normalize('NFKC'));
        expect(await isPassword(other, kept)).toBe(false);
      }),
      { numRuns: 6 },
    );
    expect(await isPassword('anything', null)).toBe(false);
  });
});

describe('a code', () => {
  // RFC 6238, appendix B, SHA-1.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %i is that of the standard', (seconds, code) => {
    const secret = Buffer.from('12345678901234567890');
    expect(codeAt(secret, stepOf(seconds), 8)).toBe(code);
  });

  it('opens once, a step early or late at most, and never again', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 32 }),
        fc.integer({ min: 1_000, max: 10 ** 10 }),
        fc.integer({ min: -3, max: 3 }),
        (bytes, seconds, off) => {
          const secret = Buffer.from(bytes);
          const step = stepOf(seconds) + off;
          const code = codeAt(secret, step);
          const near = [-1, 0, 1].map((one) => codeAt(secret, stepOf(seconds) + one));
          const accepted = acceptedStep(secret, code, seconds, null);
          expect(accepted !== null).toBe(near.includes(code));
          if (accepted === null) return;
          expect(acceptedStep(secret, codeAt(secret, accepted), seconds, accepted)).not.toBe(
            accepted,
          );
          expect(acceptedStep(secret, codeAt(secret, accepted), seconds, stepOf(seconds) + 1)).toBe(
            null,
          );
        },
      ),
    );
  });

  it.each(['', '12345', '1234567', 'abcdef', ' 12345', '１２３４５６'])('is none: %s', (text) => {
    expect(acceptedStep(Buffer.alloc(20), text, 59, null)).toBe(null);
  });

  it('is enrolled by an address authenticators read', () => {
    expect(base32(Buffer.from('12345678901234567890'))).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(enrolmentUri('信衡', 'clerk-1', Buffer.from('a'))).toBe(
      'otpauth://totp/%E4%BF%A1%E8%A1%A1:clerk-1?secret=ME&issuer=%E4%BF%A1%E8%A1%A1',
    );
  });
});

describe('an account', () => {
  it('is locked by five failures within a quarter of an hour, and opens by itself', () => {
    const failures = [0, 1, 2, 3, 4].map(after);
    expect(lockedUntil(policy, failures.slice(1), after(5))).toBe(null);
    expect(lockedUntil(policy, failures, after(5))).toBe(start + 19 * 60_000);
    expect(lockedUntil(policy, failures, after(16))).toBe(null);
    expect(lockedUntil(policy, [], after(0))).toBe(null);
  });

  it('with one of the three administrators holds no other position', () => {
    expect(checkApart(policy, ['audit-administrator']).ok).toBe(true);
    expect(checkApart(policy, ['data-clerk', 'data-reviewer']).ok).toBe(true);
    for (const positions of [
      ['audit-administrator', 'data-clerk'],
      ['system-administrator', 'security-administrator'],
    ]) {
      expect(checkApart(policy, positions)).toMatchObject({
        refusal: { code: 'accounts.positions-apart' },
      });
    }
  });
});

describe('a session', () => {
  const times = { createdAt: after(0), seenAt: after(0), endedAt: null };

  it('ends when nothing was done for half an hour, and after twelve hours whatever was done', () => {
    expect(overBy(policy, times, after(29))).toBe(null);
    expect(overBy(policy, times, after(30))).toBe('idle');
    expect(overBy(policy, { ...times, seenAt: after(719) }, after(719))).toBe(null);
    expect(overBy(policy, { ...times, seenAt: after(719) }, after(720))).toBe('too-old');
    expect(overBy(policy, { ...times, endedAt: after(1) }, after(1))).toBe('ended');
  });
});

describe('the rulebook', () => {
  const load = async (...folders: string[]) => {
    const root = resolve(import.meta.dirname, '../../..');
    const paths = folders.map((folder) => resolve(root, folder));
    const { editions, problems } = await loadFiles(paths, after(0), ['limits']);
    expect(problems).toEqual([]);
    return policyOn(makeRulebook(editions), day('2026-06-01'), '320100');
  };

  it('asks for what ASVS does, unless a city loads the profile of classified protection', async () => {
    expect(await load('rulebook')).toMatchObject({
      ...{ passwordLeast: 12, passwordKinds: 1, passwordDays: 0, idleMinutes: 30 },
      ...{ lockFailures: 5, lockMinutes: 15, sessionsMost: 5, secondFactor: true },
    });
    expect(await load('rulebook', 'rulebook-profiles/classified-protection')).toMatchObject({
      ...{ passwordLeast: 10, passwordKinds: 3, passwordDays: 90, idleMinutes: 15 },
      ...{ lockFailures: 5, lockMinutes: 15, sessionsMost: 1, passwordHistory: 5 },
    });
  });
});
