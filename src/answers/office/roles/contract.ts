/** The route of positions: what each may do, how far it reads, for which purpose of law. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { needsSignedIn } from '../../../trust/accounts/contract.ts';
import { sessionRefusals } from '../contract.ts';

const words = z.strictObject({ zh: z.string(), en: z.string() });

const permissionView = z.strictObject({
  code: z.string(),
  opens: z
    .array(words)
    .describe('what it opens in the office; empty: nothing there, as what is done by command only'),
});
const purposeView = z.strictObject({
  code: z.string(),
  name: words,
  reach: z.enum(['own', 'region', 'all']),
  provision: z
    .strictObject({ pointer: z.string(), instrument: words, article: z.string().nullable() })
    .nullable()
    .describe('what carries it today; null: nothing does, and nobody reads for it'),
  perDay: z.number().int(),
});
const roleView = z
  .strictObject({
    code: z.string(),
    name: words,
    yours: z.boolean().describe('whether whoever asks holds it'),
    permissions: z.array(permissionView),
    purposes: z.array(purposeView).describe('for what it may read what is not public'),
  })
  .meta({ id: 'Role' });
export type RoleView = z.infer<typeof roleView>;

export const rolesRoute = defineRoute({
  ...{ audience: 'office', method: 'GET', path: '/roles', needs: needsSignedIn },
  ...{
    summary: '岗位：可以办理什么、为什么目的可以查询多大范围',
    summaryEn: 'Positions: what each may do, for which purpose it reads and how far',
  },
  input: z.strictObject({}),
  output: z.strictObject({
    on: z.string(),
    edition: z.string().nullable().describe('of the rulebook; null: none is in force'),
    positions: z.array(roleView),
  }),
  refusals: [...sessionRefusals],
});

/** Every route of positions. */
export const roleRoutes = [rolesRoute] as const;
