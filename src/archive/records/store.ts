/** SQL of records. Big tables are reached by subject_id; keys by their own digest. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql, textArray } from '../../platform/db/index.ts';
import type { Operation, StatementVersion } from './domain-statement.ts';

/** Newest state of a source key. */
export type SourceKeyRow = {
  readonly key: Id;
  readonly recordId: Id;
  readonly subjectId: Id;
  readonly version: number;
  readonly op: Operation;
  readonly rowVersion: string | null;
  readonly contentDigest: string;
};

/** Rows of these source keys that exist. */
export async function findSourceKeys(
  db: Queryable,
  keys: readonly Id[],
): Promise<Map<Id, SourceKeyRow>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<SourceKeyRow>(sql`
    select key, record_id as "recordId", subject_id as "subjectId", version, op, row_version as "rowVersion", encode(content_digest, 'hex') as "contentDigest"
    from records.source_key where key = any(${keys}::uuid[])`);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Writes new source keys by COPY and moves known ones forward. */
export async function saveSourceKeys(
  tx: Tx,
  fresh: readonly SourceKeyRow[],
  known: readonly SourceKeyRow[],
): Promise<void> {
  if (fresh.length > 0) {
    await tx.copy(
      'records.source_key',
      ['key', 'record_id', 'subject_id', 'version', 'op', 'row_version', 'content_digest'],
      fresh.map((row) => [
        row.key,
        row.recordId,
        row.subjectId,
        row.version,
        row.op,
        row.rowVersion,
        Buffer.from(row.contentDigest, 'hex'),
      ]),
    );
  }
  if (known.length > 0) {
    await tx.execute(sql`
      update records.source_key k
      set record_id = n.record_id, subject_id = n.subject_id, version = n.version, op = n.op,
          row_version = n.row_version, content_digest = decode(n.content_digest, 'hex')
      from json_to_recordset(${JSON.stringify(
        known.map((row) => ({
          key: row.key,
          record_id: row.recordId,
          subject_id: row.subjectId,
          version: row.version,
          op: row.op,
          row_version: row.rowVersion,
          content_digest: row.contentDigest,
        })),
      )}::json) as n(key uuid, record_id uuid, subject_id uuid, version int, op char(1),
                     row_version text, content_digest text)
      where k.key = n.key`);
  }
}

/** Forgets a source key whose row goes back to waiting for a link. */
export async function deleteSourceKey(tx: Tx, key: Id): Promise<void> {
  await tx.execute(sql`delete from records.source_key where key = ${key}`);
}

/** One party of a decision in one item: the fact key. */
export type DecisionParty = {
  readonly decisionKey: Id;
  readonly item: string;
  readonly subjectId: Id;
  readonly recordId: Id;
};

/** Live facts among the given (decision, item, subject), keyed by `decision|item|subject`. */
export async function findFacts(
  db: Queryable,
  facts: readonly Omit<DecisionParty, 'recordId'>[],
): Promise<Map<string, Id>> {
  if (facts.length === 0) return new Map();
  const rows = await db.query<DecisionParty>(sql`
    select p.decision_key as "decisionKey", p.item, p.subject_id as "subjectId", p.record_id as "recordId"
    from records.decision_party p
    join unnest(${facts.map((fact) => fact.decisionKey)}::uuid[],
                ${facts.map((fact) => fact.item)}::text[],
                ${facts.map((fact) => fact.subjectId)}::uuid[]) as f(decision_key, item, subject_id)
      on p.decision_key = f.decision_key and p.item = f.item and p.subject_id = f.subject_id
    where not p.ended`);
  return new Map(
    rows.map((row) => [`${row.decisionKey}|${row.item}|${row.subjectId}`, row.recordId]),
  );
}

