import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { food, penaltyOf, trade } from '../../../tests/portal/api-city.ts';
import {
  readRecord,
  readShownRecord,
  readShownRecords,
  readSubjectRecords,
} from '../../archive/records/index.ts';
import type { Actor } from '../../kernel/act.ts';
import { type Instant, addDays, day } from '../../kernel/day.ts';
import type { Result } from '../../kernel/result.ts';
import { sql } from '../../platform/db/index.ts';
import {
  batchesWaiting,
  decisionsOn,
  endProposal,
  proposeRelease,
  proposeWithdrawal,
  releaseBatch,
  withdraw,
} from './index.ts';

const clerkA: Actor = { account: 'operator-a', unit: 'operator', position: 'data-clerk' };
const clerkB: Actor = { ...clerkA, account: 'operator-b' };
const reviewerA: Actor = { ...clerkA, position: 'data-reviewer' };
const reviewerB: Actor = { ...reviewerA, account: 'operator-b' };

let city: TestInstallation;
let number = 0;
const start = '2026-11-02T02:00:00.000Z' as Instant;

// The sample place is the only one whose rulebook demands releases, since 2026-10-01.
beforeAll(async () => {
  city = await testInstallation({
    confirmAll: true,
    sample: true,
    jurisdiction: '329900',
    now: start,
  });
  await importOrganisations(city, [food, trade]);
});
afterAll(() => city.drop());

