/**
 * 对账: a list of decisions from outside against what is here, record by record. The platform says what
 * is missing; that it was concealed only an officer says (data-standards §6.3).
 */
import type { Actor, Door } from '../../kernel/act.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import { canonicalName } from '../../kernel/text/organisation-name.ts';
import { keyOf } from '../../archive/records/index.ts';
import { freshId } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Table } from '../../platform/spreadsheet/index.ts';
import { type ImportTables, readSubjects } from '../../register/subjects/index.ts';
import { findUnit } from '../../register/units/index.ts';
import { itemFor } from '../collection/index.ts';
import {
  type EntryState,
  type Finding,
  type HereParty,
  type LedgerEntry,
  entryState,
  ledgerColumns,
  ledgerEntry,
  matchParties,
} from './domain-ledger.ts';
import { type CountDeps, monthDays } from './service-counts.ts';
import {
  type EntryKey,
  type StoredEntry,
  insertEntries,
  insertFinding,
  insertLedger,
  partiesHere,
  readEntries,
  waitingHere,
} from './store-ledger.ts';

/** What reconciling needs. */
export type LedgerDeps = CountDeps & {
  readonly door: Door<Tx>;
  readonly linkTables: () => ImportTables;
};

/** A list to import: opened by the caller, with the digest of its bytes. */
export type LedgerImport = {
  readonly provider: string;
  readonly item: string;
  /** Where the list was found, e.g. the address of the authority's own site. */
  readonly source: string;
  readonly fileName: string;
  readonly digest: string;
  readonly table: Table;
  readonly actor: Actor;
};

/** How an import went. `unreadable`: rows without number, party or day, and parties that may be persons. */
export type LedgerReport = {
  readonly ledgerId: Id;
  readonly rows: number;
  readonly added: number;
  readonly unreadable: number;
};

const entriesMax = 200_000;
const pageRows = 1_000;

/** Takes a list in. Refuses `double-publicity.bad-ledger`, `.ledger-known`, `collection.no-such-item`. */
export async function importLedger(
  deps: LedgerDeps,
  request: LedgerImport,
): Promise<Result<LedgerReport>> {
  const found = itemFor(deps.rulebook(), request.item, deps.clock.today(), deps.law().place);
  if (!found.ok) {
    await request.table.close();
    return found;
  }
  const read = await readList(deps, request.table);
  if (!read.ok) return read;
  const { entries, unreadable } = read.value;
  return deps.database.transaction(async (tx) => {
    const { provider, source, fileName, digest, actor } = request;
    const item = found.value.item.code;
    const act = await deps.door.pass(tx, {
      kind: 'double-publicity.ledger',
      needs: 'collection:collect',
      actor,
      ground: { reason: `导入外部台账：${source}` },
      traceId: freshId(deps.clock),
      object: `ledger:${provider}/${item}`,
      detail: { digest, rows: entries.length },
    });
    if (!act.ok) return act;
    const ledger = { ledgerId: freshId(deps.clock), provider, item, source, fileName, digest };
    const { id: actId, at } = act.value;
    const fresh = await insertLedger(tx, {
      ...ledger,
      ...{ rows: entries.length, unreadable, actId, at },
    });
    if (!fresh) return refuse('double-publicity.ledger-known');
    let added = 0;
    for (let start = 0; start < entries.length; start += pageRows) {
      added += await insertEntries(tx, ledger, entries.slice(start, start + pageRows));
    }
    return ok({ ledgerId: ledger.ledgerId, rows: entries.length, added, unreadable });
  });
}

async function readList(
  deps: LedgerDeps,
  table: Table,
): Promise<Result<{ entries: LedgerEntry[]; unreadable: number }>> {
  const { scriptVariants } = deps.linkTables();
  const entries: LedgerEntry[] = [];
  let columns: ReturnType<typeof ledgerColumns> | null = null;
  let unreadable = 0;
  for await (const rows of table.batches()) {
    for (const { row, cells } of rows) {
      if (columns === null) {
        columns = ledgerColumns(cells);
        if (isMissing(columns)) {
          return refuse('double-publicity.bad-ledger', { columns: columns.join('、') });
        }
        continue;
      }
      if (isMissing(columns)) continue;
      const entry = ledgerEntry(row, cells, columns, scriptVariants);
      if (entry === null || entries.length >= entriesMax) unreadable += 1;
      else entries.push(entry);
    }
  }
  if (columns === null) return refuse('double-publicity.bad-ledger', { columns: '（空文件）' });
  return ok({ entries, unreadable });
}

