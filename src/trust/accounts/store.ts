import { type Instant } from '../../kernel/day.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** An account as stored. */
export type Account = {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly positions: readonly string[];
  readonly sample: boolean;
};

/** One account, or `null`. */
export async function findAccount(db: Queryable, code: string): Promise<Account | null> {
  const rows = await db.query<Account>(
    sql`select code, name, unit, positions, sample from accounts.account where code = ${code}`,
  );
  return rows[0] ?? null;
}

/** All accounts by code. */
export function listAccounts(db: Queryable): Promise<Account[]> {
  return db.query<Account>(
    sql`select code, name, unit, positions, sample from accounts.account order by code`,
  );
}

/** Adds an account unless its code is taken. */
export async function insertAccount(db: Queryable, account: Account, at: Instant): Promise<void> {
  await db.execute(sql`
    insert into accounts.account (code, name, unit, positions, sample, created_at)
    values (${account.code}, ${account.name}, ${account.unit}, ${account.positions},
            ${account.sample}, ${at})
    on conflict (code) do nothing`);
}
