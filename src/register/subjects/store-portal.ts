/** SQL of the public pages of a subject. Other ids are found by the relation that made them such. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, prepared, sql } from '../../platform/db/index.ts';
import type { RelationKind, Subject, SubjectAttributes } from './domain.ts';
import { subjectSelect } from './store.ts';

/** A live relation of a subject, seen from that subject, with what may be told of the other one. */
export type PublicRelation = Pick<
  SubjectAttributes,
  'kind' | 'ownerNamed' | 'uscc' | 'name' | 'status'
> & {
  readonly relation: RelationKind;
  /** `out`: this subject is the first of the relation (it was merged into the other). */
  readonly direction: 'out' | 'in';
  readonly since: Day;
  readonly subjectId: Id;
};

/** A subject with its live relations, the oldest first. */
export type SubjectWithRelations = Subject & { readonly relations: readonly PublicRelation[] };

// Read with the subject: a file asks for few rows, and most of its time goes into asking.
const relationsOfSubject = sql`
  (select coalesce(json_agg(json_build_object(
       'relation', r.kind, 'direction', case when r.from_subject = s.subject_id then 'out' else 'in' end,
       'since', r.since::text, 'subjectId', o.subject_id, 'kind', o.kind,
       'ownerNamed', o.owner_named, 'uscc', o.uscc, 'name', o.name, 'status', o.status)
     order by r.since, o.name), '[]')
   from subjects.relation r
   join subjects.subject o
     on o.subject_id = case when r.from_subject = s.subject_id then r.to_subject else r.from_subject end
   where (r.from_subject = s.subject_id or r.to_subject = s.subject_id) and r.ended_on is null
  ) as relations`;

/** Subjects under exact keys with their relations. Duplicates give their main subject. */
export function findFilesByKeys(
  db: Queryable,
  keys: readonly string[],
): Promise<SubjectWithRelations[]> {
  const statement = sql`
    select ${subjectSelect}, ${relationsOfSubject}
    from subjects.subject s
    where s.subject_id in (
      select coalesce(k.duplicate_of, k.subject_id)
      from subjects.lookup_key l join subjects.subject k on k.subject_id = l.subject_id
      where l.key = any(${keys}::text[]))`;
  return db.query<SubjectWithRelations>(prepared('subjects.files-by-keys', statement));
}

/** A subject by its id with its relations, as it is stored; `null` when there is none. */
export async function readFileById(
  db: Queryable,
  subjectId: Id,
): Promise<SubjectWithRelations | null> {
  const statement = sql`
    select ${subjectSelect}, ${relationsOfSubject}
    from subjects.subject s where s.subject_id = ${subjectId}::uuid`;
  const rows = await db.query<SubjectWithRelations>(prepared('subjects.file-by-id', statement));
  return rows[0] ?? null;
}

/** When the base library was last brought up to date; `null` when never. */
export async function lastRegistryImport(db: Queryable): Promise<Instant | null> {
  const rows = await db.query<{ at: Instant | null }>(sql`
    select max(finished_at) as at from subjects.import_run where state = 'done'`);
  return rows[0]?.at ?? null;
}
