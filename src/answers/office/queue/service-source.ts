/** What a kind of matter gives to the queue. A wing adds itself by one entry in `service-sources.ts`. */
import type { Actor } from '../../../kernel/act.ts';
import type { Instant } from '../../../kernel/day.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Refusal } from '../../../kernel/result.ts';
import type { LimitRow } from '../../../kernel/rulebook/limits.ts';
import type { Account } from '../../../trust/accounts/index.ts';
import type { Reach } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { type Place, type Read, pastOf } from './domain.ts';

/** The same text in both languages. */
export type Words = { readonly zh: string; readonly en: string };

/** A step of a procedure, with the reason of the function that decides it; `null`: open to the caller. */
export type Step = {
  readonly action: string;
  readonly refusal: Refusal | null;
  /** Where the name of the action does not say enough: whose answer it is, for instance. */
  readonly name?: Words;
};

export type ActorFor = (needs: string) => Actor;

/** Who asks, and what is asked of. */
export type QueueContext = {
  readonly deps: OfficeDeps;
  readonly account: Account;
  readonly reach: Reach;
  /** Whether one of the caller's positions has a permission. */
  readonly may: (needs: string) => boolean;
  /** The caller in the position in which a step that needs a permission would be taken. */
  readonly actorFor: ActorFor;
  readonly unitName: (code: string) => string;
};

/** A clock: the last moment in time, and the limit that sets it. */
export type Due = { readonly by: Instant; readonly limit: LimitRow };

/** One matter that waits. */
export type Waiting = {
  readonly id: Id;
  readonly since: Instant;
  readonly due: Due | null;
  readonly title: Words;
  readonly about: Words;
  /** Where it is done, below `/office`; `null`: not in the office. */
  readonly page: string | null;
  readonly state: string;
  readonly steps: readonly Step[];
};

/** Something of a matter's own history. `act`: the act it was, where it was one. */
export type Moment = {
  readonly at: Instant;
  readonly what: Words;
  readonly act: Id | null;
  readonly account: string | null;
  readonly reason: string | null;
};

/** One matter whole. */
export type QueueCase = Waiting & {
  readonly done: boolean;
  readonly facts: readonly (readonly [Words, string])[];
  readonly history: readonly Moment[];
  /** What acts of it were done to, and which of them the caller may be told. */
  readonly acts: {
    readonly object: string;
    readonly isOwn: (detail: Readonly<Record<string, unknown>>) => boolean;
  };
  /** Its steps for somebody else, worked out by the same function. */
  readonly stepsFor: (actorFor: ActorFor) => readonly Step[] | Promise<readonly Step[]>;
};

/** What is asked of a kind. `mine`: only what the caller can bring forward. */
export type Asked = {
  readonly after: Place | null;
  readonly most: number;
  readonly mine: boolean;
};

/** A kind of matter. */
export type QueueSource = {
  readonly kind: string;
  readonly name: Words;
  /** Permissions of which one lets a caller see the kind at all; {@link QueueSource.read} narrows it to units. */
  readonly needs: readonly string[];
  readonly states: Readonly<Record<string, Words>>;
  readonly actions: Readonly<Record<string, Words>>;
  /** Steps that take back or end, and bring nothing forward. */
  readonly backward: readonly string[];
  readonly read: (context: QueueContext, asked: Asked) => Promise<Read<Waiting>>;
  /** One matter; `foreign`: it is there, and not the caller's to see. */
  readonly open: (context: QueueContext, id: Id) => Promise<QueueCase | 'foreign' | null>;
};

/** The place of a matter in the queue. */
export function placeOf(kind: string, { id, since, due }: Waiting): Place {
  return { due: due?.by ?? null, since, kind, id };
}

/** Whether some step that brings a matter forward is open. */
export function isForward(backward: readonly string[], steps: readonly Step[]): boolean {
  return steps.some(({ action, refusal }) => refusal === null && !backward.includes(action));
}

const pagesLooked = 20;

/**
 * Reads a kind that has no clocks straight from its table, by age. `next` gives rows past a place, the
 * oldest first; `show` makes a matter of a row, or `null` of one that is not to be seen here.
 */
export async function readByAge<Row>(
  kind: string,
  { after, most }: Asked,
  table: {
    readonly next: (past: { at: Instant; id: Id } | null, limit: number) => Promise<Row[]>;
    readonly placed: (row: Row) => { readonly at: Instant; readonly id: Id };
    readonly show: (row: Row) => Promise<Waiting | null>;
  },
): Promise<Read<Waiting>> {
  const items: Waiting[] = [];
  let past = pastOf(after, kind);
  const placed = (index: number) => placeOf(kind, items[index]!);
  // A narrow view passes over much, and gives up for this page after so many.
  for (let page = 0; page < pagesLooked; page += 1) {
    const rows = await table.next(past, most + 1);
    for (const row of rows) {
      const shown = await table.show(row);
      if (shown !== null) items.push(shown);
      // One more than asked for: there is another page.
      if (items.length > most) return { items: items.slice(0, most), looked: placed(most - 1) };
      past = table.placed(row);
    }
    if (rows.length <= most) return { items, looked: null };
  }
  if (past === null) return { items, looked: null };
  return { items, looked: { due: null, since: past.at, kind, id: past.id } };
}
