/** Who sends what, in which form and how often. */
import type { Rhythm } from './rhythm.ts';
import type { UnitKey } from './units.ts';

/** How a file is written; UTF-16 with tabs is what Excel calls Unicode text. */
export type FileForm = 'xlsx' | 'csv-utf8' | 'csv-gb18030' | 'csv-utf16' | 'json';

/** One office sending one kind of file. */
export type Source = {
  readonly unit: UnitKey;
  /** Directory item. */
  readonly item: string;
  /** Standard of the template, `id@edition`. */
  readonly standard: string;
  readonly form: FileForm;
  readonly rhythm: Rhythm;
  /** Rows over the whole story, per organisation of the city. */
  readonly share: number;
  /** Standard of its first year, where the source came late to the present one. */
  readonly standardBefore?: string;
  /** No more files in the last months: a source that has fallen silent. */
  readonly silent?: boolean;
  /** No more files in the last months either, but a declaration each month that there was nothing. */
  readonly declaresZero?: boolean;
  /** Decisions are so many days older than usual: a source that is always late. */
  readonly lateDays?: number;
  /** Whether the clerk's mistakes are in it. */
  readonly mistakes?: boolean;
  /** Whether the headings are the codes of the fields, as systems write them. */
  readonly codedHeadings?: boolean;
  /** Whether the columns that this platform adds to the standard are filled. */
  readonly ownColumns?: boolean;
  /** Whether its system sends row ids and operations: changes and withdrawals come as such. */
  readonly controlColumns?: boolean;
  /** Office whose rows of the same item it sends again now and then: one decision from two sources. */
  readonly echoes?: UnitKey;
  /** Only in cities large enough for many files. */
  readonly largeOnly?: boolean;
  /** Whether the sender says how many rows it sends. */
  readonly declares?: boolean;
};

const penalty = { item: 'penalty', standard: 'cf-legal@2019', mistakes: true } as const;
const permit = { item: 'permit', standard: 'xk-legal@2019', mistakes: true } as const;
const summary = { item: 'summary-penalty', standard: 'summary-penalty@2026' } as const;
const commitment = { item: 'commitment', standard: 'commitment@2026' } as const;
const severe = { standard: 'severe-list-entry@2026', rhythm: 'quarterly' } as const;

const weekly = { rhythm: 'weekly' } as const;
const monthly = { rhythm: 'monthly' } as const;
const quarterly = { rhythm: 'quarterly' } as const;
const halfYearly = { rhythm: 'half-yearly' } as const;
const yearly = { rhythm: 'yearly' } as const;

const xlsx = { form: 'xlsx' } as const;
const utf8 = { form: 'csv-utf8' } as const;
const utf16 = { form: 'csv-utf16' } as const;
const gb = { form: 'csv-gb18030' } as const;
const json = { form: 'json' } as const;

const act = (item: string) => ({ item, standard: `${item}@2026` });

const penalties: readonly Source[] = [
  { unit: 'market', ...penalty, ...xlsx, ...weekly, share: 0.15, declares: true, ownColumns: true },
  { unit: 'sample-market', ...penalty, ...xlsx, ...monthly, share: 0.04, echoes: 'market' },
  { unit: 'urban', ...penalty, ...utf8, ...weekly, share: 0.06 },
  {
    unit: 'sample-urban',
    ...penalty,
    standard: 'cf-legal@2018',
    ...xlsx,
    ...monthly,
    share: 0.03,
  },
  { unit: 'example-urban', ...penalty, ...gb, ...monthly, share: 0.03 },
  { unit: 'ecology', ...penalty, ...xlsx, ...monthly, share: 0.04, ownColumns: true },
  { unit: 'emergency', ...penalty, ...gb, ...monthly, share: 0.04 },
  { unit: 'fire', ...penalty, ...utf16, ...monthly, share: 0.03 },
  {
    unit: 'transport',
    ...penalty,
    ...utf8,
    ...monthly,
    share: 0.04,
    codedHeadings: true,
    controlColumns: true,
  },
  { unit: 'health', ...penalty, ...xlsx, ...monthly, share: 0.02 },
  { unit: 'housing', ...penalty, ...xlsx, ...quarterly, share: 0.015 },
  { unit: 'culture', ...penalty, ...xlsx, ...monthly, share: 0.01, silent: true },
  { unit: 'example-emergency', ...penalty, ...gb, ...monthly, share: 0.01, lateDays: 26 },
  {
    unit: 'example-market',
    ...penalty,
    ...xlsx,
    ...monthly,
    share: 0.02,
    largeOnly: true,
  },
  { unit: 'new-market', ...penalty, ...utf8, ...monthly, share: 0.015, largeOnly: true },
  { unit: 'county-market', ...penalty, ...gb, ...monthly, share: 0.02, largeOnly: true },
  { unit: 'county-urban', ...penalty, ...xlsx, ...monthly, share: 0.015, largeOnly: true },
];

