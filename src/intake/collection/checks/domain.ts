/** 检查: what a row is checked against and what comes out. Pure; the same online, offline, in a browser. */
import type { CalendarData } from '../../../kernel/calendar.ts';
import type { Day } from '../../../kernel/day.ts';
import type { UsccPrefixes } from '../../../kernel/identifiers/uscc.ts';
import type { FactValue } from '../../../kernel/rules.ts';
import type { CodeRow } from '../../../kernel/rulebook/codes.ts';
import type { Field, FieldRole, Rule, Standard } from '../../../kernel/rulebook/standards.ts';
import type { NullWords } from '../../../kernel/text/normalise.ts';

/** Tables of the rulebook the checks look things up in. */
export type CheckTables = {
  readonly nullWords: NullWords;
  readonly codeLabels: readonly string[];
  readonly prefixes: UsccPrefixes;
  readonly codeLists: ReadonlyMap<string, CodeList>;
  readonly calendar: CalendarData;
  /** Rules for standards and items that bring none of their own: required, length, code list … */
  readonly fallbackRules: readonly Rule[];
};

/** A code table ready for looking up: by name or by code, after folding. */
export type CodeList = {
  readonly id: string;
  readonly byText: ReadonlyMap<string, CodeRow>;
  readonly names: readonly string[];
};

/** One thing wrong with a row, in words its sender can act on. */
export type Finding = {
  readonly rule: string;
  readonly severity: Rule['severity'];
  /** Field of the standard and its 1-based column in the file, where the finding has one place. */
  readonly field: string | null;
  readonly column: number | null;
  /** The value as received, redacted; never present for refused personal rows. */
  readonly value: string | null;
  readonly message: string;
  readonly advice: string;
};

/** A row after checking. `rejected` rows carry findings only where personal data is at stake. */
export type CheckedRow = {
  readonly row: number;
  readonly verdict: 'passed' | 'rejected';
  /** The row is about a natural person: nothing of it is kept but digest, number and finding. */
  readonly natural: boolean;
  readonly findings: readonly Finding[];
  /** Rules of severity `close-show` that fired. */
  readonly heldShow: readonly string[];
  readonly content: RowContent;
  readonly cells: CellCounts;
};

/** Cells the standard wants filled, always or because its condition holds, and how many are. */
export type CellCounts = { readonly required: number; readonly filled: number };

/** What a row says, as far as it could be read; worked out when asked. Amounts are 分. */
export type RowContent = {
  readonly text: (role: FieldRole) => string | undefined;
  readonly day: (role: FieldRole) => Day | 'long-term' | undefined;
  readonly fen: (role: FieldRole) => bigint | undefined;
  readonly list: (role: FieldRole) => readonly string[] | undefined;
  readonly fact: (name: string) => FactValue;
  /** Normalised, redacted values by field id; empty cells are left out. */
  readonly values: () => Readonly<Record<string, string>>;
};

/** What a checker is made for. */
export type CheckerOptions = {
  readonly standard: Standard;
  /** For each column of the file, the field it holds. */
  readonly columns: readonly (Field | null)[];
  readonly tables: CheckTables;
  readonly today: Day;
};

/** Folds a code or a name of a code list for comparison. */
export function foldCode(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

/** Makes a code list from the rows of a table; rows out of force on the day are left out. */
export function makeCodeList(id: string, rows: readonly CodeRow[], on: Day): CodeList {
  const byText = new Map<string, CodeRow>();
  const live = rows.filter(
    (row) =>
      (row.validFrom === undefined || row.validFrom <= on) &&
      (row.validTo === undefined || row.validTo === null || on <= row.validTo),
  );
  for (const row of live) {
    byText.set(foldCode(row.name), row);
    const others = row['aliases'];
    if (Array.isArray(others)) for (const other of others) byText.set(foldCode(other), row);
  }
  for (const row of live) {
    const code = foldCode(row.code);
    if (!byText.has(code)) byText.set(code, row);
  }
  return { id, byText, names: live.map((row) => row.name) };
}

/** The value the rest of the product knows an entry by: column `canonical`, else its code. */
export function canonicalOf(row: CodeRow): readonly string[] {
  const canonical = row['canonical'];
  if (Array.isArray(canonical)) return canonical;
  return [typeof canonical === 'string' ? canonical : row.code];
}
