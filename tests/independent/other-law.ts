/** Everything that is not a penalty: what each kind of matter may be disclosed for, and until when. */
import { count } from './calendar.ts';
import type { Matter, Way } from './matter.ts';

/** A day of the matter that is the last one of a window. */
export type LastDay = 'validUntil' | 'publicUntil' | 'ended';

/** What the law says of one channel: closed, or open on grounds until the earliest of these. */
export type Rule =
  | 'closed'
  | {
      readonly grounds: readonly string[];
      readonly read: boolean;
      readonly last?: readonly LastDay[];
      /** Months from the decision. */
      readonly months?: number;
    };

export type Law = {
  readonly from: number;
  readonly to: number;
  readonly sector?: string;
  readonly read?: false;
  readonly rule: (way: Way, matter: Matter) => Rule;
};

const always = { from: count('2019-07-01'), to: Number.POSITIVE_INFINITY };
const open = (grounds: readonly string[], last: readonly LastDay[] = []): Rule => ({
  grounds,
  read: true,
  last,
});
const unread = (grounds: readonly string[], last: readonly LastDay[] = []): Rule => ({
  grounds,
  read: false,
  last,
});
const catalogue = (no: number): string[] => [`catalogue-2024#class-${no}`];
const both = (no: number): string[] => [...catalogue(no), `catalogue-2021#class-${no}`];
const report = (part: string): string => `report-standard-2022#${part}`;

/** A simple table: show, share, use, report. */
function law(rules: Readonly<Record<Way, Rule>>, more: Partial<Law> = {}): Law {
  return { ...always, ...more, rule: (way) => rules[way] };
}

const act = law({
  show: 'closed',
  share: open(both(3)),
  use: open(both(3)),
  report: open([report('administrative'), ...both(3)]),
});

const listReport = open([
  'ndrc-2025-565#content',
  report('severe-lists'),
  'state-council-office-2020-49#8',
]);

/** A list: until removal or the end of its term; the page also until the reported end. */
function list(
  term: { grounds: readonly string[]; months?: number; read?: false },
  more: Partial<Law> = {},
): Law {
  const rule = (last: readonly LastDay[]): Rule => ({
    grounds: term.grounds,
    read: term.read ?? true,
    last,
    ...(term.months === undefined ? {} : { months: term.months }),
  });
  return law(
    {
      show: rule(['ended', 'publicUntil']),
      share: rule(['ended']),
      use: rule(['ended']),
      report: listReport,
    },
    more,
  );
}

const abnormalGrounds = ['enterprise-information-publicity-regulations#17'];
const abnormal: Law = {
  ...always,
  rule: (way, matter) => {
    const last: LastDay[] = ['ended'];
    if (way === 'report') return open([report('abnormal'), ...abnormalGrounds]);
    if (way === 'share') {
      return open(['enterprise-information-publicity-regulations#7', ...catalogue(5)], last);
    }
    if (way === 'use') {
      return open(['enterprise-information-publicity-regulations#18', ...catalogue(5)], last);
    }
    return matter.sector === 'market-regulation'
      ? open(abnormalGrounds, ['ended', 'publicUntil'])
      : unread(catalogue(5), ['ended', 'publicUntil']);
  },
};

const commitment: Law = {
  ...always,
  rule: (way, { publication }) => {
    if (way === 'report') return open([report('commitments')]);
    if (way === 'use') return unread(catalogue(8));
    if (way === 'share') {
      return publication === 'public' || publication === 'limited'
        ? unread(catalogue(8))
        : 'closed';
    }
    if (publication !== 'public') return 'closed';
    return unread(['state-council-office-2019-35#commitments', ...catalogue(8)], ['validUntil']);
  },
};

const permitGrounds = [...both(3), 'ndrc-2018-424#publish'];
const closed = law({ show: 'closed', share: 'closed', use: 'closed', report: 'closed' });
const judged = open(both(2));
const graded = open(['state-council-office-2026-8#use', 'ndrc-2019-885#sharing']);
const patents = open(catalogue(12));
const honourRule = unread(catalogue(11), ['validUntil']);

