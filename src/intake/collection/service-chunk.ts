/** One chunk of rows: checked, told apart from what is known, linked, stored, in one transaction. */
import { createHash } from 'node:crypto';
import { type CalendarData, addWorkdays, workdaysBetween } from '../../kernel/calendar.ts';
import { dayOf, instantMs } from '../../kernel/day.ts';
import { type Id, derivedId } from '../../kernel/ids.ts';
import type { Rule } from '../../kernel/rulebook/standards.ts';
import { fillWords } from '../../kernel/text/fill-words.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RawRow } from '../../platform/spreadsheet/index.ts';
import {
  type SourceKeyRow,
  type StatementInput,
  type StoredRow,
  decisionSubjects,
  findSourceKeys,
  judgeAgainst,
  keyOf,
  storeStatements,
} from '../../archive/records/index.ts';
import {
  type RowLink,
  linkRows,
  openLinkReviews,
  readSubjects,
} from '../../register/subjects/index.ts';
import type { CheckedRow, Finding } from './checks/domain.ts';
import {
  type Counts,
  type Outcome,
  type PreparedRow,
  type RowQuery,
  addOutcomes,
  prepareRow,
  queryOf,
  warns,
} from './domain.ts';
import { type OpenedDelivery, checkRow } from './reading.ts';
import { heedPrecedents } from './service-precedent.ts';
import type { CollectionDeps } from './service-receive.ts';
import {
  type Batch,
  type RowOutcome,
  insertFindings,
  insertOutcomes,
  lockSource,
  personalRow,
  saveBatchProgress,
} from './store.ts';
import { type HeldRow, closeHeld, insertHeld, waitingByKeys } from './store-held.ts';

/** What a run carries from chunk to chunk. */
export type ChunkContext = {
  readonly batch: Batch;
  readonly delivery: OpenedDelivery;
  /** Working days allowed from the decision to the receipt, where the item sets them. */
  readonly allowanceWorkdays: number | null;
  readonly calendar: CalendarData;
};

/** One row on its way through a chunk. */
type Passing = {
  readonly raw: RawRow;
  readonly checked: CheckedRow;
  readonly findings: Finding[];
  readonly digest: Buffer;
  prepared: PreparedRow | null;
  query: RowQuery | null;
  link: RowLink | null;
  outcome: Outcome | null;
  /** What is stored under its source key. */
  known: SourceKeyRow | null;
  stored: StoredRow | null;
  subjectId: Id | null;
};

/** Works one chunk through and gives the counts so far. Everything is one transaction. */
export async function workChunk(
  deps: CollectionDeps,
  context: ChunkContext,
  rows: readonly RawRow[],
  counts: Counts,
): Promise<Counts> {
  const { batch } = context;
  const passing = rows.map((raw) => checkOne(context, raw));
  const cursor = rows.at(-1)!.row;
  return deps.database.transaction(async (tx) => {
    await lockSource(tx, batch);
    const held = await sortOut(tx, passing);
    await linkAll(deps, tx, passing);
    await storeLinked(deps, tx, context, passing);
    const newlyHeld = await holdDoubtful(deps, tx, context, { passing, held });
    deps.onPhase?.({ name: 'in-transaction', batchId: batch.batchId, row: cursor });
    await insertHeld(tx, newlyHeld);
    await insertOutcomes(tx, batch, passing.map(outcomeOf));
    await insertFindings(tx, batch.batchId, passing.flatMap(findingsOf));
    const next = addOutcomes(
      counts,
      passing.map((row) => row.outcome!),
    );
    await saveBatchProgress(tx, batch.batchId, cursor, next);
    return next;
  });
}

function checkOne(context: ChunkContext, raw: RawRow): Passing {
  const { batch, delivery } = context;
  const checked = checkRow(delivery, raw);
  const row: Passing = {
    raw,
    checked,
    findings: [...checked.findings],
    digest: createHash('sha256').update(raw.cells.join('\u001f')).digest(),
    prepared: null,
    query: null,
    link: null,
    outcome: checked.verdict === 'rejected' ? 'R' : null,
    known: null,
    stored: null,
    subjectId: null,
  };
  if (row.outcome === null) {
    const { item, provider } = batch;
    row.prepared = prepareRow(checked, { item, provider, standard: delivery.standard, keyOf });
    row.query = queryOf(checked);
    noteLate(context, row);
  }
  return row;
}

function builtIn(context: ChunkContext, name: string): Rule | undefined {
  return context.delivery.standard.rules.find(
    (rule) => 'builtIn' in rule.check && rule.check.builtIn === name,
  );
}

/** A late report is counted, never refused (T01). */
function noteLate(context: ChunkContext, row: Passing): void {
  const rule = builtIn(context, 'late');
  const decided = row.prepared?.decidedOn ?? null;
  if (rule === undefined || decided === null || context.allowanceWorkdays === null) return;
  const received = dayOf(context.batch.receivedAt);
  const { due } = addWorkdays(context.calendar, decided, context.allowanceWorkdays);
  if (received <= due) return;
  row.findings.push(
    finding(rule, {
      limit: context.allowanceWorkdays,
      workdays: workdaysBetween(context.calendar, decided, received),
    }),
  );
}