function isMissing(columns: ReturnType<typeof ledgerColumns>): columns is readonly string[] {
  return Array.isArray(columns);
}

/** One decision of a list, and how it stands here. */
export type Reconciled = Pick<
  StoredEntry,
  'documentNumber' | 'party' | 'decidedOn' | 'address' | 'ledgerId' | 'rowNo' | 'ground'
> & {
  readonly state: EntryState;
  readonly recordId: Id | null;
  /** The delivery and row by which it came, or in which it waits. */
  readonly at: {
    readonly batchId: Id;
    readonly row: number;
    readonly receivedOn: Day | null;
  } | null;
};

/** One page of a reconciliation; `next` names where the next begins, `null` at the end. */
export type ReconciledPage = {
  readonly entries: readonly Reconciled[];
  readonly next: EntryKey | null;
};

/** A source of a month and a page of it. */
export type ReconcileRequest = {
  readonly provider: string;
  readonly item: string;
  readonly period: string;
  readonly after: EntryKey | null;
  readonly limit: number;
};

/** Holds the lists of a source against what is here. Refuses `collection.bad-period`, `.no-such-item`. */
export async function reconcile(
  deps: LedgerDeps,
  request: ReconcileRequest,
): Promise<Result<ReconciledPage>> {
  const days = monthDays(request.period);
  if (days === null) return refuse('collection.bad-period', { period: request.period });
  const found = itemFor(deps.rulebook(), request.item, deps.clock.today(), deps.law().place);
  if (!found.ok) return found;
  const source = { ...request, item: found.value.item.code };
  const limit = request.limit;
  const stored = await readEntries(deps.database, { ...source, ...days, limit: limit + 1 });
  const page = stored.slice(0, limit);
  const last = page.at(-1);
  const next =
    stored.length <= limit || last === undefined
      ? null
      : { decidedOn: last.decidedOn, documentKey: last.documentKey, partyKey: last.partyKey };
  return ok({ entries: await stand(deps, source, page), next });
}

type Source = { readonly provider: string; readonly item: string };

/** A decision is known by its authority's code, or by its name where a row gave no code. */
async function stand(
  deps: LedgerDeps,
  source: Source,
  entries: readonly StoredEntry[],
): Promise<Reconciled[]> {
  if (entries.length === 0) return [];
  const { database } = deps;
  const variants = deps.linkTables().scriptVariants;
  const unit = await findUnit(database, source.provider);
  const authorities = [source.provider, ...(unit === null ? [] : [unit.name])];
  const keysOf = ({ documentKey, decidedOn }: StoredEntry) =>
    authorities.map((authority) => keyOf('decision', [authority, documentKey, decidedOn]));
  const decisions = [...new Set(entries.flatMap(keysOf))];
  const here = await partiesHere(database, decisions, source.item);
  const waiting = await waitingHere(database, source, decisions);
  const subjects = await readSubjects(database, [...new Set(here.map((row) => row.subjectId))]);
  const namesOf = new Map(
    subjects.map((subject) => [
      subject.subjectId,
      [subject.name, ...subject.evidence.names.map(({ name }) => name)].map((name) =>
        canonicalName(name, variants),
      ),
    ]),
  );
  const byDecision = new Map<string, StoredEntry[]>();
  for (const entry of entries) {
    const decision = `${entry.documentKey}|${entry.decidedOn}`;
    byDecision.set(decision, [...(byDecision.get(decision) ?? []), entry]);
  }
  const hits = new Map<StoredEntry, HereParty>();
  for (const same of byDecision.values()) {
    const keys = keysOf(same[0]!);
    const parties = here
      .filter((row) => keys.includes(row.decision))
      .map((row) => ({ ...row, nameKeys: namesOf.get(row.subjectId) ?? [] }));
    matchParties(same, parties).forEach((hit, index) => {
      if (hit !== null) hits.set(same[index]!, hit);
    });
  }
  return entries.map((entry) => {
    const row = here.find(({ recordId }) => recordId === hits.get(entry)?.recordId);
    const held = waiting.filter(({ decision }) => keysOf(entry).includes(decision));
    const named = held.find(
      ({ name }) => name !== null && canonicalName(name, variants) === entry.partyKey,
    );
    return toldEntry(entry, row ?? null, named ?? (held.length === 1 ? held[0]! : null));
  });
}

