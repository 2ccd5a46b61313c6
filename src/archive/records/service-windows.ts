/** Working out windows for stored records and keeping them: new inputs supersede, nothing is edited. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Clock, freshIds } from '../../platform/clock.ts';
import type { Queryable, Tx } from '../../platform/db/index.ts';
import { usccsOf } from '../../register/subjects/index.ts';
import type { RecordFacts } from './domain.ts';
import { storedWindows } from './domain-known-windows.ts';
import type { Plan } from './domain-plan.ts';
import {
  type DecisionAct,
  type Mark,
  type StatementVersion,
  leadingStatement,
  recordFacts,
} from './domain-statement.ts';
import type { LawView } from './law-view.ts';
import {
  type WindowRow,
  insertWindows,
  readVersions,
  readWindows,
  supersedeWindows,
} from './store.ts';
import { readDecisionActs, readMarks } from './store-acts.ts';

/** Where a record is. */
export type RecordAt = { readonly recordId: Id; readonly subjectId: Id };

/** A record put together from its parts, ready to be explained or shown. */
export type AssembledRecord = RecordAt & {
  readonly leading: StatementVersion;
  readonly versions: readonly StatementVersion[];
  readonly facts: RecordFacts;
  readonly plan: Plan;
};

/** Versions, marks and decision acts of some records, grouped. */
export type Parts = {
  readonly versions: Map<string, StatementVersion[]>;
  readonly marks: Map<string, Mark[]>;
  readonly acts: Map<Id, DecisionAct[]>;
  readonly usccs: Map<Id, string | null>;
};

const nameOf = (record: RecordAt) => `${record.subjectId}|${record.recordId}`;

function group<Row extends RecordAt>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const list = groups.get(nameOf(row));
    if (list === undefined) groups.set(nameOf(row), [row]);
    else list.push(row);
  }
  return groups;
}

async function readParts(
  db: Queryable,
  versions: readonly StatementVersion[],
  knownAt: Instant | null,
  marksNeeded: boolean,
): Promise<Parts> {
  const subjects = [...new Set(versions.map((version) => version.subjectId))];
  const decisions = versions.flatMap((version) => version.decisionKey ?? []);
  const acts = await readDecisionActs(db, [...new Set(decisions)], knownAt);
  return {
    versions: group(versions),
    marks: marksNeeded ? group(await readMarks(db, subjects, knownAt)) : new Map(),
    acts,
    usccs: acts.size === 0 ? new Map() : await usccsOf(db, subjects),
  };
}

/** Puts one record together under a view of the law; `null` when nothing is left of it here. */
function assemble(law: LawView, parts: Parts, record: RecordAt): AssembledRecord | null {
  const versions = parts.versions.get(nameOf(record)) ?? [];
  const leading = leadingStatement(versions);
  if (leading === null) return null;
  const item = law.itemFacts(leading.item);
  if (item === null) return null;
  const sector = law.sectorOf(leading.authorityCode, leading.authorityName);
  const facts = recordFacts({
    versions,
    marks: parts.marks.get(nameOf(record)) ?? [],
    decisionActs: leading.decisionKey === null ? [] : (parts.acts.get(leading.decisionKey) ?? []),
    subjectUscc: parts.usccs.get(record.subjectId) ?? null,
    item,
    place: law.place,
    sector,
    standardOf: law.standardOf,
  });
  if (facts === null) return null;
  return { ...record, leading, versions, facts, plan: law.planFor(item, sector) };
}

/** Puts records together from versions already read. */
export async function assembleRecords(
  db: Queryable,
  law: LawView,
  versions: readonly StatementVersion[],
  knownAt: Instant | null,
): Promise<AssembledRecord[]> {
  return assembleParts(law, await readParts(db, versions, knownAt, true));
}

/** Puts records together from parts already read. */
export function assembleParts(law: LawView, parts: Parts): AssembledRecord[] {
  return [...parts.versions.values()].flatMap((versions) => {
    const { recordId, subjectId } = versions[0]!;
    return assemble(law, parts, { recordId, subjectId }) ?? [];
  });
}

/** What a refresh needs beside the transaction. */
export type RefreshDeps = { readonly clock: Clock; readonly law: () => LawView };

/**
 * Works the windows of records out anew and stores those that changed. `fresh` names records that
 * have nothing stored yet; their versions are taken from `versions` instead of the database.
 */
export async function refreshWindows(
  deps: RefreshDeps,
  tx: Tx,
  records: readonly RecordAt[],
  inHand: {
    readonly fresh: ReadonlyMap<Id, Id>;
    readonly versions: readonly StatementVersion[];
  } = { fresh: new Map(), versions: [] },
): Promise<number> {
  const law = deps.law();
  const isFresh = (record: RecordAt) => inHand.fresh.get(record.recordId) === record.subjectId;
  const stored = records.filter((record) => !isFresh(record));
  const versions = [
    ...inHand.versions.filter(isFresh),
    ...(stored.length === 0 ? [] : await readVersions(tx, stored)),
  ];
  const parts = await readParts(tx, versions, null, stored.length > 0);
  const current = new Map(
    stored.length === 0
      ? []
      : (await readWindows(tx, [...new Set(stored.map((record) => record.subjectId))])).map(
          (row) => [nameOf(row), row] as const,
        ),
  );
  const at = deps.clock.now();
  const nextId = freshIds(deps.clock);
  const added: WindowRow[] = [];
  const superseded: RecordAt[] = [];
  for (const record of records) {
    const known = current.get(nameOf(record));
    const assembled = assemble(law, parts, record);
    if (assembled === null) {
      if (known !== undefined) superseded.push(record);
      continue;
    }
    const row = windowRow(law, assembled, at, nextId());
    if (known !== undefined && sameWindows(known, row)) continue;
    if (known !== undefined) superseded.push(record);
    added.push(row);
  }
  await supersedeWindows(tx, superseded, at);
  await insertWindows(tx, added);
  return added.length;
}

function sameWindows(a: WindowRow, b: WindowRow): boolean {
  return (
    a.inputDigest === b.inputDigest &&
    a.class === b.class &&
    a.show === b.show &&
    a.share === b.share &&
    a.use === b.use &&
    a.report === b.report
  );
}

function windowRow(
  law: LawView,
  assembled: AssembledRecord,
  recordedAt: Instant,
  windowId: Id,
): WindowRow {
  const { facts, plan } = assembled;
  return {
    subjectId: assembled.subjectId,
    recordId: assembled.recordId,
    windowId,
    recordedAt,
    item: facts.item.code,
    family: facts.item.family,
    rulebookDigest: law.digest,
    ...storedWindows(plan, facts, law.on),
  };
}
