/** 归集: outcomes, counts, and how a checked row becomes something to link and to store. Pure. */
import { digestOf } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { FactValue, Facts } from '../../kernel/rules.ts';
import type { FieldRole, Standard } from '../../kernel/rulebook/standards.ts';
import { canonicalDocumentNumber } from '../../kernel/text/document-number.ts';
import type { CheckedRow } from './checks/domain.ts';

/** What becomes of a row: Accepted, accepted with Warning, Duplicate, Held, Rejected. */
export type Outcome = 'A' | 'W' | 'D' | 'H' | 'R';

/** Rows by outcome; `received` is their sum, always. */
export type Counts = {
  readonly received: number;
  readonly accepted: number;
  readonly acceptedWithWarning: number;
  readonly duplicate: number;
  readonly held: number;
  readonly rejected: number;
};

/** No rows yet. */
export const noRows: Counts = {
  received: 0,
  accepted: 0,
  acceptedWithWarning: 0,
  duplicate: 0,
  held: 0,
  rejected: 0,
};

const fieldOf: Readonly<Record<Outcome, keyof Counts>> = {
  A: 'accepted',
  W: 'acceptedWithWarning',
  D: 'duplicate',
  H: 'held',
  R: 'rejected',
};

/** Counts with more outcomes added. */
export function addOutcomes(counts: Counts, outcomes: readonly Outcome[]): Counts {
  const next: { -readonly [K in keyof Counts]: number } = { ...counts };
  for (const outcome of outcomes) {
    next.received += 1;
    next[fieldOf[outcome]] += 1;
  }
  return next;
}

/** Whether every row has exactly one outcome. */
export function addsUp(counts: Counts): boolean {
  const { received, accepted, acceptedWithWarning, duplicate, held, rejected } = counts;
  return received === accepted + acceptedWithWarning + duplicate + held + rejected;
}

/** A digest over parts in one order, as a 128-bit key; given by the archive, which owns the keys. */
export type KeyOf = (domain: string, parts: readonly (string | null)[]) => Id;

/** What a row says about its subject. */
export type RowQuery = {
  readonly name: string | null;
  readonly code: string | null;
  readonly organisationCode: string | null;
  readonly registrationNumber: string | null;
  readonly taxNumber: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly regionCode: string | null;
  readonly decidedOn: Day | null;
};

/** A row that passed its checks, in the shape the archive stores. */
export type PreparedRow = {
  readonly item: string;
  readonly standard: string;
  readonly provider: string;
  readonly sourceKey: Id;
  readonly rowVersion: string | null;
  readonly op: 'I' | 'U' | 'W' | 'D';
  readonly authorityCode: string | null;
  readonly authorityName: string | null;
  readonly documentNumber: string | null;
  readonly decisionKey: Id | null;
  readonly decidedOn: Day | null;
  readonly validFrom: Day | null;
  readonly validUntil: Day | 'long-term' | null;
  readonly publicUntil: Day | 'long-term' | null;
  readonly endedOn: Day | null;
  readonly kinds: readonly string[];
  readonly fineFen: string | null;
  readonly confiscatedFen: string | null;
  readonly facts: Facts;
  readonly values: Readonly<Record<string, string>>;
  readonly contentDigest: string;
  readonly heldShow: readonly string[];
};

/** For whom and as what a row arrives. */
export type PrepareContext = {
  readonly item: string;
  readonly provider: string;
  readonly standard: Standard;
  readonly keyOf: KeyOf;
};

/** Who the row is about, as it says. */
export function queryOf(checked: CheckedRow): RowQuery {
  const { text, days } = checked.typed;
  const placeholder = checked.facts['subjectCodePlaceholder'] === true;
  const decided = days['decided-on'];
  return {
    name: text['subject-name'] ?? null,
    code: placeholder ? null : (text['subject-code'] ?? null),
    organisationCode: text['subject-organisation-code'] ?? null,
    registrationNumber: text['subject-registration-number'] ?? null,
    taxNumber: text['subject-tax-number'] ?? null,
    province: null,
    city: text['region'] ?? null,
    regionCode: null,
    decidedOn: decided === undefined || decided === 'long-term' ? null : decided,
  };
}

/** Facts the class and the windows are resolved from; everything else stays in the values. */
const keptFacts = [
  'procedure',
  'intent',
  'state',
  'publicationKind',
  'fineFen',
  'confiscatedFen',
  'kinds',
] as const;

