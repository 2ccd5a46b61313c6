/**
 * How heavy a penalty is, period by period: the class standards as the checker understands them from
 * the domain paper (§1.2, §14.1.4) and the notes beside the rules.
 */
import type { Matter, Weight } from './matter.ts';
import { carried } from './instruments.ts';

/** The matter as it stands on a day: the kinds may have become fewer by a partial annulment. */
export type Standing = Pick<Matter, 'procedure' | 'sector' | 'place' | 'marked'> & {
  readonly kinds: readonly string[];
  /** The mark put on the whole decision, of which only a part is left: the rest is no heavier. */
  readonly atMost?: Weight | null;
};

type Test = (matter: Standing) => boolean;

type Line = {
  readonly weight: Weight;
  readonly holds: Test;
  readonly grounds: readonly string[];
  /** Typed from a text that was read. */
  readonly read: boolean;
};

/** One period's standard. */
export type Standard = {
  readonly lines: readonly Line[];
  /** Grounds for counting what nobody can weigh as general; never read in full. */
  readonly unknownGrounds: readonly string[];
};

const summary: Test = (matter) => matter.procedure === 'summary';
const any =
  (...kinds: string[]): Test =>
  (matter) =>
    matter.kinds.some((kind) => kinds.includes(kind));
const only =
  (...kinds: string[]): Test =>
  (matter) =>
    matter.kinds.length > 0 && matter.kinds.every((kind) => kinds.includes(kind));

function line(weight: Weight, holds: Test, grounds: readonly string[], read = true): Line {
  return { weight, holds, grounds, read };
}

const licences = ['SUSPEND_PERMIT', 'REVOKE_PERMIT', 'DOWNGRADE'];
const business = ['RESTRICT_OPERATION', 'STOP_PRODUCTION', 'CLOSE', 'BAN_PRACTICE'];
const words = ['WARNING', 'CRITICISM'];
const notice527 = (fields: readonly string[]): Standard => ({
  lines: [
    line(
      'serious',
      (matter) =>
        any('STOP_PRODUCTION', 'REVOKE_PERMIT')(matter) && fields.includes(matter.sector ?? ''),
      ['ndrc-2019-527#specific-serious'],
      false,
    ),
    line(
      'minor',
      summary,
      ['double-publicity-standard-2019#summary-excluded', 'ndrc-2018-424#summary-excluded'],
      false,
    ),
  ],
  unknownGrounds: ['ndrc-2019-527#period-general'],
});

/** The standards by the name of the period. */
export const standards = {
  n527: notice527([
    'drug-administration',
    'ecology-environment',
    'housing-construction',
    'emergency-management',
    'fire-rescue',
  ]),
  m527: notice527(['market-regulation']),
  n58: {
    lines: [
      line('minor', summary, ['ndrc-order-58#minor-not-shown'], false),
      line('minor', only(...words), ['ndrc-order-58#minor-not-shown'], false),
    ],
    unknownGrounds: ['ndrc-order-58#period'],
  },
  n36: {
    lines: [
      line('serious', any(...licences, ...business), ['ndrc-order-36#classes-serious']),
      line('general', any('CONFISCATE_GOODS'), ['ndrc-order-36#classes-general']),
      line('general', any('CONFISCATE_GAIN'), ['ndrc-order-36#classes-general-gain'], false),
      line('minor', summary, ['ndrc-order-36#classes-minor', 'administrative-penalty-law#51']),
      line('minor', only(...words), ['ndrc-order-36#classes-minor']),
    ],
    unknownGrounds: ['ndrc-order-36#sector-standards', 'ndrc-order-36#period-general'],
  },
  m21: {
    lines: [
      line(
        'serious',
        any(
          ...['STOP_PRODUCTION', 'RESTRICT_OPERATION', 'BAN_PRACTICE'],
          ...['DOWNGRADE', 'REVOKE_PERMIT'],
        ),
        ['samr-order-45#14'],
      ),
      line('general', any('CONFISCATE_GAIN', 'CONFISCATE_GOODS', 'SUSPEND_PERMIT', 'CLOSE'), [
        'samr-order-45#13',
      ]),
      line('minor', summary, ['samr-order-45#2']),
      line('minor', only(...words), ['samr-order-45#2', 'samr-order-45#13']),
    ],
    unknownGrounds: ['samr-order-45#13'],
  },
  m107: {
    lines: [
      line(
        'serious',
        any(...licences, ...business),
        ['samr-order-107#classes-serious', 'samr-order-45#14'],
        false,
      ),
      line('general', any('CONFISCATE_GAIN', 'CONFISCATE_GOODS'), ['samr-order-107#general']),
      line('minor', summary, ['samr-order-45#2']),
      line('minor', only('WARNING'), ['samr-order-107#minor', 'samr-order-45#2']),
      line('minor', only(...words), ['samr-order-45#13', 'samr-order-107#minor'], false),
    ],
    unknownGrounds: ['samr-order-107#classes', 'samr-order-107#general'],
  },
} as const satisfies Record<string, Standard>;

const heaviness: Readonly<Record<Weight, number>> = { minor: 1, general: 2, serious: 3 };

/**
 * The weight whose periods govern on a day. The mark of the determining unit goes first; else the
 * heaviest line that holds and may be relied on; else the periods of "general", and `known` is false.
 * `null` when even that may not be relied on, because nobody has confirmed it.
 */
export function weightOn(
  standard: Standard,
  matter: Standing,
  on: { readonly day: number; readonly confirmed: boolean },
): { readonly weight: Weight; readonly known: boolean } | null {
  if (matter.marked !== null) return { weight: matter.marked, known: true };
  const where = { ...on, place: matter.place };
  let best: Weight | null = null;
  for (const { weight, holds, grounds, read } of standard.lines) {
    if (!holds(matter) || !(read || on.confirmed) || !carried(grounds, where)) continue;
    if (best === null || heaviness[weight] > heaviness[best]) best = weight;
  }
  const atMost = matter.atMost ?? null;
  const lighter = (weight: Weight) =>
    atMost !== null && heaviness[atMost] < heaviness[weight] ? atMost : weight;
  if (best !== null) return { weight: lighter(best), known: true };
  if (atMost === 'minor') return { weight: 'minor', known: true };
  if (!on.confirmed || !carried(standard.unknownGrounds, where)) return null;
  return { weight: 'general', known: false };
}
