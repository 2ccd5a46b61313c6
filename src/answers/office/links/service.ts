/** Doubtful links for the centre: the queue within reach, one review side by side, steps. */
import type { Actor } from '../../../kernel/act.ts';
import { type Id } from '../../../kernel/ids.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import { findLeading } from '../../../archive/records/index.ts';
import {
  type LinkOutcome,
  type WaitingRow,
  decideLinkReview,
  proposeLinkUndo,
  waitingRow,
} from '../../../intake/collection/index.ts';
import {
  type Review,
  type ReviewFile,
  type WeighedSubject,
  findByExactName,
  findFiles,
  openReviews,
  readReview,
  readSubjects,
  reviewActions,
  weighSubject,
} from '../../../register/subjects/index.ts';
import { isPersonal, readableFields, shownText } from '../../portal/index.ts';
import { type Reach, isWithinReach, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import type { LinkCandidateView, LinkReviewLine, LinkReviewView } from './contract.ts';

const pageRows = 30;
const pagesLooked = 20;
const foundMost = 20;

/** States in which a doubtful link waits for a first person, and for a second one. */
export const statesOf = {
  proposal: ['open'],
  confirmation: ['link-proposed', 'return-proposed', 'undo-proposed'],
} as const;

/** Whoever asks: the account, and in which position a step is taken. */
export type LinkCaller = {
  readonly account: string;
  readonly reach: Reach;
  readonly actorFor: (needs: string) => Actor;
};

/** What a review is about: a row that waits, or a record whose link is to be undone. */
export type About =
  | { readonly kind: 'row'; readonly row: WaitingRow; readonly provider: string }
  | {
      readonly kind: 'record';
      readonly leading: NonNullable<Awaited<ReturnType<typeof findLeading>>>;
      readonly provider: string;
    };

/** What a review is about; `null` where nothing is left of it. */
export async function aboutOf(deps: OfficeDeps, { object }: Review): Promise<About | null> {
  const row = await waitingRow(deps.database, object);
  if (row !== null) return { kind: 'row', row, provider: row.provider };
  const recordId = /^record:(.+)$/.exec(object)?.[1] ?? null;
  const leading = recordId === null ? null : await findLeading(deps.database, recordId);
  return leading === null ? null : { kind: 'record', leading, provider: leading.provider };
}

const noSuchReview = (id: string) => refuse('link.no-such-review', { review: id });

/** A refusal that hides that the thing is another unit's. */
type Foreign = { readonly ok: false; readonly refusal: Refusal; readonly foreign: true };
const foreign = (id: string): Foreign => ({ ...noSuchReview(id), foreign: true });

/** One page of the queue, the oldest first; `next` goes on after the last one looked at. */
export async function queueFor(
  deps: OfficeDeps,
  caller: LinkCaller,
  asked: {
    readonly waiting?: 'proposal' | 'confirmation' | undefined;
    readonly after?: string | undefined;
  },
): Promise<{ reviews: LinkReviewLine[]; next: Id | null }> {
  const names = await unitNames(deps);
  const reviews: LinkReviewLine[] = [];
  const states = asked.waiting === undefined ? {} : { states: statesOf[asked.waiting] };
  let after: Id | null = asked.after ?? null;
  // A narrow reach passes over what is not its own, and gives up for this page after so many.
  for (let page = 0; page < pagesLooked; page += 1) {
    const found: Review[] = await openReviews(deps.database, { limit: pageRows, after, ...states });
    for (const review of found) {
      after = review.reviewId;
      const line = await lineOf(deps, caller, review, names);
      if (line !== null) reviews.push(line);
      if (reviews.length === pageRows) return { reviews, next: after };
    }
    if (found.length < pageRows) return { reviews, next: null };
  }
  return { reviews, next: after };
}

async function lineOf(
  deps: OfficeDeps,
  { account, reach }: LinkCaller,
  review: Review,
  names: Awaited<ReturnType<typeof unitNames>>,
): Promise<LinkReviewLine | null> {
  const about = await aboutOf(deps, review);
  if (about === null ? reach !== null : !isWithinReach(reach, about.provider)) return null;
  const item = about === null ? null : about.kind === 'row' ? about.row.item : about.leading.item;
  const file =
    review.state === 'open'
      ? null
      : await readReview(deps.database, review.reviewId, deps.linkTables());
  const { reviewId, workflow, state, openedAt, query, reasons, candidates } = review;
  return {
    ...{ reviewId, procedure: workflow, state, openedAt, reasons: reasons.map(reasonView) },
    name: shown(query.name),
    code: shown(query.code),
    unit: about === null ? null : names(about.provider),
    itemName: item === null ? null : (deps.law().itemFacts(item)?.name ?? item),
    candidates: candidates.length,
    proposedByMe: file?.steps.at(-1)?.account === account,
  };
}

const reasonView = ({ code, message }: { readonly code: string; readonly message: string }) => ({
  ...{ code, message },
});

const shown = (text: string | null) => (text === null ? null : shownText(text));

type Opened = { readonly file: ReviewFile; readonly about: About | null };

/** A review within reach; of others it is not said that they are. */
export async function opened(
  deps: OfficeDeps,
  { reach }: LinkCaller,
  id: string,
): Promise<Result<Opened> | Foreign> {
  const file = await readReview(deps.database, id, deps.linkTables());
  if (file === null) return noSuchReview(id);
  const about = await aboutOf(deps, file.review);
  const isForeign = about === null ? reach !== null : !isWithinReach(reach, about.provider);
  return isForeign ? foreign(id) : ok({ file, about });
}

/** One review with what the caller may do. Refuses `link.no-such-review`. */
export async function reviewFor(deps: OfficeDeps, caller: LinkCaller, id: string) {
  const found = await opened(deps, caller, id);
  if (!found.ok) return found;
  const { file } = found.value;
  const actions = reviewActions(file, caller.actorFor);
  return ok({ view: await viewOf(deps, found.value), actions });
}

async function viewOf(
  deps: OfficeDeps,
  { file, about }: Opened,
): Promise<Omit<LinkReviewView, 'actions'>> {
  const { review, steps, candidates, chosen } = file;
  const { reviewId, workflow, state, openedAt, decidedAt, query, reasons } = review;
  const place = [query.province, query.city].filter((part) => part !== null && part !== '');
  return {
    ...{
      reviewId,
      procedure: workflow,
      state,
      openedAt,
      decidedAt,
      reasons: reasons.map(reasonView),
    },
    ...(await aboutViews(deps, about)),
    says: {
      ...{ name: shown(query.name), code: shown(query.code), decidedOn: query.decidedOn },
      organisationCode: shown(query.organisationCode),
      registrationNumber: shown(query.registrationNumber),
      taxNumber: shown(query.taxNumber),
      area: place.length === 0 ? query.regionCode : place.join(' '),
    },
    candidates: [...candidates, ...(chosen === null ? [] : [chosen])].map((one) =>
      candidateView(one, review.chosen),
    ),
    steps: steps.map(({ action, account, at, reason }) => ({ action, account, at, reason })),
  };
}

async function aboutViews(deps: OfficeDeps, about: About | null) {
  const nameOf = (item: string) => deps.law().itemFacts(item)?.name ?? item;
  if (about === null) return { row: null, record: null, values: [] };
  if (about.kind === 'row') {
    const { batchId, rowNo, fileName, provider, item, receivedAt, values } = about.row;
    const names = await unitNames(deps);
    const standard = deps.law().standardOf(about.row.standard);
    const family = deps.law().itemFacts(item)?.family ?? 'other';
    return {
      row: {
        ...{ batchId, rowNo, fileName, item, receivedAt, itemName: nameOf(item) },
        unit: names(provider),
        documentNumber: shown(about.row.documentNumber),
        authority: shown(about.row.authorityName),
      },
      record: null,
      // Only what anybody might read: to tell who is meant, nothing restricted is needed.
      values: readableFields({ standard, values, family }, ['public']).map(
        ({ id, name, value, unit }) => ({ id, name, value, unit }),
      ),
    };
  }
  const { recordId, subjectId, documentNumber, authorityName, decidedOn, item } = about.leading;
  const [subject] = await readSubjects(deps.database, [subjectId]);
  return {
    row: null,
    values: [],
    record: {
      ...{ recordId, decidedOn, itemName: nameOf(item) },
      documentNumber: shown(documentNumber),
      authority: shown(authorityName),
      subject:
        subject === undefined
          ? null
          : { subjectId: subject.subjectId, name: shownText(subject.name), uscc: subject.uscc },
    },
  };
}

function candidateView(
  { subject, grounds, pieces }: WeighedSubject,
  chosen: Id | null,
): LinkCandidateView {
  const { subjectId, uscc, status, registeredOn, endedOn, address, evidence } = subject;
  return {
    ...{ subjectId, uscc, status, registeredOn, endedOn },
    name: shownText(subject.name),
    address: shown(address),
    otherNames: evidence.names
      .filter(({ name }) => name !== subject.name)
      .slice(0, foundMost)
      .map(({ name, kind }) => ({ name: shownText(name), kind })),
    grounds: [...grounds],
    evidence: pieces.map((piece) => ({
      ...piece,
      given: shown(piece.given),
      registered: shown(piece.registered),
      reason: piece.reason === null ? null : reasonView(piece.reason),
    })),
    chosen: subjectId === chosen,
  };
}

/** Other subjects under a code or an exact name. Refuses `link.no-such-review`, `access.query-personal`. */
export async function candidatesFor(
  deps: OfficeDeps,
  caller: LinkCaller,
  { id, q }: { readonly id: string; readonly q: string },
) {
  const found = await opened(deps, caller, id);
  if (!found.ok) return found;
  const tables = deps.linkTables();
  if (isPersonal(q, tables)) return refuse('access.query-personal');
  const { review } = found.value.file;
  const [byCode, byName] = await Promise.all([
    findFiles(deps.database, q, tables),
    findByExactName(deps.database, q, tables),
  ]);
  const subjects = [...byCode.map(({ file }) => file.subject), ...byName.map((one) => one.subject)];
  const distinct = new Map(subjects.map((subject) => [subject.subjectId, subject]));
  return ok({
    candidates: [...distinct.values()]
      .slice(0, foundMost)
      .map((subject) => candidateView(weighSubject(review, subject, tables), review.chosen)),
  });
}

/** A step as somebody asks for it. */
export type LinkStep = {
  readonly id: string;
  readonly action: string;
  readonly reason: string;
  readonly subject?: string | null;
};

/** Takes a step on a review within reach. Refuses what `decideLinkReview` refuses. */
export async function stepFor(
  deps: OfficeDeps,
  caller: LinkCaller,
  { id, action, reason, subject }: LinkStep,
  needs: string,
): Promise<Result<LinkOutcome> | Foreign> {
  const found = await opened(deps, caller, id);
  if (!found.ok) return found;
  return decideLinkReview(deps.collection(), {
    ...{ reviewId: id, action: action as 'confirm', reason, actor: caller.actorFor(needs) },
    ...(subject === undefined || subject === null ? {} : { chosen: subject }),
  });
}

/** Proposes to undo the link of a record of a unit within reach. */
export async function undoFor(
  deps: OfficeDeps,
  caller: LinkCaller,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<LinkOutcome> | Foreign> {
  const leading = await findLeading(deps.database, id);
  const unknown = refuse('records.no-such-record', { record: id });
  if (leading === null) return unknown;
  if (!isWithinReach(caller.reach, leading.provider)) return { ...unknown, foreign: true };
  const actor = caller.actorFor('link:undo');
  return proposeLinkUndo(deps.collection(), { recordId: id, actor, reason });
}
