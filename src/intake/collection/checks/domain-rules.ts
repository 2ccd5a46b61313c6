/** Rules of a standard over the facts of a row. */
import { findAmounts } from '../../../kernel/amount-text.ts';
import { Memo } from '../../../kernel/memo.ts';
import { compileCondition } from '../../../kernel/rules.ts';
import {
  type Field,
  type FieldRole,
  type Rule,
  factName,
} from '../../../kernel/rulebook/standards.ts';
import type { FillWords } from '../../../kernel/text/fill-words.ts';
import type { CheckerOptions } from './domain.ts';
import type { RowReader } from './domain-facts.ts';
import { type RowState, type RuleBook, addFinding } from './domain-state.ts';

type Judge = (state: RowState) => void;

/** Compiles all rules that are not built into reading a cell. */
export function compileRules(options: CheckerOptions, reader: RowReader, rules: RuleBook): Judge {
  const judges = rules.own.flatMap((rule) => compileRule(options, reader, rule) ?? []);
  const category = reader.factOf('subjectCategory');
  return (state) => {
    for (const judge of judges) judge(state);
    // A natural person's row is refused whatever else is wrong with it.
    if (category(state) === 'natural-person') state.natural = true;
  };
}

function compileRule(options: CheckerOptions, reader: RowReader, rule: Rule): Judge | null {
  const { check } = rule;
  const report = reporter(options, reader, rule);
  if ('violated' in check) {
    const violated = compileCondition(check.violated, reader.factOf);
    return (state) => {
      if (violated(state)) report(state);
    };
  }
  if ('dateOrder' in check) {
    const { earlier, later, strict } = check.dateOrder;
    return (state) => {
      const [a, b] = [reader.day(state, earlier), reader.day(state, later)];
      if (a === undefined || b === undefined || a === 'long-term' || b === 'long-term') return;
      if (strict ? a >= b : a > b) report(state);
    };
  }
  if ('notInFuture' in check) {
    return (state) => {
      const value = reader.day(state, check.notInFuture);
      if (value !== undefined && value !== 'long-term' && value > options.today) report(state);
    };
  }
  if ('amountAgreesWithText' in check) {
    const { amount, text } = check.amountAgreesWithText;
    const mentions = new Memo(findAmounts);
    return (state) => {
      const fen = reader.fen(state, amount);
      const words = reader.text(state, text);
      if (fen === undefined || words === undefined) return;
      if (!agrees(fen, mentions.of(words), amount)) report(state);
    };
  }
  if ('personalData' in check) return personalData(options, reader, rule);
  return null;
}

/**
 * Whether an amount stands in the text: alone, or as the sum of the amounts of its kind. A text that
 * names no amount cannot disagree; bounds quoted from the law and restatements do not count.
 */
export function amountAgrees(fen: bigint, text: string, role: FieldRole): boolean {
  return agrees(fen, findAmounts(text), role);
}

function agrees(fen: bigint, found: ReturnType<typeof findAmounts>, role: FieldRole): boolean {
  const own = role === 'fine' ? 'fine' : 'confiscation';
  const mentions = found.filter((mention) => !mention.bound);
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

function personalData(options: CheckerOptions, reader: RowReader, rule: Rule): Judge {
  const report = reporter(options, reader, rule);
  return (state) => {
    const { readings } = state;
    for (let column = 0; column < readings.length; column += 1) {
      if (readings[column]?.derived?.['personal'] !== true) continue;
      report(state, options.columns[column] ?? undefined);
      return;
    }
  };
}

type Reporter = (state: RowState, field?: Field) => void;

/** Places a finding of a rule at its first field and fills the sentence with the row's own values. */
function reporter(options: CheckerOptions, reader: RowReader, rule: Rule): Reporter {
  const fields = rule.fields.flatMap(
    (role) => options.standard.fields.find((field) => field.role === role) ?? [],
  );
  const columnOf = (field: Field | undefined) =>
    field === undefined ? -1 : options.columns.indexOf(field);
  return (state, at) => {
    const field = at ?? fields[0];
    const column = columnOf(field);
    const value = column < 0 ? undefined : state.readings[column]?.value;
    addFinding(
      state,
      rule,
      {
        field: field ?? null,
        column: column < 0 ? null : column + 1,
        ...(value === undefined ? {} : { value }),
      },
      wordsOf(state, options, reader),
    );
  };
}

function wordsOf(state: RowState, options: CheckerOptions, reader: RowReader): FillWords {
  const words: Record<string, string | number> = {};
  for (const reading of state.readings) {
    for (const [name, value] of Object.entries(reading?.derived ?? {})) {
      if (typeof value !== 'boolean') words[name] = value;
    }
  }
  for (const name of reader.factNames) {
    const value = reader.factOf(name)(state);
    if (typeof value === 'string' || typeof value === 'number') words[name] = value;
  }
  // Amounts are told as the sender wrote them, in the sender's unit.
  options.columns.forEach((field, column) => {
    const reading = state.readings[column];
    if (field?.role === undefined || reading?.fen === undefined) return;
    if (reading.value !== undefined) words[factName(field.role)] = reading.value;
  });
  return words;
}
