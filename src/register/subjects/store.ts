/** SQL of subjects. lookup_key is spread by its key; everything else by subject_id. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, idArray, prepared, sql } from '../../platform/db/index.ts';
import type { RelationKind, Subject } from './domain.ts';

/** Columns of a subject `s` by the names of {@link Subject}. */
export const subjectSelect = sql`
  s.subject_id as "subjectId", s.kind, s.owner_named as "ownerNamed", s.uscc, s.name, s.status,
  s.registered_on::text as "registeredOn", s.ended_on::text as "endedOn", s.province, s.city, s.region,
  s.address, s.enterprise_type as "enterpriseType", s.industry, s.scope,
  s.capital_text as "capitalText", s.evidence, s.origin, s.last_import as "lastImport",
  s.duplicate_of as "duplicateOf", s.version`;

/** Subjects by id. */
export function readSubjects(db: Queryable, ids: readonly Id[]): Promise<Subject[]> {
  const statement = sql`
    select ${subjectSelect} from subjects.subject s where s.subject_id = any(${ids}::uuid[])`;
  return db.query<Subject>(ids.length === 1 ? prepared('subjects.by-id', statement) : statement);
}

const fewKeys = 8;

/** Subjects under exact keys, each with the keys it was found by. Duplicates give their main subject. */
export async function findByKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<(Subject & { readonly keys: readonly string[] })[]> {
  if (keys.length === 0) return [];
  const statement = sql`
    with hit as (
      select coalesce(s.duplicate_of, s.subject_id) as subject_id, array_agg(distinct l.key) as keys
      from subjects.lookup_key l join subjects.subject s on s.subject_id = l.subject_id
      where l.key = any(${keys}::text[])
      group by 1)
    select ${subjectSelect}, hit.keys
    from hit join subjects.subject s on s.subject_id = hit.subject_id`;
  // One subject is looked up again and again; a chunk of rows has a plan of its own.
  return db.query(keys.length <= fewKeys ? prepared('subjects.by-keys', statement) : statement);
}

/** What the linking decision reads of a subject. */
export type SubjectEvidence = Pick<
  Subject,
  | 'subjectId'
  | 'uscc'
  | 'name'
  | 'status'
  | 'registeredOn'
  | 'endedOn'
  | 'province'
  | 'city'
  | 'region'
  | 'evidence'
  | 'duplicateOf'
>;

const evidenceSelect = sql`
  s.subject_id as "subjectId", s.uscc, s.name, s.status, s.registered_on::text as "registeredOn",
  s.ended_on::text as "endedOn", s.province, s.city, s.region, s.evidence,
  s.duplicate_of as "duplicateOf"`;

/** Evidence of subjects under exact keys, a row per key and subject; duplicates as they stand. */
export async function evidenceByKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<(SubjectEvidence & { readonly key: string })[]> {
  if (keys.length === 0) return [];
  return db.query(sql`
    select l.key, ${evidenceSelect}
    from subjects.lookup_key l join subjects.subject s on s.subject_id = l.subject_id
    where l.key = any(${keys}::text[])`);
}

/** Evidence of subjects by id. */
export async function evidenceOf(db: Queryable, ids: readonly Id[]): Promise<SubjectEvidence[]> {
  if (ids.length === 0) return [];
  return db.query(sql`
    select ${evidenceSelect} from subjects.subject s
    where s.subject_id = any(${idArray(ids)}::uuid[])`);
}

