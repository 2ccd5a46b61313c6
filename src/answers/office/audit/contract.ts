/** Routes of whoever audits: events, acts, one act against the log, and how far quotas are used. */
import { z } from 'zod';
import { parseDay } from '../../../kernel/day.ts';
import { defineRoute } from '../../../platform/http/contract.ts';
import { unitView } from '../actions/contract.ts';
import { permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });
const dayText = z
  .string()
  .refine((value) => parseDay(value) !== null, { error: 'must be an existing day, YYYY-MM-DD' });
const code = (most: number) => z.string().min(1).max(most);
const accountCode = code(60)
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
  .describe('a code of an account; neither a name nor a number of a person');

/** What both lists are narrowed by. */
const narrowed = {
  from: dayText.optional().describe('first day, UTC+8'),
  to: dayText.optional().describe('last day, UTC+8'),
  kind: code(60)
    .regex(/^[a-z][a-z.-]*$/)
    .optional(),
  account: accountCode.optional(),
  after: z.string().max(100).optional().describe('`next` of the page before'),
};
const searchRefusals = [
  ...permittedRefusals,
  'access.bad-page',
  'access.query-personal',
  'audit.bad-period',
] as const;

const factView = z
  .strictObject({
    name: z.string(),
    value: z.string().nullable().describe('null: there is one, and it is no matter of the audit'),
  })
  .meta({ id: 'AuditFact' });

const eventView = z
  .strictObject({
    id: z.uuid(),
    at: z.string(),
    kind: z.string(),
    account: z.string().nullable(),
    unknownAccount: z
      .boolean()
      .describe('something was typed that is no account: it may be a password, and is not shown'),
    address: z.string().nullable(),
    route: z.string().nullable(),
    facts: z.array(factView),
  })
  .meta({ id: 'SecurityEvent' });
export type EventView = z.infer<typeof eventView>;

export const eventsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/security-events', needs: 'audit:read' },
  ...{
    summary: '安全事件（登录、拒绝、锁定等），最新的在前',
    summaryEn: 'Security events (sign-ins, denials, locks and others), the newest first',
  },
  input: z.strictObject(narrowed),
  output: z.strictObject({ events: z.array(eventView), next: z.string().nullable() }),
  refusals: [...searchRefusals],
});

const actLine = z
  .strictObject({
    id: z.uuid(),
    at: z.string(),
    kind: z.string(),
    account: z.string(),
    unit: unitView,
    position: words,
    object: z.string(),
    isSecond: z.boolean().describe('whether it answers an act of another person'),
  })
  .meta({ id: 'AuditActLine' });
export type ActLine = z.infer<typeof actLine>;

export const actsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/acts', needs: 'audit:read' },
  ...{ summary: '行为检索，最新的在前', summaryEn: 'Acts, the newest first' },
  input: z.strictObject({
    ...narrowed,
    unit: code(40).optional(),
    object: code(200).optional().describe('what was acted on, as acts name it, e.g. `record:…`'),
  }),
  output: z.strictObject({ acts: z.array(actLine), next: z.string().nullable() }),
  refusals: [...searchRefusals],
});

const checkpointView = z.strictObject({ size: z.number().int(), at: z.string() });

const proofView = z
  .strictObject({
    row: z
      .enum(['unchanged', 'altered', 'uncommitted'])
      .describe('the row against what was committed to when it was written'),
    commitment: z.string().nullable(),
    log: z
      .enum(['shown', 'placed', 'waiting', 'differs', 'unread', 'absent'])
      .describe(
        'shown: proven to stand at its place; placed: has a place in no checkpoint yet; waiting: none yet; differs: something else stands there; unread: the files could not be read; absent: no commitment',
      ),
    position: z.number().int().nullable(),
    since: z.string().nullable().describe('since when it waits'),
    checkpoint: checkpointView.nullable(),
  })
  .meta({ id: 'ActProof' });
export type ProofView = z.infer<typeof proofView>;

const actView = z
  .strictObject({
    ...actLine.shape,
    reason: z.string(),
    provision: z
      .strictObject({ pointer: z.string(), instrument: words, article: z.string().nullable() })
      .nullable(),
    traceId: z.string(),
    firstAct: z.uuid().nullable(),
    facts: z.array(factView),
    proof: proofView,
  })
  .meta({ id: 'AuditAct' });
export type ActView = z.infer<typeof actView>;

export const actRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/acts/{id}', needs: 'audit:read' },
  ...{
    summary: '一项行为，与其指纹和透明日志核对',
    summaryEn: 'One act, held against its commitment and the transparency log',
  },
  input: z.strictObject({ id: z.uuid() }),
  output: actView,
  refusals: [...permittedRefusals, 'audit.no-such-act'],
});

const quotaView = z
  .strictObject({
    purpose: z.string(),
    name: words,
    perDay: z.number().int().describe('subjects an account may open in a day'),
    inForce: z.boolean().describe('false: no provision carries it today'),
    units: z.array(
      z.strictObject({
        unit: unitView,
        accounts: z.number().int(),
        subjects: z.number().int(),
        most: z.number().int().describe('the most one of its accounts opened'),
      }),
    ),
  })
  .meta({ id: 'QuotaInUse' });
export type QuotaView = z.infer<typeof quotaView>;

export const quotasRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/quotas', needs: 'access:read' },
  ...{
    summary: '受限查询的限额和各单位当日用量（只有数量）',
    summaryEn: 'Quotas of restricted reading and what units used of them today: counts only',
  },
  input: z.strictObject({}),
  output: z.strictObject({ on: z.string(), quotas: z.array(quotaView) }),
  refusals: [...permittedRefusals],
});

/** Every route of whoever audits. */
export const auditRoutes = [eventsRoute, actsRoute, actRoute, quotasRoute] as const;
