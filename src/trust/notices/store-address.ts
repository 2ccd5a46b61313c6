/** SQL of addresses: given, ended, never overwritten. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { Address, AddressHolder, Medium } from './domain-address.ts';

/** Lets changes of one holder's addresses wait for one another, to the end of the transaction. */
export async function lockAddresses(tx: Tx, { kind, code }: AddressHolder): Promise<void> {
  const key = `notices.address ${kind} ${code}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

type AddressRow = Omit<Address, 'holder'> & {
  readonly kind: AddressHolder['kind'];
  readonly code: string;
};

/** All addresses of a holder, oldest first, those that were ended with their last day. */
export async function addressesOf(db: Queryable, holder: AddressHolder): Promise<Address[]> {
  const rows = await db.query<AddressRow>(sql`
    select a.id, a.holder_kind as kind, a.holder as code, a.medium, a.shown, a.from_day as "fromDay",
           e.last_day as "lastDay"
    from notices.address a left join notices.address_end e on e.address_id = a.id
    where a.holder_kind = ${holder.kind} and a.holder = ${holder.code} order by a.id`);
  return rows.map(({ kind, code, id, medium, shown, fromDay, lastDay }) => ({
    ...{ id, holder: { kind, code }, medium, shown, fromDay, lastDay },
  }));
}

/** The sealed text of an address. */
export async function sealedAddress(db: Queryable, id: Id): Promise<Buffer> {
  const [row] = await db.query<{ sealed: Buffer }>(
    sql`select a.sealed from notices.address a where a.id = ${id}`,
  );
  return row!.sealed;
}

/** Enters an address. */
export async function insertAddress(
  tx: Tx,
  address: Address,
  kept: {
    readonly sealed: Buffer;
    readonly digest: Buffer;
    readonly by: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { id, holder, medium, shown, fromDay } = address;
  await tx.execute(sql`
    insert into notices.address (id, holder_kind, holder, medium, shown, sealed, digest, from_day,
                                 given_by, given_at)
    values (${id}, ${holder.kind}, ${holder.code}, ${medium}, ${shown}, ${kept.sealed}, ${kept.digest},
            ${fromDay}, ${kept.by}, ${kept.at})`);
}

/** Ends an address with a day. */
export async function insertAddressEnd(
  tx: Tx,
  id: Id,
  end: { readonly lastDay: Day; readonly by: string; readonly at: Instant },
): Promise<void> {
  await tx.execute(sql`
    insert into notices.address_end (address_id, last_day, ended_by, ended_at)
    values (${id}, ${end.lastDay}, ${end.by}, ${end.at})`);
}

/** Whether the address of a medium that is used now is this one, by its digest. */
export async function isOpenDigest(
  db: Queryable,
  holder: AddressHolder,
  of: { readonly medium: Medium; readonly digest: Buffer },
): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(sql`
    select exists (
      select from notices.address a left join notices.address_end e on e.address_id = a.id
      where a.holder_kind = ${holder.kind} and a.holder = ${holder.code} and a.medium = ${of.medium}
        and a.digest = ${of.digest} and e.address_id is null) as found`);
  return row!.found;
}

/** How many addresses were given for a holder since an instant. */
export async function countGiven(
  db: Queryable,
  holder: AddressHolder,
  since: Instant,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from notices.address a
    where a.holder_kind = ${holder.kind} and a.holder = ${holder.code} and a.given_at >= ${since}`);
  return row!.count;
}
