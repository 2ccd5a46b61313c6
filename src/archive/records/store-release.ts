/** SQL of releases: what two officers let be shown and took back, step by step. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Sql, type Tx, sql } from '../../platform/db/index.ts';
import type { ReleaseStep } from './domain-release.ts';

/** The newest step on an object up to an instant, as JSON; null where there is none. */
export function newestStep(objectId: Sql, until: Instant): Sql {
  return sql`(
    select json_build_object('shows', r.shows, 'at',
             to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from records.release r where r.object_id = ${objectId} and r.at <= ${until}::timestamptz
    order by r.step_no desc limit 1)`;
}

/** A decision of two officers on a batch or a record. */
export type ReleaseDecision = {
  readonly objectId: Id;
  readonly objectKind: 'batch' | 'record';
  readonly shows: boolean;
  readonly at: Instant;
  readonly reason: string;
  readonly firstAccount: string;
  readonly secondAccount: string;
  readonly firstAct: Id;
  readonly secondAct: Id;
};

/** Adds a decision as the newest step of its object. Two at once: the database refuses the second. */
export async function insertRelease(tx: Tx, step: ReleaseDecision): Promise<void> {
  await tx.execute(sql`
    insert into records.release
      (object_id, step_no, object_kind, shows, at, reason, first_account, second_account,
       first_act, second_act)
    select ${step.objectId}, coalesce(max(step_no), 0) + 1, ${step.objectKind}, ${step.shows},
           ${step.at}, ${step.reason}, ${step.firstAccount}, ${step.secondAccount},
           ${step.firstAct}, ${step.secondAct}
    from records.release where object_id = ${step.objectId}`);
}

/** The newest step of each of these objects up to an instant (`null`: now). */
export async function readReleases(
  db: Queryable,
  objectIds: readonly Id[],
  until: Instant | null = null,
): Promise<Map<Id, ReleaseStep>> {
  if (objectIds.length === 0) return new Map();
  const rows = await db.query<ReleaseStep & { objectId: Id }>(sql`
    select distinct on (object_id) object_id as "objectId", shows, at
    from records.release
    where object_id = any(${[...new Set(objectIds)]}::uuid[])
      and at <= coalesce(${until}::timestamptz, 'infinity')
    order by object_id, step_no desc`);
  return new Map(rows.map(({ objectId, ...step }) => [objectId, step]));
}

/** Every step of an object, the oldest first. */
export function releaseHistory(db: Queryable, objectId: Id): Promise<ReleaseDecision[]> {
  return db.query<ReleaseDecision>(sql`
    select object_id as "objectId", object_kind as "objectKind", shows, at, reason,
           first_account as "firstAccount", second_account as "secondAccount",
           first_act as "firstAct", second_act as "secondAct"
    from records.release where object_id = ${objectId} order by step_no`);
}