const permits: readonly Source[] = [
  { unit: 'approval', ...permit, ...utf8, ...weekly, share: 0.8, declares: true },
  { unit: 'transport', ...permit, ...xlsx, ...monthly, share: 0.08 },
  { unit: 'health', ...permit, ...gb, ...monthly, share: 0.08 },
  { unit: 'housing', ...permit, ...xlsx, ...quarterly, share: 0.05 },
  {
    unit: 'urban',
    ...permit,
    standard: 'xk-legal@2018',
    ...utf8,
    ...quarterly,
    share: 0.03,
  },
  {
    unit: 'culture',
    ...permit,
    standardBefore: 'xk-legal@2015',
    ...xlsx,
    ...quarterly,
    share: 0.02,
  },
  { unit: 'agriculture', ...permit, ...json, ...quarterly, share: 0.02 },
  { unit: 'ecology', ...permit, ...xlsx, ...quarterly, share: 0.02 },
  { unit: 'land', ...permit, ...utf8, ...quarterly, share: 0.01, declaresZero: true },
];

const others: readonly Source[] = [
  { unit: 'urban', ...summary, ...utf8, ...monthly, share: 0.06 },
  { unit: 'market', ...summary, ...xlsx, ...monthly, share: 0.05 },
  { unit: 'transport', ...summary, ...gb, ...quarterly, share: 0.03 },
  { unit: 'market', ...act('inspection'), ...xlsx, ...monthly, share: 0.15 },
  { unit: 'emergency', ...act('inspection'), ...gb, ...quarterly, share: 0.03 },
  { unit: 'industry', ...act('reward'), ...xlsx, ...halfYearly, share: 0.01 },
  { unit: 'labour', ...act('confirmation'), ...xlsx, ...halfYearly, share: 0.015 },
  { unit: 'market', ...act('compulsion'), ...xlsx, ...quarterly, share: 0.008 },
  { unit: 'water', ...act('levy'), ...utf8, ...halfYearly, share: 0.012 },
  { unit: 'court', ...act('criminal-judgment'), ...xlsx, ...yearly, share: 0.002 },
  { unit: 'market', ...act('abnormal-directory'), ...utf8, ...monthly, share: 0.06 },
  { unit: 'market', item: 'severe-list-market-regulation', ...severe, ...xlsx, share: 0.004 },
  { unit: 'labour', item: 'severe-list-wage-arrears', ...severe, ...xlsx, share: 0.002 },
  { unit: 'tax', item: 'severe-list-tax', ...severe, ...xlsx, share: 0.002 },
  { unit: 'court', item: 'severe-list-defaulters', ...severe, ...utf8, share: 0.006 },
  { unit: 'approval', ...commitment, ...xlsx, ...monthly, share: 0.12 },
  { unit: 'waterworks', ...commitment, ...utf8, ...quarterly, share: 0.02 },
  { unit: 'power', ...commitment, ...json, ...quarterly, share: 0.02 },
  { unit: 'procurement', ...act('contract'), ...xlsx, ...monthly, share: 0.05 },
];

/** All sources. */
export const sources: readonly Source[] = [...penalties, ...permits, ...others];
