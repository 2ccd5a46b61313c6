import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../../tests/independent/quality.ts';
import {
  authority,
  clerk,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { type PenaltyRow, penaltyCsv } from '../../../tests/penalties.ts';
import { sql } from '../../platform/db/index.ts';
import { declareCount } from '../collection/index.ts';
import { anomalies, figureRows, monthFigures } from './index.ts';

const food = { name: '样例市样例食品有限公司', code: '91320100MAXX000900' };

let city: TestInstallation;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  await importOrganisations(city, [food]);
});
afterAll(() => city.drop());

const row = (serial: number, change: PenaltyRow = {}): PenaltyRow => ({
  行政相对人名称: food.name,
  '行政相对人代码_1(统一社会信用代码)': food.code,
  行政处罚决定书文号: `样罚〔2026〕${serial}号`,
  处罚决定日期: '2026/03/02',
  ...change,
});
const span = (from: number, to: number, change?: PenaltyRow) =>
  Array.from({ length: to - from + 1 }, (_, no) => row(from + no, change));

async function send(at: string, rows: readonly PenaltyRow[]): Promise<void> {
  city.config.clock.set(at as never);
  const report = await collectText(city, penaltyCsv(rows), { item: 'penalty' });
  if (!report.ok) throw new Error(JSON.stringify(report.refusal));
}

const deps = () => ({
  database: city.database,
  clock: city.clock,
  rulebook: city.rulebook,
  place: city.config.jurisdiction,
});

describe('the worked example of the data standard, sent through the pipeline', () => {
  beforeAll(async () => {
    const unreadable = { '罚款金额(万元)': '0.2万元' };
    // 36 facts: 33 pass at once, two after correction, one stays wrong; two rows are said again.
    await send('2026-03-05T02:00:00.000Z', [
      ...span(1, 30),
      ...span(34, 36, unreadable),
      // Nobody knows this party: it passes its checks and waits.
      row(31, { 行政相对人名称: '样例食品公司' }),
      row(1),
      row(2),
    ]);
    await send('2026-03-06T02:00:00.000Z', span(34, 35));
    // One comes late: decided on the second, the seventh working day after is the eleventh.
    await send('2026-03-12T02:00:00.000Z', [row(32)]);
    await send('2026-03-11T15:30:00.000Z', [row(33)]);
    const declared = { provider: authority, item: 'penalty', period: '2026-03', actor: clerk };
    const said = await declareCount(city.collection(), {
      ...declared,
      kind: 'produced',
      count: 40,
    });
    expect(said.ok).toBe(true);
    city.config.clock.set('2026-05-01T02:00:00.000Z' as never);
  });

  it('gives its figures, and an independent count of the raw events gives the same', async () => {
    const found = await monthFigures(deps(), '2026-03');
    if (!found.ok) throw new Error(found.refusal.code);
    const [source] = found.value.sources;
    const { figures } = source!;
    expect(source!.received).toBe(36);
    expect(found.value.closed).toBe(true);
    expect(figures.compliance).toMatchObject({ numerator: 33, denominator: 36 });
    expect(figures.complianceFinal).toMatchObject({ numerator: 35, denominator: 36 });
    expect(figures.timeliness).toMatchObject({ numerator: 34, denominator: 36 });
    expect(figures.reporting).toMatchObject({ numerator: 36, denominator: 40, value: 0.9 });
    expect(figures.omission).toMatchObject({ value: 4 });
    expect(figures.association).toMatchObject({ numerator: 34, denominator: 35 });
    expect(figures.duplicate).toMatchObject({ numerator: 2, denominator: 38 });
    expect(figures.correction).toMatchObject({ numerator: 2, denominator: 3 });
    expect(figures.accuracy.state).toBe('UNKNOWN');
    const events = await city.database.query<never>(sql`
      select o.outcome, o.source_key as key, encode(o.row_digest, 'hex') as digest,
        o.decided_on as decided, (o.received_at at time zone 'Asia/Shanghai')::date as received,
        o.record_id is not null as linked, o.cells_required as required, o.cells_filled as filled
      from collection.row_outcome o order by o.received_at, o.batch_id, o.row_no`);
    const again = recompute(events, { month: '2026-03', until: '2026-04-15', produced: 40 });
    for (const name of Object.keys(again) as (keyof typeof again)[]) {
      const { numerator, denominator } = figures[name];
      expect([name, numerator, denominator]).toEqual([name, ...(again[name] ?? [])]);
    }
  });

  it('opens every figure down to batch and row, page by page', async () => {
    const count = async (figure: string) => {
      const asked = { period: '2026-03', provider: null, item: null, figure };
      let seen = 0;
      for (let after: string | null = ''; after !== null;) {
        const page = await figureRows(deps(), after === '' ? asked : { ...asked, after }, 10);
        if (!page.ok) throw new Error(page.refusal.code);
        seen += page.value.rows.length;
        after = page.value.next;
      }
      return seen;
    };
    expect(await count('received')).toBe(36);
    expect(await count('rejected')).toBe(3);
    expect(await count('uncorrected')).toBe(1);
    expect(await count('late')).toBe(2);
    expect(await count('unmatched')).toBe(1);
  });

  it('counts a correction of a later month in the month of the first receipt', async () => {
    const april = await monthFigures(deps(), '2026-04');
    expect(april.ok && april.value.sources.map(({ received }) => received)).toEqual([0]);
    const silent = april.ok ? april.value.sources[0]!.figures : null;
    expect(silent?.compliance.state).toBe('UNKNOWN');
    expect(silent?.reporting.state).toBe('UNKNOWN');
  });

  it('counts what is said again, and neither corrections nor facts of other months with it', async () => {
    await send('2026-05-04T02:00:00.000Z', [row(101), row(101), row(101), row(1)]);
    const may = await monthFigures(deps(), '2026-05');
    if (!may.ok) throw new Error(may.refusal.code);
    expect(may.value.closed).toBe(false);
    expect(may.value.sources[0]!.received).toBe(1);
    expect(may.value.sources[0]!.figures.duplicate).toMatchObject({ numerator: 3, denominator: 4 });
  });

  it('alerts of nothing where there is no history', async () => {
    expect(await anomalies(deps(), '2026-03')).toEqual({ ok: true, value: [] });
  });
});
