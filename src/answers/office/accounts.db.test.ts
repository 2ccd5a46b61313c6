/** Accounts over HTTP: made by two persons, and every route held to the matrix that was reviewed by hand. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestInstallation, testInstallation } from '../../../tests/installation.ts';
import {
  type Office,
  type Who,
  officeOver,
  password,
  unit,
  whoOf,
} from '../../../tests/office/office-city.ts';
import { type Instant, day } from '../../kernel/day.ts';
import { type Result, assert } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import { beginAccounts } from '../../trust/accounts/index.ts';
import { exportedReadings } from '../../trust/access/index.ts';
import { type ExportLine, exportAudit, verifyAudit } from '../../trust/audit/index.ts';
import { accountDeps, officeRoutes } from './index.ts';

let city: TestInstallation;
let office: Office;
const start = '2026-06-01T02:00:00.000Z' as Instant;

beforeAll(async () => {
  city = await testInstallation();
  office = officeOver(city);
});
beforeEach(() => city.config.clock.set(start));
afterAll(() => city.drop());

function must<T>(result: Result<T>): T {
  assert(result.ok, JSON.stringify(result));
  return result.value;
}

describe('accounts', () => {
  const reason = '人员调整';
  let one: Who;
  let two: Who;
  beforeAll(async () => {
    city.config.clock.set(start);
    await office.account('security-1', ['security-administrator']);
    await office.account('security-2', ['security-administrator']);
    ({ who: one } = await office.enter('security-1'));
    ({ who: two } = await office.enter('security-2'));
  });

  const propose = (who: Who, code: string, positions: readonly string[]) =>
    office.ask('POST', `/accounts/${code}/changes`, {
      who,
      body: { wanted: { name: '样例新人', unit, positions }, reason },
    });
  const decide = (who: Who, change: unknown, confirm = true) =>
    office.ask('POST', `/accounts/changes/${String(change)}`, { who, body: { confirm, reason } });

  it('are made by two persons; the new one signs in with a one-time password and has to change it', async () => {
    const proposed = await propose(one, 'new-1', ['data-clerk']);
    expect(proposed.status).toBe(200);
    const { change } = proposed.body;
    expect((await decide(one, change)).body.code).toBe('door.same-person');
    const decided = await decide(two, change);
    expect(decided.status).toBe(200);
    const oneTime = String(decided.body['oneTime']);
    const first = await office.ask('POST', '/session', {
      body: { account: 'new-1', password: oneTime },
    });
    expect(first.body['state']).toBe('change-password');
    expect((await office.ask('POST', '/second-factor', { who: whoOf(first) })).body.code).toBe(
      'accounts.wrong-state',
    );
    const chosen = await office.ask('POST', '/password', {
      who: whoOf(first),
      body: { old: oneTime, password },
    });
    expect(chosen.body['state']).toBe('enrol');
    expect((await decide(two, change)).body.code).toBe('accounts.wrong-state');
  });

  it('never hold positions that are to be apart, nor the one of the program, nor an unknown one', async () => {
    expect((await propose(one, 'new-2', ['data-clerk', 'audit-administrator'])).body.code).toBe(
      'accounts.positions-apart',
    );
    expect((await propose(one, 'new-2', ['system'])).body.code).toBe('accounts.no-such-position');
    expect((await propose(one, 'new-2', ['mayor'])).body.code).toBe('accounts.no-such-position');
    expect((await propose(one, 'Neu', ['data-clerk'])).body.code).toBe('accounts.bad-code');
    expect((await propose(one, 'security-1', ['security-administrator'])).body.code).toBe(
      'accounts.own-account',
    );
    expect((await propose(one, 'new-3', ['data-clerk'])).status).toBe(200);
    expect((await propose(two, 'new-3', ['data-reviewer'])).body.code).toBe(
      'accounts.already-proposed',
    );
  });

  it('are disabled by one person at once, with every session', async () => {
    await office.account('clerk-11', ['data-clerk']);
    const { who } = await office.enter('clerk-11');
    const done = await office.ask('POST', '/accounts/clerk-11/disable', {
      who: one,
      body: { reason },
    });
    expect(done.status).toBe(200);
    expect((await office.ask('GET', '/session', { who })).status).toBe(401);
    expect(
      (await office.ask('POST', '/session', { body: { account: 'clerk-11', password } })).status,
    ).toBe(401);
  });

  it('are recovered by a reset: another password, another second factor, no lock; within a day', async () => {
    await office.account('clerk-12', ['data-clerk']);
    await office.enter('clerk-12');
    const reset = await office.ask('POST', '/accounts/clerk-12/reset', {
      who: one,
      body: { reason },
    });
    const oneTime = String(reset.body['oneTime']);
    expect(
      (await office.ask('POST', '/session', { body: { account: 'clerk-12', password } })).status,
    ).toBe(401);
    const body = { account: 'clerk-12', password: oneTime };
    expect((await office.ask('POST', '/session', { body })).body['state']).toBe('change-password');
    office.later(24 * 60);
    expect((await office.ask('POST', '/session', { body })).status).toBe(401);
  });

  it('begin with two security administrators, and only while there are none', async () => {
    const deps = accountDeps(city);
    const holders = ['first-1', 'first-2'].map((code) => ({ account: code, name: code }));
    expect(await beginAccounts(deps, unit, holders)).toMatchObject({
      refusal: { code: 'accounts.already-begun' },
    });
    const empty = await testInstallation();
    try {
      const own = accountDeps(empty);
      expect(await beginAccounts(own, unit, [holders[0]!, holders[0]!])).toMatchObject({
        refusal: { code: 'accounts.two-needed' },
      });
      expect(
        must(await beginAccounts(own, unit, holders)).map(({ account: code }) => code),
      ).toEqual(['first-1', 'first-2']);
    } finally {
      await empty.drop();
    }
  });
});

describe('every route of the office', () => {
  type Row = { readonly route: string; readonly allowed: readonly string[] };
  const matrix = JSON.parse(
    readFileSync(new URL('../../../tests/office-matrix.json', import.meta.url), 'utf8'),
  ) as { readonly routes: readonly Row[] };
  const fill = (path: string) =>
    path
      .replace('{account}', 'nobody-1')
      .replace('{change}', '00000000-0000-7000-8000-000000000000')
      .replace('{id}', '00000000-0000-7000-8000-000000000000');
  const bodies: Readonly<Record<string, object>> = {
    '/accounts/{account}/changes': {
      wanted: { name: '甲', unit, positions: ['data-clerk'] },
      reason: 'matrix',
    },
    '/accounts/changes/{change}': { confirm: false, reason: 'matrix' },
    '/accounts/{account}/disable': { reason: 'matrix' },
    '/accounts/{account}/reset': { reason: 'matrix' },
    '/session/code': { code: '123456' },
    '/second-factor/code': { code: '123456' },
    '/password': { old: 'x', password: 'y' },
    '/session': { account: 'nobody-1', password: 'x' },
  };
  const denials = new Set([
    'accounts.not-signed-in',
    'accounts.session-incomplete',
    'door.not-permitted',
  ]);
  const asked = (route: (typeof officeRoutes)[number], who?: Who) =>
    office.ask(route.method, fill(route.path), {
      ...(who === undefined ? {} : { who }),
      ...(route.method === 'GET' ? {} : { body: bodies[route.path] ?? {} }),
    });

  it('is in the matrix that was reviewed by hand, and nothing else is', () => {
    const names = officeRoutes.map(({ method, path }) => `${method} ${path}`).sort();
    expect(matrix.routes.map(({ route }) => route).sort()).toEqual(names);
  });

  it('lets in exactly the positions the matrix names; every denial is an event', async () => {
    city.config.clock.set(start);
    const positions = city.positions().filter(({ code }) => code !== 'system');
    const callers: [string, Who | undefined][] = [['nobody', undefined]];
    for (const [no, { code }] of positions.entries()) {
      const name = `matrix-${no}`;
      await office.account(name, [code]);
      callers.push([code, (await office.enter(name)).who]);
    }
    await office.account('matrix-half', ['data-clerk']);
    await office.enter('matrix-half');
    const half = await office.ask('POST', '/session', {
      body: { account: 'matrix-half', password },
    });
    callers.push(['half', whoOf(half)]);
    const before = (await office.events('denied')).length;
    let denied = 0;
    for (const route of officeRoutes) {
      const row = matrix.routes.find((one) => one.route === `${route.method} ${route.path}`)!;
      const let_in: string[] = [];
      for (const [position, who] of callers) {
        // A session that a route itself would end or change is not used up: its refusal is enough.
        const { body } = await asked(route, who);
        const isDenied = denials.has(body.code ?? '');
        // Let in, and denied another unit's: an event as well.
        if (isDenied || body.code === 'office.not-your-unit') denied += 1;
        if (!isDenied) let_in.push(position);
      }
      expect([row.route, let_in.sort()]).toEqual([row.route, [...row.allowed].sort()]);
    }
    expect((await office.events('denied')).length - before).toBe(denied);
  }, 300_000);

  it('is in the pack for auditors, which is made by the audit administrator alone, as an act', async () => {
    const auditor = { account: 'pack-1', unit, position: 'audit-administrator' };
    await office.account('pack-1', ['audit-administrator']);
    const period = { from: day('2026-06-01'), to: day('2026-06-02') };
    const asked = { actor: auditor, reason: '季度审计' };
    const lines: ExportLine[] = [];
    for await (const line of must(await exportAudit(city, period, asked, [exportedReadings])))
      lines.push(line);
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    const [counts] = await city.database.query<{ events: number }>(sql`
      select count(*)::int as events from audit.event
      where at >= '2026-06-01T00:00:00+08' and at < '2026-06-03T00:00:00+08'`);
    expect(of('event')).toHaveLength(counts!.events);
    expect(of('event').map(({ what }) => what)).toContain('denied');
    expect(of('act').map(({ what }) => what)).toEqual(
      expect.arrayContaining(['accounts.propose', 'accounts.confirm', 'audit.export']),
    );
    expect(of('position').length).toBeGreaterThan(10);
    expect(lines.at(-1)).toMatchObject({ kind: 'end', events: counts!.events, reading: 0 });
    expect(JSON.stringify(lines)).not.toContain('salt');
    const clerk = { account: 'matrix-0', unit, position: 'data-clerk' };
    expect(await exportAudit(city, period, { ...asked, actor: clerk })).toMatchObject({
      refusal: { code: 'door.not-permitted' },
    });
    const reversed = { from: period.to, to: period.from };
    expect(await exportAudit(city, reversed, asked)).toMatchObject({
      refusal: { code: 'audit.bad-period' },
    });
  });

  it('leaves an audit that holds', async () => {
    const found = await verifyAudit(city.database);
    expect(found).toMatchObject({ findings: [], missing: 0 });
    expect(found.rows['event']).toBeGreaterThan(100);
    await city.database.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`
        update audit.event set account = 'somebody-else'
        where id = (select id from audit.event where kind = 'denied' order by at, id limit 1)`);
    });
    expect((await verifyAudit(city.database)).findings).toMatchObject([
      { kind: 'altered', table: 'event' },
    ]);
    await expect(city.database.execute(sql`delete from audit.event`)).rejects.toThrow('kept');
  });
});
