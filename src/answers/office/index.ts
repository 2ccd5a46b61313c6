/** 办公端: routes for whoever is signed in, and the pages that call them. */
import { type Actor, systemActor } from '../../kernel/act.ts';
import type { Refusal } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import type { Id } from '../../kernel/ids.ts';
import {
  type Caller,
  type Edge,
  type EdgeContext,
  type Handled,
  type Route,
  handle,
  handleShown,
  mount,
  openApiOf,
  problemReply,
} from '../../platform/http/index.ts';
import {
  type AccountChange,
  type Known,
  type OpenedSession,
  beginTotp,
  changePassword,
  decideAccount,
  devicesOf,
  disableAccount,
  endSession,
  enrolTotp,
  findAccount,
  giveCode,
  listAccounts,
  listClients,
  listSubjects,
  openChanges,
  proposeAccount,
  resetAccount,
  signIn,
  whyNotDecide,
} from '../../trust/accounts/index.ts';
import {
  type Me,
  beginTotpRoute,
  codeRoute,
  devicesRoute,
  enrolTotpRoute,
  meRoute,
  officePrefix,
  passwordRoute,
  doorRoute,
  sessionRoutes,
  signInRoute,
  signOutRoute,
} from '../../trust/accounts/contract.ts';
import { findUnit } from '../../register/units/index.ts';
import type { ActionView } from './actions/contract.ts';
import { addOfficePages } from './routes-pages.ts';
import { doorOf } from './service-door.ts';
import {
  accountRoutes,
  accountsRoute,
  decideRoute,
  disableRoute,
  proposeRoute,
  resetRoute,
} from './contract.ts';
import { type OfficeDeps, type OfficeOptions, accountDeps } from './deps.ts';
import { centreHandlers, centreRoutes } from './centre.ts';
import { collectionRoutes } from './collection/contract.ts';
import { collectionHandlers } from './collection/routes.ts';
import { bodyBytesMax, clientsByCode } from './clients/service.ts';
import { dashboardRoutes } from './dashboard/contract.ts';
import { dashboardHandlers } from './dashboard/routes.ts';
import { oversightHandlers, oversightRoutes } from './oversight.ts';
import { mountOidc, oidcHandlers, providerOf } from './oidc/routes.ts';
import { queueRoutes } from './queue/contract.ts';
import { queueHandlers } from './queue/routes.ts';
import { noticeRoutes } from './notices/contract.ts';
import { noticeHandlers } from './notices/routes.ts';
import { readingRoutes } from './readings/contract.ts';
import { readingHandlers } from './readings/routes.ts';
import {
  actorWith,
  authorise,
  cookieOf,
  held,
  isForeign,
  listed,
  originOf,
  permissionsOf,
} from './service-caller.ts';

export { type OfficeDeps, type OfficeOptions, accessDeps, accountDeps } from './deps.ts';
export { rowPage } from './collection/service.ts';
export { journalOf } from './readings/service.ts';

const issuer = '信衡';

async function meOf(deps: OfficeDeps, { session, account }: Known): Promise<Me> {
  const { code, name, unit, positions } = account;
  const known = deps.positions().filter((one) => positions.includes(one.code));
  return {
    ...{ state: session.state, account: code, name, unit, positions: [...positions] },
    unitName: (await findUnit(deps.database, unit))?.name ?? unit,
    positionNames: known.map(({ name: zh, nameEn: en }) => ({ zh, en })),
    sample: deps.config.sample,
    // A session that lacks something may do nothing but complete itself.
    permissions: session.state === 'open' ? permissionsOf(deps, account) : [],
    csrf: session.csrf,
  };
}

/** Who one is now, with the cookie that opens it. */
function shownWith(deps: OfficeDeps, options: OfficeOptions) {
  return async ({ session, token }: OpenedSession, c: EdgeContext) => {
    const account = await findAccount(deps.database, session.account);
    return {
      view: await meOf(deps, { session, account: account! }),
      headers: { 'set-cookie': cookieOf(c, options, token) },
    };
  };
}

function sessionHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const own = accountDeps(deps);
  const show = shownWith(deps, options);
  return [
    handleShown(
      signInRoute,
      async (input, _caller, c) =>
        isForeign(c, deps)
          ? refuse('accounts.foreign-origin')
          : signIn(own, input, originOf(c, options)),
      show,
    ),
    handleShown(codeRoute, ({ code }, caller) => giveCode(own, held(caller), code), show),
    handleShown(passwordRoute, (input, caller) => changePassword(own, held(caller), input), show),
    handleShown(enrolTotpRoute, ({ code }, caller) => enrolTotp(own, held(caller), code), show),
    handle(beginTotpRoute, (_input, caller) => beginTotp(own, held(caller), issuer)),
    handle(meRoute, async (_input, caller) => ok(await meOf(deps, held(caller)))),
    handle(doorRoute, async ({ refused }) => ok(await doorOf(deps, options, refused ?? null))),
    handle(devicesRoute, async (_input, caller) => {
      const { session } = held(caller);
      const devices = await devicesOf(own, held(caller));
      return ok({
        devices: devices.map((one) => ({
          ...{ id: one.id, device: one.device, address: one.address },
          ...{ since: one.createdAt, seen: one.seenAt, current: one.id === session.id },
        })),
      });
    }),
    handleShown(
      signOutRoute,
      async ({ id }, caller) => {
        const { session } = held(caller);
        const other = id !== 'current' && id !== session.id;
        // Whoever has not signed in wholly knows of no other session.
        if (other && session.state !== 'open') return refuse('accounts.no-such-session');
        const ended = await endSession(own, held(caller), other ? (id as Id) : session.id);
        return ended.ok ? ok({ other }) : ended;
      },
      async ({ other }, c) => ({
        view: { ended: true },
        headers: other ? {} : { 'set-cookie': cookieOf(c, options, null) },
      }),
    ),
  ];
}