/** Adds parties; one that had ended comes back with its new record. */
export async function saveParties(tx: Tx, parties: readonly DecisionParty[]): Promise<void> {
  if (parties.length === 0) return;
  await tx.execute(sql`
    insert into records.decision_party (decision_key, item, subject_id, record_id)
    select * from unnest(${parties.map((party) => party.decisionKey)}::uuid[],
                         ${parties.map((party) => party.item)}::text[],
                         ${parties.map((party) => party.subjectId)}::uuid[],
                         ${parties.map((party) => party.recordId)}::uuid[])
    on conflict (decision_key, item, subject_id)
    do update set record_id = excluded.record_id, ended = false`);
}

/** Ends a party: its record has left this subject or changed its decision. */
export async function endParty(tx: Tx, party: DecisionParty): Promise<void> {
  await tx.execute(sql`
    update records.decision_party set ended = true
    where decision_key = ${party.decisionKey} and item = ${party.item}
      and subject_id = ${party.subjectId} and record_id = ${party.recordId}`);
}

/** Every live party of a decision. */
export function partiesOf(db: Queryable, decisionKey: Id): Promise<DecisionParty[]> {
  return db.query<DecisionParty>(sql`
    select decision_key as "decisionKey", item, subject_id as "subjectId", record_id as "recordId"
    from records.decision_party where decision_key = ${decisionKey} and not ended`);
}

/** Live subjects of decisions. */
export async function decisionSubjects(
  db: Queryable,
  decisionKeys: readonly Id[],
): Promise<Map<Id, Set<Id>>> {
  const rows =
    decisionKeys.length === 0
      ? []
      : await db.query<{ decisionKey: Id; subjectId: Id }>(sql`
          select decision_key as "decisionKey", subject_id as "subjectId"
          from records.decision_party
          where decision_key = any(${decisionKeys}::uuid[]) and not ended`);
  const found = new Map<Id, Set<Id>>();
  for (const { decisionKey, subjectId } of rows) {
    found.set(decisionKey, (found.get(decisionKey) ?? new Set<Id>()).add(subjectId));
  }
  return found;
}

const versionColumns = [
  'subject_id',
  'record_id',
  'statement_id',
  'version',
  'op',
  'provider',
  'item',
  'standard',
  'batch_id',
  'row_no',
  'received_at',
  'recorded_at',
  'row_version',
  'authority_code',
  'authority_name',
  'document_number',
  'decision_key',
  'decided_on',
  'valid_from',
  'valid_until',
  'public_until',
  'ended_on',
  'kinds',
  'fine_fen',
  'confiscated_fen',
  'facts',
  '"values"',
  'content_digest',
  'held_show',
  'salt',
];

const toDate = (value: Day | 'long-term' | null) => (value === 'long-term' ? 'infinity' : value);

/** Copies new versions, each with the salt of its commitment. */
export async function insertVersions(
  tx: Tx,
  rows: readonly { readonly version: StatementVersion; readonly salt: Buffer }[],
): Promise<void> {
  await tx.copy(
    'records.statement_version',
    versionColumns,
    rows.map(({ version: v, salt }) => [
      v.subjectId,
      v.recordId,
      v.statementId,
      v.version,
      v.op,
      v.provider,
      v.item,
      v.standard,
      v.batchId,
      v.rowNo,
      v.receivedAt,
      v.recordedAt,
      v.rowVersion,
      v.authorityCode,
      v.authorityName,
      v.documentNumber,
      v.decisionKey,
      v.decidedOn,
      v.validFrom,
      toDate(v.validUntil),
      toDate(v.publicUntil),
      v.endedOn,
      v.kinds.length === 0 ? null : textArray(v.kinds),
      v.fineFen,
      v.confiscatedFen,
      v.facts,
      v.values,
      Buffer.from(v.contentDigest, 'hex'),
      v.heldShow.length === 0 ? null : textArray(v.heldShow),
      salt,
    ]),
  );
}

