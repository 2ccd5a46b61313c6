/** Programs at the office: signed by another library than ours, and everything that is not taken. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Who, officeOver, officePath } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  start,
  trade,
  units,
} from '../../../../tests/office/reading-city.ts';
import {
  type KeyPair,
  type Signed,
  type Signing,
  keyPair,
  signingClient,
} from '../../../../tests/office/signing-client.ts';
import { parseInstant } from '../../../kernel/day.ts';
import { sql } from '../../../platform/db/index.ts';
import { enterReading, permitFor } from '../../../trust/access/index.ts';
import { forgetNonces } from '../../../trust/accounts/index.ts';
import { verifyAudit } from '../../../trust/audit/index.ts';
import { accessDeps } from '../index.ts';

let made: ReadingCity;
let one: Who;
let two: Who;
let pair: KeyPair;
const [reason, code] = ['接口对接', 'client-1'];

beforeAll(async () => {
  made = await readingCity();
  made.city.config.clock.set(start);
  await made.office.account('security-1', ['security-administrator']);
  await made.office.account('security-2', ['security-administrator']);
  ({ who: one } = await made.office.enter('security-1'));
  ({ who: two } = await made.office.enter('security-2'));
  pair = keyPair();
  await become(code, pair);
});
beforeEach(() => made.city.config.clock.set(start));
afterAll(() => made.city.drop());

function propose(account: string, given: KeyPair, more: object = {}) {
  const client = { publicKey: given.pem, validUntil: '2026-12-31' };
  const positions = ['case-officer', 'auditor'];
  const wanted = { name: '样例程序', unit: units.own.code, positions, client, ...more };
  const body = { wanted, reason };
  return made.office.ask('POST', `/accounts/${account}/changes`, { who: one, body });
}

async function decide(change: unknown, who = two) {
  const body = { confirm: true, reason };
  return made.office.ask('POST', `/accounts/changes/${String(change)}`, { who, body });
}

/** A client as two administrators make it. */
async function become(account: string, given: KeyPair, more: object = {}) {
  const proposed = await propose(account, given, more);
  expect([proposed.status, proposed.body.code]).toEqual([200, undefined]);
  const decided = await decide(proposed.body['change']);
  expect([decided.status, decided.body['oneTime']]).toEqual([200, null]);
}

const asks = (who = code) => signingClient(made.city, made.office, who);
const read = {
  ...{ method: 'POST', path: '/readings' },
  body: { subject: food.code, purpose: 'objection', matter: '样例异议1号' },
};
const unusual = { method: 'GET', path: '/unusual-readings' };

