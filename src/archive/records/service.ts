/** Storing statements: one pass over a chunk of rows, everything written by COPY in one transaction. */
import { canonicalJson, commitmentOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import { instantMs } from '../../kernel/day.ts';
import { type Id, derivedId } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { insertCommitments } from '../../trust/transparency-log/index.ts';
import { withoutErased } from './domain-erase.ts';
import { type PreparedStatement, type StatementVersion, firstReceipt } from './domain-statement.ts';
import type { LawView } from './law-view.ts';
import { type RecordAt, refreshWindows } from './service-windows.ts';
import {
  type DecisionParty,
  type SourceKeyRow,
  endParty,
  findFacts,
  findSourceKeys,
  insertVersions,
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
};

/** Compares two row versions: numbers by value, everything else by text; missing is oldest. */
export function isOlderVersion(candidate: string | null, known: string | null): boolean {
  if (candidate === null || known === null) return false;
  const [a, b] = [Number(candidate), Number(known)];
  if (Number.isFinite(a) && Number.isFinite(b)) return a <= b;
  return candidate <= known;
}

/**
 * What a row of this key would be, given the newest known state: `new` data, the `same` again, or
 * `stale`. Deletion before insertion is remembered by the tombstone.
 */
export function judgeAgainst(
  prepared: Pick<PreparedStatement, 'contentDigest' | 'rowVersion' | 'op'>,
  known: Pick<SourceKeyRow, 'contentDigest' | 'rowVersion' | 'op'> | undefined,
): 'new' | 'same' | 'stale' {
  // M: the link was undone; whatever is linked again is new here.
  if (known === undefined || known.op === 'M') return 'new';
  if (isOlderVersion(prepared.rowVersion, known.rowVersion)) {
    return prepared.contentDigest === known.contentDigest && prepared.op === known.op
      ? 'same'
      : 'stale';
  }
  const sameOp = normalOp(prepared.op) === normalOp(known.op);
  return sameOp && prepared.contentDigest === known.contentDigest ? 'same' : 'new';
}

/** I and U say the same thing about a key: this is its content now. */
function normalOp(op: string): string {
  return op === 'U' ? 'I' : op;
}

/**
 * Stores linked rows in the order given, in the caller's transaction: versions, keys, decisions,
 * locators, commitments, windows. Gives one result per input, in order.
 */
export async function storeStatements(
  deps: RecordsDeps,
  tx: Tx,
  inputs: readonly StatementInput[],
): Promise<StoredRow[]> {
  const work = await beginWork(deps, tx, inputs);
  const results: StoredRow[] = [];
  for (const input of inputs) results.push(await storeOne(tx, work, input));
  await finishWork(deps, tx, work);
  return results;
}

type Work = {
  readonly at: Instant;
  readonly keys: Map<Id, SourceKeyRow>;
  readonly freshKeys: Map<Id, SourceKeyRow>;
  readonly movedKeys: Map<Id, SourceKeyRow>;
  readonly facts: Map<string, Id>;
  readonly parties: Map<string, DecisionParty>;
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
): Promise<Work> {
  const facts = inputs.flatMap(({ prepared, subject }) =>
    prepared.decisionKey === null
      ? []
      : [
          {
            decisionKey: prepared.decisionKey,
            item: prepared.item,
            subjectId: subject.subjectId,
          },
        ],
  );
  await lockTogether(
    tx,
    inputs.flatMap(({ prepared, subject }) =>
      [subject.subjectId, prepared.decisionKey ?? []].flat(),
    ),
  );
  const keys = await findSourceKeys(tx, [
    ...new Set(inputs.map((input) => input.prepared.sourceKey)),
  ]);
  return {
    at: deps.clock.now(),
    keys,
    erased: await erasedFields(tx, [...keys.values()]),
    standardOf: deps.law().standardOf,
    freshKeys: new Map(),
    movedKeys: new Map(),
    facts: await findFacts(tx, facts),
    parties: new Map(),
    versions: [],
    newRecords: new Map(),
    touched: new Map(),
  };
}

async function storeOne(tx: Tx, work: Work, given: StatementInput): Promise<StoredRow> {
  const known = work.keys.get(given.prepared.sourceKey);
  let input = known === undefined ? given : keepErased(work, given, known);
  const { prepared, subject } = input;
  const verdict = judgeAgainst(prepared, known);
  if (verdict !== 'new') {
    return { outcome: verdict === 'same' ? 'duplicate' : 'stale', recordId: known!.recordId };
  }
  if (known === undefined && prepared.op === 'D') {
    // A deletion that arrives before its insertion: remembered, so that the insertion is stale.
    const nothing = derivedId(instantMs(input.receivedAt), input.batchId, `none/${input.rowNo}`);
    saveKey(work, input, { recordId: nothing, version: 0 });
    return { outcome: 'tombstone', recordId: null };
  }
  const stored = known !== undefined && known.version > 0 ? known : undefined;
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

function versionOf(
  work: Work,
  input: StatementInput,
  ids: { readonly recordId: Id; readonly version: number },
): StatementVersion {
  const { sourceKey, ...prepared } = input.prepared;
  return {
    ...prepared,
    ...ids,
    statementId: sourceKey,
    subjectId: input.subject.subjectId,
    batchId: input.batchId,
    rowNo: input.rowNo,
    receivedAt: input.receivedAt,
    recordedAt: work.at,
  };
}

/** The record this row belongs to: its own so far, the one of the same fact, or a new one. */
function recordFor(work: Work, input: StatementInput, known: SourceKeyRow | undefined): Id {
  const { prepared, subject } = input;
  const fact =
    prepared.decisionKey === null
      ? null
      : {
          decisionKey: prepared.decisionKey,
          item: prepared.item,
          subjectId: subject.subjectId,
        };
  const sameFact = fact === null ? undefined : work.facts.get(factName(fact));
  const recordId =
    known?.recordId ??
    sameFact ??
    derivedId(instantMs(input.receivedAt), input.batchId, `record/${input.rowNo}`);
  if (known === undefined && sameFact === undefined) {
    work.newRecords.set(recordId, subject.subjectId);
  }
  if (fact !== null && sameFact === undefined) {
    work.facts.set(factName(fact), recordId);
    work.parties.set(factName(fact), { ...fact, recordId });
  }
  return recordId;
}

function saveKey(
  work: Work,
  input: StatementInput,
  ids: { readonly recordId: Id; readonly version: number },
): void {
  const { prepared, subject } = input;
  const row: SourceKeyRow = {
    key: prepared.sourceKey,
    ...ids,
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
  return canonicalJson([
    version.subjectId,
    version.recordId,
    version.statementId,
    version.version,
    version.op,
    version.provider,
    version.item,
    version.standard,
    version.batchId,
    version.rowNo,
    version.receivedAt,
    version.recordedAt,
    version.rowVersion,
    version.contentDigest,
  ]);
}

async function finishWork(deps: RecordsDeps, tx: Tx, work: Work): Promise<void> {
  const salted = work.versions.map((version) => ({ version, salt: freshBytes(16) }));
  await insertVersions(tx, salted);
  await insertCommitments(
    tx,
    salted.map(({ version, salt }) => ({
      id: freshId(deps.clock),
      kind: 'statement-version',
      objectId: version.statementId,
      commitment: commitmentOf(salt, versionText(version)),
      at: work.at,
    })),
  );
  await saveSourceKeys(tx, [...work.freshKeys.values()], [...work.movedKeys.values()]);
  await saveParties(tx, [...work.parties.values()]);
  await insertLocators(
    tx,
    [...work.newRecords].map(([recordId, subjectId]) => ({ recordId, subjectId, since: work.at })),
  );
  await refreshWindows(deps, tx, [...work.touched.values()], {
    fresh: work.newRecords,
    versions: work.versions,
  });
}
