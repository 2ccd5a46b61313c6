/** One review for the persons who decide it: its steps, its candidates weighed, what each may do next. */
import type { Actor } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/result.ts';
import { actionsOpenTo } from '../../kernel/workflow.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import type { LinkTables } from './domain-link-evidence.ts';
import { type EvidencePiece, weighCandidate } from './domain-link-weigh.ts';
import type { CandidateGround } from './domain-link.ts';
import { candidateOf } from './service-link.ts';
import { neededBy, sinceLastOpen } from './service-review.ts';
import { readSubjects } from './store.ts';
import { type DatedStep, type Review, readReviewWithSteps } from './store-review.ts';
import { linkReviewWorkflow, linkUndoWorkflow } from './workflow.ts';

/** A candidate with every piece of evidence for and against it. */
export type WeighedSubject = {
  readonly subject: Subject;
  readonly grounds: readonly CandidateGround[];
  readonly pieces: readonly EvidencePiece[];
};

/** A review with what was done on it and who it may be about. */
export type ReviewFile = {
  readonly review: Review;
  readonly steps: readonly DatedStep[];
  readonly candidates: readonly WeighedSubject[];
  /** The subject proposed, where it is none of the candidates. */
  readonly chosen: WeighedSubject | null;
};

/** A subject weighed against what a row says of its own. */
export function weighSubject(
  review: Review,
  subject: Subject,
  tables: LinkTables,
  grounds: readonly CandidateGround[] = [],
): WeighedSubject {
  return { subject, grounds, pieces: weighCandidate(review.query, candidateOf(subject), tables) };
}

/** Reads a review in any state; `null` when there is none of that id. */
export async function readReview(
  db: Queryable,
  reviewId: Id,
  tables: LinkTables,
): Promise<ReviewFile | null> {
  const found = await readReviewWithSteps(db, reviewId);
  if (found === null) return null;
  const { review, steps } = found;
  const listed = review.candidates as readonly { subjectId: Id; grounds: CandidateGround[] }[];
  const { chosen } = review;
  const ids = [...listed.map(({ subjectId }) => subjectId), ...(chosen === null ? [] : [chosen])];
  const subjects = ids.length === 0 ? [] : await readSubjects(db, [...new Set(ids)]);
  const byId = new Map(subjects.map((subject) => [subject.subjectId, subject]));
  const weigh = (id: Id, grounds: readonly CandidateGround[]) => {
    const subject = byId.get(id);
    return subject === undefined ? [] : [weighSubject(review, subject, tables, grounds)];
  };
  const candidates = listed.flatMap(({ subjectId, grounds }) => weigh(subjectId, grounds));
  const isListed = listed.some(({ subjectId }) => subjectId === chosen);
  return {
    ...{ review, steps, candidates },
    chosen: chosen === null || isListed ? null : (weigh(chosen, [])[0] ?? null),
  };
}

/**
 * What a person may do on a review now, and against each other step the reason. `actorFor` names the
 * position in which the person would take a step that needs a permission.
 */
export function reviewActions(
  { review, steps, candidates, chosen }: ReviewFile,
  actorFor: (needs: string) => Pick<Actor, 'account' | 'position'>,
): { readonly action: string; readonly refusal: Refusal | null }[] {
  const workflow = review.workflow === 'link-undo' ? linkUndoWorkflow : linkReviewWorkflow;
  const proposed = [...candidates, ...(chosen === null ? [] : [chosen])].find(
    ({ subject }) => subject.subjectId === review.chosen,
  );
  const facts = {
    chosen: review.chosen,
    // A proposal names its subject itself: what stands against that is said when it is made.
    chosenExists: review.state === 'open' || proposed?.subject.duplicateOf === null,
  };
  const actions = Object.keys(workflow.steps).filter((action) => action !== 'settle');
  return actions.flatMap((action) => {
    const { account, position } =
      action === 'send-back' ? backAs(actorFor) : actorFor(neededBy(action, null));
    const who = { account, position, takenBy: sinceLastOpen(steps) as never };
    const open = actionsOpenTo(
      workflow as typeof linkReviewWorkflow,
      review.state as never,
      who,
      facts,
    );
    return open.filter((one) => one.action === action);
  });
}

/** Both may send back: the officer who proposes, else the reviewer who confirms. */
function backAs(actorFor: (needs: string) => Pick<Actor, 'account' | 'position'>) {
  const officer = actorFor('link:propose');
  const mayAsOfficer = linkReviewWorkflow.steps['send-back'].by.includes(officer.position);
  return mayAsOfficer ? officer : actorFor('link:confirm');
}
