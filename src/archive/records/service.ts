/** Storing statements: one pass over a chunk of rows, everything written by COPY in one transaction. */
import { commitmentOf, quoteJson } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import { instantMs } from '../../kernel/day.ts';
import { type Id, derivedId, uuidV7 } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { type Clock, freshIds } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { insertCommitments } from '../../trust/transparency-log/index.ts';
import { withoutErased } from './domain-erase.ts';
import { judgeAgainst } from './domain-judge.ts';
import { type PreparedStatement, type StatementVersion, firstReceipt } from './domain-statement.ts';
import type { LawView } from './law-view.ts';
import { type RecordAt, refreshWindows } from './service-windows.ts';
import {
  type DecisionParty,
  type KnownParty,
  type SourceKeyRow,
  endParty,
  findSourceKeys,
  insertParties,
  insertVersions,
  partiesOfDecisions,
  readVersions,
  saveParties,
  saveSourceKeys,
} from './store.ts';
import { lockTogether } from './store-rework.ts';
import { erasedFields, insertLocators, moveRecord } from './store-acts.ts';

/** What the archive's use cases need. */
export type RecordsDeps = {
  readonly database: Database;
  readonly clock: Clock;
  /** The law as this installation knows it now. */
  readonly law: () => LawView;
};

/** One linked row to be stored. */
export type StatementInput = {
  readonly prepared: PreparedStatement;
  readonly subject: { readonly subjectId: Id; readonly uscc: string | null };
  readonly batchId: Id;
  readonly rowNo: number;
  /** First receipt of this row that was not rejected. */
  readonly receivedAt: Instant;
};

/** What became of an input. `stale`: an older version than the one already known. */
export type StoredRow = {
  readonly outcome: 'inserted' | 'updated' | 'duplicate' | 'stale' | 'tombstone';
  readonly recordId: Id | null;
  /** Another subject is party to the same decision, by what was known or told before this row. */
  readonly joint: boolean;
};

/**
 * Stores linked rows in the order given, in the caller's transaction: versions, keys, decisions,
 * locators, commitments, windows. Gives one result per input, in order. `unknown`: keys the caller has
 * looked for and not found, under a lock that keeps everybody else from writing them.
 */
export async function storeStatements(
  deps: RecordsDeps,
  tx: Tx,
  inputs: readonly StatementInput[],
  unknown: ReadonlySet<Id> = new Set(),
): Promise<StoredRow[]> {
  const work = await beginWork(deps, tx, inputs, unknown);
  const results: StoredRow[] = [];
  for (const input of inputs) {
    const joint = joinParties(work, input);
    // Hardly any row needs the database here, and a promise for each of the others adds up.
    const stored = storeOne(tx, work, input);
    results.push({ ...(stored instanceof Promise ? await stored : stored), joint });
  }
  await finishWork(deps, tx, work);
  return results;
}

type Stored = Omit<StoredRow, 'joint'>;

type Work = {
  readonly at: Instant;
  readonly keys: Map<Id, SourceKeyRow>;
  readonly freshKeys: Map<Id, SourceKeyRow>;
  readonly movedKeys: Map<Id, SourceKeyRow>;
  /** Facts known before, and those of this work; an ended one stands for nothing any more. */
  readonly facts: Map<string, Pick<KnownParty, 'recordId' | 'ended'>>;
  /** Subjects of each decision, in the order in which they became known. */
  readonly subjects: Map<Id, Id[]>;
  readonly newParties: Map<string, DecisionParty>;
  readonly revivedParties: Map<string, DecisionParty>;
  readonly versions: StatementVersion[];
  readonly newRecords: Map<Id, Id>;
  readonly touched: Map<string, RecordAt>;
  /** Fields erased from records, which stay erased whatever their sources send again. */
  readonly erased: ReadonlyMap<Id, readonly string[]>;
  readonly standardOf: LawView['standardOf'];
};

const factName = (fact: Omit<DecisionParty, 'recordId'>) =>
  `${fact.decisionKey}|${fact.item}|${fact.subjectId}`;

async function beginWork(
  deps: RecordsDeps,
  tx: Tx,
  inputs: readonly StatementInput[],
  unknown: ReadonlySet<Id>,
): Promise<Work> {
  const decisions = new Set<Id>();
  const wanted = new Set<Id>();
  for (const { prepared } of inputs) {
    if (prepared.decisionKey !== null) decisions.add(prepared.decisionKey);
    if (!unknown.has(prepared.sourceKey)) wanted.add(prepared.sourceKey);
  }
  await lockTogether(tx, [...inputs.map(({ subject }) => subject.subjectId), ...decisions]);
  const keys = await findSourceKeys(tx, [...wanted]);
  const facts: Work['facts'] = new Map();
  const subjects: Work['subjects'] = new Map();
  for (const party of await partiesOfDecisions(tx, [...decisions])) {
    facts.set(factName(party), party);
    if (!party.ended) addSubject(subjects, party.decisionKey, party.subjectId);
  }
  return {
    at: deps.clock.now(),
    keys,
    erased: await erasedFields(tx, [...keys.values()]),
    standardOf: deps.law().standardOf,
    freshKeys: new Map(),
    movedKeys: new Map(),
    facts,
    subjects,
    newParties: new Map(),
    revivedParties: new Map(),
    versions: [],
    newRecords: new Map(),
    touched: new Map(),
  };
}

