/** The dashboard over HTTP: numbers that add up, the rows behind each, and nobody else's among them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClerkCity, clerkCity, row } from '../../../../tests/office/clerk-city.ts';
import { units } from '../../../../tests/office/reading-city.ts';
import type { Who } from '../../../../tests/office/office-city.ts';
import { refreshFigures } from '../../portal/index.ts';
import type {
  DashboardDelivery,
  DashboardHeldRow,
  DashboardMonth,
  DashboardView,
} from './contract.ts';

const period = '2026-06';
const outcomes = ['received', 'accepted', 'duplicate', 'held', 'rejected'] as const;
let made: ClerkCity;

beforeAll(async () => {
  made = await clerkCity();
  const { batch } = await made.sendRows(
    [
      row(1),
      row(2, { 处罚决定日期: '2062/03/02' }),
      row(3, { 行政相对人名称: '样例食品公司' }),
      row(1),
    ],
    '看板.csv',
  );
  await made.finished(batch);
  await refreshFigures(made.city);
});
afterAll(() => made.city.drop());

const dashboard = async (who: Who) =>
  (await made.get('/dashboard', who)).body as unknown as DashboardView;
const monthOf = (view: DashboardView) =>
  view.months.find((one) => one.period === period) as DashboardMonth;

async function deliveries(who: Who): Promise<DashboardDelivery[]> {
  const { body } = await made.get(`/dashboard/deliveries?period=${period}`, who);
  return body['deliveries'] as DashboardDelivery[];
}

async function heldRows(who: Who, state: string): Promise<DashboardHeldRow[]> {
  const { body } = await made.get(`/dashboard/held-rows?state=${state}`, who);
  return body['rows'] as DashboardHeldRow[];
}

describe('the figures of a month', () => {
  it.each(['clerk', 'foreign', 'officer'] as const)(
    'add up, and are the sums of the deliveries they lead to: %s',
    async (name) => {
      const month = monthOf(await dashboard(made[name]));
      const { received, accepted, duplicate, held, rejected } = month;
      expect(received).toBeGreaterThan(0);
      expect(accepted + duplicate + held + rejected).toBe(received);
      const behind = await deliveries(made[name]);
      expect(behind).toHaveLength(month.deliveries);
      for (const outcome of outcomes) {
        expect(behind.reduce((sum, one) => sum + one[outcome], 0)).toBe(month[outcome]);
      }
    },
  );

  it('stand for every month of twelve, also those in which nothing came', async () => {
    const { months } = await dashboard(made.clerk);
    expect(months).toHaveLength(12);
    expect(months.at(-1)!.period).toBe(period);
    expect(months[0]).toMatchObject({ period: '2025-07', deliveries: 0, received: 0 });
  });
});

describe('rows in doubt', () => {
  it('are as many as they are said to be, each with the review that decides it', async () => {
    const { held } = await dashboard(made.officer);
    expect(held.held).toBeGreaterThan(0);
    for (const state of ['held', 'linked', 'returned'] as const) {
      expect(await heldRows(made.officer, state)).toHaveLength(held[state]);
    }
    const [waiting] = await heldRows(made.officer, 'held');
    expect(waiting).toMatchObject({ name: '样例食品公司', unit: { code: units.own.code } });
    const review = await made.get(`/link-reviews/${waiting!.review!}`, made.officer);
    expect(review.status).toBe(200);
  });
});

describe('a unit', () => {
  it('sees its own and nobody else’s; a centre sees all of its place', async () => {
    const own = await dashboard(made.clerk);
    expect(own.unit?.code).toBe(units.own.code);
    expect(own.published).toBeNull();
    expect(new Set((await deliveries(made.clerk)).map(({ unit }) => unit.code))).toEqual(
      new Set([units.own.code]),
    );
    const other = await dashboard(made.foreign);
    expect(other.unit?.code).toBe(units.foreign.code);
    expect(other.held).toEqual({ held: 0, linked: 0, returned: 0 });
    expect(await heldRows(made.foreign, 'held')).toEqual([]);
    const all = await dashboard(made.officer);
    expect(all.unit).toBeNull();
    expect(new Set((await deliveries(made.officer)).map(({ unit }) => unit.code)).size).toBe(3);
    expect(monthOf(all).received).toBeGreaterThan(monthOf(own).received);
  });
});

describe('what is public', () => {
  it('is counted as the public finds it in the column', async () => {
    const { published } = await dashboard(made.officer);
    const reply = await made.office.app.request('/api/public/v1/publicity/penalty');
    const { entries, older } = (await reply.json()) as { entries: object[]; older: string | null };
    expect(older).toBeNull();
    expect(published!.find(({ column }) => column === 'penalty')!.lines).toBe(entries.length);
    expect(entries.length).toBeGreaterThan(0);
  });
});

describe('a page', () => {
  it('that begins nowhere is refused in words', async () => {
    for (const path of ['deliveries?period=2026-06&after=x', 'held-rows?state=held&after=1%202']) {
      const { status, body } = await made.get(`/dashboard/${path}`, made.officer);
      expect([status >= 400, body.code]).toEqual([true, 'collection.bad-page']);
    }
  });
});
