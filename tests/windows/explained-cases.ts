/** The cases whose explanations are kept in `tests/golden/explanations`, with what a lawyer checked. */
import type { Channel } from '../../src/kernel/rulebook/terms.ts';
import type { Matter } from '../independent/matter.ts';

/** One question: what would this installation answer about this matter on this day? */
export type ExplainedCase = {
  readonly name: string;
  readonly confirmed: boolean;
  readonly matter: Matter;
  readonly channel: Channel;
  readonly on: string;
  /** What was checked by hand: whether it is open, and the first and the last open day. */
  readonly expected: {
    readonly open: boolean;
    readonly first: string | null;
    readonly last: string | null;
  };
};

const blank: Matter = {
  item: 'penalty',
  place: '320100',
  sector: 'transport',
  received: '2026-05-15',
  decided: '2026-05-10',
  publicised: null,
  conductEnded: null,
  publicUntil: null,
  validUntil: null,
  ended: null,
  remedyOver: null,
  procedure: 'ordinary',
  kinds: ['CONFISCATE_GOODS', 'FINE'],
  marked: null,
  publication: null,
  annulledFrom: null,
  leftAfter: null,
  withdrawnFrom: null,
  deletedFrom: null,
  held: null,
};

type Question = {
  readonly name: string;
  readonly matter: Partial<Matter>;
  readonly channel?: Channel;
  readonly on: string;
  readonly plain?: true;
  /** First and last open day of the window asked about; a missing last day is "no end". */
  readonly window: readonly [string, string?] | null;
  readonly open?: false;
};

function ask(question: Question): ExplainedCase {
  const [first, last] = question.window ?? [];
  return {
    name: question.name,
    confirmed: question.plain !== true,
    matter: { ...blank, ...question.matter },
    channel: question.channel ?? 'show',
    on: question.on,
    expected: { open: question.open ?? true, first: first ?? null, last: last ?? null },
  };
}

const summary = { kinds: ['FINE'], procedure: 'summary' } as const;
const fineOnly = { kinds: ['FINE'] } as const;
const revocation = { kinds: ['REVOKE_PERMIT'] } as const;
const market = { sector: 'market-regulation' } as const;

