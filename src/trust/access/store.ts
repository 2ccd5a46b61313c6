/** SQL of the journal: readings, what of them was put off, what was unusual. */
import type { Actor } from '../../kernel/act.ts';
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { Reading } from './domain.ts';
import type { Sign } from './domain-unusual.ts';

/** Makes the partition of a month. */
export async function ensureMonth(db: Queryable, at: Instant): Promise<void> {
  await db.execute(sql`select operation.ensure_month('access.reading', ${at}::timestamptz::date)`);
}

/** Lets readings of one account wait for one another, to the end of the transaction. */
export async function lockReader(tx: Tx, account: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`access.reading ${account}`}, 0))`,
  );
}

/** Writes a reading. */
export async function insertReading(tx: Tx, reading: Reading, salt: Buffer): Promise<void> {
  const { id, at, subjectId, actor, purpose, edition, provision, matter } = reading;
  await tx.execute(sql`
    insert into access.reading (id, at, subject_id, account, unit, position, purpose, edition,
                                provision, matter, seen, told_from, deferral_id, salt)
    values (${id}, ${at}, ${subjectId}, ${actor.account}, ${actor.unit}, ${actor.position}, ${purpose},
            ${edition}, ${provision}, ${matter}, ${JSON.stringify(reading.seen)},
            ${reading.toldFrom}, ${reading.deferralId}, ${salt})`);
}

/** Subjects an account opened for a purpose since an instant. */
export async function subjectsOpened(
  db: Queryable,
  account: string,
  purpose: string,
  since: Instant,
): Promise<Set<string>> {
  const rows = await db.query<{ subjectId: string }>(sql`
    select distinct r.subject_id as "subjectId" from access.reading r
    where r.account = ${account} and r.at >= ${since} and r.purpose = ${purpose}`);
  return new Set(rows.map(({ subjectId }) => subjectId));
}

/** How many subjects an account opened since an instant, by purpose. */
export async function countByPurpose(
  db: Queryable,
  account: string,
  since: Instant,
): Promise<Map<string, number>> {
  const rows = await db.query<{ purpose: string; subjects: number }>(sql`
    select r.purpose, count(distinct r.subject_id)::int as subjects from access.reading r
    where r.account = ${account} and r.at >= ${since} group by r.purpose`);
  return new Map(rows.map(({ purpose, subjects }) => [purpose, subjects]));
}

/** What {@link countReadings} counts over. Hours of the night in UTC+8. */
export type CountQuery = {
  readonly account: string;
  /** Begin of today, of the days looked back to, and of the night. */
  readonly today: Instant;
  readonly from: Instant;
  readonly night: Instant;
  readonly nightFrom: number;
  readonly nightTo: number;
  readonly matter: string | null;
};

/** Subjects an account opened: today, on each day before it read on, tonight, under one matter today. */
export async function countReadings(
  db: Queryable,
  query: CountQuery,
): Promise<{ today: number; before: number[]; tonight: number; underMatter: number }> {
  const { account, today, from, night, nightFrom, nightTo, matter } = query;
  const hour = sql`extract(hour from r.at at time zone 'Asia/Shanghai')`;
  const isNight =
    nightFrom <= nightTo
      ? sql`${hour} >= ${nightFrom} and ${hour} < ${nightTo}`
      : sql`(${hour} >= ${nightFrom} or ${hour} < ${nightTo})`;
  const [row] = await db.query<{ today: number; tonight: number; underMatter: number }>(sql`
    select count(distinct r.subject_id) filter (where r.at >= ${today})::int as today,
           count(distinct r.subject_id) filter (where r.at >= ${night} and ${isNight})::int as tonight,
           count(distinct r.subject_id)
             filter (where r.at >= ${today} and r.matter = ${matter})::int as "underMatter"
    from access.reading r
    where r.account = ${account} and r.at >= least(${today}::timestamptz, ${night}::timestamptz)`);
  const days = await db.query<{ subjects: number }>(sql`
    select count(distinct r.subject_id)::int as subjects from access.reading r
    where r.account = ${account} and r.at >= ${from} and r.at < ${today}
    group by (r.at at time zone 'Asia/Shanghai')::date`);
  return { ...row!, before: days.map(({ subjects }) => subjects) };
}

/** Notes that a day's reading of an account was unusual; gives false where it was noted before. */
export async function insertUnusual(
  tx: Tx,
  found: {
    readonly account: string;
    readonly on: Day;
    readonly sign: Sign;
    readonly counted: number;
    readonly at: Instant;
    readonly readingId: string;
  },
): Promise<boolean> {
  const count = await tx.execute(sql`
    insert into access.unusual (account, on_day, sign, counted, at, reading_id)
    values (${found.account}, ${found.on}, ${found.sign}, ${found.counted}, ${found.at}, ${found.readingId})
    on conflict do nothing`);
  return count > 0;
}

/** An unusual day of an account. */
export type Unusual = {
  readonly account: string;
  readonly on: Day;
  readonly sign: Sign;
  readonly counted: number;
  readonly at: Instant;
};

/** Unusual days, the newest first, at most so many. */
export function readUnusual(db: Queryable, most: number): Promise<Unusual[]> {
  return db.query<Unusual>(sql`
    select u.account, u.on_day as "on", u.sign, u.counted, u.at from access.unusual u
    order by u.at desc, u.account, u.sign limit ${most}`);
}

/** A decision to tell later. */
export type Deferral = {
  readonly id: Id;
  readonly subjectId: string;
  readonly unit: string;
  readonly purpose: string;
  readonly matter: string;
  readonly provision: string;
  readonly toldFrom: Day;
  readonly decidedBy: string;
  readonly decidedAt: Instant;
  readonly actId: Id;
};

/** Enters a deferral; gives false where there is one of the same matter. */
export async function insertDeferral(tx: Tx, deferral: Deferral): Promise<boolean> {
  const { id, subjectId, unit, purpose, matter, provision } = deferral;
  const count = await tx.execute(sql`
    insert into access.deferral (id, subject_id, unit, purpose, matter, provision, told_from,
                                 decided_by, decided_at, act_id)
    values (${id}, ${subjectId}, ${unit}, ${purpose}, ${matter}, ${provision}, ${deferral.toldFrom},
            ${deferral.decidedBy}, ${deferral.decidedAt}, ${deferral.actId})
    on conflict do nothing`);
  return count > 0;
}

/** The deferral that holds for a reading on a day, if any; nobody puts off the telling of what they read themselves. */
export async function deferralFor(
  db: Queryable,
  of: Pick<Deferral, 'subjectId' | 'unit' | 'purpose'> & {
    readonly matter: string | null;
    readonly account: string;
  },
  on: Day,
): Promise<Pick<Deferral, 'id' | 'toldFrom'> | null> {
  const [row] = await db.query<Pick<Deferral, 'id' | 'toldFrom'>>(sql`
    select d.id, d.told_from as "toldFrom" from access.deferral d
    where d.subject_id = ${of.subjectId} and d.unit = ${of.unit} and d.purpose = ${of.purpose}
      and d.matter = ${of.matter} and d.told_from > ${on} and d.decided_by <> ${of.account}`);
  return row ?? null;
}

type ReadingRow = Omit<Reading, 'actor'> & Actor & { readonly id: Id };

const readingSelect = sql`r.id, r.at, r.subject_id as "subjectId", r.account, r.unit, r.position, r.purpose,
  r.edition, r.provision, r.matter, r.seen, r.told_from as "toldFrom", r.deferral_id as "deferralId"`;

function readingOf(row: ReadingRow): Reading {
  const { account, unit, position, id, at, subjectId, purpose, edition } = row;
  const { provision, matter, seen, toldFrom, deferralId } = row;
  return {
    ...{ id, at, subjectId, actor: { account, unit, position }, purpose, edition },
    ...{ provision, matter, seen, toldFrom, deferralId },
  };
}

/** A reading with the ground on which its telling was put off; `null`: it was told at once. */
export type JournalRow = Reading & { readonly ground: string | null };

/**
 * What of subjects may be told on a day, the newest first, after a place in that order. Each id is a walk
 * along the key of its own: asked for together, all readings of all of them would be sorted for a page.
 */
export async function readJournal(
  db: Queryable,
  subjectIds: readonly string[],
  on: Day,
  page: {
    readonly before: { readonly at: Instant; readonly id: string } | null;
    readonly most: number;
  },
): Promise<JournalRow[]> {
  const from =
    page.before === null
      ? sql`true`
      : sql`(r.at, r.id) < (${page.before.at}, ${page.before.id}::uuid)`;
  const rows = await db.query<ReadingRow & { ground: string | null }>(sql`
    select ${readingSelect}, d.provision as ground
    from unnest(${subjectIds}::uuid[]) as wanted (id)
    cross join lateral (
      select * from access.reading r
      where r.subject_id = wanted.id and (r.told_from is null or r.told_from <= ${on}) and ${from}
      order by r.at desc, r.id desc limit ${page.most}) r
    left join access.deferral d on d.subject_id = r.subject_id and d.id = r.deferral_id
    order by r.at desc, r.id desc limit ${page.most}`);
  return rows.map((row) => ({ ...readingOf(row), ground: row.ground }));
}

/** Readings after a place in the order of time with their salts in hexadecimal, at most so many. */
export async function readingsAfter(
  db: Queryable,
  after: { readonly at: Instant; readonly id: string } | null,
  most: number,
): Promise<{ reading: Reading; salt: string | null }[]> {
  const from = after === null ? sql`true` : sql`(r.at, r.id) > (${after.at}, ${after.id}::uuid)`;
  const rows = await db.query<ReadingRow & { salt: string | null }>(sql`
    select ${readingSelect}, encode(r.salt, 'hex') as salt from access.reading r
    where ${from} order by r.at, r.id limit ${most}`);
  return rows.map((row) => ({ reading: readingOf(row), salt: row.salt }));
}
