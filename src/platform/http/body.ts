/** The body of a request, read once and remembered: whoever checks a signature reads it before the route does. */
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { EdgeContext } from './edge.ts';

/** The bytes of the body. Refuses `http.body-too-large` without reading further. */
export async function bodyBytes(c: EdgeContext, bytesMax: number): Promise<Result<Buffer>> {
  const before = c.get('body');
  if (before !== undefined) return ok(before);
  const tooLarge = refuse('http.body-too-large', { most: bytesMax });
  if (Number(c.req.header('content-length') ?? 0) > bytesMax) return tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > bytesMax) return tooLarge;
    chunks.push(chunk as Uint8Array);
  }
  const body = Buffer.concat(chunks);
  c.set('body', body);
  return ok(body);
}

/**
 * Path and query of a request exactly as its route was chosen by, without any normalising: what is
 * signed and what is acted on must be one text. `query` begins with `?`, or is empty.
 */
export function targetOf(c: EdgeContext): { readonly path: string; readonly query: string } {
  const found = /^[a-z]+:\/\/[^/?#]*([^?#]*)(\?[^#]*)?/.exec(c.req.url);
  return { path: found?.[1] ?? '', query: found?.[2] ?? '' };
}
