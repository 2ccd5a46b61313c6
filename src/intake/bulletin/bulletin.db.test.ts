import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  clerk,
  collectText,
  importOrganisations,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import type { Actor } from '../../kernel/act.ts';
import { sql } from '../../platform/db/index.ts';
import { declareCount } from '../collection/index.ts';
import {
  type BulletinDeps,
  answerContest,
  cancelBulletin,
  draftBulletin,
  publishBulletin,
  publishedBulletin,
  publishedEditions,
  readBulletin,
  respond,
  sendBulletin,
} from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const period = '2026-03';

let city: TestInstallation;
const deps = (): BulletinDeps => ({
  database: city.database,
  clock: city.clock,
  rulebook: city.rulebook,
  door: city.door,
  place: city.config.jurisdiction,
});
const at = (text: string) => city.config.clock.set(text as never);
const as = (account: 'operator-a' | 'operator-b', position: string): Actor => ({
  account,
  unit: 'operator',
  position,
});
const officer = operatorA;
const reviewer = operatorB;
const letter = { provider: authority, period, actor: as('operator-a', 'data-reviewer') };

const row = (serial: number, change: PenaltyRow = {}): PenaltyRow => ({
  行政相对人名称: food.name,
  '行政相对人代码_1(统一社会信用代码)': food.code,
  行政处罚决定书文号: `样罚〔2026〕${serial}号`,
  处罚决定日期: '2026/03/02',
  ...change,
});

/** The value of a result, or the code it was refused with. */
async function told<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; refusal: { code: string } }>,
) {
  const found = await result;
  return found.ok ? found.value : found.refusal.code;
}

beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
  at('2026-03-05T02:00:00.000Z');
  const wrong = row(9, { '罚款金额(万元)': '0.2万元' });
  await collectText(city, penaltyCsv([row(1), row(2), row(3), wrong]), { item: 'penalty' });
  const declared = { provider: authority, item: 'penalty', period, actor: clerk };
  await declareCount(city.collection(), { ...declared, kind: 'produced', count: 5 });
  await declareCount(city.collection(), {
    ...declared,
    item: 'permit',
    kind: 'produced',
    count: 0,
  });
  // A Friday: the next working days are 7, 8 and 9 April, for Monday the 6th is Qingming.
  at('2026-04-03T02:00:00.000Z');
});
afterAll(() => city.drop());

