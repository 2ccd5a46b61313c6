/** The queue over HTTP: what waits for whom, in which order, with which clock, and one matter of each kind. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type TestInstallation, collectText } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import type { Action, Line, Matter, Page } from '../../../../tests/office/queue-views.ts';
import {
  type ReadingCity,
  type UnitName,
  food,
  must,
  readingCity,
  units,
} from '../../../../tests/office/reading-city.ts';
import { penaltyCsv } from '../../../../tests/penalties.ts';
import { draftBulletin, sendBulletin } from '../../../intake/bulletin/index.ts';
import { drawSample, judgeRow } from '../../../intake/quality/index.ts';
import type { Actor } from '../../../kernel/act.ts';
import type { Instant } from '../../../kernel/day.ts';
import { sql } from '../../../platform/db/index.ts';
import { queueNeeds } from './contract.ts';
import { queueSources } from './service-sources.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let officer: Who;
let reviewer: Who;
let district: Who;
let clerk: Who;
let ownReviewer: Who;
let auditor: Who;
// A Monday; releases are demanded of the sample city since October.
const now = '2026-11-16T02:00:00.000Z' as Instant;

const queue = async (who: Who, query = '') =>
  (await office.ask('GET', `/queue${query}`, { who })).body as unknown as Page;
const open = (who: Who, kind: string, id: string) =>
  office.ask('GET', `/queue/${kind}/${id}`, { who });
const matter = async (who: Who, kind: string, id: string) =>
  (await open(who, kind, id)).body as unknown as Matter;
const post = (who: Who, path: string, body: object) => office.ask('POST', path, { who, body });
const told = (actions: readonly Action[]) =>
  Object.fromEntries(
    actions.map(({ action, allowed, why }) => [action, allowed ? 'may' : why!.code]),
  );
const numbers = async (who: Who, query = '') =>
  (await queue(who, query)).waiting.map(({ kind, id }) => `${kind.code} ${id}`);

async function send(name: UnitName, number: string, more: Record<string, string> = {}) {
  const { code } = units[name];
  const row = {
    ...{ 行政相对人名称: food.name, '行政相对人代码_1(统一社会信用代码)': food.code },
    ...{ 行政处罚决定书文号: number, 处罚机关统一社会信用代码: code },
    ...{ 数据来源单位统一社会信用代码: code, 处罚决定日期: '2026/11/13' },
    ...more,
  };
  const sent = await collectText(city, penaltyCsv([row]), { item: 'penalty', provider: code });
  return must(sent).batch.batchId;
}

async function doubtful(name: UnitName, number: string): Promise<string> {
  await send(name, number, { 行政相对人名称: '样例食品公司' });
  const [row] = await city.database.query<{ id: string }>(sql`
    select review_id as id from collection.held_row
    where prepared ->> 'documentNumber' = ${number}`);
  return row!.id;
}

const deps = () => {
  const { database, clock, rulebook, door, config } = city;
  return { database, clock, rulebook, door, place: config.jurisdiction };
};
const actor = (account: string, position: string): Actor => ({
  ...{ account, position, unit: units.centre.code },
});

const ids: Record<string, string> = {};
/** The month in which the city's first deliveries came. */
let month: string;

beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  month = city.clock.today().slice(0, 7);
  city.config.clock.set(now);
  officer = await made.signedIn('qu-officer', 'centre', 'centre-officer');
  reviewer = await made.signedIn('qu-reviewer', 'centre', 'centre-reviewer');
  district = await made.signedIn('qu-district', 'own', 'centre-reviewer');
  clerk = await made.signedIn('qu-clerk', 'own', 'data-clerk');
  ownReviewer = await made.signedIn('qu-own', 'own', 'data-reviewer');
  auditor = await made.signedIn('qu-auditor', 'centre', 'auditor');
  ids['own'] = await doubtful('own', '样罚〔2026〕11号');
  made.later(1);
  ids['foreign'] = await doubtful('foreign', '样罚〔2026〕12号');
});
afterAll(() => city.drop());

