/** SQL of letters: what was written, what became of it, what still has to go out. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Addressee } from '../../kernel/notice.ts';
import type { NoticeChannel } from '../../kernel/rulebook/notices.ts';
import { type Queryable, type Sql, type Tx, sql } from '../../platform/db/index.ts';
import { type Letter, digestOfText } from './domain.ts';
import type { ServiceEvent } from './domain-service.ts';
import type { Standing } from './store-standing.ts';

/** Writes a letter; gives false where one of its key was written before. */
export async function insertLetter(
  tx: Tx,
  letter: Letter,
  kept: { readonly salt: Buffer; readonly once: string | null },
): Promise<boolean> {
  const { id, at, template, edition, to, readers, about, title, body, channels } = letter;
  const deemed = letter.deemed === null ? null : JSON.stringify(letter.deemed);
  const count = await tx.execute(sql`
    insert into notices.letter (id, at, template, edition, recipient_kind, recipient, readers, about, once,
                                title_zh, title_en, body_zh, body_en, text_digest, channels, proof,
                                deemed, caused_by, salt)
    values (${id}, ${at}, ${template}, ${edition}, ${to.kind}, ${to.code}, ${[...readers]}, ${about},
            ${kept.once}, ${title.zh}, ${title.en}, ${body.zh}, ${body.en},
            ${Buffer.from(digestOfText(letter), 'hex')}, ${[...channels]}, ${letter.proof}, ${deemed},
            ${letter.by}, ${kept.salt})
    on conflict (once) do nothing`);
  return count > 0;
}

/** The letter of a key. */
export async function letterOnce(db: Queryable, once: string): Promise<Id | null> {
  const [row] = await db.query<{ id: Id }>(
    sql`select l.id from notices.letter l where l.once = ${once}`,
  );
  return row?.id ?? null;
}

type LetterRow = Omit<Letter, 'title' | 'body' | 'to'> & {
  readonly kind: Addressee['kind'];
  readonly recipient: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly bodyZh: string;
  readonly bodyEn: string;
};

const letterSelect = sql`l.id, l.at, l.template, l.edition, l.recipient_kind as kind, l.recipient,
  l.readers, l.about, l.title_zh as "titleZh", l.title_en as "titleEn", l.body_zh as "bodyZh",
  l.body_en as "bodyEn", l.channels, l.proof, l.deemed, l.caused_by as by`;

function letterOf(row: LetterRow): Letter {
  const { id, at, template, edition, readers, about, channels, proof, deemed, by } = row;
  return {
    ...{ id, at, template, edition, readers, about, channels, proof, deemed, by },
    to: { kind: row.kind, code: row.recipient },
    title: { zh: row.titleZh, en: row.titleEn },
    body: { zh: row.bodyZh, en: row.bodyEn },
  };
}

/** One letter, or `null`. */
export async function findLetter(db: Queryable, id: string): Promise<Letter | null> {
  const [row] = await db.query<LetterRow>(
    sql`select ${letterSelect} from notices.letter l where l.id = ${id}`,
  );
  return row === undefined ? null : letterOf(row);
}

/** Lets whatever becomes of one letter wait for one another, to the end of the transaction. */
export async function lockLetter(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`notices.letter ${id}`}, 0))`,
  );
}

/** A letter with how far it came. */
export type StandingLetter = { readonly letter: Letter; readonly standing: Standing };

const standingSelect = sql`s.state, s.delivered_at as "deliveredAt", s.read_at as "readAt",
  s.acknowledged_at as "acknowledgedAt", s.served_by as "servedBy", s.served_on as "servedOn",
  s.deemed_due as "deemedDue"`;

function standingOf(row: LetterRow & Standing): StandingLetter {
  const { state, deliveredAt, readAt, acknowledgedAt, servedBy, servedOn, deemedDue } = row;
  return {
    letter: letterOf(row),
    standing: { state, deliveredAt, readAt, acknowledgedAt, servedBy, servedOn, deemedDue },
  };
}

/** Whose letters are looked for. */
export type InboxOf = {
  /** Officers: their account, unit and positions. Of an enterprise: its account, or an organisation. */
  readonly account: string | null;
  readonly unit: string | null;
  readonly positions: readonly string[];
  readonly organisation: string | null;
};

/** Letters that are for somebody. */
function isFor({ account, unit, positions, organisation }: InboxOf): Sql {
  return sql`(
    (l.recipient_kind = 'account' and l.recipient = ${account})
    or (l.recipient_kind = 'unit' and l.recipient = ${unit} and l.readers && ${[...positions]}::text[])
    or (l.recipient_kind = 'position' and l.recipient = any (${[...positions]}::text[]))
    or (l.recipient_kind = 'organisation' and l.recipient = ${organisation}))`;
}

/** A page of letters, the newest first, after a letter; `of` null: everybody's. */
export async function listLetters(
  db: Queryable,
  of: InboxOf | null,
  page: { readonly after: Id | null; readonly most: number },
): Promise<StandingLetter[]> {
  const from = page.after === null ? sql`true` : sql`l.id < ${page.after}::uuid`;
  const rows = await db.query<LetterRow & Standing>(sql`
    select ${letterSelect}, ${standingSelect}
    from notices.letter l join notices.standing s on s.letter_id = l.id
    where ${of === null ? sql`true` : isFor(of)} and ${from}
    order by l.id desc limit ${page.most}`);
  return rows.map(standingOf);
}

/** Whether a letter is for somebody. */
export async function isLetterFor(db: Queryable, id: string, of: InboxOf): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(sql`
    select exists (select from notices.letter l where l.id = ${id} and ${isFor(of)}) as found`);
  return row!.found;
}

/** How many letters somebody has not opened, counted to `most`. */
export async function countUnread(db: Queryable, of: InboxOf, most: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from (
      select from notices.letter l join notices.standing s on s.letter_id = l.id
      where ${isFor(of)} and s.read_at is null limit ${most}) found`);
  return row!.count;
}