function addSubject(subjects: Work['subjects'], decision: Id, subject: Id): void {
  const known = subjects.get(decision);
  if (known === undefined) subjects.set(decision, [subject]);
  else if (!known.includes(subject)) known.push(subject);
}

/** Whether the decision has another party already; the row's own is one from here on. */
function joinParties(work: Work, { prepared, subject }: StatementInput): boolean {
  const { decisionKey } = prepared;
  if (decisionKey === null) return false;
  const others = work.subjects.get(decisionKey) ?? [];
  const joint = others.some((other) => other !== subject.subjectId);
  addSubject(work.subjects, decisionKey, subject.subjectId);
  return joint;
}

function storeOne(tx: Tx, work: Work, given: StatementInput): Stored | Promise<Stored> {
  const known = work.keys.get(given.prepared.sourceKey);
  if (known === undefined && given.prepared.op !== 'D') return storeNew(work, given);
  return storeAgain(tx, work, given, known);
}

/** The first thing said under a key. */
function storeNew(work: Work, input: StatementInput): Stored {
  const recordId = recordFor(work, input, undefined);
  work.versions.push(versionOf(work, input, { recordId, version: 1 }));
  saveKey(work, input, { recordId, version: 1 });
  touch(work, { recordId, subjectId: input.subject.subjectId });
  return { outcome: 'inserted', recordId };
}

/** A key that is known, or a deletion that comes before what it deletes. */
async function storeAgain(
  tx: Tx,
  work: Work,
  given: StatementInput,
  known: SourceKeyRow | undefined,
): Promise<Stored> {
  let input = known === undefined ? given : keepErased(work, given, known);
  const { prepared, subject } = input;
  const verdict = judgeAgainst(prepared, known);
  if (verdict !== 'new') {
    return { outcome: verdict === 'same' ? 'duplicate' : 'stale', recordId: known!.recordId };
  }
  if (known === undefined) {
    // A deletion that arrives before its insertion: remembered, so that the insertion is stale.
    const nothing = derivedId(instantMs(input.receivedAt), input.batchId, `none/${input.rowNo}`);
    saveKey(work, input, { recordId: nothing, version: 0 });
    return { outcome: 'tombstone', recordId: null };
  }
  const stored = known.version > 0 ? known : undefined;
  const moves = stored !== undefined && stored.op !== 'M' && stored.subjectId !== subject.subjectId;
  if (moves) input = { ...input, receivedAt: await moveAway(tx, work, input, stored) };
  if (stored?.op === 'M') await moveRecord(tx, stored.recordId, subject.subjectId, work.at);
  const recordId = recordFor(work, input, stored);
  const version = (stored?.version ?? 0) + (moves ? 2 : 1);
  work.versions.push(versionOf(work, input, { recordId, version }));
  saveKey(work, input, { recordId, version });
  touch(work, { recordId, subjectId: subject.subjectId });
  return { outcome: stored === undefined ? 'inserted' : 'updated', recordId };
}

function keepErased(work: Work, input: StatementInput, known: SourceKeyRow): StatementInput {
  const fields = work.erased.get(known.recordId);
  if (fields === undefined) return input;
  const { prepared } = input;
  const standard = work.standardOf(prepared.standard);
  const digest = freshBytes(32).toString('hex');
  return { ...input, prepared: withoutErased(prepared, fields, standard, digest) };
}

/** Written out field by field: a copy by spreading costs ten times as much, a million times over. */
function versionOf(
  work: Work,
  { prepared: p, subject, batchId, rowNo, receivedAt }: StatementInput,
  ids: { readonly recordId: Id; readonly version: number },
): StatementVersion {
  return {
    item: p.item,
    standard: p.standard,
    provider: p.provider,
    rowVersion: p.rowVersion,
    op: p.op,
    authorityCode: p.authorityCode,
    authorityName: p.authorityName,
    documentNumber: p.documentNumber,
    decisionKey: p.decisionKey,
    decidedOn: p.decidedOn,
    validFrom: p.validFrom,
    validUntil: p.validUntil,
    publicUntil: p.publicUntil,
    endedOn: p.endedOn,
    kinds: p.kinds,
    fineFen: p.fineFen,
    confiscatedFen: p.confiscatedFen,
    facts: p.facts,
    values: p.values,
    contentDigest: p.contentDigest,
    heldShow: p.heldShow,
    recordId: ids.recordId,
    version: ids.version,
    statementId: p.sourceKey,
    subjectId: subject.subjectId,
    batchId,
    rowNo,
    receivedAt,
    recordedAt: work.at,
  };
}

