/** Rules of a standard over the facts of a row. */
import { findAmounts } from '../../../kernel/amount-text.ts';
import { type Facts, holds } from '../../../kernel/rules.ts';
import {
  type Field,
  type FieldRole,
  type Rule,
  factName,
} from '../../../kernel/rulebook/standards.ts';
import type { FillWords } from '../../../kernel/text/fill-words.ts';
import type { CheckerOptions } from './domain.ts';
import { type RowState, type RuleBook, addFinding } from './domain-state.ts';

type Judge = (state: RowState, facts: Facts) => void;

/** Compiles all rules that are not built into reading a cell. */
export function compileRules(options: CheckerOptions, rules: RuleBook): Judge {
  const judges = rules.own.flatMap((rule) => compileRule(options, rule) ?? []);
  return (state, facts) => {
    for (const judge of judges) judge(state, facts);
    // A natural person's row is refused whatever else is wrong with it.
    if (facts['subjectCategory'] === 'natural-person') state.natural = true;
  };
}

function compileRule(options: CheckerOptions, rule: Rule): Judge | null {
  const { check } = rule;
  const report = reporter(options, rule);
  if ('violated' in check) {
    return (state, facts) => {
      if (holds(check.violated, facts)) report(state, facts);
    };
  }
  if ('dateOrder' in check) {
    const { earlier, later, strict } = check.dateOrder;
    return (state, facts) => {
      const [a, b] = [state.days[earlier], state.days[later]];
      if (a === undefined || b === undefined || a === 'long-term' || b === 'long-term') return;
      if (strict ? a >= b : a > b) report(state, facts);
    };
  }
  if ('notInFuture' in check) {
    return (state, facts) => {
      const value = state.days[check.notInFuture];
      if (value !== undefined && value !== 'long-term' && value > options.today) {
        report(state, facts);
      }
    };
  }
  if ('amountAgreesWithText' in check) {
    const { amount, text } = check.amountAgreesWithText;
    return (state, facts) => {
      const fen = state.fen[amount];
      const words = state.text[text];
      if (fen === undefined || words === undefined) return;
      if (!amountAgrees(fen, words, amount)) report(state, facts);
    };
  }
  if ('personalData' in check) return personalData(options, rule);
  return null;
}

/**
 * Whether an amount stands in the text: alone, or as the sum of the amounts of its kind. A text that
 * names no amount cannot disagree; bounds quoted from the law and restatements do not count.
 */
export function amountAgrees(fen: bigint, text: string, role: FieldRole): boolean {
  const own = role === 'fine' ? 'fine' : 'confiscation';
  const mentions = findAmounts(text).filter((mention) => !mention.bound);
  const candidates = mentions.filter((mention) => mention.kind === null || mention.kind === own);
  if (candidates.length === 0 || candidates.some((mention) => mention.fen === fen)) return true;
  const sum = candidates
    .filter((mention) => !mention.restates)
    .reduce((total, mention) => total + mention.fen, 0n);
  const sumOfAll = mentions
    .filter((mention) => !mention.restates)
    .reduce((total, mention) => total + mention.fen, 0n);
  return sum === fen || sumOfAll === fen;
}

function personalData(options: CheckerOptions, rule: Rule): Judge {
  const report = reporter(options, rule);
  return (state, facts) => {
    const hit = Object.keys(state.derived).find((key) => key.startsWith('personal:'));
    if (hit === undefined) return;
    const field = options.standard.fields.find((item) => item.id === hit.slice('personal:'.length));
    report(state, facts, field);
  };
}

type Reporter = (state: RowState, facts: Facts, field?: Field) => void;

/** Places a finding of a rule at its first field and fills the sentence with the row's own values. */
function reporter(options: CheckerOptions, rule: Rule): Reporter {
  const fields = rule.fields.flatMap(
    (role) => options.standard.fields.find((field) => field.role === role) ?? [],
  );
  const columnOf = (field: Field | undefined) => {
    const index = field === undefined ? -1 : options.columns.indexOf(field);
    return index < 0 ? null : index + 1;
  };
  return (state, facts, at) => {
    const field = at ?? fields[0];
    const value = field === undefined ? undefined : state.values[field.id];
    addFinding(
      state,
      rule,
      { field: field ?? null, column: columnOf(field), ...(value === undefined ? {} : { value }) },
      wordsOf(state, facts, options),
    );
  };
}

function wordsOf(state: RowState, facts: Facts, options: CheckerOptions): FillWords {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string' || typeof value === 'number') words[name] = value;
  }
  // Amounts are told as the sender wrote them, in the sender's unit.
  for (const role of Object.keys(state.fen) as FieldRole[]) {
    const field = options.standard.fields.find((item) => item.role === role);
    const text = field === undefined ? undefined : state.values[field.id];
    if (text !== undefined) words[factName(role)] = text;
  }
  return words;
}
