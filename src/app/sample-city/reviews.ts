/** Doubtful links of the sample city: some are decided by two people, some are left half decided. */
import type { Instant } from '../../kernel/day.ts';
import { canonicalJson } from '../../kernel/canonical.ts';
import { assert } from '../../kernel/result.ts';
import { decideLinkReview } from '../../intake/collection/index.ts';
import { openReviews } from '../../register/subjects/index.ts';
import { officer, reviewer } from './actors.ts';
import type { BuildContext } from './context.ts';
import { readChoice, saveChoice } from './mark.ts';
import type { ReviewKind } from './story.ts';

type Waiting = Awaited<ReturnType<typeof openReviews>>[number];

/** A review step of the story. */
export type ReviewStep = { readonly at: Instant; readonly action: ReviewKind };

const reasons = {
  link: '样例：经查登记档案，名称漏写一字，确为同一主体',
  return: '样例：提供单位查实代码填错，退回更正',
} as const;

const pageRows = 500;

/**
 * Waiting rows in an order that two builds share: by what they say, because ids and the milliseconds of
 * their arrival differ. Where there are more than a page, its last minute may be cut and is left out.
 */
async function waitingReviews({ installation }: BuildContext): Promise<Waiting[]> {
  const page = await openReviews(installation.database, { limit: pageRows, after: null });
  const minuteOf = (review: Waiting) => review.openedAt.slice(0, 16);
  const cut = page.length < pageRows ? null : minuteOf(page.at(-1)!);
  const sayingOf = (review: Waiting) =>
    `${minuteOf(review)} ${canonicalJson(review.query as never)} ${review.object.split('/')[1]}`;
  return page
    .filter((review) => review.workflow === 'link-review' && minuteOf(review) !== cut)
    .map((review) => ({ review, saying: sayingOf(review) }))
    .sort((a, b) => (a.saying < b.saying ? -1 : a.saying > b.saying ? 1 : 0))
    .map(({ review }) => review);
}

/** Takes the first waiting row nobody has looked at and decides it, or leaves it half decided. */
export async function reviewOne(context: BuildContext, step: ReviewStep): Promise<void> {
  const { database } = context.installation;
  const waiting = await waitingReviews(context);
  // A build that was killed in this very step goes on with the review it had taken up.
  const chosen = await readChoice(database, step.at);
  const review =
    chosen === null
      ? pickReview(waiting, step.action)
      : waiting.find(({ reviewId }) => reviewId === chosen);
  if (review === undefined) return;
  if (chosen === null) await saveChoice(database, step.at, review.reviewId);
  const subject =
    step.action === 'return' ? null : (review.candidates[0] as { subjectId: string }).subjectId;
  if (review.state === 'open') await proposeOn(context, review, subject);
  if (step.action !== 'propose') await confirmOn(context, review, subject);
}

function pickReview(waiting: readonly Waiting[], action: ReviewKind): Waiting | undefined {
  const open = waiting.filter(({ state }) => state === 'open');
  // One is left for whoever looks at the city first.
  if (open.length < 2) return undefined;
  const clear = open.find(({ candidates }) => candidates.length === 1);
  return action === 'return' ? open.find((review) => review !== clear) : clear;
}

function proposeOn(context: BuildContext, { reviewId }: Waiting, subject: string | null) {
  return decide(
    context,
    subject === null
      ? { reviewId, action: 'propose-return', actor: officer, reason: reasons.return }
      : {
          reviewId,
          action: 'propose-link',
          actor: officer,
          reason: reasons.link,
          chosen: subject,
        },
  );
}

function confirmOn(context: BuildContext, { reviewId }: Waiting, subject: string | null) {
  return decide(context, {
    reviewId,
    action: subject === null ? 'confirm-return' : 'confirm',
    actor: reviewer,
    reason: subject === null ? reasons.return : reasons.link,
  });
}

async function decide(
  { collection }: BuildContext,
  request: Parameters<typeof decideLinkReview>[1],
): Promise<void> {
  const done = await decideLinkReview(collection, request);
  assert(done.ok, `sample review: ${JSON.stringify(done)}`);
}
