import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../tests/installation.ts';
import { penaltyCsv } from '../../tests/penalties.ts';
import { type Day, addDays, instantFromMs, startOfDay } from '../kernel/day.ts';
import { assert } from '../kernel/result.ts';
import { sql } from '../platform/db/index.ts';
import { type UpkeepEvent, keepUp } from './upkeep.ts';

const firm = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [firm]);
  const text = penaltyCsv(
    ['2026/05/20', '2026/05/25'].map((day, n) => ({
      行政相对人名称: firm.name,
      '行政相对人代码_1(统一社会信用代码)': firm.code,
      行政处罚决定书文号: `样罚〔2026〕${n}号`,
      处罚决定日期: day,
    })),
  );
  const report = await collectText(city, text, { item: 'penalty' });
  assert(report.ok, JSON.stringify(report));
});
afterAll(() => city.drop());

/** The days on which the two records stop being shown, as their stored windows say. */
async function closingDays(): Promise<readonly [Day, Day]> {
  const rows = await city.database.query<{ day: Day }>(sql`
    select upper(show)::text as day from records.record_window
    where superseded_at is null order by 1`);
  return [rows[0]!.day, rows[1]!.day];
}

/** How many windows open and close on a day, channel by channel, counted from the stored windows. */
async function countOn(day: Day) {
  const [row] = await city.database.query<{ opened: number; closed: number }>(sql`
    select count(*) filter (where lower(r) = ${day}::date)::int as opened,
           count(*) filter (where upper(r) = ${day}::date)::int as closed
    from records.record_window,
         lateral (values (show), (share), (use), (report)) as c(days), unnest(days) r
    where superseded_at is null`);
  return row!;
}

const events: UpkeepEvent[] = [];
const newDays = () => events.filter((event) => event.kind === 'new-day');

/** Waits for what upkeep tells, twenty seconds at most. */
async function until(isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !isDone(); tries += 1) await sleep(20);
  expect(isDone()).toBe(true);
}

it('a running server notices the new day, and tells what opens and closes on every day it passed', async () => {
  const [first, second] = await closingDays();
  expect(addDays(first, 2) < second).toBe(true);
  const { clock } = city.config;
  clock.set(startOfDay(addDays(first, -3)));
  const end = new AbortController();
  const onEvent = (event: UpkeepEvent) => void events.push(event);
  const ended = keepUp(city, { signal: end.signal, onEvent, everyMs: 20 });
  let told = 0;
  /** Sets the clock and expects exactly one new day with these counts. */
  const comes = async (day: Day, counts: { opened: number; closed: number }) => {
    clock.set(startOfDay(day));
    told += 1;
    await until(() => newDays().length >= told);
    expect(newDays()[told - 1]).toEqual({ kind: 'new-day', day, ...counts });
  };
  const nothing = { opened: 0, closed: 0 };
  try {
    // The same day is not a new one, up to its last millisecond in UTC+8.
    await sleep(200);
    const last = Date.parse(startOfDay(addDays(first, -2))) - 1;
    clock.set(instantFromMs(last));
    await sleep(200);
    expect(newDays()).toEqual([]);

    // A day on which nothing happens is told as such; what closes is counted on its day, and once.
    await comes(addDays(first, -2), nothing);
    expect((await countOn(first)).closed).toBeGreaterThan(0);
    await comes(first, await countOn(first));
    await comes(addDays(first, 1), nothing);

    // A machine that slept over the closing day is told of it when it wakes.
    expect((await countOn(second)).closed).toBeGreaterThan(0);
    await comes(addDays(second, 2), await countOn(second));

    // A clock that is set back makes no new day, and none is told twice.
    clock.set(startOfDay(second));
    await sleep(200);
    clock.set(startOfDay(addDays(second, 2)));
    await sleep(200);
    expect(newDays()).toHaveLength(told);
    expect(events.filter(({ kind }) => kind === 'trouble')).toEqual([]);
  } finally {
    end.abort();
    await ended;
  }
});

it('the new day writes nothing: windows stand as they were stored', async () => {
  const rows = await city.database.query(
    sql`select window_id from records.record_window where superseded_at is not null`,
  );
  expect(rows).toEqual([]);
});
