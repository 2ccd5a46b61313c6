/** SQL of what befalls records after they are stored: marks, decisions, locators, erasure. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, idArray, sql } from '../../platform/db/index.ts';
import type { DecisionAct, Mark } from './domain-statement.ts';

/** Notes where new records are. */
export async function insertLocators(
  tx: Tx,
  rows: readonly { readonly recordId: Id; readonly subjectId: Id; readonly since: Instant }[],
): Promise<void> {
  await tx.copy(
    'records.record_locator',
    ['record_id', 'move_no', 'since', 'subject_id'],
    rows.map((row) => `${row.recordId}\t0\t${row.since}\t${row.subjectId}`),
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
          where decision_key = any(${idArray(decisionKeys)}::uuid[])
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

/** Every subject a record was ever linked to. */
export async function subjectsOfRecord(db: Queryable, recordId: Id): Promise<Id[]> {
  const rows = await db.query<{ subjectId: Id }>(sql`
    select distinct subject_id as "subjectId" from records.record_locator
    where record_id = ${recordId} and subject_id is not null`);
  return rows.map((row) => row.subjectId);
}

/** Fields erased from these records. */
export async function erasedFields(
  db: Queryable,
  records: readonly { readonly recordId: Id; readonly subjectId: Id }[],
): Promise<Map<Id, string[]>> {
  if (records.length === 0) return new Map();
  const rows = await db.query<{ recordId: Id; fields: string[] }>(sql`
    select record_id as "recordId", array_agg(distinct field) as fields
    from records.mark, jsonb_array_elements_text(detail->'fields') as field
    where kind = 'erased' and subject_id = any(${records.map((row) => row.subjectId)}::uuid[])
      and record_id = any(${records.map((row) => row.recordId)}::uuid[])
    group by record_id`);
  return new Map(rows.map((row) => [row.recordId, row.fields]));
}

/**
 * Clears fields, and what was made of them, in every version of a record under every subject, and
 * destroys the salts: what the log holds of them says nothing any more. Digests go with them, or what
 * was erased could be guessed. Gives how many versions were touched.
 */
export async function eraseFields(
  tx: Tx,
  record: {
    readonly recordId: Id;
    readonly subjects: readonly Id[];
    readonly statementIds: readonly Id[];
  },
  gone: {
    readonly fields: readonly string[];
    readonly facts: readonly string[];
    readonly columns: readonly string[];
  },
): Promise<number> {
  const clears = (column: string) => gone.columns.includes(column);
  await tx.execute(sql`
    update records.source_key
    set content_digest = decode(md5(random()::text) || md5(random()::text), 'hex')
    where key = any(${record.statementIds}::uuid[])`);
  return tx.execute(sql`
    update records.statement_version
    set "values" = "values" - ${gone.fields}::text[], facts = facts - ${gone.facts}::text[],
        document_number = case when ${clears('document_number')} then null else document_number end,
        authority_name = case when ${clears('authority_name')} then null else authority_name end,
        authority_code = case when ${clears('authority_code')} then null else authority_code end,
        salt = null,
        content_digest = decode(md5(random()::text) || md5(random()::text), 'hex')
    where subject_id = any(${record.subjects}::uuid[]) and record_id = ${record.recordId}`);
}
