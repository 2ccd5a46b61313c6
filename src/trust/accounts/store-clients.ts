/** SQL of clients and of the nonces they used. */
import type { Day, Instant } from '../../kernel/day.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import { type Account, accountSelect } from './store.ts';

/** A client as stored. `validUntil`: the last day on which its signatures count. */
export type Client = {
  readonly account: string;
  readonly publicKey: Buffer;
  readonly validUntil: Day;
  readonly changedAt: Instant;
};

const clientSelect = sql`account, public_key as "publicKey", valid_until::text as "validUntil",
  changed_at as "changedAt"`;

/** The client an account is, or `null`: it is a person's, or not there. */
export async function findClient(db: Queryable, account: string): Promise<Client | null> {
  const [row] = await db.query<Client>(
    sql`select ${clientSelect} from accounts.client where account = ${account}`,
  );
  return row ?? null;
}

/** All clients by code. */
export function listClients(db: Queryable): Promise<Client[]> {
  return db.query<Client>(sql`select ${clientSelect} from accounts.client order by account`);
}

/** Account and client of a code at once; `null` where either is missing. */
export async function findSigner(
  db: Queryable,
  code: string,
): Promise<{ readonly account: Account; readonly client: Client } | null> {
  const [row] = await db.query<Account & Client>(sql`
    select ${accountSelect}, ${clientSelect}
    from accounts.account join accounts.client on account = code where code = ${code}`);
  if (row === undefined) return null;
  const { name, unit, positions, sample, disabledAt, ...client } = row;
  return { account: { code, name, unit, positions, sample, disabledAt }, client };
}

/** Waits until nobody else is giving a key, or a person of a provider, to an account; to the end of the transaction. */
export async function lockIdentities(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('accounts.identities'))`);
}

/** The client that has a key, or `null`. */
export async function clientWithKey(db: Queryable, publicKey: Buffer): Promise<string | null> {
  const [row] = await db.query<{ account: string }>(
    sql`select account from accounts.client where public_key = ${publicKey}`,
  );
  return row?.account ?? null;
}

/** Makes an account a client, or gives it another key or day. */
export async function applyClient(tx: Tx, client: Client): Promise<void> {
  const { account, publicKey, validUntil, changedAt } = client;
  await tx.execute(sql`
    insert into accounts.client (account, public_key, valid_until, changed_at)
    values (${account}, ${publicKey}, ${validUntil}::date, ${changedAt})
    on conflict (account) do update set public_key = ${publicKey},
      valid_until = ${validUntil}::date, changed_at = ${changedAt}`);
}

/**
 * Takes a nonce of a client; gives false where it was taken before. Of two at once the second waits for
 * the first: both can not pass.
 */
export async function takeNonce(
  db: Queryable,
  taken: { readonly account: string; readonly nonce: string; readonly expiresAt: Instant },
): Promise<boolean> {
  const { account, nonce, expiresAt } = taken;
  const count = await db.execute(sql`
    insert into accounts.client_nonce (account, nonce, expires_at)
    values (${account}, ${nonce}, ${expiresAt}) on conflict do nothing`);
  return count > 0;
}

/** Forgets nonces of which no copy would be in time any more. Gives how many. */
export function forgetNonces(db: Queryable, now: Instant): Promise<number> {
  return db.execute(sql`delete from accounts.client_nonce where expires_at < ${now}`);
}
