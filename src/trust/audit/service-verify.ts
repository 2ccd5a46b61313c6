/** Whether acts and events are still what was committed to when they happened: row against commitment, both ways. */
import { commitmentOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { commitmentsOf, countCommitments } from '../transparency-log/index.ts';
import { actText, eventText } from './domain.ts';
import { type MonthTally, headText, monthOf, monthTally } from './domain-months.ts';
import { actsAfter, eventsAfter, storedActsAbout } from './store.ts';
import { type StoredHead, listDrops, listHeads } from './store-months.ts';

/** Acts about objects with what their commitments cover; salts in hexadecimal. */
export async function committedActs(
  db: Queryable,
  objects: readonly string[],
): Promise<{ objectId: Id; at: Instant; text: string | null; salt: string | null }[]> {
  return (await storedActsAbout(db, objects)).map(({ act, salt }) => ({
    objectId: act.id,
    at: act.at,
    text: salt === null ? null : actText(act),
    salt,
  }));
}

/** Tables whose rows are committed to when they are written. */
export type AuditTable = 'act' | 'event' | 'reading' | 'letter' | 'service' | 'month';

/**
 * What is wrong with a row. `altered`: another text than was committed to, of a month: other rows than when
 * it was closed; `uncommitted`: the log knows nothing of it.
 */
export type AuditFinding = {
  readonly kind: 'altered' | 'uncommitted';
  readonly table: AuditTable;
  readonly id: Id;
  readonly at: Instant;
  readonly what: string;
};

/** What verifying found. `rows`: looked at, by table; `missing`: commitments to what there is no row of any more. */
export type AuditCheck = {
  readonly rows: Readonly<Record<string, number>>;
  readonly missing: number;
  readonly findings: readonly AuditFinding[];
};

/** A row with the text its commitment covers; `salt` in hexadecimal, `what` in a few words for whoever reads the finding. */
export type CommittedRow = {
  readonly id: Id;
  readonly at: Instant;
  readonly salt: string | null;
  readonly text: string;
  readonly what: string;
};

/** Rows of one table in the order of time, page by page; an empty page is the end. */
export type CommittedTable = {
  readonly table: AuditTable;
  readonly read: (tx: Tx, after: Place | null, most: number) => Promise<CommittedRow[]>;
};

/** Where a page ended. */
export type Place = { readonly at: Instant; readonly id: Id };

const together = 5_000;
const findingsMax = 1_000;

async function actRows(tx: Tx, after: Place | null, most: number): Promise<CommittedRow[]> {
  return (await actsAfter(tx, after, most)).map(({ act, salt }) => ({
    ...{ id: act.id, at: act.at, salt },
    ...{ text: actText(act), what: `${act.kind} ${act.object}` },
  }));
}

async function headRows(tx: Tx, after: Place | null): Promise<CommittedRow[]> {
  // Two a month: they are read at once.
  if (after !== null) return [];
  const heads = await listHeads(tx);
  const rows = heads.map((head) => ({
    ...{ id: head.id, at: head.closedAt, salt: head.salt },
    ...{ text: headText(head), what: `${head.of} ${head.month}` },
  }));
  return rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function eventRows(tx: Tx, after: Place | null, most: number): Promise<CommittedRow[]> {
  return (await eventsAfter(tx, after, most)).map((event) => ({
    ...{ id: event.id, at: event.at, salt: event.salt },
    ...{ text: eventText(event), what: `${event.kind} ${event.account ?? ''}`.trim() },
  }));
}

const ownTables: readonly CommittedTable[] = [
  { table: 'act', read: actRows },
  { table: 'event', read: eventRows },
  { table: 'month', read: headRows },
];

/**
 * Holds every row of acts, events and `further` tables against its commitment, in order of time; of very
 * many findings the first thousand are told.
 */
export async function verifyAudit(
  database: Database,
  further: readonly CommittedTable[] = [],
): Promise<AuditCheck> {
  return database.transaction(async (tx) => {
    const findings: AuditFinding[] = [];
    const rows: Record<string, number> = {};
    let missing = 0;
    const heads = await listHeads(tx);
    for (const table of [...ownTables, ...further]) {
      const months = new Map<string, MonthTally>();
      const found = await verifyTable(tx, table, findings, months);
      rows[table.table] = found.rows;
      missing += found.missing;
      findings.push(...(await differing(tx, table.table, heads, months)));
    }
    missing -= await droppedRows(tx, heads);
    return { rows, missing, findings };
  });
}

/** Closed months that do not hold what they held when they were closed. Those taken out hold nothing. */
async function differing(
  tx: Tx,
  table: AuditTable,
  heads: readonly StoredHead[],
  months: ReadonlyMap<string, MonthTally>,
): Promise<AuditFinding[]> {
  const gone = new Set((await listDrops(tx)).map(({ month }) => month));
  return heads.flatMap(({ of, month, digest, rows, id, closedAt }) => {
    if (of !== table || (of === 'event' && gone.has(month))) return [];
    const now = (months.get(month) ?? monthTally()).end();
    const what = `${of} ${month}: ${rows} → ${now.rows}`;
    return now.digest === digest
      ? []
      : [{ kind: 'altered' as const, table: 'month' as const, id, at: closedAt, what }];
  });
}

/** Rows that two persons took out with their month: the log has them, and here is nothing any more. */
async function droppedRows(tx: Tx, heads: readonly StoredHead[]): Promise<number> {
  const drops = await listDrops(tx);
  const acts = await storedActsAbout(
    tx,
    drops.map(({ month }) => `audit:${month}`),
  );
  const known = new Set(
    acts.filter(({ act }) => act.kind === 'audit.drop').map(({ act }) => act.id),
  );
  return drops
    .filter(({ act }) => known.has(act))
    .map(
      ({ month }) => heads.find((head) => head.of === 'event' && head.month === month)?.rows ?? 0,
    )
    .reduce((sum, rows) => sum + rows, 0);
}

async function verifyTable(
  tx: Tx,
  { table, read }: CommittedTable,
  findings: AuditFinding[],
  months: Map<string, MonthTally>,
): Promise<{ rows: number; missing: number }> {
  let rows = 0;
  let known = 0;
  let after: Place | null = null;
  for (;;) {
    const page: CommittedRow[] = await read(tx, after, together);
    const last = page.at(-1);
    if (last === undefined) break;
    const commitments = await commitmentsOf(tx, table, page[0]!.at, last.at);
    for (const { id, at, salt, text, what } of page) {
      rows += 1;
      const commitment = commitments.get(id);
      const tally = months.get(monthOf(at)) ?? monthTally();
      months.set(monthOf(at), tally);
      const own = salt === null ? null : commitmentOf(Buffer.from(salt, 'hex'), text);
      tally.add({ at, id, commitment: own });
      if (commitment !== undefined) known += 1;
      const kind = verdictOf(own, commitment);
      if (kind !== null && findings.length < findingsMax) {
        findings.push({ kind, table, id, at, what });
      }
    }
    after = last;
  }
  return { rows, missing: (await countCommitments(tx, table)) - known };
}

function verdictOf(
  own: Buffer | null,
  commitment: Buffer | undefined,
): AuditFinding['kind'] | null {
  if (commitment === undefined) return 'uncommitted';
  // Nothing takes a salt of these away: an owner did.
  return own?.equals(commitment) === true ? null : 'altered';
}
