/** SQL of changes of accounts that wait for, or had, two persons. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { AccountWanted } from './store.ts';

/** A change of an account. */
export type AccountChange = {
  readonly id: Id;
  readonly account: string;
  readonly wanted: AccountWanted;
  readonly state: 'proposed' | 'decided' | 'rejected' | 'cancelled';
  readonly proposedAct: Id;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
};

const changeSelect = sql`id, account, wanted, state, proposed_act as "proposedAct",
  proposed_by as "proposedBy", proposed_at as "proposedAt"`;

/** Changes that wait, oldest first. */
export function openChanges(db: Queryable): Promise<AccountChange[]> {
  return db.query<AccountChange>(sql`
    select ${changeSelect} from accounts.change where state = 'proposed' order by proposed_at, id`);
}

/** One change in any state; `null` when there is none of that id. */
export async function findChange(db: Queryable, id: Id): Promise<AccountChange | null> {
  const [row] = await db.query<AccountChange>(
    sql`select ${changeSelect} from accounts.change where id = ${id}`,
  );
  return row ?? null;
}

/** One change, locked to the end of the transaction. */
export async function lockChange(tx: Tx, id: Id): Promise<AccountChange | null> {
  const [row] = await tx.query<AccountChange>(
    sql`select ${changeSelect} from accounts.change where id = ${id} for update`,
  );
  return row ?? null;
}

/** Enters a proposed change; gives false where one of the same account waits already. */
export async function insertChange(tx: Tx, change: AccountChange): Promise<boolean> {
  const { id, account, wanted, state, proposedAct, proposedBy, proposedAt } = change;
  const count = await tx.execute(sql`
    insert into accounts.change
      (id, account, wanted, state, proposed_act, proposed_by, proposed_at)
    values (${id}, ${account}, ${JSON.stringify(wanted)}, ${state}, ${proposedAct}, ${proposedBy},
            ${proposedAt})
    on conflict do nothing`);
  return count > 0;
}

/** Ends a change. */
export async function endChange(
  tx: Tx,
  id: Id,
  ended: { readonly state: 'decided' | 'rejected'; readonly by: string; readonly at: Instant },
): Promise<void> {
  await tx.execute(sql`
    update accounts.change set state = ${ended.state}, decided_by = ${ended.by}, decided_at = ${ended.at}
    where id = ${id}`);
}

/** Whether anybody who is not disabled holds a position, beside sample accounts. */
export async function isHeld(db: Queryable, position: string): Promise<boolean> {
  const [row] = await db.query<{ held: boolean }>(sql`
    select exists (select from accounts.account
                   where ${position} = any (positions) and disabled_at is null and not sample) as held`);
  return row!.held;
}
