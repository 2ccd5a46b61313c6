/** Signing in through an identity provider: a real one, and everything that is not a sign-in. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityProvider } from '../../../../tests/office/identity-provider.ts';
import {
  type Office,
  type Who,
  officeOver,
  officePath,
  unit,
} from '../../../../tests/office/office-city.ts';
import { type TestInstallation, testInstallation } from '../../../../tests/installation.ts';
import { type Instant, day } from '../../../kernel/day.ts';
import { sql } from '../../../platform/db/index.ts';
import { forgetAttempts, oidcPolicyOn } from '../../../trust/accounts/index.ts';
import { sparesCode } from '../../../trust/accounts/domain-oidc.ts';

const origin = 'http://localhost';
const callback = `${officePath}/session/oidc/callback`;
const start = '2026-06-01T02:00:00.000Z' as Instant;
const reason = '统一身份认证';

let city: TestInstallation;
let office: Office;
let provider: Awaited<ReturnType<typeof identityProvider>>;
let one: Who;
let two: Who;
let secret: Buffer;

beforeAll(async () => {
  city = await testInstallation();
  city.config.clock.set(start);
  provider = await identityProvider(`${origin}${callback}`);
  const config = { ...city.config, origin, oidc: provider.config };
  office = officeOver({ ...city, config });
  await office.account('security-1', ['security-administrator']);
  await office.account('security-2', ['security-administrator']);
  ({ who: one } = await office.enter('security-1'));
  ({ who: two } = await office.enter('security-2'));
  await office.account('clerk-1', ['data-clerk']);
  ({ secret } = await office.enter('clerk-1'));
  await bind('clerk-1', 'subject-1');
});
beforeEach(() => city.config.clock.set(start));
afterAll(async () => {
  await provider.stop();
  await city.drop();
});

function propose(account: string, subject: string | null) {
  const oidc = subject === null ? null : { issuer: provider.issuer, subject };
  const wanted = { name: `样例${account}`, unit, positions: ['data-clerk'], oidc };
  return office.ask('POST', `/accounts/${account}/changes`, { who: one, body: { wanted, reason } });
}

/** Binds an account as two administrators do. */
async function bind(account: string, subject: string | null): Promise<void> {
  const { change } = (await propose(account, subject)).body;
  const body = { confirm: true, reason };
  const done = await office.ask('POST', `/accounts/changes/${String(change)}`, { who: two, body });
  expect([done.status, done.body.code]).toEqual([200, undefined]);
}

async function begin() {
  const begun = await office.ask('GET', '/session/oidc');
  expect([begun.status, begun.body.code]).toEqual([200, undefined]);
  return { address: String(begun.body['address']), cookie: begun.cookie! };
}

/** Comes back to the office: where it leads, and the session it gives. */
async function comeBack(query: string, cookie: string | null) {
  const headers = { 'user-agent': 'test browser', ...(cookie === null ? {} : { cookie }) };
  const reply = await office.app.request(`${callback}${query}`, { headers });
  const session = reply.headers.get('set-cookie')?.split(';')[0] ?? null;
  return { status: reply.status, to: reply.headers.get('location'), session };
}

/** All the way: there, signed in as somebody, and back. */
async function enter(subject: string) {
  const { address, cookie } = await begin();
  return comeBack(await provider.walk(address, subject), cookie);
}

const refusedAs = (code: string) => ({
  ...{ status: 303, to: `/office/?refused=accounts.${code}`, session: null },
});

async function me(session: string) {
  const { body } = await office.ask('GET', '/session', { who: { cookie: session, csrf: '' } });
  return { body, who: { cookie: session, csrf: String(body['csrf']) } };
}

async function refusals(why: string): Promise<(string | null)[]> {
  const rows = await city.database.query<{ account: string | null }>(sql`
    select account from audit.event
    where kind = 'sign-in-refused' and detail ->> 'way' = 'oidc' and detail ->> 'why' = ${why}`);
  return rows.map(({ account }) => account);
}

