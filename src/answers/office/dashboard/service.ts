/** Figures of the dashboard and the rows behind them, for whoever's reach it is. Reads only. */
import { addMonths, day, parseInstant, startOfDay } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { ok, refuse } from '../../../kernel/result.ts';
import {
  type MonthOutcomes,
  deliveriesIn,
  heldCounts,
  heldRows,
  monthOutcomes,
} from '../../../intake/collection/index.ts';
import { countColumns, portalLaw, shownText } from '../../portal/index.ts';
import { type Reach, isWithinReach, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import { itemNameOf, lastMonth } from '../sources/service.ts';
import type { DashboardMonth, DashboardView, HeldState } from './contract.ts';

const monthsShown = 12;
const pageRows = 50;

/** The calendar months up to the present one, the oldest first. */
function monthsOf({ clock }: OfficeDeps): string[] {
  const first = day(`${clock.today().slice(0, 7)}-01`);
  return Array.from({ length: monthsShown }, (_, index) =>
    addMonths(first, index + 1 - monthsShown).slice(0, 7),
  );
}

function monthView(period: string, own: readonly MonthOutcomes[]): DashboardMonth {
  const sum = (of: keyof Omit<MonthOutcomes, 'provider' | 'month'>) =>
    own.reduce((all, one) => all + one[of], 0);
  return {
    ...{ period, deliveries: sum('deliveries'), received: sum('received') },
    ...{ accepted: sum('accepted'), duplicate: sum('duplicate') },
    ...{ held: sum('held'), rejected: sum('rejected') },
  };
}

/** Figures within reach. `ofCentre`: whoever looks after other units than its own. */
export async function dashboardFor(
  deps: OfficeDeps,
  reach: Reach,
  ofCentre: boolean,
): Promise<DashboardView> {
  const { database } = deps;
  const periods = monthsOf(deps);
  const [outcomes, held, columns, names] = await Promise.all([
    monthOutcomes(database, startOfDay(day(`${periods[0]!}-01`))),
    heldCounts(database),
    ofCentre ? countColumns(database) : null,
    unitNames(deps),
  ]);
  const within = outcomes.filter(({ provider }) => isWithinReach(reach, provider));
  const inState = (state: HeldState) =>
    held
      .filter((one) => one.state === state && isWithinReach(reach, one.provider))
      .reduce((sum, { rows }) => sum + rows, 0);
  const [only] = ofCentre || reach === null ? [] : [...reach];
  return {
    ...{ on: deps.clock.today(), lastMonth: lastMonth(deps) },
    unit: only === undefined ? null : names(only),
    months: periods.map((period) =>
      monthView(
        period,
        within.filter(({ month }) => month === period),
      ),
    ),
    held: { held: inState('held'), linked: inState('linked'), returned: inState('returned') },
    published: columns === null ? null : [...columns],
  };
}

/** Splits the place a page begins at; `null` where it is none. */
function placeOf(after: string): { receivedAt: string; batchId: Id; row: number } | null {
  const [at = '', batchId = '', row = '0', ...more] = after.split(' ');
  const receivedAt = parseInstant(at);
  if (receivedAt === null || !isId(batchId) || !/^\d{1,12}$/.test(row) || more.length > 0) {
    return null;
  }
  return { receivedAt, batchId, row: Number(row) };
}

const only = (reach: Reach) => (reach === null ? null : [...reach]);

/** Deliveries of a month within reach. Refuses `collection.bad-page`. */
export async function deliveriesFor(
  deps: OfficeDeps,
  reach: Reach,
  { period, after }: { readonly period: string; readonly after?: string | undefined },
) {
  const place = after === undefined ? null : placeOf(after);
  if (after !== undefined && place === null) return refuse('collection.bad-page');
  const first = day(`${period}-01`);
  const [found, names] = await Promise.all([
    deliveriesIn(deps.database, only(reach), {
      ...{ from: startOfDay(first), to: startOfDay(addMonths(first, 1)) },
      ...{ after: place, limit: pageRows + 1 },
    }),
    unitNames(deps),
  ]);
  const law = portalLaw(deps.law());
  const shown = found.slice(0, pageRows);
  const last = shown.at(-1);
  return ok({
    deliveries: shown.map(({ batchId, provider, item, fileName, ...rest }) => ({
      ...{ batch: batchId, unit: names(provider), fileName: shownText(fileName), ...rest },
      itemName: itemNameOf(law, item),
    })),
    next:
      found.length > pageRows && last !== undefined ? `${last.receivedAt} ${last.batchId}` : null,
  });
}

/** Rows whose subject was in doubt, within reach. Refuses `collection.bad-page`. */
export async function heldRowsFor(
  deps: OfficeDeps,
  reach: Reach,
  { state, after }: { readonly state: HeldState; readonly after?: string | undefined },
) {
  const place = after === undefined ? null : placeOf(after);
  if (after !== undefined && place === null) return refuse('collection.bad-page');
  const [found, names] = await Promise.all([
    heldRows(deps.database, only(reach), { state, after: place, limit: pageRows + 1 }),
    unitNames(deps),
  ]);
  const law = portalLaw(deps.law());
  const shown = found.slice(0, pageRows);
  const last = shown.at(-1);
  return ok({
    rows: shown.map(({ batchId, row, provider, item, receivedAt, name, reviewId }) => ({
      ...{ batch: batchId, row, unit: names(provider), receivedAt, review: reviewId },
      name: name === null ? null : shownText(name),
      itemName: itemNameOf(law, item),
    })),
    next:
      found.length > pageRows && last !== undefined
        ? `${last.receivedAt} ${last.batchId} ${last.row}`
        : null,
  });
}