describe('the queue', () => {
  it('has a source for every permission of its menu entry, and no other', () => {
    const needs = queueSources.flatMap((source) => source.needs);
    expect([...new Set(needs)].sort()).toEqual([...queueNeeds].sort());
    const known = city.positions().flatMap(({ permissions }) => permissions);
    expect(queueNeeds.filter((one) => !known.includes(one))).toEqual([]);
  });

  it('shows to each position its own kinds, and what it can bring forward; to an auditor nothing', async () => {
    expect(await numbers(officer, '?kind=link-review')).toEqual([
      `link-review ${ids['own']}`,
      `link-review ${ids['foreign']}`,
    ]);
    // The second person has nothing to do until the first one proposes.
    expect(await numbers(reviewer, '?kind=link-review')).toEqual([]);
    const all = await queue(reviewer, '?kind=link-review&show=all');
    expect(all.waiting.map(({ mine }) => mine)).toEqual([false, false]);
    expect(told(all.waiting[0]!.actions)).toMatchObject({
      'propose-link': 'workflow.not-your-step',
    });
    // In words, not in codes.
    expect(all.waiting[0]!.actions[0]!.why!.zh).toContain(
      '“提议关联”须由以下岗位办理：信用中心经办',
    );
    const none = await queue(auditor);
    expect([none.waiting, none.kinds, none.next]).toEqual([[], [], null]);
    expect((await office.ask('GET', '/queue?kind=link-review', { who: auditor })).body.code).toBe(
      'queue.no-such-kind',
    );
    expect((await office.ask('GET', '/queue?after=x', { who: officer })).body.code).toBe(
      'queue.bad-page',
    );
  });

  it('of a district’s centre has its district only; of a unit its own deliveries only', async () => {
    expect(await numbers(district, '?show=all&kind=link-review')).toEqual([
      `link-review ${ids['own']}`,
    ]);
    expect((await numbers(clerk)).every((line) => line.startsWith('release '))).toBe(true);
  });
});

describe('a doubtful link in the queue', () => {
  it('goes from the first person to the second, who reads who did what and who may not confirm', async () => {
    const id = ids['own']!;
    const body = { action: 'propose-link', subject: made.idOf(food.code), reason: '核对登记证照' };
    expect((await post(officer, `/link-reviews/${id}/proposals`, body)).status).toBe(200);
    expect(await numbers(officer, '?kind=link-review')).not.toContain(`link-review ${id}`);
    expect(await numbers(reviewer, '?kind=link-review')).toEqual([`link-review ${id}`]);
    const seen = await matter(reviewer, 'link-review', id);
    expect(seen).toMatchObject({
      ...{ done: false, mine: true, due: null, page: `/links/${id}` },
      state: { code: 'link-proposed' },
    });
    expect(told(seen.actions)).toEqual({ confirm: 'may', 'send-back': 'may' });
    expect(seen.timeline.map(({ what, account }) => [what.zh, account])).toEqual([
      ['收到这一行', null],
      ['转人工复核', null],
      ['提议关联', 'qu-officer'],
    ]);
    expect(seen.timeline.at(-1)).toMatchObject({
      ...{ reason: '核对登记证照', unit: { code: units.centre.code } },
    });
    expect(seen.barred.map(({ account, step, why }) => [account, step.zh, why.zh])).toEqual([
      ['qu-officer', '确认关联', '办理“提议关联”的人不能再办理“确认关联”，请换另一人。'],
    ]);
    expect(told((await matter(officer, 'link-review', id)).actions)).toEqual({
      ...{ confirm: 'workflow.not-your-step', 'send-back': 'may' },
    });
    made.later(1);
    const decision = { action: 'confirm', reason: '无误' };
    expect((await post(reviewer, `/link-reviews/${id}/decisions`, decision)).status).toBe(200);
    expect(await numbers(reviewer, '?kind=link-review&show=all')).not.toContain(
      `link-review ${id}`,
    );
    const done = await matter(reviewer, 'link-review', id);
    expect([done.done, done.actions, done.barred]).toEqual([true, [], []]);
    expect(done.timeline.at(-1)).toMatchObject({
      what: { zh: '确认关联' },
      account: 'qu-reviewer',
    });
  });

  it('of another district, of another unit or of another position is answered like none; the denial is an event', async () => {
    const before = (await office.events('denied')).length;
    const never = '00000000-0000-7000-8000-000000000000';
    const answers = [];
    for (const [who, kind, id] of [
      [district, 'link-review', ids['foreign']!],
      [auditor, 'link-review', ids['foreign']!],
      [district, 'link-review', never],
      [officer, 'no-such-kind', never],
    ] as const) {
      const { status, body } = await open(who, kind, id);
      answers.push([status, body.code, String(body['title']).replace(id, '')]);
    }
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]!.slice(0, 2)).toEqual([404, 'queue.no-such-case']);
    expect((await office.events('denied')).length - before).toBe(2);
  });
});