function finding(rule: Rule, words: Readonly<Record<string, string | number>>): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    field: null,
    column: null,
    value: null,
    message: fillWords(rule.message, words),
    advice: fillWords(rule.advice, words),
  };
}

/** Rows that say what is known already, and rows that already wait, leave here. */
async function sortOut(tx: Tx, passing: readonly Passing[]): Promise<Map<Id, HeldRow>> {
  const live = passing.filter((row) => row.prepared !== null);
  const keys = [...new Set(live.map((row) => row.prepared!.sourceKey))];
  const known = await findSourceKeys(tx, keys);
  const waiting = await waitingByKeys(tx, keys);
  for (const row of live) {
    const prepared = row.prepared!;
    row.known = known.get(prepared.sourceKey) ?? null;
    const verdict = judgeAgainst(prepared, row.known ?? undefined);
    if (verdict !== 'new') {
      row.outcome = 'D';
      row.stored = {
        outcome: verdict === 'same' ? 'duplicate' : 'stale',
        recordId: known.get(prepared.sourceKey)!.recordId,
      };
    } else if (saysNothingNew(prepared, waiting.get(prepared.sourceKey))) {
      row.outcome = 'D';
    }
  }
  return waiting;
}

/** Whether a row repeats the one that waits under its key, or is older than it. */
function saysNothingNew(prepared: PreparedRow, waiting: HeldRow | undefined): boolean {
  return waiting !== undefined && judgeAgainst(prepared, waiting.prepared) !== 'new';
}

async function linkAll(deps: CollectionDeps, tx: Tx, passing: readonly Passing[]): Promise<void> {
  const todo = passing.filter((row) => row.outcome === null);
  const links = await linkRows(
    tx,
    todo.map((row) => row.query!),
    deps.linkTables(),
  );
  todo.forEach((row, index) => {
    row.link = links[index]!;
  });
  await heedPrecedents(tx, todo);
}

async function storeLinked(
  deps: CollectionDeps,
  tx: Tx,
  context: ChunkContext,
  passing: readonly Passing[],
): Promise<void> {
  const linked = passing.filter((row) => row.link?.decision.outcome === 'linked');
  await noteJoint(tx, context, linked);
  const inputs = linked.map((row): StatementInput => {
    const { decision, uscc } = row.link!;
    row.subjectId = decision.outcome === 'linked' ? decision.subjectId : null;
    return {
      prepared: row.prepared!,
      subject: { subjectId: row.subjectId!, uscc },
      batchId: context.batch.batchId,
      rowNo: row.raw.row,
      receivedAt: context.batch.receivedAt,
    };
  });
  const results = await storeStatements(deps, tx, inputs);
  linked.forEach((row, index) => {
    row.stored = results[index]!;
    const same = row.stored.outcome === 'duplicate' || row.stored.outcome === 'stale';
    noteLink(row);
    row.outcome = same ? 'D' : warns(row.findings) ? 'W' : 'A';
  });
}

/** What a link rests on beyond code and present name is told with the row. */
function noteLink(row: Passing): void {
  const { decision } = row.link!;
  if (decision.outcome !== 'linked') return;
  const [, ...notes] = decision.notes;
  const beyond = decision.method === 'uscc' ? notes : decision.notes;
  for (const note of beyond) {
    row.findings.push({
      rule: `LINK:${note.code}`,
      severity: 'warn',
      field: null,
      column: null,
      value: null,
      message: note.message,
      advice: '',
    });
  }
}

/** Other parties under the same decision: legal, but worth a look (D02). */
async function noteJoint(tx: Tx, context: ChunkContext, linked: readonly Passing[]): Promise<void> {
  const rule = builtIn(context, 'joint-decision');
  if (rule === undefined) return;
  const keys = [...new Set(linked.flatMap((row) => row.prepared!.decisionKey ?? []))];
  const parties = await decisionSubjects(tx, keys);
  for (const row of linked) {
    const { decisionKey, documentNumber } = row.prepared!;
    const { decision } = row.link!;
    if (decisionKey === null || decision.outcome !== 'linked') continue;
    const others = parties.get(decisionKey) ?? new Set<Id>();
    if ([...others].some((subject) => subject !== decision.subjectId)) {
      row.findings.push(finding(rule, { documentNumber: documentNumber ?? '' }));
    }
    parties.set(decisionKey, new Set(others).add(decision.subjectId));
  }
}

