/** Doubtful links, and links that are to be undone. */
import type { Id } from '../../../../kernel/ids.ts';
import {
  type Review,
  type ReviewFile,
  openReviews,
  readReview,
  reviewActions,
} from '../../../../register/subjects/index.ts';
import { shownText } from '../../../portal/index.ts';
import { isWithinReach } from '../../actions/service.ts';
import { type About, aboutOf, opened, statesOf } from '../../links/service.ts';
import {
  type Asked,
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Waiting,
  isForward,
  readByAge,
} from '../service-source.ts';

const kind = 'link-review';
const backward = ['send-back'];

/** States in which the caller might bring something forward: the database passes over the others. */
function statesFor({ may }: QueueContext, { mine }: Asked): readonly string[] {
  const { proposal, confirmation } = statesOf;
  if (!mine) return [...proposal, ...confirmation];
  return [...(may('link:propose') ? proposal : []), ...(may('link:confirm') ? confirmation : [])];
}

/** What was done on it; nothing was that still counts while it is open, nor is anybody chosen. */
async function fileOf({ deps }: QueueContext, review: Review): Promise<ReviewFile | null> {
  if (review.state === 'open') return { review, steps: [], candidates: [], chosen: null };
  return readReview(deps.database, review.reviewId, deps.linkTables());
}

function waiting(context: QueueContext, file: ReviewFile, about: About | null): Waiting {
  const { reviewId, workflow, openedAt, state, query } = file.review;
  const { deps, unitName, actorFor } = context;
  const item = about === null ? null : about.kind === 'row' ? about.row.item : about.leading.item;
  const itemName = item === null ? '' : (deps.law().itemFacts(item)?.name ?? item);
  const from = about === null ? '—' : unitName(about.provider);
  const name = query.name === null ? '' : shownText(query.name);
  const isUndo = workflow === 'link-undo';
  return {
    ...{ id: reviewId, since: openedAt, due: null, state, page: `/links/${reviewId}` },
    title: isUndo
      ? { zh: '撤销一条记录的关联', en: 'Undoing the link of a record' }
      : { zh: name === '' ? '（未提供名称）' : name, en: name === '' ? '(no name given)' : name },
    about: { zh: `${from} ${itemName}`, en: `${from} ${itemName}` },
    steps: reviewActions(file, actorFor),
  };
}

function factsOf({ review }: ReviewFile, about: About | null): QueueCase['facts'] {
  const { query, reasons } = review;
  const number = about?.kind === 'row' ? about.row.documentNumber : about?.leading.documentNumber;
  return [
    [{ zh: '行内名称', en: 'Name in the row' }, shownText(query.name ?? '—')],
    [{ zh: '行内代码', en: 'Code in the row' }, shownText(query.code ?? '—')],
    [{ zh: '文号', en: 'Document number' }, shownText(number ?? '—')],
    [
      { zh: '为什么需要人工判断', en: 'Why people have to decide' },
      shownText(reasons.map(({ message }) => message).join('')),
    ],
  ];
}

function historyOf({ review, steps }: ReviewFile, about: About | null): QueueCase['history'] {
  const received = about?.kind === 'row' ? about.row.receivedAt : null;
  const nobody = { act: null, account: null, reason: null };
  return [
    ...(received === null
      ? []
      : [{ ...nobody, at: received, what: { zh: '收到这一行', en: 'The row was received' } }]),
    ...(review.workflow === 'link-undo'
      ? []
      : [
          {
            ...{ ...nobody, at: review.openedAt },
            what: { zh: '转人工复核', en: 'Handed to people' },
          },
        ]),
    ...steps.map(({ action, account, actId, at, reason }) => ({
      ...{ at, account, reason, act: actId },
      what: linkReviews.actions[action] ?? { zh: action, en: action },
    })),
  ];
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const { account, reach, actorFor, deps } = context;
  const found = await opened(deps, { account: account.code, reach, actorFor }, id);
  if (!found.ok) return 'foreign' in found ? 'foreign' : null;
  const { file, about } = found.value;
  return {
    ...waiting(context, file, about),
    done: file.review.decidedAt !== null,
    facts: factsOf(file, about),
    history: historyOf(file, about),
    acts: { object: file.review.object, isOwn: ({ review }) => review === id },
    stepsFor: (as) => reviewActions(file, as),
  };
}

/** Doubtful links wait by age: no limit of the rulebook is set for them. */
export const linkReviews: QueueSource = {
  ...{ kind, backward, open },
  name: { zh: '关联复核', en: 'Doubtful link' },
  needs: ['link:propose', 'link:confirm'],
  states: {
    open: { zh: '等待第一人提议', en: 'waits for a first person' },
    drafted: { zh: '起草', en: 'drafted' },
    'link-proposed': {
      zh: '已提议关联，等待第二人',
      en: 'link proposed, waits for a second person',
    },
    'return-proposed': {
      zh: '已提议退回，等待第二人',
      en: 'return proposed, waits for a second person',
    },
    'undo-proposed': {
      zh: '已提议撤销，等待第二人',
      en: 'undoing proposed, waits for a second person',
    },
    linked: { zh: '已关联', en: 'linked' },
    returned: { zh: '已退回来源', en: 'returned to its source' },
    settled: { zh: '已凭新的证据自动关联', en: 'settled by new exact evidence' },
    undone: { zh: '已撤销', en: 'undone' },
    kept: { zh: '维持原关联', en: 'kept as it was' },
  },
  actions: {
    'propose-link': { zh: '提议关联', en: 'Propose a link' },
    'propose-return': { zh: '提议退回来源', en: 'Propose to return the row' },
    'propose-undo': { zh: '提议撤销', en: 'Propose to undo' },
    confirm: { zh: '确认关联', en: 'Confirm the link' },
    'confirm-return': { zh: '确认退回', en: 'Confirm the return' },
    'confirm-undo': { zh: '确认撤销', en: 'Confirm the undoing' },
    keep: { zh: '维持原关联', en: 'Keep the link' },
    'send-back': { zh: '退给第一人重办', en: 'Send back to the first person' },
  },
  read: (context, asked) =>
    readByAge<Review>(kind, asked, {
      next: (past, limit) =>
        openReviews(context.deps.database, {
          ...{ limit, after: null, states: statesFor(context, asked) },
          ...(past === null ? {} : { past }),
        }),
      placed: ({ openedAt: at, reviewId }) => ({ at, id: reviewId }),
      async show(review) {
        const about = await aboutOf(context.deps, review);
        const { reach } = context;
        const isSeen = about === null ? reach === null : isWithinReach(reach, about.provider);
        const file = isSeen ? await fileOf(context, review) : null;
        if (file === null) return null;
        const item = waiting(context, file, about);
        return !asked.mine || isForward(backward, item.steps) ? item : null;
      },
    }),
};
