/** Months of the audit: what a closed one held, as a text that is committed to. Pure. */
import { type Hash, createHash } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical.ts';
import { type Day, type Instant, addDays, addMonths, day } from '../../kernel/day.ts';

/** A calendar month in UTC, `YYYY-MM`, as the partitions of the audit are. */
export type Month = string;

/** The month a text names, or `null`. */
export function parseMonth(text: string): Month | null {
  return /^(20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** The month an instant lies in. */
export const monthOf = (at: Instant): Month => at.slice(0, 7);

/** First day of a month. */
export const firstDay = (month: Month): Day => day(`${month}-01`);

/** First day after a month. */
export const dayAfter = (month: Month): Day => addMonths(firstDay(month), 1);

/** Days after which a month is closed, and months for which its events stay at least. */
export type MonthPolicy = { readonly closeDays: number; readonly keepMonths: number };

/** Whether a month may be closed: nothing that began in it can still be on its way. */
export function isOver(month: Month, { closeDays }: MonthPolicy, today: Day): boolean {
  return today >= addDays(dayAfter(month), closeDays);
}

/** The first day on which the events of a month may be taken out. */
export function keptUntil(month: Month, { keepMonths }: MonthPolicy): Day {
  return addMonths(dayAfter(month), keepMonths);
}

/** What a closed month of acts or events held. `digest` in hexadecimal. */
export type MonthHead = {
  readonly of: 'act' | 'event';
  readonly month: Month;
  readonly rows: number;
  readonly digest: string;
};

/** Canonical text of a head: what its commitment covers. */
export function headText({ of, month, rows, digest }: MonthHead): string {
  return canonicalJson({ of, month, rows, digest });
}

/** Counts and digests rows in the order of time; a row that was changed, left out or put in changes the digest. */
export type MonthTally = {
  readonly add: (row: {
    readonly at: Instant;
    readonly id: string;
    readonly commitment: Buffer | null;
  }) => void;
  readonly end: () => { readonly rows: number; readonly digest: string };
};

/** A tally that has counted nothing yet. */
export function monthTally(): MonthTally {
  const hash: Hash = createHash('sha256');
  let rows = 0;
  return {
    add({ at, id, commitment }) {
      rows += 1;
      hash.update(`${at} ${id} ${commitment?.toString('hex') ?? 'none'}\n`);
    },
    end: () => ({ rows, digest: hash.digest('hex') }),
  };
}
