/**
 * The linking decision: does this row concern that organisation? Exact evidence only, in the order of
 * data-standards §1.9 and design.md §12.4 — unified code, organisation code, registration number, exact
 * name with area. A wrong link is worse than none: every doubt goes to two people, similar names never
 * link, and "alive at the decision date" only ranks what the reviewer sees. Pure: the same evidence
 * gives the same decision, in whatever order the candidates come.
 */
import { withinTwoEdits } from '../../kernel/text/edits.ts';
import { compareArea } from './domain-link-area.ts';
import {
  type LinkQuery,
  type LinkTables,
  type RowReading,
  readRow,
} from './domain-link-evidence.ts';
import { type ComparedSubject, type LinkCandidate, compareSubject } from './domain-link-subject.ts';
import { type LinkReason, type LinkReasonCode, reasonsOf } from './domain-link-reasons.ts';

/** The evidence a link rests on. */
export type LinkMethod =
  | 'uscc'
  | 'uscc-former-name'
  | 'organisation-code'
  | 'registration-number'
  | 'name-and-area'
  // Two persons decided about an earlier version of the same source row.
  | 'people';

/** Why a candidate is shown to the reviewer. */
export type CandidateGround =
  'code' | 'number' | 'name' | 'former-name' | 'second-name' | 'look-alike-code' | 'near-name';

/** A candidate as the reviewer sees it. `aliveThen` is `null` when a date is missing. */
export type ReviewCandidate = {
  readonly subjectId: string;
  readonly grounds: readonly CandidateGround[];
  readonly aliveThen: boolean | null;
};

/** The decision. `notes` begins with the ground of the link. */
export type LinkDecision =
  | {
      readonly outcome: 'linked';
      readonly subjectId: string;
      readonly method: LinkMethod;
      readonly notes: readonly LinkReason[];
    }
  | {
      readonly outcome: 'review';
      readonly reasons: readonly LinkReason[];
      readonly candidates: readonly ReviewCandidate[];
    }
  | { readonly outcome: 'none'; readonly reasons: readonly LinkReason[] };

const candidatesMax = 20;

type Case = RowReading & { readonly subjects: readonly ComparedSubject[] };

/**
 * Decides about one row. `candidates` are the subjects found under `linkKeys` and, to be shown only,
 * under `nearKey`; candidates without evidence do no harm.
 */
export function decideLink(
  query: LinkQuery,
  candidates: readonly LinkCandidate[],
  tables: LinkTables,
): LinkDecision {
  return decideRow(readRow(query, tables), candidates, tables);
}

/** The same for a row already read: collection reads each row once for its keys and its decision. */
export function decideRow(
  row: RowReading,
  candidates: readonly LinkCandidate[],
  tables: LinkTables,
): LinkDecision {
  const { query, numbers, name } = row;
  const distinct = new Map(candidates.map((candidate) => [candidate.subjectId, candidate]));
  const subjects = [...distinct.values()].map((candidate) =>
    compareSubject(candidate, query, name, tables),
  );
  const facts: Case = { ...row, subjects };

  const byCode = subjects.filter((subject) => hits(subject.codes, numbers.codes));
  if (byCode.length > 1) {
    const several = numbers.codes.length > 1 ? 'EVIDENCE_CONFLICT' : 'CODE_BORNE_BY_SEVERAL';
    return review(facts, [several]);
  }
  if (byCode.length === 1) return decideByCode(facts, byCode[0]!);

  const byNumber = subjects.filter((subject) => numberGround(facts, subject) !== null);
  if (byNumber.length > 1) return review(facts, [conflictAmong(facts, byNumber)]);
  if (byNumber.length === 1) return decideByNumber(facts, byNumber[0]!);
  return decideByName(facts);
}

function hits(set: ReadonlySet<string>, evidence: readonly { readonly value: string }[]): boolean {
  return evidence.some(({ value }) => set.has(value));
}

