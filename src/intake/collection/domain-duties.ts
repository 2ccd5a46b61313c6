/** 报送任务: which unit has to report which item, and when. Pure. */
import type { Day } from '../../kernel/day.ts';

/** From a day on, a unit has to report an item or no longer has to. `ground`: the list or letter that says so. */
export type DutyChange = {
  readonly provider: string;
  readonly item: string;
  readonly from: Day;
  readonly owes: boolean;
  readonly ground: string;
};

/** A time in which a unit has to report an item: `since` is in it, `until` (`null`: open) is not. */
export type Duty = Omit<DutyChange, 'from' | 'owes'> & {
  readonly since: Day;
  readonly until: Day | null;
};

/**
 * Duties out of their changes, in the order of unit, item and day. `changes` stand in the order in
 * which they were recorded: of two for the same day the later one holds.
 */
export function dutiesOf(changes: readonly DutyChange[]): Duty[] {
  const byDay = new Map(
    changes.map((change) => [`${change.provider}|${change.item}|${change.from}`, change]),
  );
  const duties: Duty[] = [];
  let open: Duty | null = null;
  const close = (until: Day | null) => {
    if (open !== null) duties.push({ ...open, until });
    open = null;
  };
  for (const key of [...byDay.keys()].sort()) {
    const { provider, item, from, owes, ground } = byDay.get(key)!;
    if (open !== null && !isOf(open, { provider, item })) close(null);
    if (open === null && owes) open = { provider, item, ground, since: from, until: null };
    else if (open !== null && !owes) close(from);
  }
  close(null);
  return duties;
}

function isOf(duty: Duty, { provider, item }: Pick<Duty, 'provider' | 'item'>): boolean {
  return duty.provider === provider && duty.item === item;
}

/** Duties that hold on a day. */
export function dutiesOn(duties: readonly Duty[], on: Day): Duty[] {
  return duties.filter(({ since, until }) => since <= on && (until === null || on < until));
}
