/**
 * What a row says about who it is about, read once: identifiers by kind, and the name with everything
 * that makes it unfit as evidence (data-standards §1.9). Nothing is corrected on the way.
 */
import { type IdentifierTables, identify } from '../../kernel/identifiers/identify.ts';
import { isOrganisationCode } from '../../kernel/identifiers/organisation-code.ts';
import {
  isRegistrationNumber,
  registrationNumberKey,
} from '../../kernel/identifiers/registration-number.ts';
import { readTaxNumber } from '../../kernel/identifiers/tax-number.ts';
import { isAllEqual, isStrictUscc, organisationCodeInUscc } from '../../kernel/identifiers/uscc.ts';
import type { Day } from '../../kernel/day.ts';
import { type NullWords, cleanCode, dropBlanks, isNullWord } from '../../kernel/text/normalise.ts';
import {
  type ScriptVariants,
  canonicalName,
  hasSecondNameWord,
  isDamagedName,
  isMaskedName,
  isShortName,
  nameParts,
  nearNameKey,
} from '../../kernel/text/organisation-name.ts';
import type { LinkReasonCode } from './domain-link-reasons.ts';

/** What a row says about its subject; `null` or an empty text where it says nothing. */
export type LinkQuery = {
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

/** Tables of the rulebook that linking reads. */
export type LinkTables = IdentifierTables & {
  readonly nullWords: NullWords;
  readonly scriptVariants: ScriptVariants;
};

/** An identifier as evidence. `strict`: its own standard holds, so it contradicts other values. */
export type NumberEvidence = { readonly value: string; readonly strict: boolean };

/** All identifiers of a row, each value once. */
export type IdentifierEvidence = {
  readonly codes: readonly NumberEvidence[];
  /** Organisation codes given as such or inside a tax number. */
  readonly organisationCodes: readonly NumberEvidence[];
  /** Organisation codes inside the unified codes given: a second key when the code is not found. */
  readonly derived: readonly NumberEvidence[];
  readonly registrationNumbers: readonly NumberEvidence[];
  /** Codes meant when O or I stands for 0 or 1; candidates for a person, never evidence. */
  readonly suggestions: readonly string[];
  /** A value that was meant as a code and is not one, for telling a slip from another code. */
  readonly malformed: readonly string[];
  readonly notes: readonly LinkReasonCode[];
};

type Draft = { -readonly [K in keyof IdentifierEvidence]: IdentifierEvidence[K][number][] };
type Field = 'code' | 'organisationCode' | 'registrationNumber' | 'taxNumber';

const fields: readonly Field[] = ['code', 'taxNumber', 'organisationCode', 'registrationNumber'];

/** Reads the identifier columns of a row. Each is typed by what it holds, not by its heading. */
export function readIdentifiers(query: LinkQuery, tables: LinkTables): IdentifierEvidence {
  const draft: Draft = {
    codes: [],
    organisationCodes: [],
    derived: [],
    registrationNumbers: [],
    suggestions: [],
    malformed: [],
    notes: [],
  };
  for (const field of fields) readField(draft, field, query[field], tables);
  for (const code of draft.codes) {
    const value = organisationCodeInUscc(code.value);
    addNumber(draft.derived, value, isOrganisationCode(value));
  }
  if (draft.codes.length === 0 && draft.malformed.length === 0 && draft.notes.length === 0) {
    draft.notes.push('CODE_ABSENT');
  }
  return draft;
}

function readField(draft: Draft, field: Field, text: string | null, tables: LinkTables): void {
  if (text === null || text === '') return;
  const { kind, normalised, verdict, findings } = identify(text, tables);
  if (verdict === 'empty') return;
  if (kind === 'placeholder' || isAllEqual(normalised)) {
    draft.notes.push('CODE_PLACEHOLDER');
    return;
  }
  if (kind === 'uscc' && verdict !== 'invalid') {
    addNumber(draft.codes, normalised, isStrictUscc(normalised));
    return;
  }
  const tax = readTaxNumber(normalised);
  if (kind === 'resident-id' || (kind === 'tax-number' && tax?.holdsResidentId === true)) {
    draft.notes.push('CODE_IS_PERSONAL');
    return;
  }
  const inside = tax === null || tax.form !== 15 ? null : tax.organisationCode;
  if (inside !== null && field !== 'registrationNumber')
    addNumber(draft.organisationCodes, inside, true);
  if (kind === 'organisation-code' && verdict !== 'invalid') {
    addNumber(draft.organisationCodes, normalised, isOrganisationCode(normalised));
    return;
  }
  const number = kind === 'registration-number' || kind === 'registration-number-13';
  if ((number && !(field === 'taxNumber' && inside !== null)) || field === 'registrationNumber') {
    const value = /^\d+$/.test(normalised) ? normalised : registrationNumberKey(text);
    addNumber(draft.registrationNumbers, value, isRegistrationNumber(normalised));
    return;
  }
  if (inside === null && field !== 'organisationCode') readMalformed(draft, normalised, findings);
}

function readMalformed(
  draft: Draft,
  normalised: string,
  findings: readonly { readonly suggestion?: string }[],
): void {
  const suggestion = findings.find((finding) => finding.suggestion !== undefined)?.suggestion;
  if (suggestion !== undefined) {
    draft.suggestions.push(suggestion);
    draft.notes.push('CODE_LOOKALIKE');
  } else {
    draft.notes.push('CODE_INVALID');
  }
  if (/^[0-9A-Z]{9,24}$/.test(normalised)) draft.malformed.push(normalised);
}

function addNumber(list: NumberEvidence[], value: string, strict: boolean): void {
  if (!list.some((known) => known.value === value)) list.push({ value, strict });
}

/** The name of a row as evidence. */
export type NameEvidence = {
  readonly given: boolean;
  readonly canonical: string;
  /** The loose key, worked out only when asked for; `''` when there is none. */
  readonly near: () => string;
  /** Canonical names inside, when the field holds two. */
  readonly parts: readonly string[];
  /** Masked or damaged: says nothing at all, not even against a code. */
  readonly unreadable: LinkReasonCode | null;
  /** What forbids linking by this name alone. */
  readonly weaknesses: readonly LinkReasonCode[];
};

/** Reads the name column of a row. */
export function readName(name: string | null, tables: LinkTables): NameEvidence {
  if (name === null || isNullWord(name, tables.nullWords)) {
    return {
      given: false,
      canonical: '',
      near: () => '',
      parts: [],
      unreadable: null,
      weaknesses: [],
    };
  }
  const unreadable = isMaskedName(name)
    ? 'NAME_MASKED'
    : isDamagedName(name)
      ? 'NAME_DAMAGED'
      : null;
  const canonical = canonicalName(name, tables.scriptVariants);
  // Read without blanks: how a name was typed must not change what is decided about it.
  const compact = dropBlanks(name);
  const { embedded, parts } = nameParts(compact);
  const weaknesses: LinkReasonCode[] = [];
  if (unreadable !== null) weaknesses.push(unreadable);
  if (isShortName(canonical)) weaknesses.push('NAME_SHORT');
  if (embedded || hasSecondNameWord(compact)) weaknesses.push('NAME_EMBEDDED');
  return {
    given: true,
    canonical,
    near: once(() => (unreadable === null ? nearNameKey(name, tables.scriptVariants) : '')),
    parts: embedded ? parts.map((part) => canonicalName(part.name, tables.scriptVariants)) : [],
    unreadable,
    weaknesses,
  };
}

function once(compute: () => string): () => string {
  let known: string | undefined;
  return () => (known ??= compute());
}

/** A row read once, for finding candidates and for deciding. */
export type RowReading = {
  readonly query: LinkQuery;
  readonly numbers: IdentifierEvidence;
  readonly name: NameEvidence;
};

/** Reads everything a row says about its subject. */
export function readRow(query: LinkQuery, tables: LinkTables): RowReading {
  return { query, numbers: readIdentifiers(query, tables), name: readName(query.name, tables) };
}

const keyLengthMax = 300;

/** `name:` keys of a canonical name and of the names inside it; long names are cut for the index. */
function nameKeys(names: Iterable<string>): string[] {
  const keys = new Set<string>();
  for (const name of names) if (name !== '') keys.add(`name:${name.slice(0, keyLengthMax)}`);
  return [...keys];
}

/**
 * Keys under which subjects with exact evidence for a row are found: `uscc:`, `org:`, `reg:`, `name:`.
 * A key finds candidates; the decision looks at the evidence itself. Codes suggested for a look-alike
 * are among them, so that a reviewer sees whom they would mean.
 */
export function keysOfRow({ numbers, name }: RowReading): string[] {
  const names = name.unreadable === null ? [name.canonical, ...name.parts] : [];
  return [
    ...numbers.codes.map(({ value }) => `uscc:${value}`),
    ...numbers.suggestions.map((value) => `uscc:${value}`),
    ...[...numbers.organisationCodes, ...numbers.derived].map(({ value }) => `org:${value}`),
    ...numbers.registrationNumbers.map(({ value }) => `reg:${value}`),
    ...nameKeys(names),
  ].filter((key, index, all) => all.indexOf(key) === index);
}

/** The keys of a row that is not read yet. */
export function linkKeys(query: LinkQuery, tables: LinkTables): string[] {
  return keysOfRow(readRow(query, tables));
}

/** The loose key `near:` by which similar names are shown to a reviewer; `null` when there is none. */
export function nearKeyOfRow({ name }: RowReading): string | null {
  return nearKeyFrom(name.near());
}

/** The loose key of a subject's name. */
export function nearKey(name: string | null, tables: LinkTables): string | null {
  return nearKeyFrom(readName(name, tables).near());
}

function nearKeyFrom(near: string): string | null {
  return near === '' ? null : `near:${near.slice(0, keyLengthMax)}`;
}

/** What of a subject its keys are made from. */
export type SubjectIdentity = {
  readonly uscc: string | null;
  readonly formerUsccs?: readonly string[];
  readonly organisationCodes: readonly string[];
  readonly registrationNumbers: readonly string[];
  readonly presentName: string;
  readonly names: readonly { readonly name: string }[];
};

/** All keys a subject is stored under, the counterpart of {@link linkKeys}; names of all kinds alike. */
export function subjectKeys(subject: SubjectIdentity, tables: LinkTables): string[] {
  const { codes, organisationCodes, registrationNumbers } = subjectNumbers(subject);
  const names = [subject.presentName, ...subject.names.map(({ name }) => name)]
    .filter((name) => !isMaskedName(name))
    .flatMap((name) => namesWithin(name, tables));
  return [
    ...[...codes].map((value) => `uscc:${value}`),
    ...[...organisationCodes].map((value) => `org:${value}`),
    ...[...registrationNumbers].map((value) => `reg:${value}`),
    ...nameKeys(names),
  ];
}

/** Canonical form of a name, followed by those of the names inside it. */
export function namesWithin(name: string, tables: LinkTables): string[] {
  const { embedded, parts } = nameParts(name);
  const inside = embedded ? parts.map((part) => part.name) : [];
  return [name, ...inside].map((text) => canonicalName(text, tables.scriptVariants));
}

/** Identifiers of a subject in comparison form; the organisation code inside its code is one of them. */
export function subjectNumbers(subject: SubjectIdentity): {
  readonly codes: ReadonlySet<string>;
  readonly organisationCodes: ReadonlySet<string>;
  readonly registrationNumbers: ReadonlySet<string>;
} {
  const given = [subject.uscc ?? '', ...(subject.formerUsccs ?? [])];
  const codes = given.map((code) => cleanCode(code).value).filter((code) => code !== '');
  const inside = codes
    .filter((code) => code.length === 18)
    .map((code) => organisationCodeInUscc(code));
  const own = subject.organisationCodes.map((code) => cleanCode(code).value);
  return {
    codes: new Set(codes),
    organisationCodes: new Set([...inside, ...own].filter((code) => code !== '')),
    registrationNumbers: new Set(
      subject.registrationNumbers
        .map((number) => registrationNumberKey(number))
        .filter((key) => key !== ''),
    ),
  };
}