/** A signed request, changed on its way. */
async function changed(
  change: (signed: Signed) => Partial<Signed>,
  how: Signing = {},
  asked: typeof read | typeof unusual = read,
) {
  const signed = await asks().signed(pair, asked, how);
  const sent = await asks().send({ ...signed, ...change(signed) });
  return sent.body.code;
}
const asItIs = () => ({});
describe('a client', () => {
  it('is taken by its signature, made by another library, and needs no token of a page', async () => {
    const { signed, send } = asks();
    const listed = await send(await signed(pair, unusual));
    expect([listed.status, listed.body.code]).toEqual([200, undefined]);
    const done = await send(await signed(pair, read));
    expect([done.status, done.body.code]).toEqual([200, undefined]);
    const fields = ['@method', '@authority', '@path', '@query', 'content-digest', 'content-type'];
    expect((await send(await signed(pair, read, { fields }))).status).toBe(200);
    const [entry] = await made.city.database.query<{ account: string; position: string }>(
      sql`select account, position from access.reading order by at desc, id desc limit 1`,
    );
    expect(entry).toEqual({ account: code, position: 'case-officer' });
  });

  it('is refused when body, digest, path, query, method or authority were changed on the way', async () => {
    const other = JSON.stringify({ ...read.body, matter: '样例异议2号' });
    expect(await changed(() => ({ body: other }))).toBe('accounts.bad-digest');
    const digest = `sha-256=:${Buffer.alloc(32).toString('base64')}:`;
    expect(
      await changed(({ headers }) => ({ headers: { ...headers, 'content-digest': digest } })),
    ).toBe('accounts.bad-digest');
    const matching = `sha-256=:${createHash('sha256').update(other).digest('base64')}:`;
    expect(
      await changed(({ headers }) => ({
        body: other,
        headers: { ...headers, 'content-digest': matching },
      })),
    ).toBe('accounts.bad-signature');
    const at = (path: string) => () => ({ url: `http://localhost${officePath}${path}` });
    expect(await changed(at('/readings?x=1'))).toBe('accounts.bad-signature');
    expect(await changed(at('/accounts/client-1/disable'))).toBe('accounts.bad-signature');
    const journal = at(`/subjects/${made.idOf(food.code)}/journal`);
    expect(await changed(journal, {}, unusual)).toBe('accounts.bad-signature');
    const asGet = { ...read, method: 'GET' };
    expect(await changed(() => ({ method: 'POST' }), {}, asGet)).toBe('accounts.bad-signature');
    expect(await changed(() => ({ url: `http://elsewhere.example${officePath}/readings` }))).toBe(
      'accounts.bad-signature',
    );
    expect(
      await changed(({ headers }) => ({ headers: { ...headers, host: 'elsewhere.example' } })),
    ).toBe('accounts.bad-signature');
  });

  it('is refused when its signature leaves something out, or is written in another way', async () => {
    for (const fields of [
      ['@authority', '@target-uri', 'content-digest'],
      ['@method', '@target-uri', 'content-digest'],
      ['@method', '@authority', '@path', 'content-digest'],
      ['@method', '@authority', '@target-uri'],
    ]) {
      expect(await changed(asItIs, { fields })).toBe('accounts.signature-form');
    }
    expect(await changed(asItIs, { nonce: 'short' })).toBe('accounts.signature-form');
    const without = (name: string) => (signed: Signed) => ({
      headers: Object.fromEntries(Object.entries(signed.headers).filter(([one]) => one !== name)),
    });
    const names = Object.keys((await asks().signed(pair, read)).headers);
    for (const name of names.filter((one) => /^signature/i.test(one))) {
      expect(await changed(without(name))).toBe('accounts.signature-form');
    }
  });

  it('is refused with a signature of long before or of the future', async () => {
    expect(await changed(asItIs, { shiftSeconds: -120 })).toBeUndefined();
    expect(await changed(asItIs, { shiftSeconds: 30 })).toBeUndefined();
    expect(await changed(asItIs, { shiftSeconds: -121 })).toBe('accounts.signature-stale');
    expect(await changed(asItIs, { shiftSeconds: 31 })).toBe('accounts.signature-stale');
  });

  it('sends nothing twice: the copy is refused, and stands in the audit as denied', async () => {
    const { signed, send } = asks();
    const request = await signed(pair, unusual);
    expect((await send(request)).status).toBe(200);
    const copy = await send(request);
    expect([copy.status, copy.body.code]).toEqual([401, 'accounts.replayed']);
    const events = await made.city.database.query<{ client: string; route: string }>(sql`
      select detail ->> 'client' as client, route from audit.event
      where kind = 'denied' and detail ->> 'code' = 'accounts.replayed'`);
    expect(events).toEqual([{ client: code, route: 'GET /unusual-readings' }]);
  });

  it('of many copies at once sends exactly one', async () => {
    const { signed, send } = asks();
    for (let round = 0; round < 5; round += 1) {
      const request = await signed(pair, unusual);
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(request)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401]);
    }
  });

  it('may use a nonce again only when no copy would be in time any more', async () => {
    const count = async () => {
      const [row] = await made.city.database.query<{ count: number }>(
        sql`select count(*)::int as count from accounts.client_nonce`,
      );
      return row!.count;
    };
    const request = await asks().signed(pair, unusual, { nonce: 'nonce-that-is-swept' });
    await asks().send(request);
    made.office.later(2);
    await forgetNonces(made.city.database, made.city.clock.now());
    const kept = await count();
    expect(kept).toBeGreaterThan(0);
    // The copy comes in the last second it could, after upkeep has swept.
    expect((await asks().send(request)).body.code).toBe('accounts.replayed');
    made.office.later(2);
    expect(await forgetNonces(made.city.database, made.city.clock.now())).toBe(kept);
    expect((await asks().send(request)).body.code).toBe('accounts.signature-stale');
  });

  it('is told the same whether its code is unknown or its signature wrong', async () => {
    const stranger = signingClient(made.city, made.office, 'client-nobody');
    const unknown = await stranger.send(await stranger.signed(pair, unusual));
    const wrong = await asks().send(await asks().signed(keyPair(), unusual));
    const person = signingClient(made.city, made.office, 'security-1');
    const ofPerson = await person.send(await person.signed(pair, unusual));
    const told = [unknown, wrong, ofPerson].map(({ status, body }) => ({
      ...{ status, ...body, instance: null },
    }));
    expect(told[0]).toMatchObject({ status: 401, code: 'accounts.bad-signature' });
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  it('has no session and no password, and brings no cookie', async () => {
    const { signed, send } = asks();
    for (const path of ['/session', '/session/devices']) {
      const answer = await send(await signed(pair, { method: 'GET', path }));
      expect([answer.status, answer.body.code]).toEqual([403, 'accounts.client-has-no-session']);
    }
    expect((await made.office.givePassword(code)).body.code).toBe('accounts.wrong-credentials');
    const body = { reason };
    const reset = await made.office.ask('POST', `/accounts/${code}/reset`, { who: one, body });
    expect(reset.body.code).toBe('accounts.other-kind');
    await expect(
      made.city.database.execute(sql`insert into accounts.credential (account) values (${code})`),
    ).rejects.toThrow('a person or a program');
    expect(await changed(({ headers }) => ({ headers: { ...headers, cookie: one.cookie } }))).toBe(
      'accounts.cookie-and-signature',
    );
  });

  it('may do what its positions may, and is denied the rest', async () => {
    const answer = await asks().send(
      await asks().signed(pair, { method: 'GET', path: '/accounts' }),
    );
    expect([answer.status, answer.body.code]).toEqual([403, 'door.not-permitted']);
  });

  it('reads restricted data within the quota of its account, as an officer does', async () => {
    const mine = keyPair();
    await become('client-quota', mine);
    const client = asks('client-quota');
    const deps = accessDeps(made.city);
    const reader = { account: 'client-quota', unit: units.own.code, positions: ['case-officer'] };
    const permit = must(permitFor(deps.lawOn(), reader, { purpose: 'objection', matter: 'A' }));
    const most = permit.purpose.perDay;
    for (let no = 1; no < most; no += 1) {
      const subjectId = `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`;
      must(await enterReading(deps, permit, { subjectId, seen: {} }));
    }
    expect((await client.send(await client.signed(mine, read))).status).toBe(200);
    const other = { ...read, body: { ...read.body, subject: trade.code } };
    const refused = await client.send(await client.signed(mine, other));
    expect([refused.status, refused.body.code]).toEqual([429, 'access.quota-used']);
  });
});

