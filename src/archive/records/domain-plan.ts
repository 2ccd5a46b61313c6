/**
 * A plan: time cut into segments within which the same rules govern all records of one family, sector
 * and place. Worked out once per combination, used for millions of records.
 */
import { type Day, addDays, firstDay } from '../../kernel/day.ts';
import type { Family } from '../../kernel/rulebook/directory.ts';
import {
  type Edition,
  type Rulebook,
  type Standing,
  editionsOf,
  isConfirmed,
  isInForce,
  reaches,
  standingOf,
  supportOf,
  turningDays,
} from '../../kernel/rulebook/rulebook.ts';
import type {
  Channel,
  ChannelRow,
  ClassStandard,
  LocalBound,
  Regime,
  Transition,
} from '../../kernel/rulebook/terms.ts';
import { assert } from '../../kernel/result.ts';
import { channels } from './domain.ts';

/** What a plan is made for. */
export type PlanKey = {
  readonly family: Family;
  readonly sector: string | null;
  readonly nature: 'positive' | 'negative' | 'neutral';
  readonly place: string;
  readonly itemBasis: readonly string[];
};

/** A channel row in one segment: whether it is confirmed, and which of its provisions carries it. */
export type PlanRow = {
  readonly row: ChannelRow;
  readonly edition: Edition<Regime>;
  readonly confirmed: boolean;
  readonly support: Standing | null;
  /** The provision to cite: the supporting one, else the first named. */
  readonly cited: Standing;
};

/** A stretch of time with one set of rules; `to` is the day after its last. */
export type Segment = {
  readonly from: Day;
  readonly to: Day | null;
  readonly base: Edition<Regime> | null;
  readonly rows: Readonly<Record<Channel, readonly PlanRow[]>>;
  readonly overlays: readonly Readonly<Record<Channel, readonly PlanRow[]>>[];
  readonly classes: Edition<ClassStandard> | null;
  readonly localBounds: readonly Edition<LocalBound>[];
  /** Older regimes whose maximum still counts for records decided before `since`. */
  readonly transitions: readonly {
    readonly transition: Edition<Transition>;
    readonly older: Edition<Regime>;
    /** Last day on which the older regime counted; records decided later never fell under it. */
    readonly until: Day;
    readonly rows: Readonly<Record<Channel, readonly PlanRow[]>>;
    readonly olderClasses: Edition<ClassStandard> | null;
  }[];
  /** The provision the item itself rests on; `null` shuts every channel (no basis, no act). */
  readonly itemSupport: Standing | null;
};

export type Plan = {
  readonly key: PlanKey;
  readonly rulebook: Rulebook;
  readonly segments: readonly Segment[];
};

function sectorMatches(
  filter: { only?: readonly string[] | undefined; except?: readonly string[] | undefined },
  sector: string | null,
): boolean {
  if (filter.only !== undefined) return sector !== null && filter.only.includes(sector);
  return sector === null || !(filter.except ?? []).includes(sector);
}

/** Cuts time for one combination. Faults when two base regimes of equal precedence meet. */
export function makePlan(rulebook: Rulebook, key: PlanKey): Plan {
  const regimes = editionsOf(rulebook, 'regime').filter(
    ({ document }) =>
      document.families.includes(key.family) &&
      sectorMatches(document.sectors, key.sector) &&
      reaches(document.jurisdiction, key.place),
  );
  const classes = editionsOf(rulebook, 'classes').filter(
    ({ document }) =>
      document.families.includes(key.family) &&
      sectorMatches(document.sectors, key.sector) &&
      reaches(document.jurisdiction, key.place),
  );
  const bounds = editionsOf(rulebook, 'local-bound').filter(
    ({ document }) =>
      document.natures.includes(key.nature) && reaches(document.jurisdiction, key.place),
  );
  const transitions = editionsOf(rulebook, 'transition').filter(({ document }) =>
    regimes.some((regime) => regime.document.id === document.to),
  );
  const pointers = [
    ...key.itemBasis,
    ...regimes.flatMap(({ document }) =>
      channels.flatMap((channel) => (document.channels[channel] ?? []).flatMap((row) => row.basis)),
    ),
    ...classes.flatMap(({ document }) => document.rows.flatMap((row) => row.basis)),
  ];
  const turns = new Set<Day>([firstDay, ...turningDays(rulebook, pointers)]);
  for (const { document } of [...regimes, ...classes, ...bounds, ...transitions]) {
    turns.add(document.validFrom);
    if (document.validTo !== null) turns.add(addDays(document.validTo, 1));
    if (document.kind === 'transition') turns.add(document.since);
  }
  const days = [...turns].sort();
  const sources = { regimes, classes, bounds, transitions };
  const segments = days.map((from, index) =>
    makeSegment(rulebook, key, sources, { from, to: days[index + 1] ?? null }),
  );
  return { key, rulebook, segments };
}