/** The unified code is in the registry and points to one subject: does the rest agree? */
function decideByCode(facts: Case, subject: ComparedSubject): LinkDecision {
  const { numbers, name, subjects } = facts;
  const doubts: LinkReasonCode[] = [];
  const notes: LinkReasonCode[] = [];
  const code = numbers.codes.find(({ value }) => subject.codes.has(value))!;
  if (numbers.codes.some((other) => other.strict && !subject.codes.has(other.value))) {
    doubts.push('CODES_DISAGREE');
  }
  const others = subjects.filter((other) => other !== subject);
  if (others.some((other) => explicitNumberGround(facts, other) !== null))
    doubts.push('EVIDENCE_CONFLICT');
  if (numbers.organisationCodes.some(({ value }) => !subject.organisationCodes.has(value))) {
    (name.given ? notes : doubts).push('ORGANISATION_CODE_DIFFERS');
  }
  if (!code.strict) (name.given ? notes : doubts).push('CODE_NOT_STRICT');
  if (cleanOf(subject.candidate.uscc) !== code.value) notes.push('CODE_SUPERSEDED');

  const formerly = subject.relation === 'former';
  if (!name.given) notes.push('NAME_ABSENT');
  else if (name.unreadable !== null) doubts.push(name.unreadable);
  else if (formerly && others.some((other) => other.relation === 'registered')) {
    doubts.push('NAME_FORMER', 'EVIDENCE_CONFLICT');
  } else if (subject.relation === 'second') doubts.push('NAME_SECOND');
  else if (subject.relation !== 'registered' && !formerly) doubts.push('NAME_CODE_MISMATCH');

  if (doubts.length > 0) return review(facts, [...doubts, ...notes]);
  if (compareArea(facts.query, subject.candidate) === 'differs') notes.push('AREA_DIFFERS');
  if (formerly) {
    return linked(subject, 'uscc-former-name', [
      'LINKED_BY_CODE_FORMER_NAME',
      'NAME_FORMER',
      ...notes,
    ]);
  }
  return linked(subject, 'uscc', ['LINKED_BY_CODE', ...notes]);
}

function cleanOf(code: string | null): string | null {
  return code === null ? null : code.trim().toUpperCase();
}

type NumberGround = 'organisation-code' | 'registration-number';

/** Which number of the row this subject bears; the organisation code comes first. */
function numberGround(facts: Case, subject: ComparedSubject): NumberGround | null {
  if (hits(subject.organisationCodes, facts.numbers.derived)) return 'organisation-code';
  return explicitNumberGround(facts, subject);
}

function explicitNumberGround({ numbers }: Case, subject: ComparedSubject): NumberGround | null {
  if (hits(subject.organisationCodes, numbers.organisationCodes)) return 'organisation-code';
  return hits(subject.registrationNumbers, numbers.registrationNumbers)
    ? 'registration-number'
    : null;
}

function conflictAmong(facts: Case, subjects: readonly ComparedSubject[]): LinkReasonCode {
  const { derived, organisationCodes, registrationNumbers } = facts.numbers;
  const values = new Set(
    [...derived, ...organisationCodes, ...registrationNumbers]
      .filter(({ value }) =>
        subjects.some(
          (subject) =>
            subject.organisationCodes.has(value) || subject.registrationNumbers.has(value),
        ),
      )
      .map(({ value }) => value),
  );
  return values.size > 1 ? 'EVIDENCE_CONFLICT' : 'NUMBER_BORNE_BY_SEVERAL';
}

/** No code was found; an older number points to one subject, and its name must agree. */
function decideByNumber(facts: Case, subject: ComparedSubject): LinkDecision {
  const { name } = facts;
  const notes = notesOnCode(facts);
  const doubts = contradictions(facts, subject, notes);
  if (!name.given) doubts.push('NAME_ABSENT');
  else if (name.unreadable !== null) doubts.push(name.unreadable);
  else if (subject.relation === 'former') doubts.push('NAME_FORMER');
  else if (subject.relation === 'second') doubts.push('NAME_SECOND');
  else if (subject.relation !== 'registered') doubts.push('NAME_CODE_MISMATCH');
  if (doubts.length > 0) return review(facts, [...doubts, ...notes]);
  const ground = numberGround(facts, subject)!;
  if (compareArea(facts.query, subject.candidate) === 'differs') notes.push('AREA_DIFFERS');
  return ground === 'organisation-code'
    ? linked(subject, ground, ['LINKED_BY_ORGANISATION_CODE', ...notes])
    : linked(subject, ground, ['LINKED_BY_REGISTRATION_NUMBER', ...notes]);
}

