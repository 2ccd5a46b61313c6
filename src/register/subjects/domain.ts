/** 信用主体: an organisation with its names, numbers and attributes. Pure. */
import type { Day } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { SubjectName } from './domain-link-subject.ts';

/** What registration says of a subject now. Capital and scope are kept as registered. */
export type SubjectAttributes = {
  readonly kind: 'organisation' | 'individual-business';
  /** An individual business whose name is its owner's: found by code only (design.md §9). */
  readonly ownerNamed: boolean;
  readonly uscc: string | null;
  readonly name: string;
  readonly status: string;
  readonly registeredOn: Day | null;
  readonly endedOn: Day | null;
  readonly province: string | null;
  readonly city: string | null;
  /** Six-digit division of the registering authority at the time, from the code; never the present place. */
  readonly region: string | null;
  readonly address: string | null;
  readonly enterpriseType: string | null;
  readonly industry: string | null;
  readonly scope: string | null;
  readonly capitalText: string | null;
};

/** Names and numbers of all times, as linking compares them. */
export type SubjectEvidence = {
  readonly formerUsccs: readonly string[];
  readonly organisationCodes: readonly string[];
  readonly registrationNumbers: readonly string[];
  readonly names: readonly SubjectName[];
};

/** A subject as stored. */
export type Subject = SubjectAttributes & {
  readonly subjectId: Id;
  readonly evidence: SubjectEvidence;
  readonly origin: string;
  readonly lastImport: Id | null;
  readonly duplicateOf: Id | null;
  readonly version: number;
};

/** How two subjects stand to each other. */
export type RelationKind =
  'duplicate-of' | 'merged-into' | 'split-from' | 'branch-of' | 'transformed-from';

const compared: readonly (keyof SubjectAttributes)[] = [
  'kind',
  'status',
  'registeredOn',
  'endedOn',
  'province',
  'city',
  'address',
  'enterpriseType',
  'industry',
  'scope',
  'capitalText',
];

/**
 * Attributes of `next` that say something new. What a file leaves out is not known, not gone: it
 * never clears what is stored.
 */
export function changedAttributes(
  stored: SubjectAttributes,
  next: SubjectAttributes,
): Partial<SubjectAttributes> {
  const changed: Record<string, unknown> = {};
  for (const key of compared) {
    if (next[key] !== null && next[key] !== stored[key]) changed[key] = next[key];
  }
  return changed;
}

/** The stored subject with a new present name; the old one becomes a former name. */
export function renamed(subject: Subject, name: string, on: Day): Subject {
  const closed = subject.evidence.names.map((item) =>
    item.kind === 'registered' && item.to === null
      ? { ...item, kind: 'former' as const, to: on }
      : item,
  );
  const names: SubjectName[] = [...closed, { name, kind: 'registered', from: on, to: null }];
  return { ...subject, name, evidence: { ...subject.evidence, names } };
}
