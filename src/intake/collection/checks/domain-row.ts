/**
 * A standard compiled into a checker: closures per column, so that a row costs a few microseconds and
 * every finding carries the standard's own words. No `eval`, no schema library on the hot path.
 */
import { redact, scanPersonalData } from '../../../kernel/personal-data.ts';
import type { Facts } from '../../../kernel/rules.ts';
import type { Field, Rule } from '../../../kernel/rulebook/standards.ts';
import { collapseBlanks, isNullWord, tidyName } from '../../../kernel/text/normalise.ts';
import {
  type CheckTables,
  type CheckedRow,
  type CheckerOptions,
  type Finding,
  canonicalOf,
} from './domain.ts';
import { readCode, readDay, readFen, splitList } from './domain-cells.ts';
import { checkCode } from './domain-codes.ts';
import { rowFacts } from './domain-facts.ts';
import { compileRules } from './domain-rules.ts';
import { type RowState, type RuleBook, addFinding, fitsLength } from './domain-state.ts';

/** A compiled standard. */
export type Checker = {
  readonly check: (row: number, cells: readonly string[]) => CheckedRow;
};

function ruleBook(options: CheckerOptions): RuleBook {
  const own = options.standard.rules;
  const all = [...own, ...options.tables.fallbackRules];
  const byName = new Map<string, Rule>();
  for (const rule of all) {
    if ('builtIn' in rule.check && !byName.has(rule.check.builtIn)) {
      byName.set(rule.check.builtIn, rule);
    }
  }
  return { builtIn: (name) => byName.get(name), own };
}

/** Compiles a checker for a file whose columns are known. */
export function compileChecker(options: CheckerOptions): Checker {
  const rules = ruleBook(options);
  const readers = options.columns.flatMap((field, index) =>
    field === null ? [] : [compileField(field, index, options, rules)],
  );
  const missing = options.standard.fields.filter(
    (field) => field.required === 'always' && !options.columns.includes(field),
  );
  const judge = compileRules(options, rules);
  return {
    check(row, cells) {
      const state: RowState = {
        row,
        raw: cells,
        values: {},
        text: {},
        days: {},
        fen: {},
        lists: {},
        derived: {},
        findings: [],
        natural: false,
      };
      for (const read of readers) read(state, cells);
      for (const field of missing)
        addFinding(state, rules.builtIn('required'), { field, column: null });
      const facts = rowFacts(state, options);
      judge(state, facts);
      return finish(state, facts);
    },
  };
}

function finish(state: RowState, facts: Facts): CheckedRow {
  const rejected = state.natural || state.findings.some((item) => item.severity === 'reject');
  return {
    row: state.row,
    verdict: rejected ? 'rejected' : 'passed',
    natural: state.natural,
    findings: state.natural
      ? state.findings.map((finding) => ({ ...finding, value: null, message: plain(finding) }))
      : state.findings,
    values: state.natural ? {} : state.values,
    typed: { text: state.text, days: state.days, fen: state.fen, lists: state.lists },
    facts,
    heldShow: state.findings
      .filter((finding) => finding.severity === 'close-show')
      .map((finding) => finding.rule)
      .filter((rule, index, all) => all.indexOf(rule) === index),
  };
}

/** Nothing of a person's row is repeated, not even inside a sentence. */
function plain(finding: Finding): string {
  return finding.value === null ? finding.message : finding.message.replaceAll(finding.value, '…');
}

type Reader = (state: RowState, cells: readonly string[]) => void;

function compileField(
  field: Field,
  index: number,
  options: CheckerOptions,
  rules: RuleBook,
): Reader {
  const { tables } = options;
  const column = index + 1;
  const required = field.required === 'always' ? rules.builtIn('required') : undefined;
  const readValue = compileValue(field, column, tables, rules);
  return (state, cells) => {
    const raw = cells[index] ?? '';
    if (raw === '' || isNullWord(raw, tables.nullWords)) {
      addFinding(state, required, { field, column });
      return;
    }
    readValue(state, raw);
  };
}

