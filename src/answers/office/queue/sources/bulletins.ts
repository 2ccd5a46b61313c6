/** Bulletins under way, for the centre that makes them and for each department that is asked. */
import type { Id } from '../../../../kernel/ids.ts';
import {
  type Bulletin,
  bulletinActions,
  bulletinsUnderWay,
  readBulletinById,
  responseActions,
} from '../../../../intake/bulletin/index.ts';
import { shownText } from '../../../portal/index.ts';
import { bulletinDeps } from '../../quality/service-bulletins.ts';
import { pageOf } from '../domain.ts';
import { dueOn } from '../service-clock.ts';
import {
  type ActorFor,
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Step,
  type Waiting,
  type Words,
  isForward,
  placeOf,
} from '../service-source.ts';

const backward = ['cancel'];
const window = 'bulletin.confirmation.workdays';

const actions: Readonly<Record<string, Words>> = {
  draft: { zh: '起草', en: 'Draft' },
  send: { zh: '送达各部门确认', en: 'Send to departments' },
  cancel: { zh: '撤销', en: 'Cancel' },
  publish: { zh: '发布', en: 'Publish' },
  confirm: { zh: '确认', en: 'Confirm' },
  contest: { zh: '提出异议', en: 'Contest' },
  uphold: { zh: '异议成立', en: 'The contest is right' },
  dismiss: { zh: '异议不成立', en: 'The contest is not right' },
};

const titleOf = ({ period, edition }: Bulletin): Words => ({
  zh: `${period}归集通报${edition > 1 ? `（第${edition}版）` : ''}`,
  en: `Bulletin of ${period}${edition > 1 ? ` (edition ${edition})` : ''}`,
});

const isUnderWay = ({ state }: Bulletin) => state === 'drafted' || state === 'sent';

/** How far a sent one is: somebody contests, or all have answered. */
function stateOf({ state, responses }: Bulletin): string {
  if (state !== 'sent') return state;
  if (responses.some((one) => one.state === 'contested')) return 'contested';
  return responses.every((one) => one.state !== 'asked') ? 'answered' : 'sent';
}

async function stepsOf(
  { deps, unitName }: QueueContext,
  bulletin: Bulletin,
  actorFor: ActorFor,
): Promise<Step[]> {
  if (!isUnderWay(bulletin)) return [];
  const open = await bulletinActions(bulletinDeps(deps), bulletin.period, actorFor);
  const answers = [...open.departments].flatMap(([provider, steps]) =>
    steps.map((step) => {
      const { zh, en } = actions[step.action]!;
      const unit = unitName(provider);
      return { ...step, name: { zh: `${zh}：${unit}`, en: `${en}: ${unit}` } };
    }),
  );
  return [...open.bulletin, ...answers];
}

async function waiting(context: QueueContext, bulletin: Bulletin): Promise<Waiting> {
  const { bulletinId, draftedAt, body, period } = bulletin;
  const count = body.departments.length;
  return {
    ...{ id: bulletinId, since: draftedAt, due: null, state: stateOf(bulletin) },
    page: `/quality?period=${period}&tab=bulletin`,
    title: titleOf(bulletin),
    about: { zh: `${count}个部门`, en: `${count} departments` },
    steps: await stepsOf(context, bulletin, context.actorFor),
  };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const bulletin = await readBulletinById(context.deps, id);
  if (bulletin === null) return null;
  // It is of the whole place, and so are those who make it.
  if (context.reach !== null) return 'foreign';
  const count = (state: string) =>
    String(bulletin.responses.filter((one) => one.state === state).length);
  return {
    ...(await waiting(context, bulletin)),
    done: !isUnderWay(bulletin),
    facts: [
      [{ zh: '月份', en: 'Month' }, bulletin.period],
      [{ zh: '版次', en: 'Edition' }, String(bulletin.edition)],
      [{ zh: '事由', en: 'Reason' }, shownText(bulletin.reason)],
      [{ zh: '部门答复截至', en: 'Departments answer until' }, bulletin.windowEnds ?? '—'],
      [{ zh: '未答复', en: 'Not answered' }, count('asked')],
      [{ zh: '已确认', en: 'Confirmed' }, count('confirmed')],
      [{ zh: '有异议', en: 'Contesting' }, count('contested')],
    ],
    history: [],
    acts: { object: `bulletin:${id}`, isOwn: () => true },
    stepsFor: (as) => stepsOf(context, bulletin, as),
  };
}

