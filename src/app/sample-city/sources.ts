/**
 * Who sends what, in which form and how often: the calendar of the sample city. Figures are chosen so
 * that two thousand organisations are built in seconds; more organisations make longer files, not more.
 */
import { type Day, addDays, weekday } from '../../kernel/day.ts';
import { chanceOf } from './chance.ts';
import { type CityPlan, storyDays } from './organisations.ts';
import type { UnitKey } from './units.ts';

/** How a file is written. */
export type FileForm = 'xlsx' | 'csv-utf8' | 'csv-gb18030' | 'json';

/** One office sending one kind of file. */
export type Source = {
  readonly unit: UnitKey;
  /** Directory item. */
  readonly item: string;
  /** Standard of the template, `id@edition`. */
  readonly standard: string;
  readonly form: FileForm;
  readonly everyDays: number;
  /** Rows over the whole story, per organisation of the city. */
  readonly share: number;
  /** No more files in the last so many days: a source that has fallen silent. */
  readonly silentDays?: number;
  /** Decisions are so many days older than usual: a source that is always late. */
  readonly lateDays?: number;
  /** Whether the clerk's mistakes are in it. */
  readonly mistakes?: boolean;
  /** Whether the headings are the codes of the fields, as systems write them. */
  readonly codedHeadings?: boolean;
  /** Whether the columns that this platform adds to the standard are filled. */
  readonly ownColumns?: boolean;
  /** Whether the sender says how many rows it sends. */
  readonly declares?: boolean;
};

const penalty = { item: 'penalty', standard: 'cf-legal@2019', mistakes: true } as const;
const permit = { item: 'permit', standard: 'xk-legal@2019', mistakes: true } as const;
const summary = { item: 'summary-penalty', standard: 'summary-penalty@2026' } as const;
const commitment = { item: 'commitment', standard: 'commitment@2026' } as const;
const often = { everyDays: 30 } as const;
const sometimes = { everyDays: 84 } as const;
const seldom = { everyDays: 140 } as const;

const act = (item: string) => ({ item, standard: `${item}@2026` });

/** All sources. */
export const sources: readonly Source[] = [
  {
    unit: 'market',
    ...penalty,
    form: 'xlsx',
    ...often,
    share: 0.15,
    declares: true,
    ownColumns: true,
  },
  { unit: 'sample-market', ...penalty, form: 'xlsx', ...sometimes, share: 0.04 },
  { unit: 'urban', ...penalty, form: 'csv-utf8', ...often, share: 0.06 },
  {
    unit: 'sample-urban',
    ...penalty,
    standard: 'cf-legal@2018',
    form: 'xlsx',
    ...sometimes,
    share: 0.03,
  },
  { unit: 'example-urban', ...penalty, form: 'csv-gb18030', ...sometimes, share: 0.03 },
  { unit: 'ecology', ...penalty, form: 'xlsx', ...sometimes, share: 0.04, ownColumns: true },
  { unit: 'emergency', ...penalty, form: 'csv-gb18030', ...sometimes, share: 0.04 },
  { unit: 'fire', ...penalty, form: 'csv-gb18030', ...sometimes, share: 0.03 },
  {
    unit: 'transport',
    ...penalty,
    form: 'csv-utf8',
    ...sometimes,
    share: 0.04,
    codedHeadings: true,
  },
  { unit: 'health', ...penalty, form: 'xlsx', ...sometimes, share: 0.02 },
  { unit: 'housing', ...penalty, form: 'xlsx', ...seldom, share: 0.015 },
  { unit: 'culture', ...penalty, form: 'xlsx', ...sometimes, share: 0.01, silentDays: 150 },
  {
    unit: 'example-emergency',
    ...penalty,
    form: 'csv-gb18030',
    ...sometimes,
    share: 0.01,
    lateDays: 26,
  },
  { unit: 'approval', ...permit, form: 'csv-utf8', ...often, share: 0.8, declares: true },
  { unit: 'transport', ...permit, form: 'xlsx', ...sometimes, share: 0.08 },
  { unit: 'health', ...permit, form: 'csv-gb18030', ...sometimes, share: 0.08 },
  { unit: 'housing', ...permit, form: 'xlsx', ...seldom, share: 0.05 },
  {
    unit: 'urban',
    ...permit,
    standard: 'xk-legal@2018',
    form: 'csv-utf8',
    ...seldom,
    share: 0.03,
  },
  {
    unit: 'culture',
    ...permit,
    standard: 'xk-legal@2015',
    form: 'xlsx',
    ...seldom,
    share: 0.02,
  },
  { unit: 'agriculture', ...permit, form: 'json', ...seldom, share: 0.02 },
  { unit: 'ecology', ...permit, form: 'xlsx', ...seldom, share: 0.02 },
  { unit: 'land', ...permit, form: 'csv-utf8', ...seldom, share: 0.01, silentDays: 240 },
  { unit: 'urban', ...summary, form: 'csv-utf8', ...seldom, share: 0.06 },
  { unit: 'market', ...summary, form: 'xlsx', ...seldom, share: 0.05 },
  { unit: 'transport', ...summary, form: 'csv-gb18030', ...seldom, share: 0.03 },
  { unit: 'market', ...act('inspection'), form: 'xlsx', ...seldom, share: 0.15 },
  { unit: 'emergency', ...act('inspection'), form: 'csv-gb18030', ...seldom, share: 0.03 },
  { unit: 'industry', ...act('reward'), form: 'xlsx', everyDays: 210, share: 0.01 },
  { unit: 'labour', ...act('confirmation'), form: 'xlsx', everyDays: 210, share: 0.015 },
  { unit: 'market', ...act('compulsion'), form: 'xlsx', everyDays: 210, share: 0.008 },
  { unit: 'water', ...act('levy'), form: 'csv-utf8', everyDays: 210, share: 0.012 },
  { unit: 'court', ...act('criminal-judgment'), form: 'xlsx', everyDays: 400, share: 0.002 },
  { unit: 'market', ...act('abnormal-directory'), form: 'csv-utf8', ...sometimes, share: 0.06 },
  {
    unit: 'market',
    item: 'severe-list-market-regulation',
    standard: 'severe-list-entry@2026',
    form: 'xlsx',
    everyDays: 200,
    share: 0.004,
  },
  {
    unit: 'labour',
    item: 'severe-list-wage-arrears',
    standard: 'severe-list-entry@2026',
    form: 'xlsx',
    everyDays: 200,
    share: 0.002,
  },
  {
    unit: 'tax',
    item: 'severe-list-tax',
    standard: 'severe-list-entry@2026',
    form: 'xlsx',
    everyDays: 400,
    share: 0.002,
  },
  {
    unit: 'court',
    item: 'severe-list-defaulters',
    standard: 'severe-list-entry@2026',
    form: 'csv-utf8',
    everyDays: 200,
    share: 0.006,
  },
  { unit: 'approval', ...commitment, form: 'xlsx', ...seldom, share: 0.12 },
  { unit: 'waterworks', ...commitment, form: 'csv-utf8', ...seldom, share: 0.02 },
  { unit: 'power', ...commitment, form: 'json', ...seldom, share: 0.02 },
  { unit: 'procurement', ...act('contract'), form: 'xlsx', ...seldom, share: 0.05 },
];

