/**
 * Penalties: the five periods of national law and the invented sector rule of the sample city, typed
 * as a table from the domain paper (§1.2, §1.3, §4.2) and the notes beside the rules.
 */
import { count } from './calendar.ts';
import type { Way, Weight } from './matter.ts';
import { type Standard, type Standing, standards } from './weights.ts';

/** What a period says of one channel for one weight. */
export type Term = {
  /** Length in months from the start of the clock; `null` without end, `closed` never opens. */
  readonly months: number | null | 'closed';
  readonly grounds: readonly string[];
  /** Whether all figures of the line were read. */
  readonly read: boolean;
};

export type Period = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Whether the clock runs from publication where a day of it is known; else from the decision. */
  readonly fromPublicity: boolean;
  /** Whether a bar on business or practice that lasts longer carries the term with it; read or not. */
  readonly barExtends: false | 'read' | 'unread';
  readonly standard: Standard;
  /** Matters never shown in this period, whatever their weight. */
  readonly neverShown: (matter: Standing) => boolean;
  readonly term: (way: Way, weight: Weight) => Term;
};

const reportGrounds = [
  'ndrc-2025-565#content',
  'report-standard-2022#administrative',
  'ndrc-2018-424#publish',
];
const catalogues = ['catalogue-2024#class-3', 'catalogue-2021#class-3', 'ndrc-2018-424#publish'];
const publication = [
  'ndrc-2018-424#publish',
  'government-information-disclosure-regulations#20',
  'enterprise-information-publicity-regulations#7',
];

type Figures = {
  /** Months of display, minor to serious; `closed` for minor where it is not shown. */
  readonly shown: Readonly<Record<Weight, number | 'closed'>>;
  readonly showGrounds: readonly string[];
  readonly dataGrounds: readonly string[];
  readonly read: boolean;
};

/** Sharing and use end with the display; minor matters are shared three months and never used. */
function terms(figures: Figures): Period['term'] {
  return (way, weight) => {
    if (way === 'report') return { months: null, grounds: reportGrounds, read: true };
    const { read } = figures;
    if (way === 'show') {
      return { months: figures.shown[weight], grounds: figures.showGrounds, read };
    }
    if (weight !== 'minor') {
      return { months: figures.shown[weight], grounds: figures.dataGrounds, read };
    }
    const months = way === 'share' ? 3 : 'closed';
    return { months, grounds: figures.dataGrounds, read };
  };
}

const isSummary = (matter: Standing): boolean => matter.procedure === 'summary';
const onlyOf =
  (...words: string[]) =>
  (matter: Standing): boolean =>
    matter.kinds.length > 0 && matter.kinds.every((kind) => words.includes(kind));
const isWarning = onlyOf('WARNING');
const isWords = onlyOf('WARNING', 'CRITICISM');

function notice527(name: string, to: string, standard: Standard): Period {
  return {
    name,
    from: count('2019-07-01'),
    to: count(to),
    fromPublicity: false,
    barExtends: false,
    standard,
    neverShown: isSummary,
    term: terms({
      shown: { minor: 'closed', general: 12, serious: 36 },
      showGrounds: ['ndrc-2019-527', ...publication],
      dataGrounds: catalogues,
      read: true,
    }),
  };
}

const order36: Period = {
  name: 'Order 36',
  from: count('2026-04-01'),
  to: Number.POSITIVE_INFINITY,
  fromPublicity: false,
  barExtends: false,
  standard: standards.n36,
  neverShown: () => false,
  term: terms({
    shown: { minor: 'closed', general: 12, serious: 36 },
    showGrounds: ['ndrc-order-36', ...publication],
    dataGrounds: ['ndrc-order-36#3', ...catalogues],
    read: true,
  }),
};

/** Periods of everybody but market regulation, in order of time. */
export const ordinaryPeriods: readonly Period[] = [
  notice527('Notice 527', '2023-04-30', standards.n527),
  {
    name: 'Order 58',
    from: count('2023-05-01'),
    to: count('2026-03-31'),
    fromPublicity: false,
    barExtends: false,
    standard: standards.n58,
    neverShown: (matter) => isSummary(matter) || isWords(matter),
    term: terms({
      shown: { minor: 'closed', general: 36, serious: 36 },
      showGrounds: ['ndrc-order-58#period', ...publication],
      dataGrounds: catalogues,
      read: true,
    }),
  },
  order36,
];

/** Periods of market regulation. */
export const marketPeriods: readonly Period[] = [
  notice527('Notice 527 (market)', '2021-08-31', standards.m527),
  {
    name: 'SAMR 2021',
    from: count('2021-09-01'),
    to: count('2025-12-24'),
    fromPublicity: true,
    barExtends: 'read',
    standard: standards.m21,
    neverShown: (matter) => isSummary(matter) || isWarning(matter),
    term: terms({
      shown: { minor: 3, general: 36, serious: 36 },
      showGrounds: ['samr-order-45#13', 'enterprise-information-publicity-regulations#6'],
      dataGrounds: ['enterprise-information-publicity-regulations#7', ...catalogues],
      read: true,
    }),
  },
  {
    name: 'SAMR 107',
    from: count('2025-12-25'),
    to: Number.POSITIVE_INFINITY,
    fromPublicity: false,
    barExtends: 'unread',
    standard: standards.m107,
    neverShown: (matter) => isSummary(matter) || isWarning(matter),
    term: terms({
      shown: { minor: 3, general: 12, serious: 36 },
      showGrounds: ['samr-order-107', 'enterprise-information-publicity-regulations#6'],
      dataGrounds: ['enterprise-information-publicity-regulations#7', ...catalogues],
      read: false,
    }),
  },
];

/** The sample city's invented sector rule: minor matters of urban management shown three months. */
export const samplePeriod: Period = {
  ...order36,
  name: 'Order 36 with the sample sector rule',
  term: terms({
    shown: { minor: 3, general: 12, serious: 36 },
    showGrounds: ['ndrc-order-36', ...publication],
    dataGrounds: ['ndrc-order-36#3', ...catalogues],
    read: false,
  }),
};

/** Local law that only narrows: `closed` for matters that may not be used, `evidence` until shown over. */
export type Narrowing = {
  readonly place: string;
  readonly from: number;
  readonly ways: readonly Way[];
  readonly rule: (matter: Standing) => 'open' | 'closed' | 'evidence';
};

export const narrowings: readonly Narrowing[] = [
  { place: '41', from: count('2020-05-01'), ways: ['use'], rule: () => 'evidence' },
  {
    place: '33',
    from: count('2018-01-01'),
    ways: ['use'],
    rule: (matter) => (isSummary(matter) ? 'closed' : 'evidence'),
  },
  {
    place: '37',
    from: count('2020-10-01'),
    ways: ['share', 'use'],
    rule: (matter) => (isSummary(matter) ? 'closed' : 'open'),
  },
  {
    place: '31',
    from: count('2017-10-01'),
    ways: ['use'],
    rule: (matter) => (isSummary(matter) ? 'closed' : 'open'),
  },
];

/** Five years of adverse information by local regulation, and the day they are counted from. */
export const fiveYears: readonly {
  readonly place: string;
  readonly from: number;
  readonly clock: 'decided' | 'conductEnded';
}[] = [
  { place: '41', from: count('2020-05-01'), clock: 'decided' },
  { place: '33', from: count('2018-01-01'), clock: 'decided' },
  { place: '37', from: count('2020-10-01'), clock: 'conductEnded' },
  { place: '31', from: count('2017-10-01'), clock: 'conductEnded' },
];
