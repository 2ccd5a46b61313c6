/** Moments of the story. */
import { type Day, type Instant, instantFromMs, instantMs, startOfDay } from '../../kernel/day.ts';

/** The instant of a minute of a day in UTC+8. */
export function atMinute(day: Day, minute: number): Instant {
  return instantFromMs(instantMs(startOfDay(day)) + minute * 60_000);
}
