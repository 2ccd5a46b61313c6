/** Times of many runs of the same thing. */
import { stopwatchMs } from '../../platform/clock.ts';

/** The value below which a share of all lies: 0.5 is the median. Faults on an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** Runs `work` and notes how long it took. */
export async function timed<T>(into: number[], work: () => Promise<T>): Promise<T> {
  const began = stopwatchMs();
  const value = await work();
  into.push(stopwatchMs() - began);
  return value;
}
