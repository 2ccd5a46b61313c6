import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { derivedState } from '../../../tests/derived-state.ts';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  operatorA,
  operatorB,
  testInstallation,
} from '../../../tests/installation.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { eraseFromRecord } from '../../archive/records/index.ts';
import { sql } from '../../platform/db/index.ts';
import { openReviews } from '../../register/subjects/index.ts';
import { decideLinkReview, proposeLinkUndo, retryHeld } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };
const trade = { name: '样例市示例商贸有限公司', code: '91320100MAXX003220' };

let city: TestInstallation;
beforeEach(async () => {
  city = await testInstallation({ confirmAll: true });
});
afterEach(() => city.drop());

async function collectOne(name: string, code: string, number = '样罚〔2026〕1号') {
  const text = penaltyCsv([
    {
      行政相对人名称: name,
      '行政相对人代码_1(统一社会信用代码)': code,
      行政处罚决定书文号: number,
    },
  ]);
  const report = await collectText(city, text, { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  return report.value.batch;
}

async function subjectId(code: string): Promise<string> {
  const rows = await city.database.query<{ id: string }>(
    sql`select subject_id as id from subjects.subject where uscc = ${code}`,
  );
  return rows[0]!.id;
}

async function onlyRecord(): Promise<string> {
  const rows = await city.database.query<{ id: string }>(
    sql`select distinct record_id as id from records.statement_version`,
  );
  expect(rows).toHaveLength(1);
  return rows[0]!.id;
}

const step = (reviewId: string, action: string, actor = operatorA, chosen?: string) =>
  decideLinkReview(city.collection(), {
    reviewId,
    action: action as 'confirm',
    actor,
    reason: '核对登记证照',
    ...(chosen === undefined ? {} : { chosen }),
  });

describe('a row whose subject is doubtful', () => {
  it('waits, and becomes a record only when a second person confirms the first one’s proposal', async () => {
    await importOrganisations(city, [food]);
    expect((await collectOne('样例食品公司', food.code)).counts).toMatchObject({ held: 1 });
    const [review] = await openReviews(city.database, { limit: 10, after: null });
    const chosen = await subjectId(food.code);

    expect(await step(review!.reviewId, 'confirm', operatorB)).toMatchObject({
      refusal: { code: 'workflow.wrong-state' },
    });
    expect(await step(review!.reviewId, 'propose-link', operatorA, chosen)).toMatchObject({
      value: { state: 'link-proposed' },
    });
    const alone = { ...operatorB, account: operatorA.account };
    expect(await step(review!.reviewId, 'confirm', alone)).toMatchObject({
      refusal: { code: 'workflow.same-person' },
    });
    const done = await step(review!.reviewId, 'confirm', operatorB);
    expect(done).toMatchObject({ ok: true, value: { state: 'linked' } });
    expect(await onlyRecord()).toBe(done.ok ? done.value.recordId : '');
  });

  it('keeps the day of its first receipt when it is linked weeks later', async () => {
    await importOrganisations(city, [food]);
    await collectOne('样例食品公司', food.code);
    city.config.clock.set('2026-07-15T02:00:00.000Z' as never);
    const [review] = await openReviews(city.database, { limit: 10, after: null });
    await step(review!.reviewId, 'propose-link', operatorA, await subjectId(food.code));
    await step(review!.reviewId, 'confirm', operatorB);
    const [window] = await city.database.query<{ report: string }>(
      sql`select report::text from records.record_window where superseded_at is null`,
    );
    expect(window!.report).toBe('{[2026-06-01,)}');
  });

  it('is linked without a person once the base library brings its subject', async () => {
    expect((await collectOne(food.name, food.code)).counts).toMatchObject({ held: 1 });
    await importOrganisations(city, [food]);
    expect(await retryHeld(city.collection())).toBe(1);
    expect(await openReviews(city.database, { limit: 10, after: null })).toEqual([]);
    expect(await retryHeld(city.collection())).toBe(0);
  });

  it('never has a null or invented subject', async () => {
    await collectOne(food.name, food.code);
    const rows = await city.database.query(sql`select 1 from records.statement_version`);
    expect(rows).toEqual([]);
  });
});

describe('a link found wrong', () => {
  it('is undone with everything derived following: link and unlink equal never linked', async () => {
    await importOrganisations(city, [food, trade]);
    await collectOne('样例食品公司', food.code);
    const before = await derivedState(city.database);
    const [review] = await openReviews(city.database, { limit: 10, after: null });
    await step(review!.reviewId, 'propose-link', operatorA, await subjectId(trade.code));
    await step(review!.reviewId, 'confirm', operatorB);
    expect(await derivedState(city.database)).not.toEqual(before);

    const record = await onlyRecord();
    const asked = await proposeLinkUndo(city.collection(), {
      recordId: record,
      actor: operatorA,
      reason: '关联错误',
    });
    const undo = asked.ok ? asked.value.review : '';
    expect(await step(undo, 'confirm-undo', { ...operatorB, account: 'operator-a' })).toMatchObject(
      {
        refusal: { code: 'workflow.same-person' },
      },
    );
    expect(await step(undo, 'confirm-undo', operatorB)).toMatchObject({
      value: { state: 'undone' },
    });
    expect(await derivedState(city.database)).toEqual(before);
  });

  it('can be linked to the right subject afterwards, under the same record id', async () => {
    await importOrganisations(city, [food, trade]);
    await collectOne(food.name, food.code);
    const record = await onlyRecord();
    const asked = await proposeLinkUndo(city.collection(), {
      recordId: record,
      actor: operatorA,
      reason: '关联错误',
    });
    await step(asked.ok ? asked.value.review : '', 'confirm-undo', operatorB);
    const [review] = await openReviews(city.database, { limit: 10, after: null });
    await step(review!.reviewId, 'propose-link', operatorA, await subjectId(trade.code));
    const done = await step(review!.reviewId, 'confirm', operatorB);
    expect(done.ok && done.value.recordId).toBe(record);
    const live = await city.database.query<{ uscc: string }>(sql`
      select s.uscc from records.record_window w join subjects.subject s using (subject_id)
      where superseded_at is null`);
    expect(live).toEqual([{ uscc: trade.code }]);
  });

  it('leaves nothing of an erased field under the wrong subject or in the waiting row', async () => {
    await importOrganisations(city, [food, trade]);
    await collectOne('样例食品公司', food.code);
    const [first] = await openReviews(city.database, { limit: 10, after: null });
    await step(first!.reviewId, 'propose-link', operatorA, await subjectId(trade.code));
    await step(first!.reviewId, 'confirm', operatorB);
    const recordId = await onlyRecord();
    const asked = await proposeLinkUndo(city.collection(), {
      recordId,
      actor: operatorA,
      reason: '关联错误',
    });
    await step(asked.ok ? asked.value.review : '', 'confirm-undo', operatorB);
    const [second] = await openReviews(city.database, { limit: 10, after: null });
    await step(second!.reviewId, 'propose-link', operatorA, await subjectId(food.code));
    await step(second!.reviewId, 'confirm', operatorB);
    const done = await eraseFromRecord(city, recordId, ['CF_SY'], {
      actor: operatorB,
      ground: { provision: 'personal-information-protection-law#47', reason: '依法删除' },
    });
    expect(done).toMatchObject({ value: { versions: 3 } });
    const left = await city.database.query(sql`
      select v::text from records.statement_version v where v::text like '%进货凭证。%'
      union all
      select h::text from collection.held_row h where h::text like '%进货凭证。%'`);
    expect(left).toEqual([]);
  });

  it('is not linked again by a sweep: people undid it, people link it', async () => {
    await importOrganisations(city, [food]);
    await collectOne(food.name, food.code);
    const asked = await proposeLinkUndo(city.collection(), {
      recordId: await onlyRecord(),
      actor: operatorA,
      reason: '关联错误',
    });
    await step(asked.ok ? asked.value.review : '', 'confirm-undo', operatorB);
    expect(await retryHeld(city.collection())).toBe(0);
  });
});

describe('the database itself', () => {
  it('refuses a second person with the account of the first', async () => {
    await importOrganisations(city, [food]);
    const act = city.database.execute(sql`
      insert into audit.act (id, at, kind, account, unit, position, reason, trace_id, object, detail,
                             first_act, first_at, first_account)
      select gen_random_uuid(), at, 'x', account, unit, position, 'x', 'x', 'x', '{}', id, at, account
      from audit.act limit 1`);
    await expect(act).rejects.toThrow(/second_person_is_another_account/);
  });

  it('refuses a false account for the first person', async () => {
    await importOrganisations(city, [food]);
    const act = city.database.execute(sql`
      insert into audit.act (id, at, kind, account, unit, position, reason, trace_id, object, detail,
                             first_act, first_at, first_account)
      select gen_random_uuid(), at, 'x', account, unit, position, 'x', 'x', 'x', '{}', id, at, 'somebody'
      from audit.act limit 1`);
    await expect(act).rejects.toThrow(/foreign key/);
  });

  it('refuses to change a recorded edition', async () => {
    const change = city.database.execute(sql`update rulebook.edition set body = '{}'`);
    await expect(change).rejects.toThrow(/immutable/);
  });
});
