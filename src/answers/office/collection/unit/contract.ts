/** Routes of what a unit declares, how it did, and what two of its officers release (audience `office`). */
import { z } from 'zod';
import { defineRoute } from '../../../../platform/http/contract.ts';
import { doorRefusals, permittedRefusals } from '../../contract.ts';

const office = { audience: 'office' as const };
const text = (most: number) => z.string().min(1).max(most);
const whole = z.number().int().nonnegative();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const unit = text(40).optional().describe('another unit than one’s own: for the centre');
const batchInput = { id: z.uuid() };
const itemView = z.strictObject({ code: z.string(), name: z.string() });
const noBatch = 'collection.no-such-batch' as const;

export const declareRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/collection/declared-counts', needs: 'collection:declare' },
  ...{
    summary: '申报当月产生、公示、未报送数量',
    summaryEn: 'Declare what was produced, published, or not reported in a month',
  },
  input: z.strictObject({
    item: text(120),
    period: month,
    kind: z.enum(['produced', 'published', 'not-reported']),
    count: z.number().int().min(0).max(1e12),
    ground: z.string().max(500).optional(),
  }),
  output: z.strictObject({ declared: z.literal(true) }),
  refusals: [
    ...doorRefusals,
    'collection.bad-period',
    'collection.bad-count',
    'collection.ground-missing',
    'collection.no-such-item',
  ],
});

const measureView = z.strictObject({
  state: z
    .enum(['value', 'NA', 'UNKNOWN'])
    .describe('NA: nothing was due; UNKNOWN: nobody can tell. Neither is nought'),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
});

export const scorecardRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/scorecard', needs: 'quality:read' },
  ...{
    summary: '本单位一个月的质量指标；不详的如实写明',
    summaryEn: 'Figures of a unit in a month; what is not known is told as such',
  },
  input: z.strictObject({ unit, period: month }),
  output: z.strictObject({
    period: z.string(),
    cutOff: z.string(),
    closed: z.boolean(),
    sources: z.array(
      z.strictObject({
        item: itemView,
        received: whole,
        produced: whole.nullable(),
        correctionDays: z.number().nullable(),
        figures: z.record(z.string(), measureView),
      }),
    ),
  }),
  refusals: [
    ...permittedRefusals,
    'collection.no-such-unit',
    'quality.bad-period',
    'quality.not-begun',
  ],
});

const releaseRefusals = [
  ...doorRefusals,
  noBatch,
  'double-publicity.no-such-object',
  'double-publicity.already-proposed',
  'double-publicity.nothing-proposed',
  'double-publicity.nothing-to-release',
  'double-publicity.not-shown',
  'double-publicity.batch-not-done',
  'double-publicity.ground-missing',
  'workflow.wrong-state',
  'workflow.not-your-step',
  'workflow.same-person',
  'door.same-person',
  'door.unknown-act',
] as const;
const releaseOutput = z.strictObject({ state: z.string(), shows: z.boolean() });
const reason = z.string().min(1).max(500).optional();

export const proposalRoute = defineRoute({
  ...office,
  ...{
    method: 'POST',
    path: '/collection/batches/{id}/proposal',
    needs: 'double-publicity:prepare',
  },
  ...{
    summary: '提请发布或者停止公示一个批次，或者撤回提请',
    summaryEn: 'Propose a batch for release or to be taken back, or take the proposal back',
  },
  input: z.strictObject({
    ...batchInput,
    action: z.enum(['propose', 'propose-withdrawal', 'cancel']),
    reason,
  }),
  output: releaseOutput,
  refusals: releaseRefusals,
});

export const releaseRoute = defineRoute({
  ...office,
  ...{
    method: 'POST',
    path: '/collection/batches/{id}/release',
    needs: 'double-publicity:release',
  },
  ...{
    summary: '第二人发布、停止公示或者不同意；审核员也可以提请停止公示',
    summaryEn:
      'The second person releases, takes back or rejects; a reviewer may propose to take back too',
  },
  input: z.strictObject({
    ...batchInput,
    action: z.enum(['release', 'withdraw', 'reject', 'propose-withdrawal', 'cancel']),
    reason,
  }),
  output: releaseOutput,
  refusals: releaseRefusals,
});

/** Every one of these routes. */
export const unitRoutes = [declareRoute, scorecardRoute, proposalRoute, releaseRoute] as const;