describe('a release in the queue', () => {
  it('has the clock of the provision, goes before what has none, and overdue before in time', async () => {
    // Seven working days after 2026-10-30, a Friday, ended on 2026-11-10; after 11-13 they end on 11-24.
    const late = await send('own', '样罚〔2026〕21号', { 处罚决定日期: '2026/10/30' });
    made.later(1);
    ids['release'] = await send('own', '样罚〔2026〕22号');
    const { waiting } = await queue(clerk);
    const releases = waiting.filter(({ kind }) => kind.code === 'release');
    expect(releases.slice(0, 2).map(({ id, due }) => [id, due!.by, due!.overdue])).toEqual([
      [late, '2026-11-10T15:59:59.999Z', true],
      [ids['release'], '2026-11-24T15:59:59.999Z', false],
    ]);
    expect(releases[0]!.due!.limit.key).toBe('publish.licence-penalty');
    expect(releases[0]!.due!.provisions.map(({ pointer }) => pointer)).toContain(
      'ndrc-2018-424#publish',
    );
    expect(releases[0]!.due!.provisions[0]!.instrument.zh).not.toContain('#');
    ids['late'] = late;
  });

  it('is proposed by the clerk and released by another person of the unit; a stranger finds nothing', async () => {
    const id = ids['late']!;
    const line = `release ${id}`;
    expect(await numbers(ownReviewer)).not.toContain(line);
    await post(clerk, `/collection/batches/${id}/proposal`, { action: 'propose' });
    expect(await numbers(clerk)).not.toContain(line);
    expect(await numbers(ownReviewer)).toContain(line);
    const seen = await matter(ownReviewer, 'release', id);
    expect(told(seen.actions)).toEqual({
      release: 'may',
      reject: 'may',
      cancel: 'workflow.not-your-step',
    });
    expect(seen.barred.map(({ account, step }) => [account, step.zh])).toEqual([
      ['qu-clerk', '发布'],
      ['qu-clerk', '不同意发布'],
    ]);
    expect((await open(officer, 'release', id)).body.code).toBe('queue.no-such-case');
    const foreign = await made.signedIn('qu-foreign', 'foreign', 'data-reviewer');
    expect((await open(foreign, 'release', id)).body.code).toBe('queue.no-such-case');
    expect(await numbers(foreign, '?show=all')).not.toContain(line);
    await post(ownReviewer, `/collection/batches/${id}/release`, { action: 'release' });
    expect(await numbers(ownReviewer, '?show=all')).not.toContain(line);
    expect((await matter(ownReviewer, 'release', id)).done).toBe(true);
    made.later(1);
    const reason = '决定书已撤销';
    const back = { action: 'propose-withdrawal', reason };
    expect((await post(clerk, `/collection/batches/${id}/proposal`, back)).status).toBe(200);
    expect(await numbers(ownReviewer)).toContain(line);
    const asked = await matter(ownReviewer, 'release', id);
    expect([asked.state.code, asked.due, told(asked.actions)['withdraw']]).toEqual([
      ...['withdrawal-proposed', null, 'may'],
    ]);
    expect(asked.timeline.at(-1)).toMatchObject({ what: { zh: '提请停止公示' }, reason });
  });
});

