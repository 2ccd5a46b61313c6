/**
 * What each piece of evidence says of one candidate, for the two persons who decide: in words, never as a
 * score. What links without a person is decided in `domain-link.ts`; nothing here decides anything. Pure.
 */
import { withinTwoEdits } from '../../kernel/text/edits.ts';
import { compareArea } from './domain-link-area.ts';
import {
  type LinkQuery,
  type LinkTables,
  type RowReading,
  readRow,
} from './domain-link-evidence.ts';
import { type LinkReason, type LinkReasonCode, reasonsOf } from './domain-link-reasons.ts';
import { type ComparedSubject, type LinkCandidate, compareSubject } from './domain-link-subject.ts';

/** What a piece of evidence is about. */
export type EvidenceOf =
  'code' | 'organisation-code' | 'registration-number' | 'name' | 'area' | 'alive';

/**
 * How a piece stands: `decisive` names one organisation by itself; `strong` does so with something beside
 * it; `weak` only suggests; `against` contradicts; `silent` says nothing.
 */
export type EvidenceWeight = 'decisive' | 'strong' | 'weak' | 'against' | 'silent';

/** One piece of evidence: what the row gives, what is registered, how it stands and why. */
export type EvidencePiece = {
  readonly of: EvidenceOf;
  readonly given: string | null;
  readonly registered: string | null;
  readonly weight: EvidenceWeight;
  readonly reason: LinkReason | null;
};

type Judged = readonly [EvidenceWeight, LinkReasonCode | null];

/** Weighs one candidate against what a row says, in a fixed order of pieces. */
export function weighCandidate(
  query: LinkQuery,
  candidate: LinkCandidate,
  tables: LinkTables,
): EvidencePiece[] {
  const row = readRow(query, tables);
  const subject = compareSubject(candidate, query, row.name, tables);
  const place = (one: { readonly province: string | null; readonly city: string | null }) =>
    [one.province, one.city].filter((part) => part !== null && part !== '').join(' ') || null;
  const pieces: readonly (readonly [EvidenceOf, string | null, string | null, Judged])[] = [
    ['code', query.code, candidate.uscc, weighCode(row, subject)],
    [
      ...(['organisation-code', query.organisationCode] as const),
      ...([candidate.organisationCodes[0] ?? null, weighOrganisationCode(row, subject)] as const),
    ],
    [
      ...(['registration-number', query.registrationNumber] as const),
      ...([candidate.registrationNumbers[0] ?? null, weighRegistration(row, subject)] as const),
    ],
    ['name', query.name, candidate.presentName, weighName(row, subject)],
    [
      ...(['area', place(query) ?? query.regionCode] as const),
      ...([place(candidate) ?? candidate.regionCode, weighArea(query, candidate)] as const),
    ],
    ['alive', query.decidedOn, lifeOf(candidate), weighLife(subject)],
  ];
  return pieces.map(([of, given, registered, [weight, code]]) => ({
    ...{ of, given, registered, weight },
    reason: code === null ? null : reasonsOf([code])[0]!,
  }));
}

const bears = (set: ReadonlySet<string>, values: readonly { readonly value: string }[]) =>
  values.some(({ value }) => set.has(value));

function weighCode({ numbers }: RowReading, subject: ComparedSubject): Judged {
  const hit = numbers.codes.find(({ value }) => subject.codes.has(value));
  if (hit !== undefined) {
    const present = subject.candidate.uscc?.trim().toUpperCase() === hit.value;
    if (!hit.strict) return ['strong', 'CODE_NOT_STRICT'];
    return ['decisive', present ? null : 'CODE_SUPERSEDED'];
  }
  if (numbers.suggestions.some((code) => subject.codes.has(code)))
    return ['weak', 'CODE_LOOKALIKE'];
  const slips = [
    ...numbers.codes.filter(({ strict }) => !strict).map(({ value }) => value),
    ...numbers.malformed,
  ];
  const meant = slips.some((slip) => [...subject.codes].some((own) => withinTwoEdits(slip, own)));
  if (meant) return ['weak', 'CODE_WRONG'];
  if (subject.codes.size === 0) return ['silent', null];
  if (numbers.codes.length + slips.length > 0) return ['against', 'CODE_DOES_NOT_FIT'];
  return ['silent', numbers.notes[0] ?? 'CODE_ABSENT'];
}

function weighOrganisationCode({ numbers }: RowReading, subject: ComparedSubject): Judged {
  const own = subject.organisationCodes;
  if (bears(own, numbers.organisationCodes) || bears(own, numbers.derived)) return ['strong', null];
  const given = numbers.organisationCodes.some(({ strict }) => strict);
  return given && own.size > 0 ? ['against', 'ORGANISATION_CODE_DIFFERS'] : ['silent', null];
}

function weighRegistration({ numbers }: RowReading, subject: ComparedSubject): Judged {
  const own = subject.registrationNumbers;
  if (bears(own, numbers.registrationNumbers)) return ['strong', null];
  return numbers.registrationNumbers.length > 0 && own.size > 0
    ? ['against', 'REGISTRATION_NUMBER_DIFFERS']
    : ['silent', null];
}

function weighName({ name }: RowReading, { relation }: ComparedSubject): Judged {
  if (!name.given) return ['silent', 'NAME_ABSENT'];
  if (name.unreadable !== null) return ['silent', name.unreadable];
  const judged = {
    registered: ['strong', name.weaknesses[0] ?? null],
    former: ['weak', 'NAME_FORMER'],
    second: ['weak', 'NAME_SECOND'],
    near: ['weak', 'NAME_NEAR'],
    none: ['against', null],
  } as const;
  return judged[relation];
}

function weighArea(query: LinkQuery, candidate: LinkCandidate): Judged {
  const judged = {
    same: ['weak', null],
    'not-given': ['silent', 'AREA_NOT_GIVEN'],
    incomplete: ['silent', 'AREA_INCOMPLETE'],
    unknown: ['silent', 'AREA_UNKNOWN'],
    differs: ['against', 'AREA_DIFFERS'],
  } as const;
  return judged[compareArea(query, candidate)];
}

/** Whether it was alive then only ranks candidates (design.md §12.4): it never links, and rarely refutes. */
function weighLife({ aliveThen }: ComparedSubject): Judged {
  if (aliveThen === null) return ['silent', null];
  return aliveThen ? ['weak', null] : ['against', 'NOT_ALIVE'];
}

function lifeOf({ aliveFrom, aliveTo, status }: LinkCandidate): string | null {
  if (aliveFrom === null && aliveTo === null) return status;
  return `${aliveFrom ?? '…'} – ${aliveTo ?? status ?? '…'}`;
}