/** Writes an event of service; gives false for one that happens once and has happened. */
export async function insertServiceEvent(
  tx: Tx,
  event: ServiceEvent,
  salt: Buffer,
): Promise<boolean> {
  const { id, letterId, at, kind, channel, account, addressId, detail } = event;
  const count = await tx.execute(sql`
    insert into notices.event (id, letter_id, at, kind, channel, account, address_id, detail, salt)
    values (${id}, ${letterId}, ${at}, ${kind}, ${channel}, ${account}, ${addressId},
            ${JSON.stringify(detail)}, ${salt})
    on conflict (letter_id, kind) where kind in ('prepared', 'acknowledged', 'deemed') do nothing`);
  return count > 0;
}

const eventSelect = sql`e.id, e.letter_id as "letterId", e.at, e.kind, e.channel, e.account,
  e.address_id as "addressId", e.detail`;

// Identifiers of one millisecond are in no order: what was written comes before what became of it.
const asTheyCame = sql`e.at, (e.kind <> 'prepared'), e.id`;

/** What became of a letter, oldest first. */
export function serviceEvents(db: Queryable, letterId: string): Promise<ServiceEvent[]> {
  return db.query<ServiceEvent>(sql`
    select ${eventSelect} from notices.event e where e.letter_id = ${letterId}
    order by ${asTheyCame}`);
}

/** A row with the salt of its commitment in hexadecimal. */
export type Salted<T> = { readonly row: T; readonly salt: string | null };
type Place = { readonly at: Instant; readonly id: Id };

/** Letters after a place in the order of time, with their salts. */
export async function lettersAfter(
  db: Queryable,
  after: Place | null,
  most: number,
): Promise<Salted<Letter>[]> {
  const from = after === null ? sql`true` : sql`(l.at, l.id) > (${after.at}, ${after.id}::uuid)`;
  const rows = await db.query<LetterRow & { salt: string | null }>(sql`
    select ${letterSelect}, encode(l.salt, 'hex') as salt from notices.letter l
    where ${from} order by l.at, l.id limit ${most}`);
  return rows.map((row) => ({ row: letterOf(row), salt: row.salt }));
}

/** Events of service after a place in the order of time, with their salts. */
export async function serviceEventsAfter(
  db: Queryable,
  after: Place | null,
  most: number,
): Promise<Salted<ServiceEvent>[]> {
  const from = after === null ? sql`true` : sql`(e.at, e.id) > (${after.at}, ${after.id}::uuid)`;
  const rows = await db.query<ServiceEvent & { salt: string | null }>(sql`
    select ${eventSelect}, encode(e.salt, 'hex') as salt from notices.event e
    where ${from} order by e.at, e.id limit ${most}`);
  return rows.map(({ salt, ...row }) => ({ row, salt }));
}

/** A letter and its events with their salts: what a proof of its service is made of. */
export async function saltedLetter(
  db: Queryable,
  id: string,
): Promise<{ letter: Salted<Letter>; events: Salted<ServiceEvent>[] } | null> {
  const [found] = await db.query<LetterRow & { salt: string | null }>(sql`
    select ${letterSelect}, encode(l.salt, 'hex') as salt from notices.letter l where l.id = ${id}`);
  if (found === undefined) return null;
  const rows = await db.query<ServiceEvent & { salt: string | null }>(sql`
    select ${eventSelect}, encode(e.salt, 'hex') as salt from notices.event e
    where e.letter_id = ${id} order by ${asTheyCame}`);
  return {
    letter: { row: letterOf(found), salt: found.salt },
    events: rows.map(({ salt, ...row }) => ({ row, salt })),
  };
}

/** Puts a letter out for each of its channels. */
export async function putOut(
  tx: Tx,
  letterId: Id,
  channels: readonly NoticeChannel[],
  at: Instant,
): Promise<void> {
  await tx.execute(sql`
    insert into notices.outbox (letter_id, channel, next_at)
    select ${letterId}, c, ${at} from unnest(${[...channels]}::text[]) c`);
}
