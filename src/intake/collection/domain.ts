/** 归集: outcomes, counts, and how a checked row becomes something to link and to store. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Facts } from '../../kernel/rules.ts';
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

/** Who the row is about, as it says. */
export function queryOf(checked: CheckedRow): RowQuery {
  const { content } = checked;
  const placeholder = content.fact('subjectCodePlaceholder') === true;
  const decided = content.day('decided-on');
  return {
    name: content.text('subject-name') ?? null,
    code: placeholder ? null : (content.text('subject-code') ?? null),
    organisationCode: content.text('subject-organisation-code') ?? null,
    registrationNumber: content.text('subject-registration-number') ?? null,
    taxNumber: content.text('subject-tax-number') ?? null,
    province: null,
    city: content.text('region') ?? null,
    regionCode: null,
    decidedOn: decided === undefined || decided === 'long-term' ? null : decided,
  };
}

/** Severities that turn an accepted row into one with a warning. */
export function warns(findings: readonly { readonly severity: string }[]): boolean {
  return findings.some(({ severity }) => severity === 'warn' || severity === 'close-show');
}