describe('the bulletin of a month', () => {
  it('is drafted once the month is over, by an officer, and only one at a time', async () => {
    const month = { period: '2026-04', actor: officer };
    expect(await told(draftBulletin(deps(), month))).toBe('bulletin.month-not-over');
    expect(await told(draftBulletin(deps(), { period, actor: reviewer }))).toBe(
      'workflow.not-your-step',
    );
    expect(await told(draftBulletin(deps(), { period, actor: officer }))).toMatchObject({
      edition: 1,
      state: 'drafted',
    });
    expect(await told(draftBulletin(deps(), { period, actor: officer }))).toBe(
      'bulletin.already-open',
    );
  });

  it('says what came, from whom, what was wrong, and scores it by the weights it keeps', async () => {
    const found = await told(readBulletin(deps(), period));
    if (typeof found === 'string') throw new Error(found);
    const { body } = found;
    const [line] = body.departments;
    expect(line).toMatchObject({ provider: authority, received: 4, produced: 5, errorsOpen: 1 });
    expect(line!.items).toEqual(['penalty', 'permit']);
    expect(line!.figures.reporting).toMatchObject({ state: 'value', numerator: 4, denominator: 5 });
    expect(line!.score!.lowest).toBeLessThan(line!.score!.highest);
    expect(body.scheme.weights.reporting).toBe(20);
    expect(body.rules).toContain('limits-bulletin@2026');
    expect(body.zeroReports).toEqual([{ provider: authority, item: 'permit' }]);
    expect(body.errors[0]).toMatchObject({
      rows: 1,
      providers: [{ provider: authority, rows: 1 }],
    });
    expect(body.overall.received).toBe(
      body.departments.reduce((sum, { received }) => sum + received, 0),
    );
    expect(body.overall.received).toBe(
      body.districts.reduce((sum, { received }) => sum + received, 0),
    );
    // No rank unless the rulebook wants them.
    expect(line!.rank).toBeNull();
  });

  it('stays as it was drafted, whatever comes later', async () => {
    const before = await told(readBulletin(deps(), period));
    await collectText(city, penaltyCsv([row(50)]), { item: 'penalty' });
    expect(await told(readBulletin(deps(), period))).toEqual(before);
    const change = city.database.execute(sql`update bulletin.bulletin set body = '{}'`);
    await expect(change).rejects.toThrow(/stays as it was drafted/);
    await expect(city.database.execute(sql`delete from bulletin.bulletin`)).rejects.toThrow();
  });

  it('gives departments three working days, and is not published before they are over', async () => {
    const early = await told(publishBulletin(deps(), { period, actor: reviewer }));
    expect(early).toBe('workflow.wrong-state');
    expect(await told(respond(deps(), 'confirm', { ...letter, reason: '来函' }))).toBe(
      'bulletin.no-such-department',
    );
    expect(await told(sendBulletin(deps(), { period, actor: officer }))).toMatchObject({
      state: 'sent',
      windowEnds: '2026-04-09',
    });
    const now = await told(publishBulletin(deps(), { period, actor: reviewer }));
    expect(now).toBe('bulletin.window-open');
  });

  it('waits for the answer to a contest, which needs a ground and another person', async () => {
    expect(await told(respond(deps(), 'contest', letter))).toBe('bulletin.ground-missing');
    const other = { ...letter, actor: { ...letter.actor, unit: '11320100MBXX00019X' } };
    const foreign = { ...other, provider: '11320100MBXX00027P', reason: '数不对' };
    expect(await told(respond(deps(), 'contest', foreign))).toBe('bulletin.not-your-department');
    const contest = { ...letter, reason: '来函〔2026〕1号：第九条是对的' };
    expect(await told(respond(deps(), 'contest', contest))).toMatchObject({ state: 'contested' });
    const waits = await told(publishBulletin(deps(), { period, actor: reviewer }));
    expect(waits).toBe('bulletin.contest-unanswered');
    // Neither who entered the letter nor, were it another, who drafted answers it.
    const self = { ...letter, actor: as('operator-a', 'centre-reviewer'), reason: '核对过' };
    expect(await told(answerContest(deps(), 'dismiss', self))).toBe('workflow.same-person');
    const answer = { ...letter, actor: reviewer, reason: '第九条的金额写有单位' };
    expect(await told(answerContest(deps(), 'dismiss', answer))).toMatchObject({
      state: 'dismissed',
    });
    // Whoever drafted and sent it does not publish it.
    const same = await told(
      publishBulletin(deps(), { period, actor: as('operator-a', 'centre-reviewer') }),
    );
    expect(same).toBe('workflow.same-person');
    expect(await publishedBulletin(deps(), period)).toBeNull();
    const early2 = city.database.execute(sql`update bulletin.response set ground = '改'`);
    await expect(early2).rejects.toThrow(/stays as it was said/);
    expect(await told(publishBulletin(deps(), { period, actor: reviewer }))).toMatchObject({
      state: 'published',
    });
    const published = await publishedBulletin(deps(), period);
    expect(published!.responses[0]).toMatchObject({ state: 'dismissed', byCentre: true });
  });

  it('is put right by a later edition with a reason, which takes its place once published', async () => {
    expect(await told(draftBulletin(deps(), { period, actor: officer }))).toBe(
      'bulletin.reason-missing',
    );
    const again = { period, actor: officer, reason: '补收一条' };
    expect(await told(draftBulletin(deps(), again))).toMatchObject({ edition: 2 });
    expect(await publishedBulletin(deps(), period)).toMatchObject({ edition: 1 });
    await sendBulletin(deps(), again);
    const right = { ...letter, reason: '来函〔2026〕2号' };
    await respond(deps(), 'contest', right);
    const answer = { ...letter, actor: reviewer, reason: '确实' };
    expect(await told(answerContest(deps(), 'uphold', answer))).toMatchObject({ state: 'upheld' });
    // A contest that is right stops the draft for good, also after the window.
    at('2026-04-20T02:00:00.000Z');
    const stopped = await told(publishBulletin(deps(), { period, actor: reviewer }));
    expect(stopped).toBe('bulletin.contest-upheld');
    expect(await told(cancelBulletin(deps(), again))).toMatchObject({ state: 'cancelled' });

    expect(await told(draftBulletin(deps(), again))).toMatchObject({ edition: 3 });
    await sendBulletin(deps(), again);
    // Silence to the end of the window is no contest; an answer after it comes too late.
    at('2026-04-24T02:00:00.000Z');
    expect(await told(respond(deps(), 'confirm', right))).toBe('bulletin.window-ended');
    expect(await told(publishBulletin(deps(), { period, actor: reviewer }))).toMatchObject({
      edition: 3,
      state: 'published',
    });
    const published = await publishedBulletin(deps(), period);
    expect(published!.replaces).not.toBeNull();
    expect(published!.responses[0]!.state).toBe('asked');
    const editions = await publishedEditions(city.database, 10);
    expect(editions.map(({ period: month, edition }) => [month, edition])).toEqual([[period, 3]]);
  });
});