type Sources = {
  readonly regimes: readonly Edition<Regime>[];
  readonly classes: readonly Edition<ClassStandard>[];
  readonly bounds: readonly Edition<LocalBound>[];
  readonly transitions: readonly Edition<Transition>[];
};

function makeSegment(
  rulebook: Rulebook,
  key: PlanKey,
  sources: Sources,
  span: { readonly from: Day; readonly to: Day | null },
): Segment {
  const on = span.from;
  const live = sources.regimes.filter(({ document }) => isInForce(document, on));
  const base = highest(
    live.filter(({ document }) => document.combine === 'base'),
    on,
  );
  const rowsOf = (edition: Edition<Regime>) => planRows(rulebook, edition, on, key.place);
  const classesOn = (when: Day) => {
    const found = highest(
      sources.classes.filter(({ document }) => isInForce(document, when)),
      when,
    );
    return found === null ? null : withSupport(rulebook, found, when, key.place);
  };
  const transitions = sources.transitions.flatMap((transition) => {
    const { document } = transition;
    if (!isInForce(document, on) || document.since > on || document.to !== base?.document.id) {
      return [];
    }
    if (document.rule !== 'shorter-of-maxima') return [];
    return document.from.flatMap((id) => {
      const older = sources.regimes.find((regime) => regime.document.id === id);
      if (older === undefined) return [];
      const before = addDays(document.since, -1);
      const { validTo } = older.document;
      const until = validTo === null || validTo > before ? before : validTo;
      return [{ transition, older, until, rows: rowsOf(older), olderClasses: classesOn(until) }];
    });
  });
  return {
    ...span,
    base,
    rows: base === null ? noRows : rowsOf(base),
    overlays: live.filter(({ document }) => document.combine === 'shorten').map(rowsOf),
    classes: classesOn(on),
    localBounds: sources.bounds.filter(({ document }) => isInForce(document, on)),
    transitions,
    itemSupport: supportOf(rulebook, key.itemBasis, on, key.place),
  };
}

/** A class standard with the rows only that some provision carries on that day. */
function withSupport(
  rulebook: Rulebook,
  edition: Edition<ClassStandard>,
  on: Day,
  place: string,
): Edition<ClassStandard> {
  const rows = edition.document.rows.filter(
    (row) => supportOf(rulebook, row.basis, on, place) !== null,
  );
  return { ...edition, document: { ...edition.document, rows } };
}

const noRows: Segment['rows'] = { show: [], share: [], use: [], report: [] };

function planRows(
  rulebook: Rulebook,
  edition: Edition<Regime>,
  on: Day,
  place: string,
): Segment['rows'] {
  const rowsOf = (channel: Channel): PlanRow[] =>
    (edition.document.channels[channel] ?? []).map((row) => {
      const support = supportOf(rulebook, row.basis, on, place);
      return {
        row,
        edition,
        confirmed: isConfirmed(rulebook, edition.document, row.confidence),
        support,
        cited: support ?? standingOf(rulebook, row.basis[0]!, on, place),
      };
    });
  return {
    show: rowsOf('show'),
    share: rowsOf('share'),
    use: rowsOf('use'),
    report: rowsOf('report'),
  };
}

/** The edition of highest precedence; equal precedence on one day is an error of the rulebook. */
function highest<D extends Regime | ClassStandard>(
  editions: readonly Edition<D>[],
  on: Day,
): Edition<D> | null {
  let best: Edition<D> | null = null;
  for (const edition of editions) {
    if (best === null || edition.document.precedence > best.document.precedence) {
      best = edition;
      continue;
    }
    assert(
      edition.document.precedence !== best.document.precedence,
      `rulebook: ${edition.document.id} and ${best.document.id} both govern on ${on}`,
    );
  }
  return best;
}

/** The segment a day lies in. */
export function segmentOn(plan: Plan, on: Day): Segment {
  const found = plan.segments.find(
    (segment) => segment.from <= on && (segment.to === null || on < segment.to),
  );
  assert(found !== undefined, `no segment holds ${on}`);
  return found;
}
