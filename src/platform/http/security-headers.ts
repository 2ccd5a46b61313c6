/**
 * Headers of every answer. Pages of the portal load nothing but our own style sheet and pictures: no script runs, no
 * style is inline, no other origin is reached, nobody may frame them.
 */

const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const always: Readonly<Record<string, string>> = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Addresses of pages may hold what somebody looked up.
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
};

/** A year; sent over TLS only, where a browser heeds it. */
const strictTransport = 'max-age=31536000; includeSubDomains';

/**
 * The policy of a page that is a program: our own scripts run, and ask our own server. `nonce`: drawn for
 * this one answer; only style sheets that carry it count beside our own.
 */
export function programPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** Sets the headers on a response; `secure`: the reader's connection is encrypted. A policy a page brings stays. */
export function setSecurityHeaders(headers: Headers, secure: boolean): void {
  for (const [name, value] of Object.entries(always)) {
    if (name === 'content-security-policy' && headers.has(name)) continue;
    headers.set(name, value);
  }
  if (secure) headers.set('strict-transport-security', strictTransport);
}