/** Bulletins for the centre. What departments have is a window; for the centre itself no limit is set. */
export const bulletins: QueueSource = {
  ...{ kind: 'bulletin', actions, backward, open },
  name: { zh: '归集通报', en: 'Bulletin' },
  needs: ['quality:publish', 'quality:approve'],
  states: {
    drafted: { zh: '已起草，等待送达', en: 'drafted, to be sent' },
    sent: { zh: '已送达，等待部门答复', en: 'sent, waits for departments' },
    contested: { zh: '有部门提出异议', en: 'a department contests' },
    answered: { zh: '部门均已答复，等待发布', en: 'answered, to be published' },
    published: { zh: '已发布', en: 'published' },
    cancelled: { zh: '已撤销', en: 'cancelled' },
  },
  async read(context, asked) {
    const found = context.reach === null ? await bulletinsUnderWay(context.deps) : [];
    const items: Waiting[] = [];
    for (const bulletin of found) {
      const item = await waiting(context, bulletin);
      if (!asked.mine || isForward(backward, item.steps)) items.push(item);
    }
    return pageOf(items, (item) => placeOf('bulletin', item), asked);
  },
};

type Response = Bulletin['responses'][number];

function responseWaiting(
  { deps, actorFor }: QueueContext,
  bulletin: Bulletin,
  response: Response,
): Waiting {
  const { bulletinId, windowEnds, draftedAt } = bulletin;
  const title = titleOf(bulletin);
  return {
    ...{ id: bulletinId, since: draftedAt, state: response.state, page: null },
    due: windowEnds === null || response.state !== 'asked' ? null : dueOn(deps, window, windowEnds),
    title: { zh: `${title.zh}：本单位的数字`, en: `${title.en}: figures of your unit` },
    about: { zh: bulletin.period, en: bulletin.period },
    steps: responseActions(deps, bulletin, response, actorFor),
  };
}

const said = ({ account }: QueueContext, { responses }: Bulletin): Response | undefined =>
  responses.find(({ provider }) => provider === account.unit);

async function openResponse(context: QueueContext, id: Id): Promise<QueueCase | 'foreign' | null> {
  const { deps, account } = context;
  const bulletin = await readBulletinById(deps, id);
  if (bulletin === null) return null;
  const response = said(context, bulletin);
  if (response === undefined) return 'foreign';
  const line = bulletin.body.departments.find(({ provider }) => provider === account.unit);
  const points = (hundredths: number) => (hundredths / 100).toFixed(2);
  const score = line?.score ?? null;
  return {
    ...responseWaiting(context, bulletin, response),
    done: bulletin.state !== 'sent' || response.state !== 'asked',
    facts: [
      [{ zh: '月份', en: 'Month' }, bulletin.period],
      [{ zh: '收到的行', en: 'Rows received' }, String(line?.received ?? 0)],
      [
        { zh: '得分（最低–最高）', en: 'Score (lowest–highest)' },
        score === null ? '—' : `${points(score.lowest)}–${points(score.highest)}`,
      ],
      [{ zh: '答复截至', en: 'To be answered until' }, bulletin.windowEnds ?? '—'],
    ],
    history: [],
    acts: {
      object: `bulletin:${id}`,
      // What another department said is not told.
      isOwn: ({ provider }) => provider === null || provider === account.unit,
    },
    stepsFor: (as) => responseActions(deps, bulletin, response, as),
  };
}

/** A department's own figures, to be confirmed or contested within the window. */
export const bulletinResponses: QueueSource = {
  ...{ kind: 'bulletin-response', actions, backward: [], open: openResponse },
  name: { zh: '通报确认', en: 'Confirmation of a bulletin' },
  needs: ['quality:confirm'],
  states: {
    asked: { zh: '等待本单位答复', en: 'waits for your unit' },
    confirmed: { zh: '已确认', en: 'confirmed' },
    contested: { zh: '已提出异议', en: 'contested' },
    upheld: { zh: '异议成立', en: 'contest upheld' },
    dismissed: { zh: '异议不成立', en: 'contest dismissed' },
  },
  async read(context, asked) {
    const found = await bulletinsUnderWay(context.deps);
    const items = found.flatMap((bulletin) => {
      const response = said(context, bulletin);
      const isAsked = bulletin.state === 'sent' && response?.state === 'asked';
      const item = isAsked ? responseWaiting(context, bulletin, response) : null;
      return item === null || (asked.mine && !isForward([], item.steps)) ? [] : [item];
    });
    return pageOf(items, (item) => placeOf('bulletin-response', item), asked);
  },
};