/** All cases in the order of their files. */
export const explainedCases: readonly ExplainedCase[] = [
  ask({
    name: 'minor-shared-from-30-november-to-the-end-of-february',
    matter: { ...summary, decided: '2026-11-30', received: '2026-12-03' },
    channel: 'share',
    on: '2027-02-28',
    window: ['2026-12-03', '2027-02-28'],
  }),
  ask({
    name: 'general-decided-on-a-leap-day',
    matter: { decided: '2028-02-29', received: '2028-03-06' },
    on: '2028-06-01',
    window: ['2028-03-06', '2029-02-28'],
  }),
  ask({
    name: 'general-received-seven-months-late',
    matter: { received: '2026-12-20' },
    on: '2027-01-04',
    window: ['2026-12-20', '2027-05-10'],
  }),
  ask({
    name: 'general-received-after-its-term-never-shown',
    matter: { received: '2027-06-01' },
    on: '2027-07-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'market-2021-bar-on-business-longer-than-three-years',
    matter: {
      ...market,
      kinds: ['RESTRICT_OPERATION', 'FINE'],
      decided: '2021-10-15',
      received: '2021-10-21',
      publicised: '2021-10-20',
      validUntil: '2025-06-30',
    },
    on: '2025-01-10',
    window: ['2021-10-21', '2025-06-30'],
  }),
  ask({
    name: 'market-107-bar-on-business-longer-than-three-years',
    matter: {
      ...market,
      kinds: ['RESTRICT_OPERATION'],
      decided: '2026-01-05',
      received: '2026-01-09',
      validUntil: '2030-12-31',
    },
    on: '2029-06-01',
    window: ['2026-01-09', '2030-12-31'],
  }),
  ask({
    name: 'notice-527-term-kept-under-order-58',
    matter: { ...fineOnly, marked: 'general', decided: '2022-09-01', received: '2022-09-08' },
    on: '2023-06-01',
    window: ['2022-09-08', '2023-09-01'],
  }),
  ask({
    name: 'order-58-decision-under-order-36',
    matter: { decided: '2025-12-10', received: '2025-12-16' },
    on: '2026-05-04',
    window: ['2025-12-16', '2026-12-10'],
  }),
  ask({
    name: 'order-58-decision-before-order-36-cuts-its-term',
    matter: { decided: '2025-12-10', received: '2025-12-16' },
    on: '2026-02-02',
    window: ['2025-12-16', '2026-12-10'],
  }),
  ask({
    name: 'order-58-decision-ended-by-order-36',
    matter: { decided: '2024-06-18', received: '2024-06-25' },
    on: '2026-04-01',
    window: ['2024-06-25', '2026-03-31'],
    open: false,
  }),
  ask({
    name: 'henan-use-without-evidence',
    matter: { place: '410105', ...revocation },
    channel: 'use',
    on: '2026-12-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'henan-use-with-evidence',
    matter: { place: '410105', ...revocation, remedyOver: '2026-11-11' },
    channel: 'use',
    on: '2026-12-01',
    window: ['2026-11-11', '2029-05-10'],
  }),
  ask({
    name: 'zhejiang-report-five-years-from-the-decision',
    matter: { place: '330106', decided: '2026-03-15', received: '2026-03-20' },
    channel: 'report',
    on: '2029-01-04',
    window: ['2026-03-20', '2031-03-15'],
  }),
  ask({
    name: 'shandong-report-five-years-from-the-end-of-the-conduct',
    matter: { place: '370100', conductEnded: '2025-08-31' },
    channel: 'report',
    on: '2030-09-01',
    window: ['2026-05-15', '2030-08-31'],
    open: false,
  }),
  ask({
    name: 'shanghai-summary-penalty-not-used',
    matter: { place: '310000', ...summary, marked: 'general' },
    channel: 'use',
    on: '2026-06-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'class-unknown-counted-as-general',
    matter: fineOnly,
    on: '2026-06-01',
    window: ['2026-05-15', '2027-05-10'],
  }),
  ask({
    name: 'class-unknown-not-covered-as-shipped',
    matter: fineOnly,
    on: '2026-06-01',
    plain: true,
    window: null,
    open: false,
  }),
  ask({
    name: 'market-107-not-covered-as-shipped',
    matter: market,
    on: '2026-06-01',
    plain: true,
    window: null,
    open: false,
  }),
  ask({
    name: 'serious-as-shipped',
    matter: revocation,
    on: '2026-06-01',
    plain: true,
    window: ['2026-05-15', '2029-05-10'],
  }),
  ask({
    name: 'annulled-as-a-whole',
    matter: { ...revocation, annulledFrom: '2026-09-30' },
    channel: 'report',
    on: '2026-10-01',
    window: ['2026-05-15', '2026-09-29'],
    open: false,
  }),
  ask({
    name: 'annulled-in-part-general-remains',
    matter: {
      kinds: ['REVOKE_PERMIT', 'CONFISCATE_GOODS'],
      leftAfter: { from: '2026-09-30', kinds: ['CONFISCATE_GOODS'] },
    },
    on: '2026-10-08',
    window: ['2026-05-15', '2027-05-10'],
  }),
  ask({
    name: 'amount-doubted-and-held',
    matter: { held: { from: '2026-05-15', cleared: null } },
    on: '2026-06-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'amount-doubted-and-cleared',
    matter: { held: { from: '2026-05-15', cleared: '2026-06-10' } },
    on: '2026-07-01',
    window: ['2026-06-10', '2027-05-10'],
  }),
  ask({
    name: 'reported-end-earlier-than-the-maximum',
    matter: { ...revocation, publicUntil: '2027-12-31' },
    on: '2027-01-04',
    window: ['2026-05-15', '2027-12-31'],
  }),
  ask({
    name: 'permit-valid-for-a-long-term',
    matter: { item: 'permit', kinds: [], validUntil: '2099-12-31' },
    on: '2026-06-01',
    window: ['2026-05-15'],
  }),
  ask({
    name: 'summary-penalty-not-shown',
    matter: summary,
    on: '2026-06-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'summary-penalty-in-the-report',
    matter: { item: 'summary-penalty', ...summary },
    channel: 'report',
    on: '2026-06-01',
    window: ['2026-05-15'],
  }),
  ask({
    name: 'item-resting-on-a-plan',
    matter: { item: 'nanjing-water-supply', kinds: [], procedure: null },
    channel: 'report',
    on: '2026-06-01',
    window: null,
    open: false,
  }),
  ask({
    name: 'wage-arrears-entry-removed',
    matter: {
      item: 'severe-list-wage-arrears',
      sector: 'human-resources-social-security',
      kinds: [],
      procedure: null,
      ended: '2027-03-15',
    },
    on: '2027-03-16',
    window: ['2026-05-15', '2027-03-15'],
    open: false,
  }),
  ask({
    name: 'sample-sector-rule-minor-shown-three-months',
    matter: { place: '329900', sector: 'urban-management', kinds: ['WARNING'] },
    on: '2026-08-10',
    window: ['2026-05-15', '2026-08-10'],
  }),
];