/** Rows nobody could be named for with certainty wait, or are given back when their code cannot be. */
async function holdDoubtful(
  deps: CollectionDeps,
  tx: Tx,
  context: ChunkContext,
  at: { readonly passing: readonly Passing[]; readonly held: ReadonlyMap<Id, HeldRow> },
): Promise<HeldRow[]> {
  const { batch } = context;
  const doubtful = at.passing.filter((row) => row.outcome === null);
  const registered = await registeredNames(tx, doubtful);
  const newest = new Map<Id, HeldRow>();
  const openings = new Map<Id, Parameters<typeof openLinkReviews>[1][number]>();
  for (const row of doubtful) {
    const { decision } = row.link!;
    if (decision.outcome === 'linked') continue;
    row.findings.push(...doubtFindings(context, row, registered));
    if (row.findings.some((item) => item.severity === 'reject')) {
      row.outcome = 'R';
      continue;
    }
    const key = row.prepared!.sourceKey;
    const before = newest.get(key);
    if (saysNothingNew(row.prepared!, before)) {
      row.outcome = 'D';
      continue;
    }
    row.outcome = 'H';
    const waiting = before ?? at.held.get(key);
    // A corrected row takes the place of the one that waited; its clock keeps the first receipt.
    if (before === undefined && waiting !== undefined) {
      await closeHeld(tx, waiting, { state: 'returned', recordId: null });
    }
    const reviewId = derivedId(instantMs(batch.receivedAt), batch.batchId, `review/${row.raw.row}`);
    newest.set(key, heldRow(context, row, reviewId, waiting?.receivedAt));
    openings.set(key, {
      reviewId,
      object: `row:${batch.batchId}/${row.raw.row}`,
      query: row.query!,
      reasons: decision.reasons,
      candidates: decision.outcome === 'review' ? decision.candidates : [],
    });
  }
  await openLinkReviews(tx, [...openings.values()], deps.clock.now());
  return [...newest.values()];
}

function heldRow(
  context: ChunkContext,
  row: Passing,
  reviewId: Id,
  firstReceivedAt: HeldRow['receivedAt'] | undefined,
): HeldRow {
  const { batch } = context;
  const { decision } = row.link!;
  return {
    batchId: batch.batchId,
    rowNo: row.raw.row,
    provider: batch.provider,
    item: batch.item,
    receivedAt: firstReceivedAt ?? batch.receivedAt,
    prepared: row.prepared!,
    query: row.query!,
    reasons: decision.outcome === 'linked' ? [] : decision.reasons,
    sourceKey: row.prepared!.sourceKey,
    contentDigest: row.prepared!.contentDigest,
    state: 'held',
    reviewId,
    recordId: null,
  };
}

/** The subject a doubtful row's own code belongs to. */
function bearerOfCode({ link }: Passing): Id | null {
  const decision = link!.decision;
  if (decision.outcome !== 'review') return null;
  const bearer = decision.candidates.find(({ grounds }) => grounds.includes('code'));
  return bearer === undefined ? null : (bearer.subjectId as Id);
}

/** What the register calls the bearers of the rows' codes: the sender is told, for it is mostly a slip. */
async function registeredNames(tx: Tx, rows: readonly Passing[]): Promise<Map<Id, string>> {
  const ids = [...new Set(rows.flatMap((row) => bearerOfCode(row) ?? []))];
  if (ids.length === 0) return new Map();
  return new Map((await readSubjects(tx, ids)).map(({ subjectId, name }) => [subjectId, name]));
}

/** The rule a doubt falls under: an impossible code is refused, everything else waits. */
function doubtFindings(
  context: ChunkContext,
  row: Passing,
  registered: ReadonlyMap<Id, string>,
): Finding[] {
  const { decision } = row.link!;
  if (decision.outcome === 'linked') return [];
  const reasons = decision.reasons.map((reason) => reason.message).join('');
  const words = {
    subjectName: row.query?.name ?? '',
    subjectCode: row.query?.code ?? '',
    value: row.query?.code ?? '',
    field: '统一社会信用代码',
    registeredName: registered.get(bearerOfCode(row) ?? ('' as Id)) ?? '',
    suggestion: reasons,
  };
  const suspect = row.checked.facts['subjectCodeSuspect'] === true;
  const name =
    suspect && decision.outcome === 'none'
      ? 'subject-code'
      : decision.outcome === 'none'
        ? 'subject-unknown'
        : 'name-and-code';
  const rule = builtIn(context, name);
  const found = rule === undefined ? [] : [finding(rule, words)];
  const told = decision.reasons.map((reason): Finding => ({
    rule: `LINK:${reason.code}`,
    severity: 'hold',
    field: null,
    column: null,
    value: null,
    message: reason.message,
    advice: '',
  }));
  return [...found, ...told];
}

function outcomeOf(row: Passing): RowOutcome {
  return {
    row: row.raw.row,
    outcome: row.outcome!,
    codes: [
      ...(row.checked.natural ? [personalRow] : []),
      ...new Set(row.findings.map((item) => item.rule)),
    ],
    recordId: row.stored?.recordId ?? null,
    subjectId: row.subjectId,
    digest: row.digest,
  };
}

function findingsOf(row: Passing): (Finding & { row: number; no: number })[] {
  return row.findings.map((item, no) => ({ ...item, row: row.raw.row, no }));
}
