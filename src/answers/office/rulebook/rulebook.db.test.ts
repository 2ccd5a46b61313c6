/** Law as data over HTTP: read, proposed by one person after a dry run, approved by another. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { TestInstallation } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import { type ReadingCity, readingCity, start } from '../../../../tests/office/reading-city.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let officer: Who;
let approver: Who;

const get = (who: Who, path: string) => office.ask('GET', path, { who });
const post = (who: Who, path: string, body: object) => office.ask('POST', path, { who, body });
type Action = { action: string; allowed: boolean; why: { code: string } | null };
const told = (actions: unknown) =>
  Object.fromEntries(
    (actions as Action[]).map(({ action, allowed, why }) => [action, allowed ? 'may' : why!.code]),
  );

// Where the nation's regime of penalties stands, and a new edition of it under which penalties are shown for half a year.
const regimeFile = new URL('../../../../rulebook/terms/penalty-ndrc-order-36.yaml', import.meta.url);

beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  city.config.clock.set(start);
  officer = await made.signedIn('rb-officer', 'centre', 'rulebook-officer');
  approver = await made.signedIn('rb-approver', 'centre', 'rulebook-approver');
});
afterAll(() => city.drop());

describe('editions', () => {
  it('are listed page by page with how each stands today, and opened with what they rest on', async () => {
    type Page = { editions: { key: string; standing: string }[]; next: string | null };
    const first = (await get(officer, '/rulebook/editions')).body as unknown as Page;
    expect(first.editions).toHaveLength(50);
    const second = (await get(officer, `/rulebook/editions?after=${encodeURIComponent(first.next!)}`))
      .body as unknown as Page;
    expect(second.editions[0]!.key > first.editions.at(-1)!.key).toBe(true);
    const roles = await get(officer, `/rulebook/edition?key=${encodeURIComponent('roles:roles@2026-12')}`);
    expect(roles.status).toBe(200);
    const comparison = roles.body['comparison'] as { against: string; differences: { path: string }[] };
    expect(comparison.against).toBe('roles:roles@2026');
    expect(comparison.differences.map(({ path }) => path).join()).toContain('access:defer');
    expect(told(roles.body['actions'])).toEqual({
      'propose-confirmation': 'rulebook.already-confirmed',
    });
    expect((await get(officer, '/rulebook/edition?key=x')).body.code).toBe('rulebook.no-such-edition');
  });
});

describe('a new edition', () => {
  const changed = () => {
    // Half a year less for everything that is shown for one.
    const text = readFileSync(regimeFile, 'utf8').replaceAll('months: 12, from', 'months: 6, from');
    return parse(text) as Record<string, unknown>;
  };

  it('that can not be read, or is not sound, is refused with its line', async () => {
    const codes = [];
    for (const text of ['a: [', 'kind: roles', `${stringify({ kind: 'regime' })}`]) {
      const sent = { text, reason: '试行' };
      codes.push((await post(officer, '/rulebook/proposals', sent)).body.code);
    }
    expect(new Set(codes)).toEqual(new Set(['rulebook.unreadable']));
    const both = await post(officer, '/rulebook/proposals', { reason: 'x' });
    expect(both.body.code).toBe('rulebook.edition-or-text');
  });

  it('is proposed by one person, rehearsed on what is stored, and approved by another', async () => {
    const old = changed();
    const text = stringify({
      ...{ ...old, edition: '2099-test', validFrom: '2026-05-01', status: 'in-force' },
      supersedes: old['edition'],
    });
    const proposed = await post(officer, '/rulebook/proposals', { text, reason: '样例修订' });
    expect([proposed.body.code, proposed.status]).toEqual([undefined, 200]);
    const id = String(proposed.body['proposalId']);
    expect((await post(officer, '/rulebook/proposals', { text, reason: 'x' })).body.code).toBe(
      'rulebook.already-proposed',
    );
    const path = `/rulebook/proposals/${id}`;
    expect(told((await get(officer, path)).body['actions'])).toEqual({
      ...{ approve: 'workflow.not-your-step', reject: 'workflow.not-your-step', withdraw: 'may' },
    });
    const seen = await get(approver, path);
    expect(told(seen.body['actions'])).toMatchObject({ approve: 'may', reject: 'may' });
    const comparison = seen.body['comparison'] as { differences: { path: string }[] };
    expect(comparison.differences.map((one) => one.path)).toEqual(
      expect.arrayContaining(['edition', 'validFrom']),
    );
    const rehearsal = await get(approver, `${path}/rehearsal`);
    expect(rehearsal.body).toMatchObject({ looked: 4, sample: false, on: '2026-06-01' });
    expect(rehearsal.body['changed']).toBe(4);
    expect(rehearsal.body['channels']).toMatchObject({
      show: { opened: 0, closed: 0, moved: 4 },
      report: { opened: 0, closed: 0 },
    });
    expect(JSON.stringify(rehearsal.body)).not.toContain('样罚');
    const own = await post(officer, `${path}/decisions`, { action: 'approve', reason: 'x' });
    expect(own.body.code).toBe('door.not-permitted');
    const done = await post(approver, `${path}/decisions`, { action: 'approve', reason: '已阅' });
    expect(done.body['state']).toBe('approved');
    expect(await city.refresh()).toBe(true);
    const key = encodeURIComponent(`regime:${String(old['id'])}@2099-test`);
    expect((await get(officer, `/rulebook/edition?key=${key}`)).body['line']).toMatchObject({
      ...{ standing: 'in-force', confirmedByTwo: true },
    });
    expect((await get(officer, `${path}x`)).body.code).toBe('http.bad-request');
  });
});
