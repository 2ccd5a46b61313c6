/**
 * A subject as a candidate for a link, compared with what a row says: its numbers in comparison form
 * and how the row's name stands to the names it bears or bore.
 */
import type { Day } from '../../kernel/day.ts';
import { nearNameKey } from '../../kernel/text/organisation-name.ts';
import {
  type LinkQuery,
  type LinkTables,
  type NameEvidence,
  namesWithin,
  subjectNumbers,
} from './domain-link-evidence.ts';

/** How a subject bore a name. Only `registered` and the present name are evidence by themselves. */
export type SubjectNameKind =
  'registered' | 'former' | 'second' | 'subordinate' | 'added' | 'short' | 'other';

/** One name of a subject with the days it was borne, `to` inclusive; `null` where not known. */
export type SubjectName = {
  readonly name: string;
  readonly kind: SubjectNameKind;
  readonly from: Day | null;
  readonly to: Day | null;
};

/** A subject found by some key, as the store gives it. */
export type LinkCandidate = {
  readonly subjectId: string;
  readonly uscc: string | null;
  /** Codes it had before, still good for finding it. */
  readonly formerUsccs?: readonly string[];
  readonly organisationCodes: readonly string[];
  readonly registrationNumbers: readonly string[];
  readonly presentName: string;
  readonly names: readonly SubjectName[];
  readonly province: string | null;
  readonly city: string | null;
  readonly regionCode: string | null;
  readonly aliveFrom: Day | null;
  readonly aliveTo: Day | null;
  readonly status: string | null;
};

/** The strongest relation of the row's name to a name of the subject. */
export type NameRelation = 'registered' | 'former' | 'second' | 'near' | 'none';

/** A candidate with everything about it compared once. */
export type ComparedSubject = {
  readonly candidate: LinkCandidate;
  readonly codes: ReadonlySet<string>;
  readonly organisationCodes: ReadonlySet<string>;
  readonly registrationNumbers: ReadonlySet<string>;
  readonly relation: NameRelation;
  /** The name that agrees is a field holding two names. */
  readonly embedded: boolean;
  readonly aliveThen: boolean | null;
};

/** Compares one candidate with a row. */
export function compareSubject(
  candidate: LinkCandidate,
  query: LinkQuery,
  name: NameEvidence,
  tables: LinkTables,
): ComparedSubject {
  const { relation, embedded } = relate(candidate, query, name, tables);
  return {
    candidate,
    ...subjectNumbers(candidate),
    relation,
    embedded,
    aliveThen: aliveAt(candidate, query.decidedOn),
  };
}

function aliveAt(candidate: LinkCandidate, day: Day | null): boolean | null {
  if (day === null || (candidate.aliveFrom === null && candidate.aliveTo === null)) return null;
  return (
    (candidate.aliveFrom === null || candidate.aliveFrom <= day) &&
    (candidate.aliveTo === null || day <= candidate.aliveTo)
  );
}

/** How the name of the row stands to the names of a subject; the strongest relation counts. */
function relate(
  candidate: LinkCandidate,
  query: LinkQuery,
  name: NameEvidence,
  tables: LinkTables,
): { relation: NameRelation; embedded: boolean } {
  if (!name.given || name.unreadable !== null) return { relation: 'none', embedded: false };
  const borne: { name: string; standing: 'registered' | 'former' | 'second' }[] = [
    { name: candidate.presentName, standing: 'registered' },
    ...candidate.names.map((other) => ({
      name: other.name,
      standing: standingOf(other, query.decidedOn),
    })),
  ];
  let best: NameRelation = 'none';
  let embedded = false;
  for (const other of borne) {
    const [whole, ...inside] = namesWithin(other.name, tables);
    if (whole === name.canonical) {
      embedded ||= inside.length > 0;
      best = stronger(best, other.standing);
    }
    const touches = [whole!, ...inside].some(
      (text) => text === name.canonical || name.parts.includes(text),
    );
    if (touches) best = stronger(best, 'second');
    else if (best === 'none' && isNear(name, other.name, tables)) {
      best = stronger(best, 'near');
    }
  }
  return { relation: best, embedded };
}

function isNear(name: NameEvidence, other: string, tables: LinkTables): boolean {
  const near = name.near();
  return near !== '' && nearNameKey(other, tables.scriptVariants) === near;
}

const strength: readonly NameRelation[] = ['none', 'near', 'second', 'former', 'registered'];

function stronger(a: NameRelation, b: NameRelation): NameRelation {
  return strength.indexOf(a) >= strength.indexOf(b) ? a : b;
}

/** A registered name counts as such on the day of the decision only; before or after it is former. */
function standingOf(name: SubjectName, day: Day | null): 'registered' | 'former' | 'second' {
  if (name.kind === 'former') return 'former';
  if (name.kind !== 'registered') return 'second';
  if (name.to === null && name.from === null) return 'registered';
  if (day === null) return name.to === null ? 'registered' : 'former';
  const during = (name.from === null || name.from <= day) && (name.to === null || day <= name.to);
  return during ? 'registered' : 'former';
}
