/**
 * What `xinheng clock walk` tells from the database, day by day over fifteen years, beside the opinion of
 * the independent checker on each of these days.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockWalk } from '../../src/archive/records/index.ts';
import { toMultirange } from '../../src/archive/records/domain-intervals.ts';
import { windowsOf } from '../../src/archive/records/domain-windows.ts';
import { insertWindows } from '../../src/archive/records/store.ts';
import { type Day, addDays } from '../../src/kernel/day.ts';
import type { Id } from '../../src/kernel/ids.ts';
import { type TestDatabase, testDatabase } from '../database/index.ts';
import { opinionOn } from '../independent/checker.ts';
import { type Matter, ways } from '../independent/matter.ts';
import { chanceFrom, penalty } from './generator.ts';
import { factsOf } from './records.ts';
import { rulebookOf, viewAt, withSample } from './rulebooks.ts';

const from = '2019-01-01' as Day;
const to = '2033-12-31' as Day;
const place = '410105';
const office = { confirmed: true, sampleCity: true, alone: null };

let clone: TestDatabase;
beforeAll(async () => {
  clone = await testDatabase();
});
afterAll(() => clone.drop());

function matters(): Matter[] {
  const chance = chanceFrom(20261123);
  const spans = [
    { sector: 'transport', span: { from: '2019-05-01', to: '2023-04-30' } },
    { sector: null, span: { from: '2023-03-01', to: '2026-03-31' } },
    { sector: 'fire-rescue', span: { from: '2026-02-01', to: '2029-12-31' } },
    { sector: 'market-regulation', span: { from: '2021-07-01', to: '2025-12-24' } },
    { sector: 'market-regulation', span: { from: '2025-11-01', to: '2029-12-31' } },
  ];
  return spans.flatMap((span) =>
    (['minor', 'general', 'serious', 'unknown'] as const).flatMap((weight) =>
      [1, 2].map(() => penalty(chance, weight, { place, ...span })),
    ),
  );
}

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as Id;

test('the walk opens and closes every channel on the very days the checker does', async () => {
  const law = viewAt(rulebookOf(withSample, true), place);
  const all = matters();
  await clone.database.transaction(async (tx) => {
    await insertWindows(
      tx,
      all.map((matter, n) => {
        const facts = factsOf(matter, law);
        const windows = windowsOf(law.planFor(facts.item, matter.sector), facts);
        return {
          subjectId: idOf(1),
          recordId: idOf(n),
          windowId: idOf(n),
          recordedAt: '2019-01-01T00:00:00.000Z' as never,
          item: facts.item.code,
          family: facts.item.family,
          class: null,
          rulebookDigest: law.digest,
          inputDigest: '00'.repeat(32),
          show: toMultirange(windows.show),
          share: toMultirange(windows.share),
          use: toMultirange(windows.use),
          report: toMultirange(windows.report),
        };
      }),
    );
  });
  const open = new Set<string>();
  const walk = clockWalk(clone.database, from, to);
  let step = await walk.next();
  let steps = 0;
  const differences: string[] = [];
  for (let on = from; on <= to; on = addDays(on, 1)) {
    for (; step.done !== true && step.value.on === on; step = await walk.next()) {
      const { recordId, channel, opens } = step.value;
      const name = `${recordId} ${channel}`;
      // A step says a change; the same one twice would be a hole in the walk.
      if (open.has(name) === opens) differences.push(`${on} ${name}: told twice`);
      if (opens) open.add(name);
      else open.delete(name);
      steps += 1;
    }
    for (const [n, matter] of all.entries()) {
      for (const way of ways) {
        const walked = open.has(`${idOf(n)} ${way}`);
        if (walked !== opinionOn(matter, way, on, office).open) {
          differences.push(`${on} ${n} ${way}: walk says ${walked ? 'open' : 'shut'}`);
        }
      }
    }
  }
  expect(differences.slice(0, 5)).toEqual([]);
  expect(step.done).toBe(true);
  expect(steps).toBeGreaterThan(100);
  console.log(`${all.length} records, ${steps} boundaries crossed`);
});