describe('signing in through the identity provider', () => {
  it('takes the place of the password, and of nothing else: the code is still asked for', async () => {
    const done = await enter('subject-1');
    expect([done.status, done.to]).toEqual([303, '/office/']);
    const { body, who } = await me(done.session!);
    expect(body).toMatchObject({ account: 'clerk-1', state: 'second-factor', permissions: [] });
    office.later(1);
    const code = { code: office.codeNow(secret) };
    const open = await office.ask('POST', '/session/code', { who, body: code });
    expect(open.body['state']).toBe('open');
    const events = await city.database.query<{ state: string }>(sql`
      select detail ->> 'state' as state from audit.event
      where kind = 'sign-in' and account = 'clerk-1' and detail ->> 'way' = 'oidc'`);
    expect(events).toEqual([{ state: 'second-factor' }]);
  });

  it('has the code enrolled by whoever has none', async () => {
    await office.account('clerk-2', ['data-clerk']);
    await bind('clerk-2', 'subject-2');
    const { body } = await me((await enter('subject-2')).session!);
    expect(body).toMatchObject({ account: 'clerk-2', state: 'enrol' });
  });

  it('spares the code only for what the rulebook lists, and it lists nothing', () => {
    const policy = oidcPolicyOn(city.rulebook(), day('2026-06-01'), '320100');
    expect(policy).toEqual({ minutes: 10, acr: [], amr: [] });
    const strong = { acr: 'urn:strong', amr: ['pwd', 'hwk'] };
    expect(sparesCode(policy, strong)).toBe(false);
    expect(sparesCode({ ...policy, amr: ['hwk'] }, strong)).toBe(true);
    expect(sparesCode({ ...policy, acr: ['urn:strong'] }, strong)).toBe(true);
    expect(sparesCode({ ...policy, acr: ['urn:stronger'], amr: ['otp'] }, strong)).toBe(false);
  });

  it('does not hold with another state, in another browser, or a second time', async () => {
    const { address, cookie } = await begin();
    const query = await provider.walk(address, 'subject-1');
    const before = (await refusals('no-attempt')).length;
    const otherState = query.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`);
    expect(await comeBack(otherState, cookie)).toEqual(refusedAs('provider-refused'));
    expect(await comeBack(query, null)).toEqual(refusedAs('provider-refused'));
    const { cookie: foreign } = await begin();
    expect(await comeBack(query, foreign)).toEqual(refusedAs('provider-refused'));
    expect((await comeBack(query, cookie)).to).toBe('/office/');
    expect(await comeBack(query, cookie)).toEqual(refusedAs('provider-refused'));
    expect((await refusals('no-attempt')).length - before).toBe(4);
  });

  it('does not hold with a code that was used, of another sign-in, or denied', async () => {
    const first = await begin();
    const used = await provider.walk(first.address, 'subject-1');
    expect((await comeBack(used, first.cookie)).to).toBe('/office/');
    const codeOf = (query: string) => new URLSearchParams(query).get('code')!;
    const withCode = (query: string, code: string) => {
      const params = new URLSearchParams(query);
      params.set('code', code);
      return `?${params.toString()}`;
    };
    const second = await begin();
    const fresh = await provider.walk(second.address, 'subject-1');
    expect(await comeBack(withCode(fresh, codeOf(used)), second.cookie)).toEqual(
      refusedAs('provider-refused'),
    );
    // A code that is good, but was given to another sign-in: its verifier is not known here.
    const third = await begin();
    const fourth = await begin();
    const stolen = codeOf(await provider.walk(third.address, 'subject-1'));
    const own = await provider.walk(fourth.address, 'subject-1');
    expect(await comeBack(withCode(own, stolen), fourth.cookie)).toEqual(
      refusedAs('provider-refused'),
    );
    const fifth = await begin();
    const state = new URL(fifth.address).searchParams.get('state')!;
    const denied = `?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
    expect(await comeBack(denied, fifth.cookie)).toEqual(refusedAs('provider-refused'));
  });

  it('does not hold with a token made for another nonce', async () => {
    const { address, cookie } = await begin();
    const foreign = new URL(address);
    foreign.searchParams.set('nonce', 'a-nonce-of-somebody-else');
    const query = await provider.walk(foreign.href, 'subject-1');
    expect(await comeBack(query, cookie)).toEqual(refusedAs('provider-refused'));
    expect(await refusals('OAUTH_JWT_CLAIM_COMPARISON_FAILED')).toHaveLength(1);
  });

  it('is over after some minutes, and forgotten', async () => {
    const { address, cookie } = await begin();
    const query = await provider.walk(address, 'subject-1');
    office.later(10);
    expect(await comeBack(query, cookie)).toEqual(refusedAs('provider-refused'));
    expect(await forgetAttempts(city.database, city.clock.now())).toBeGreaterThan(0);
  });

  it('makes no account: who is not bound, or whose account is disabled, is told the same', async () => {
    expect(await enter('subject-nobody-knows')).toEqual(refusedAs('not-bound'));
    expect(await refusals('no-account')).toEqual([null]);
    await office.account('clerk-3', ['data-clerk']);
    await bind('clerk-3', 'subject-3');
    await office.ask('POST', '/accounts/clerk-3/disable', { who: one, body: { reason } });
    expect(await enter('subject-3')).toEqual(refusedAs('not-bound'));
    expect(await refusals('closed')).toEqual(['clerk-3']);
  });

  it('leads to the office only, whatever the address says', async () => {
    const { address, cookie } = await begin();
    const query = await provider.walk(address, 'subject-1');
    const more = '&redirect=https%3A%2F%2Felsewhere.example&to=%2F%2Felsewhere.example';
    expect((await comeBack(`${query}${more}`, cookie)).to).toBe('/office/');
    const bare = await comeBack('?redirect=//elsewhere.example', null);
    expect(bare.to).toBe('/office/?refused=accounts.provider-refused');
  });

  it('keeps neither state nor nonce nor verifier in clear text', async () => {
    const { address } = await begin();
    const [row] = await city.database.query<{ text: string }>(
      sql`select coalesce(string_agg(a::text, ''), '') as text from accounts.oidc_attempt a`,
    );
    const { searchParams } = new URL(address);
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce']) {
      const value = searchParams.get(name)!;
      expect(row!.text).not.toContain(value);
      expect(row!.text).not.toContain(Buffer.from(value).toString('hex'));
    }
  });
});

