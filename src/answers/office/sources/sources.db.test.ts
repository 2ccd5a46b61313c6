/** Sources, figures and bulletins over HTTP: the centre sees all of its place, a unit its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation, collectText } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  must,
  readingCity,
  start,
  units,
} from '../../../../tests/office/reading-city.ts';
import { penaltyCsv } from '../../../../tests/penalties.ts';
import { recordDuties } from '../../../intake/collection/index.ts';
import { day } from '../../../kernel/day.ts';
import { operatorA } from '../../../../tests/installation.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let officer: Who;
let reviewer: Who;
let clerk: Who;
let district: Who;

const get = (who: Who, path: string) => office.ask('GET', path, { who });
const post = (who: Who, path: string, body: object) => office.ask('POST', path, { who, body });
const later = '2026-07-03T02:00:00.000Z' as typeof start;

beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  city.config.clock.set(start);
  const duty = { item: 'penalty', from: day('2026-01-01'), owes: true, ground: '样例任务书' };
  const ofUnits = [units.own, units.foreign].map(({ code }) => ({ ...duty, provider: code }));
  must(await recordDuties(city.collection(), ofUnits, operatorA));
  const wrong = { 行政处罚决定书文号: '样罚〔2026〕77号', 处罚决定日期: '2026/02/30' };
  must(await collectText(city, penaltyCsv([wrong]), { item: 'penalty', provider: units.own.code }));
  city.config.clock.set(later);
  officer = await made.signedIn('so-officer', 'centre', 'centre-officer');
  reviewer = await made.signedIn('so-reviewer', 'centre', 'centre-reviewer');
  clerk = await made.signedIn('so-clerk', 'own', 'data-clerk');
  district = await made.signedIn('so-district', 'own', 'centre-officer');
});
afterAll(() => city.drop());

type Source = {
  unit: { code: string };
  state: string;
  lastMonth: { rows: number; rejected: number };
};

describe('sources', () => {
  const codesOf = async (who: Who) => {
    const { sources } = (await get(who, '/sources')).body as unknown as { sources: Source[] };
    return [...new Set(sources.map(({ unit }) => unit.code))].sort();
  };

  it('are those of one’s unit for a clerk, of the district for its centre, and all for the city’s', async () => {
    expect(await codesOf(clerk)).toEqual([units.own.code]);
    expect(await codesOf(district)).toEqual([units.own.code, units.sibling.code].sort());
    expect(await codesOf(officer)).toEqual(
      [units.own.code, units.sibling.code, units.foreign.code].sort(),
    );
  });

  it('tell the rows of the month before and how many of them were given back', async () => {
    const { body } = await get(officer, '/sources');
    const own = (body['sources'] as Source[]).find(({ unit }) => unit.code === units.own.code)!;
    expect(own.lastMonth).toMatchObject({ period: '2026-06', rejected: 1 });
    const one = await get(officer, `/sources/${units.own.code}`);
    expect(one.status).toBe(200);
    expect(one.body['months']).toMatchObject([{ item: 'penalty', period: '2026-06', rejected: 1 }]);
    const batches = (await get(officer, `/sources/${units.own.code}/batches`)).body['batches'];
    expect((batches as unknown[]).length).toBeGreaterThan(1);
  });

  it('of another unit are refused, and the denial is an event', async () => {
    const before = (await office.events('denied')).length;
    const codes = [];
    for (const path of [
      `/sources/${units.foreign.code}`,
      `/sources/${units.foreign.code}/batches`,
      `/quality/2026-06?unit=${units.foreign.code}`,
      `/quality/2026-06/rows?unit=${units.foreign.code}&figure=received`,
    ]) {
      codes.push((await get(clerk, path)).body.code, (await get(district, path)).body.code);
    }
    expect(new Set(codes)).toEqual(new Set(['office.not-your-unit']));
    expect((await office.events('denied')).length - before).toBe(8);
    expect((await get(officer, '/sources/no-such-unit')).body.code).toBe('office.no-such-unit');
  });
});

describe('figures of a month', () => {
  type Line = { unit: { code: string }; figures: Record<string, { state: string }> };

  it('are three-valued, within reach, and open down to rows', async () => {
    const { body } = await get(clerk, '/quality/2026-06');
    const lines = body['sources'] as Line[];
    expect(new Set(lines.map(({ unit }) => unit.code))).toEqual(new Set([units.own.code]));
    expect(lines[0]!.figures['reporting']!.state).toBe('UNKNOWN');
    expect(lines[0]!.figures['compliance']!.state).toBe('value');
    const rows = await get(clerk, `/quality/2026-06/rows?unit=${units.own.code}&figure=rejected`);
    expect(rows.body['rows']).toHaveLength(1);
    const all = (await get(officer, '/quality/2026-06')).body['sources'] as Line[];
    expect(all.map(({ unit }) => unit.code)).toContain(units.foreign.code);
    expect((await get(officer, '/quality/2026-13')).body.code).toBe('quality.bad-period');
    expect((await get(officer, '/quality/2026-06/alerts')).status).toBe(200);
  });
});

describe('the bulletin', () => {
  type Action = { action: string; allowed: boolean; why: { code: string } | null };
  const actionsOf = async (who: Who) =>
    Object.fromEntries(
      ((await get(who, '/bulletins/2026-06')).body['actions'] as Action[]).map((one) => [
        one.action,
        one.allowed ? 'may' : one.why!.code,
      ]),
    );
  const step = (action: string) =>
    post(officer, '/bulletins/2026-06/steps', { action, reason: '' });
  const decide = (who: Who, action: string) =>
    post(who, '/bulletins/2026-06/decisions', { action, reason: '期满' });

  it('is drafted and sent by one officer and published by another once departments had their days', async () => {
    expect(await actionsOf(officer)).toEqual({ draft: 'may' });
    expect(await actionsOf(reviewer)).toEqual({ draft: 'workflow.not-your-step' });
    expect((await step('draft')).body).toMatchObject({ state: 'drafted', edition: 1 });
    expect((await step('draft')).body.code).toBe('bulletin.already-open');
    expect((await step('send')).body['state']).toBe('sent');
    expect((await decide(reviewer, 'publish')).body.code).toBe('bulletin.window-open');
    expect(await actionsOf(reviewer)).toEqual({
      publish: 'bulletin.window-open',
      cancel: 'workflow.not-your-step',
    });
    city.config.clock.set('2026-07-20T02:00:00.000Z' as typeof start);
    const { who } = { who: await made.signedIn('so-reviewer-2', 'centre', 'centre-reviewer') };
    expect((await decide(who, 'publish')).body['state']).toBe('published');
    const again = await made.signedIn('so-officer-2', 'centre', 'centre-officer');
    const { body } = await get(again, '/bulletins/2026-06');
    expect(body['newest']).toMatchObject({ state: 'published', edition: 1 });
    expect((body['departments'] as unknown[]).length).toBeGreaterThan(0);
  });

  it('of the city is not opened by a district’s centre', async () => {
    const who = await made.signedIn('so-district-2', 'own', 'centre-officer');
    for (const path of ['/bulletins', '/bulletins/2026-06']) {
      expect((await get(who, path)).body.code).toBe('office.not-your-unit');
    }
    const sent = { action: 'draft', reason: 'x' };
    expect((await post(who, '/bulletins/2026-05/steps', sent)).body.code).toBe(
      'office.not-your-unit',
    );
    expect((await get(who, '/waiting-releases')).status).toBe(200);
  });
});