/** One file of a source. */
export type FileOrder = {
  readonly source: Source;
  /** Number of the source in {@link sources}. */
  readonly sourceNo: number;
  /** Number of the file among those of its source. */
  readonly fileNo: number;
  readonly deliveredOn: Day;
  /** Minute of the day in UTC+8 at which it arrives. */
  readonly minute: number;
  readonly rows: number;
  /** Rows of the source before this file. */
  readonly before: number;
};

/** Saturday and Sunday pass to Monday: nobody sends files then. */
function onWeekday(day: Day): Day {
  const no = weekday(day);
  return no <= 5 ? day : addDays(day, 8 - no);
}

function filesOf(plan: CityPlan, source: Source, sourceNo: number): FileOrder[] {
  const start = addDays(plan.anchor, -storyDays);
  // The first file comes after a while, at another time for each source.
  const first = 12 + ((sourceNo * 7) % Math.min(source.everyDays, 60));
  const count = Math.max(1, Math.floor((storyDays - 6 - first) / source.everyDays) + 1);
  const rows = Math.max(1, Math.round((source.share * plan.organisations) / count));
  const orders: FileOrder[] = [];
  for (let fileNo = 0; fileNo < count; fileNo += 1) {
    const after = first + fileNo * source.everyDays;
    if (after > storyDays - (source.silentDays ?? 0)) break;
    orders.push({
      source,
      sourceNo,
      fileNo,
      deliveredOn: onWeekday(addDays(start, after)),
      minute: 9 * 60 + chanceOf(plan.seed, 'minute', sourceNo, fileNo).below(8 * 60),
      rows,
      before: fileNo * rows,
    });
  }
  return orders;
}

/** All files in the order of their arrival. */
export function fileOrders(plan: CityPlan): FileOrder[] {
  return sources
    .flatMap((source, sourceNo) => filesOf(plan, source, sourceNo))
    .sort(
      (a, b) =>
        a.deliveredOn.localeCompare(b.deliveredOn) ||
        a.minute - b.minute ||
        a.sourceNo - b.sourceNo,
    );
}
