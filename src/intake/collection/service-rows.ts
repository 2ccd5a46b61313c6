/** Rows of a delivery on their way through a chunk, and what checking alone makes of them. */
import { type CalendarData, addWorkdays, workdaysBetween } from '../../kernel/calendar.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { type Day, dayOf } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Rule } from '../../kernel/rulebook/standards.ts';
import { fillWords } from '../../kernel/text/fill-words.ts';
import type { RawRow } from '../../platform/spreadsheet/index.ts';
import { type SourceKeyRow, type StoredRow, keyOf } from '../../archive/records/index.ts';
import type { RowLink } from '../../register/subjects/index.ts';
import type { CheckedRow, Finding } from './checks/domain.ts';
import { type Outcome, type PreparedRow, type RowQuery, queryOf } from './domain.ts';
import { type PrepareContext, keyOfRejected, makePreparer } from './domain-prepare.ts';
import { type OpenedDelivery, checkRow } from './reading.ts';
import type { Batch } from './store.ts';

/** What a run carries from chunk to chunk. */
export type ChunkContext = {
  readonly batch: Batch;
  readonly delivery: OpenedDelivery;
  /** Working days allowed from the decision to the receipt, where the item sets them. */
  readonly allowanceWorkdays: number | null;
  readonly calendar: CalendarData;
};

/** One row on its way through a chunk. */
export type Passing = {
  readonly raw: RawRow;
  readonly checked: CheckedRow;
  readonly findings: Finding[];
  /** SHA-256 of the row as received, in hexadecimal. */
  readonly digest: string;
  readonly decidedOn: Day | null;
  /** The key it is known by; `null` where it could not be read. */
  readonly sourceKey: Id | null;
  prepared: PreparedRow | null;
  query: RowQuery | null;
  link: RowLink | null;
  outcome: Outcome | null;
  /** What is stored under its source key. */
  known: SourceKeyRow | null;
  stored: StoredRow | null;
  subjectId: Id | null;
};

/** The built-in rule of a standard, or `undefined` when it does without it. */
export function builtIn(context: ChunkContext, name: string): Rule | undefined {
  return context.delivery.standard.rules.find(
    (rule) => 'builtIn' in rule.check && rule.check.builtIn === name,
  );
}

/** A finding of a rule about the row as a whole. */
export function finding(rule: Rule, words: Readonly<Record<string, string | number>>): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    field: null,
    column: null,
    value: null,
    message: fillWords(rule.message, words),
    advice: fillWords(rule.advice, words),
  };
}

/**
 * Makes the step that takes rows of one delivery as far as they get without the database: checked,
 * keyed, made ready for storing. Pure but for what it remembers.
 */
export function makeRowStep(context: ChunkContext): (raw: RawRow) => Passing {
  const { batch, delivery } = context;
  const preparing: PrepareContext = {
    item: batch.item,
    provider: batch.provider,
    standard: delivery.standard,
    keyOf,
  };
  const prepare = makePreparer(preparing);
  const lateness = latenessOf(context);
  return (raw) => {
    const checked = checkRow(delivery, raw);
    const passed = checked.verdict === 'passed';
    const prepared = passed ? prepare(checked) : null;
    const decided = checked.natural ? undefined : checked.content.day('decided-on');
    const decidedOn = decided === undefined || decided === 'long-term' ? null : decided;
    const late = passed && decidedOn !== null ? lateness(decidedOn) : null;
    return {
      raw,
      checked,
      findings: late === null ? [...checked.findings] : [...checked.findings, late],
      digest: sha256Hex(raw.cells.join('\u001f')),
      decidedOn,
      sourceKey: prepared?.sourceKey ?? keyOfRejected(checked, preparing),
      prepared,
      query: passed ? queryOf(checked) : null,
      link: null,
      outcome: passed ? null : 'R',
      known: null,
      stored: null,
      subjectId: null,
    };
  };
}

/** A late report is counted, never refused (T01): the finding for a decision of a day, if late. */
function latenessOf(context: ChunkContext): (decidedOn: Day) => Finding | null {
  const { allowanceWorkdays: limit, calendar, batch } = context;
  const rule = builtIn(context, 'late');
  if (rule === undefined || limit === null) return () => null;
  const received = dayOf(batch.receivedAt);
  // A file tells of a few hundred days in thousands of rows.
  const known = new Map<Day, Finding | null>();
  return (decidedOn) => {
    const before = known.get(decidedOn);
    if (before !== undefined) return before;
    const { due } = addWorkdays(calendar, decidedOn, limit);
    const told =
      received <= due
        ? null
        : finding(rule, { limit, workdays: workdaysBetween(calendar, decidedOn, received) });
    known.set(decidedOn, told);
    return told;
  };
}
