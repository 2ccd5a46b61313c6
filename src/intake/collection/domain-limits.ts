/** Limits of deliveries as the rulebook in force has them. Pure. */
import type { Day } from '../../kernel/day.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';

/** Most bytes of one upload through the office, on a day at a place. The shipped rulebook always says. */
export function uploadBytesMax(rulebook: Rulebook, on: Day, place: string): number {
  return limitsUnder(rulebook, 'collection.', on, place).figure('upload.bytes');
}