type Here = Awaited<ReturnType<typeof partiesHere>>[number];
type Waiting = Awaited<ReturnType<typeof waitingHere>>[number];

function toldEntry(entry: StoredEntry, row: Here | null, waits: Waiting | null): Reconciled {
  const { documentNumber, party, decidedOn, address, ledgerId, rowNo, ground } = entry;
  const state = entryState(row !== null, waits !== null, entry.finding);
  const at = row ?? waits;
  return {
    ...{ documentNumber, party, decidedOn, address, ledgerId, rowNo, ground, state },
    recordId: row?.recordId ?? null,
    at:
      at === null
        ? null
        : { batchId: at.batchId, row: at.rowNo, receivedOn: row?.receivedOn ?? null },
  };
}

/** What an officer found about a decision that is not here. */
export type OmissionFinding = Source & {
  readonly decidedOn: Day;
  readonly documentNumber: string;
  readonly party: string;
  readonly finding: Finding;
  /** Legal ground for not reporting (WBSYJ); needed for `excused`. */
  readonly ground?: string;
  readonly reason: string;
  readonly actor: Actor;
};

/**
 * Records a finding; a later one stands beside it and counts. Refuses `double-publicity.no-such-entry`,
 * `.entry-here` for what is here or waits, `.ground-missing`.
 */
export async function findOmission(
  deps: LedgerDeps,
  request: OmissionFinding,
): Promise<Result<true>> {
  const ground = request.ground?.trim() ?? '';
  if (request.reason.trim() === '' || (request.finding === 'excused' && ground === '')) {
    return refuse('double-publicity.ground-missing');
  }
  const found = itemFor(deps.rulebook(), request.item, deps.clock.today(), deps.law().place);
  if (!found.ok) return found;
  const source = { provider: request.provider, item: found.value.item.code };
  const key: EntryKey = {
    decidedOn: request.decidedOn,
    documentKey: canonicalDocumentNumber(request.documentNumber),
    partyKey: canonicalName(request.party, deps.linkTables().scriptVariants),
  };
  const same = await readEntries(deps.database, {
    ...source,
    ...{ from: key.decidedOn, to: key.decidedOn, after: null, limit: entriesMax },
  });
  const index = same.findIndex(
    (entry) => entry.documentKey === key.documentKey && entry.partyKey === key.partyKey,
  );
  if (index < 0) {
    const { decidedOn, documentNumber: number, party } = request;
    return refuse('double-publicity.no-such-entry', { decidedOn, number, party });
  }
  const decision = same.filter((entry) => entry.documentKey === key.documentKey);
  const stands = await stand(deps, source, decision);
  const { state } = stands[decision.indexOf(same[index]!)]!;
  if (state === 'here' || state === 'waiting') {
    return refuse('double-publicity.entry-here', { number: request.documentNumber });
  }
  return saveFinding(deps, request, { ...source, ...key });
}

function saveFinding(
  deps: LedgerDeps,
  request: OmissionFinding,
  of: Source & EntryKey,
): Promise<Result<true>> {
  const { actor, finding, reason } = request;
  return deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'double-publicity.finding',
      needs: 'quality:publish',
      actor,
      ground: { reason },
      traceId: freshId(deps.clock),
      object: `ledger:${of.provider}/${of.item}`,
      detail: { decidedOn: of.decidedOn, document: of.documentKey, finding },
    });
    if (!act.ok) return act;
    const { id: actId, at } = act.value;
    const ground = request.ground ?? null;
    await insertFinding(tx, of, { finding, ground, reason, account: actor.account, actId, at });
    return ok(true);
  });
}
