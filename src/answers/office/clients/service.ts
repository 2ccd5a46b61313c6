/** Signed requests: what of a request was signed, and the client that signed it as a caller. */
import { Fault, type Result, ok, refuse } from '../../../kernel/result.ts';
import { type EdgeContext, bodyBytes, isSecure, targetOf } from '../../../platform/http/index.ts';
import {
  type Account,
  type Client,
  type Known,
  type RequestParts,
  claimedSigner,
  signerOf,
  writePublicKey,
} from '../../../trust/accounts/index.ts';
import { type OfficeDeps, type OfficeOptions, accountDeps } from '../deps.ts';

/** Bytes of a body the office reads, at most. */
export const bodyBytesMax = 64 * 1024;

/** Clients as they are shown, by the code of their account. */
export function clientsByCode(clients: readonly Client[]) {
  return new Map(
    clients.map(({ account, publicKey, validUntil }) => [
      account,
      { publicKey: writePublicKey(publicKey), validUntil },
    ]),
  );
}

/** Whether a request says that it is signed. */
export function saysSigned(c: EdgeContext): boolean {
  return c.req.header('signature') !== undefined || c.req.header('signature-input') !== undefined;
}

const defaultPorts: Readonly<Record<string, RegExp>> = { http: /:80$/, https: /:443$/ };

/**
 * What of a request its client signed. The address is the one the installation goes by, where it has one:
 * a proxy may call it otherwise, and a request for another installation is not for this one.
 */
function partsOf(deps: OfficeDeps, options: OfficeOptions, c: EdgeContext): RequestParts {
  const { origin } = deps.config;
  const own = origin === null ? null : /^(https?):\/\/(.+)$/.exec(origin)!;
  const scheme = own?.[1] ?? (isSecure(c, options.trustedProxies) ? 'https' : 'http');
  const host = own?.[2] ?? c.req.header('host') ?? new URL(c.req.url).host;
  return {
    ...{ method: c.req.method, scheme, ...targetOf(c) },
    authority: host.toLowerCase().replace(defaultPorts[scheme]!, ''),
    header: (name) => c.req.header(name) ?? null,
  };
}

/** A client as callers are known: there is no session, and whoever wants one meets a fault. */
function withoutSession(account: Account): Known {
  return {
    account,
    get session(): never {
      throw new Fault(`client ${account.code} has no session`);
    },
  };
}

/**
 * The client that signed a request. Refuses what `signerOf` refuses, and `accounts.cookie-and-signature`
 * where the request has a session as well.
 */
export async function signedBy(
  deps: OfficeDeps,
  options: OfficeOptions,
  c: EdgeContext,
): Promise<Result<Known>> {
  if (/(^|;)\s*(__Host-)?xinheng=/.test(c.req.header('cookie') ?? '')) {
    return refuse('accounts.cookie-and-signature');
  }
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  const claimsBody =
    Number(c.req.header('content-length') ?? 0) > 0 ||
    c.req.header('transfer-encoding') !== undefined;
  // Nobody would read it, so nobody should have to wonder whether it was signed.
  if (isRead && claimsBody) return refuse('accounts.signature-form', { part: 'body' });
  const signer = await signerOf(accountDeps(deps), {
    parts: partsOf(deps, options, c),
    body: isRead ? null : () => bodyBytes(c, bodyBytesMax),
  });
  return signer.ok ? ok(withoutSession(signer.value)) : signer;
}

/** The client a request says it is of, for the audit; nobody has proved it. */
export function claimedBy(deps: OfficeDeps, options: OfficeOptions, c: EdgeContext): string | null {
  return claimedSigner(partsOf(deps, options, c));
}
