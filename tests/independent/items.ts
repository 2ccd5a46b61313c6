/** The items of the national directory as the checker knows them: kind of matter, nature, grounds. */

export type Item = {
  /** Key of the law in `other-law.ts`, or `penalty`. */
  readonly law: string;
  /** Whether it tells against the organisation: five-year terms of local law bind only those. */
  readonly adverse: boolean;
  readonly grounds: readonly string[];
  readonly read: boolean;
  /**
   * Whether the directory makes it public. What it does not make public is not shown; whether it may
   * be shared is then unknown for all of them, and what is unknown stays closed (design §12.12).
   */
  readonly public: boolean;
};

function item(law: string, grounds: readonly string[], more: Partial<Item> = {}): Item {
  return { law, adverse: false, grounds, read: true, public: false, ...more };
}
const adverse = { adverse: true };
const listed = { adverse: true, public: true };
const act = ['catalogue-2024#class-3'];
const lists = 'catalogue-2024#class-6';

/** Items by code; a code that is not here may not be disclosed at all. */
export const items: Readonly<Record<string, Item>> = {
  'base-registration': item(
    'registration',
    [
      'catalogue-2024#class-1',
      'market-entity-registration-regulations#8',
      'enterprise-information-publicity-regulations#6',
    ],
    { public: true },
  ),
  'criminal-judgment': item(
    'judgment',
    ['ndrc-2025-565#content', 'catalogue-2024#class-2'],
    adverse,
  ),
  'court-enforcement': item('enforcement', ['catalogue-2024#class-2']),
  permit: item(
    'permit',
    [
      'administrative-licensing-law#40',
      'ndrc-2018-424#publish',
      'government-information-disclosure-regulations#20',
      'enterprise-information-publicity-regulations#7',
      ...act,
    ],
    { public: true },
  ),
  penalty: item(
    'penalty',
    [
      'administrative-penalty-law#48',
      'government-information-disclosure-regulations#20',
      'ndrc-2018-424#publish',
      'enterprise-information-publicity-regulations#7',
      ...act,
    ],
    listed,
  ),
  'summary-penalty': item(
    'penalty',
    ['ndrc-2025-565#content', 'administrative-penalty-law#51', ...act],
    adverse,
  ),
  compulsion: item(
    'compulsion',
    ['ndrc-2025-565#content', 'administrative-compulsion-law#2', ...act],
    adverse,
  ),
  confirmation: item('act', act),
  levy: item('act', act),
  payment: item('act', act),
  adjudication: item('act', act),
  compensation: item('act', act),
  reward: item('act', act),
  inspection: item('act', [
    ...act,
    'business-environment-regulations#54',
    'market-entity-registration-regulations#38',
  ]),
  'abnormal-directory': item(
    'abnormal-directory',
    [
      'enterprise-information-publicity-regulations#17',
      'catalogue-2024#class-5',
      'ndrc-order-36#4',
    ],
    listed,
  ),
  'severe-list-entry': item(
    'severe-list',
    [
      ...[lists, 'state-council-office-2020-49#6', 'state-council-office-2020-49#8'],
      'ndrc-order-36#4',
    ],
    listed,
  ),
  'severe-list-market-regulation': item('severe-list', ['samr-order-44#trigger', lists], listed),
  'severe-list-wage-arrears': item(
    'severe-list',
    ['mohrss-order-45#5', 'mohrss-order-45#term', lists],
    listed,
  ),
  'severe-list-defaulters': item(
    'severe-list',
    ['spc-defaulter-rules-2017#1', 'catalogue-2024#class-2', lists],
    listed,
  ),
  'severe-list-tax': item('severe-list', ['sta-order-54#procedure', lists], listed),
  'procurement-bad-record': item('severe-list', ['government-procurement-law#77'], adverse),
  'tender-disqualification': item(
    'severe-list',
    ['tendering-law#53', 'tendering-regulations#67'],
    listed,
  ),
  contract: item('contract', [
    'government-procurement-regulations#50',
    'business-environment-regulations#31',
    'catalogue-2024#class-7',
  ]),
  'sme-payment-overdue': item('compliance', ['sme-payment-regulations#18'], adverse),
  commitment: item(
    'commitment',
    ['catalogue-2024#class-8', 'state-council-office-2019-35#commitments'],
    { read: false },
  ),
  'national-evaluation': item('evaluation', [
    'state-council-office-2026-8#use',
    'catalogue-2024#class-9',
  ]),
  'sector-evaluation': item('evaluation', [
    'state-council-office-2026-8#uniform',
    'catalogue-2024#class-9',
  ]),
  'social-insurance-payment': item('compliance', ['catalogue-2024#social-insurance']),
  'tax-grade-a': item('honour', ['report-standard-2022#honours', 'catalogue-2024#class-11'], {
    read: false,
  }),
  'customs-aeo': item('honour', ['catalogue-2024#class-11'], { read: false }),
  'trademark-pledge': item('intellectual-property', ['catalogue-2024#class-12']),
  'patent-pledge': item('intellectual-property', ['catalogue-2024#class-12']),
  'software-copyright': item('intellectual-property', ['catalogue-2024#class-12']),
  'voluntary-declaration': item('declaration', ['catalogue-2024#class-13'], { read: false }),
};
