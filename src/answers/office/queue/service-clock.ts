/** Clocks of the queue: the limit of the rulebook in force that sets them, never a figure of our own. */
import { addWorkdays } from '../../../kernel/calendar.ts';
import { type Day, type Instant, endOfDay } from '../../../kernel/day.ts';
import { type LimitRow, limitRow } from '../../../kernel/rulebook/limits.ts';
import { calendarOf } from '../../../kernel/rulebook/tables.ts';
import { cited, portalLaw } from '../../portal/index.ts';
import type { OfficeDeps } from '../deps.ts';
import type { QueueClockView } from './contract.ts';
import type { Due } from './service-source.ts';

function limitOf(deps: OfficeDeps, key: string): LimitRow | null {
  return limitRow(deps.rulebook(), key, deps.clock.today(), deps.config.jurisdiction);
}

/** The end of a day that was set under a limit when the matter began. */
export function dueOn(deps: OfficeDeps, key: string, last: Day): Due | null {
  const limit = limitOf(deps, key);
  return limit === null ? null : { by: endOfDay(last), limit };
}

/** The end of so many working days after a day, as a limit has them; `null` where it is not in force. */
export function dueAfter(deps: OfficeDeps, key: string, from: Day): Due | null {
  const limit = limitOf(deps, key);
  if (limit === null || limit.unit !== 'workday' || typeof limit.value !== 'number') return null;
  const { due } = addWorkdays(calendarOf(deps.rulebook()), from, limit.value);
  return { by: endOfDay(due), limit };
}

/** A clock as it is told. */
export function dueView(deps: OfficeDeps, { by, limit }: Due, now: Instant): QueueClockView {
  const law = portalLaw(deps.law());
  const { key, edition, applies, basis } = limit;
  return {
    ...{ by, overdue: now > by, limit: { key, edition, applies } },
    provisions: basis.map((pointer) => {
      const { instrument, article } = cited(law, pointer);
      return { pointer, instrument, article };
    }),
  };
}
