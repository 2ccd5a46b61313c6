/** Doubtful links over HTTP: seen by the centre, proposed by one person, confirmed by another. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestInstallation, collectText } from '../../../../tests/installation.ts';
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
import { penaltyCsv } from '../../../../tests/penalties.ts';
import { sql } from '../../../platform/db/index.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let officer: Who;
let reviewer: Who;
let district: Who;

type Piece = { of: string; weight: string; reason: { code: string } | null };
type Candidate = { subjectId: string; name: string; evidence: Piece[]; chosen: boolean };
type Action = { action: string; allowed: boolean; why: { code: string; zh: string } | null };

async function doubtful(name: UnitName, number: string, called = '样例食品公司'): Promise<void> {
  const { code } = units[name];
  const row = {
    ...{ 行政相对人名称: called, '行政相对人代码_1(统一社会信用代码)': food.code },
    ...{ 行政处罚决定书文号: number, 处罚机关统一社会信用代码: code },
    ...{ 数据来源单位统一社会信用代码: code },
  };
  must(await collectText(city, penaltyCsv([row]), { item: 'penalty', provider: code }));
}

const queue = async (who: Who, query = '') =>
  (await office.ask('GET', `/link-reviews${query}`, { who })).body as unknown as {
    reviews: { reviewId: string; unit: { code: string }; proposedByMe: boolean }[];
    next: string | null;
  };
const open = (who: Who, id: string) => office.ask('GET', `/link-reviews/${id}`, { who });
const propose = (who: Who, id: string, body: object = {}) =>
  office.ask('POST', `/link-reviews/${id}/proposals`, {
    who,
    body: {
      ...{ action: 'propose-link', subject: made.idOf(food.code), reason: '核对登记证照' },
      ...body,
    },
  });
const decide = (who: Who, id: string, action: string) =>
  office.ask('POST', `/link-reviews/${id}/decisions`, {
    who,
    body: { action, reason: '核对无误' },
  });
const actionsOf = async (who: Who, id: string) =>
  Object.fromEntries(
    ((await open(who, id)).body['actions'] as Action[]).map(({ action, allowed, why }) => [
      action,
      allowed ? 'may' : why!.code,
    ]),
  );
async function reviewOf(number: string): Promise<string> {
  const [row] = await city.database.query<{ id: string }>(sql`
    select review_id as id from collection.held_row
    where prepared ->> 'documentNumber' = ${number}`);
  return row!.id;
}

beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  city.config.clock.set(start);
  await doubtful('own', '样罚〔2026〕11号');
  await doubtful('foreign', '样罚〔2026〕12号');
  officer = await made.signedIn('lk-officer', 'centre', 'centre-officer');
  reviewer = await made.signedIn('lk-reviewer', 'centre', 'centre-reviewer');
  district = await made.signedIn('lk-district', 'own', 'centre-officer');
});
afterAll(() => city.drop());

describe('a doubtful link', () => {
  it('stands in the queue of its centre; a district’s centre sees its own district only', async () => {
    const own = await reviewOf('样罚〔2026〕11号');
    const other = await reviewOf('样罚〔2026〕12号');
    const seen = async (who: Who) => (await queue(who)).reviews.map(({ reviewId }) => reviewId);
    expect((await seen(officer)).sort()).toEqual([own, other].sort());
    expect(await seen(reviewer)).toHaveLength(2);
    expect(await seen(district)).toEqual([own]);
    const [first] = (await queue(officer)).reviews;
    const rest = await queue(officer, `?after=${first!.reviewId}`);
    expect(rest.reviews.map(({ reviewId }) => reviewId)).not.toContain(first!.reviewId);
    expect((await queue(officer, '?waiting=confirmation')).reviews).toEqual([]);
  });

  it('shows what the row says beside each candidate, every piece with its weight in words', async () => {
    const { body, status } = await open(officer, await reviewOf('样罚〔2026〕11号'));
    expect(status).toBe(200);
    expect(body['says']).toMatchObject({ name: '样例食品公司', code: food.code });
    const [candidate] = body['candidates'] as Candidate[];
    expect(candidate).toMatchObject({ name: food.name, chosen: false });
    const weights = candidate!.evidence.map(({ of, weight }) => `${of} ${weight}`);
    expect(weights).toEqual([
      'code decisive',
      'organisation-code strong',
      'registration-number silent',
      'name against',
      'area silent',
      'alive silent',
    ]);
    expect(JSON.stringify(body)).not.toContain('样例人');
  });

  it('finds another candidate by code or exact name, and never by the number of a person', async () => {
    const id = await reviewOf('样罚〔2026〕11号');
    const find = (q: string) =>
      office.ask('GET', `/link-reviews/${id}/subjects?q=${encodeURIComponent(q)}`, {
        who: officer,
      });
    for (const q of [trade.code, trade.name]) {
      const found = (await find(q)).body['candidates'] as Candidate[];
      expect(found.map(({ name }) => name)).toEqual([trade.name]);
      expect(found[0]!.evidence[0]).toMatchObject({ of: 'code', weight: 'against' });
    }
    expect((await find('11010519491231002X')).body.code).toBe('access.query-personal');
  });

  it('of another district is answered like none at all, whatever is tried; the denial is an event', async () => {
    const id = await reviewOf('样罚〔2026〕12号');
    const before = (await office.events('denied')).length;
    const never = '00000000-0000-7000-8000-000000000000';
    const told = [];
    for (const one of [id, never]) {
      const answers = [
        await open(district, one),
        await office.ask('GET', `/link-reviews/${one}/subjects?q=x`, { who: district }),
        await propose(district, one),
      ];
      told.push(answers.map(({ status, body }) => [status, body.code]));
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]![0]).toEqual([404, 'link.no-such-review']);
    expect((await office.events('denied')).length - before).toBe(3);
    expect((await queue(officer, '?waiting=proposal')).reviews).toHaveLength(2);
  });

  it('is proposed by one person and confirmed by another, each told what they may do and why not', async () => {
    const id = await reviewOf('样罚〔2026〕11号');
    expect(await actionsOf(officer, id)).toEqual({
      'propose-link': 'may',
      'propose-return': 'may',
    });
    expect(await actionsOf(reviewer, id)).toEqual({
      'propose-link': 'workflow.not-your-step',
      'propose-return': 'workflow.not-your-step',
    });
    expect((await decide(reviewer, id, 'confirm')).body.code).toBe('workflow.wrong-state');
    const nobody = { subject: '00000000-0000-7000-8000-000000000000' };
    expect((await propose(officer, id, nobody)).body.code).toBe('link.no-such-subject');
    expect((await propose(officer, id)).body['state']).toBe('link-proposed');
    expect((await propose(officer, id)).body.code).toBe('workflow.wrong-state');
    expect(await actionsOf(officer, id)).toEqual({
      confirm: 'workflow.not-your-step',
      'send-back': 'may',
    });
    expect(await actionsOf(reviewer, id)).toEqual({ confirm: 'may', 'send-back': 'may' });
    const waiting = (await queue(reviewer, '?waiting=confirmation')).reviews;
    expect(waiting.map(({ reviewId, proposedByMe }) => [reviewId, proposedByMe])).toEqual([
      [id, false],
    ]);
    const done = await decide(reviewer, id, 'confirm');
    expect(done.body).toMatchObject({ state: 'linked' });
    expect(done.body['recordId']).not.toBe(null);
    const { body } = await open(officer, id);
    expect(body['actions']).toEqual([]);
    expect((body['steps'] as { account: string }[]).map(({ account }) => account)).toEqual([
      'lk-officer',
      'lk-reviewer',
    ]);
  });

  it('is never confirmed by the account that proposed it, in whatever position', async () => {
    await made.account('lk-both', 'centre', 'centre-officer');
    await office.account('lk-two', ['centre-officer', 'centre-reviewer']);
    await city.database.execute(
      sql`update accounts.account set unit = ${units.centre.code} where code = 'lk-two'`,
    );
    const { who: both } = await office.enter('lk-two');
    const id = await reviewOf('样罚〔2026〕12号');
    expect((await propose(both, id)).status).toBe(200);
    expect(await actionsOf(both, id)).toEqual({
      confirm: 'workflow.same-person',
      'send-back': 'may',
    });
    const before = (await office.events('denied')).length;
    expect((await decide(both, id, 'confirm')).body.code).toBe('workflow.same-person');
    expect((await office.events('denied')).length - before).toBe(1);
    expect((await decide(reviewer, id, 'send-back')).body['state']).toBe('open');
    expect((await decide(reviewer, id, 'keep')).body.code).toBe('link.wrong-procedure');
    const returned = await propose(officer, id, { action: 'propose-return', subject: null });
    expect(returned.body['state']).toBe('return-proposed');
    expect((await decide(reviewer, id, 'confirm-return')).body['state']).toBe('returned');
  });
});

describe('a link found wrong', () => {
  it('is undone by two persons; one proposal waits at a time; another district’s is not found', async () => {
    const rows = await city.database.query<{ id: string; number: string }>(sql`
      select distinct record_id as id, document_number as number from records.statement_version`);
    const recordOf = (no: number) => rows.find(({ number }) => number.includes(`〕${no}号`))!.id;
    const undo = (who: Who, id: string) =>
      office.ask('POST', `/records/${id}/link-undo`, { who, body: { reason: '关联错误' } });
    expect((await undo(district, recordOf(3))).body.code).toBe('records.no-such-record');
    expect((await undo(officer, '00000000-0000-7000-8000-000000000000')).body.code).toBe(
      'records.no-such-record',
    );
    const asked = await undo(officer, recordOf(3));
    expect(asked.body['state']).toBe('undo-proposed');
    expect((await undo(officer, recordOf(3))).body.code).toBe('link.undo-proposed');
    const review = String(asked.body['reviewId']);
    const { body } = await open(reviewer, review);
    expect(body['record']).toMatchObject({
      ...{ documentNumber: '样罚〔2026〕3号', subject: { name: food.name } },
    });
    expect(await actionsOf(reviewer, review)).toEqual({ 'confirm-undo': 'may', keep: 'may' });
    expect((await decide(reviewer, review, 'confirm-undo')).body['state']).toBe('undone');
    expect((await undo(officer, recordOf(3))).body.code).toBe('records.no-such-record');
  });
});
