/** What is unusual about an account's reading on a day: it is told to auditors and refuses nothing. Pure. */
import { type Instant, instantMs } from '../../kernel/day.ts';
import type { Limits } from '../../kernel/rulebook/limits.ts';

/** `surge`: many more than on other days. `night`: at hours nobody works. `one-matter`: one number for many subjects. */
export type Sign = 'surge' | 'night' | 'one-matter';

/** What is counted, the reading in question included. Subjects, not readings. */
export type Counted = {
  readonly at: Instant;
  readonly today: number;
  /** Counts of the days before on which the account read at all. */
  readonly before: readonly number[];
  /** Those of today at night. */
  readonly tonight: number;
  /** Those of today under the same matter; 0 where none is named. */
  readonly underMatter: number;
};

/** Hour of the day in UTC+8. */
export function hourOf(at: Instant): number {
  return new Date(instantMs(at) + 8 * 3_600_000).getUTCHours();
}

/** Whether an hour lies between two, around midnight where the first is the later. */
export function isBetween(hour: number, from: number, to: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The signs a reading gives, under limits whose keys begin `access.unusual.`. */
export function signsOf(counted: Counted, { figure }: Pick<Limits, 'figure'>): Sign[] {
  const { at, today, before, tonight, underMatter } = counted;
  const signs: Sign[] = [];
  // Whoever never read before has no day to compare with: the least alone counts.
  const usual = Math.max(median(before), 1);
  if (today >= figure('least') && today >= usual * figure('times')) signs.push('surge');
  const isNight = isBetween(hourOf(at), figure('night-from'), figure('night-to'));
  if (isNight && tonight > figure('night-most')) signs.push('night');
  if (underMatter > figure('matter-most')) signs.push('one-matter');
  return signs;
}