describe('an identity', () => {
  it('is bound to one account, by two persons, and taken away by two', async () => {
    await office.account('clerk-4', ['data-clerk']);
    expect((await propose('clerk-4', 'subject-1')).body.code).toBe('accounts.subject-in-use');
    expect((await propose('clerk-4', 'mit Leerzeichen')).body.code).toBe('accounts.bad-subject');
    const { change } = (await propose('clerk-4', 'subject-4')).body;
    expect(await enter('subject-4')).toEqual(refusedAs('not-bound'));
    const path = `/accounts/changes/${String(change)}`;
    const body = { confirm: true, reason };
    expect((await office.ask('POST', path, { who: one, body })).body.code).toBe('door.same-person');
    expect((await office.ask('POST', path, { who: two, body })).status).toBe(200);
    expect((await enter('subject-4')).to).toBe('/office/');
    const listed = await office.ask('GET', '/accounts', { who: one });
    expect(listed.body['accounts']).toContainEqual(
      expect.objectContaining({
        code: 'clerk-4',
        oidc: { issuer: provider.issuer, subject: 'subject-4' },
      }),
    );
    await bind('clerk-4', null);
    expect(await enter('subject-4')).toEqual(refusedAs('not-bound'));
  });
});

describe('a provider that does not answer', () => {
  it('is told as such, on the way there and on the way back; passwords go on working', async () => {
    const last = await identityProvider(`${origin}${callback}`);
    const config = { ...city.config, origin, oidc: last.config };
    const other = officeOver({ ...city, config });
    const begun = await other.ask('GET', '/session/oidc');
    const query = await last.walk(String(begun.body['address']), 'subject-1');
    await last.stop();
    const reply = await other.app.request(`${callback}${query}`, {
      headers: { cookie: begun.cookie! },
    });
    expect(reply.headers.get('location')).toBe('/office/?refused=accounts.provider-down');
    const never = officeOver({ ...city, config });
    const refused = await never.ask('GET', '/session/oidc');
    expect([refused.status, refused.body.code]).toEqual([503, 'accounts.provider-down']);
    expect((await never.givePassword('clerk-1')).status).toBe(200);
    const none = await officeOver(city).ask('GET', '/session/oidc');
    expect([none.status, none.body.code]).toEqual([404, 'accounts.no-such-way']);
  });
});
