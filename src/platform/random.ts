/** Chance as an argument: the only place that asks the machine for random bytes. */
import { randomBytes, randomFillSync } from 'node:crypto';

const poolBytes = 16 * 1024;
let pool = Buffer.alloc(0);
let used = 0;

/** `count` cryptographically random bytes. Drawn in blocks: a call to the system each is slow. */
export function freshBytes(count: number): Buffer {
  if (count > 1024) return randomBytes(count);
  if (used + count > pool.length) {
    // A new block, not a refilled one: what was given out must never change.
    pool = randomFillSync(Buffer.allocUnsafe(poolBytes));
    used = 0;
  }
  const bytes = pool.subarray(used, used + count);
  used += count;
  return bytes;
}
