/** An identity provider (OpenID Connect), asked by authorization code with PKCE. */
import * as client from 'openid-client';
import { stopwatchMs } from './clock.ts';

/** Where the provider is, and who we are to it. */
export type OidcConfig = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** What a sign-in is held against when it comes back. */
export type OidcChecks = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
};

/** Who signed in, as the provider says in a token it signed. */
export type OidcIdentity = {
  readonly issuer: string;
  readonly subject: string;
  readonly acr: string | null;
  readonly amr: readonly string[];
};

/** What asking gave: `down`: the provider did not answer as one; `refused`: it, or what it says, does not hold. */
export type OidcAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'down'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** The provider. */
export type OidcProvider = {
  /** Address a browser goes to, to sign in. */
  readonly begin: (checks: OidcChecks) => Promise<OidcAnswer<string>>;
  /** Takes the query a browser came back with. */
  readonly finish: (query: string, checks: OidcChecks) => Promise<OidcAnswer<OidcIdentity>>;
};

const secondsMax = 10;
// What the provider says of itself is asked for again after that.
const knownMs = 600_000;

/** Whether an address is of this machine: the only one that may be asked without encryption. */
export function isLoopbackAddress(address: string): boolean {
  return /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?(\/|$)/.test(address);
}

/** Errors that are an answer: of the provider, or of our checks of what it says. */
function isAnswer(error: unknown): boolean {
  if (error instanceof client.AuthorizationResponseError) return true;
  if (error instanceof client.ResponseBodyError) return error.status < 500;
  if (!(error instanceof client.ClientError)) return false;
  return !['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_PARSE_ERROR'].includes(
    error.code ?? '',
  );
}

async function asked<T>(work: () => Promise<T>): Promise<OidcAnswer<T>> {
  try {
    return { kind: 'ok', value: await work() };
  } catch (error) {
    const reason = String((error as { code?: string }).code ?? (error as Error).name).slice(0, 60);
    return { kind: isAnswer(error) ? 'refused' : 'down', reason };
  }
}

/** The provider of a configuration. `redirect`: our address it sends browsers back to. */
export function makeOidc(config: OidcConfig, redirect: string): OidcProvider {
  let known: { readonly at: number; readonly found: client.Configuration } | null = null;
  async function discover(): Promise<client.Configuration> {
    if (known !== null && stopwatchMs() - known.at < knownMs) return known.found;
    const isPlain = isLoopbackAddress(config.issuer);
    const found = await client.discovery(
      new URL(config.issuer),
      config.clientId,
      undefined,
      client.ClientSecretBasic(config.clientSecret),
      {
        timeout: secondsMax,
        execute: [
          // The token is held against the provider's keys too, not against the connection alone.
          client.enableNonRepudiationChecks,
          ...(isPlain ? [client.allowInsecureRequests] : []),
        ],
      },
    );
    known = { at: stopwatchMs(), found };
    return found;
  }
  return {
    begin: ({ state, nonce, verifier }) =>
      asked(async () => {
        const challenge = await client.calculatePKCECodeChallenge(verifier);
        const address = client.buildAuthorizationUrl(await discover(), {
          ...{ redirect_uri: redirect, scope: 'openid', state, nonce },
          ...{ code_challenge: challenge, code_challenge_method: 'S256' },
        });
        return address.href;
      }),
    finish: (query, { state, nonce, verifier }) =>
      asked(async () => {
        const found = await client.authorizationCodeGrant(
          await discover(),
          new URL(`${redirect}${query}`),
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier },
        );
        const { iss, sub, acr, amr } = found.claims()!;
        const methods = Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : [];
        return {
          ...{ issuer: iss, subject: sub, amr: methods as string[] },
          acr: typeof acr === 'string' ? acr : null,
        };
      }),
  };
}
