/** SQL of how far each letter came, and of what has to be done about it next. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { NoticeChannel } from '../../kernel/rulebook/notices.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { ServiceState } from './domain-service.ts';

/** How far a letter came. */
export type Standing = {
  readonly state: ServiceState;
  readonly deliveredAt: Instant | null;
  readonly readAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly servedBy: 'acknowledgement' | 'deemed' | null;
  readonly servedOn: Day | null;
  readonly deemedDue: Day | null;
};

/** Writes how far a letter came. */
export async function keepStanding(tx: Tx, letterId: Id, standing: Standing): Promise<void> {
  const { state, deliveredAt, readAt, acknowledgedAt, servedBy, servedOn, deemedDue } = standing;
  await tx.execute(sql`
    insert into notices.standing (letter_id, state, delivered_at, read_at, acknowledged_at, served_by,
                                  served_on, deemed_due)
    values (${letterId}, ${state}, ${deliveredAt}, ${readAt}, ${acknowledgedAt}, ${servedBy},
            ${servedOn}, ${deemedDue})
    on conflict (letter_id) do update set
      state = excluded.state, delivered_at = excluded.delivered_at, read_at = excluded.read_at,
      acknowledged_at = excluded.acknowledged_at, served_by = excluded.served_by,
      served_on = excluded.served_on, deemed_due = excluded.deemed_due`);
}

/** Letters that count as served from a day on and are not served yet, at most so many. */
export async function deemedBy(db: Queryable, on: Day, most: number): Promise<Id[]> {
  const rows = await db.query<{ id: Id }>(sql`
    select s.letter_id as id from notices.standing s
    where s.deemed_due <= ${on} and s.served_on is null order by s.deemed_due, s.letter_id
    limit ${most}`);
  return rows.map(({ id }) => id);
}

/** What still has to go out by one channel. */
export type Waiting = {
  readonly letterId: Id;
  readonly channel: NoticeChannel;
  readonly attempts: number;
};

/**
 * Takes what is due out of the outbox for an attempt, at most so many, the longest waiting first: whoever
 * dies during the attempt leaves it there for the next one, from `again` on by the number of attempts.
 */
export async function takeDue(
  tx: Tx,
  now: Instant,
  most: number,
  again: (attempts: number) => Instant,
): Promise<Waiting[]> {
  const due = await tx.query<Waiting>(sql`
    select o.letter_id as "letterId", o.channel, o.attempts from notices.outbox o
    where o.next_at <= ${now} order by o.next_at, o.letter_id, o.channel limit ${most} for update`);
  const taken = due.map((one) => ({ ...one, attempts: one.attempts + 1 }));
  for (const { letterId, channel, attempts } of taken) {
    await tx.execute(sql`
      update notices.outbox set attempts = ${attempts}, next_at = ${again(attempts)}
      where letter_id = ${letterId} and channel = ${channel}`);
  }
  return taken;
}

/** Takes a letter out of the outbox of a channel: it went out, or was given up. Gives false if it had been. */
export async function takeOut(tx: Tx, letterId: Id, channel: NoticeChannel): Promise<boolean> {
  const count = await tx.execute(sql`
    delete from notices.outbox where letter_id = ${letterId} and channel = ${channel}`);
  return count > 0;
}

/** How much waits to go out, and since when the oldest has. */
export async function outboxState(
  db: Queryable,
): Promise<{ waiting: number; oldest: Instant | null }> {
  const [row] = await db.query<{ waiting: number; oldest: Instant | null }>(sql`
    select count(*)::int as waiting, min(l.at) as oldest
    from notices.outbox o join notices.letter l on l.id = o.letter_id`);
  return row!;
}
