/**
 * Division codes over time (GB/T 2260 and the lists around it). A code found in an identifier is the
 * code of its day: it is looked up by date, never checked against today's table (data-standards §8.2).
 * The table is `rulebook/codes/divisions.csv`; this file only reads it.
 */
import { type Day, addDays, firstDay, lastDay, parseDay } from './day.ts';
import { assert } from './result.ts';
import type { CodeRow } from './rulebook/codes.ts';

/** What a code stands for: a division by law, a line of statistics, or a zone seen in identifiers only. */
export type DivisionKind = 'legal' | 'statistics' | 'zone';

/** A code under one name during one span; days inclusive, `null`: not known, or still in force. */
export type DivisionRow = {
  readonly code: string;
  readonly name: string;
  readonly level: 'nation' | 'province' | 'prefecture' | 'county';
  /** Code of the division it belongs to; `null` for the nation. */
  readonly parent: string | null;
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
  /** Codes that took its place when it ended; empty when none is known. */
  readonly replacedBy: readonly string[];
  readonly kind: DivisionKind;
  readonly source: string;
};

/** Rows by code, each code's rows by first day; `coversFrom` is the day of the oldest list. */
export type DivisionTable = {
  readonly byCode: ReadonlyMap<string, readonly DivisionRow[]>;
  readonly coversFrom: Day;
};

/**
 * `in-force` and `ended` on the day asked; `not-yet`: the code came later; `unknown`: not in the table,
 * without known dates (zones), or asked for a day before the oldest list.
 */
export type DivisionStatus = 'in-force' | 'ended' | 'not-yet' | 'unknown';

/** Answer of {@link resolveDivision}. */
export type DivisionAnswer = {
  readonly code: string;
  /** Name on that day; after the end the last name, before the beginning the first one. */
  readonly name: string | null;
  readonly status: DivisionStatus;
  readonly kind: DivisionKind | null;
  /** Codes in force on that day in the place of an ended one; empty when none is known. */
  readonly successors: readonly string[];
};

const levels = ['nation', 'province', 'prefecture', 'county'] as const;
const kinds = ['legal', 'statistics', 'zone'] as const;

function oneOf<T extends string>(allowed: readonly T[], value: unknown, what: string): T {
  const found = allowed.find((item) => item === value);
  assert(found !== undefined, `divisions: ${what} cannot be ${String(value)}`);
  return found;
}

function dayOrNull(value: unknown): Day | null {
  if (value === undefined || value === null || value === '') return null;
  const parsed = parseDay(String(value));
  assert(parsed !== null, `divisions: not a day: ${String(value)}`);
  return parsed;
}

/** Reads a row of the code table `divisions`; faults when a column is missing or out of its values. */
export function divisionRow(row: CodeRow): DivisionRow {
  const parent = row['parent'];
  return {
    code: row.code,
    name: row.name,
    level: oneOf(levels, row['level'], 'level'),
    parent: typeof parent === 'string' && parent !== '' ? parent : null,
    validFrom: dayOrNull(row.validFrom),
    validTo: dayOrNull(row.validTo),
    replacedBy: row.replacedBy ?? [],
    kind: oneOf(kinds, row['kind'], 'kind'),
    source: String(row['source'] ?? ''),
  };
}

/** Builds the table for look-ups. Faults when two rows of one code share a day. */
export function divisionTable(rows: readonly DivisionRow[]): DivisionTable {
  const byCode = new Map<string, DivisionRow[]>();
  let coversFrom = lastDay;
  for (const row of rows) {
    const list = byCode.get(row.code);
    if (list) list.push(row);
    else byCode.set(row.code, [row]);
    if (row.validFrom !== null && row.validFrom < coversFrom) coversFrom = row.validFrom;
  }
  for (const [code, list] of byCode) {
    list.sort((a, b) => ((a.validFrom ?? firstDay) < (b.validFrom ?? firstDay) ? -1 : 1));
    list.forEach((row, index) => {
      const next = list[index + 1];
      assert(
        !next || (row.validTo !== null && next.validFrom !== null && row.validTo < next.validFrom),
        `divisions: rows of ${code} overlap`,
      );
    });
  }
  return { byCode, coversFrom };
}

function holdsOn(row: DivisionRow, on: Day): boolean {
  if (row.validFrom === null || row.validFrom > on) return false;
  return row.validTo === null || on <= row.validTo;
}

/** The row that took over the code without a gap: the same unit under a new name. */
function heirOf(table: DivisionTable, row: DivisionRow): DivisionRow | undefined {
  if (row.validTo === null || row.replacedBy.length > 0) return undefined;
  const next = addDays(row.validTo, 1);
  return table.byCode.get(row.code)?.find((other) => other.validFrom === next);
}

/** Rows that stood in the place of an ended row right after its end; empty when none is known. */
function placeTakers(table: DivisionTable, ended: DivisionRow): DivisionRow[] {
  const heir = heirOf(table, ended);
  if (heir) return [heir];
  return ended.replacedBy.flatMap((code) => {
    const rows = table.byCode.get(code) ?? [];
    const after = ended.validTo ?? lastDay;
    return rows.find((row) => row.validTo === null || row.validTo > after) ?? [];
  });
}

/**
 * Codes in force on `on` in the place of an ended row; branches whose successor is unknown are lost.
 * Every step leads to a row that ends later, so that a circle of codes cannot hold it up.
 */
function follow(table: DivisionTable, ended: DivisionRow, on: Day): string[] {
  const found = new Set<string>();
  const open = [ended];
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    for (const taker of placeTakers(table, row)) {
      if (holdsOn(taker, on)) found.add(taker.code);
      else if (taker.validTo !== null && taker.validTo < on) open.push(taker);
    }
  }
  return [...found].sort();
}

/**
 * What `code` stood for on day `on`: name, status, and for an ended code the codes in its place then.
 * Six digits are expected; anything else, and any code no list knows, is `unknown`.
 */
export function resolveDivision(table: DivisionTable, code: string, on: Day): DivisionAnswer {
  const rows = table.byCode.get(code) ?? [];
  const first = rows[0];
  if (!first) return { code, name: null, status: 'unknown', kind: null, successors: [] };
  const current = rows.find((row) => holdsOn(row, on));
  if (current) return answer(current, 'in-force', []);
  if (first.validFrom === null) return answer(first, 'unknown', []);
  const past = rows.filter((row) => row.validTo !== null && row.validTo < on).at(-1);
  if (past) return answer(past, 'ended', follow(table, past, on));
  // Before the oldest list nothing is known of the codes that list begins with.
  return answer(first, first.validFrom === table.coversFrom ? 'unknown' : 'not-yet', []);
}

function answer(
  row: DivisionRow,
  status: DivisionStatus,
  successors: readonly string[],
): DivisionAnswer {
  return { code: row.code, name: row.name, status, kind: row.kind, successors };
}

/**
 * Codes in force today in the place of `code`: itself while it lasts, else its successors, possibly
 * several, none when none is known. `since`: the day the code was used, for codes given twice.
 */
export function currentDivisions(
  table: DivisionTable,
  code: string,
  since: Day = lastDay,
): readonly string[] {
  const rows = table.byCode.get(code) ?? [];
  const used = rows.find((row) => holdsOn(row, since)) ?? rows.at(-1);
  if (!used || used.validFrom === null) return [];
  return used.validTo === null ? [code] : follow(table, used, lastDay);
}
