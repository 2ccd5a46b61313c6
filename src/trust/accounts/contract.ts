/** Routes of signing in (audience `office`), for server and browser. */
import { z } from 'zod';
import { defineRoute } from '../../platform/http/contract.ts';

/** Address of the office's interface. */
export const officePrefix = '/api/office/v1';

/** Routes need these beside permissions of the rulebook: a session that runs, whatever it lacks; a whole one. */
export const needsSession = 'session:any';
export const needsSignedIn = 'session:open';

const instant = z.string().meta({ description: 'instant, ISO 8601 in UTC' });
const sessionState = z
  .enum(['second-factor', 'change-password', 'enrol', 'open'])
  .meta({ description: 'what the session lacks before it opens anything' });
const words = z.strictObject({ zh: z.string(), en: z.string() });
const text = (most: number) => z.string().min(1).max(most);
const code = z.string().regex(/^\d{6}$/);

/** Who is signed in, and what may be done. */
export const meView = z
  .strictObject({
    state: sessionState,
    account: z.string(),
    name: z.string(),
    unit: z.string(),
    unitName: z.string(),
    positions: z.array(z.string()),
    positionNames: z.array(words),
    permissions: z.array(z.string()).describe('of all positions together'),
    csrf: z.string().describe('to be sent as x-xinheng-csrf with everything but GET'),
    sample: z.boolean(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meView>;

const deviceView = z
  .strictObject({
    id: z.uuid(),
    device: z.string(),
    address: z.string().nullable(),
    since: instant,
    seen: instant,
    current: z.boolean(),
  })
  .meta({ id: 'Device' });

const common = [
  'accounts.not-signed-in',
  'accounts.session-over',
  'accounts.bad-csrf',
  'accounts.client-has-no-session',
] as const;
const tries = ['accounts.locked', 'accounts.wrong-state'] as const;
const office = { audience: 'office' as const };

export const signInRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/session', needs: null },
  ...{ summary: '用口令登录', summaryEn: 'Sign in with a password' },
  input: z.strictObject({ account: text(40), password: text(128) }),
  output: meView,
  refusals: ['accounts.wrong-credentials', 'accounts.locked', 'accounts.foreign-origin'],
});

export const oidcRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/session/oidc', needs: null },
  ...{
    summary: '经统一身份认证登录：给出前往的地址',
    summaryEn: 'Sign in through the identity provider: the address to go to',
  },
  input: z.strictObject({}),
  output: z.strictObject({
    address: z.string().describe('comes back to /session/oidc/callback, which leads to /office/'),
  }),
  refusals: ['accounts.no-such-way', 'accounts.foreign-origin', 'accounts.provider-down'],
});

export const codeRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/session/code', needs: needsSession },
  ...{ summary: '动态口令', summaryEn: 'The code of the second factor' },
  input: z.strictObject({ code }),
  output: meView,
  refusals: [...common, ...tries, 'accounts.wrong-code'],
});

export const meRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/session', needs: needsSession },
  ...{ summary: '当前会话', summaryEn: 'Who is signed in' },
  input: z.strictObject({}),
  output: meView,
  refusals: [...common],
});

export const devicesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/session/devices', needs: needsSignedIn },
  ...{ summary: '本账户正在使用的设备', summaryEn: 'Sessions of this account' },
  input: z.strictObject({}),
  output: z.strictObject({ devices: z.array(deviceView) }),
  refusals: [...common, 'accounts.session-incomplete'],
});

export const signOutRoute = defineRoute({
  ...office,
  ...{ method: 'DELETE', path: '/session/{id}', needs: needsSession },
  ...{
    summary: '退出；也可以退出本账户的其他会话',
    summaryEn: 'Sign out: this session, or another of the account',
  },
  input: z.strictObject({ id: z.union([z.literal('current'), z.uuid()]) }),
  output: z.strictObject({ ended: z.boolean() }),
  refusals: [...common, 'accounts.no-such-session'],
});

export const passwordRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/password', needs: needsSession },
  ...{ summary: '更换口令', summaryEn: 'Choose another password' },
  input: z.strictObject({ old: text(128), password: text(1_000) }),
  output: meView,
  refusals: [
    ...common,
    ...tries,
    'accounts.wrong-credentials',
    'accounts.password-too-short',
    'accounts.password-too-long',
    'accounts.password-too-plain',
    'accounts.password-guessable',
    'accounts.password-used',
  ],
});

export const beginTotpRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/second-factor', needs: needsSession },
  ...{ summary: '开始绑定动态口令', summaryEn: 'Begin to enrol a second factor' },
  input: z.strictObject({}),
  output: z.strictObject({ uri: z.string().describe('otpauth://…, shown once') }),
  refusals: [...common, 'accounts.wrong-state'],
});

export const enrolTotpRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/second-factor/code', needs: needsSession },
  ...{ summary: '确认绑定', summaryEn: 'Confirm the second factor' },
  input: z.strictObject({ code }),
  output: meView,
  refusals: [...common, 'accounts.wrong-state', 'accounts.wrong-code'],
});

export const doorRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/session/door', needs: null },
  ...{
    summary: '登录页面：可用的登录方式；样例安装另有账户及其口令',
    summaryEn:
      'The sign-in page: ways to sign in; of a sample installation, accounts with passwords',
  },
  input: z.strictObject({
    refused: text(60).optional().describe('code with which the identity provider led back'),
  }),
  output: z.strictObject({
    ways: z.array(z.enum(['password', 'oidc'])),
    refused: z.strictObject({ zh: z.string(), en: z.string() }).nullable(),
    accounts: z.array(
      z
        .strictObject({
          account: z.string(),
          name: z.string(),
          unitName: z.string(),
          password: z.string(),
          code: z.string().describe('of the second factor'),
          codeIn: z.number().int().describe('seconds until the code is taken; 0: now'),
        })
        .meta({ id: 'SampleAccount' }),
    ),
  }),
  refusals: [],
});

/** Every route of signing in. */
export const sessionRoutes = [
  signInRoute,
  doorRoute,
  oidcRoute,
  codeRoute,
  meRoute,
  devicesRoute,
  signOutRoute,
  passwordRoute,
  beginTotpRoute,
  enrolTotpRoute,
] as const;
