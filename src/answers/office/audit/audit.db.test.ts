/** The audit over HTTP: what happened, who did what, and whether it still stands as it was committed to. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  start,
  trade,
  units,
} from '../../../../tests/office/reading-city.ts';
import { logDepsOf, logFolder } from '../../../app/log.ts';
import { type Sql, sql } from '../../../platform/db/index.ts';
import { withSequencer } from '../../../trust/transparency-log/index.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let audit: Who;
beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  city.config.clock.set(start);
  await office.account('audit-1', ['audit-administrator']);
  ({ who: audit } = await office.enter('audit-1'));
});
afterAll(() => city.drop());

type Line = { id: string; at: string; kind: string; account: string; object: string };
type Proof = { row: string; log: string; position: number | null; since: string | null };

const get = (path: string, who = audit) => office.ask('GET', path, { who });
const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString();

async function events(parts: Record<string, string>) {
  const { status, body } = await get(`/security-events?${query(parts)}`);
  expect([status, body]).toMatchObject([200, {}]);
  return body as unknown as {
    events: (Line & { unknownAccount: boolean; facts: { name: string; value: string }[] })[];
    next: string | null;
  };
}

async function acts(parts: Record<string, string>) {
  const { status, body } = await get(`/acts?${query(parts)}`);
  expect([status, body]).toMatchObject([200, {}]);
  return body as unknown as { acts: Line[]; next: string | null };
}

async function proofOf(id: string): Promise<Proof> {
  const { status, body } = await get(`/acts/${id}`);
  expect([status, body]).toMatchObject([200, {}]);
  return body['proof'] as Proof;
}

/** What nobody but the owner of the database can do: with its triggers out of the way. */
async function owner(statement: Sql): Promise<void> {
  await city.database.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(statement);
  });
}

async function takeAll(): Promise<void> {
  await withSequencer(logDepsOf(city), async (sequencer) => {
    while (must(await sequencer.take()) > 0);
  });
}

describe('security events', () => {
  it('tell a denial a moment later, with its route, its account and the reason', async () => {
    const who = await made.signedIn('ev-clerk', 'own', 'data-clerk');
    expect((await get('/acts', who)).body.code).toBe('door.not-permitted');
    const found = await events({ kind: 'denied', account: 'ev-clerk' });
    expect(found.events).toMatchObject([{ kind: 'denied', route: 'GET /acts' }]);
    expect(found.events[0]!.facts).toEqual([{ name: 'code', value: 'door.not-permitted' }]);
    const dayAfter = { from: '2026-06-02', to: '2026-06-03' };
    expect((await events({ kind: 'denied', ...dayAfter })).events).toEqual([]);
    expect((await events({ to: '2026-06-01', account: 'ev-clerk' })).events.length).toBeGreaterThan(
      1,
    );
  });

  it('do not tell what was typed at the door when it is no account: it may be a password', async () => {
    await office.givePassword('my secret password 1');
    const { events: found } = await events({ kind: 'sign-in-refused' });
    expect(found[0]).toMatchObject({ account: null, unknownAccount: true });
    expect(JSON.stringify(found)).not.toContain('secret password');
  });

  it('come page by page, each once, the newest first', async () => {
    for (let no = 0; no < 120; no += 1) await office.ask('GET', '/acts');
    const all: Line[] = [];
    let after: string | null = '';
    for (let pages = 0; after !== null && pages < 20; pages += 1) {
      const page = await events(after === '' ? {} : { after });
      all.push(...page.events);
      after = page.next;
    }
    const [counted] = await city.database.query<{ count: number }>(
      sql`select count(*)::int as count from audit.event`,
    );
    expect(counted!.count).toBeGreaterThan(120);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBe(counted!.count);
    const order = all.map(({ at, id }) => `${at} ${id}`);
    expect(order).toEqual([...order].sort().reverse());
  });

  it('are not looked for by the number or name of a person, nor over a period that ends before it begins', async () => {
    for (const [path, code] of [
      ['/security-events?account=13800138000', 'http.bad-request'],
      ['/security-events?account=张三', 'http.bad-request'],
      ['/acts?object=subject:11010519491231002X', 'access.query-personal'],
      ['/acts?unit=11010519491231002X', 'access.query-personal'],
      ['/acts?after=somewhere', 'access.bad-page'],
      ['/acts?from=2026-06-02&to=2026-06-01', 'audit.bad-period'],
      ['/acts?from=2024-06-02&to=2026-06-01', 'audit.bad-period'],
      ['/acts/00000000-0000-7000-8000-000000000000', 'audit.no-such-act'],
    ] as const) {
      expect([path, (await get(encodeURI(path))).body.code]).toEqual([path, code]);
    }
  });
});

