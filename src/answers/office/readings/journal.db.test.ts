/** The journal of every access: right for each subject on each day, and changed by nobody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestInstallation } from '../../../../tests/installation.ts';
import type { Office } from '../../../../tests/office/office-city.ts';
import {
  type ReadingCity,
  food,
  must,
  readingCity,
  trade,
  units,
} from '../../../../tests/office/reading-city.ts';
import { type Random, seeded } from '../../../../tests/workbook/random.ts';
import { type Day, type Instant, addDays, day, dayOf } from '../../../kernel/day.ts';
import { sql } from '../../../platform/db/index.ts';
import { committedReadings } from '../../../trust/access/index.ts';
import { verifyAudit } from '../../../trust/audit/index.ts';
import { journalOf, readFor } from './service.ts';

let made: ReadingCity;
let city: TestInstallation;
let office: Office;
beforeAll(async () => {
  made = await readingCity();
  ({ city, office } = made);
});
afterAll(() => city.drop());

describe('a thousand accesses', () => {
  type Plan = { reader: string; subject: string; purpose: string; matter: string | null };
  type Expected = { reading: string; subject: string; unit: string; told: Day };
  const readers = [
    ...[1, 2, 3].map((no) => [`th-case-${no}`, 'own', 'case-officer'] as const),
    ...[4, 5].map((no) => [`th-case-${no}`, 'sibling', 'case-officer'] as const),
    ...[1, 2].map((no) => [`th-centre-${no}`, 'centre', 'centre-officer'] as const),
    ['th-clerk-1', 'foreign', 'data-clerk'] as const,
  ];
  const purposesOf: Readonly<Record<string, readonly string[]>> = {
    'case-officer': ['objection', 'repair', 'duty', 'procedure', 'inspection'],
    'centre-officer': ['objection', 'quality-check'],
    'data-clerk': ['source-check'],
  };
  const expected: Expected[] = [];
  const deferred = { unit: units.sibling.code, matter: '样例检查-9', toldFrom: day('2026-06-25') };

  function draw(random: Random): Plan {
    const [reader, , position] = random.pick(readers);
    const purpose = random.pick(purposesOf[position]!);
    const matter = random.pick(['样例-10', '样例-11', deferred.matter]);
    return { reader, subject: random.pick([food, trade]).code, purpose, matter };
  }

  it(
    'each stand in the journal of their subject on their day, and nowhere else',
    { timeout: 300_000 },
    async () => {
      const from = '2026-06-10T01:00:00.000Z' as Instant;
      city.config.clock.set(from);
      for (const [code, name, position] of readers) await made.account(code, name, position);
      const reviewer = await made.signedIn('th-reviewer', 'sibling', 'case-reviewer');
      const body = {
        ...{ purpose: 'inspection', matter: deferred.matter, toldFrom: deferred.toldFrom },
        ...{ provision: 'sample-inspection-rules#9', reason: '检查开始前告知将妨碍检查' },
      };
      const path = `/subjects/${made.idOf(food.code)}/deferrals`;
      expect((await office.ask('POST', path, { who: reviewer, body })).status).toBe(200);
      const random = seeded(20261123);
      for (let no = 0; no < 1_000; no += 1) {
        const plan = draw(random);
        const [, name, position] = readers.find(([code]) => code === plan.reader)!;
        const { code: unit } = units[name];
        const reader = { account: plan.reader, unit, positions: [position] };
        const read = must(await readFor(city, reader, plan, { address: null, route: 'test' }));
        const isDeferred =
          plan.purpose === 'inspection' &&
          plan.matter === deferred.matter &&
          unit === deferred.unit &&
          plan.subject === food.code &&
          dayOf(city.clock.now()) < deferred.toldFrom;
        expected.push({
          ...{ reading: read.reading.id, subject: plan.subject, unit },
          told: isDeferred ? deferred.toldFrom : dayOf(city.clock.now()),
        });
        made.later(12);
      }
      const before = new Set(expected.map(({ reading }) => reading));
      const hidden = expected.filter(({ told }) => told === deferred.toldFrom);
      expect(hidden.length).toBeGreaterThan(10);
      for (const on of [addDays(deferred.toldFrom, -1), deferred.toldFrom]) {
        city.config.clock.set(`${on}T04:00:00.000Z` as Instant);
        for (const { code } of [food, trade]) {
          const found: string[] = [];
          let after: string | undefined;
          do {
            const page = must(await journalOf(city, made.idOf(code), after));
            found.push(...page.entries.map(({ reading }) => reading));
            after = page.next ?? undefined;
          } while (after !== undefined);
          const mine = expected.filter(({ subject, told }) => subject === code && told <= on);
          expect(found.filter((id) => before.has(id)).sort()).toEqual(
            mine.map(({ reading }) => reading).sort(),
          );
          expect(new Set(found).size).toBe(found.length);
        }
      }
    },
  );

  it('can be changed by nobody; what the owner of the database changed is named', async () => {
    await expect(
      city.database.execute(sql`update access.reading set told_from = null`),
    ).rejects.toThrow('kept');
    const whole = await verifyAudit(city.database, [committedReadings]);
    expect(whole).toMatchObject({ findings: [], missing: 0 });
    expect(whole.rows['reading']).toBeGreaterThanOrEqual(1_000);
    const { reading } = expected[500]!;
    await city.database.transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      await tx.execute(sql`update access.reading set purpose = 'repair2' where id = ${reading}`);
      await tx.execute(sql`delete from access.reading where id = ${expected[501]!.reading}`);
    });
    expect(await verifyAudit(city.database, [committedReadings])).toMatchObject({
      ...{ missing: 1, findings: [{ kind: 'altered', table: 'reading', id: reading }] },
    });
  });
});
