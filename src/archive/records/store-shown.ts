/** SQL of what the public may see: everything a subject's page needs of its records, in one statement. */
import type { Day, Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, prepared, sql } from '../../platform/db/index.ts';
import type { ReleaseStep } from './domain-release.ts';
import type { DecisionAct, Mark, StatementVersion } from './domain-statement.ts';
import { versionSelect } from './store.ts';
import { newestStep } from './store-release.ts';

/**
 * A version of a record whose stored `show` window is open on a day, with that window, the record's
 * marks and what befell its decision (`null`: nothing).
 */
export type ShownVersion = StatementVersion & {
  readonly show: string;
  readonly marks: readonly Mark[] | null;
  readonly acts: readonly DecisionAct[] | null;
  /** What two officers last decided on the version's batch, and on the record. */
  readonly batchRelease: ReleaseStep | null;
  readonly recordRelease: ReleaseStep | null;
};

/** Which records are asked for: a day, decisions of officers up to an instant, some records or all. */
export type ShownQuery = {
  readonly subjectIds: readonly Id[];
  readonly on: Day;
  readonly until: Instant;
  readonly recordIds?: readonly Id[];
};

/** All versions of those records of subjects that are shown on a day by their stored windows. */
export function readShownVersions(
  db: Queryable,
  { subjectIds, on, until, recordIds }: ShownQuery,
): Promise<ShownVersion[]> {
  const chosen = recordIds === undefined ? sql`` : sql`and record_id = any(${recordIds}::uuid[])`;
  const statement = sql`
    select v.*, w.show::text as show,
      (select json_agg(json_build_object('kind', m.kind, 'effectiveOn', m.effective_on::text,
                                         'detail', m.detail) order by m.recorded_at)
       from records.mark m
       where m.subject_id = w.subject_id and m.record_id = w.record_id) as marks,
      (select json_agg(json_build_object('kind', a.kind, 'effectiveOn', a.effective_on::text,
                                         'detail', a.detail) order by a.recorded_at)
       from records.decision_act a where a.decision_key = v."decisionKey") as acts,
      ${newestStep(sql`v."batchId"`, until)} as "batchRelease",
      ${newestStep(sql`w.record_id`, until)} as "recordRelease"
    from records.record_window w
    join (select ${versionSelect} from records.statement_version
          where subject_id = any(${subjectIds}::uuid[]) ${chosen}) v
      on v."subjectId" = w.subject_id and v."recordId" = w.record_id
    where w.subject_id = any(${subjectIds}::uuid[])
      ${recordIds === undefined ? sql`` : sql`and w.record_id = any(${recordIds}::uuid[])`}
      and w.superseded_at is null and w.show @> ${on}::date`;
  const name = recordIds === undefined ? 'records.shown' : 'records.shown-some';
  return db.query<ShownVersion>(prepared(name, statement));
}
