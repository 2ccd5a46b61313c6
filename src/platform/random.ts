/** Chance as an argument: the only place that asks the machine for random bytes. */
import { randomBytes } from 'node:crypto';

/** `count` cryptographically random bytes. */
export function freshBytes(count: number): Buffer {
  return randomBytes(count);
}
