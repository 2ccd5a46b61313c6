/** Whose deliveries somebody sees: a unit its own, a centre those of its place. What is not is not there. */
import type { Id } from '../../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import { type Batch, readBatch } from '../../../intake/collection/index.ts';
import { findUnit } from '../../../register/units/index.ts';
import type { Account } from '../../../trust/accounts/index.ts';
import { isWithinReach, reachOfAccount } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';

/** The unit that is asked for: one's own where none is named. Refuses `collection.no-such-unit`. */
export async function unitFor(
  deps: OfficeDeps,
  account: Account,
  asked: string | undefined,
): Promise<Result<string>> {
  if (asked === undefined || asked === account.unit) return ok(account.unit);
  const isNear = isWithinReach(await reachOfAccount(deps, account), asked);
  const known = isNear ? await findUnit(deps.database, asked) : null;
  return known === null ? refuse('collection.no-such-unit', { code: asked }) : ok(asked);
}

/** A batch this account may see. Refuses `collection.no-such-batch`, for another unit's too. */
export async function batchFor(
  deps: OfficeDeps,
  account: Account,
  id: string,
): Promise<Result<Batch>> {
  const batch = await readBatch(deps.database, id as Id);
  const near = batch !== null && isWithinReach(await reachOfAccount(deps, account), batch.provider);
  return near ? ok(batch) : refuse('collection.no-such-batch', { batch: id });
}

/** A batch of the account's own unit: only the unit itself corrects and releases. Refuses the same. */
export async function ownBatchFor(
  deps: OfficeDeps,
  account: Account,
  id: string,
): Promise<Result<Batch>> {
  const batch = await readBatch(deps.database, id as Id);
  const own = batch !== null && batch.provider === account.unit;
  return own ? ok(batch) : refuse('collection.no-such-batch', { batch: id });
}
