/**
 * Days for the checker, counted in a way of its own: a day is the number of whole days since
 * 1970-01-01, and months are walked on the machine's UTC calendar, one at a time. Nothing of `src/`
 * is imported, so that a mistake there cannot hide here.
 */

const dayMs = 86_400_000;

/** Remembers answers: a walk asks for the same few thousand days millions of times. */
function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Number of a day `YYYY-MM-DD`, counted from 1970-01-01 = 0. */
export const count = remembered((text: string): number => {
  const [year, month, dayOfMonth] = text.split('-').map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 1) - 1, dayOfMonth ?? 1);
  return Math.round(date.getTime() / dayMs);
});

/** The day a number stands for, `YYYY-MM-DD`. */
export const text = remembered((count: number): string =>
  new Date(count * dayMs).toISOString().slice(0, 10),
);

/**
 * The corresponding day so many months later; where the month has no such day, its last one
 * (Civil Code art. 202). Found by walking back from too far until the month is the right one.
 */
export function corresponding(from: number, months: number): number {
  const start = new Date(from * dayMs);
  const wanted = (start.getUTCMonth() + months) % 12;
  let later = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + months, start.getUTCDate());
  while (new Date(later).getUTCMonth() !== wanted) later -= dayMs;
  return later / dayMs;
}

/**
 * The same by counting days one at a time: the first of a month passes a month. Slow, and used only to
 * check {@link corresponding} and the sums in explanations.
 */
export function correspondingByWalking(from: number, months: number): number {
  const wanted = new Date(from * dayMs).getUTCDate();
  let day = from;
  let passed = 0;
  while (passed < months) {
    day += 1;
    if (new Date(day * dayMs).getUTCDate() === 1) passed += 1;
  }
  while (new Date(day * dayMs).getUTCDate() < wanted) {
    if (new Date((day + 1) * dayMs).getUTCDate() === 1) return day;
    day += 1;
  }
  return day;
}