const versionSelect = sql`
  subject_id as "subjectId", record_id as "recordId", statement_id as "statementId", version, op,
  provider, item, standard, batch_id as "batchId", row_no::int as "rowNo",
  received_at as "receivedAt", recorded_at as "recordedAt", row_version as "rowVersion",
  authority_code as "authorityCode", authority_name as "authorityName",
  document_number as "documentNumber", decision_key as "decisionKey", decided_on::text as "decidedOn",
  valid_from::text as "validFrom",
  case when valid_until = 'infinity' then 'long-term' else valid_until::text end as "validUntil",
  case when public_until = 'infinity' then 'long-term' else public_until::text end as "publicUntil",
  ended_on::text as "endedOn", coalesce(kinds, '{}') as kinds, fine_fen::text as "fineFen",
  confiscated_fen::text as "confiscatedFen", facts, "values",
  encode(content_digest, 'hex') as "contentDigest", coalesce(held_show, '{}') as "heldShow"`;

/** All versions of the given records of their subjects, known at an instant (`null`: now). */
export function readVersions(
  db: Queryable,
  records: readonly { readonly subjectId: Id; readonly recordId: Id }[],
  knownAt: Instant | null = null,
): Promise<StatementVersion[]> {
  return db.query<StatementVersion>(sql`
    select ${versionSelect} from records.statement_version
    where (subject_id, record_id) in (
        select * from unnest(${records.map((row) => row.subjectId)}::uuid[],
                             ${records.map((row) => row.recordId)}::uuid[]))
      and recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')`);
}

/** All versions of one subject's records. */
export function readSubjectVersions(
  db: Queryable,
  subjectIds: readonly Id[],
  knownAt: Instant | null = null,
): Promise<StatementVersion[]> {
  return db.query<StatementVersion>(sql`
    select ${versionSelect} from records.statement_version
    where subject_id = any(${subjectIds}::uuid[])
      and recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')`);
}

/** A stored set of windows. */
export type WindowRow = {
  readonly subjectId: Id;
  readonly recordId: Id;
  readonly windowId: Id;
  readonly recordedAt: Instant;
  readonly item: string;
  readonly family: string;
  readonly class: string | null;
  readonly rulebookDigest: string;
  readonly inputDigest: string;
  readonly show: string;
  readonly share: string;
  readonly use: string;
  readonly report: string;
};

/** Copies new window rows. */
export async function insertWindows(tx: Tx, rows: readonly WindowRow[]): Promise<void> {
  await tx.copy(
    'records.record_window',
    [
      'subject_id',
      'record_id',
      'window_id',
      'recorded_at',
      'item',
      'family',
      'class',
      'rulebook_digest',
      'input_digest',
      'show',
      'share',
      'use',
      'report',
    ],
    rows.map((row) => [
      row.subjectId,
      row.recordId,
      row.windowId,
      row.recordedAt,
      row.item,
      row.family,
      row.class,
      row.rulebookDigest,
      Buffer.from(row.inputDigest, 'hex'),
      row.show,
      row.share,
      row.use,
      row.report,
    ]),
  );
}

/** Ends the current windows of records: new inputs supersede them from `at` on. */
export async function supersedeWindows(
  tx: Tx,
  records: readonly { readonly subjectId: Id; readonly recordId: Id }[],
  at: Instant,
): Promise<void> {
  if (records.length === 0) return;
  await tx.execute(sql`
    update records.record_window set superseded_at = ${at}
    where (subject_id, record_id) in (
        select * from unnest(${records.map((row) => row.subjectId)}::uuid[],
                             ${records.map((row) => row.recordId)}::uuid[]))
      and superseded_at is null`);
}

/** Windows of subjects' records as known at an instant (`null`: now). */
export function readWindows(
  db: Queryable,
  subjectIds: readonly Id[],
  knownAt: Instant | null = null,
): Promise<WindowRow[]> {
  return db.query<WindowRow>(sql`
    select subject_id as "subjectId", record_id as "recordId", window_id as "windowId",
           recorded_at as "recordedAt", item, family, class, rulebook_digest as "rulebookDigest",
           encode(input_digest, 'hex') as "inputDigest", show::text, share::text, use::text, report::text
    from records.record_window
    where subject_id = any(${subjectIds}::uuid[])
      and recorded_at <= coalesce(${knownAt}::timestamptz, 'infinity')
      and (superseded_at is null or superseded_at > coalesce(${knownAt}::timestamptz, 'infinity'))`);
}