/** The record this row belongs to: its own so far, the one of the same fact, or a new one. */
function recordFor(work: Work, input: StatementInput, known: SourceKeyRow | undefined): Id {
  const { prepared, subject } = input;
  const { decisionKey, item } = prepared;
  const fact = decisionKey === null ? null : { decisionKey, item, subjectId: subject.subjectId };
  const name = fact === null ? '' : factName(fact);
  const told = work.facts.get(name);
  const sameFact = told?.ended === false ? told.recordId : undefined;
  const recordId = known?.recordId ?? sameFact ?? newRecordId(input.receivedAt, prepared.sourceKey);
  if (known === undefined && sameFact === undefined) {
    work.newRecords.set(recordId, subject.subjectId);
  }
  if (fact !== null && sameFact === undefined) {
    work.facts.set(name, { recordId, ended: false });
    (told === undefined ? work.newParties : work.revivedParties).set(name, { ...fact, recordId });
  }
  return recordId;
}

/** A record's id: the time of its first receipt, and the key it was first told under for the rest. */
function newRecordId(receivedAt: Instant, sourceKey: Id): Id {
  return uuidV7(instantMs(receivedAt), Buffer.from(sourceKey.replaceAll('-', ''), 'hex'));
}

function saveKey(
  work: Work,
  input: StatementInput,
  ids: { readonly recordId: Id; readonly version: number },
): void {
  const { prepared, subject } = input;
  const row: SourceKeyRow = {
    key: prepared.sourceKey,
    recordId: ids.recordId,
    version: ids.version,
    subjectId: subject.subjectId,
    op: prepared.op,
    rowVersion: prepared.rowVersion,
    contentDigest: prepared.contentDigest,
  };
  const isFresh = !work.keys.has(row.key) || work.freshKeys.has(row.key);
  (isFresh ? work.freshKeys : work.movedKeys).set(row.key, row);
  work.keys.set(row.key, row);
}

/**
 * A correction that names another subject: the statement closes there and opens here. Gives the first
 * receipt of what it said, which moves along.
 */
async function moveAway(
  tx: Tx,
  work: Work,
  input: StatementInput,
  known: SourceKeyRow,
): Promise<Instant> {
  const at = { recordId: known.recordId, subjectId: known.subjectId };
  const said = [...(await readVersions(tx, [at])), ...work.versions].filter(
    (version) => version.statementId === known.key && version.subjectId === at.subjectId,
  );
  const before = said.at(-1);
  assert(before !== undefined, 'a known source key has a version');
  const closed = versionOf(work, input, {
    recordId: known.recordId,
    version: known.version + 1,
  });
  work.versions.push({ ...closed, op: 'M', subjectId: known.subjectId });
  if (before.decisionKey !== null) {
    await endParty(tx, { decisionKey: before.decisionKey, item: before.item, ...at });
  }
  await moveRecord(tx, known.recordId, input.subject.subjectId, work.at);
  touch(work, at);
  return firstReceipt(said, before);
}

function touch(work: Work, record: RecordAt): void {
  work.touched.set(`${record.subjectId}|${record.recordId}`, record);
}

/**
 * Canonical text a version's commitment covers: its keys, its place, its time, and the digest of its
 * content, which covers every value.
 */
export function versionText(version: StatementVersion): string {
  const v = version;
  // Canonical JSON of a list, written out: ids, instants and digests need no quoting of their own.
  return (
    `["${v.subjectId}","${v.recordId}","${v.statementId}",${v.version},"${v.op}",` +
    `${quoteJson(v.provider)},${quoteJson(v.item)},${quoteJson(v.standard)},"${v.batchId}",` +
    `${v.rowNo},"${v.receivedAt}","${v.recordedAt}",` +
    `${v.rowVersion === null ? 'null' : quoteJson(v.rowVersion)},"${v.contentDigest}"]`
  );
}

/**
 * Writes everything. The copies are handed to the connection one after the other without waiting, so
 * that it always has the next at hand; windows are worked out while the database is busy with them.
 */
async function finishWork(deps: RecordsDeps, tx: Tx, work: Work): Promise<void> {
  const nextId = freshIds(deps.clock);
  const salted = work.versions.map((version) => ({ version, salt: freshBytes(16) }));
  const written = [
    insertVersions(tx, salted),
    // Asks what it needs right behind the versions, and is at work while the rest is written.
    refreshWindows(deps, tx, [...work.touched.values()], {
      fresh: work.newRecords,
      versions: work.versions,
    }),
    insertCommitments(
      tx,
      salted.map(({ version, salt }) => ({
        id: nextId(),
        kind: 'statement-version' as const,
        objectId: version.statementId,
        commitment: commitmentOf(salt, versionText(version)),
        at: work.at,
      })),
    ),
    saveSourceKeys(tx, [...work.freshKeys.values()], [...work.movedKeys.values()]),
    insertParties(tx, [...work.newParties.values()]),
    saveParties(tx, [...work.revivedParties.values()]),
    insertLocators(
      tx,
      [...work.newRecords].map(([recordId, subjectId]) => ({
        recordId,
        subjectId,
        since: work.at,
      })),
    ),
  ];
  await allDone(written);
}

/** Waits for all, so that none is still at work on the connection when the first failure is told. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(works);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
