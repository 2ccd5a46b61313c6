/** Addresses letters go to: whose, since when, until when. Kept sealed; shown masked. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { maskPhone } from '../../kernel/mask.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';

/** `mail`: electronic mail; `mobile`: short messages. */
export type Medium = 'mail' | 'mobile';

/** Whose an address is. */
export type AddressHolder = {
  readonly kind: 'account' | 'unit' | 'organisation';
  readonly code: string;
};

/** An address as it may be shown. `lastDay`: it is used no more after it. */
export type Address = {
  readonly id: Id;
  readonly holder: AddressHolder;
  readonly medium: Medium;
  readonly shown: string;
  readonly fromDay: Day;
  readonly lastDay: Day | null;
};

const mailMost = 254;
// Plain addresses only: no display name, no comment, no quoted part, nothing that could end a header.
const mailForm =
  /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;
const mobileForm = /^1[3-9]\d{9}$/;

/** An address as it is kept. Refuses `notices.bad-address {medium}`. */
export function readAddress(medium: Medium, given: string): Result<string> {
  const text = given.trim();
  const bare = medium === 'mobile' ? text.replace(/^\+?86/, '').replaceAll(/[ -]/g, '') : text;
  const good =
    medium === 'mail' ? mailForm.test(bare) && !bare.includes('..') : mobileForm.test(bare);
  if (!good || text.length > mailMost) return refuse('notices.bad-address', { medium });
  // The part before the @ is the other server's business; the rest is not.
  const at = bare.lastIndexOf('@');
  return ok(at < 0 ? bare : `${bare.slice(0, at)}@${bare.slice(at + 1).toLowerCase()}`);
}

/** What of an address is shown: enough to know it again. */
export function maskAddressee(medium: Medium, address: string): string {
  if (medium === 'mobile') return maskPhone(address);
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}

/** The address of a medium that is used on a day: the one given last. */
export function addressOn(addresses: readonly Address[], medium: Medium, on: Day): Address | null {
  return addresses
    .filter((one) => one.medium === medium && one.fromDay <= on)
    .filter(({ lastDay }) => lastDay === null || on <= lastDay)
    .reduce<Address | null>((best, one) => (best === null || one.id > best.id ? one : best), null);
}
