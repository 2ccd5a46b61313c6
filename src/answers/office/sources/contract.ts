/** Routes of sources: who is late, since when, and what came of what they sent. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { unitView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });

const sourceView = z
  .strictObject({
    unit: unitView,
    item: z.string(),
    itemName: words,
    frequency: z.string(),
    state: z
      .enum(['current', 'late', 'unknown', 'not-covered'])
      .describe('`unknown`: the directory sets no rhythm by which silence could be told'),
    lastReceivedOn: z.string().nullable(),
    lateSince: z.string().nullable(),
    reason: z.string().nullable(),
    lastMonth: z.strictObject({
      period: z.string(),
      batches: z.number().int(),
      rows: z.number().int(),
      rejected: z.number().int(),
    }),
  })
  .meta({ id: 'OfficeSource' });
export type SourceView = z.infer<typeof sourceView>;

const alertView = z
  .strictObject({
    kind: z.enum(['volume', 'silence', 'error-burst', 'code-share', 'dates']),
    unit: unitView,
    item: z.string(),
    itemName: words,
    period: z.string(),
    what: z.string().nullable(),
    expected: z.number(),
    seen: z.number(),
    rule: z.string().describe('the threshold that decided, by name'),
    limits: z.string().describe('edition of the thresholds'),
    files: z.array(
      z.strictObject({
        batchId: z.uuid(),
        fileName: z.string(),
        rows: z.number().int(),
        first: z.array(z.number().int()),
      }),
    ),
  })
  .meta({ id: 'QualityAlert' });
export type AlertView = z.infer<typeof alertView>;
export { alertView };

const batchView = z
  .strictObject({
    batchId: z.uuid(),
    item: z.string(),
    itemName: words,
    fileName: z.string(),
    state: z.enum(['received', 'running', 'done', 'refused']),
    receivedAt: z.string(),
    received: z.number().int(),
    held: z.number().int(),
    rejected: z.number().int(),
  })
  .meta({ id: 'SourceBatch' });
export type SourceBatchView = z.infer<typeof batchView>;

export const sourcesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/sources', needs: 'collection:read' },
  ...{ summary: '来源，最迟的在前', summaryEn: 'Sources, the latest overdue first' },
  input: z.strictObject({
    state: z.enum(['current', 'late', 'unknown']).optional(),
    after: z.string().max(200).optional().describe('`next` of the page before'),
  }),
  output: z.strictObject({
    on: z.string(),
    counts: z.strictObject({
      current: z.number().int(),
      late: z.number().int(),
      unknown: z.number().int(),
    }),
    sources: z.array(sourceView),
    next: z.string().nullable(),
  }),
  refusals: [...permittedRefusals],
});

export const sourceRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/sources/{unit}', needs: 'collection:read' },
  ...{
    summary: '一个单位的来源、近十二个月的报送和上月预警',
    summaryEn:
      'The sources of a unit, its deliveries of twelve months, and alerts of the last month',
  },
  input: z.strictObject({ unit: z.string().min(1).max(40) }),
  output: z.strictObject({
    unit: unitView,
    sources: z.array(sourceView),
    months: z.array(
      z.strictObject({
        item: z.string(),
        period: z.string(),
        batches: z.number().int(),
        rows: z.number().int(),
        rejected: z.number().int(),
      }),
    ),
    alerts: z.array(alertView),
  }),
  refusals: [...permittedRefusals, 'office.not-your-unit', 'office.no-such-unit'],
});

export const sourceBatchesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/sources/{unit}/batches', needs: 'collection:read' },
  ...{
    summary: '一个单位的报送批次，最新的在前',
    summaryEn: 'Deliveries of a unit, the newest first',
  },
  input: z.strictObject({ unit: z.string().min(1).max(40), after: z.uuid().optional() }),
  output: z.strictObject({ batches: z.array(batchView), next: z.uuid().nullable() }),
  refusals: [...permittedRefusals, 'office.not-your-unit'],
});

/** Every route of sources. */
export const sourceRoutes = [sourcesRoute, sourceRoute, sourceBatchesRoute] as const;
