/** What sources delivered month by month, for whoever looks after them. */
import { addMonths, day, startOfDay } from '../../kernel/day.ts';
import type { Database } from '../../platform/db/index.ts';
import { type MonthOfSource, monthsOfSources } from './store.ts';

/** Deliveries of all sources in so many calendar months up to `last` (`YYYY-MM`), by source and month. */
export function deliveredIn(
  { database }: { readonly database: Database },
  last: string,
  months: number,
): Promise<MonthOfSource[]> {
  const first = day(`${last}-01`);
  return monthsOfSources(
    database,
    startOfDay(addMonths(first, 1 - months)),
    startOfDay(addMonths(first, 1)),
  );
}
