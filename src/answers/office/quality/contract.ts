/** Routes of quality: figures of a month in three values, the rows behind them, alerts, the bulletin. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { actionView, unitView } from '../actions/contract.ts';
import { doorRefusals, permittedRefusals } from '../contract.ts';
import { alertView } from '../sources/contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });
const period = z.string().max(10).describe('a month, YYYY-MM');
const unit = z.string().min(1).max(40);
const reason = z.string().max(500).describe('why, in a sentence; it stands in the audit');
const months = ['quality.bad-period', 'quality.not-begun'] as const;

const measureView = z
  .strictObject({
    state: z.enum(['value', 'NA', 'UNKNOWN']),
    value: z.number().nullable(),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
  })
  .meta({ id: 'QualityMeasure' });
const figures = z.record(z.string(), measureView);

const lineView = z
  .strictObject({
    unit: unitView,
    item: z.string(),
    itemName: words,
    received: z.number().int(),
    produced: z.number().int().nullable().describe('declared; null: nobody declared'),
    correctionDays: z.number().nullable(),
    figures,
  })
  .meta({ id: 'QualityLine' });
export type QualityLine = z.infer<typeof lineView>;

const factView = z
  .strictObject({
    batchId: z.uuid(),
    row: z.number().int(),
    fileName: z.string(),
    item: z.string(),
    decidedOn: z.string().nullable(),
    firstOn: z.string(),
    acceptedOn: z.string().nullable(),
    matched: z.boolean(),
    cellsRequired: z.number().int(),
    cellsFilled: z.number().int(),
    codes: z.array(z.string()),
  })
  .meta({ id: 'QualityFact' });
export type QualityFact = z.infer<typeof factView>;

const scoreView = z
  .strictObject({ lowest: z.number(), highest: z.number(), known: z.number() })
  .describe('in hundredths of a point; the two differ where figures are not known');

const bulletinLine = z
  .strictObject({
    period: z.string(),
    edition: z.number().int(),
    state: z.enum(['drafted', 'sent', 'published', 'cancelled']),
    draftedAt: z.string(),
    windowEnds: z.string().nullable(),
    closedAt: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'BulletinLine' });
export type BulletinLine = z.infer<typeof bulletinLine>;

const departmentView = z.strictObject({
  unit: unitView,
  received: z.number().int(),
  score: scoreView.nullable(),
  rank: z.number().int().nullable(),
  response: z
    .strictObject({
      state: z.enum(['asked', 'confirmed', 'contested', 'upheld', 'dismissed']),
      byCentre: z.boolean(),
      ground: z.string().nullable(),
      reply: z.string().nullable(),
    })
    .nullable(),
  actions: z.array(actionView),
});

const bulletinView = z
  .strictObject({
    period: z.string(),
    newest: bulletinLine.nullable().describe('null: none was ever drafted'),
    digest: z.string().nullable(),
    departments: z.array(departmentView),
    actions: z.array(actionView),
  })
  .meta({ id: 'OfficeBulletin' });
export type BulletinView = z.infer<typeof bulletinView>;

export const figuresRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/quality/{period}', needs: 'quality:read' },
  ...{
    summary: '一个月的质量指标，按来源，三值',
    summaryEn: 'Figures of a month by source, three-valued',
  },
  input: z.strictObject({ period, unit: unit.optional() }),
  output: z.strictObject({
    period: z.string(),
    cutOff: z.string(),
    closed: z.boolean(),
    limits: z.string(),
    together: figures.describe('all sources shown, added up'),
    sources: z.array(lineView),
  }),
  refusals: [...permittedRefusals, ...months, 'office.not-your-unit'],
});

export const factsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/quality/{period}/rows', needs: 'quality:read' },
  ...{ summary: '一个指标背后的行', summaryEn: 'The rows behind a figure' },
  input: z.strictObject({
    period,
    unit,
    item: z.string().max(60).optional(),
    figure: z
      .string()
      .max(40)
      .describe('received, late, rejected, uncorrected, incomplete, unmatched'),
    after: z.string().max(60).optional(),
  }),
  output: z.strictObject({ rows: z.array(factView), next: z.string().nullable() }),
  refusals: [
    ...permittedRefusals,
    ...months,
    'office.not-your-unit',
    'quality.bad-figure',
    'quality.bad-place',
  ],
});

export const alertsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/quality/{period}/alerts', needs: 'quality:read' },
  ...{
    summary: '与来源自身历史不符的报送',
    summaryEn: 'Deliveries unlike the history of their source',
  },
  input: z.strictObject({ period }),
  output: z.strictObject({ alerts: z.array(alertView) }),
  refusals: [...permittedRefusals, ...months],
});

export const bulletinsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/bulletins', needs: 'subjects:read' },
  ...{ summary: '通报，最新的在前', summaryEn: 'Bulletins, the newest first' },
  input: z.strictObject({}),
  output: z.strictObject({ bulletins: z.array(bulletinLine) }),
  refusals: [...permittedRefusals, 'office.not-your-unit'],
});

export const bulletinRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/bulletins/{period}', needs: 'subjects:read' },
  ...{
    summary: '一个月的通报和各部门的答复',
    summaryEn: 'The bulletin of a month and what departments said',
  },
  input: z.strictObject({ period }),
  output: bulletinView,
  refusals: [...permittedRefusals, 'quality.bad-period', 'office.not-your-unit'],
});

const stepRefusals = [
  ...doorRefusals,
  ...months,
  'office.not-your-unit',
  'door.same-person',
  'door.unknown-act',
  'workflow.wrong-state',
  'workflow.not-your-step',
  'workflow.same-person',
  'bulletin.none-open',
  'bulletin.reason-missing',
] as const;
const outcome = z.strictObject({
  period: z.string(),
  edition: z.number().int(),
  state: z.string(),
  windowEnds: z.string().nullable(),
});

export const bulletinStepRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/bulletins/{period}/steps', needs: 'quality:publish' },
  ...{
    summary: '第一人：起草、送达部门，或者撤销',
    summaryEn: 'The first person: draft, send to departments, or cancel',
  },
  input: z.strictObject({ period, action: z.enum(['draft', 'send', 'cancel']), reason }),
  output: outcome,
  refusals: [...stepRefusals, 'bulletin.already-open', 'bulletin.month-not-over'],
});

export const bulletinDecisionRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/bulletins/{period}/decisions', needs: 'quality:approve' },
  ...{
    summary: '第二人：发布；对部门的异议作出答复',
    summaryEn: 'The second person: publish; answer a department that contests',
  },
  input: z.strictObject({
    period,
    action: z.enum(['publish', 'uphold', 'dismiss']),
    unit: unit.nullable().default(null).describe('whose contest is answered'),
    reason,
  }),
  output: outcome,
  refusals: [
    ...stepRefusals,
    'bulletin.entered-by-you',
    'bulletin.contest-upheld',
    'bulletin.contest-unanswered',
    'bulletin.window-open',
    'bulletin.ground-missing',
    'bulletin.no-such-department',
    'bulletin.own-draft',
  ],
});

export const bulletinResponseRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/bulletin-responses/{id}', needs: 'quality:confirm' },
  ...{
    summary: '部门确认通报中本单位的数字，或者提出异议',
    summaryEn: 'A department confirms its own figures in a bulletin, or contests them',
  },
  input: z.strictObject({ id: z.uuid(), action: z.enum(['confirm', 'contest']), reason }),
  output: outcome,
  refusals: [
    ...stepRefusals,
    'bulletin.not-your-department',
    'bulletin.ground-missing',
    'bulletin.no-such-department',
    'bulletin.window-ended',
  ],
});

/** Every route of quality. */
export const qualityRoutes = [
  figuresRoute,
  factsRoute,
  alertsRoute,
  bulletinsRoute,
  bulletinRoute,
  bulletinStepRoute,
  bulletinDecisionRoute,
  bulletinResponseRoute,
] as const;
