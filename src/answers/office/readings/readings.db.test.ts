/** Restricted reading over HTTP: ground, reach, fields, quota, telling later. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestInstallation } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  type UnitName,
  food,
  must,
  readingCity,
  start,
  trade,
  units,
} from '../../../../tests/office/reading-city.ts';
import { sampleOrganisationCode, sampleUscc } from '../../../app/sample-city/codes.ts';
import type { Instant } from '../../../kernel/day.ts';
import { sql } from '../../../platform/db/index.ts';
import { enterReading, permitFor } from '../../../trust/access/index.ts';
import { accessDeps } from '../index.ts';
import { journalOf } from './service.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
});
afterAll(() => city.drop());

const read = (who: Who, body: object) =>
  office.ask('POST', '/readings', { who, body: { subject: food.code, ...body } });

describe('restricted reading', () => {
  const positions = ['data-clerk', 'centre-officer', 'case-officer'] as const;
  const who = new Map<string, Who>();
  beforeAll(async () => {
    city.config.clock.set(start);
    for (const name of Object.keys(units) as UnitName[]) {
      for (const position of positions) {
        const code = `${position}-${name}`;
        who.set(code, await made.signedIn(code, name, position));
      }
    }
  });

  it('reaches, by position, unit and purpose, exactly what the table says that was reviewed by hand', async () => {
    // Documents 1: own unit, 2: a unit of the same district, 3: of another district. '–': denied.
    const table: readonly [string, string, string][] = [
      ['data-clerk-own', 'source-check', '1'],
      ['data-clerk-sibling', 'source-check', '2'],
      ['data-clerk-centre', 'source-check', ''],
      ['data-clerk-own', 'duty', '–'],
      ['data-clerk-own', 'quality-check', '–'],
      ['centre-officer-own', 'quality-check', '12'],
      ['centre-officer-foreign', 'quality-check', '3'],
      ['centre-officer-centre', 'quality-check', '123'],
      ['centre-officer-centre', 'source-check', '–'],
      ['centre-officer-centre', 'duty', '–'],
      ['case-officer-own', 'objection', '1'],
      ['case-officer-sibling', 'objection', '2'],
      ['case-officer-foreign', 'repair', '3'],
      ['case-officer-centre', 'repair', ''],
      ['case-officer-foreign', 'duty', '123'],
      ['case-officer-centre', 'procedure', '123'],
      ['case-officer-own', 'inspection', '123'],
      ['case-officer-own', 'no-such', '–'],
    ];
    for (const [account, purpose, expected] of table) {
      const { body, status } = await read(who.get(account)!, { purpose, matter: '样例-1' });
      const records = (body['records'] ?? []) as { documentNumber: string }[];
      const found =
        status === 200
          ? records
              .map(({ documentNumber }) => /〕(\d)号/.exec(documentNumber)![1])
              .sort()
              .join('')
          : '–';
      expect([account, purpose, found]).toEqual([account, purpose, expected]);
    }
  });

  it('denied stands in the audit, with its purpose', async () => {
    const before = (await office.events('denied')).length;
    await read(who.get('data-clerk-own')!, { purpose: 'duty', matter: '样例-1' });
    const events = await office.events('denied');
    expect(events.length - before).toBe(1);
    const own = events.filter(({ account }) => account === 'data-clerk-own');
    expect(own.map(({ route }) => route)).toContain('POST /readings');
  });

  it('has no ground, and opens nothing, on a day its provision is not in force', async () => {
    city.config.clock.set('2025-07-31T02:00:00.000Z' as Instant);
    await city.refresh();
    await office.account('early-1', ['case-officer']);
    const { who: early } = await office.enter('early-1');
    expect(await read(early, { purpose: 'duty', matter: '样例-1' })).toMatchObject({
      ...{ status: 403, body: { code: 'access.no-basis' } },
    });
    city.config.clock.set(start);
    await city.refresh();
  });

  it('shows the fields of its purpose, and of persons none', async () => {
    const asked = { matter: '样例-1' };
    const ofClerk = await read(who.get('data-clerk-own')!, { ...asked, purpose: 'source-check' });
    const ofDuty = await read(who.get('case-officer-own')!, { ...asked, purpose: 'procedure' });
    type Fields = { records: { documentNumber: string; fields: { id: string }[] }[] };
    const fieldsOf = ({ body }: typeof ofClerk) =>
      (body as unknown as Fields).records
        .find(({ documentNumber }) => documentNumber.includes('1号'))!
        .fields.map(({ id }) => id);
    expect(fieldsOf(ofClerk)).toEqual(expect.arrayContaining(fieldsOf(ofDuty)));
    expect(JSON.stringify([ofClerk.body, ofDuty.body])).not.toContain('样例人');
  });

  it('is not done by the number of a person, nor without the number of the matter', async () => {
    const officer = who.get('case-officer-own')!;
    const asked = { purpose: 'duty', matter: '样例-1' };
    const codes = [];
    for (const more of [
      { subject: '11010519491231002X' },
      { subject: sampleUscc('91', sampleOrganisationCode('MA', 99)) },
      { matter: null },
      { matter: '联系电话13800138000' },
    ]) {
      codes.push((await read(officer, { ...asked, ...more })).body.code);
    }
    expect(codes).toEqual([
      'access.query-personal',
      'access.no-such-subject',
      'access.matter-needed',
      'access.matter-personal',
    ]);
  });

  it('says with each answer what is left today; a subject opened again costs nothing', async () => {
    const officer = await made.signedIn('quota-1', 'own', 'case-officer');
    const asked = { purpose: 'duty', matter: '样例-2' };
    expect((await read(officer, asked)).body['left']).toBe(99);
    expect((await read(officer, asked)).body['left']).toBe(99);
    expect((await read(officer, { ...asked, subject: trade.code })).body['left']).toBe(98);
    const purposes = (await office.ask('GET', '/purposes', { who: officer })).body['purposes'];
    const left = (purposes as { code: string; left: number; reach: string | null }[]).map(
      ({ code, reach, left: of }) => `${code} ${reach ?? '–'} ${of}`,
    );
    expect(left.sort()).toEqual([
      'duty all 98',
      'inspection all 50',
      'objection own 100',
      'procedure all 200',
      'quality-check – 0',
      'repair own 100',
      'source-check – 0',
    ]);
    const reply = await office.app.request('/api/office/v1/readings', {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', cookie: officer.cookie },
        'x-xinheng-csrf': officer.csrf,
      },
      body: JSON.stringify({ ...asked, subject: food.code }),
    });
    expect(reply.headers.get('ratelimit-policy')).toBe('"duty";q=100;w=86400');
    expect(reply.headers.get('ratelimit')).toBe('"duty";r=98;t=50400');
  });

  it('ends with the quota, however many ask at once, and begins anew on the next day', async () => {
    await made.account('many-1', 'own', 'case-officer');
    const deps = accessDeps(city);
    const reader = { account: 'many-1', unit: units.own.code, positions: ['case-officer'] };
    const permit = must(permitFor(deps.lawOn(), reader, { purpose: 'inspection', matter: 'A' }));
    const enter = (no: number) =>
      enterReading(deps, permit, {
        ...{ subjectId: `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`, seen: {} },
      });
    const results = await Promise.all(Array.from({ length: 60 }, (_, no) => enter(no)));
    const refused = results.filter(({ ok }) => !ok);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ refusal: { code: 'access.quota-used' } });
    // Many on one day, for one matter: told once for each sign.
    const unusual = await city.database.query(sql`
      select sign, counted from access.unusual where account = 'many-1' order by sign`);
    expect(unusual).toEqual([
      { sign: 'one-matter', counted: 11 },
      { sign: 'surge', counted: 20 },
    ]);
    expect((await office.events('unusual-reading')).map(({ account }) => account)).toEqual([
      'many-1',
      'many-1',
    ]);
    made.later(24 * 60);
    expect((await enter(99)).ok).toBe(true);
    city.config.clock.set(start);
  });
});

describe('telling later', () => {
  const matter = '样例检查-7';
  const defer = (who: Who, body: object) =>
    office.ask('POST', `/subjects/${made.idOf(trade.code)}/deferrals`, {
      who,
      body: {
        ...{ purpose: 'inspection', matter, provision: 'sample-inspection-rules#9' },
        ...{ toldFrom: '2026-06-20', reason: '检查开始前告知将妨碍检查', ...body },
      },
    });

  it('is decided by a reviewer on a ground, for a set day, once; it is an act', async () => {
    city.config.clock.set(start);
    const reviewer = await made.signedIn('reviewer-1', 'own', 'case-reviewer');
    const codes = [];
    for (const more of [
      { purpose: 'duty' },
      { provision: 'government-data-sharing-regulations#20' },
      { toldFrom: '2026-07-02' },
      { toldFrom: '2026-06-01' },
    ]) {
      codes.push((await defer(reviewer, more)).body.code);
    }
    expect(codes).toEqual([
      'access.not-deferrable',
      'access.no-ground',
      'access.deferred-too-long',
      'access.deferred-to-the-past',
    ]);
    expect((await defer(reviewer, {})).status).toBe(200);
    expect((await defer(reviewer, { toldFrom: '2026-06-25' })).body.code).toBe(
      'access.already-deferred',
    );
    const acts = await city.database.query(sql`
      select account, provision from audit.act where kind = 'access.defer'`);
    expect(acts).toEqual([{ account: 'reviewer-1', provision: 'sample-inspection-rules#9' }]);
  });

  it('keeps the entry from the subject until that day, then shows it with its ground; never what the reviewer reads', async () => {
    const officer = await made.signedIn('inspector-1', 'own', 'case-officer');
    const reviewer = await made.signedIn('reviewer-2', 'own', 'case-reviewer');
    expect((await defer(reviewer, { matter: '样例检查-8' })).status).toBe(200);
    const asked = { subject: trade.code, purpose: 'inspection' };
    const quiet = await read(officer, { ...asked, matter: '样例检查-8' });
    expect(quiet.body['toldFrom']).toBe('2026-06-20');
    const loud = await read(reviewer, { ...asked, matter: '样例检查-8' });
    expect(loud.body['toldFrom']).toBe(null);
    const auditor = await made.signedIn('auditor-1', 'centre', 'auditor');
    const entries = async () => {
      const path = `/subjects/${made.idOf(trade.code)}/journal`;
      const { body } = await office.ask('GET', path, { who: auditor });
      return body['entries'] as { reading: string; told: object | null }[];
    };
    const named = async () => (await entries()).map(({ reading }) => reading);
    expect(await named()).toContain(loud.body['reading']);
    expect(await named()).not.toContain(quiet.body['reading']);
    city.config.clock.set('2026-06-19T15:59:59.000Z' as Instant);
    const last = must(await journalOf(city, made.idOf(trade.code), undefined));
    expect(last.entries.map(({ reading }) => reading)).not.toContain(quiet.body['reading']);
    city.config.clock.set('2026-06-19T16:00:00.000Z' as Instant);
    const told = must(await journalOf(city, made.idOf(trade.code), undefined));
    expect(told.entries.find(({ reading }) => reading === quiet.body['reading'])).toMatchObject({
      told: { from: '2026-06-20', ground: { pointer: 'sample-inspection-rules#9' } },
    });
    city.config.clock.set(start);
  });
});
