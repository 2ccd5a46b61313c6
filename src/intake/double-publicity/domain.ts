/** 双公示: what came in time, what late, what is missing by count. Pure. */
import type { Day } from '../../kernel/day.ts';

/** The limit of an item, over a calendar. */
export type Allowance = {
  readonly limit: number;
  /** The last day on which a decision of a day is in time. */
  readonly dueOf: (decided: Day) => Day;
  readonly workdays: (decided: Day, received: Day) => number;
};

/**
 * Business keys of a source that were decided on one day and first came, not rejected, on another;
 * `receivedOn` null: every receipt of them was rejected.
 */
export type KeyGroup = {
  readonly decidedOn: Day;
  readonly receivedOn: Day | null;
  readonly keys: number;
};

/** How the decisions of a month were reported. `late` counts those that never passed and are overdue. */
export type Timeliness = {
  readonly received: number;
  readonly inTime: number;
  readonly late: number;
  /** Never passed the checks: of these, `rejectedOverdue` are late, the rest still has time. */
  readonly rejected: number;
  readonly rejectedOverdue: number;
  /** In time ÷ received; `null` where nothing was due or no limit is set, never 100 %. */
  readonly rate: number | null;
};

/**
 * Timeliness of one source: decision day to the first receipt that was not rejected, at most the limit.
 * What was only ever rejected counts as received and not in time; it is late once its last day is over.
 */
export function timelinessOf(
  groups: readonly KeyGroup[],
  allowance: Allowance | null,
  today: Day,
): Timeliness {
  let received = 0;
  let inTime = 0;
  let late = 0;
  let rejected = 0;
  let rejectedOverdue = 0;
  for (const { decidedOn, receivedOn, keys } of groups) {
    received += keys;
    if (receivedOn === null) rejected += keys;
    if (allowance === null) continue;
    const due = allowance.dueOf(decidedOn);
    if (receivedOn !== null && receivedOn <= due) inTime += keys;
    if (receivedOn !== null && receivedOn > due) late += keys;
    if (receivedOn === null && today > due) {
      late += keys;
      rejectedOverdue += keys;
    }
  }
  const rate = allowance === null || received === 0 ? null : inTime / received;
  return { received, inTime, late, rejected, rejectedOverdue, rate };
}

/** What a source says of a month; `null`: it said nothing, which is not nought. */
export type DeclaredCounts = {
  readonly produced: number | null;
  readonly published: number | null;
  readonly notReported: number | null;
  readonly ground: string | null;
};

/** A line of the monthly table: CSSL, BDWGSSL, BSSL, WBSSL, WBSYJ, and what this system holds. */
export type MonthCounts = DeclaredCounts & {
  /** Decisions of the month that were sent, rejected ones included. */
  readonly reported: number;
  /** Those of them that are here: stored, or waiting for their subject. */
  readonly held: number;
  /** Produced less reported, where produced is known. */
  readonly missing: number | null;
  /** Missing less what was left out on a declared ground: omitted until somebody explains it. */
  readonly omitted: number | null;
};

/** Puts what a source declared beside what came. Silence is told as such and never counted as nought. */
export function countsOf(groups: readonly KeyGroup[], declared: DeclaredCounts): MonthCounts {
  const reported = groups.reduce((sum, { keys }) => sum + keys, 0);
  const rejected = groups.reduce(
    (sum, group) => sum + (group.receivedOn === null ? group.keys : 0),
    0,
  );
  const missing = declared.produced === null ? null : Math.max(0, declared.produced - reported);
  const excused = declared.ground === null ? 0 : (declared.notReported ?? 0);
  return {
    ...declared,
    reported,
    held: reported - rejected,
    missing,
    omitted: missing === null ? null : Math.max(0, missing - excused),
  };
}
