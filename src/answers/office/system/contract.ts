/** Routes of the system administrator: units, and whether the installation is well. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const whole = z.number().int().nonnegative();

const unitLine = z
  .strictObject({
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    level: z.string(),
    region: z.string().nullable(),
    place: z.string().nullable().describe('the region with the divisions it lies in'),
    sector: z.string().nullable(),
    status: z.enum(['registered', 'provisional', 'ended']),
    sample: z.boolean(),
    accounts: whole.describe('that may sign in'),
    disabled: whole,
  })
  .meta({ id: 'UnitLine' });
export type UnitLine = z.infer<typeof unitLine>;

export const unitsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/units', needs: 'system:configure' },
  ...{
    summary: '单位及其级别、区划和账户数；登记由信用中心办理',
    summaryEn: 'Units with level, region and number of accounts; the centre registers them',
  },
  input: z.strictObject({
    status: z.enum(['registered', 'provisional', 'ended']).optional(),
    after: z.string().max(40).optional().describe('`next` of the page before'),
  }),
  output: z.strictObject({
    counts: z.strictObject({ registered: whole, provisional: whole, ended: whole }),
    elsewhere: whole.describe('accounts whose unit is not registered here'),
    units: z.array(unitLine),
    next: z.string().nullable(),
  }),
  refusals: [...permittedRefusals],
});

export const healthRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/health', needs: 'system:health' },
  ...{
    summary: '运行情况：透明日志、等待办理的批次、统计、备份、数据库',
    summaryEn: 'How the installation runs: log, waiting batches, figures, backup, database',
  },
  input: z.strictObject({}),
  output: z.strictObject({
    at: z.string(),
    log: z
      .strictObject({
        origin: z.string(),
        signed: z.strictObject({ size: whole, at: z.string() }).nullable(),
        waiting: whole,
        since: z.string().nullable(),
        lagSeconds: whole,
        late: z.boolean(),
      })
      .nullable()
      .describe('null: no log was begun'),
    figures: z
      .strictObject({ day: z.string(), madeAt: z.string(), records: whole })
      .nullable()
      .describe('what upkeep worked out last; null: never'),
    waiting: z.strictObject({ batches: whole, since: z.string().nullable(), rows: whole }),
    backup: z.string().nullable().describe('when the last backup was taken; null: none known'),
    database: z.strictObject({ version: z.string(), bytes: whole }),
  }),
  refusals: [...permittedRefusals],
});

/** Every route of the system administrator. */
export const systemRoutes = [unitsRoute, healthRoute] as const;
