/** One chunk of checked rows: told apart from what is known, linked, stored, in one transaction. */
import type { Id } from '../../kernel/ids.ts';
import type { Rule } from '../../kernel/rulebook/standards.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  type StatementInput,
  findSourceKeys,
  judgeAgainst,
  storeStatements,
} from '../../archive/records/index.ts';
import { linkRows } from '../../register/subjects/index.ts';
import type { Finding } from './checks/domain.ts';
import { type Counts, addOutcomes, warns } from './domain.ts';
import { holdDoubtful, saysNothingNew } from './service-hold.ts';
import { heedPrecedents } from './service-precedent.ts';
import type { CollectionDeps } from './service-receive.ts';
import { type ChunkContext, type Passing, builtIn, finding } from './service-rows.ts';
import {
  type RowOutcome,
  commitWithoutWaiting,
  insertFindings,
  insertOutcomes,
  lockSource,
  personalRow,
  saveBatchProgress,
} from './store.ts';
import { type HeldRow, insertHeld, waitingByKeys } from './store-held.ts';

/** Works checked rows through and gives the counts so far. Everything is one transaction. */
export async function workChunk(
  deps: CollectionDeps,
  context: ChunkContext,
  passing: readonly Passing[],
  counts: Counts,
): Promise<Counts> {
  const { batch } = context;
  const cursor = passing.at(-1)!.raw.row;
  return deps.database.transaction(async (tx) => {
    await commitWithoutWaiting(tx);
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
        joint: false,
      };
    } else if (saysNothingNew(prepared, waiting.get(prepared.sourceKey))) {
      row.outcome = 'D';
    }
  }
  return waiting;
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
  // Nobody else writes keys of this source while we hold its lock: what was not found is not there.
  const unknown = new Set(
    linked.flatMap((row) => (row.known === null ? row.prepared!.sourceKey : [])),
  );
  const results = await storeStatements(deps, tx, inputs, unknown);
  const jointRule = builtIn(context, 'joint-decision');
  linked.forEach((row, index) => {
    row.stored = results[index]!;
    noteJoint(row, jointRule);
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
function noteJoint(row: Passing, rule: Rule | undefined): void {
  if (rule === undefined || row.stored?.joint !== true) return;
  row.findings.push(finding(rule, { documentNumber: row.prepared!.documentNumber ?? '' }));
}

function outcomeOf(row: Passing): RowOutcome {
  return {
    row: row.raw.row,
    outcome: row.outcome!,
    sourceKey: row.sourceKey,
    decidedOn: row.decidedOn,
    cells: row.checked.cells,
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
