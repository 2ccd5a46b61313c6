import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRateLimiter } from './rate-limit.ts';

function limiter(limit: { burst: number; perSecond: number; addressesMax?: number }) {
  const clock = { ms: 0 };
  const ask = makeRateLimiter({ addressesMax: 100, ...limit }, () => clock.ms);
  return { clock, ask };
}

describe('the rate limit', () => {
  it('lets a burst pass, then as many as time allows, and says when to come back', () => {
    const { clock, ask } = limiter({ burst: 2, perSecond: 0.5 });
    expect([ask('a').allowed, ask('a').allowed]).toEqual([true, true]);
    expect(ask('a')).toEqual({ allowed: false, retrySeconds: 2 });
    clock.ms = 1_000;
    expect(ask('a')).toEqual({ allowed: false, retrySeconds: 1 });
    clock.ms = 2_000;
    expect(ask('a').allowed).toBe(true);
  });

  it('saves nothing up: after a long silence a burst passes, no more', () => {
    const { clock, ask } = limiter({ burst: 2, perSecond: 1 });
    ask('a');
    clock.ms = 3_600_000;
    expect([ask('a'), ask('a'), ask('a')].map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('counts each reader alone', () => {
    const { ask } = limiter({ burst: 1, perSecond: 1 });
    expect([ask('a'), ask('b'), ask('a')].map(({ allowed }) => allowed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('remembers no more readers than it may; whoever keeps asking stays limited', () => {
    const { ask } = limiter({ burst: 1, perSecond: 0.001, addressesMax: 3 });
    ask('busy');
    for (let n = 0; n < 1_000; n += 1) {
      ask(`passer-by ${n}`);
      expect(ask('busy').allowed).toBe(false);
    }
  });

  it('never lets more pass than burst and time together, in whatever rhythm', () => {
    const rhythm = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rhythm, fc.integer({ min: 1, max: 5 }), (gaps, burst) => {
        const { clock, ask } = limiter({ burst, perSecond: 1 });
        let passed = 0;
        for (const gap of gaps) {
          clock.ms += gap;
          const { allowed, retrySeconds } = ask('a');
          if (!allowed) {
            // What it says is true: at that moment the next one passes.
            clock.ms += retrySeconds * 1_000;
            expect(ask('a').allowed).toBe(true);
          }
          passed += 1;
          expect(passed).toBeLessThanOrEqual(burst + clock.ms / 1_000 + 1e-9);
        }
      }),
    );
  });
});
