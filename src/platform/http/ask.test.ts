/** Asking another server: nobody who answers leads us elsewhere, keeps us, or fills our memory. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeOidc } from '../oidc.ts';
import { askHttp } from './ask.ts';

let server: Server;
let address = '';
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url!);
    if (request.url === '/plain') response.end('here');
    else if (request.url === '/large') response.end('x'.repeat(2_000));
    else if (request.url === '/silent') return;
    else response.writeHead(302, { location: `${address}/inner` }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const limits = { msMax: 2_000, bytesMax: 1_000 };

describe('a server that is asked', () => {
  it('leads nobody to another address', async () => {
    await expect(askHttp(address, 'away', limits)).rejects.toThrow();
    expect(seen).not.toContain('/inner');
    expect((await askHttp(address, 'plain', limits)).bytes.toString()).toBe('here');
  });

  it('answers in time and no more than was agreed, or not at all', async () => {
    await expect(askHttp(address, 'large', limits)).rejects.toThrow('more than 1000 bytes');
    await expect(askHttp(address, 'silent', { ...limits, msMax: 100 })).rejects.toThrow();
  });

  it('leads nobody elsewhere as an identity provider either', async () => {
    const oidc = makeOidc(
      { issuer: address, clientId: 'x', clientSecret: 'y' },
      'https://credit.example/callback',
    );
    const begun = await oidc.begin({ state: 's', nonce: 'n', verifier: 'v'.repeat(43) });
    expect(begun.kind).not.toBe('ok');
    expect(seen).not.toContain('/inner');
  });
});
