/** Routes of the queue: what waits for whoever asks, of every procedure, and one matter of it. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { needsSignedIn } from '../../../trust/accounts/contract.ts';
import { actionView, unitView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });
const named = z.strictObject({ code: z.string(), name: words });

/** Permissions that have something to decide in one of the kinds; a test holds the list to the kinds. */
export const queueNeeds: readonly string[] = [
  'link:propose',
  'link:confirm',
  'double-publicity:prepare',
  'double-publicity:release',
  'quality:publish',
  'quality:approve',
  'quality:confirm',
  'quality:sample',
  'rulebook:propose',
  'rulebook:approve',
  'accounts:assign',
];

const stepView = z.strictObject({ ...actionView.shape, name: words }).meta({ id: 'QueueStep' });
export type QueueStepView = z.infer<typeof stepView>;

const dueView = z
  .strictObject({
    by: z.string().describe('the last moment in time'),
    overdue: z.boolean(),
    limit: z.strictObject({ key: z.string(), edition: z.string(), applies: z.string() }),
    provisions: z
      .array(
        z.strictObject({ pointer: z.string(), instrument: words, article: z.string().nullable() }),
      )
      .describe('what the limit rests on; none: a target of the platform, not of the law'),
  })
  .meta({ id: 'QueueClock' });
export type QueueClockView = z.infer<typeof dueView>;

const waitingShape = {
  kind: named,
  id: z.uuid(),
  title: words,
  about: words.describe('what it is about'),
  page: z.string().nullable().describe('where it is done, below /office; null: not in the office'),
  since: z.string().describe('since when it waits'),
  due: dueView.nullable().describe('null: no limit is set'),
  state: named,
  mine: z.boolean().describe('whether this caller can bring it forward now'),
  actions: z.array(stepView),
};
const waitingView = z.strictObject(waitingShape).meta({ id: 'Waiting' });
export type WaitingView = z.infer<typeof waitingView>;

const momentView = z
  .strictObject({
    at: z.string(),
    what: words,
    account: z.string().nullable(),
    unit: unitView.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'QueueMoment' });
export type QueueMomentView = z.infer<typeof momentView>;

const caseView = z
  .strictObject({
    ...waitingShape,
    done: z.boolean(),
    facts: z.array(z.strictObject({ name: words, value: z.string() })),
    timeline: z.array(momentView).describe('the oldest first'),
    barred: z
      .array(z.strictObject({ account: z.string(), step: words, why: words }))
      .describe('who took part and may therefore not take a step, whatever the position'),
  })
  .meta({ id: 'QueueCase' });
export type QueueCaseView = z.infer<typeof caseView>;

export const queueRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/queue', needs: needsSignedIn },
  ...{
    summary: '待办：各种程序中等待本人的事项，逾期在前，再按期限、等待时间',
    summaryEn: 'What waits for the caller: overdue first, then by clock, then by age',
  },
  input: z.strictObject({
    show: z
      .enum(['mine', 'all'])
      .default('mine')
      .describe('all: also what waits for others, within what the caller may see'),
    kind: z.string().max(40).optional(),
    after: z.string().max(160).optional().describe('`next` of the page before'),
  }),
  output: z.strictObject({
    waiting: z.array(waitingView),
    kinds: z.array(named).describe('kinds the caller may see'),
    next: z.string().nullable(),
  }),
  refusals: [...permittedRefusals, 'queue.bad-page', 'queue.no-such-kind'],
});

export const queueCaseRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/queue/{kind}/{id}', needs: needsSignedIn },
  ...{
    summary: '一件事项：事实、经过、可以办理的步骤，以及不能办理的原因',
    summaryEn: 'One matter: facts, what was done, steps open to the caller and why others are not',
  },
  input: z.strictObject({ kind: z.string().max(40), id: z.uuid() }),
  output: caseView,
  refusals: [...permittedRefusals, 'queue.no-such-case'],
});

/** Every route of the queue. */
export const queueRoutes = [queueRoute, queueCaseRoute] as const;
