/** The edge behind a real socket: what only a raw request can ask. */
import { type AddressInfo, connect } from 'node:net';
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../kernel/day.ts';
import { fixedClock } from '../clock.ts';
import {
  addressOf,
  httpRefusals,
  jsonReply,
  loopback,
  makeEdge,
  makeHttpMetrics,
  problemReply,
  readNetworks,
} from './index.ts';

let server: Server;
let port = 0;
const faults: unknown[] = [];
beforeAll(async () => {
  const own = readNetworks(loopback);
  if (!own.ok) throw new Error(own.refusal.code);
  const edge = makeEdge({
    clock: fixedClock('2026-06-01T02:00:00.000Z' as Instant),
    log: { access: () => undefined, fault: (_trace, error) => void faults.push(error) },
    metrics: makeHttpMetrics(),
    trustedProxies: own.value,
    rate: null,
    addressCharsMax: 1_000,
    tell: (refusal, c) =>
      problemReply(refusal, httpRefusals[refusal.code] ?? { zh: '拒绝', en: 'No' }, {
        trace: c.get('trace'),
        reference: '/problems',
      }),
  });
  edge.on('GET', '/who', (c) => jsonReply({ address: addressOf(c, own.value) }));
  edge.on('GET', '/things/:name', (c) => jsonReply({ name: c.req.param('name') }));
  const app = edge.close();
  await new Promise<void>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve()) as Server;
  });
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));

/** Sends bytes as they are and gives back everything that comes. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let text = '';
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('close', () => resolve(text));
    socket.on('error', (error) => (text === '' ? reject(error) : resolve(text)));
  });
}
const get = (target: string, more = '') =>
  send(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${more}\r\n`);
const statusOf = (reply: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? 0);

describe('a raw request', () => {
  it('tells where it comes from by its socket, and by a trusted proxy’s word', async () => {
    expect(await get('/who')).toContain('{"address":"127.0.0.1"}');
    expect(await get('/who', 'X-Forwarded-For: 198.51.100.1, 203.0.113.5\r\n')).toContain(
      '{"address":"203.0.113.5"}',
    );
  });

  it.each([
    ['//evil.example/things/a', 404],
    ['/things/%ZZ', 200],
    ['/things/%E0%A4%A', 200],
    ['/things/%00', 200],
    ['/things/..%2f..%2fetc', 200],
    ['/things/a?%FF=%C0%80&&&=', 200],
    ['/../../etc/passwd', 404],
    [`/things/${'x'.repeat(2_000)}`, 414],
    ['http://evil.example/who', 200],
  ])('for %s is answered with %i', async (target, status) => {
    const reply = await get(target);
    expect(statusOf(reply)).toBe(status);
    expect(reply.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  it('that breaks the protocol is refused by status, never by a stack', async () => {
    for (const bytes of [
      'GET / HTTP/1.1\r\n\r\n',
      'GET /who HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      'GET /who HTTP/1.1\r\nHost: <script>\r\nConnection: close\r\n\r\n',
      'BREW /who HTTP/1.1\r\nHost: x\r\n\r\n',
      'TRACE /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      `GET /who HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`,
      'POST /who HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '\0\0\0\0',
    ]) {
      const reply = await send(bytes);
      expect(statusOf(reply), JSON.stringify(bytes.slice(0, 60))).toBeGreaterThanOrEqual(400);
      expect(statusOf(reply), JSON.stringify(bytes.slice(0, 60))).toBeLessThan(500);
      expect(reply).not.toMatch(/node_modules|\.ts:|    at |<script>/);
    }
  });

  it('leaves no fault behind', () => {
    expect(faults).toEqual([]);
  });
});