function compileValue(
  field: Field,
  column: number,
  tables: CheckTables,
  rules: RuleBook,
): (state: RowState, raw: string) => void {
  switch (field.type) {
    case 'date':
      return dateReader(field, column, rules);
    case 'decimal':
    case 'integer':
      return numberReader(field, column, rules);
    case 'enum':
    case 'enum-list':
      return listReader(field, column, tables, rules);
    case 'code':
      return (state, raw) => checkCode(state, raw, { field, column, tables, rules });
    case 'text':
      return textReader(field, column, rules);
  }
}

function keep(state: RowState, field: Field, value: string): void {
  state.values[field.id] = value;
  if (field.role !== undefined) state.text[field.role] = value;
}

function textReader(field: Field, column: number, rules: RuleBook) {
  const isName = field.role === 'subject-name' || field.role === 'authority-name';
  return (state: RowState, raw: string) => {
    const value = isName ? tidyName(raw) : tidyText(raw);
    fitsLength(state, value, { field, column, rules });
    if (!field.freeText) {
      keep(state, field, value);
      return;
    }
    const hits = scanPersonalData(value);
    if (hits.length > 0) state.derived[`personal:${field.id}`] = column;
    keep(state, field, hits.length === 0 ? value : redact(value, hits));
  };
}

const plainText = /^[\u4E00-\u9FFF，。；：、（）《》“”〔〕0-9A-Za-z]*$/;

/** Free text keeps its line breaks; everything invisible and every run of blanks goes. */
function tidyText(raw: string): string {
  if (plainText.test(raw)) return raw;
  if (!/[\r\n]/.test(raw)) return collapseBlanks(raw.normalize('NFC'));
  return raw
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => collapseBlanks(line))
    .filter((line) => line !== '')
    .join('\n');
}

function dateReader(field: Field, column: number, rules: RuleBook) {
  return (state: RowState, raw: string) => {
    const value = readDay(raw, field.longTerm ?? []);
    if (value === null) {
      addFinding(state, rules.builtIn('date'), { field, column, value: raw });
      return;
    }
    if (field.role !== undefined) state.days[field.role] = value;
    state.values[field.id] = value === 'long-term' ? (field.longTerm?.[0] ?? '长期') : value;
  };
}

function numberReader(field: Field, column: number, rules: RuleBook) {
  return (state: RowState, raw: string) => {
    const text = collapseBlanks(raw);
    const fen = field.type === 'integer' ? readInteger(text) : readFen(text, field);
    if (fen === null || fen > BigInt(Number.MAX_SAFE_INTEGER)) {
      const words = { unit: field.unit ?? '', decimals: field.decimals ?? 0 };
      addFinding(state, rules.builtIn('number'), { field, column, value: raw }, words);
      return;
    }
    if (field.type === 'decimal' && field.role !== undefined) state.fen[field.role] = fen;
    keep(state, field, text);
  };
}

function readInteger(text: string): bigint | null {
  return /^\d{1,15}$/.test(text) ? BigInt(text) : null;
}

function listReader(field: Field, column: number, tables: CheckTables, rules: RuleBook) {
  const list = field.codeList === undefined ? undefined : tables.codeLists.get(field.codeList);
  return (state: RowState, raw: string) => {
    const parts = field.type === 'enum-list' ? splitList(raw) : [collapseBlanks(raw)];
    if (list === undefined) {
      keep(state, field, parts.join('；'));
      return;
    }
    const read = parts.map((part) => readCode(part, list, field.otherPrefix));
    if (parts.length === 0 || read.includes(null)) {
      const words = { allowed: list.names.join('、') };
      addFinding(state, rules.builtIn('code-list'), { field, column, value: raw }, words);
      return;
    }
    const found = read as NonNullable<(typeof read)[number]>[];
    state.values[field.id] = found.map((item) => item.text).join('；');
    if (field.role === undefined) return;
    state.text[field.role] = state.values[field.id]!;
    state.lists[field.role] = [...new Set(found.flatMap((item) => canonicalOf(item.row)))];
  };
}
