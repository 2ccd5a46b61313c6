/** What a row is beside what is known under its key: new, the same again, or older. Pure. */
import type { PreparedStatement, StatementVersion } from './domain-statement.ts';

/** What is known under a source key, as far as a row is held against it. */
type KnownState = Pick<StatementVersion, 'contentDigest' | 'rowVersion' | 'op'>;

/** Compares two row versions: numbers by value, everything else by text; missing is oldest. */
export function isOlderVersion(candidate: string | null, known: string | null): boolean {
  if (candidate === null || known === null) return false;
  const [a, b] = [Number(candidate), Number(known)];
  if (Number.isFinite(a) && Number.isFinite(b)) return a <= b;
  return candidate <= known;
}

/**
 * What a row of this key would be, given the newest known state: `new` data, the `same` again, or
 * `stale`. Deletion before insertion is remembered by the tombstone.
 */
export function judgeAgainst(
  prepared: Pick<PreparedStatement, 'contentDigest' | 'rowVersion' | 'op'>,
  known: KnownState | undefined,
): 'new' | 'same' | 'stale' {
  // M: the link was undone; whatever is linked again is new here.
  if (known === undefined || known.op === 'M') return 'new';
  if (isOlderVersion(prepared.rowVersion, known.rowVersion)) {
    return prepared.contentDigest === known.contentDigest && prepared.op === known.op
      ? 'same'
      : 'stale';
  }
  const sameOp = normalOp(prepared.op) === normalOp(known.op);
  return sameOp && prepared.contentDigest === known.contentDigest ? 'same' : 'new';
}

/** I and U say the same thing about a key: this is its content now. */
function normalOp(op: string): string {
  return op === 'U' ? 'I' : op;
}
