/** Routes of managing accounts (audience `office`). */
import { z } from 'zod';
import { actionView } from './actions/contract.ts';
import { defineRoute } from '../../platform/http/contract.ts';

/** Refusals every route of the office shares: of its session, and of the door. */
export const sessionRefusals = [
  'accounts.not-signed-in',
  'accounts.session-over',
  'accounts.session-incomplete',
  'accounts.bad-csrf',
  'accounts.client-has-no-session',
] as const;
/** Of requests that are signed instead (RFC 9421). */
export const signatureRefusals = [
  'accounts.signature-form',
  'accounts.signature-stale',
  'accounts.bad-digest',
  'accounts.bad-signature',
  'accounts.client-ended',
  'accounts.replayed',
  'accounts.cookie-and-signature',
] as const;
export const permittedRefusals = [
  ...sessionRefusals,
  ...signatureRefusals,
  'door.not-permitted',
] as const;
export const doorRefusals = [
  ...permittedRefusals,
  'door.unknown-account',
  'door.not-your-position',
  'door.disabled',
] as const;

const words = z.strictObject({ zh: z.string(), en: z.string() });
const text = (most: number) => z.string().min(1).max(most);
const accountCode = z.string().min(3).max(40);
const client = z
  .strictObject({
    publicKey: text(1_000).describe('Ed25519, SPKI in PEM or base64'),
    validUntil: text(10).describe('last day on which its signatures count'),
  })
  .meta({ id: 'ClientWanted' });
const subject = z
  .strictObject({ issuer: text(300), subject: text(255) })
  .meta({ id: 'OidcSubject' });
const wanted = z
  .strictObject({
    ...{ name: text(100), unit: text(40), positions: z.array(text(60)).min(1).max(20) },
    oidc: subject
      .nullable()
      .optional()
      .describe('who it is at the identity provider; null: nobody; left out: as before'),
    client: client.optional().describe('the account of a program that signs its requests'),
  })
  .meta({ id: 'AccountWanted' });
const reason = text(500).describe('why, in a sentence; it stands in the audit');
const wantedRefusals = [
  'accounts.bad-code',
  'accounts.incomplete',
  'accounts.no-such-position',
  'accounts.positions-apart',
  'accounts.own-account',
  'accounts.bad-key',
  'accounts.bad-until',
  'accounts.position-for-persons',
  'accounts.other-kind',
  'accounts.key-in-use',
  'accounts.bad-subject',
  'accounts.subject-in-use',
] as const;
const office = { audience: 'office' as const };

const accountView = z
  .strictObject({
    code: z.string(),
    name: z.string(),
    unit: z.string(),
    positions: z.array(z.string()),
    sample: z.boolean(),
    disabledAt: z.string().nullable(),
    oidc: subject.nullable().describe('who it is at the identity provider'),
    client: client.nullable().describe('of a program; null: a person'),
  })
  .meta({ id: 'Account' });
const changeView = z
  .strictObject({
    id: z.uuid(),
    account: z.string(),
    wanted,
    proposedBy: z.string(),
    proposedAt: z.string(),
    actions: z.array(actionView),
  })
  .meta({ id: 'AccountChange' });
const positionView = z
  .strictObject({ code: z.string(), name: words, permissions: z.array(z.string()) })
  .meta({ id: 'Position' });
const oneTime = z
  .string()
  .nullable()
  .describe('password for one change, to be handed over in person; shown once');

export const accountsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/accounts', needs: 'accounts:assign' },
  ...{
    summary: '账户和等待决定的变更',
    summaryEn: 'Accounts, and changes that wait for a second person',
  },
  input: z.strictObject({}),
  output: z.strictObject({
    accounts: z.array(accountView),
    changes: z.array(changeView),
    positions: z.array(positionView).describe('every position an account may hold'),
  }),
  refusals: [...permittedRefusals],
});

export const proposeRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/accounts/{account}/changes', needs: 'accounts:assign' },
  ...{
    summary: '提出账户变更，等待另一人决定',
    summaryEn: 'Propose what an account is to be; another person decides',
  },
  input: z.strictObject({ account: accountCode, wanted, reason }),
  output: z.strictObject({ change: z.uuid() }),
  refusals: [...doorRefusals, ...wantedRefusals, 'accounts.already-proposed'],
});

export const decideRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/accounts/changes/{change}', needs: 'accounts:assign' },
  ...{
    summary: '决定他人提出的账户变更',
    summaryEn: 'Decide a change another person proposed',
  },
  input: z.strictObject({ change: z.uuid(), confirm: z.boolean(), reason }),
  output: z.strictObject({ account: z.string(), oneTime }),
  refusals: [
    ...doorRefusals,
    ...wantedRefusals,
    'accounts.no-such-change',
    'accounts.wrong-state',
    'door.same-person',
    'door.unknown-act',
  ],
});

export const disableRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/accounts/{account}/disable', needs: 'accounts:disable' },
  ...{ summary: '立即停用账户', summaryEn: 'Disable an account at once' },
  input: z.strictObject({ account: accountCode, reason }),
  output: z.strictObject({ disabled: z.boolean() }),
  refusals: [...doorRefusals, 'accounts.no-such-account', 'accounts.own-account'],
});

export const resetRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/accounts/{account}/reset', needs: 'accounts:reset' },
  ...{
    summary: '重置：一次性口令，重新绑定动态口令',
    summaryEn: 'Reset: a one-time password, and the second factor anew',
  },
  input: z.strictObject({ account: accountCode, reason }),
  output: z.strictObject({ account: z.string(), oneTime }),
  refusals: [
    ...doorRefusals,
    'accounts.no-such-account',
    'accounts.own-account',
    'accounts.other-kind',
  ],
});

/** Every route of managing accounts. */
export const accountRoutes = [
  accountsRoute,
  proposeRoute,
  decideRoute,
  disableRoute,
  resetRoute,
] as const;