/** No identifier was found: exact name and area, one bearer of any status, and nothing against it. */
function decideByName(facts: Case): LinkDecision {
  const { name, subjects } = facts;
  const notes = notesOnCode(facts);
  if (subjects.some((subject) => suggested(facts, subject))) notes.unshift('CODE_LOOKALIKE');
  const bearers = subjects.filter(({ relation }) => relation !== 'none' && relation !== 'near');
  if (!name.given) return withoutName(facts, notes);
  if (name.unreadable !== null) return review(facts, [name.unreadable, ...notes]);
  if (bearers.length === 0) return withoutBearer(facts, notes);
  if (bearers.length > 1)
    return review(facts, ['NAME_BORNE_BY_SEVERAL', ...name.weaknesses, ...notes]);

  const bearer = bearers[0]!;
  const doubts: LinkReasonCode[] = [...name.weaknesses];
  if (bearer.embedded) doubts.push('NAME_EMBEDDED');
  if (bearer.relation === 'former') doubts.push('NAME_FORMER');
  if (bearer.relation === 'second') doubts.push('NAME_SECOND');
  doubts.push(...contradictions(facts, bearer, notes));
  if (subjects.some((subject) => subject !== bearer && suggested(facts, subject))) {
    doubts.push('EVIDENCE_CONFLICT');
  }
  const area = areaDoubt[compareArea(facts.query, bearer.candidate)];
  if (area !== null) doubts.push(area);
  if (doubts.length > 0) return review(facts, [...doubts, ...notes]);
  return linked(bearer, 'name-and-area', ['LINKED_BY_NAME_AND_AREA', ...notes]);
}

const areaDoubt = {
  same: null,
  'not-given': 'AREA_NOT_GIVEN',
  incomplete: 'AREA_INCOMPLETE',
  unknown: 'AREA_UNKNOWN',
  differs: 'AREA_DIFFERS',
} as const;

function withoutName(facts: Case, notes: readonly LinkReasonCode[]): LinkDecision {
  if (facts.subjects.some((subject) => suggested(facts, subject))) {
    return review(facts, ['NAME_ABSENT', ...notes]);
  }
  const { codes, derived, organisationCodes, registrationNumbers, malformed } = facts.numbers;
  const nothing = [codes, derived, organisationCodes, registrationNumbers, malformed].every(
    (list) => list.length === 0,
  );
  return none(nothing ? ['NOTHING_GIVEN', ...notes] : ['NAME_ABSENT', ...notes]);
}

/** Nobody bears the name: similar names and look-alike codes are shown, a clean new name is none. */
function withoutBearer(facts: Case, notes: readonly LinkReasonCode[]): LinkDecision {
  const { name, subjects } = facts;
  const shown = subjects.some(
    (subject) => subject.relation === 'near' || suggested(facts, subject),
  );
  const near = subjects.some(({ relation }) => relation === 'near');
  const reasons: LinkReasonCode[] = ['NAME_NOT_FOUND', ...name.weaknesses, ...notes];
  if (near) reasons.unshift('NAME_NEAR');
  return shown || name.weaknesses.includes('NAME_EMBEDDED')
    ? review(facts, reasons)
    : none(reasons);
}

function suggested({ numbers }: Case, subject: ComparedSubject): boolean {
  return numbers.suggestions.some((code) => subject.codes.has(code));
}

/** What is to be said about codes that led nowhere. */
function notesOnCode({ numbers }: Case): LinkReasonCode[] {
  const notes: LinkReasonCode[] = [...numbers.notes];
  if (numbers.codes.length > 0) notes.push('CODE_NOT_FOUND');
  return notes;
}

/**
 * Identifiers of the row that speak against this subject. A code that holds but is unknown always
 * does: it may be the code of a namesake that the registry lacks. A code that does not hold is a slip
 * only when the subject's own code is within two keystrokes.
 */