async function send(org = food, extra = {}): Promise<{ batchId: string; recordId: string }> {
  number += 1;
  const row = penaltyOf(org, { 行政处罚决定书文号: `样罚〔2026〕${number}号`, ...extra });
  const report = await collectText(city, penaltyCsv([row]), { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
  const { batchId } = report.value.batch;
  const [outcome] = await city.database.query<{ recordId: string }>(
    sql`select record_id as "recordId" from collection.row_outcome where batch_id = ${batchId}`,
  );
  return { batchId, recordId: outcome!.recordId };
}

const today = () => city.clock.today();
const shown = async (recordId: string) => (await readShownRecord(city, recordId, today())) !== null;
const later = (minutes: number) =>
  city.config.clock.set(
    new Date(Date.parse(city.clock.now()) + minutes * 60_000).toISOString() as Instant,
  );

async function done<T>(result: Promise<Result<T>>): Promise<T> {
  const got = await result;
  if (!got.ok) throw new Error(JSON.stringify(got.refusal));
  return got.value;
}
async function code(result: Promise<Result<unknown>>): Promise<string> {
  const got = await result;
  return got.ok ? 'ok' : got.refusal.code;
}

async function releaseNow(batchId: string): Promise<void> {
  await done(proposeRelease(city, { batchId, actor: clerkA }));
  await done(releaseBatch(city, { batchId, actor: reviewerB }));
}

describe('release', () => {
  it('keeps what was received out of publicity until a second officer lets it in', async () => {
    const { batchId, recordId } = await send();
    expect(await shown(recordId)).toBe(false);
    await done(proposeRelease(city, { batchId, actor: clerkA }));
    expect(await shown(recordId)).toBe(false);
    await done(releaseBatch(city, { batchId, actor: reviewerB }));
    expect(await shown(recordId)).toBe(true);
  });

  it('is refused to the person who proposed it, whatever position he takes', async () => {
    const { batchId, recordId } = await send();
    await done(proposeRelease(city, { batchId, actor: clerkA }));
    expect(await code(releaseBatch(city, { batchId, actor: reviewerA }))).toBe(
      'workflow.same-person',
    );
    expect(await code(releaseBatch(city, { batchId, actor: clerkB }))).toBe(
      'workflow.not-your-step',
    );
    expect(await shown(recordId)).toBe(false);
  });

  it('by one person alone is refused by the database itself, and no decision can be changed', async () => {
    const { batchId } = await send();
    const alone = sql`
      insert into records.release (object_id, step_no, object_kind, shows, at, reason,
        first_account, second_account, first_act, second_act)
      values (${batchId}, 1, 'batch', true, now(), 'x', 'operator-a', 'operator-a',
              gen_random_uuid(), gen_random_uuid())`;
    await expect(city.database.execute(alone)).rejects.toThrow(/released_by_two/);
    await releaseNow(batchId);
    const changed = sql`update records.release set shows = false where object_id = ${batchId}`;
    await expect(city.database.execute(changed)).rejects.toThrow(/kept as they were decided/);
    const gone = sql`delete from records.release where object_id = ${batchId}`;
    await expect(city.database.execute(gone)).rejects.toThrow(/kept as they were decided/);
  });

  it('is not asked for where the rulebook does not demand it', async () => {
    city.config.clock.set('2026-09-30T02:00:00.000Z' as Instant);
    const { batchId, recordId } = await send();
    expect(await shown(recordId)).toBe(true);
    expect(await code(proposeRelease(city, { batchId, actor: clerkA }))).toBe(
      'double-publicity.nothing-to-release',
    );
    city.config.clock.set(start);
    // What was received before the demand stays shown after it.
    expect(await shown(recordId)).toBe(true);
  });

  it('is told in the explanation, and what is known later changes no earlier answer', async () => {
    const { batchId, recordId } = await send(trade);
    const before = city.clock.now();
    later(60);
    await releaseNow(batchId);
    const now = await readRecord(city, recordId, today(), null);
    const then = await readRecord(city, recordId, today(), before);
    const yesterday = await readRecord(city, recordId, addDays(today(), -1), null);
    if (!now.ok || !then.ok || !yesterday.ok) throw new Error('no record');
    expect(now.value.open.show).toBe(true);
    expect(now.value.explanations.show.inputs).toContainEqual({
      name: 'released-at',
      label: '发布时间',
      value: '2026-11-02 11:00（北京时间）',
      source: '两人办理，针对该批次',
    });
    expect(then.value.open.show).toBe(false);
    expect(then.value.explanations.show).toMatchObject({ open: false, reason: 'not-released' });
    expect(then.value.explanations.share.open).toBe(true);
    expect(yesterday.value.open.show).toBe(false);
    expect(then.value.windows.show).toEqual(now.value.windows.show);
  });

  it('of a correction is needed as of what it corrects', async () => {
    const { batchId, recordId } = await send();
    await releaseNow(batchId);
    later(1);
    const same = `样罚〔2026〕${number}号`;
    const again = await send(food, { 行政处罚决定书文号: same, 备注: '更正' });
    expect(again.recordId).toBe(recordId);
    expect(await shown(recordId)).toBe(false);
    await releaseNow(again.batchId);
    expect(await shown(recordId)).toBe(true);
  });

  it('waits in a list that a released batch leaves', async () => {
    const { batchId } = await send();
    const listed = async () =>
      (await batchesWaiting(city, { after: null, limit: 500 })).find(
        (waiting) => waiting.batchId === batchId,
      );
    expect(await listed()).toMatchObject({ state: 'waiting', rows: 1, proposedBy: null });
    await done(proposeRelease(city, { batchId, actor: clerkA }));
    expect(await listed()).toMatchObject({ state: 'proposed', proposedBy: 'operator-a' });
    await done(releaseBatch(city, { batchId, actor: reviewerB }));
    expect(await listed()).toBeUndefined();
  });
});

describe('withdrawal', () => {
  it('needs a ground and two persons, closes at once, and can be released again', async () => {
    const { batchId, recordId } = await send();
    await releaseNow(batchId);
    expect(await code(proposeWithdrawal(city, { batchId, actor: clerkA }))).toBe(
      'double-publicity.ground-missing',
    );
    const reason = '行政相对人信息有误，来源单位来函';
    await done(proposeWithdrawal(city, { batchId, actor: clerkA, reason }));
    expect(await shown(recordId)).toBe(true);
    expect(await code(withdraw(city, { batchId, actor: reviewerA }))).toBe('workflow.same-person');
    await done(withdraw(city, { batchId, actor: reviewerB }));
    expect(await shown(recordId)).toBe(false);
    const told = await readRecord(city, recordId, today(), null);
    expect(told.ok && told.value.explanations.show.reason).toBe('withdrawn-from-publicity');
    await releaseNow(batchId);
    expect(await shown(recordId)).toBe(true);
    const decisions = await decisionsOn(city, { batchId });
    expect(decisions.map(({ shows, reason: why }) => [shows, why])).toEqual([
      [true, '核对无误，提请发布'],
      [false, reason],
      [true, '核对无误，提请发布'],
    ]);
  });

  it('of one record leaves the others of its batch shown', async () => {
    number += 1;
    const rows = [food, trade].map((org) =>
      penaltyOf(org, { 行政处罚决定书文号: `样罚〔2026〕共${number}号` }),
    );
    const report = await collectText(city, penaltyCsv(rows), { item: 'penalty' });
    if (!report.ok) throw new Error('not collected');
    const { batchId } = report.value.batch;
    await releaseNow(batchId);
    const outcomes = await city.database.query<{ recordId: string }>(
      sql`select record_id as "recordId" from collection.row_outcome
          where batch_id = ${batchId} order by row_no`,
    );
    const [one, other] = outcomes.map(({ recordId }) => recordId);
    await done(
      proposeWithdrawal(city, { recordId: one!, actor: clerkA, reason: '当事人名称涉密' }),
    );
    await done(withdraw(city, { recordId: one!, actor: reviewerB }));
    expect([await shown(one!), await shown(other!)]).toEqual([false, true]);
    await done(proposeRelease(city, { recordId: one!, actor: clerkB }));
    await done(releaseBatch(city, { recordId: one!, actor: reviewerA }));
    expect(await shown(one!)).toBe(true);
    // Nothing of its own was taken back: there is nothing to release, whatever its batch waits for.
    const waiting = await send();
    const alone = { recordId: waiting.recordId, actor: clerkA };
    expect(await code(proposeRelease(city, alone))).toBe('double-publicity.nothing-to-release');
  });

  it('and release, in any order by anybody, never show what two persons have not let be shown', async () => {
    const action = fc.constantFrom(
      'propose-release',
      'release',
      'propose-withdrawal',
      'withdraw',
      'reject',
      'cancel',
    );
    const actor = fc.constantFrom(clerkA, clerkB, reviewerA, reviewerB);
    const single = fc.record({ action, actor, whole: fc.boolean() }).map((step) => [step]);
    // Steps by chance seldom agree: a good half are what two officers do in order.
    const agreed = fc.record({ lets: fc.boolean(), whole: fc.boolean() }).map(({ lets, whole }) => [
      { action: lets ? 'propose-release' : 'propose-withdrawal', actor: clerkA, whole },
      { action: lets ? 'release' : 'withdraw', actor: reviewerB, whole },
    ]);
    const walk = fc
      .array(fc.oneof(single, { weight: 2, arbitrary: agreed }), { minLength: 4, maxLength: 14 })
      .map((steps) => steps.flat());
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        const { batchId, recordId } = await send();
        // The model: what two accounts agreed on last, of the batch and of the record.
        const lets: Record<string, boolean | null> = { [batchId]: null, [recordId]: null };
        const open: Record<string, { aim: string; by: string } | null> = {};
        for (const { action: kind, actor: by, whole } of steps) {
          const id = whole ? batchId : recordId;
          const request = { ...(whole ? { batchId } : { recordId }), actor: by, reason: '核对' };
          later(1);
          const result =
            kind === 'propose-release'
              ? await proposeRelease(city, request)
              : kind === 'propose-withdrawal'
                ? await proposeWithdrawal(city, request)
                : kind === 'release'
                  ? await releaseBatch(city, request)
                  : kind === 'withdraw'
                    ? await withdraw(city, request)
                    : await endProposal(city, kind as 'reject' | 'cancel', request);
          if (result.ok && kind.startsWith('propose')) {
            expect(open[id] ?? null).toBeNull();
            open[id] = { aim: kind.slice('propose-'.length), by: by.account };
          } else if (result.ok) {
            const proposed = open[id]!;
            if (kind !== 'cancel') expect(by.account).not.toBe(proposed.by);
            if (kind === 'release' || kind === 'withdraw') {
              expect(by.position).toBe('data-reviewer');
              lets[id] = kind === 'release';
            }
            open[id] = null;
          }
          const expected = lets[batchId] === true && lets[recordId] !== false;
          expect(await shown(recordId)).toBe(expected);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('a page of a subject', () => {
  it('agrees with the record alone and with the file of the office', async () => {
    const [subject] = await city.database.query<{ id: string }>(
      sql`select subject_id as id from subjects.subject where uscc = ${food.code}`,
    );
    const listed = await readShownRecords(city, [subject!.id], today());
    const file = await readSubjectRecords(city, [subject!.id], today(), null);
    const open = file.filter((record) => record.open.show).map(({ recordId }) => recordId);
    expect(listed.map(({ recordId }) => recordId).sort()).toEqual(open.sort());
    expect(listed.length).toBeGreaterThan(1);
    for (const { recordId } of file) {
      expect(await shown(recordId)).toBe(open.includes(recordId));
    }
  });

  it('has never shown anything on a day before its release', async () => {
    const [subject] = await city.database.query<{ id: string }>(
      sql`select subject_id as id from subjects.subject where uscc = ${food.code}`,
    );
    expect(await readShownRecords(city, [subject!.id], day('2026-09-29'))).toEqual([]);
  });
});
