/** SQL of closed months of the audit. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, raw, sql } from '../../platform/db/index.ts';
import { type Month, type MonthHead, firstDay } from './domain-months.ts';

/** A head as it is kept. `salt` in hexadecimal. */
export type StoredHead = MonthHead & {
  readonly id: Id;
  readonly closedAt: Instant;
  readonly salt: string | null;
};

/** Months with a partition, the oldest first. */
export async function monthsOf(db: Queryable, of: MonthHead['of']): Promise<Month[]> {
  const rows = await db.query<{ month: Month }>(sql`
    select substr(c.relname, length(${`${of}_`}) + 1, 4) || '-' || right(c.relname, 2) as month
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${`audit.${of}`}::regclass order by 1`);
  return rows.map(({ month }) => month);
}

/** One closer at a time. */
export async function lockMonths(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('audit.months'))`);
}

/** Every head, the oldest month first. */
export async function listHeads(db: Queryable): Promise<StoredHead[]> {
  const rows = await db.query<Omit<StoredHead, 'rows'> & { rows: string }>(sql`
    select h.id, h.of, to_char(h.month, 'YYYY-MM') as month, h.rows::text, h.closed_at as "closedAt",
           encode(h.digest, 'hex') as digest, encode(h.salt, 'hex') as salt
    from audit.month_head h order by h.month, h.of`);
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
}

/** Enters a head. */
export async function insertHead(
  tx: Tx,
  head: Omit<StoredHead, 'salt'>,
  salt: Buffer,
): Promise<void> {
  await tx.execute(sql`
    insert into audit.month_head (id, of, month, rows, digest, closed_at, salt)
    values (${head.id}, ${head.of}, ${firstDay(head.month)}, ${head.rows},
            ${Buffer.from(head.digest, 'hex')}, ${head.closedAt}, ${salt})`);
}

/** A month of events that was taken out. `archive` in hexadecimal. */
export type MonthDrop = {
  readonly month: Month;
  readonly rows: number;
  readonly firstAct: Id;
  readonly act: Id;
  readonly firstAccount: string;
  readonly secondAccount: string;
  readonly archive: string;
  readonly at: Instant;
};

/** Months of events that were taken out. */
export async function listDrops(db: Queryable): Promise<MonthDrop[]> {
  const rows = await db.query<Omit<MonthDrop, 'rows'> & { rows: string }>(sql`
    select to_char(d.month, 'YYYY-MM') as month, d.rows::text, d.first_act as "firstAct", d.act, d.at,
           d.first_account as "firstAccount", d.second_account as "secondAccount",
           encode(d.archive, 'hex') as archive
    from audit.month_drop d order by d.month`);
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
}

/** Takes the events of a month out: nobody reads or writes them while it happens. */
export async function dropEvents(tx: Tx, drop: MonthDrop): Promise<void> {
  await tx.execute(sql`
    insert into audit.month_drop (month, rows, first_act, act, first_account, second_account, archive, at)
    values (${firstDay(drop.month)}, ${drop.rows}, ${drop.firstAct}, ${drop.act},
            ${drop.firstAccount}, ${drop.secondAccount}, ${Buffer.from(drop.archive, 'hex')}, ${drop.at})`);
  await tx.execute(sql`drop table ${partition(drop.month)}`);
}

/** Keeps everybody out of the events of a month to the end of the transaction. */
export async function lockEvents(tx: Tx, month: Month): Promise<void> {
  await tx.execute(sql`lock table ${partition(month)} in access exclusive mode`);
}

// A month is read out of a name by `parseMonth` or `monthsOf` only: digits and one dash.
const partition = (month: Month) => raw(`audit.event_${month.replace('-', '')}`);

/** An act by which a month was proposed to be taken out. */
export async function findProposal(
  db: Queryable,
  id: Id,
): Promise<{ readonly object: string; readonly account: string } | null> {
  const [row] = await db.query<{ object: string; account: string }>(sql`
    select a.object, a.account from audit.act a where a.id = ${id} and a.kind = 'audit.propose-drop'`);
  return row ?? null;
}
