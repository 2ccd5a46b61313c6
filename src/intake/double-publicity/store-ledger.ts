/** SQL of lists from outside and of what officers found about decisions that are not here. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { Finding, LedgerEntry } from './domain-ledger.ts';

/** A list as imported. */
export type Ledger = {
  readonly ledgerId: Id;
  readonly provider: string;
  readonly item: string;
  readonly source: string;
  readonly digest: string;
  readonly fileName: string;
  readonly rows: number;
  readonly unreadable: number;
  readonly actId: Id;
  readonly at: Instant;
};

/** Enters a list; `false` when the same content is there already. */
export async function insertLedger(tx: Tx, ledger: Ledger): Promise<boolean> {
  const inserted = await tx.execute(sql`
    insert into double_publicity.ledger
      (ledger_id, provider, item, source, digest, file_name, rows, unreadable, act_id, imported_at)
    values (${ledger.ledgerId}, ${ledger.provider}, ${ledger.item}, ${ledger.source},
            ${ledger.digest}, ${ledger.fileName}, ${ledger.rows}, ${ledger.unreadable},
            ${ledger.actId}, ${ledger.at})
    on conflict (provider, item, digest) do nothing`);
  return inserted > 0;
}

/** Adds entries nobody told of before; gives how many were new. */
export function insertEntries(
  tx: Tx,
  ledger: Pick<Ledger, 'ledgerId' | 'provider' | 'item'>,
  entries: readonly LedgerEntry[],
): Promise<number> {
  return tx.execute(sql`
    insert into double_publicity.ledger_entry
      (provider, item, document_key, decided_on, party_key, ledger_id, row_no, document_number,
       party, address)
    select ${ledger.provider}, ${ledger.item}, "documentKey", "decidedOn", "partyKey",
           ${ledger.ledgerId}, "rowNo", "documentNumber", party, address
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as e("documentKey" text, "decidedOn" date, "partyKey" text, "rowNo" int,
           "documentNumber" text, party text, address text)
    on conflict do nothing`);
}

/** An entry with the newest finding about it. */
export type StoredEntry = LedgerEntry & {
  readonly ledgerId: Id;
  readonly finding: Finding | null;
  readonly ground: string | null;
};

/** The name of an entry within its source. */
export type EntryKey = Pick<LedgerEntry, 'decidedOn' | 'documentKey' | 'partyKey'>;

/** Entries of a source in a span of days after a key, in order of day, number and party. */
export function readEntries(
  db: Queryable,
  of: {
    readonly provider: string;
    readonly item: string;
    readonly from: Day;
    readonly to: Day;
    readonly after: EntryKey | null;
    readonly limit: number;
  },
): Promise<StoredEntry[]> {
  const { after } = of;
  return db.query<StoredEntry>(sql`
    select e.row_no as "rowNo", e.document_number as "documentNumber",
           e.document_key as "documentKey", e.party, e.party_key as "partyKey",
           e.decided_on::text as "decidedOn", e.address, e.ledger_id as "ledgerId",
           f.finding, f.ground
    from double_publicity.ledger_entry e
    left join lateral (
      select finding, ground from double_publicity.omission_finding f
      where f.provider = e.provider and f.item = e.item and f.decided_on = e.decided_on
        and f.document_key = e.document_key and f.party_key = e.party_key
      order by finding_no desc limit 1) f on true
    where e.provider = ${of.provider} and e.item = ${of.item}
      and e.decided_on between ${of.from}::date and ${of.to}::date
      and (${after?.decidedOn ?? null}::date is null
           or (e.decided_on, e.document_key, e.party_key) >
              (${after?.decidedOn ?? null}::date, ${after?.documentKey ?? null}::text,
               ${after?.partyKey ?? null}::text))
    order by e.decided_on, e.document_key, e.party_key limit ${of.limit}`);
}

/** Live parties of these decisions under one item, with the row by which each first came. */
export function partiesHere(
  db: Queryable,
  decisions: readonly Id[],
  item: string,
): Promise<
  { decision: Id; subjectId: Id; recordId: Id; batchId: Id; rowNo: number; receivedOn: Day }[]
> {
  return db.query(sql`
    select p.decision_key as decision, p.subject_id as "subjectId", p.record_id as "recordId",
           v.batch_id as "batchId", v.row_no::int as "rowNo",
           (v.received_at at time zone 'Asia/Shanghai')::date::text as "receivedOn"
    from records.decision_party p
    cross join lateral (
      select batch_id, row_no, received_at from records.statement_version v
      where v.subject_id = p.subject_id and v.record_id = p.record_id
      order by received_at, version limit 1) v
    where p.decision_key = any(${decisions}::uuid[]) and p.item = ${item} and not p.ended`);
}

/** Rows of these decisions that wait for their subject. */
export function waitingHere(
  db: Queryable,
  source: { readonly provider: string; readonly item: string },
  decisions: readonly Id[],
): Promise<{ decision: Id; name: string | null; batchId: Id; rowNo: number }[]> {
  return db.query(sql`
    select prepared->>'decisionKey' as decision, query->>'name' as name, batch_id as "batchId",
           row_no::int as "rowNo"
    from collection.held_row
    where state = 'held' and provider = ${source.provider} and item = ${source.item}
      and prepared->>'decisionKey' = any(${decisions}::text[])`);
}

/** Adds what an officer found; earlier findings stay beside it. */
export async function insertFinding(
  tx: Tx,
  of: EntryKey & { readonly provider: string; readonly item: string },
  found: {
    readonly finding: Finding;
    readonly ground: string | null;
    readonly reason: string;
    readonly account: string;
    readonly actId: Id;
    readonly at: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into double_publicity.omission_finding
      (provider, item, decided_on, document_key, party_key, finding_no, finding, ground, reason,
       account, act_id, found_at)
    select ${of.provider}, ${of.item}, ${of.decidedOn}::date, ${of.documentKey}, ${of.partyKey},
           coalesce(max(finding_no), 0) + 1, ${found.finding}, ${found.ground}, ${found.reason},
           ${found.account}, ${found.actId}, ${found.at}
    from double_publicity.omission_finding
    where provider = ${of.provider} and item = ${of.item} and decided_on = ${of.decidedOn}::date
      and document_key = ${of.documentKey} and party_key = ${of.partyKey}`);
}
