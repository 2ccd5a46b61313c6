/** SQL of sessions. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** What a session still lacks, or that it lacks nothing. */
export type SessionState = 'second-factor' | 'change-password' | 'enrol' | 'open';

/** A session as stored. */
export type Session = {
  readonly id: Id;
  readonly csrf: string;
  readonly account: string;
  readonly state: SessionState;
  /** How it was begun. */
  readonly way: 'password' | 'oidc';
  readonly address: string | null;
  readonly device: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly endedAt: Instant | null;
};

const sessionSelect = sql`id, csrf, account, state, way, address, device, created_at as "createdAt",
  seen_at as "seenAt", ended_at as "endedAt"`;

/** The session of a token, by its digest. */
export async function findSession(db: Queryable, digest: Buffer): Promise<Session | null> {
  const [row] = await db.query<Session>(
    sql`select ${sessionSelect} from accounts.session where token_digest = ${digest}`,
  );
  return row ?? null;
}

/** Sessions of an account that were not ended, newest first. */
export function openSessions(db: Queryable, account: string): Promise<Session[]> {
  return db.query<Session>(sql`
    select ${sessionSelect} from accounts.session
    where account = ${account} and ended_at is null order by created_at desc, id desc`);
}

/** Begins a session. */
export async function insertSession(tx: Tx, session: Session, digest: Buffer): Promise<void> {
  const { id, csrf, account, state, way, address, device, createdAt, seenAt } = session;
  await tx.execute(sql`
    insert into accounts.session
      (id, token_digest, csrf, account, state, way, address, device, created_at, seen_at)
    values (${id}, ${digest}, ${csrf}, ${account}, ${state}, ${way}, ${address}, ${device},
            ${createdAt}, ${seenAt})`);
}

/** Moves a session on, under a new token: one that was known before is worth nothing any more. */
export async function moveSession(
  tx: Tx,
  id: Id,
  to: { readonly state: SessionState; readonly digest: Buffer; readonly csrf: string },
): Promise<void> {
  await tx.execute(sql`
    update accounts.session set state = ${to.state}, token_digest = ${to.digest}, csrf = ${to.csrf}
    where id = ${id}`);
}

/** Notes that a session was used. */
export async function touchSession(db: Queryable, id: Id, at: Instant): Promise<void> {
  await db.execute(sql`
    update accounts.session set seen_at = ${at} where id = ${id} and seen_at < ${at}`);
}

/** Ends sessions. */
export async function endSessions(
  tx: Queryable,
  ids: readonly Id[],
  ended: { readonly at: Instant; readonly why: string },
): Promise<void> {
  await tx.execute(sql`
    update accounts.session set ended_at = ${ended.at}, ended_why = ${ended.why}
    where id = any (${ids}::uuid[]) and ended_at is null`);
}
