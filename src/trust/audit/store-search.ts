/** SQL of looking through acts and events, the newest first. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, type Sql, sql } from '../../platform/db/index.ts';
import {
  type ActRow,
  type StoredAct,
  type StoredEvent,
  actColumns,
  eventColumns,
  storedAct,
} from './store.ts';

/** A page of a list that goes back in time: `before` is where the page before ended. */
export type PageAsked = {
  readonly before: { readonly at: Instant; readonly id: string } | null;
  readonly most: number;
};

/** What events are looked for; what is left out is not looked at. Instants are both included. */
export type EventsWanted = {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly kind?: string | undefined;
  readonly account?: string | undefined;
};

/** What acts are looked for. `object`: what was acted on, as the act names it. */
export type ActsWanted = EventsWanted & {
  readonly unit?: string | undefined;
  readonly object?: string | undefined;
};

const anything = sql`true`;
const when = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql =>
  value === undefined ? anything : condition(value);

/** Events, the newest first. */
export function searchEvents(
  db: Queryable,
  { from, to, kind, account }: EventsWanted,
  { before, most }: PageAsked,
): Promise<StoredEvent[]> {
  return db.query<StoredEvent>(sql`
    select ${eventColumns} from audit.event e
    where ${when(from, (at) => sql`e.at >= ${at}`)} and ${when(to, (at) => sql`e.at <= ${at}`)}
      and ${when(kind, (value) => sql`e.kind = ${value}`)}
      and ${when(account, (value) => sql`e.account = ${value}`)}
      and ${before === null ? anything : sql`(e.at, e.id) < (${before.at}, ${before.id}::uuid)`}
    order by e.at desc, e.id desc limit ${most}`);
}

/** Acts, the newest first. */
export async function searchActs(
  db: Queryable,
  { from, to, kind, account, unit, object }: ActsWanted,
  { before, most }: PageAsked,
): Promise<StoredAct[]> {
  const rows = await db.query<ActRow>(sql`
    select ${actColumns} from audit.act a
    where ${when(from, (at) => sql`a.at >= ${at}`)} and ${when(to, (at) => sql`a.at <= ${at}`)}
      and ${when(kind, (value) => sql`a.kind = ${value}`)}
      and ${when(account, (value) => sql`a.account = ${value}`)}
      and ${when(unit, (value) => sql`a.unit = ${value}`)}
      and ${when(object, (value) => sql`a.object = ${value}`)}
      and ${before === null ? anything : sql`(a.at, a.id) < (${before.at}, ${before.id}::uuid)`}
    order by a.at desc, a.id desc limit ${most}`);
  return rows.map(storedAct);
}

/** One act by its id, or `null`. */
export async function readAct(db: Queryable, id: string): Promise<StoredAct | null> {
  const [row] = await db.query<ActRow>(
    sql`select ${actColumns} from audit.act a where a.id = ${id}`,
  );
  return row === undefined ? null : storedAct(row);
}
