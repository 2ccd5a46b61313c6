/** Uploads over a real socket: what breaks off or is too large leaves nothing behind. */
import { existsSync, readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkCity, clerkCity } from '../../../../tests/office/clerk-city.ts';
import { officePath } from '../../../../tests/office/office-city.ts';
import { sql } from '../../../platform/db/index.ts';

let made: ClerkCity;
beforeAll(async () => {
  made = await clerkCity();
});
afterAll(() => made.city.drop());

describe('an upload over a socket', () => {
  let server: Server;
  let port = 0;
  beforeAll(
    () =>
      new Promise<void>((listening) => {
        server = serve(
          { fetch: made.office.app.fetch, hostname: '127.0.0.1', port: 0 },
          (info: AddressInfo) => {
            port = info.port;
            listening();
          },
        ) as Server;
      }),
  );
  afterAll(() => new Promise<void>((closed) => void server.close(() => closed())));

  const incoming = () => {
    const path = resolve(made.city.config.varDir, 'files', 'incoming');
    return existsSync(path) ? readdirSync(path) : [];
  };
  const batches = async () => {
    const [found] = await made.city.database.query<{ n: number }>(
      sql`select count(*)::int as n from collection.batch`,
    );
    return found!.n;
  };

  function begin(length: number) {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('error', () => undefined);
    socket.write(
      [
        `POST ${officePath}/collection/files?item=penalty HTTP/1.1`,
        'Host: 127.0.0.1',
        'Content-Type: application/octet-stream',
        `Content-Length: ${length}`,
        `Cookie: ${made.clerk.cookie}`,
        `X-Xinheng-Csrf: ${made.clerk.csrf}`,
        '\r\n',
      ].join('\r\n'),
    );
    return { socket, text: () => text };
  }

  it('that breaks off in the middle leaves nothing half done', async () => {
    const before = await batches();
    const { socket } = begin(10_000_000);
    socket.write('x'.repeat(300_000));
    for (let tries = 0; incoming().length === 0 && tries < 100; tries += 1) await sleep(20);
    expect(incoming()).toHaveLength(1);
    socket.destroy();
    for (let tries = 0; incoming().length > 0 && tries < 100; tries += 1) await sleep(20);
    expect(incoming()).toEqual([]);
    expect(await batches()).toBe(before);
  });

  it('that says it is too large is turned away before it is read', async () => {
    const { socket, text } = begin(3 * 2 ** 30);
    for (let tries = 0; text() === '' && tries < 100; tries += 1) await sleep(20);
    expect(text()).toContain('HTTP/1.1 413');
    expect(incoming()).toEqual([]);
    socket.destroy();
  });
});