describe('acts', () => {
  it('are found by kind, account, unit, object and day', async () => {
    const of = async (parts: Record<string, string>) => (await acts(parts)).acts;
    const registered = await of({ kind: 'units.register' });
    expect(registered).toMatchObject([{ account: 'operator-a', object: 'units' }]);
    expect(await of({ kind: 'units.register', account: 'operator-b' })).toEqual([]);
    expect((await of({ unit: 'operator' })).length).toBeGreaterThan(3);
    expect(await of({ unit: units.own.code })).toEqual([]);
    const [received] = await of({ kind: 'collection.receive' });
    const same = await of({ object: received!.object });
    expect(same.map(({ id }) => id)).toContain(received!.id);
    expect(new Set(same.map(({ object }) => object))).toEqual(new Set([received!.object]));
    expect(await of({ kind: 'collection.receive', from: '2031-01-01' })).toEqual([]);
  });

  it('say why and on what, and of other people’s business no more than that there was something', async () => {
    const reviewer = await made.signedIn('act-reviewer', 'sibling', 'case-reviewer');
    const body = {
      ...{ purpose: 'inspection', matter: '样检〔2026〕7号', toldFrom: '2026-06-20' },
      ...{ provision: 'sample-inspection-rules#9', reason: '检查开始前告知将妨碍检查' },
    };
    const path = `/subjects/${made.idOf(food.code)}/deferrals`;
    expect((await office.ask('POST', path, { who: reviewer, body })).status).toBe(200);
    const [deferred] = (await acts({ kind: 'access.defer' })).acts;
    const told = (await get(`/acts/${deferred!.id}`)).body;
    expect(told).toMatchObject({
      ...{ reason: body.reason, provision: { pointer: body.provision }, firstAct: null },
      facts: expect.arrayContaining([{ name: 'matter', value: null }]) as unknown,
    });
    expect(JSON.stringify(told)).not.toContain('样检');
    const [units] = (await acts({ kind: 'units.register' })).acts;
    expect((await get(`/acts/${units!.id}`)).body['facts']).toEqual([
      { name: 'units', value: '4' },
    ]);
  });

  it('wait until the log takes them, and are then proven at their place', async () => {
    const [one] = (await acts({ kind: 'units.register' })).acts;
    expect(await proofOf(one!.id)).toMatchObject({
      ...{ row: 'unchanged', log: 'waiting', position: null, since: one!.at },
    });
    await takeAll();
    const [placed] = await city.database.query<{ position: number }>(sql`
      select position::int as position from transparency_log.commitment where object_id = ${one!.id}`);
    expect(await proofOf(one!.id)).toMatchObject({
      ...{ row: 'unchanged', log: 'shown', position: placed!.position, since: null },
    });
  });

  it('that the owner of the database changed are told, with their place in the log', async () => {
    const [one] = (await acts({ kind: 'subjects.import' })).acts;
    const before = await proofOf(one!.id);
    expect(before).toMatchObject({ row: 'unchanged', log: 'shown' });
    await owner(sql`update audit.act set account = 'operator-b' where id = ${one!.id}`);
    expect(await proofOf(one!.id)).toMatchObject({
      ...{ row: 'altered', log: 'shown', position: before.position },
    });
    // A second commitment that fits the changed row changes nothing: the first one counts.
    await owner(sql`
      insert into transparency_log.commitment (id, kind, object_id, commitment, at)
      select gen_random_uuid(), 'act', object_id, sha256('later'), at
      from transparency_log.commitment where object_id = ${one!.id}`);
    expect(await proofOf(one!.id)).toMatchObject({ row: 'altered', position: before.position });
    await owner(sql`update audit.act set account = 'operator-a' where id = ${one!.id}`);
    expect(await proofOf(one!.id)).toMatchObject({ row: 'unchanged' });
  });

  it('of which the commitment was changed too do not fit what was shown; put in past the door, they have none', async () => {
    const [one] = (await acts({ kind: 'collection.finish' })).acts;
    await owner(sql`
      update transparency_log.commitment set commitment = sha256('other')
      where object_id = ${one!.id}`);
    expect(await proofOf(one!.id)).toMatchObject({ row: 'altered', log: 'differs' });
    const [receive] = (await acts({ kind: 'collection.receive' })).acts;
    await owner(sql`
      insert into audit.act (id, at, kind, account, unit, position, reason, trace_id, object, detail, salt)
      select '01900000-0000-7000-8000-00000000abcd', at, kind, account, unit, position, reason,
             trace_id, object, detail, salt from audit.act where id = ${receive!.id}`);
    expect(await proofOf('01900000-0000-7000-8000-00000000abcd')).toMatchObject({
      ...{ row: 'uncommitted', log: 'absent', position: null },
    });
    rmSync(resolve(logFolder(city.config.varDir), 'tile'), { recursive: true });
    expect(await proofOf(receive!.id)).toMatchObject({ row: 'unchanged', log: 'unread' });
  });
});

describe('quotas', () => {
  it('are told with what each unit used today: how many, never of whom', async () => {
    const one = await made.signedIn('quota-1', 'own', 'case-officer');
    const two = await made.signedIn('quota-2', 'own', 'case-officer');
    const read = (who: Who, subject: string) => {
      const body = { subject, purpose: 'duty', matter: '样例-9' };
      return office.ask('POST', '/readings', { who, body });
    };
    for (const [who, subject] of [
      [one, food.code],
      [one, trade.code],
      [one, food.code],
      [two, food.code],
    ] as const) {
      expect((await read(who, subject)).status).toBe(200);
    }
    const { body } = await get('/quotas');
    const { quotas } = body as unknown as { quotas: { purpose: string; units: object[] }[] };
    const duty = quotas.find(({ purpose }) => purpose === 'duty')!;
    expect(duty).toMatchObject({ inForce: true });
    expect(duty.units).toEqual([
      {
        ...{ unit: { code: units.own.code, name: '样例own' } },
        ...{ accounts: 2, subjects: 3, most: 2 },
      },
    ]);
    for (const word of [food.code, food.name, made.idOf(food.code), 'quota-1', '样例-9']) {
      expect(JSON.stringify(body)).not.toContain(word);
    }
  });
});
