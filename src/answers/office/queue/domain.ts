/** The one order of everything that waits, and how lists of several kinds become one. Pure. */
import { type Instant, parseInstant } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';

/**
 * Where a matter stands in the queue. Nothing in it depends on what time it is, so that pages that are
 * asked for one after the other fit together: what is overdue has the earliest `due` by itself.
 */
export type Place = {
  /** The last moment in time; `null`: no limit is set. */
  readonly due: Instant | null;
  /** Since when it waits. */
  readonly since: Instant;
  readonly kind: string;
  readonly id: Id;
};

// Written as ISO 8601 in UTC, instants sort as texts.
const noDue = '~';
const partsOf = ({ due, since, kind, id }: Place) => [due ?? noDue, since, kind, id] as const;

/** Order of two matters: by clock, those without one last; then the longest waiting; then by kind and id. */
export function comparePlaces(a: Place, b: Place): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [at, part] of left.entries()) {
    if (part !== right[at]) return part < right[at]! ? -1 : 1;
  }
  return 0;
}

/** A place as a page names it. */
export function placeText(place: Place): string {
  return partsOf(place).join(' ');
}

/** Reads {@link placeText}; `null`: it is none. */
export function readPlace(text: string): Place | null {
  const [due = '', at = '', kind = '', id = '', ...rest] = text.split(' ');
  const since = parseInstant(at);
  const until = due === noDue ? null : parseInstant(due);
  const isPlace = since !== null && /^[a-z-]{1,40}$/.test(kind) && isId(id) && rest.length === 0;
  if (!isPlace || (until === null && due !== noDue)) return null;
  return { due: until, since, kind, id };
}

const firstId: Id = '00000000-0000-0000-0000-000000000000';
const lastId: Id = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Where a kind without clocks goes on after a place, by age and id; `null`: from its beginning. Of another
 * kind, those of the same instant come all before or all after the place.
 */
export function pastOf(after: Place | null, kind: string): { at: Instant; id: Id } | null {
  if (after === null || after.due !== null) return null;
  const { since: at } = after;
  if (after.kind === kind) return { at, id: after.id };
  return { at, id: kind < after.kind ? lastId : firstId };
}

/** What one kind gave: in order, and how far it looked where it stopped before its end (`null`: to the end). */
export type Read<Item> = { readonly items: readonly Item[]; readonly looked: Place | null };

/** Those of a whole kind that come after a place, in order, at most so many. */
export function pageOf<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => Place,
  asked: { readonly after: Place | null; readonly most: number },
): Read<Item> {
  const { after, most } = asked;
  const rest = items
    .filter((item) => after === null || comparePlaces(placeOf(item), after) > 0)
    .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
  const page = rest.slice(0, most);
  const last = page.at(-1);
  const isCut = rest.length > page.length && last !== undefined;
  return { items: page, looked: isCut ? placeOf(last) : null };
}

/**
 * One page of several kinds, each of which gave its first ones after the same place. Nothing is told that
 * lies behind what some kind has not looked at yet: it might still have something to go before it.
 */
export function mergeReads<Item>(
  reads: readonly Read<Item>[],
  placeOf: (item: Item) => Place,
  most: number,
): { readonly items: Item[]; readonly next: Place | null } {
  const horizon = reads
    .flatMap(({ looked }) => (looked === null ? [] : [looked]))
    .reduce<Place | null>(
      (nearest, one) => (nearest === null || comparePlaces(one, nearest) < 0 ? one : nearest),
      null,
    );
  const known = reads
    .flatMap(({ items }) => items)
    .filter((item) => horizon === null || comparePlaces(placeOf(item), horizon) <= 0)
    .sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
  const items = known.slice(0, most);
  if (known.length > items.length) return { items, next: placeOf(items.at(-1)!) };
  return { items, next: horizon };
}
