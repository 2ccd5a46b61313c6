/** Tables of the rulebook in the shapes the kernel works with. Pure. */
import type { CalendarData } from '../calendar.ts';
import { day, dayNumber } from '../day.ts';
import type { NullWords } from '../text/normalise.ts';
import type { ScriptVariants } from '../text/organisation-name.ts';
import type { CalendarYear, CodeRow } from './codes.ts';
import { type Rulebook, editionsOf } from './rulebook.ts';

/**
 * The statutory calendar from the years whose notice is out. Coverage is the unbroken run of such
 * years that ends with the last one; days of a neighbouring year may stand in a year's file.
 */
export function calendarFrom(years: readonly CalendarYear[]): CalendarData {
  const exceptions = new Map<number, boolean>();
  for (const { days } of years) {
    for (const entry of days) exceptions.set(dayNumber(entry.date), entry.off);
  }
  const known = years
    .filter((year) => year.notices.length > 0)
    .map((year) => year.year)
    .sort((a, b) => a - b);
  const last = known.at(-1);
  if (last === undefined) {
    return { coversFrom: day('9999-12-31'), coversTo: day('0001-01-01'), exceptions };
  }
  let first = last;
  while (known.includes(first - 1)) first -= 1;
  return { coversFrom: day(`${first}-01-01`), coversTo: day(`${last}-12-31`), exceptions };
}

/** The calendar of a rulebook. */
export function calendarOf(rulebook: Rulebook): CalendarData {
  return calendarFrom(editionsOf(rulebook, 'calendar').map(({ document }) => document));
}

/** Rows of a code table, newest edition first recorded last wins; empty when there is none. */
export function rowsOf(rulebook: Rulebook, id: string): readonly CodeRow[] {
  const editions = editionsOf(rulebook, 'codes').filter(({ document }) => document.id === id);
  const newest = editions.reduce<(typeof editions)[number] | null>(
    (best, edition) =>
      best === null || edition.document.validFrom > best.document.validFrom ? edition : best,
    null,
  );
  return newest?.document.rows ?? [];
}

/** Words that stand for nothing. */
export function nullWordsOf(rulebook: Rulebook): NullWords {
  return new Set(rowsOf(rulebook, 'null-words').map((row) => row.name.toLowerCase()));
}

/** Labels written before codes. */
export function codeLabelsOf(rulebook: Rulebook): string[] {
  return rowsOf(rulebook, 'code-prefix-words').map((row) => row.name);
}

/** Known pairs of registration department and category. */
export function usccPrefixesOf(rulebook: Rulebook): ReadonlySet<string> {
  return new Set(rowsOf(rulebook, 'uscc-prefix').map((row) => row.code));
}

/** Traditional to simplified, one to one. */
export function scriptVariantsOf(rulebook: Rulebook): ScriptVariants {
  return new Map(rowsOf(rulebook, 'script-variants').map((row) => [row.code, row.name]));
}
