/** A walk through time: every opening and closing of every window between two days, in order. */
import type { Day } from '../../kernel/day.ts';
import { addDays } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Channel } from '../../kernel/rulebook/terms.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** One window opening or closing on a day: `opens` on its first day, closes on the day after its last. */
export type WalkStep = {
  readonly on: Day;
  readonly channel: Channel;
  readonly opens: boolean;
  readonly item: string;
  readonly class: string | null;
  readonly subjectId: Id;
  readonly recordId: Id;
};

/** Steps of one day, by what is known now. */
function stepsOn(db: Queryable, on: Day): Promise<WalkStep[]> {
  return db.query<WalkStep>(sql`
    select ${on}::text as on, c.channel, b.opens, w.item, w.class,
           w.subject_id as "subjectId", w.record_id as "recordId"
    from records.record_window w
    cross join lateral (values ('show', w.show), ('share', w.share), ('use', w.use),
                               ('report', w.report)) as c(channel, days)
    cross join lateral (
      select true as opens where c.days @> ${on}::date and not c.days @> (${on}::date - 1)
      union all
      select false where c.days @> (${on}::date - 1) and not c.days @> ${on}::date) b
    where w.superseded_at is null
    order by c.channel, b.opens, w.record_id`);
}

/** Walks day by day from `from` through `to`. Expiry writes nothing, so a walk writes nothing either. */
export async function* clockWalk(db: Queryable, from: Day, to: Day): AsyncGenerator<WalkStep> {
  for (let on = from; on <= to; on = addDays(on, 1)) yield* await stepsOn(db, on);
}
