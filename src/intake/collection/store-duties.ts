/** SQL of duties: changes are kept, what holds follows from them. */
import type { Act } from '../../kernel/act.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import { type Duty, type DutyChange, dutiesOf } from './domain-duties.ts';

/** Records changes under one act. */
export async function insertDutyChanges(
  tx: Tx,
  changes: readonly DutyChange[],
  act: Act,
): Promise<void> {
  await tx.copy(
    'collection.duty_change',
    ['provider', 'item', 'from_on', 'owes', 'ground', 'act_id', 'recorded_at'],
    changes.map((one) => [
      ...[one.provider, one.item, one.from, one.owes, one.ground],
      ...[act.id, act.at],
    ]),
  );
}

/** All changes, in the order in which they were recorded. A city has thousands. */
export function readDutyChanges(db: Queryable): Promise<DutyChange[]> {
  return db.query(sql`
    select provider, item, from_on::text as "from", owes, ground
    from collection.duty_change order by recorded_at, act_id`);
}

/** All duties, as they are known now. */
export async function readDuties(db: Queryable): Promise<Duty[]> {
  return dutiesOf(await readDutyChanges(db));
}
