/** Months of the audit: closed once, held against their head for good, and events taken out by two persons only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmAll, testInstallation, type TestInstallation } from '../../tests/installation.ts';
import type { Actor } from '../kernel/act.ts';
import type { Instant } from '../kernel/day.ts';
import type { Id } from '../kernel/ids.ts';
import { assert } from '../kernel/result.ts';
import { sql } from '../platform/db/index.ts';
import {
  type ArchiveLine,
  closeMonths,
  closedMonths,
  committedHeads,
  dropMonth,
  proposeDrop,
  verifyAudit,
} from '../trust/audit/index.ts';
import {
  checkBundle,
  logVerifier,
  proveRecord,
  withSequencer,
} from '../trust/transparency-log/index.ts';
import { checkSm2 } from '../platform/crypto/index.ts';
import { logDepsOf, logFolder } from './log.ts';

let city: TestInstallation;
const at = (text: string) => city.config.clock.set(text as Instant);
const auditor = (code: string): Actor => ({
  ...{ account: code, unit: 'operator', position: 'audit-administrator' },
});
const [one, two] = [auditor('audit-1'), auditor('audit-2')];
const asked = (actor: Actor, month = '2025-10') => ({ month, actor, reason: '留存期满' });

async function event(when: string): Promise<void> {
  at(when);
  await city.database.transaction((tx) =>
    city.record(tx, {
      ...{ kind: 'sign-in', account: 'audit-1', address: '192.0.2.1', route: null, detail: {} },
    }),
  );
}

async function takeLog(): Promise<void> {
  const taken = await withSequencer(logDepsOf(city), async (sequencer) => {
    for (;;) {
      const more = await sequencer.take();
      assert(more.ok, 'the log takes what waits');
      if (more.value === 0) return;
    }
  });
  assert(taken.ok, 'nobody else sequences');
}

/** What an owner of the database can do, past every trigger. */
async function asOwner(change: ReturnType<typeof sql>): Promise<void> {
  await city.database.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(change);
  });
}

const kept: ArchiveLine[] = [];
async function write(lines: AsyncGenerator<ArchiveLine>): Promise<string> {
  for await (const line of lines) kept.push(line);
  return 'ab'.repeat(32);
}

beforeAll(async () => {
  city = await testInstallation();
  for (const { account, unit, position } of [one, two]) {
    await city.database.execute(sql`
      insert into accounts.account (code, name, unit, positions, sample, created_at)
      values (${account}, ${account}, ${unit}, ${[position]}, false, ${city.clock.now()})`);
  }
  await event('2025-10-01T00:00:00.000Z');
  await event('2025-10-31T23:59:59.999Z');
  await event('2025-11-01T00:00:00.000Z');
});
afterAll(() => city.drop());

describe('a month that is over', () => {
  it('is closed some days after its end, once, with as many rows as it has', async () => {
    at('2025-11-03T15:59:59.999Z');
    expect((await closeMonths(city)).map(({ month }) => month)).not.toContain('2025-10');
    at('2025-11-03T16:00:00.000Z');
    const closed = await closeMonths(city);
    expect(closed.filter(({ of }) => of === 'event')).toMatchObject([
      { of: 'event', month: '2025-10', rows: 2 },
    ]);
    expect(await closeMonths(city)).toEqual([]);
    expect(await verifyAudit(city.database)).toMatchObject({ missing: 0, findings: [] });
  });

  it('is made anew by whoever comes after a transaction that was rolled back', async () => {
    at('2025-12-05T00:00:00.000Z');
    const broken = city.database.transaction(async (tx) => {
      await city.record(tx, {
        ...{ kind: 'denied', account: null, address: null, route: null, detail: {} },
      });
      throw new Error('rolled back');
    });
    await expect(broken).rejects.toThrow('rolled back');
    await event('2025-12-05T00:00:01.000Z');
  });

  it('has its head in the log, which anybody can check', async () => {
    await takeLog();
    const heads = await committedHeads(city.database, '2025-10');
    const deps = { database: city.database, folder: logFolder(city.config.varDir) };
    const bundle = await proveRecord(deps, 'audit:2025-10', heads);
    assert(bundle.ok, JSON.stringify(bundle));
    const { origin } = city.config.log as { origin: string };
    const log = logVerifier(city.crypto, origin);
    expect(checkBundle(bundle.value, { log, others: [], sm2: checkSm2 })).toMatchObject({
      ok: true,
    });
    expect(bundle.value.leaves.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('"month":"2025-10"'),
    );
  });

  it('is named when it no longer holds what it held: a row less, a row more', async () => {
    const verified = async () => (await verifyAudit(city.database)).findings;
    await asOwner(sql`update audit.event set at = '2025-11-01T00:00:00Z'
                      where at = '2025-10-31T23:59:59.999Z'`);
    const named = (await verified()).filter(({ table }) => table === 'month');
    expect(named).toMatchObject([{ kind: 'altered', what: 'event 2025-10: 2 → 1' }]);
    await asOwner(sql`update audit.event set at = '2025-10-31T23:59:59.999Z'
                      where at = '2025-11-01T00:00:00Z' and id = ${named[0]!.id}`);
    await asOwner(sql`update audit.event e set at = '2025-10-31T23:59:59.999Z' from (
                        select id from audit.event where at = '2025-11-01T00:00:00Z' order by id limit 1
                      ) f where e.id = f.id`);
    expect(await verified()).toEqual([]);
    await asOwner(sql`update audit.month_head set rows = rows + 1
                      where of = 'event' and month = '2025-10-01'`);
    expect(await verified()).toMatchObject([{ kind: 'altered', table: 'month' }]);
    await asOwner(sql`update audit.month_head set rows = rows - 1
                      where of = 'event' and month = '2025-10-01'`);
  });
});