/** Makes a passed row ready for the archive. */
export function prepareRow(checked: CheckedRow, context: PrepareContext): PreparedRow {
  const { text, days } = checked.typed;
  const values = keptValues(checked, context.standard);
  const decidedOn = dayOnly(days['decided-on']);
  const documentNumber = text['document-number'] ?? text['document-number-fallback'] ?? null;
  const documentKey = documentNumber === null ? null : canonicalDocumentNumber(documentNumber);
  const authority = text['authority-code'] ?? text['authority-name'] ?? null;
  const op = operationOf(checked);
  const contentDigest = digestOf({
    values: comparable(values, context.standard),
    heldShow: [...checked.heldShow].sort(),
  });
  return {
    item: context.item,
    standard: `${context.standard.id}@${context.standard.edition}`,
    provider: context.provider,
    sourceKey: sourceKeyOf(checked, context, { authority, documentKey, contentDigest }),
    rowVersion: text['row-version'] ?? null,
    op,
    authorityCode: text['authority-code'] ?? null,
    authorityName: text['authority-name'] ?? null,
    documentNumber,
    decisionKey:
      documentKey === null
        ? null
        : context.keyOf('decision', [authority ?? context.provider, documentKey, decidedOn]),
    decidedOn,
    validFrom: dayOnly(days['valid-from']),
    validUntil: days['valid-until'] ?? null,
    publicUntil: days['public-until'] ?? null,
    endedOn: dayOnly(days['ended-on']),
    kinds: checked.typed.lists['kinds'] ?? [],
    fineFen: checked.typed.fen['fine']?.toString() ?? null,
    confiscatedFen: checked.typed.fen['confiscated']?.toString() ?? null,
    facts: factsOf(checked),
    values,
    contentDigest,
    heldShow: checked.heldShow,
  };
}

/** Fields nobody may ever see are checked and then forgotten. */
function keptValues(checked: CheckedRow, standard: Standard): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const field of standard.fields) {
    const value = checked.values[field.id];
    if (value !== undefined && field.audience !== 'never') kept[field.id] = value;
  }
  return kept;
}

/** Values as they count when two rows are compared: other brackets or more noughts are no news (D01). */
function comparable(
  values: Readonly<Record<string, string>>,
  standard: Standard,
): Readonly<Record<string, string>> {
  const same: Record<string, string> = { ...values };
  for (const { id, role, type } of standard.fields) {
    const value = values[id];
    if (value === undefined) continue;
    if (role === 'document-number') same[id] = canonicalDocumentNumber(value);
    else if (type === 'decimal') same[id] = plainNumber(value);
  }
  return same;
}

/** `0.200000` and `00.2` are the number 0.2; what is no plain number stays as it is. */
function plainNumber(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${kept === '' ? '' : `.${kept}`}`;
}

function dayOnly(value: Day | 'long-term' | undefined): Day | null {
  return value === undefined || value === 'long-term' ? null : value;
}

function factsOf(checked: CheckedRow): Facts {
  const facts: Record<string, FactValue> = {};
  for (const name of keptFacts) {
    const value = checked.facts[name];
    if (value !== undefined && value !== null) facts[name] = value;
  }
  const severity = checked.facts['severity'];
  if (typeof severity === 'string' && severity !== 'unknown') facts['reportedClass'] = severity;
  const category = checked.facts['subjectCategory'];
  if (typeof category === 'string') facts['subjectKind'] = category;
  return facts;
}

function operationOf(checked: CheckedRow): PreparedRow['op'] {
  const given = checked.typed.lists['operation']?.[0];
  return given === 'U' || given === 'W' || given === 'D' ? given : 'I';
}

/**
 * The key a provider speaks under: its own row id where it sends one, else document and party, else
 * the content itself. The decision date is no part of it, so that a corrected date is a correction.
 */
function sourceKeyOf(
  checked: CheckedRow,
  context: PrepareContext,
  found: {
    readonly authority: string | null;
    readonly documentKey: string | null;
    readonly contentDigest: string;
  },
): Id {
  const { item, provider, keyOf } = context;
  const { text } = checked.typed;
  const rowId = text['source-row-id'];
  if (rowId !== undefined) return keyOf('source', [provider, item, 'row', rowId]);
  if (found.documentKey === null) {
    return keyOf('source', [provider, item, 'content', found.contentDigest]);
  }
  return keyOf('source', [
    provider,
    item,
    'document',
    found.authority,
    found.documentKey,
    partyOf(text, checked),
  ]);
}

function partyOf(
  text: Readonly<Partial<Record<FieldRole, string>>>,
  checked: CheckedRow,
): string | null {
  const placeholder = checked.facts['subjectCodePlaceholder'] === true;
  return (
    (placeholder ? undefined : text['subject-code']) ??
    text['subject-organisation-code'] ??
    text['subject-registration-number'] ??
    text['subject-name'] ??
    null
  );
}

/** Severities that turn an accepted row into one with a warning. */
export function warns(findings: readonly { readonly severity: string }[]): boolean {
  return findings.some(({ severity }) => severity === 'warn' || severity === 'close-show');
}
