/**
 * The instruments the checker's law rests on: from when to when they apply, where, and whether their
 * text has been read. Typed from the list of instruments of the domain paper and the notes of the
 * provisions, not read from the rulebook, so that a slip there shows as a difference.
 */
import { count } from './calendar.ts';

type Instrument = {
  readonly from: number;
  readonly to: number;
  /** Provinces and cities by leading digits; empty for the nation. */
  readonly place: string;
  readonly read: boolean;
  /** Articles known only from memory, a draft or a scrambled copy. */
  readonly unread: readonly string[];
};

function instrument(
  from: string,
  to: string | null = null,
  more: { place?: string; read?: boolean; unread?: readonly string[] } = {},
): Instrument {
  return {
    from: count(from),
    to: to === null ? Number.POSITIVE_INFINITY : count(to),
    place: more.place ?? '',
    read: more.read ?? true,
    unread: more.unread ?? [],
  };
}

const instruments: Readonly<Record<string, Instrument>> = {
  'administrative-compulsion-law': instrument('2012-01-01'),
  'administrative-licensing-law': instrument('2019-04-23'),
  'administrative-penalty-law': instrument('2021-07-15'),
  'business-environment-regulations': instrument('2020-01-01'),
  'catalogue-2021': instrument('2021-12-16', '2022-12-27'),
  'catalogue-2024': instrument('2024-03-04', null, {
    unread: [...['class-7', 'class-8', 'class-9', 'class-10', 'class-11', 'class-13'], 'publicity'],
  }),
  'double-publicity-standard-2019': instrument('2019-07-01', null, { read: false }),
  'enterprise-information-publicity-regulations': instrument('2014-10-01'),
  'government-information-disclosure-regulations': instrument('2019-05-15'),
  'government-procurement-law': instrument('2014-08-31'),
  'government-procurement-regulations': instrument('2015-03-01'),
  'henan-credit-regulations': instrument('2020-05-01', null, { place: '41' }),
  'market-entity-registration-regulations': instrument('2022-03-01'),
  'mohrss-order-45': instrument('2022-01-01'),
  'ndrc-2018-424': instrument('2018-07-25', null, { unread: ['summary-excluded'] }),
  'ndrc-2019-527': instrument('2019-07-01', '2023-04-30'),
  'ndrc-2019-885': instrument('2019-09-01', null, { read: false }),
  'ndrc-2025-565': instrument('2025-04-29'),
  'ndrc-order-36': instrument('2026-04-01', null, {
    unread: ['classes-general-gain', 'classes-serious-repeat'],
  }),
  'ndrc-order-58': instrument('2023-05-01', '2026-03-31', { unread: ['minor-not-shown'] }),
  'report-standard-2022': instrument('2022-09-07'),
  'samr-order-107': instrument('2025-12-25', null, {
    unread: ['classes-serious', 'clock', 'ban'],
  }),
  'samr-order-44': instrument('2021-09-01', null, { unread: ['term', 'early'] }),
  'samr-order-45': instrument('2021-09-01'),
  'shandong-credit-regulations': instrument('2020-10-01', null, { place: '37' }),
  'shanghai-credit-regulations': instrument('2017-10-01', null, { place: '31' }),
  'sme-payment-regulations': instrument('2025-06-01'),
  'spc-defaulter-rules-2017': instrument('2017-05-01', null, { read: false }),
  'sta-order-54': instrument('2022-02-01', null, { unread: ['term'] }),
  'state-council-office-2019-35': instrument('2019-07-09', null, { read: false }),
  'state-council-office-2020-49': instrument('2020-12-07'),
  'state-council-office-2026-8': instrument('2026-04-02'),
  'tendering-law': instrument('2017-12-27'),
  'tendering-regulations': instrument('2019-03-02'),
  'zhejiang-public-credit-regulations': instrument('2018-01-01', null, { place: '33' }),
};

/** Whether at least one of these grounds (`instrument` or `instrument#article`) carries an act. */
export function carried(
  grounds: readonly string[],
  on: { readonly day: number; readonly place: string; readonly confirmed: boolean },
): boolean {
  return grounds.some((ground) => {
    const [name = '', article] = ground.split('#');
    const found = instruments[name];
    if (found === undefined) throw new Error(`the checker does not know ${name}`);
    if (on.day < found.from || on.day > found.to) return false;
    if (!on.place.startsWith(found.place)) return false;
    const read = found.read && !(article !== undefined && found.unread.includes(article));
    return read || on.confirmed;
  });
}

/** Every day on which one of the instruments begins or has just ended. */
export const instrumentDays: readonly number[] = [
  ...new Set(
    Object.values(instruments).flatMap(({ from, to }) =>
      Number.isFinite(to) ? [from, to + 1] : [from],
    ),
  ),
];