describe('events of an old month', () => {
  it('stay while the term is unconfirmed, runs, or the month is open', async () => {
    at('2026-06-01T00:00:00.000Z');
    expect(await proposeDrop(city, asked(one))).toMatchObject({
      refusal: { code: 'audit.term-unconfirmed' },
    });
    await confirmAll(city);
    at('2026-04-30T15:59:59.999Z');
    expect(await proposeDrop(city, asked(one))).toMatchObject({
      refusal: { code: 'audit.month-kept', params: { until: '2026-05-01' } },
    });
    at('2026-06-01T00:00:00.000Z');
    expect(await proposeDrop(city, asked(one, '2025-11'))).toMatchObject({
      refusal: { code: 'audit.month-open' },
    });
  });

  it('are taken out by two persons, into a file, and verifying goes on holding', async () => {
    const clerk = { ...one, position: 'data-clerk' };
    expect((await proposeDrop(city, asked(clerk))).ok).toBe(false);
    const proposal = await proposeDrop(city, asked(one));
    assert(proposal.ok, JSON.stringify(proposal));
    const refusals = [
      await dropMonth(city, proposal.value, asked(one), write),
      await dropMonth(city, proposal.value, asked(two, '2025-11'), write),
      await dropMonth(city, '01890000-0000-7000-8000-000000000000' as Id, asked(two), write),
    ];
    expect(refusals.map((one_) => (one_.ok ? 'done' : one_.refusal.code))).toEqual([
      'door.same-person',
      'audit.no-such-proposal',
      'audit.no-such-proposal',
    ]);
    const broken = dropMonth(city, proposal.value, asked(two), () =>
      Promise.reject(new Error('the disk is full')),
    );
    await expect(broken).rejects.toThrow('the disk is full');
    expect(kept).toEqual([]);
    const done = await dropMonth(city, proposal.value, asked(two), write);
    expect(done).toMatchObject({ ok: true, value: { rows: 2 } });
    expect(kept.map(({ kind }) => kind)).toEqual(['head', 'event', 'event', 'end']);
    const gone = (await closedMonths(city.database)).find(({ droppedAt }) => droppedAt !== null);
    expect(gone).toMatchObject({ of: 'event', month: '2025-10', rows: 2 });
    expect(await verifyAudit(city.database)).toMatchObject({ missing: 0, findings: [] });
    expect(await proposeDrop(city, asked(one))).toMatchObject({
      refusal: { code: 'audit.month-dropped' },
    });
  });

  it('are missed where an owner says they were taken out, and nobody decided it', async () => {
    at('2026-06-02T00:00:00.000Z');
    await closeMonths(city);
    await asOwner(sql`
      insert into audit.month_drop select '2025-11-01', 1, gen_random_uuid(), gen_random_uuid(),
                                          'a', 'b', archive, at from audit.month_drop`);
    await asOwner(sql`drop table audit.event_202511`);
    expect((await verifyAudit(city.database)).missing).toBe(1);
  });

  it('stay where the month is not what was committed to', async () => {
    await takeLog();
    await asOwner(sql`update audit.event set account = 'somebody' where at::date = '2025-12-05'`);
    at('2026-07-02T00:00:00.000Z');
    const proposal = await proposeDrop(city, asked(one, '2025-12'));
    assert(proposal.ok, JSON.stringify(proposal));
    expect(await dropMonth(city, proposal.value, asked(two, '2025-12'), write)).toMatchObject({
      refusal: { code: 'audit.month-differs' },
    });
  });
});
