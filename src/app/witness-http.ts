/** A witness over HTTP (C2SP tlog-witness): `POST /add-checkpoint`, `GET /latest/<origin>`. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { WitnessAnswer, makeWitness } from '../trust/transparency-log/index.ts';

const bodyBytesMax = 64 * 1024;
const text = 'text/plain; charset=utf-8';

const say = (status: number, body: string): WitnessAnswer => ({ status, type: text, body });

/** The body, or `null` where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(
  witness: ReturnType<typeof makeWitness>,
  request: IncomingMessage,
): Promise<WitnessAnswer> {
  const path = (request.url ?? '/').split('?')[0]!;
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return say(405, 'POST\n');
    const body = await bodyOf(request);
    return body === null ? say(413, `at most ${bodyBytesMax} bytes\n`) : witness.add(body);
  }
  const origin = /^\/latest\/([^/]{1,500})$/.exec(path)?.[1];
  if (origin === undefined) return say(404, 'not found\n');
  if (request.method !== 'GET') return say(405, 'GET\n');
  const note = await witness.latest(decode(origin));
  return note === null ? say(404, 'nothing signed yet\n') : say(200, note);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function send(response: ServerResponse, { status, type, body }: WitnessAnswer): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  response.end(body);
}

/** Answers requests to a witness; whatever breaks is told as 500 and signs nothing. */
export function witnessListener(witness: ReturnType<typeof makeWitness>): RequestListener {
  return (request, response) => {
    answer(witness, request).then(
      (found) => send(response, found),
      () => send(response, say(500, 'the witness signs nothing until its operator has looked\n')),
    );
  };
}
