/** SQL of how far quotas are used: counts, never of whom. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** How a unit used a purpose since an instant. */
export type UnitUse = {
  readonly purpose: string;
  readonly unit: string;
  /** Accounts that read, and subjects opened, counted for each account. */
  readonly accounts: number;
  readonly subjects: number;
  /** The most any one of its accounts opened. */
  readonly most: number;
};

/** Uses since an instant, by purpose and unit. */
export function usesSince(db: Queryable, since: Instant): Promise<UnitUse[]> {
  return db.query<UnitUse>(sql`
    select u.purpose, u.unit, count(*)::int as accounts, sum(u.subjects)::int as subjects,
           max(u.subjects)::int as most
    from (select r.purpose, r.unit, r.account, count(distinct r.subject_id) as subjects
          from access.reading r where r.at >= ${since} group by r.purpose, r.unit, r.account) u
    group by u.purpose, u.unit order by u.purpose, u.unit`);
}
