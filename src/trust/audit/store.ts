import type { Act } from '../../kernel/act.ts';
import type { Instant } from '../../kernel/day.ts';
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

/** Makes the partition of a month. */
export async function ensureActMonth(db: Queryable, at: Instant): Promise<void> {
  await db.execute(sql`select operation.ensure_month('audit.act', ${at}::timestamptz::date)`);
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
