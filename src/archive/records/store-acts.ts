/** SQL of what befalls records after they are stored: marks, decisions, locators, erasure. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { DecisionAct, Mark } from './domain-statement.ts';

/** Notes where new records are. */
export async function insertLocators(
  tx: Tx,
  rows: readonly { readonly recordId: Id; readonly subjectId: Id; readonly since: Instant }[],
): Promise<void> {
  await tx.copy(
    'records.record_locator',
    ['record_id', 'move_no', 'since', 'subject_id'],
    rows.map((row) => [row.recordId, 0, row.since, row.subjectId]),
  );
}

/** Notes that a record moved; a null subject means its link was undone. */
export async function moveRecord(
  tx: Tx,
  recordId: Id,
  subjectId: Id | null,
  since: Instant,
): Promise<void> {
  await tx.execute(sql`
    insert into records.record_locator (record_id, move_no, since, subject_id)
    select ${recordId}, coalesce(max(move_no), -1) + 1, ${since}, ${subjectId}
    from records.record_locator where record_id = ${recordId}`);
}

/** Where a record was at an instant (`null`: now); `undefined` when there is no such record. */
export async function locate(
  db: Queryable,
  recordId: Id,
  knownAt: Instant | null = null,
): Promise<Id | null | undefined> {
  const rows = await db.query<{ subjectId: Id | null }>(sql`
    select subject_id as "subjectId" from records.record_locator
    where record_id = ${recordId} and since <= coalesce(${knownAt}::timestamptz, 'infinity')
    order by move_no desc limit 1`);
  return rows[0] === undefined ? undefined : rows[0].subjectId;
}

type MarkRow = Mark & { readonly subjectId: Id; readonly recordId: Id };

/** Marks of subjects' records as known at an instant. */
export function readMarks(
  db: Queryable,
  subjectIds: readonly Id[],
  knownAt: Instant | null = null,
): Promise<MarkRow[]> {
  return db.query<MarkRow>(sql`
    select subject_id as "subjectId", record_id as "recordId", kind,
           effective_on::text as "effectiveOn", detail
    from records.mark
    where subject_id = any(${subjectIds}::uuid[])
      and recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')
    order by recorded_at`);
}

/** Sets an immutable mark on a record. */
export async function insertMark(
  tx: Tx,
  row: MarkRow & { readonly markId: Id; readonly actId: Id; readonly recordedAt: Instant },
): Promise<void> {
  await tx.execute(sql`
    insert into records.mark (subject_id, record_id, mark_id, kind, effective_on, detail, act_id, recorded_at)
    values (${row.subjectId}, ${row.recordId}, ${row.markId}, ${row.kind}, ${row.effectiveOn},
            ${JSON.stringify(row.detail)}, ${row.actId}, ${row.recordedAt})`);
}

/** What befell these decisions, as known at an instant. */
export async function readDecisionActs(
  db: Queryable,
  decisionKeys: readonly Id[],
  knownAt: Instant | null = null,
): Promise<Map<Id, DecisionAct[]>> {
  const rows =
    decisionKeys.length === 0
      ? []
      : await db.query<DecisionAct & { decisionKey: Id }>(sql`
          select decision_key as "decisionKey", kind, effective_on::text as "effectiveOn", detail
          from records.decision_act
          where decision_key = any(${decisionKeys}::uuid[])
            and recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')
          order by recorded_at`);
  const byKey = new Map<Id, DecisionAct[]>();
  for (const { decisionKey, ...act } of rows) {
    byKey.set(decisionKey, [...(byKey.get(decisionKey) ?? []), act]);
  }
  return byKey;
}

export async function insertDecisionAct(
  tx: Tx,
  row: DecisionAct & {
    readonly decisionKey: Id;
    readonly actId: Id;
    readonly recordedAt: Instant;
    readonly effectiveOn: Day;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into records.decision_act (decision_key, act_id, kind, effective_on, detail, recorded_at)
    values (${row.decisionKey}, ${row.actId}, ${row.kind}, ${row.effectiveOn},
            ${JSON.stringify(row.detail)}, ${row.recordedAt})`);
}

/**
 * Clears fields of every version of a record and destroys the salts: what the log holds of them says
 * nothing any more. Gives how many versions were touched.
 */
export async function eraseFields(
  tx: Tx,
  record: { readonly subjectId: Id; readonly recordId: Id },
  fields: readonly string[],
  facts: readonly string[],
): Promise<number> {
  return tx.execute(sql`
    update records.statement_version
    set "values" = "values" - ${fields}::text[], facts = facts - ${facts}::text[], salt = null,
        -- A digest of what was erased would let it be guessed.
        content_digest = decode(md5(random()::text) || md5(random()::text), 'hex')
    where subject_id = ${record.subjectId} and record_id = ${record.recordId}`);
}
