/** SQL of how many accounts a unit has. */
import { type Queryable, sql } from '../../platform/db/index.ts';

/** Accounts of a unit: those that may sign in, and those that were disabled. */
export type UnitAccounts = {
  readonly unit: string;
  readonly open: number;
  readonly disabled: number;
};

/** Accounts by unit. Accounts with a position only: whoever proved an organisation is of none. */
export function countByUnit(db: Queryable): Promise<UnitAccounts[]> {
  return db.query<UnitAccounts>(sql`
    select a.unit, count(*) filter (where a.disabled_at is null)::int as open,
           count(*) filter (where a.disabled_at is not null)::int as disabled
    from accounts.account a where cardinality(a.positions) > 0 group by a.unit`);
}
