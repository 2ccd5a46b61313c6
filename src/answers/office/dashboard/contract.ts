/** Routes of the dashboard: figures at a glance, and the rows each of them stands for. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { unitView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });
const whole = z.number().int().nonnegative();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const after = z.string().max(100).optional().describe('`next` of the page before');

const outcomes = {
  received: whole,
  accepted: whole.describe('with a warning or without'),
  duplicate: whole,
  held: whole,
  rejected: whole,
};

const monthView = z
  .strictObject({ period: z.string(), deliveries: whole, ...outcomes })
  .describe('the last four add up to what was received')
  .meta({ id: 'DashboardMonth' });
export type DashboardMonth = z.infer<typeof monthView>;

const heldStates = ['held', 'linked', 'returned'] as const;
export type HeldState = (typeof heldStates)[number];

export const dashboardRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/dashboard', needs: 'quality:read' },
  ...{
    summary: '看板：近十二个月的报送、待核主体的行、公示中的信息',
    summaryEn: 'The dashboard: deliveries of twelve months, rows in doubt, what is public',
  },
  input: z.strictObject({}),
  output: z.strictObject({
    on: z.string(),
    lastMonth: z.string().describe('the newest month that is over'),
    unit: unitView.nullable().describe('whose figures these are; null: of all within reach'),
    months: z.array(monthView).describe('every month, the oldest first; by day of receipt'),
    held: z.strictObject({ held: whole, linked: whole, returned: whole }),
    published: z
      .array(z.strictObject({ column: z.enum(['permit', 'penalty', 'act']), lines: whole }))
      .nullable()
      .describe('lines the public sees today in the whole place; null: not for units'),
  }),
  refusals: [...permittedRefusals],
});
export type DashboardView = z.infer<(typeof dashboardRoute)['output']>;

const deliveryView = z
  .strictObject({
    batch: z.uuid(),
    unit: unitView,
    itemName: words,
    fileName: z.string(),
    receivedAt: z.string(),
    ...outcomes,
  })
  .meta({ id: 'DashboardDelivery' });
export type DashboardDelivery = z.infer<typeof deliveryView>;

export const dashboardDeliveriesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/dashboard/deliveries', needs: 'quality:read' },
  ...{
    summary: '一个月的批次，最新的在前',
    summaryEn: 'Deliveries of a month, the newest first',
  },
  input: z.strictObject({ period: month, after }),
  output: z.strictObject({ deliveries: z.array(deliveryView), next: z.string().nullable() }),
  refusals: [...permittedRefusals, 'collection.bad-page'],
});

const heldRowView = z
  .strictObject({
    batch: z.uuid(),
    row: z.number().int(),
    unit: unitView,
    itemName: words,
    receivedAt: z.string(),
    name: z.string().nullable().describe('of the subject, as the row says it'),
    review: z.uuid().nullable(),
  })
  .meta({ id: 'DashboardHeldRow' });
export type DashboardHeldRow = z.infer<typeof heldRowView>;

export const dashboardHeldRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/dashboard/held-rows', needs: 'quality:read' },
  ...{
    summary: '主体存疑的行，按结果，最新的在前',
    summaryEn: 'Rows whose subject was in doubt, by what became of them, the newest first',
  },
  input: z.strictObject({ state: z.enum(heldStates), after }),
  output: z.strictObject({ rows: z.array(heldRowView), next: z.string().nullable() }),
  refusals: [...permittedRefusals, 'collection.bad-page'],
});

/** Every route of the dashboard. */
export const dashboardRoutes = [
  dashboardRoute,
  dashboardDeliveriesRoute,
  dashboardHeldRoute,
] as const;
