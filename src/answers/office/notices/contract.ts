/** Routes of an officer's letters (audience `office`). */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { needsSignedIn } from '../../../trust/accounts/contract.ts';
import { actionView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const words = z.strictObject({ zh: z.string(), en: z.string() });

const lineShape = {
  id: z.uuid(),
  at: z.string(),
  template: z.string(),
  title: words,
  to: z.strictObject({ kind: z.string(), code: z.string() }),
  state: z.enum(['prepared', 'failed', 'sent', 'delivered', 'read', 'acknowledged']),
  readAt: z.string().nullable(),
  servedOn: z.string().nullable().describe('the day it was served; null: it is not'),
  servedBy: z.enum(['acknowledgement', 'deemed']).nullable(),
};
const letterLine = z.strictObject(lineShape).meta({ id: 'OfficeLetterLine' });
const letterView = z
  .strictObject({
    ...lineShape,
    body: words,
    history: z.array(
      z.strictObject({
        at: z.string(),
        kind: z.string(),
        channel: z.string().nullable(),
        account: z.string().nullable(),
        detail: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
    actions: z.array(actionView),
  })
  .meta({ id: 'OfficeLetter' });
export type LetterLine = z.infer<typeof letterLine>;
export type LetterView = z.infer<typeof letterView>;

const office = { audience: 'office' as const, needs: needsSignedIn };

export const lettersRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/notices' },
  ...{
    summary: '给本人、本单位和本岗位的告知',
    summaryEn: 'Letters to oneself, one’s unit, one’s position',
  },
  input: z.strictObject({ after: z.uuid().optional() }),
  output: z.strictObject({
    letters: z.array(letterLine),
    unread: z.number().describe('not opened yet, counted to a hundred'),
    next: z.uuid().nullable(),
  }),
  refusals: [...permittedRefusals],
});

export const letterRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/notices/{id}' },
  ...{ summary: '打开一件告知', summaryEn: 'Open a letter; the first time is entered' },
  input: z.strictObject({ id: z.uuid() }),
  output: letterView,
  refusals: [...permittedRefusals, 'notices.no-such-letter'],
});

export const acknowledgeRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/notices/{id}/acknowledge' },
  ...{ summary: '确认收到', summaryEn: 'Say that a letter came: the proof of its service' },
  input: z.strictObject({ id: z.uuid() }),
  output: letterView,
  refusals: [...permittedRefusals, 'notices.no-such-letter', 'notices.already-acknowledged'],
});

/** Every route of letters. */
export const noticeRoutes = [lettersRoute, letterRoute, acknowledgeRoute] as const;
