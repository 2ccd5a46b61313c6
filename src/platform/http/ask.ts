/** Asking another server, with an end to how long and how much it may answer. */

/** What was answered. */
export type AskedReply = { readonly status: number; readonly bytes: Buffer };

/** A request. `msMax`: how long all of it may take; `bytesMax`: how much the answer may hold. */
export type Asked = {
  readonly body?: string;
  readonly msMax: number;
  readonly bytesMax: number;
};

/**
 * Asks for a path below an address: GET, or POST where there is a body. No redirect is followed, so that
 * an answer is of whom was asked. Faults when nothing answers in time, or more than is allowed.
 */
export async function askHttp(address: string, path: string, asked: Asked): Promise<AskedReply> {
  const base = address.endsWith('/') ? address : `${address}/`;
  const reply = await fetch(new URL(path, base), {
    ...(asked.body === undefined ? {} : { method: 'POST', body: asked.body }),
    signal: AbortSignal.timeout(asked.msMax),
    redirect: 'error',
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.length;
    if (bytes > asked.bytesMax) throw new Error(`${path}: more than ${asked.bytesMax} bytes`);
    chunks.push(chunk);
  }
  return { status: reply.status, bytes: Buffer.concat(chunks) };
}
