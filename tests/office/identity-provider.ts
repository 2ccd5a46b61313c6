/** A real identity provider on a port of this machine, and a browser that walks there and back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { OidcConfig } from '../../src/platform/oidc.ts';

const clientId = 'xinheng';
const clientSecret = 'a-secret-of-tests-and-of-nothing-else-0123456789';

/**
 * Starts one that lets in whoever was named last. `redirect`: where it may send browsers; `host`: its name.
 */
export async function identityProvider(redirect: string, host = '127.0.0.1') {
  let who = 'nobody';
  const server = createServer((request, response) => {
    if (request.url!.startsWith('/interaction/')) {
      const login = { login: { accountId: who } };
      void provider.interactionFinished(request, response, login);
    } else void listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirect] },
        ...{ response_types: ['code'], grant_types: ['authorization_code'] },
      },
    ],
    cookies: { keys: ['of-tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_c, { uid }) => `/interaction/${uid}` },
    findAccount: (_c, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    async loadExistingGrant(c) {
      const grant = new c.oidc.provider.Grant({
        ...{ clientId: c.oidc.client!.clientId, accountId: c.oidc.session!.accountId! },
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const listener = provider.callback();
  const config: OidcConfig = { issuer, clientId, clientSecret };
  return {
    ...{ issuer, config },
    /** Whoever comes next is this one. */
    lets(as: string): void {
      who = as;
    },
    /** Walks from the address to where the provider sends the browser back: its query. */
    async walk(address: string, as: string): Promise<string> {
      who = as;
      const cookies = new Map<string, string>();
      for (let next = new URL(address), steps = 0; steps < 10; steps += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const reply = await fetch(next, { redirect: 'manual', headers: { cookie } });
        for (const set of reply.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const to = reply.headers.get('location');
        if (to === null) throw new Error(`no way on: ${reply.status} ${await reply.text()}`);
        next = new URL(to, next);
        if (next.href.startsWith(redirect)) return next.search;
      }
      throw new Error('walked in a circle');
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
