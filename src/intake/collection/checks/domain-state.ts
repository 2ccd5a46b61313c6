/** What is gathered about one row while its cells are read, and how findings are added to it. */
import type { Day } from '../../../kernel/day.ts';
import { redact, scanPersonalData } from '../../../kernel/personal-data.ts';
import type { Field, FieldRole, Rule } from '../../../kernel/rulebook/standards.ts';
import { type FillWords, fillWords } from '../../../kernel/text/fill-words.ts';
import { countCharacters } from '../../../kernel/text/normalise.ts';
import type { Finding } from './domain.ts';

/** What is being gathered about one row while its cells are read. */
export type RowState = {
  readonly row: number;
  readonly raw: readonly string[];
  readonly values: Record<string, string>;
  readonly text: Partial<Record<FieldRole, string>>;
  readonly days: Partial<Record<FieldRole, Day | 'long-term'>>;
  readonly fen: Partial<Record<FieldRole, bigint>>;
  readonly lists: Partial<Record<FieldRole, readonly string[]>>;
  /** Derived facts the code checks produce, e.g. `subjectCodePlaceholder`. */
  readonly derived: Record<string, string | number | boolean>;
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
  state: RowState,
  rule: Rule | undefined,
  place: { readonly field: Field | null; readonly column: number | null; readonly value?: string },
  words: FillWords = {},
): void {
  if (rule === undefined) return;
  const value =
    place.value === undefined ? null : shorten(redact(place.value, scanPersonalData(place.value)));
  const all = { field: place.field?.name ?? '', value: value ?? '', ...words };
  state.findings.push({
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
  state: RowState,
  value: string,
  place: { readonly field: Field; readonly column: number; readonly rules: RuleBook },
): boolean {
  const { field, column, rules } = place;
  if (field.maxLength === undefined || value.length <= field.maxLength) return true;
  if (countCharacters(value) <= field.maxLength) return true;
  addFinding(
    state,
    rules.builtIn('length'),
    { field, column, value },
    { maxLength: field.maxLength },
  );
  return false;
}
