/** Facts of a row that conditions look at: roles in camelCase plus what is derived from them. */
import { daysBetween } from '../../../kernel/day.ts';
import type { FactValue, Facts } from '../../../kernel/rules.ts';
import { type FieldRole, factName } from '../../../kernel/rulebook/standards.ts';
import type { CheckerOptions } from './domain.ts';
import type { RowState } from './domain-state.ts';

/** Roles whose fact is the canonical value of their code list, not the text. */
const singleLists: readonly FieldRole[] = [
  'subject-category',
  'procedure',
  'severity',
  'intent',
  'state',
  'operation',
  'publication-kind',
  'subject-status',
];

/** Separators between names of several parties in one cell (§2.11 no. 19). */
const between = /[、；;，,]|\s\/\s/;

/** Gathers the facts of one row. docs/checks.md lists and explains them. */
export function rowFacts(state: RowState, options: CheckerOptions): Facts {
  // A table from the start: growing an ordinary object by computed names costs a fifth of a row's check.
  const facts = Object.create(null) as Record<string, FactValue>;
  Object.assign(facts, state.derived);
  for (const role in state.text) {
    facts[factName(role as FieldRole)] = state.text[role as FieldRole];
  }
  for (const role in state.days) {
    const value = state.days[role as FieldRole];
    if (value !== 'long-term') facts[factName(role as FieldRole)] = value;
  }
  for (const role of singleLists) {
    const value = state.lists[role]?.[0];
    if (value === undefined) continue;
    facts[`${factName(role)}Text`] = state.text[role];
    facts[factName(role)] = value;
  }
  if (state.lists['kinds'] !== undefined) facts['kinds'] = state.lists['kinds'];
  for (const role in state.fen) {
    facts[`${factName(role as FieldRole)}Fen`] = Number(state.fen[role as FieldRole]);
  }
  facts['today'] = options.today;
  facts['profile'] = `${options.standard.id}@${options.standard.edition}`;
  facts['subjectNameCount'] = nameCount(state.text['subject-name']);
  facts['publicDays'] = publicDays(state);
  facts['subjectIsAuthority'] =
    state.text['subject-code'] !== undefined &&
    state.text['subject-code'] === state.text['authority-code'];
  facts['filledFields'] = Object.keys(state.values);
  facts['organisationCode'] = state.text['subject-organisation-code'];
  facts['documentNumberDigits'] = digitsOf(state.text['document-number']);
  return facts;
}

function nameCount(name: string | undefined): number {
  if (name === undefined) return 0;
  // One registered name may hold commas; only parts that each look like a whole name count as several.
  const parts = name.split(between).filter((part) => part.trim().length >= 4);
  return Math.max(1, parts.length);
}

function publicDays(state: RowState): number | null {
  const decided = state.days['decided-on'];
  const until = state.days['public-until'];
  if (decided === undefined || until === undefined) return null;
  if (decided === 'long-term' || until === 'long-term') return null;
  return daysBetween(decided, until);
}

function digitsOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? text.length : null;
}
