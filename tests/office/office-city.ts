/** The office over an installation, as a browser meets it: accounts with passwords, sessions, second factors. */
import { expect } from 'vitest';
import { appOver } from '../../src/app/server.ts';
import { instantFromMs, instantMs } from '../../src/kernel/day.ts';
import { keepPassword } from '../../src/platform/crypto/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { codeAt, insertAccount, setPassword, stepOf } from '../../src/trust/accounts/index.ts';
import type { TestInstallation } from '../installation.ts';

export const officePath = '/api/office/v1';
export const unit = '12320100MBXX00027M';
export const password = 'correct horse battery';

/** What was answered. */
export type Answer = {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly code?: string };
  readonly cookie: string | null;
};

/** A session as its browser holds it. */
export type Who = { readonly cookie: string; readonly csrf: string };

/** A request: its body, whose it is, headers beside. */
export type Sent = {
  readonly body?: object;
  readonly who?: Who;
  readonly headers?: Record<string, string>;
};

/** The session an answer began. */
export const whoOf = ({ body, cookie }: Answer): Who => ({
  cookie: cookie!,
  csrf: String(body['csrf']),
});

function secretOf(uri: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...new URL(uri).searchParams.get('secret')!]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
}

/** The office of a city under test. */
export function officeOver(city: TestInstallation) {
  const app = appOver(city, { rate: null, checkAnswers: true });

  async function ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const { body, who, headers = {} } = sent;
    const reply = await app.request(`${officePath}${path}`, {
      method,
      headers: {
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(who === undefined ? {} : { cookie: who.cookie, 'x-xinheng-csrf': who.csrf }),
        'user-agent': 'test browser',
        ...headers,
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    const cookie = reply.headers.get('set-cookie');
    return {
      status: reply.status,
      body: (await reply.json()) as Answer['body'],
      cookie: cookie === null ? null : cookie.split(';')[0]!,
    };
  }

  /** An account with a password of its own and without a second factor. */
  async function account(code: string, positions: readonly string[]): Promise<void> {
    const wanted = { name: `样例${code}`, unit, positions };
    const at = city.clock.now();
    await insertAccount(city.database, { code, ...wanted, sample: false }, at);
    const kept = await keepPassword(password);
    await city.database.transaction((tx) =>
      setPassword(tx, code, kept, { at, oneTimeUntil: null }),
    );
  }

  const codeNow = (secret: Buffer) => codeAt(secret, stepOf(instantMs(city.clock.now()) / 1000));

  const givePassword = (code: string, given = password) =>
    ask('POST', '/session', { body: { account: code, password: given } });

  /** Signs in all the way: password, enrolment of a second factor. Gives the session and the secret. */
  async function enter(code: string): Promise<{ who: Who; secret: Buffer }> {
    const first = await givePassword(code);
    expect([first.status, first.body['state']]).toEqual([200, 'enrol']);
    const begun = await ask('POST', '/second-factor', { who: whoOf(first) });
    const secret = secretOf(String(begun.body['uri']));
    const body = { code: codeNow(secret) };
    const done = await ask('POST', '/second-factor/code', { who: whoOf(first), body });
    expect([done.status, done.body['state']]).toEqual([200, 'open']);
    return { who: whoOf(done), secret };
  }

  /** Signs in with the second factor that was enrolled. */
  async function enterAgain(code: string, secret: Buffer): Promise<Who> {
    const first = await givePassword(code);
    const body = { code: codeNow(secret) };
    return whoOf(await ask('POST', '/session/code', { who: whoOf(first), body }));
  }

  return {
    ...{ app, ask, account, codeNow, givePassword, enter, enterAgain },
    later: (minutes: number) =>
      city.config.clock.set(instantFromMs(instantMs(city.clock.now()) + minutes * 60_000)),
    events: (kind: string) =>
      city.database.query<{ account: string | null; route: string | null }>(
        sql`select account, route from audit.event where kind = ${kind} order by at, id`,
      ),
  };
}

/** The office of a city under test. */
export type Office = ReturnType<typeof officeOver>;
