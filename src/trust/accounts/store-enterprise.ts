/** SQL of accounts of enterprises and of their delegates. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { Rights } from './domain-enterprise.ts';

/** A binding of an account to an organisation. */
export type Binding = {
  readonly account: string;
  readonly organisation: string;
  readonly boundAt: Instant;
};

/** A delegation with the name its delegate calls itself. */
export type Delegation = {
  readonly id: Id;
  readonly organisation: string;
  readonly givenBy: string;
  readonly givenTo: string;
  readonly name: string;
  readonly rights: Rights;
  readonly lastDay: Day;
  readonly givenAt: Instant;
  readonly endedAt: Instant | null;
};

const delegationSelect = sql`d.id, d.organisation, d.given_by as "givenBy", d.given_to as "givenTo",
  a.name, d.rights, d.last_day::text as "lastDay", d.given_at as "givenAt", d.ended_at as "endedAt"`;

/** Bindings of an organisation are made one after the other: locks it to the end of the transaction. */
export async function lockOrganisation(tx: Tx, organisation: string): Promise<void> {
  await tx.query(
    sql`select pg_advisory_xact_lock(hashtextextended(${`enterprise:${organisation}`}, 0))`,
  );
}

/** Who holds an organisation now; `null`: nobody. */
export async function holderOf(db: Queryable, organisation: string): Promise<Binding | null> {
  const [row] = await db.query<Binding>(sql`
    select account, organisation, bound_at as "boundAt" from accounts.enterprise
    where organisation = ${organisation} and ended_at is null`);
  return row ?? null;
}

/** What an account holds now; `null`: nothing. */
export async function heldBy(db: Queryable, account: string): Promise<Binding | null> {
  const [row] = await db.query<Binding>(sql`
    select account, organisation, bound_at as "boundAt" from accounts.enterprise
    where account = ${account} and ended_at is null`);
  return row ?? null;
}

/** Whether a proof was used, by its digest. */
export async function isProofUsed(db: Queryable, digest: Buffer): Promise<boolean> {
  const [row] = await db.query<{ used: boolean }>(sql`
    select exists (select from accounts.enterprise where proof_digest = ${digest}) as used`);
  return row!.used;
}

/** Binds an account; what held the organisation before must have been ended. */
export async function insertBinding(
  tx: Tx,
  binding: Binding & { readonly proof: string; readonly digest: Buffer },
): Promise<void> {
  const { account, organisation, boundAt, proof, digest } = binding;
  await tx.execute(sql`
    insert into accounts.enterprise (account, organisation, bound_at, proof, proof_digest)
    values (${account}, ${organisation}, ${boundAt}, ${proof}, ${digest})`);
}

/** Ends who held an organisation, and everything it let in. */
export async function endHolding(tx: Tx, organisation: string, at: Instant): Promise<void> {
  await tx.execute(sql`
    update accounts.enterprise set ended_at = ${at}
    where organisation = ${organisation} and ended_at is null`);
  await tx.execute(sql`
    update accounts.delegation set ended_at = ${at}
    where organisation = ${organisation} and ended_at is null`);
}

/** Delegations of an organisation that were not ended, the newest first. */
export function delegationsOf(db: Queryable, organisation: string): Promise<Delegation[]> {
  return db.query<Delegation>(sql`
    select ${delegationSelect} from accounts.delegation d join accounts.account a on a.code = d.given_to
    where d.organisation = ${organisation} and d.ended_at is null order by d.given_at desc, d.id desc`);
}

/** Delegations to an account that were not ended, by organisation. */
export function delegationsTo(db: Queryable, account: string): Promise<Delegation[]> {
  return db.query<Delegation>(sql`
    select ${delegationSelect} from accounts.delegation d join accounts.account a on a.code = d.given_to
    where d.given_to = ${account} and d.ended_at is null order by d.organisation limit 200`);
}

/** Enters a delegation; one that ran to the same account is replaced. */
export async function insertDelegation(
  tx: Tx,
  delegation: Omit<Delegation, 'name' | 'endedAt'>,
): Promise<void> {
  const { id, organisation, givenBy, givenTo, rights, lastDay, givenAt } = delegation;
  await tx.execute(sql`
    update accounts.delegation set ended_at = ${givenAt}
    where organisation = ${organisation} and given_to = ${givenTo} and ended_at is null`);
  await tx.execute(sql`
    insert into accounts.delegation (id, organisation, given_by, given_to, rights, last_day, given_at)
    values (${id}, ${organisation}, ${givenBy}, ${givenTo}, ${rights}, ${lastDay}, ${givenAt})`);
}

/** Ends a delegation of an organisation; gives whether there was one that ran. */
export async function endDelegation(
  tx: Tx,
  organisation: string,
  id: Id,
  at: Instant,
): Promise<boolean> {
  const count = await tx.execute(sql`
    update accounts.delegation set ended_at = ${at}
    where id = ${id} and organisation = ${organisation} and ended_at is null`);
  return count > 0;
}
