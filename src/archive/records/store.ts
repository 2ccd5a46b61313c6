/** SQL of records. Big tables are reached by subject_id; keys by their own digest. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import {
  type Queryable,
  type Tx,
  copyHex,
  copyText,
  idArray,
  sql,
  textArray,
} from '../../platform/db/index.ts';
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
    from records.source_key where key = any(${idArray(keys)}::uuid[])`);
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
      fresh.map(
        (row) =>
          `${row.key}\t${row.recordId}\t${row.subjectId}\t${row.version}\t${row.op}\t${copyText(
            row.rowVersion,
          )}\t${copyHex(row.contentDigest)}`,
      ),
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

/** One party of a decision in one item: the fact key. */
export type DecisionParty = {
  readonly decisionKey: Id;
  readonly item: string;
  readonly subjectId: Id;
  readonly recordId: Id;
};

/** A party of a decision as it is known: an ended one has left or changed its decision. */
export type KnownParty = DecisionParty & { readonly ended: boolean };

/** Every known party of these decisions, live and ended. */
export function partiesOfDecisions(
  db: Queryable,
  decisionKeys: readonly Id[],
): Promise<KnownParty[]> {
  if (decisionKeys.length === 0) return Promise.resolve([]);
  return db.query<KnownParty>(sql`
    select decision_key as "decisionKey", item, subject_id as "subjectId",
           record_id as "recordId", ended
    from records.decision_party where decision_key = any(${idArray(decisionKeys)}::uuid[])`);
}

/** Copies parties nothing is known of; the caller holds their locks and has looked. */
export async function insertParties(tx: Tx, parties: readonly DecisionParty[]): Promise<void> {
  if (parties.length === 0) return;
  await tx.copy(
    'records.decision_party',
    ['decision_key', 'item', 'subject_id', 'record_id'],
    parties.map(
      (party) =>
        `${party.decisionKey}\t${copyText(party.item)}\t${party.subjectId}\t${party.recordId}`,
    ),
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

const none = String.raw`\N`;

const dateText = (value: Day | 'long-term' | null) =>
  value === null ? none : value === 'long-term' ? 'infinity' : value;
const listText = (values: readonly string[]) =>
  values.length === 0 ? none : copyText(textArray(values));

/** Written by hand: the widest table of all, and most of its columns never need escaping. */
function versionLine({ version: v, salt }: SaltedVersion): string {
  return (
    `${v.subjectId}\t${v.recordId}\t${v.statementId}\t${v.version}\t${v.op}\t` +
    `${copyText(v.provider)}\t${copyText(v.item)}\t${copyText(v.standard)}\t${v.batchId}\t` +
    `${v.rowNo}\t${v.receivedAt}\t${v.recordedAt}\t${copyText(v.rowVersion)}\t` +
    `${copyText(v.authorityCode)}\t${copyText(v.authorityName)}\t${copyText(v.documentNumber)}\t` +
    `${v.decisionKey ?? none}\t${v.decidedOn ?? none}\t${v.validFrom ?? none}\t` +
    `${dateText(v.validUntil)}\t${dateText(v.publicUntil)}\t${v.endedOn ?? none}\t` +
    `${listText(v.kinds)}\t${v.fineFen ?? none}\t${v.confiscatedFen ?? none}\t` +
    `${copyText(JSON.stringify(v.facts))}\t${copyText(JSON.stringify(v.values))}\t` +
    `${copyHex(v.contentDigest)}\t${listText(v.heldShow)}\t${copyHex(salt.toString('hex'))}`
  );
}

/** A version with the salt of its commitment. */
export type SaltedVersion = { readonly version: StatementVersion; readonly salt: Buffer };

/** Copies new versions, each with the salt of its commitment. */
export async function insertVersions(tx: Tx, rows: readonly SaltedVersion[]): Promise<void> {
  await tx.copy('records.statement_version', versionColumns, rows.map(versionLine));
}

/** Columns of a {@link StatementVersion}. */
export const versionSelect = sql`
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

/** Salts of versions, in hexadecimal, by `subject|statement|version`; erased ones have none. */
export async function readSalts(
  db: Queryable,
  records: readonly { readonly subjectId: Id; readonly recordId: Id }[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ name: string; salt: string }>(sql`
    select concat_ws('|', subject_id, statement_id, version) as name, encode(salt, 'hex') as salt
    from records.statement_version
    where salt is not null and (subject_id, record_id) in (
        select * from unnest(${records.map((row) => row.subjectId)}::uuid[],
                             ${records.map((row) => row.recordId)}::uuid[]))`);
  return new Map(rows.map(({ name, salt }) => [name, salt]));
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
    rows.map(
      (row) =>
        `${row.subjectId}\t${row.recordId}\t${row.windowId}\t${row.recordedAt}\t` +
        `${copyText(row.item)}\t${copyText(row.family)}\t${copyText(row.class)}\t` +
        `${row.rulebookDigest}\t${copyHex(row.inputDigest)}\t` +
        `${row.show}\t${row.share}\t${row.use}\t${row.report}`,
    ),
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
