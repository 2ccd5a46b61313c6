/**
 * Carrying letters: what is due is taken for an attempt first, then carried, then noted. A program that dies
 * between carrying and noting carries the letter again, under the same name: it is never lost.
 */
import { type Day, type Instant, instantFromMs, instantMs } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { limitsUnder } from '../../kernel/rulebook/limits.ts';
import type { MailAnswer, Mailer } from '../../platform/mail.ts';
import type { SmsGateway } from '../../platform/sms.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';
import { findAccount, holderOf, listAccounts } from '../accounts/index.ts';
import type { Letter } from './domain.ts';
import { type Medium, addressOn } from './domain-address.ts';
import { deemedDay, serviceOf, waitSeconds } from './domain-service.ts';
import { type Happening, type NoticeDeps, enterEvent } from './service.ts';
import { findLetter, lockLetter, serviceEvents } from './store.ts';
import { addressesOf, sealedAddress } from './store-address.ts';
import { type Waiting, deemedBy, takeDue, takeOut } from './store-standing.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';

/** What carries letters out of the house; `null`: nothing is connected, and every letter says so. */
export type Carriers = { readonly mail: Mailer | null; readonly sms: SmsGateway | null };

/** What letters and their carriers need. `name`: what the house is called in the names of mails. */
export type DeliverDeps = NoticeDeps & { readonly carriers: Carriers; readonly name: string };

/** What a sweep did. */
export type Sweep = { readonly carried: number; readonly waiting: number; readonly deemed: number };

type Carried = {
  /** `delivered`: it lies where its reader reads. */
  readonly kind: MailAnswer['kind'] | 'delivered';
  readonly reason: string;
  readonly addressId?: Id;
  readonly shown?: string;
};

const limitsOf = ({ rulebook, clock, place }: NoticeDeps) =>
  limitsUnder(rulebook(), 'notices.', clock.today(), place);

/** Whether somebody is there to read a letter in the office or in the space of an organisation. */
async function hasReader(db: Queryable, { to, readers }: Letter): Promise<boolean> {
  if (to.kind === 'organisation') return (await holderOf(db, to.code)) !== null;
  if (to.kind === 'account') {
    const account = await findAccount(db, to.code);
    return account !== null && account.disabledAt === null;
  }
  const wanted = to.kind === 'position' ? [to.code] : readers;
  return (await listAccounts(db)).some(
    ({ unit, positions, disabledAt }) =>
      disabledAt === null &&
      (to.kind === 'position' || unit === to.code) &&
      positions.some((position) => wanted.includes(position)),
  );
}

const mediumOf = { mail: 'mail', sms: 'mobile' } as const satisfies Record<string, Medium>;

/** A letter as mail: Chinese first, its number at the end. */
function mailText({ id, body }: Letter): string {
  return `${body.zh}\n\n${body.en}\n\n告知编号 letter ${id}\n`;
}

async function carryOut(
  deps: DeliverDeps,
  letter: Letter,
  channel: 'mail' | 'sms',
): Promise<Carried> {
  const { carriers, database, clock, crypto, name } = deps;
  if (carriers[channel] === null) return { kind: 'refused', reason: 'not-connected' };
  const { to } = letter;
  // Templates to everybody in a position go by the office only; the rulebook's check holds it.
  assert(to.kind !== 'position', 'a position has no address');
  const holder = { kind: to.kind, code: to.code };
  const addresses = await addressesOf(database, holder);
  const address = addressOn(addresses, mediumOf[channel], clock.today());
  if (address === null) return { kind: 'refused', reason: 'no-address' };
  const plain = crypto.openKey(await sealedAddress(database, address.id)).toString('utf8');
  const { id, title } = letter;
  const went = { addressId: address.id, shown: address.shown };
  const answer =
    channel === 'mail'
      ? await carriers.mail!({
          ...{ id: `${id}@${name}`, to: plain, text: mailText(letter), dated: letter.at },
          subject: `${title.zh} / ${title.en}`,
        })
      : await carriers.sms!({ id, mobile: plain, text: `${title.zh}。告知编号${id}` });
  return { ...answer, ...went };
}