/** Unified codes of subjects. */
export async function usccsOf(db: Queryable, ids: readonly Id[]): Promise<Map<Id, string | null>> {
  const rows = await db.query<{ subjectId: Id; uscc: string | null }>(sql`
    select subject_id as "subjectId", uscc from subjects.subject
    where subject_id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.subjectId, row.uscc]));
}

/** Subjects that are other ids of the same organisation. */
export async function duplicatesOf(db: Queryable, subjectId: Id): Promise<Id[]> {
  const rows = await db.query<{ subjectId: Id }>(sql`
    select subject_id as "subjectId" from subjects.subject where duplicate_of = ${subjectId}`);
  return rows.map((row) => row.subjectId);
}

const columns = [
  'subject_id',
  'kind',
  'owner_named',
  'uscc',
  'name',
  'status',
  'registered_on',
  'ended_on',
  'province',
  'city',
  'region',
  'address',
  'enterprise_type',
  'industry',
  'scope',
  'capital_text',
  'origin',
  'last_import',
  'duplicate_of',
  'evidence',
  'version',
  'recorded_at',
];

/** Copies new subjects. */
export async function insertSubjects(
  tx: Tx,
  subjects: readonly Subject[],
  at: Instant,
): Promise<void> {
  await tx.copy(
    'subjects.subject',
    columns,
    subjects.map((s) => [
      s.subjectId,
      s.kind,
      s.ownerNamed,
      s.uscc,
      s.name,
      s.status,
      s.registeredOn,
      s.endedOn,
      s.province,
      s.city,
      s.region,
      s.address,
      s.enterpriseType,
      s.industry,
      s.scope,
      s.capitalText,
      s.origin,
      s.lastImport,
      s.duplicateOf,
      s.evidence,
      s.version,
      at,
    ]),
  );
}

/** Writes the present state of a known subject; its history is in profile. */
export async function updateSubject(tx: Tx, s: Subject, at: Instant): Promise<void> {
  await tx.execute(sql`
    update subjects.subject set
      kind = ${s.kind}, owner_named = ${s.ownerNamed}, uscc = ${s.uscc}, name = ${s.name},
      status = ${s.status}, registered_on = ${s.registeredOn}, ended_on = ${s.endedOn},
      province = ${s.province}, city = ${s.city}, address = ${s.address},
      enterprise_type = ${s.enterpriseType}, industry = ${s.industry}, scope = ${s.scope},
      capital_text = ${s.capitalText}, last_import = ${s.lastImport},
      duplicate_of = ${s.duplicateOf}, evidence = ${JSON.stringify(s.evidence)},
      version = ${s.version}, recorded_at = ${at}
    where subject_id = ${s.subjectId}`);
}

/** One version of a subject's attributes. */
export type ProfileVersion = {
  readonly subjectId: Id;
  readonly version: number;
  readonly validFrom: Day;
  readonly change: string;
  readonly attributes: object;
};

export async function insertProfiles(
  tx: Tx,
  versions: readonly ProfileVersion[],
  act: { readonly id: Id; readonly at: Instant },
): Promise<void> {
  await tx.copy(
    'subjects.profile',
    ['subject_id', 'version', 'valid_from', 'recorded_at', 'act_id', 'change', 'attributes'],
    versions.map((v) => [
      v.subjectId,
      v.version,
      v.validFrom,
      act.at,
      act.id,
      v.change,
      v.attributes,
    ]),
  );
}

/** Versions of a subject, oldest first. */
export function readProfiles(
  db: Queryable,
  subjectId: Id,
): Promise<(ProfileVersion & { readonly recordedAt: Instant })[]> {
  return db.query(sql`
    select subject_id as "subjectId", version, valid_from::text as "validFrom", change, attributes,
           recorded_at as "recordedAt"
    from subjects.profile where subject_id = ${subjectId} order by version`);
}

/** Adds exact keys; keys are never taken away, ended subjects stay findable. */
export async function addKeys(
  tx: Tx,
  keys: readonly { readonly key: string; readonly subjectId: Id }[],
  fresh: boolean,
): Promise<void> {
  if (fresh) {
    await tx.copy(
      'subjects.lookup_key',
      ['key', 'subject_id'],
      keys.map((row) => [row.key, row.subjectId]),
    );
    return;
  }
  await tx.execute(sql`
    insert into subjects.lookup_key (key, subject_id)
    select * from unnest(${keys.map((row) => row.key)}::text[],
                         ${keys.map((row) => row.subjectId)}::uuid[])
    on conflict do nothing`);
}

/** A dated relation between two subjects. */
export async function insertRelation(
  tx: Tx,
  relation: {
    readonly relationId: Id;
    readonly from: Id;
    readonly to: Id;
    readonly kind: RelationKind;
    readonly since: Day;
    readonly actId: Id;
    readonly at: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into subjects.relation
      (from_subject, relation_id, to_subject, kind, since, act_id, recorded_at)
    values (${relation.from}, ${relation.relationId}, ${relation.to}, ${relation.kind},
            ${relation.since}, ${relation.actId}, ${relation.at})`);
}

/** Ends live relations of a kind between two subjects; gives how many. */
export function endRelation(
  tx: Tx,
  relation: { readonly from: Id; readonly to: Id; readonly kind: RelationKind; readonly on: Day },
): Promise<number> {
  return tx.execute(sql`
    update subjects.relation set ended_on = ${relation.on}
    where from_subject = ${relation.from} and to_subject = ${relation.to}
      and kind = ${relation.kind} and ended_on is null`);
}

/** Live relations that touch a subject, either way. */
export function readRelations(
  db: Queryable,
  subjectId: Id,
): Promise<
  { from: Id; to: Id; kind: RelationKind; since: Day; fromName: string; toName: string }[]
> {
  return db.query(sql`
    select r.from_subject as "from", r.to_subject as "to", r.kind, r.since::text as since,
           a.name as "fromName", b.name as "toName"
    from subjects.relation r
    join subjects.subject a on a.subject_id = r.from_subject
    join subjects.subject b on b.subject_id = r.to_subject
    where (r.from_subject = ${subjectId} or r.to_subject = ${subjectId}) and r.ended_on is null
    order by r.since`);
}
