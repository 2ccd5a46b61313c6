/** SQL of credentials and of what failed. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';

/** What an account signs in with. */
export type Credential = {
  readonly password: string | null;
  readonly passwordSetAt: Instant | null;
  readonly oneTimeUntil: Instant | null;
  readonly totpSealed: Buffer | null;
  readonly totpPending: Buffer | null;
  readonly totpStep: number | null;
};

const credentialSelect = sql`password, password_set_at as "passwordSetAt",
  one_time_until as "oneTimeUntil", totp_sealed as "totpSealed", totp_pending as "totpPending",
  totp_step::text as "totpStep"`;

type Row = Omit<Credential, 'totpStep'> & { readonly totpStep: string | null };

const asCredential = (row: Row | undefined): Credential | null =>
  row === undefined
    ? null
    : { ...row, totpStep: row.totpStep === null ? null : Number(row.totpStep) };

/** The credential of an account; `null`: it has none. Locked to the end of the transaction. */
export async function lockCredential(tx: Tx, account: string): Promise<Credential | null> {
  const [row] = await tx.query<Row>(sql`
    select ${credentialSelect} from accounts.credential where account = ${account} for update`);
  return asCredential(row);
}

/** The same, locking nothing. */
export async function readCredential(db: Queryable, account: string): Promise<Credential | null> {
  const [row] = await db.query<Row>(
    sql`select ${credentialSelect} from accounts.credential where account = ${account}`,
  );
  return asCredential(row);
}

/** Those of some accounts that have no credential. */
export async function withoutCredential(tx: Tx, accounts: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(sql`
    select code from unnest(${accounts}::text[]) as asked (code)
    where not exists (select from accounts.credential where account = asked.code)`);
  return rows.map(({ code }) => code);
}

/** The kept password of an account; `null` where there is none. Locks nothing: checking takes long. */
export async function keptPassword(db: Queryable, account: string): Promise<string | null> {
  const [row] = await db.query<{ password: string | null }>(
    sql`select password from accounts.credential where account = ${account}`,
  );
  return row?.password ?? null;
}

/** Sets a password; `oneTimeUntil`: it was given by somebody else. The one before goes into the history. */
export async function setPassword(
  tx: Tx,
  account: string,
  kept: string,
  when: { readonly at: Instant; readonly oneTimeUntil: Instant | null },
): Promise<void> {
  const { at, oneTimeUntil } = when;
  await tx.execute(sql`
    insert into accounts.credential (account, password, password_set_at, one_time_until)
    values (${account}, ${kept}, ${at}, ${oneTimeUntil})
    on conflict (account) do update
    set password = ${kept}, password_set_at = ${at}, one_time_until = ${oneTimeUntil}`);
  if (oneTimeUntil !== null) return;
  await tx.execute(sql`
    insert into accounts.password_history (account, password, set_at)
    values (${account}, ${kept}, ${at}) on conflict do nothing`);
}

/** Passwords an account had, newest first, at most so many. */
export async function passwordsBefore(
  db: Queryable,
  account: string,
  most: number,
): Promise<string[]> {
  const rows = await db.query<{ password: string }>(sql`
    select password from accounts.password_history where account = ${account}
    order by set_at desc limit ${most}`);
  return rows.map(({ password }) => password);
}

/** Takes a second factor away: whoever holds the account enrols another. */
export async function clearTotp(tx: Tx, account: string): Promise<void> {
  await tx.execute(sql`
    update accounts.credential set totp_sealed = null, totp_pending = null, totp_step = null
    where account = ${account}`);
}

/** Keeps a secret that is being enrolled. */
export async function keepPendingTotp(tx: Tx, account: string, sealed: Buffer): Promise<void> {
  await tx.execute(
    sql`update accounts.credential set totp_pending = ${sealed} where account = ${account}`,
  );
}

/** Makes the pending secret the one that counts. */
export async function confirmTotp(tx: Tx, account: string, step: number): Promise<void> {
  await tx.execute(sql`
    update accounts.credential
    set totp_sealed = totp_pending, totp_pending = null, totp_step = ${step}
    where account = ${account}`);
}

/** Keeps the step that was accepted. */
export async function keepStep(tx: Tx, account: string, step: number): Promise<void> {
  await tx.execute(sql`
    update accounts.credential set totp_step = ${step} where account = ${account}`);
}

/** Instants of the failures of an account since its last success, at most the newest hundred. */
export async function failuresOf(db: Queryable, account: string): Promise<Instant[]> {
  const rows = await db.query<{ at: Instant }>(sql`
    select at from accounts.sign_in_failure where account = ${account}
    order by at desc limit 100`);
  return rows.map(({ at }) => at);
}

/** Keeps a failure. */
export async function insertFailure(
  tx: Tx,
  failure: { readonly id: Id; readonly account: string; readonly at: Instant },
): Promise<void> {
  const { id, account, at } = failure;
  await tx.execute(sql`
    insert into accounts.sign_in_failure (id, account, at) values (${id}, ${account}, ${at})`);
}

/** Forgets failures: there was a success, or an administrator unlocks. */
export async function forgetFailures(tx: Tx, account: string): Promise<void> {
  await tx.execute(sql`delete from accounts.sign_in_failure where account = ${account}`);
}
