import { type Instant } from '../../kernel/day.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { ClientWanted } from './domain-client.ts';
import type { OidcSubject } from './domain-oidc.ts';

/** An account as stored. */
export type Account = {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly positions: readonly string[];
  readonly sample: boolean;
  readonly disabledAt: Instant | null;
};

/** Columns of an account. */
export const accountSelect = sql`code, name, unit, positions, sample, disabled_at as "disabledAt"`;

/** One account, or `null`. */
export async function findAccount(db: Queryable, code: string): Promise<Account | null> {
  const rows = await db.query<Account>(
    sql`select ${accountSelect} from accounts.account where code = ${code}`,
  );
  return rows[0] ?? null;
}

/** All accounts of officers and programs by code; those of enterprises are no business of theirs. */
export function listAccounts(db: Queryable): Promise<Account[]> {
  return db.query<Account>(
    sql`select ${accountSelect} from accounts.account where code !~ '^E-' order by code`,
  );
}

/** Adds an account unless its code is taken. */
export async function insertAccount(
  db: Queryable,
  account: Omit<Account, 'disabledAt'>,
  at: Instant,
): Promise<void> {
  await db.execute(sql`
    insert into accounts.account (code, name, unit, positions, sample, created_at)
    values (${account.code}, ${account.name}, ${account.unit}, ${account.positions},
            ${account.sample}, ${at})
    on conflict (code) do nothing`);
}

/** What an account is to be; with `client`, a program's. */
export type AccountWanted = Pick<Account, 'name' | 'unit' | 'positions'> & {
  readonly client?: ClientWanted | undefined;
  /** Who it is at an identity provider; `null`: nobody; not given: as before. */
  readonly oidc?: OidcSubject | null | undefined;
};

/** Makes an account what was decided; `null`: it is disabled, and stays so until it is decided again. */
export async function applyAccount(
  tx: Tx,
  code: string,
  wanted: AccountWanted | null,
  at: Instant,
): Promise<void> {
  if (wanted === null) {
    await tx.execute(sql`update accounts.account set disabled_at = ${at} where code = ${code}`);
    return;
  }
  const { name, unit, positions } = wanted;
  await tx.execute(sql`
    insert into accounts.account (code, name, unit, positions, sample, created_at)
    values (${code}, ${name}, ${unit}, ${positions}, false, ${at})
    on conflict (code) do update set name = ${name}, unit = ${unit}, positions = ${positions},
                                     disabled_at = null`);
}
