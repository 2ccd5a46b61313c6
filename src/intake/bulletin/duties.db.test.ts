/** Who has to report and never does is silent, covers nothing, and stands in the bulletin. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type TestInstallation,
  authority,
  clerk,
  collectText,
  importOrganisations,
  operatorA,
  testInstallation,
} from '../../../tests/installation.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { type Day, day } from '../../kernel/day.ts';
import { sql } from '../../platform/db/index.ts';
import { registerUnits } from '../../register/units/index.ts';
import { declareCount, readDuties, recordDuties } from '../collection/index.ts';
import { anomalies, monthFigures } from '../quality/index.ts';
import { draftBulletin, readBulletin } from './index.ts';

const silent = '11329900MBXX00908M';
const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };

let city: TestInstallation;
const at = (text: string) => city.config.clock.set(text as never);
const deps = () => ({
  database: city.database,
  clock: city.clock,
  rulebook: city.rulebook,
  door: city.door,
  place: city.config.jurisdiction,
});
const duty = (provider: string, from: string, owes = true, item = 'inspection') => ({
  ...{ provider, item, from: day(from), owes },
  ground: '样例市公共信用信息目录',
});
const record = (...changes: ReturnType<typeof duty>[]) =>
  recordDuties(city.collection(), changes, operatorA);

async function figuresOf(provider: string, period: string) {
  const found = await monthFigures(deps(), period, { provider, item: null });
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.value.sources;
}

async function silences(period: string) {
  const found = await anomalies(deps(), period);
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.value.flatMap(({ kind, provider, rule }) =>
    kind === 'silence' ? [[provider, rule]] : [],
  );
}

beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
  at('2025-01-02T02:00:00.000Z');
  const unit = { kind: 'department', level: 'city', region: null, sector: null } as const;
  const named = [silent, authority].map((code) => ({ ...unit, code, name: `样例单位${code}` }));
  await registerUnits(
    city,
    named.map((one) => ({ ...one, status: 'registered', sample: true })),
    operatorA,
  );
  at('2026-03-05T02:00:00.000Z');
  const row = {
    行政相对人名称: food.name,
    '行政相对人代码_1(统一社会信用代码)': food.code,
    行政处罚决定书文号: '样罚〔2026〕1号',
    处罚决定日期: '2026/03/02',
  };
  await collectText(city, penaltyCsv([row]), { item: 'penalty' });
});
afterAll(() => city.drop());

describe('a list of duties', () => {
  it('is recorded whole or not at all, with the line that is wrong', async () => {
    const good = duty(silent, '2025-01-01');
    for (const [wrong, code] of [
      [{ ...good, provider: '91320100MAXX000900' }, 'collection.duty-no-unit'],
      [{ ...good, item: 'no-such-item' }, 'collection.duty-no-item'],
      [{ ...good, from: '2025-02-30' as Day }, 'collection.duty-bad-day'],
      [{ ...good, ground: ' ' }, 'collection.duty-no-ground'],
      [good, 'collection.duty-twice'],
    ] as const) {
      expect(await record(good, wrong)).toMatchObject({
        ok: false,
        refusal: { code, params: { line: 2 } },
      });
    }
    expect(await readDuties(city.database)).toEqual([]);
  });

  it('is recorded by the centre alone, and said again is no news', async () => {
    const both = [duty(silent, '2025-04-01'), duty(authority, '2025-04-01', true, 'penalty')];
    const denied = await recordDuties(city.collection(), both, clerk);
    expect(denied).toMatchObject({ ok: false, refusal: { code: 'door.not-permitted' } });
    expect(await record(...both)).toEqual({ ok: true, value: 2 });
    expect(await record(...both)).toEqual({ ok: true, value: 0 });
    expect(await readDuties(city.database)).toHaveLength(2);
  });

  it('is kept as it was recorded, whoever asks the database', async () => {
    await expect(
      city.database.execute(sql`update collection.duty_change set owes = false`),
    ).rejects.toThrow(/kept as they were/);
    await expect(city.database.execute(sql`delete from collection.duty_change`)).rejects.toThrow(
      /kept as they were/,
    );
  });
});

describe('a unit that has to report and never did', () => {
  it('has figures of which none is good, and covers nothing once a year has gone by', async () => {
    const [march, ...others] = await figuresOf(silent, '2026-03');
    expect(others).toEqual([]);
    expect(march).toMatchObject({ item: 'inspection', received: 0, produced: null });
    for (const [name, { state, value }] of Object.entries(march!.figures)) {
      expect([name, state === 'value' ? value : null]).toEqual([
        name,
        name === 'coverage' ? 0 : null,
      ]);
    }
    const [before] = await figuresOf(silent, '2026-02');
    expect(before!.figures.coverage.state).toBe('UNKNOWN');
    const [heard] = await figuresOf(authority, '2026-03');
    expect(heard!.figures.coverage).toMatchObject({ value: 1, denominator: 1 });
  });

  it('is told to be silent, and is in the bulletin with the lowest of scores', async () => {
    expect(await silences('2026-02')).toEqual([]);
    expect(await silences('2026-03')).toEqual([[silent, 'quality.silence.never']]);
    at('2026-04-03T02:00:00.000Z');
    const drafted = await draftBulletin(deps(), { period: '2026-03', actor: operatorA });
    expect(drafted).toMatchObject({ ok: true });
    const bulletin = await readBulletin(deps(), '2026-03');
    if (!bulletin.ok) throw new Error(JSON.stringify(bulletin));
    const { body } = bulletin.value;
    expect(body.silent).toEqual([{ provider: silent, item: 'inspection', by: 'never' }]);
    const line = body.departments.find(({ provider }) => provider === silent);
    expect(line).toMatchObject({ received: 0, produced: null, score: { lowest: 0 } });
  });

  it('is not silent for a month of which it declared that there was nothing', async () => {
    const zero = { provider: silent, item: 'inspection', period: '2026-03' } as const;
    await declareCount(city.collection(), { ...zero, kind: 'produced', count: 0, actor: clerk });
    expect(await silences('2026-03')).toEqual([]);
    const [march] = await figuresOf(silent, '2026-03');
    expect(march!.figures.coverage.state).toBe('NA');
  });

  it('is released from a day on, and owes nothing after it', async () => {
    at('2026-05-03T02:00:00.000Z');
    const ofPermits = duty(silent, '2025-01-01', true, 'permit');
    await record(ofPermits);
    expect(await silences('2026-04')).toEqual([[silent, 'quality.silence.never']]);
    await record({ ...ofPermits, from: day('2026-04-30'), owes: false, ground: '机构改革通知' });
    expect(await silences('2026-04')).toEqual([]);
    expect(await silences('2026-03')).toEqual([[silent, 'quality.silence.never']]);
    expect(await readDuties(city.database)).toContainEqual(
      expect.objectContaining({ item: 'permit', since: '2025-01-01', until: '2026-04-30' }),
    );
  });
});
