/** Time as an argument. Nothing outside platform reads the machine's clock (lint). */
import { type Day, type Instant, dayOf, instantFromMs } from '../kernel/day.ts';
import { type Id, uuidV7 } from '../kernel/ids.ts';
import { freshBytes } from './random.ts';

/** What time it is, and the day in UTC+8. */
export type Clock = { readonly now: () => Instant; readonly today: () => Day };

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instantFromMs(Date.now()),
  today: () => dayOf(instantFromMs(Date.now())),
};

/** A clock that stands still until it is moved; for tests, walks and rehearsals. */
export function fixedClock(start: Instant): Clock & { readonly set: (to: Instant) => void } {
  let current = start;
  return {
    now: () => current,
    today: () => dayOf(current),
    set: (to) => {
      current = to;
    },
  };
}

/** A clock that runs, but from another moment: `XINHENG_CLOCK` in sample installations and tests. */
export function shiftedClock(start: Instant): Clock {
  const shiftMs = Date.parse(start) - Date.now();
  const now = () => instantFromMs(Date.now() + shiftMs);
  return { now, today: () => dayOf(now()) };
}

/** A fresh UUIDv7 at the clock's time. */
export function freshId(clock: Clock): Id {
  return uuidV7(Date.parse(clock.now()), freshBytes(10));
}

/** A maker of fresh ids that all carry the time it was made at: for thousands written together. */
export function freshIds(clock: Clock): () => Id {
  const ms = Date.parse(clock.now());
  return () => uuidV7(ms, freshBytes(10));
}

/** Milliseconds of a monotonic stopwatch; only for measuring, never for data. */
export function stopwatchMs(): number {
  return performance.now();
}