/** What a caller may do with a change, by the function that decides it. */
function stepsOn(change: AccountChange, actor: Actor, options: OfficeOptions): ActionView[] {
  const against = whyNotDecide(change, actor);
  const why = against === null ? null : { code: against.code, ...options.wordsOf(against) };
  return ['confirm', 'reject'].map((action) => ({ action, allowed: why === null, why }));
}

function accountHandlers(deps: OfficeDeps, options: OfficeOptions): Handled[] {
  const own = accountDeps(deps);
  const actor = (caller: Caller, { needs }: { readonly needs: string | null }) =>
    actorWith(deps, held(caller).account, needs!);
  return [
    handle(accountsRoute, async (_input, caller) => {
      const [accounts, changes, clients, subjects] = await Promise.all([
        listAccounts(deps.database),
        openChanges(deps.database),
        listClients(deps.database),
        listSubjects(deps.database),
      ]);
      const clientOf = clientsByCode(clients);
      const subjectOf = new Map(
        subjects.map(({ account, issuer, subject }) => [account, { issuer, subject }]),
      );
      return ok({
        accounts: accounts.map((one) => ({
          ...{ ...one, positions: [...one.positions] },
          client: clientOf.get(one.code) ?? null,
          oidc: subjectOf.get(one.code) ?? null,
        })),
        changes: changes.map((change) => ({
          ...{ id: change.id, account: change.account },
          ...{ proposedBy: change.proposedBy, proposedAt: change.proposedAt },
          wanted: { ...change.wanted, positions: [...change.wanted.positions] },
          actions: stepsOn(change, actor(caller, decideRoute), options),
        })),
        positions: deps
          .positions()
          .flatMap(({ code, name, nameEn, permissions }) =>
            code === systemActor.position
              ? []
              : [{ code, name: { zh: name, en: nameEn }, permissions: [...permissions] }],
          ),
      });
    }),
    handle(proposeRoute, async (input, caller) => {
      const done = await proposeAccount(own, { ...input, actor: actor(caller, proposeRoute) });
      return done.ok ? ok({ change: done.value }) : listed(done);
    }),
    handle(decideRoute, async ({ change, confirm, reason }, caller) => {
      const asked = { confirm, reason, actor: actor(caller, decideRoute) };
      const done = await decideAccount(own, change as Id, asked);
      return done.ok ? done : listed(done);
    }),
    handle(disableRoute, async (input, caller) => {
      const done = await disableAccount(own, { ...input, actor: actor(caller, disableRoute) });
      return done.ok ? ok({ disabled: true }) : listed(done);
    }),
    handle(resetRoute, async (input, caller) => {
      const done = await resetAccount(own, { ...input, actor: actor(caller, resetRoute) });
      return done.ok ? ok({ account: input.account, oneTime: done.value }) : listed(done);
    }),
  ];
}

/** Every route of the office. */
export const officeRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...accountRoutes,
  ...readingRoutes,
  ...noticeRoutes,
  ...centreRoutes,
  ...collectionRoutes,
  ...dashboardRoutes,
  ...queueRoutes,
  ...oversightRoutes,
] as unknown as readonly Route[];

/** The OpenAPI document of the office. */
export function officeOpenApi(): Record<string, unknown> {
  return openApiOf(officeRoutes, {
    title: '信衡办公接口 / Xinheng office API',
    version: '1',
    description:
      '登录、账户、受限查询。须先登录，除GET外均须带校验码；程序以签名（RFC 9421）代替登录。 Signing in, accounts, restricted reading. Everything but GET needs the token of the session; programs sign their requests instead.',
    prefix: officePrefix,
  });
}

/** Adds the office's interface to an edge. */
export function mountOffice(edge: Edge, deps: OfficeDeps, options: OfficeOptions): void {
  const provider = providerOf(deps);
  const tell = (refusal: Refusal, c: EdgeContext) =>
    problemReply(refusal, options.wordsOf(refusal), {
      trace: c.get('trace'),
      reference: '/api/public/v1/problems',
    });
  mount(
    edge,
    [
      ...sessionHandlers(deps, options),
      ...oidcHandlers(deps, options, provider),
      ...accountHandlers(deps, options),
      ...readingHandlers(deps, options),
      ...noticeHandlers(deps, options),
      ...centreHandlers(deps, options),
      ...collectionHandlers(deps, options),
      ...dashboardHandlers(deps),
      ...queueHandlers(deps, options),
      ...oversightHandlers(deps, officeRoutes),
    ],
    {
      prefix: officePrefix,
      bodyBytesMax,
      checkAnswers: options.checkAnswers,
      tell,
      authorise: (c, route) => authorise(deps, options, c, route),
    },
  );
  mountOidc(edge, deps, options, provider);
  const document = JSON.stringify(officeOpenApi());
  edge.on('GET', `${officePrefix}/openapi.json`, () => ({
    status: 200,
    type: 'application/json; charset=utf-8',
    body: document,
    cache: 'day',
  }));
  addOfficePages(edge, deps.config.root);
}