describe('the other kinds in the queue', () => {
  it('are a bulletin of the whole place, and its department’s own figures within the window', async () => {
    const by = { period: month, actor: actor('qu-officer', 'centre-officer') };
    must(await draftBulletin(deps(), by));
    expect((await queue(officer, '?kind=bulletin')).waiting[0]).toMatchObject({
      ...{ state: { code: 'drafted' }, page: `/quality?period=${month}&tab=bulletin` },
    });
    made.later(1);
    must(await sendBulletin(deps(), by));
    expect((await queue(district, '?kind=bulletin&show=all')).waiting).toEqual([]);
    const [line] = (await queue(reviewer, '?kind=bulletin&show=all')).waiting;
    const seen = await matter(reviewer, 'bulletin', line!.id);
    expect(told(seen.actions)['publish']).toBe('bulletin.window-open');
    expect(seen.barred.map(({ account, step }) => [account, step.zh])).toContainEqual([
      ...['qu-officer', '发布'],
    ]);
    expect(seen.timeline.map(({ what }) => what.zh)).toEqual(['起草', '送达各部门确认']);
    expect((await open(district, 'bulletin', line!.id)).body.code).toBe('queue.no-such-case');
    // Three working days after Monday the 16th.
    const [own] = (await queue(ownReviewer, '?kind=bulletin-response')).waiting;
    expect(own).toMatchObject({
      ...{ id: line!.id, mine: true },
      due: { by: '2026-11-19T15:59:59.999Z', provisions: [], overdue: false },
    });
    expect(told(own!.actions)).toEqual({ confirm: 'may', contest: 'may' });
    made.later(1);
    const say = (who: Who, action: string, reason: string) =>
      post(who, `/bulletin-responses/${line!.id}`, { action, reason });
    expect((await say(ownReviewer, 'contest', '')).body.code).toBe('bulletin.ground-missing');
    expect((await say(ownReviewer, 'contest', '少计一行')).body['state']).toBe('contested');
    expect((await say(ownReviewer, 'confirm', '')).body.code).toBe('workflow.wrong-state');
    expect(await numbers(ownReviewer, '?kind=bulletin-response')).toEqual([]);
    const [contested] = (await queue(reviewer, '?kind=bulletin')).waiting;
    expect(contested).toMatchObject({ id: line!.id, state: { code: 'contested' } });
    expect(contested!.actions.map(({ name }) => name.zh)).toContain('异议成立：样例own');
    // What one department said, another is not told.
    const foreign = await made.signedIn('qu-foreign-2', 'foreign', 'data-reviewer');
    const other = await matter(foreign, 'bulletin-response', line!.id);
    expect(JSON.stringify(other.timeline)).not.toContain('少计一行');
    expect(other.timeline.map(({ what }) => what.zh)).toEqual(['起草', '送达各部门确认']);
    expect(
      (await matter(ownReviewer, 'bulletin-response', line!.id)).timeline.at(-1),
    ).toMatchObject({ what: { zh: '提出异议' }, reason: '少计一行' });
  });

  it('are a sample until every row of it is judged, never for the department it is of', async () => {
    const source = { period: month, provider: units.own.code, item: 'penalty' };
    const by = actor('qu-officer', 'centre-officer');
    const sample = must(await drawSample(deps(), { ...source, actor: by, size: 1 }));
    const line = `quality-sample ${sample.sampleId}`;
    expect(await numbers(reviewer, '?kind=quality-sample')).toEqual([line]);
    // An officer of the department's own unit is told why not.
    expect(await numbers(district, '?kind=quality-sample')).toEqual([]);
    const own = (await queue(district, '?kind=quality-sample&show=all')).waiting;
    expect(told(own[0]!.actions)).toEqual({ judge: 'quality.own-department' });
    must(await judgeRow(deps(), { ...source, actor: by, no: 1, verdict: 'right' }));
    expect(await numbers(reviewer, '?kind=quality-sample&show=all')).toEqual([]);
    expect((await matter(reviewer, 'quality-sample', sample.sampleId)).done).toBe(true);
  });

  it('are a proposed edition, which whoever proposed it does not approve', async () => {
    const law = await made.signedIn('qu-law', 'centre', 'rulebook-officer');
    const approver = await made.signedIn('qu-law-2', 'centre', 'rulebook-approver');
    const file = new URL('../../../../rulebook/terms/penalty-ndrc-order-36.yaml', import.meta.url);
    const old = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const text = stringify({
      ...{ ...old, edition: '2099-test', validFrom: '2026-12-01', status: 'in-force' },
      supersedes: old['edition'],
    });
    const proposed = await post(law, '/rulebook/proposals', { text, reason: '样例修订' });
    expect(proposed.status).toBe(200);
    const id = String(proposed.body['proposalId']);
    const line = `rulebook-proposal ${id}`;
    expect(await numbers(law)).toEqual([]);
    expect(await numbers(approver)).toEqual([line]);
    const seen = await matter(approver, 'rulebook-proposal', id);
    expect(seen.timeline.map(({ account, reason }) => [account, reason])).toEqual([
      ['qu-law', '样例修订'],
    ]);
    expect(seen.barred.map(({ account, step }) => `${account} ${step.zh}`)).toContain(
      'qu-law 批准',
    );
    await post(approver, `/rulebook/proposals/${id}/decisions`, {
      action: 'reject',
      reason: '不妥',
    });
    expect(await numbers(approver)).toEqual([]);
  });

  it('are a change of an account, for another security administrator', async () => {
    const first = await made.signedIn('qu-security', 'centre', 'security-administrator');
    const second = await made.signedIn('qu-security-2', 'centre', 'security-administrator');
    const wanted = { name: '样例新人', unit: units.own.code, positions: ['data-clerk'] };
    const asked = await post(first, '/accounts/qu-new/changes', { wanted, reason: '新到岗' });
    const id = String(asked.body['change']);
    expect(await numbers(first)).toEqual([]);
    expect(await numbers(second)).toEqual([`account-change ${id}`]);
    const seen = await matter(first, 'account-change', id);
    expect(told(seen.actions)).toEqual({ confirm: 'door.same-person', reject: 'door.same-person' });
    // An account is told by its code, its unit and its positions; its holder by nothing.
    expect(JSON.stringify(seen)).not.toContain('样例新人');
    expect((await open(officer, 'account-change', id)).body.code).toBe('queue.no-such-case');
    made.later(1);
    const decided = { confirm: false, reason: '不需要' };
    expect((await post(second, `/accounts/changes/${id}`, decided)).status).toBe(200);
    expect(await numbers(second)).toEqual([]);
    expect((await matter(second, 'account-change', id)).timeline.at(-1)).toMatchObject({
      ...{ what: { zh: '不同意' }, account: 'qu-security-2', reason: '不需要' },
    });
  });
});

