/** SQL of the public law pages: who confirmed what. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** Two officers confirmed an edition; accounts are codes, never persons' names. */
export type PublicConfirmation = {
  readonly edition: string;
  readonly first: string;
  readonly second: string;
  readonly confirmedAt: Instant;
};

/** All confirmations, the newest first. */
export function readConfirmers(db: Queryable): Promise<PublicConfirmation[]> {
  return db.query<PublicConfirmation>(sql`
    select edition_key as edition, first_account as first, second_account as second,
           confirmed_at as "confirmedAt"
    from rulebook.confirmation order by confirmed_at desc, edition_key`);
}
