/** Routes of restricted reading and its journal (audience `office`). */
import { z } from 'zod';
import { parseDay } from '../../../kernel/day.ts';
import { defineRoute } from '../../../platform/http/contract.ts';
import { needsSignedIn } from '../../../trust/accounts/contract.ts';
import { doorRefusals, permittedRefusals, sessionRefusals } from '../contract.ts';

const text = (most: number) => z.string().min(1).max(most);
const words = z.strictObject({ zh: z.string(), en: z.string() });
const dayText = z
  .string()
  .refine((value) => parseDay(value) !== null, { error: 'must be an existing day, YYYY-MM-DD' });
const permit = [
  'access.no-such-purpose',
  'access.no-basis',
  'access.not-your-purpose',
  'access.matter-needed',
  'access.matter-too-long',
  'access.matter-personal',
] as const;
const office = { audience: 'office' as const };

const citedView = z
  .strictObject({
    pointer: z.string(),
    instrument: words,
    number: z.string().nullable(),
    article: z.string().nullable(),
  })
  .meta({ id: 'CitedBriefly' });

const purposeView = z
  .strictObject({
    code: z.string(),
    name: words,
    provision: citedView.nullable().describe('what carries it today; null: nothing does'),
    reach: z.enum(['own', 'region', 'all']).nullable().describe('null: not for your positions'),
    matter: z.string().nullable().describe('what number has to be named'),
    perDay: z.number().int(),
    left: z.number().int().describe('subjects that may still be opened today'),
    deferrable: z.boolean(),
  })
  .meta({ id: 'Purpose' });

const fieldView = z.strictObject({
  id: z.string(),
  name: z.string(),
  value: z.string(),
  unit: z.string().nullable(),
});
const recordView = z
  .strictObject({
    recordId: z.uuid(),
    item: z.string(),
    itemName: z.string(),
    class: z.string().nullable(),
    documentNumber: z.string().nullable(),
    authority: z.string().nullable(),
    decidedOn: z.string().nullable(),
    receivedOn: z.string(),
    open: z.array(z.enum(['show', 'share', 'use', 'report'])).describe('channels open today'),
    fields: z.array(fieldView),
  })
  .meta({ id: 'RestrictedRecord' });

const readingView = z
  .strictObject({
    reading: z.uuid().describe('the entry in the journal'),
    at: z.string(),
    subject: z.strictObject({
      subjectId: z.uuid(),
      uscc: z.string().nullable(),
      name: z.string(),
      status: z.string(),
    }),
    purpose: z.strictObject({ code: z.string(), name: words }),
    provision: citedView,
    reach: z.enum(['own', 'region', 'all']),
    toldFrom: z.string().nullable().describe('the subject is told from this day on; null: at once'),
    records: z.array(recordView),
    left: z.number().int(),
  })
  .meta({ id: 'Reading' });

const entryView = z
  .strictObject({
    reading: z.uuid(),
    at: z.string(),
    unit: z.strictObject({ code: z.string(), name: z.string().nullable() }),
    position: words,
    purpose: z.strictObject({ code: z.string(), name: words }),
    provision: citedView,
    matter: z.string().nullable(),
    seen: z.array(
      z.strictObject({
        item: z.string(),
        itemName: z.string(),
        records: z.number().int(),
        fields: z.array(z.string()),
      }),
    ),
    told: z
      .strictObject({ from: z.string(), ground: citedView })
      .nullable()
      .describe('where telling was put off'),
  })
  .meta({ id: 'JournalEntry' });

export const purposesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/purposes', needs: needsSignedIn },
  ...{
    summary: '查询目的：依据、范围、今天还可以查询多少',
    summaryEn: 'Purposes of reading: ground, reach, what is left today',
  },
  input: z.strictObject({}),
  output: z.strictObject({ purposes: z.array(purposeView) }),
  refusals: [...sessionRefusals],
});

export const readRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/readings', needs: 'records:read' },
  ...{
    summary: '为一个目的查询一个主体；先登记，后答复',
    summaryEn: 'Read a subject for a purpose; it is entered first, answered then',
  },
  input: z.strictObject({
    subject: text(64).describe(
      '统一社会信用代码、组织机构代码、注册号或者平台编号 / a code, or an id of ours',
    ),
    purpose: text(60),
    matter: z.string().max(200).nullable().default(null),
  }),
  output: readingView,
  refusals: [
    ...permittedRefusals,
    ...permit,
    'access.quota-used',
    'access.query-personal',
    'access.no-such-subject',
    'access.several-subjects',
  ],
});

export const deferRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/subjects/{id}/deferrals', needs: 'access:defer' },
  ...{
    summary: '依法延后告知被查询的主体，至某一天',
    summaryEn: 'Put off telling the subject, on a legal ground, until a set day',
  },
  input: z.strictObject({
    id: z.uuid(),
    purpose: text(60),
    matter: text(200),
    provision: text(120),
    toldFrom: dayText.describe('first day on which the subject is told'),
    reason: text(500),
  }),
  output: z.strictObject({ deferral: z.uuid() }),
  refusals: [
    ...doorRefusals,
    ...permit,
    'access.no-such-subject',
    'access.not-deferrable',
    'access.no-ground',
    'access.deferred-too-long',
    'access.deferred-to-the-past',
    'access.already-deferred',
  ],
});

export const journalRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/subjects/{id}/journal', needs: 'access:read' },
  ...{
    summary: '一个主体的查询日志，与主体自己看到的相同',
    summaryEn: 'The journal of a subject, as the subject itself is told',
  },
  input: z.strictObject({
    id: z.uuid(),
    after: z.string().max(100).optional().describe('`next` of the page before'),
  }),
  output: z.strictObject({ entries: z.array(entryView), next: z.string().nullable() }),
  refusals: [...permittedRefusals, 'access.no-such-subject', 'access.bad-page'],
});

export const unusualRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/unusual-readings', needs: 'access:read' },
  ...{ summary: '异常查询', summaryEn: 'Unusual reading' },
  input: z.strictObject({}),
  output: z.strictObject({
    unusual: z.array(
      z.strictObject({
        account: z.string(),
        on: z.string(),
        sign: z.enum(['surge', 'night', 'one-matter']),
        counted: z.number().int(),
        at: z.string(),
      }),
    ),
  }),
  refusals: [...permittedRefusals],
});

/** Every route of restricted reading. */
export const readingRoutes = [
  purposesRoute,
  readRoute,
  deferRoute,
  journalRoute,
  unusualRoute,
] as const;
