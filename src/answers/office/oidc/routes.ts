/** Signing in through an identity provider: the way there, and the one address it comes back to. */
import { ok, refuse } from '../../../kernel/result.ts';
import {
  type Edge,
  type EdgeContext,
  type Handled,
  handleShown,
  isSecure,
  redirectReply,
  targetOf,
} from '../../../platform/http/index.ts';
import { type OidcProvider, makeOidc } from '../../../platform/oidc.ts';
import {
  type OidcDeps,
  beginOidc,
  finishOidc,
  oidcPolicyOn,
} from '../../../trust/accounts/index.ts';
import { officePrefix, oidcRoute } from '../../../trust/accounts/contract.ts';
import { type OfficeDeps, type OfficeOptions, accountDeps } from '../deps.ts';
import { cookieOf, isForeign, listed, originOf } from '../service-caller.ts';

const callback = `${officePrefix}/session/oidc/callback`;
/** The only place a browser is sent to afterwards, whatever the address says. */
const home = '/office/';

/** The provider of an installation, and `null` where none is configured. */
export function providerOf({ config }: OfficeDeps): OidcProvider | null {
  const { oidc, origin } = config;
  return oidc === undefined || origin === null ? null : makeOidc(oidc, `${origin}${callback}`);
}

function depsWith(deps: OfficeDeps, provider: OidcProvider): OidcDeps {
  const { rulebook, clock, config } = deps;
  const oidcPolicy = () => oidcPolicyOn(rulebook(), clock.today(), config.jurisdiction);
  return { ...accountDeps(deps), provider, oidcPolicy };
}

const nameOf = (secure: boolean) => (secure ? '__Host-xinheng-oidc' : 'xinheng-oidc');

/** The cookie that binds a sign-in to its browser. Lax: the provider's page is another site's. */
function browserCookie(
  c: EdgeContext,
  { trustedProxies }: OfficeOptions,
  kept: { readonly browser: string; readonly seconds: number },
): string {
  const secure = isSecure(c, trustedProxies);
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${kept.seconds}`;
  return `${nameOf(secure)}=${kept.browser}; ${flags}${secure ? '; Secure' : ''}`;
}

function browserOf(c: EdgeContext, { trustedProxies }: OfficeOptions): string | null {
  const name = nameOf(isSecure(c, trustedProxies));
  const found = (c.req.header('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? null;
}

/** The handler that begins. */
export function oidcHandlers(
  deps: OfficeDeps,
  options: OfficeOptions,
  provider: OidcProvider | null,
): Handled[] {
  return [
    handleShown(
      oidcRoute,
      async (_input, _caller, c) => {
        if (provider === null) return refuse('accounts.no-such-way');
        if (isForeign(c, deps)) return refuse('accounts.foreign-origin');
        const begun = await beginOidc(depsWith(deps, provider));
        return begun.ok ? ok(begun.value) : listed(begun);
      },
      (begun, c) =>
        Promise.resolve({
          view: { address: begun.address },
          headers: { 'set-cookie': browserCookie(c, options, begun) },
        }),
    ),
  ];
}

/** Adds the address the provider sends browsers back to: a page of ours follows, with a session or a reason. */
export function mountOidc(
  edge: Edge,
  deps: OfficeDeps,
  options: OfficeOptions,
  provider: OidcProvider | null,
): void {
  if (provider === null) return;
  edge.on('GET', callback, async (c) => {
    const given = { query: targetOf(c).query, browser: browserOf(c, options) };
    const done = await finishOidc(depsWith(deps, provider), given, originOf(c, options));
    if (!done.ok) return redirectReply(`${home}?refused=${done.refusal.code}`, 303);
    return redirectReply(home, 303, { 'set-cookie': cookieOf(c, options, done.value.token) });
  });
}