/** Law of each family. Where several apply on a day the one for the sector goes before the general. */
export const laws: Readonly<Record<string, readonly Law[]>> = {
  registration: [
    law({
      show: open([
        'market-entity-registration-regulations#35',
        'enterprise-information-publicity-regulations#6',
      ]),
      share: open([...both(1), 'enterprise-information-publicity-regulations#7']),
      use: open([...catalogue(1), 'enterprise-information-publicity-regulations#7']),
      report: open([report('basic'), 'enterprise-information-publicity-regulations#6']),
    }),
  ],
  permit: [
    law({
      show: unread(
        [
          'administrative-licensing-law#40',
          'enterprise-information-publicity-regulations#7',
          'ndrc-2018-424#publish',
          'government-information-disclosure-regulations#20',
        ],
        ['validUntil'],
      ),
      share: open(permitGrounds),
      use: open(permitGrounds),
      report: open([report('administrative'), 'ndrc-2018-424#publish']),
    }),
  ],
  act: [act],
  compulsion: [
    law({
      show: 'closed',
      share: open(both(3)),
      use: open(both(3)),
      report: open(['ndrc-2025-565#content', ...both(3)]),
    }),
  ],
  judgment: [
    law({
      show: 'closed',
      share: judged,
      use: judged,
      report: open(['ndrc-2025-565#content', ...catalogue(2)]),
    }),
  ],
  enforcement: [
    law({
      show: 'closed',
      share: open(both(2), ['ended']),
      use: 'closed',
      report: open([report('judicial'), ...catalogue(2)]),
    }),
  ],
  'abnormal-directory': [abnormal],
  'severe-list': [
    list({ grounds: ['spc-defaulter-rules-2017#2'], months: 24, read: false }, { sector: 'court' }),
    list(
      { grounds: abnormalGrounds, months: 60 },
      { sector: 'market-regulation', to: count('2021-08-31') },
    ),
    list(
      { grounds: ['samr-order-44#term', 'samr-order-107#serious'], months: 36, read: false },
      { sector: 'market-regulation', from: count('2021-09-01') },
    ),
    list(
      { grounds: ['sta-order-54#term', 'sta-order-54#procedure'], months: 36, read: false },
      { sector: 'tax', from: count('2022-02-01') },
    ),
    list(
      { grounds: ['mohrss-order-45#term'], months: 36 },
      { sector: 'human-resources-social-security', from: count('2022-01-01') },
    ),
    list({ grounds: ['state-council-office-2020-49#8'], read: false }, { to: count('2026-03-31') }),
    list(
      { grounds: ['ndrc-order-36#period-serious', 'ndrc-order-36#4'], months: 36 },
      { from: count('2026-04-01') },
    ),
  ],
  contract: [
    law(
      { show: 'closed', share: unread(catalogue(7)), use: 'closed', report: unread(catalogue(7)) },
      { read: false },
    ),
  ],
  commitment: [commitment],
  evaluation: [
    law({ show: 'closed', share: graded, use: graded, report: open([report('evaluation')]) }),
  ],
  compliance: [
    law(
      {
        show: 'closed',
        share: unread(['catalogue-2024#social-insurance', ...catalogue(10)]),
        use: 'closed',
        report: unread(catalogue(10)),
      },
      { read: false },
    ),
  ],
  honour: [
    law({
      show: 'closed',
      share: honourRule,
      use: honourRule,
      report: open([report('honours')]),
    }),
  ],
  'intellectual-property': [
    law({
      show: 'closed',
      share: patents,
      use: patents,
      report: open([...catalogue(12), report('other')]),
    }),
  ],
  declaration: [
    law(
      { show: 'closed', share: 'closed', use: 'closed', report: unread(catalogue(13)) },
      { read: false },
    ),
  ],
  utility: [closed],
  other: [closed],
};
