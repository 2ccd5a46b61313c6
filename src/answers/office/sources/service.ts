/** Sources for the centre and for each unit: lateness as the public is told it, rows and alerts beside it. */
import { addMonths } from '../../../kernel/day.ts';
import { type Result, ok, refuse } from '../../../kernel/result.ts';
import { recentBatches } from '../../../intake/collection/index.ts';
import {
  type Anomaly,
  type MonthOfSource,
  anomalies,
  deliveredIn,
} from '../../../intake/quality/index.ts';
import { portalLaw, readCityFacts, sourcesToday } from '../../portal/index.ts';
import { type Reach, isWithinReach, unitNames } from '../actions/service.ts';
import type { OfficeDeps } from '../deps.ts';
import type { AlertView, SourceBatchView, SourceView } from './contract.ts';

const pageRows = 50;
const batchRows = 20;
const monthsShown = 12;

/** The month before the present one, `YYYY-MM`. */
export const lastMonth = ({ clock }: Pick<OfficeDeps, 'clock'>): string =>
  addMonths(clock.today(), -1).slice(0, 7);

/** What measuring is given of an office. */
export function measuring(deps: OfficeDeps) {
  const { database, clock, rulebook, config } = deps;
  return { database, clock, rulebook, place: config.jurisdiction };
}

const rank = { late: 0, unknown: 1, current: 2, 'not-covered': 3 } as const;

/** What sources are in order of: late ones first, the longest late before the others. */
function orderOf({ state, lateSince, unit, item }: SourceView): string {
  return [rank[state], lateSince ?? '9999-12-31', unit.code, item].join(' ');
}

function rowsOf(rows: readonly MonthOfSource[], period: string): SourceView['lastMonth'] {
  const sum = (of: (row: MonthOfSource) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    period,
    batches: sum(({ batches }) => batches),
    rows: sum((one) => one.rows),
    rejected: sum((one) => one.rows - one.passed),
  };
}

/** All sources of units within reach, in order. Items nobody delivers are no source of anybody. */
async function allSources(deps: OfficeDeps, reach: Reach): Promise<SourceView[]> {
  const period = lastMonth(deps);
  const law = portalLaw(deps.law());
  const [facts, delivered] = await Promise.all([
    readCityFacts(deps.database),
    deliveredIn(deps, period, 1),
  ]);
  return sourcesToday(law, facts)
    .sources.flatMap(({ provider, item, itemName, frequency, currency }): SourceView[] => {
      if (provider === null || !isWithinReach(reach, provider.code)) return [];
      const own = delivered.filter((row) => row.provider === provider.code && row.item === item);
      const { state, lastReceivedOn, lateSince, reason } = currency;
      return [
        {
          ...{
            unit: provider,
            item,
            itemName,
            frequency,
            state,
            lastReceivedOn,
            lateSince,
            reason,
          },
          lastMonth: rowsOf(own, period),
        },
      ];
    })
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** One page of the sources within reach, the longest late first. */
export async function sourcesFor(
  deps: OfficeDeps,
  reach: Reach,
  { state, after }: { readonly state?: string | undefined; readonly after?: string | undefined },
) {
  const all = await allSources(deps, reach);
  const count = (wanted: SourceView['state']) => all.filter((one) => one.state === wanted).length;
  const asked = all.filter((one) => state === undefined || one.state === state);
  const rest = after === undefined ? asked : asked.filter((one) => orderOf(one) > after);
  const sources = rest.slice(0, pageRows);
  const last = sources.at(-1);
  return {
    on: deps.clock.today(),
    counts: { current: count('current'), late: count('late'), unknown: count('unknown') },
    sources,
    next: rest.length > pageRows && last !== undefined ? orderOf(last) : null,
  };
}

/** An alert as it is shown. */
export function alertViewer(deps: OfficeDeps, names: Awaited<ReturnType<typeof unitNames>>) {
  const law = portalLaw(deps.law());
  return ({ provider, item, month, files, ...odd }: Anomaly): AlertView => ({
    ...{ kind: odd.kind, what: odd.what, expected: odd.expected, seen: odd.seen, rule: odd.rule },
    ...{ limits: odd.limits, unit: names(provider), item, period: month },
    itemName: itemNameOf(law, item),
    files: files.map(({ batchId, fileName, rows, first }) => ({
      ...{ batchId, fileName, rows, first: [...first] },
    })),
  });
}

/** Name of an item in both languages, its code where the directory no longer has it. */
export function itemNameOf(law: ReturnType<typeof portalLaw>, code: string) {
  const item = law.items.get(code)?.item;
  return { zh: item?.name ?? code, en: item?.nameEn ?? code };
}

/** One unit's sources. Refuses `office.not-your-unit`, `office.no-such-unit`. */
export async function sourceFor(deps: OfficeDeps, reach: Reach, unit: string) {
  if (!isWithinReach(reach, unit)) return refuse('office.not-your-unit', { unit });
  const period = lastMonth(deps);
  const names = await unitNames(deps);
  const [all, delivered] = await Promise.all([
    allSources(deps, new Set([unit])),
    deliveredIn(deps, period, monthsShown),
  ]);
  const own = delivered.filter(({ provider }) => provider === unit);
  if (all.length === 0 && names(unit).name === null) return refuse('office.no-such-unit', { unit });
  const odd = await anomalies(measuring(deps), period, { provider: unit, item: null });
  if (!odd.ok) return odd;
  return ok({
    unit: names(unit),
    sources: all,
    months: own.map(({ item, month, ...row }) => {
      const { batches, rows, rejected } = rowsOf([{ item, month, ...row }], month);
      return { item, period: month, batches, rows, rejected };
    }),
    alerts: odd.value.map(alertViewer(deps, names)),
  });
}

/** Deliveries of a unit, the newest first. Refuses `office.not-your-unit`. */
export async function batchesFor(
  deps: OfficeDeps,
  reach: Reach,
  { unit, after }: { readonly unit: string; readonly after?: string | undefined },
): Promise<Result<{ batches: SourceBatchView[]; next: string | null }>> {
  if (!isWithinReach(reach, unit)) return refuse('office.not-your-unit', { unit });
  const page = { limit: batchRows, after: after ?? null };
  const batches = await recentBatches(deps.database, unit, page);
  const law = portalLaw(deps.law());
  const next = batches.length === batchRows ? (batches.at(-1)?.batchId ?? null) : null;
  return ok({
    batches: batches.map((one) => ({ ...one, itemName: itemNameOf(law, one.item) })),
    next,
  });
}
