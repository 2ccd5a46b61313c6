/** Addresses: given and ended, by an officer through the door, or by whoever holds an organisation. */
import type { Actor } from '../../kernel/act.ts';
import { addDays, startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import { freshId } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  type Address,
  type AddressHolder,
  type Medium,
  maskAddressee,
  readAddress,
} from './domain-address.ts';
import type { NoticeDeps } from './service.ts';
import {
  addressesOf,
  countGiven,
  insertAddress,
  insertAddressEnd,
  isOpenDigest,
  lockAddresses,
} from './store-address.ts';

/** An address as somebody gives it; `address` null: none any more. */
export type AddressGiven = {
  readonly holder: AddressHolder;
  readonly medium: Medium;
  readonly address: string | null;
};

/**
 * Puts an address in the place of the one before, which keeps its days. The same address again changes
 * nothing. Refuses `notices.bad-address {medium}`, `notices.too-many-addresses {most}`.
 */
async function put(
  deps: NoticeDeps,
  tx: Tx,
  given: AddressGiven,
  by: string,
): Promise<Result<Id | null>> {
  const { holder, medium } = given;
  const read = given.address === null ? null : readAddress(medium, given.address);
  if (read !== null && !read.ok) return read;
  await lockAddresses(tx, holder);
  const today = deps.clock.today();
  const limits = limitsUnder(deps.rulebook(), 'notices.', today, deps.place);
  const most = limits.figure('addresses.most-per-day');
  // An address is put out of use at any time; only giving others is limited.
  if (read !== null && (await countGiven(tx, holder, startOfDay(today))) >= most) {
    return refuse('notices.too-many-addresses', { most });
  }
  const digest = read === null ? null : deps.crypto.mac(`notices ${medium} ${read.value}`);
  if (digest !== null && (await isOpenDigest(tx, holder, { medium, digest }))) return ok(null);
  const at = deps.clock.now();
  for (const one of await addressesOf(tx, holder)) {
    if (one.medium !== medium || one.lastDay !== null) continue;
    // One given today and replaced today was used on no day: its last day is before its first.
    const lastDay = addDays(today, -1);
    await insertAddressEnd(tx, one.id, { lastDay, by, at });
  }
  if (read === null || digest === null) return ok(null);
  const id = freshId(deps.clock);
  const shown = maskAddressee(medium, read.value);
  const address = { id, holder, medium, shown, fromDay: today, lastDay: null };
  const sealed = deps.crypto.sealKey(Buffer.from(read.value));
  await insertAddress(tx, address, { sealed, digest, by, at });
  return ok(id);
}

/** The address an officer enters; refuses what the door and {@link AddressGiven} are refused for. */
export async function giveAddress(
  deps: NoticeDeps,
  given: AddressGiven,
  asked: { readonly actor: Actor; readonly reason: string },
): Promise<Result<Id | null>> {
  const { holder, medium } = given;
  const { actor, reason } = asked;
  return deps.database
    .transaction(async (tx) => {
      const done = await put(deps, tx, given, actor.account);
      if (!done.ok) return done;
      const act = await deps.door.pass(tx, {
        ...{ kind: 'notices.address', needs: 'notices:serve', actor, ground: { reason } },
        ...{ traceId: `address-${holder.code}`, object: `${holder.kind}:${holder.code}` },
        detail: { medium, address: done.value, ended: given.address === null },
      });
      // Thrown, so that what the door does not let through leaves nothing behind.
      if (!act.ok) throw new NotLetThrough(act);
      return done;
    })
    .catch((fault: unknown) => {
      if (fault instanceof NotLetThrough) return fault.refused;
      throw fault;
    });
}

class NotLetThrough extends Error {
  readonly refused: Extract<Result<never>, { ok: false }>;
  constructor(refused: Extract<Result<never>, { ok: false }>) {
    super('not let through');
    this.refused = refused;
  }
}

/**
 * The address an organisation or an enterprise account enters for itself; an event, as all it does.
 * `by.address`: where it was asked from on the network. Refuses what {@link AddressGiven} is refused for.
 */
export async function giveOwnAddress(
  deps: NoticeDeps,
  given: AddressGiven,
  by: { readonly account: string; readonly address: string | null },
): Promise<Result<Id | null>> {
  return deps.database.transaction(async (tx) => {
    const done = await put(deps, tx, given, by.account);
    if (!done.ok) return done;
    const { holder, medium } = given;
    await deps.record(tx, {
      ...{ kind: 'notice-address', ...by, route: null },
      detail: { holder: `${holder.kind}:${holder.code}`, medium, given: done.value },
    });
    return done;
  });
}

/** Addresses of a holder, masked, with their days. */
export function addressHistory(deps: NoticeDeps, holder: AddressHolder): Promise<Address[]> {
  return addressesOf(deps.database, holder);
}
