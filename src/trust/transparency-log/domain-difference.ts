/** How two beginnings of a log differ, in the words of what was done to one of them. Pure. */
import { readEntry } from './domain-tiles.ts';

/** What was done to a leaf: taken out, put in, dated otherwise, moved, or changed. */
export type Oddity = 'deleted' | 'inserted' | 'dated-otherwise' | 'reordered' | 'edited';

/** The first place where two lists of entries differ. */
export type Difference = { readonly kind: Oddity; readonly index: number; readonly detail: string };

const told = (bytes: Buffer): string => {
  const entry = readEntry(bytes);
  return entry.ok
    ? `${entry.value.at} ${entry.value.commitment.toString('hex').slice(0, 16)}`
    : 'bad';
};

/** The first difference of what is shown (`after`) from what was (`before`), or `null`. */
export function firstDifference(
  before: readonly Buffer[],
  after: readonly Buffer[],
): Difference | null {
  const index = before.findIndex((bytes, no) => after[no]?.equals(bytes) !== true);
  const was = before[index];
  if (was === undefined) return null;
  const is = after[index];
  const detail = `${told(was)} → ${is === undefined ? '—' : told(is)}`;
  return { kind: kindOf(before, after, index), index, detail };
}

function kindOf(before: readonly Buffer[], after: readonly Buffer[], index: number): Oddity {
  const [was, is] = [before[index]!, after[index]];
  if (is === undefined) return 'deleted';
  const [wasEntry, isEntry] = [readEntry(was), readEntry(is)];
  const sameCommitment =
    wasEntry.ok && isEntry.ok && wasEntry.value.commitment.equals(isEntry.value.commitment);
  if (sameCommitment) return 'dated-otherwise';
  const later = (rows: readonly Buffer[], bytes: Buffer) =>
    rows.slice(index + 1).some((row) => row.equals(bytes));
  const [wasLater, isEarlier] = [later(after, was), later(before, is)];
  // Both are still there, in another order; or only one of the two is.
  if (wasLater && isEarlier) return 'reordered';
  if (isEarlier) return 'deleted';
  return wasLater ? 'inserted' : 'edited';
}
