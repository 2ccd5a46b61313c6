/** SQL of link reviews. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { LinkQuery } from './domain-link-evidence.ts';

/** A review as stored. `object` is what waits for it: `row:<batch>/<no>` or `record:<id>`. */
export type Review = {
  readonly reviewId: Id;
  readonly object: string;
  readonly workflow: 'link-review' | 'link-undo';
  readonly state: string;
  readonly query: LinkQuery;
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  readonly candidates: readonly object[];
  readonly chosen: Id | null;
  readonly openedAt: Instant;
  readonly decidedAt: Instant | null;
};

/** A step already taken. */
export type ReviewStep = {
  readonly action: string;
  readonly account: string;
  readonly actId: Id;
};

const reviewSelect = sql`
  review_id as "reviewId", object, workflow, state, query, reasons, candidates, chosen,
  opened_at as "openedAt", decided_at as "decidedAt"`;

/** Copies new reviews of rows. */
export async function insertReviews(
  tx: Tx,
  reviews: readonly (Omit<Review, 'decidedAt' | 'chosen'> & { readonly version: number })[],
): Promise<void> {
  await tx.copy(
    'subjects.review',
    [
      'review_id',
      'object',
      'state',
      'workflow',
      'workflow_version',
      'query',
      'reasons',
      'candidates',
      'opened_at',
    ],
    reviews.map((review) => [
      review.reviewId,
      review.object,
      review.state,
      review.workflow,
      review.version,
      review.query,
      JSON.stringify(review.reasons),
      JSON.stringify(review.candidates),
      review.openedAt,
    ]),
  );
}

/** Locks a review for a step. */
export async function lockReview(
  tx: Tx,
  reviewId: Id,
): Promise<{ review: Review; steps: ReviewStep[] } | null> {
  const rows = await tx.query<Review>(
    sql`select ${reviewSelect} from subjects.review where review_id = ${reviewId} for update`,
  );
  if (rows[0] === undefined) return null;
  const steps = await tx.query<ReviewStep>(sql`
    select action, account, act_id as "actId" from subjects.review_step
    where review_id = ${reviewId} order by step_no`);
  return { review: rows[0], steps };
}

/** A step as it is told: when, and with what sentence. */
export type DatedStep = ReviewStep & { readonly at: Instant; readonly reason: string | null };

/** A review with its steps, to be read only. */
export async function readReviewWithSteps(
  db: Queryable,
  reviewId: Id,
): Promise<{ review: Review; steps: DatedStep[] } | null> {
  const [review] = await db.query<Review>(
    sql`select ${reviewSelect} from subjects.review where review_id = ${reviewId}`,
  );
  if (review === undefined) return null;
  const steps = await db.query<DatedStep>(sql`
    select action, account, act_id as "actId", act_at as at, detail ->> 'reason' as reason
    from subjects.review_step where review_id = ${reviewId} order by step_no`);
  return { review, steps };
}

/** Whether somebody waits for a decision on an object; held to the end of the transaction. */
export async function hasOpenReview(
  tx: Tx,
  object: string,
  workflow: Review['workflow'],
): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`review:${object}`}, 0))`);
  const rows = await tx.query(sql`
    select from subjects.review
    where object = ${object} and workflow = ${workflow} and decided_at is null`);
  return rows.length > 0;
}

/** Records a step and where it leads. */
export async function saveReviewStep(
  tx: Tx,
  reviewId: Id,
  step: ReviewStep & {
    readonly at: Instant;
    readonly to: string;
    readonly chosen: Id | null;
    readonly closes: boolean;
    readonly reason: string;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into subjects.review_step (review_id, step_no, action, account, act_id, act_at, detail)
    select ${reviewId}, coalesce(max(step_no), 0) + 1, ${step.action}, ${step.account},
           ${step.actId}, ${step.at}, ${JSON.stringify({ reason: step.reason, chosen: step.chosen })}
    from subjects.review_step where review_id = ${reviewId}`);
  await tx.execute(sql`
    update subjects.review
    set state = ${step.to}, chosen = ${step.chosen}, decided_at = ${step.closes ? step.at : null}
    where review_id = ${reviewId}`);
}

/**
 * Reviews waiting for a person, oldest first; `after` is the last one already seen, `past` a place instead
 * of it, `states` which to see.
 */
export function openReviews(
  db: Queryable,
  page: {
    readonly limit: number;
    readonly after: Id | null;
    readonly states?: readonly string[];
    readonly past?: { readonly at: Instant; readonly id: Id };
  },
): Promise<Review[]> {
  const states = page.states ?? null;
  const { at, id } = page.past ?? { at: null, id: null };
  return db.query<Review>(sql`
    select ${reviewSelect} from subjects.review
    where decided_at is null
      and (${states}::text[] is null or state = any(${states}::text[]))
      and (${page.after}::uuid is null or (opened_at, review_id) >
           (select opened_at, review_id from subjects.review where review_id = ${page.after}::uuid))
      and (${at}::timestamptz is null or (opened_at, review_id) > (${at}::timestamptz, ${id}::uuid))
    order by opened_at, review_id limit ${page.limit}`);
}

/** Closes reviews without a person: new exact evidence settled them. */
export async function settleReviews(tx: Tx, reviewIds: readonly Id[], at: Instant): Promise<void> {
  await tx.execute(sql`
    update subjects.review set state = 'settled', decided_at = ${at}
    where review_id = any(${reviewIds}::uuid[]) and state = 'open'`);
}