function contradictions(
  facts: Case,
  subject: ComparedSubject,
  notes: LinkReasonCode[],
): LinkReasonCode[] {
  const { numbers } = facts;
  const doubts: LinkReasonCode[] = [];
  const strict = numbers.codes.some((code) => code.strict);
  const sameInside = hits(subject.organisationCodes, numbers.derived) && subject.codes.size === 0;
  if (strict && subject.codes.size > 0) doubts.push('CODE_UNKNOWN_OTHER_SUBJECT');
  else if (strict && !sameInside) doubts.push('CODE_UNKNOWN');
  const slips = [
    ...numbers.codes.filter((code) => !code.strict).map(({ value }) => value),
    ...numbers.malformed,
  ];
  for (const slip of slips) {
    const meant = [...subject.codes].some((code) => withinTwoEdits(slip, code));
    (meant ? notes : doubts).push(meant ? 'CODE_WRONG' : 'CODE_DOES_NOT_FIT');
  }
  for (const { value, strict: holds } of numbers.organisationCodes) {
    if (subject.organisationCodes.has(value)) continue;
    if (holds && subject.organisationCodes.size > 0) doubts.push('ORGANISATION_CODE_DIFFERS');
    else notes.push('ORGANISATION_CODE_NOT_FOUND');
  }
  for (const { value } of numbers.registrationNumbers) {
    if (subject.registrationNumbers.has(value)) continue;
    if (subject.registrationNumbers.size > 0) doubts.push('REGISTRATION_NUMBER_DIFFERS');
    else notes.push('REGISTRATION_NUMBER_NOT_FOUND');
  }
  return doubts;
}

function linked(
  subject: ComparedSubject,
  method: LinkMethod,
  codes: LinkReasonCode[],
): LinkDecision {
  const notes = subject.aliveThen === false ? [...codes, 'NOT_ALIVE' as const] : codes;
  return {
    outcome: 'linked',
    subjectId: subject.candidate.subjectId,
    method,
    notes: reasonsOf(notes),
  };
}

function none(codes: readonly LinkReasonCode[]): LinkDecision {
  return { outcome: 'none', reasons: reasonsOf(codes) };
}

function review(facts: Case, codes: readonly LinkReasonCode[]): LinkDecision {
  const candidates = facts.subjects
    .map((subject) => ({ subject, grounds: groundsOf(facts, subject) }))
    .filter(({ grounds }) => grounds.length > 0)
    .sort(
      (a, b) =>
        rank(a.subject, a.grounds) - rank(b.subject, b.grounds) || byId(a.subject, b.subject),
    )
    .slice(0, candidatesMax)
    .map(({ subject, grounds }) => ({
      subjectId: subject.candidate.subjectId,
      grounds,
      aliveThen: subject.aliveThen,
    }));
  return { outcome: 'review', reasons: reasonsOf(codes), candidates };
}

const groundOrder: readonly CandidateGround[] = [
  'code',
  'number',
  'name',
  'former-name',
  'second-name',
  'look-alike-code',
  'near-name',
];
const groundOfRelation = {
  registered: 'name',
  former: 'former-name',
  second: 'second-name',
  near: 'near-name',
} as const;

function groundsOf(facts: Case, subject: ComparedSubject): CandidateGround[] {
  const grounds: CandidateGround[] = [];
  if (hits(subject.codes, facts.numbers.codes)) grounds.push('code');
  else if (numberGround(facts, subject) !== null) grounds.push('number');
  if (subject.relation !== 'none') grounds.push(groundOfRelation[subject.relation]);
  if (suggested(facts, subject)) grounds.push('look-alike-code');
  return grounds;
}

/** Stronger ground first; among equals those alive on the day, then those of unknown life. */
function rank(subject: ComparedSubject, grounds: readonly CandidateGround[]): number {
  const alive = subject.aliveThen === true ? 0 : subject.aliveThen === null ? 1 : 2;
  return Math.min(...grounds.map((ground) => groundOrder.indexOf(ground))) * 3 + alive;
}

function byId(a: ComparedSubject, b: ComparedSubject): number {
  return a.candidate.subjectId < b.candidate.subjectId ? -1 : 1;
}
