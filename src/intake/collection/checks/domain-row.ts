/**
 * A standard compiled into a checker: closures per column and per rule, so that a row costs a few
 * microseconds and every finding carries the standard's own words. A cell is read by its column
 * alone; what was read before is remembered. No `eval`, no schema library on the hot path.
 */
import { Memo } from '../../../kernel/memo.ts';
import type { Field, FieldRole, Rule } from '../../../kernel/rulebook/standards.ts';
import { isNullWord } from '../../../kernel/text/normalise.ts';
import type { CellCounts, CheckedRow, CheckerOptions, Finding, RowContent } from './domain.ts';
import { compileReader } from './domain-read.ts';
import { type RowReader, makeRowReader } from './domain-facts.ts';
import { compileRules } from './domain-rules.ts';
import {
  type CellReading,
  type RowState,
  type RuleBook,
  addFinding,
  blankReading,
} from './domain-state.ts';

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

type Column = {
  readonly at: number;
  readonly read: (raw: string) => CellReading | null;
  /** Told when the cell says nothing though the standard always wants it. */
  readonly absent: CellReading | null;
};

/** Compiles a checker for a file whose columns are known. */
export function compileChecker(options: CheckerOptions): Checker {
  const rules = ruleBook(options);
  const columns = options.columns.flatMap((field, at) =>
    field === null ? [] : [compileColumn(field, at, options, rules)],
  );
  const missing = blankReading();
  for (const field of options.standard.fields) {
    if (field.required !== 'always' || options.columns.includes(field)) continue;
    addFinding(missing, rules.builtIn('required'), { field, column: null });
  }
  const reader = makeRowReader(options);
  const judge = compileRules(options, reader, rules);
  const count = cellCounter(options);
  const width = options.columns.length;
  return {
    check(row, cells) {
      const readings = new Array<CellReading | null>(width).fill(null);
      const state: RowState = { row, readings, findings: [], natural: false };
      for (const { at, read, absent } of columns) {
        const raw = cells[at] ?? '';
        const reading = raw === '' ? null : read(raw);
        readings[at] = reading;
        gather(state, reading ?? absent);
      }
      gather(state, missing);
      judge(state);
      return finish(state, { options, reader, count });
    },
  };
}

function gather(state: RowState, reading: CellReading | null): void {
  if (reading === null) return;
  if (reading.findings.length > 0) state.findings.push(...reading.findings);
  if (reading.natural) state.natural = true;
}

function compileColumn(field: Field, at: number, options: CheckerOptions, rules: RuleBook): Column {
  const { tables } = options;
  const column = at + 1;
  let absent: CellReading | null = null;
  if (field.required === 'always') {
    absent = blankReading();
    addFinding(absent, rules.builtIn('required'), { field, column });
  }
  const fill = compileReader(field, { column, tables, rules });
  const memo = new Memo((raw: string): CellReading | null => {
    if (isNullWord(raw, tables.nullWords)) return null;
    const reading = blankReading();
    fill(reading, raw);
    return reading;
  });
  return { at, read: (raw) => memo.of(raw), absent };
}

type Finishing = {
  readonly options: CheckerOptions;
  readonly reader: RowReader;
  readonly count: (state: RowState) => CellCounts;
};

function finish(state: RowState, made: Finishing): CheckedRow {
  const { row, natural, findings } = state;
  let rejected = natural;
  let heldShow = nothing;
  for (const { severity, rule } of findings) {
    if (severity === 'reject') rejected = true;
    else if (severity === 'close-show' && !heldShow.includes(rule)) heldShow = [...heldShow, rule];
  }
  return {
    row,
    verdict: rejected ? 'rejected' : 'passed',
    natural,
    findings: natural
      ? findings.map((finding) => ({ ...finding, value: null, message: plain(finding) }))
      : findings,
    heldShow,
    content: new ReadContent(state, made),
    cells: made.count(state),
  };
}

const nothing: readonly string[] = [];

/** Nothing of a person's row is repeated, not even inside a sentence. */
function plain(finding: Finding): string {
  return finding.value === null ? finding.message : finding.message.replaceAll(finding.value, '…');
}

/** A row's content, found when asked: most rows are asked for little, many for nothing. */
class ReadContent implements RowContent {
  private readonly state: RowState;
  private readonly made: Finishing;

  constructor(state: RowState, made: Finishing) {
    this.state = state;
    this.made = made;
  }

  text(role: FieldRole) {
    return this.made.reader.text(this.state, role);
  }

  day(role: FieldRole) {
    return this.made.reader.day(this.state, role);
  }

  fen(role: FieldRole) {
    return this.made.reader.fen(this.state, role);
  }

  list(role: FieldRole) {
    return this.made.reader.list(this.state, role);
  }

  fact(name: string) {
    return this.made.reader.factOf(name)(this.state);
  }

  values() {
    const { state, made } = this;
    const values: Record<string, string> = {};
    if (state.natural) return values;
    made.options.columns.forEach((field, at) => {
      const value = state.readings[at]?.value;
      if (field !== null && value !== undefined) values[field.id] = value;
    });
    return values;
  }
}

/**
 * Counts the cells completeness is measured by (data-standards §6.3): those always required, and those
 * required under a condition where they are filled or where a rule found them missing.
 */
function cellCounter({ standard, columns }: CheckerOptions): (state: RowState) => CellCounts {
  const placeOf = (field: Field) => columns.indexOf(field);
  const always = standard.fields.filter((field) => field.required === 'always').map(placeOf);
  const sometimes = standard.fields
    .filter((field) => field.required === 'conditional')
    .map((field) => ({ id: field.id, at: placeOf(field) }));
  return ({ readings, findings }) => {
    let required = always.length;
    let filled = 0;
    for (const at of always) if (says(readings[at])) filled += 1;
    for (const { id, at } of sometimes) {
      if (says(readings[at])) {
        required += 1;
        filled += 1;
      } else if (findings.some(({ field, severity }) => field === id && severity === 'reject')) {
        required += 1;
      }
    }
    return { required, filled };
  };
}

/** A cell that cannot be read is filled all the same. */
function says(reading: CellReading | null | undefined): boolean {
  return reading !== null && reading !== undefined;
}