describe('pages of the queue', () => {
  it('lose nothing and repeat nothing, in one order, whoever turns them', async () => {
    await city.database.execute(sql`
      insert into subjects.review
        (review_id, object, state, workflow, workflow_version, query, reasons, candidates, opened_at)
      select ('00000000-0000-7000-8000-' || lpad(no::text, 12, '0'))::uuid, 'row:gone/' || no, 'open',
             'link-review', 1, r.query, '[]', '[]',
             -- Many at the same instant.
             ${now}::timestamptz + (no / 10) * interval '1 minute'
      from generate_series(1, 75) no, (select query from subjects.review limit 1) r`);
    const read = async (who: Who, query: string) => {
      const lines: Line[] = [];
      for (let after = ''; ;) {
        const page = await queue(who, `?${query}${after}`);
        expect(page.waiting.length).toBeLessThanOrEqual(30);
        lines.push(...page.waiting);
        if (page.next === null) return lines;
        after = `&after=${encodeURIComponent(page.next)}`;
      }
    };
    const names = (lines: readonly Line[]) => lines.map(({ kind, id }) => `${kind.code} ${id}`);
    const all = await read(officer, 'show=all');
    expect(all.length).toBeGreaterThan(75);
    expect(new Set(names(all)).size).toBe(all.length);
    const order = all.map(({ due, since, kind, id }) =>
      [due?.by ?? '~', since, kind.code, id].join(' '),
    );
    expect(order).toEqual([...order].sort());
    // What waits for me is what of all of it I can bring forward.
    expect(names(await read(officer, 'show=mine'))).toEqual(names(all.filter(({ mine }) => mine)));
    // A district's centre passes over all of them: they are of no unit of its own.
    const within = names(await read(district, 'show=all&kind=link-review'));
    expect(within.some((line) => line.includes('00000000-0000-7000-8000-'))).toBe(false);
  });
});
