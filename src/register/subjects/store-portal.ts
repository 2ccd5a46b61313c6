/** SQL of the public pages of a subject. Other ids are found by the relation that made them such. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, prepared, sql } from '../../platform/db/index.ts';
import type { RelationKind, SubjectAttributes } from './domain.ts';

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

/** Live relations of a subject, the oldest first. */
export function readPublicRelations(db: Queryable, subjectId: Id): Promise<PublicRelation[]> {
  const statement = sql`
    select r.kind as relation,
           case when r.from_subject = ${subjectId}::uuid then 'out' else 'in' end as direction,
           r.since::text as since, s.subject_id as "subjectId", s.kind,
           s.owner_named as "ownerNamed", s.uscc, s.name, s.status
    from subjects.relation r
    join subjects.subject s
      on s.subject_id = case when r.from_subject = ${subjectId}::uuid then r.to_subject
                             else r.from_subject end
    where (r.from_subject = ${subjectId}::uuid or r.to_subject = ${subjectId}::uuid)
      and r.ended_on is null
    order by r.since, s.name`;
  return db.query<PublicRelation>(prepared('subjects.relations', statement));
}

/** When the base library was last brought up to date; `null` when never. */
export async function lastRegistryImport(db: Queryable): Promise<Instant | null> {
  const rows = await db.query<{ at: Instant | null }>(sql`
    select max(finished_at) as at from subjects.import_run where state = 'done'`);
  return rows[0]?.at ?? null;
}