async function carry(deps: DeliverDeps, letter: Letter, { channel }: Waiting): Promise<Carried> {
  if (channel === 'mail' || channel === 'sms') return carryOut(deps, letter, channel);
  // Nothing is delivered where nobody can read it: an organisation nobody holds has no reader.
  return (await hasReader(deps.database, letter))
    ? { kind: 'delivered', reason: 'inbox' }
    : { kind: 'later', reason: 'no-reader' };
}

/** What a carried letter is noted as. A channel that was asked often enough is given up. */
function happeningOf(
  { channel, attempts }: Waiting,
  { kind, reason, addressId, shown }: Carried,
  most: number,
): Happening {
  const kinds = { sent: 'sent', delivered: 'delivered', refused: 'failed' } as const;
  const noted = kind === 'later' ? (attempts >= most ? 'failed' : 'tried') : kinds[kind];
  return {
    ...{ kind: noted, channel, addressId: addressId ?? null },
    detail: { reason, attempt: attempts, ...(shown === undefined ? {} : { to: shown }) },
  };
}

/** Carries one letter by one channel and notes what became of it. */
async function carryOne(deps: DeliverDeps, waiting: Waiting): Promise<boolean> {
  const letter = await findLetter(deps.database, waiting.letterId);
  assert(letter !== null, 'what waits to go out was written');
  const carried = await carry(deps, letter, waiting);
  const happening = happeningOf(waiting, carried, limitsOf(deps).figure('attempts.most'));
  const isOver = happening.kind !== 'tried';
  await deps.database.transaction(async (tx) => {
    await lockLetter(tx, letter.id);
    if (isOver && !(await takeOut(tx, letter.id, waiting.channel))) return;
    await enterEvent(deps, tx, letter, happening);
  });
  return isOver;
}

/** Enters letters that count as served by now. */
async function enterDeemed(deps: DeliverDeps, today: Day, most: number): Promise<number> {
  let entered = 0;
  for (const id of await deemedBy(deps.database, today, most)) {
    const done = await deps.database.transaction(async (tx) => {
      await lockLetter(tx, id);
      const letter = (await findLetter(tx, id))!;
      const service = serviceOf(letter.channels, await serviceEvents(tx, id));
      // The calendar may have changed since the day was noted.
      const on = deemedDay(service, letter.deemed, calendarOf(deps.rulebook()));
      if (service.served !== null || on === null || on > today) return null;
      return enterEvent(deps, tx, letter, { kind: 'deemed', detail: { on } });
    });
    if (done !== null) entered += 1;
  }
  return entered;
}

/**
 * Carries what is due, and enters what counts as served; one sweeper at a time, in whatever process: to
 * others it gives `null`. What fails is told to `onTrouble` and tried again later.
 */
export async function deliverNotices(
  deps: DeliverDeps,
  options: { readonly signal?: AbortSignal; readonly onTrouble?: (error: unknown) => void } = {},
): Promise<Sweep | null> {
  return deps.database.session(async (session) => {
    const [lock] = await session.query<{ held: boolean }>(
      sql`select pg_try_advisory_lock(hashtextextended('notices.deliver', 0)) as held`,
    );
    if (!lock!.held) return null;
    const { figure } = limitsOf(deps);
    const most = figure('sweep.most');
    const again = (attempts: number): Instant => {
      const seconds = waitSeconds(
        attempts,
        figure('retry.first-seconds'),
        figure('retry.most-seconds'),
      );
      return instantFromMs(instantMs(deps.clock.now()) + seconds * 1_000);
    };
    const due = await deps.database.transaction((tx) => takeDue(tx, deps.clock.now(), most, again));
    let carried = 0;
    for (const waiting of due) {
      options.signal?.throwIfAborted();
      try {
        if (await carryOne(deps, waiting)) carried += 1;
      } catch (error) {
        options.onTrouble?.(error);
      }
    }
    const deemed = await enterDeemed(deps, deps.clock.today(), most);
    return { carried, waiting: due.length - carried, deemed };
  });
}
