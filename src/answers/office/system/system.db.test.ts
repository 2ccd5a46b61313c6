/** Units and health over HTTP, as the system administrator reads them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestInstallation } from '../../../../tests/installation.ts';
import type { Office, Who } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  must,
  readingCity,
  start,
  units,
} from '../../../../tests/office/reading-city.ts';
import { logDepsOf } from '../../../app/log.ts';
import { sql } from '../../../platform/db/index.ts';
import { withSequencer } from '../../../trust/transparency-log/index.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
let who: Who;
beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
  city.config.clock.set(start);
  await office.account('system-1', ['system-administrator']);
  ({ who } = await office.enter('system-1'));
});
afterAll(() => city.drop());

const get = (path: string) => office.ask('GET', path, { who });

describe('the system administrator', () => {
  it('sees units with their place and how many accounts they have, and whose unit is not registered', async () => {
    await made.account('unit-1', 'own', 'data-clerk');
    await made.account('unit-2', 'own', 'data-reviewer');
    await city.database.execute(
      sql`update accounts.account set disabled_at = ${city.clock.now()} where code = 'unit-2'`,
    );
    const { status, body } = await get('/units');
    expect(status).toBe(200);
    const found = body as unknown as {
      units: { code: string; accounts: number; disabled: number; place: string | null }[];
      counts: object;
      elsewhere: number;
    };
    const own = found.units.find(({ code }) => code === units.own.code)!;
    expect(own).toMatchObject({ level: 'county', region: '329902', accounts: 1, disabled: 1 });
    expect(found.counts).toMatchObject({ ended: 0 });
    expect(found.elsewhere).toBeGreaterThan(0);
    const after = (await get(`/units?after=${units.own.code}`)).body as unknown as typeof found;
    expect(after.units.map(({ code }) => code)).not.toContain(units.own.code);
    expect(after.units.map(({ code }) => code)).toContain(units.sibling.code);
    const ended = (await get('/units?status=ended')).body as unknown as typeof found;
    expect(ended.units).toEqual([]);
  });

  it('sees how far the log is behind, what waits, and how large the database is', async () => {
    const before = (await get('/health')).body;
    expect(before).toMatchObject({
      ...{ log: null, figures: null, backup: null, waiting: { batches: 0, since: null, rows: 0 } },
    });
    await withSequencer(logDepsOf(city), async (sequencer) => {
      while (must(await sequencer.take()) > 0);
    });
    await city.database.execute(sql`
      insert into operation.setting (key, value, changed_at)
      values ('backup.last', '{"snapshotAt": "2026-05-31T00:00:00.000Z", "path": "x"}', now())`);
    await city.database.execute(sql`
      update collection.batch set state = 'running'
      where batch_id = (select batch_id from collection.batch limit 1)`);
    made.later(10);
    await office.givePassword('nobody-1');
    made.later(5);
    const { body } = await get('/health');
    expect(body).toMatchObject({
      log: { waiting: 1, lagSeconds: 300, signed: { size: expect.any(Number) as number } },
      waiting: { batches: 1 },
      backup: '2026-05-31T00:00:00.000Z',
    });
    expect((body['database'] as { bytes: number }).bytes).toBeGreaterThan(1_000_000);
    expect(JSON.stringify(body)).not.toContain('"x"');
  });

  it('is refused the audit and the quotas, each time as an event', async () => {
    const before = (await office.events('denied')).length;
    for (const path of ['/acts', '/security-events', '/quotas', '/unusual-readings']) {
      expect((await get(path)).body.code).toBe('door.not-permitted');
    }
    expect((await office.events('denied')).length - before).toBe(4);
  });
});
