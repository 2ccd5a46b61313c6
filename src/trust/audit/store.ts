import type { AccessEvent, Act } from '../../kernel/act.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** Act of the first person, as far as the second needs it. */
export type FirstAct = {
  readonly id: string;
  readonly at: Instant;
  readonly account: string;
};

/** Writes one act. The database refuses a second person with the first one's account. */
export async function insertAct(
  tx: Tx,
  act: Omit<Act, 'commitment'>,
  salt: Buffer,
  first: FirstAct | null,
): Promise<void> {
  await tx.execute(sql`
    insert into audit.act (id, at, kind, account, unit, position, provision, reason, trace_id, object,
                           detail, first_act, first_at, first_account, salt)
    values (${act.id}, ${act.at}, ${act.kind}, ${act.actor.account}, ${act.actor.unit},
            ${act.actor.position}, ${act.ground.provision ?? null}, ${act.ground.reason},
            ${act.traceId}, ${act.object}, ${JSON.stringify(act.detail)}, ${first?.id ?? null},
            ${first?.at ?? null}, ${first?.account ?? null}, ${salt})`);
}

/** An earlier act by id, or `null`. */
export async function findAct(db: Queryable, id: string): Promise<FirstAct | null> {
  const rows = await db.query<FirstAct>(
    sql`select id, at, account from audit.act where id = ${id}`,
  );
  return rows[0] ?? null;
}

/**
 * Makes the partitions of a month. Asked for with every row: what a transaction made is gone when it is
 * rolled back, and whoever remembered it would write into nothing.
 */
export async function ensureMonth(db: Queryable, at: Instant): Promise<void> {
  await db.execute(sql`
    select operation.ensure_month('audit.act', ${at}::timestamptz::date),
           operation.ensure_month('audit.event', ${at}::timestamptz::date)`);
}

/** An event as it stands in the database. `salt` in hexadecimal. */
export type StoredEvent = AccessEvent & {
  readonly id: Id;
  readonly at: Instant;
  readonly salt: string | null;
};

/** Writes one event. */
export async function insertEvent(
  tx: Tx,
  event: Omit<StoredEvent, 'salt'>,
  salt: Buffer,
): Promise<void> {
  const { id, at, kind, account, address, route, detail } = event;
  await tx.execute(sql`
    insert into audit.event (id, at, kind, account, address, route, detail, salt)
    values (${id}, ${at}, ${kind}, ${account}, ${address}, ${route}, ${JSON.stringify(detail)}, ${salt})`);
}

/** Columns of {@link StoredEvent}; the table is `e`. */
export const eventColumns = sql`e.id, e.at, e.kind, e.account, e.address, e.route, e.detail,
  encode(e.salt, 'hex') as salt`;

/** Events after a place in the order of time, at most so many. */
export function eventsAfter(
  db: Queryable,
  after: { readonly at: Instant; readonly id: string } | null,
  most: number,
): Promise<StoredEvent[]> {
  const from = after === null ? sql`true` : sql`(e.at, e.id) > (${after.at}, ${after.id}::uuid)`;
  return db.query<StoredEvent>(sql`
    select ${eventColumns} from audit.event e where ${from} order by e.at, e.id limit ${most}`);
}

/** An act as it stands in the database. `salt` (hexadecimal) is `null` where it was taken away. */
export type StoredAct = {
  readonly act: Omit<Act, 'commitment' | 'needs'>;
  readonly salt: string | null;
};

/** An act as its table has it. */
export type ActRow = {
  readonly id: Id;
  readonly at: Instant;
  readonly kind: string;
  readonly account: string;
  readonly unit: string;
  readonly position: string;
  readonly provision: string | null;
  readonly reason: string;
  readonly traceId: string;
  readonly object: string;
  readonly detail: Act['detail'];
  readonly firstAct: Id | null;
  readonly salt: string | null;
};

/** Columns of {@link ActRow}; the table is `a`. */
export const actColumns = sql`a.id, a.at, a.kind, a.account, a.unit, a.position, a.provision, a.reason,
  a.trace_id as "traceId", a.object, a.detail, a.first_act as "firstAct", encode(a.salt, 'hex') as salt`;

/** The act of a row. */
export function storedAct(row: ActRow): StoredAct {
  const { account, unit, position, provision, reason, firstAct, salt, ...rest } = row;
  return {
    act: {
      ...rest,
      actor: { account, unit, position },
      ground: { reason, ...(provision === null ? {} : { provision }) },
      ...(firstAct === null ? {} : { second: { firstAct } }),
    },
    salt,
  };
}

/** Acts about any of these objects, oldest first. */
export async function storedActsAbout(
  db: Queryable,
  objects: readonly string[],
): Promise<StoredAct[]> {
  const rows = await db.query<ActRow>(sql`
    select ${actColumns} from audit.act a where a.object = any (${objects}::text[]) order by a.at, a.id`);
  return rows.map(storedAct);
}

/** Acts after a place in the order of time, at most so many. */
export async function actsAfter(
  db: Queryable,
  after: { readonly at: Instant; readonly id: string } | null,
  most: number,
): Promise<StoredAct[]> {
  const from = after === null ? sql`true` : sql`(a.at, a.id) > (${after.at}, ${after.id}::uuid)`;
  const rows = await db.query<ActRow>(sql`
    select ${actColumns} from audit.act a where ${from} order by a.at, a.id limit ${most}`);
  return rows.map(storedAct);
}

/** Acts about one object, oldest first. */
export function actsAbout(
  db: Queryable,
  object: string,
): Promise<{ id: string; at: Instant; kind: string; account: string; reason: string }[]> {
  return db.query(
    sql`select id, at, kind, account, reason from audit.act where object = ${object} order by at, id`,
  );
}

/** An act as those who work on its object are told of it. */
export type ToldAct = Pick<ActRow, 'id' | 'at' | 'kind' | 'account' | 'unit' | 'reason' | 'detail'>;

/** The newest acts about one object, at most so many, the oldest of them first. */
export async function actsOn(db: Queryable, object: string, most: number): Promise<ToldAct[]> {
  const rows = await db.query<ToldAct>(sql`
    select id, at, kind, account, unit, reason, detail from audit.act
    where object = ${object} order by at desc, id desc limit ${most}`);
  return rows.reverse();
}
