/** What is gathered about one cell and one row while it is checked, and how findings are added. */
import type { Day } from '../../../kernel/day.ts';
import { redact, scanPersonalData } from '../../../kernel/personal-data.ts';
import type { Field, Rule } from '../../../kernel/rulebook/standards.ts';
import { type FillWords, fillWords } from '../../../kernel/text/fill-words.ts';
import { countCharacters } from '../../../kernel/text/normalise.ts';
import type { Finding } from './domain.ts';

/** Facts that come from how a cell was read, e.g. `subjectCodePlaceholder`. */
export type Derived = Readonly<Record<string, string | number | boolean>>;

/**
 * What one cell says, read once. Depends on its text and its column alone, so that equal texts of a
 * column share one reading; nobody changes it once it is made.
 */
export type CellReading = {
  /** What is kept, normalised and redacted. */
  value: string | undefined;
  /** What conditions compare, where the field has a role. */
  text: string | undefined;
  day: Day | 'long-term' | undefined;
  /** 分 */
  fen: bigint | undefined;
  list: readonly string[] | undefined;
  derived: Record<string, string | number | boolean> | null;
  readonly findings: Finding[];
  /** The cell shows that the row is about a natural person. */
  natural: boolean;
};

/** A reading nothing is known of yet; one shape for all, which keeps reading them quick. */
export function blankReading(): CellReading {
  return {
    value: undefined,
    text: undefined,
    day: undefined,
    fen: undefined,
    list: undefined,
    derived: null,
    findings: [],
    natural: false,
  };
}

/** Notes a fact that comes from how the cell was read. */
export function derive(reading: CellReading, name: string, value: string | number | boolean): void {
  (reading.derived ??= {})[name] = value;
}

/** One row while it is checked: a reading per column, `null` where the cell says nothing. */
export type RowState = {
  readonly row: number;
  readonly readings: readonly (CellReading | null)[];
  readonly findings: Finding[];
  natural: boolean;
};

/** Rules of a standard by what triggers them. */
export type RuleBook = {
  /** The rule of a built-in check, or `undefined` when the standard does without it. */
  readonly builtIn: (name: string) => Rule | undefined;
  readonly own: readonly Rule[];
};

/** Adds a finding of a rule at a place; without a rule the standard has nothing to say. */
export function addFinding(
  to: { readonly findings: Finding[] },
  rule: Rule | undefined,
  place: { readonly field: Field | null; readonly column: number | null; readonly value?: string },
  words: FillWords = {},
): void {
  if (rule === undefined) return;
  const value =
    place.value === undefined ? null : shorten(redact(place.value, scanPersonalData(place.value)));
  const all = { field: place.field?.name ?? '', value: value ?? '', ...words };
  to.findings.push({
    rule: rule.id,
    severity: rule.severity,
    field: place.field?.id ?? null,
    column: place.column,
    value,
    message: fillWords(rule.message, all),
    advice: fillWords(rule.advice, all),
  });
}

const shownMax = 80;

function shorten(value: string): string {
  return value.length <= shownMax ? value : `${cutWhole(value, shownMax)}…`;
}

/** The first `length` code units, one fewer where half a character would be left: nothing can keep it. */
export function cutWhole(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Whether a value fits its field; adds the finding when it does not. */
export function fitsLength(
  reading: CellReading,
  value: string,
  place: { readonly field: Field; readonly column: number; readonly rules: RuleBook },
): boolean {
  const { field, column, rules } = place;
  if (field.maxLength === undefined || value.length <= field.maxLength) return true;
  if (countCharacters(value) <= field.maxLength) return true;
  addFinding(
    reading,
    rules.builtIn('length'),
    { field, column, value },
    { maxLength: field.maxLength },
  );
  return false;
}