describe('clients', () => {
  it('are made, and given another key, by two persons; the old key is worth nothing then', async () => {
    const first = keyPair();
    const second = keyPair();
    await become('client-2', first);
    const client = asks('client-2');
    const statusWith = async (given: KeyPair) =>
      (await client.send(await client.signed(given, unusual))).status;
    const proposed = await propose('client-2', second);
    expect([await statusWith(first), await statusWith(second)]).toEqual([200, 401]);
    expect((await decide(proposed.body['change'], one)).body.code).toBe('door.same-person');
    expect((await decide(proposed.body['change'])).status).toBe(200);
    expect([await statusWith(first), await statusWith(second)]).toEqual([401, 200]);
    const kept = second.pem.split('\n')[1];
    const acts = await made.city.database.query<{ kind: string; account: string }>(sql`
      select kind, account from audit.act
      where object = 'account:client-2' and detail ->> 'key' = ${kept} order by kind`);
    expect(acts).toEqual([
      { kind: 'accounts.confirm', account: 'security-2' },
      { kind: 'accounts.propose', account: 'security-1' },
    ]);
  });

  it('end with their last day, and at once when one person disables them', async () => {
    const mine = keyPair();
    const until = '2026-06-02';
    await become('client-3', mine, { client: { publicKey: mine.pem, validUntil: until } });
    const client = asks('client-3');
    const codeNow = async () => (await client.send(await client.signed(mine, unusual))).body.code;
    made.city.config.clock.set(parseInstant('2026-06-02T15:59:00Z')!);
    expect(await codeNow()).toBeUndefined();
    made.city.config.clock.set(parseInstant('2026-06-02T16:00:00Z')!);
    expect(await codeNow()).toBe('accounts.client-ended');
    made.city.config.clock.set(start);
    const body = { reason };
    await made.office.ask('POST', '/accounts/client-3/disable', { who: one, body });
    expect(await codeNow()).toBe('accounts.client-ended');
  });

  it('get one key once, also where two proposals of it are confirmed at the same moment', async () => {
    const same = keyPair();
    const codes = ['client-5', 'client-6', 'client-7'];
    const proposals = [];
    for (const one of codes) proposals.push((await propose(one, same, {})).body['change']);
    const told = await Promise.all(proposals.map((change) => decide(change)));
    expect(told.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    const refused = told.filter(({ status }) => status !== 200).map(({ body }) => body.code);
    expect(refused).toEqual(['accounts.key-in-use', 'accounts.key-in-use']);
  });

  it('hold no position of a reviewer or administrator, stay what they are, and share no key', async () => {
    const fresh = keyPair();
    const refused = async (account: string, given: KeyPair, more: object) =>
      (await propose(account, given, more)).body.code;
    expect(await refused('client-4', fresh, { positions: ['data-reviewer'] })).toBe(
      'accounts.position-for-persons',
    );
    expect(await refused('client-4', fresh, { positions: ['security-administrator'] })).toBe(
      'accounts.position-for-persons',
    );
    expect(await refused('client-4', pair, {})).toBe('accounts.key-in-use');
    expect(await refused('client-4', { ...fresh, pem: 'x' }, {})).toBe('accounts.bad-key');
    expect(await refused('security-2', fresh, {})).toBe('accounts.other-kind');
    expect(await refused(code, fresh, { client: undefined })).toBe('accounts.other-kind');
    const client = { publicKey: fresh.pem, validUntil: '2026-05-31' };
    expect(await refused('client-4', fresh, { client })).toBe('accounts.bad-until');
  });

  it('are listed with key and last day; each denial of this story is in the audit, which holds', async () => {
    const { body } = await made.office.ask('GET', '/accounts', { who: one });
    const accounts = body['accounts'] as { code: string; client: object | null }[];
    const shown = (name: string) => accounts.find((account) => account.code === name)?.client;
    expect(shown('security-1')).toBeNull();
    expect(shown(code)).toEqual({ publicKey: pair.pem.split('\n')[1], validUntil: '2026-12-31' });
    const before = (await made.office.events('denied')).length;
    await changed(() => ({ body: '{}' }));
    await changed(asItIs, { shiftSeconds: -500 });
    await changed(({ headers }) => ({ headers: { ...headers, cookie: one.cookie } }));
    await changed(({ headers }) => ({ headers: { ...headers, 'content-digest': 'x' } }));
    expect((await made.office.events('denied')).length - before).toBe(4);
    expect(await verifyAudit(made.city.database)).toMatchObject({ findings: [], missing: 0 });
  });

  it('sign for the address the installation goes by, whatever a proxy calls it', async () => {
    const { city } = made;
    const origin = 'https://credit.example.gov.cn';
    const named = { ...city, config: { ...city.config, origin } };
    const client = signingClient(city, officeOver(named), code);
    const request = await client.signed(pair, unusual, { origin });
    const inside = `http://10.0.0.5:8080${officePath}/unusual-readings`;
    expect((await client.send({ ...request, url: inside })).status).toBe(200);
    const forOther = await client.signed(pair, unusual, { origin: 'https://other.example' });
    expect((await client.send(forOther)).body.code).toBe('accounts.bad-signature');
  });
});

describe('over a socket', () => {
  it('what is signed is what was sent: host, port, encoded path and query', async () => {
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    const listener = getRequestListener(made.office.app.fetch);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const codeOf = async (asked: typeof read | typeof unusual, sent?: string) => {
        const request = await asks().signed(pair, asked, { origin });
        const { method, headers, body, url } = request;
        const reply = await fetch(sent === undefined ? url : `${origin}${officePath}${sent}`, {
          ...{ method, headers },
          ...(body === null ? {} : { body }),
        });
        return ((await reply.json()) as { code?: string }).code;
      };
      expect(await codeOf(read)).toBeUndefined();
      const path = '/unusual-readings?x=%E4%B8%AD&y=a%2Fb&z=%27';
      // The signature holds; that the route knows no such parameters comes after.
      expect(await codeOf({ ...unusual, path })).toBe('http.bad-request');
      expect(await codeOf({ ...unusual, path }, path.replace('%2F', '/'))).toBe(
        'accounts.bad-signature',
      );
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
});

describe('the command line', () => {
  const run = promisify(execFile);
  const root = resolve(import.meta.dirname, '../../../..');
  const xinheng = (...rest: string[]) =>
    run(
      process.execPath,
      ['--import', 'tsx', resolve(root, 'src/app/cli.ts'), 'accounts', ...rest],
      {
        cwd: root,
      },
    );

  it('makes a pair only its owner reads, never over another, and signs what the office takes', async () => {
    const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-client-'));
    try {
      const file = resolve(folder, 'client.pem');
      await xinheng('keygen', file);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      await expect(xinheng('keygen', file)).rejects.toThrow();
      const pem = readFileSync(`${file}.pub`, 'utf8');
      await become('client-cli', { pem } as KeyPair);
      const bodyFile = resolve(folder, 'body.json');
      writeFileSync(bodyFile, JSON.stringify(read.body));
      const url = `http://localhost${officePath}/readings`;
      const { stdout } = await xinheng(
        ...['sign-request', url, '--client', 'client-cli', '--key', file, '--method', 'POST'],
        ...['--body', bodyFile, '--created', made.city.clock.now()],
      );
      const headers = Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split(/: (.*)/s).slice(0, 2)),
      ) as Record<string, string>;
      const body = readFileSync(bodyFile, 'utf8');
      const sent = await asks('client-cli').send({ method: 'POST', url, headers, body });
      expect([sent.status, sent.body.code]).toEqual([200, undefined]);
      expect(sent.body).toMatchObject({ purpose: { code: 'objection' } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
