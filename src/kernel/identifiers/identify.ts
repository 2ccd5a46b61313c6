/**
 * Says what an identifier is and whether it holds (`xinheng identify`, design.md §8). The order is
 * data-standards §1.1.4: a wrong format is refused, wrong arithmetic is looked up before it is refused.
 * Nothing is corrected: a look-alike is suggested, never replaced.
 */
import {
  type CodeChanges,
  type NullWords,
  cleanCode,
  dropBlanks,
  foldWidth,
  isNullWord,
} from '../text/normalise.ts';
import {
  type IdentifierFinding,
  type IdentifierFindingCode,
  identifierFinding,
  isRemark,
} from './findings.ts';
import { isOrganisationCode, isOrganisationCodeForm } from './organisation-code.ts';
import {
  isFreeTextRegistrationNumber,
  isOldRegistrationNumber,
  isRegistrationNumber,
} from './registration-number.ts';
import { readResidentId } from './resident-id.ts';
import { readTaxNumber } from './tax-number.ts';
import {
  type UsccPrefixes,
  checkWrittenAsRemainder,
  isAllEqual,
  isStrictUscc,
  isUsccForm,
  lookAlikeSuggestion,
  looksLikeEarlyXiamen,
  placeholderUscc,
} from './uscc.ts';

/** What kind of number a value is. */
export type IdentifierKind =
  | 'uscc'
  | 'organisation-code'
  | 'registration-number'
  | 'registration-number-13'
  | 'tax-number'
  | 'resident-id'
  | 'placeholder'
  | 'unknown';

/** `suspect`: the format is right, the arithmetic wrong; look it up in the registry before refusing. */
export type IdentifierVerdict = 'valid' | 'valid-with-warning' | 'suspect' | 'invalid' | 'empty';

/** The answer for one value. */
export type Identification = {
  readonly input: string;
  /** The value after folding of case, width, blanks, hyphens and labels; `''` when there is none. */
  readonly normalised: string;
  readonly kind: IdentifierKind;
  /**
   * Format and arithmetic of the kind's own standard hold after folding of case, width and blanks
   * alone. Only unified codes, organisation codes and 15-digit registration numbers have such a
   * standard here; a person's number is never strict, whatever its check says.
   */
  readonly strict: boolean;
  readonly verdict: IdentifierVerdict;
  readonly findings: readonly IdentifierFinding[];
};

/** Tables of the rulebook that identification uses; each may be left out. */
export type IdentifierTables = {
  /** Without it no prefix is called unknown. */
  readonly prefixes?: UsccPrefixes;
  readonly nullWords?: NullWords;
  /** Literal words before a code, e.g. 统一社会信用代码： */
  readonly labels?: readonly string[];
};

const lengthMax = 200;
const noWords: NullWords = new Set();

/** What a recogniser found, before the notes on how the value was written. */
type Reading = {
  readonly kind: IdentifierKind;
  readonly strict: boolean;
  readonly verdict: 'valid' | 'suspect' | 'invalid';
  readonly findings: readonly IdentifierFinding[];
};

/** Identifies one value as typed. Pure; never throws on any text. */
export function identify(input: string, tables: IdentifierTables = {}): Identification {
  if (input.length > lengthMax) {
    const findings = [identifierFinding('IDENTIFIER_TOO_LONG')];
    const normalised = input.slice(0, lengthMax);
    return { input, normalised, kind: 'unknown', strict: false, verdict: 'invalid', findings };
  }
  const words = tables.nullWords ?? noWords;
  const { value, changes } = cleanCode(input, tables.labels);
  if (isNullWord(input, words) || isNullWord(value, words)) {
    return {
      input,
      normalised: '',
      kind: 'unknown',
      strict: false,
      verdict: 'empty',
      findings: [],
    };
  }
  const reading = readValue(value, tables);
  const written = notesOnWriting(changes, reading.kind);
  const findings = [...reading.findings, ...written];
  const warned = findings.some((finding) => !isRemark(finding.code));
  return {
    input,
    normalised: value,
    kind: reading.kind,
    strict:
      reading.strict && !changes.label && (!changes.hyphens || ownHyphen(input, reading.kind)),
    verdict: reading.verdict === 'valid' && warned ? 'valid-with-warning' : reading.verdict,
    findings,
  };
}

/** Organisation codes are written XXXXXXXX-C by their own standard. */
function ownHyphen(input: string, kind: IdentifierKind): boolean {
  const written = dropBlanks(foldWidth(input));
  return (
    kind === 'organisation-code' &&
    /^[0-9A-Za-z]{8}[-\u2010-\u2015\u2212][0-9A-Za-z]$/.test(written)
  );
}

function notesOnWriting(changes: CodeChanges, kind: IdentifierKind): IdentifierFinding[] {
  const codes: IdentifierFindingCode[] = [];
  if (changes.lowerCase) codes.push('CODE_LOWER_CASE');
  if (changes.fullWidth) codes.push('CODE_FULL_WIDTH');
  if (changes.innerBlanks) codes.push('CODE_INNER_BLANKS');
  if (changes.hyphens && kind !== 'organisation-code') codes.push('CODE_HYPHENS');
  if (changes.label) codes.push('CODE_LABEL');
  return codes.map((code) => identifierFinding(code));
}

function readValue(value: string, tables: IdentifierTables): Reading {
  if (value === placeholderUscc) return reading('placeholder', 'invalid', ['USCC_PLACEHOLDER']);
  switch (value.length) {
    case 9:
      return readNine(value);
    case 13:
      if (isAllEqual(value)) return reading('unknown', 'invalid', ['IDENTIFIER_ALL_EQUAL']);
      return isOldRegistrationNumber(value)
        ? reading('registration-number-13', 'valid', ['REGISTRATION_NUMBER_OLD'])
        : readRest(value);
    case 15:
      return readFifteen(value);
    case 18:
      return readEighteen(value, tables);
    default:
      return readRest(value);
  }
}

function reading(
  kind: IdentifierKind,
  verdict: Reading['verdict'],
  codes: readonly IdentifierFindingCode[],
  strict = false,
): Reading {
  return { kind, verdict, strict, findings: codes.map((code) => identifierFinding(code)) };
}

function readNine(value: string): Reading {
  const kind = 'organisation-code';
  if (!/^[0-9A-Z]{9}$/.test(value)) return readRest(value);
  if (isAllEqual(value)) return reading(kind, 'invalid', ['IDENTIFIER_ALL_EQUAL']);
  if (isOrganisationCode(value)) return reading(kind, 'valid', [], true);
  return isOrganisationCodeForm(value)
    ? reading(kind, 'suspect', ['ORGANISATION_CODE_CHECK'])
    : reading(kind, 'invalid', ['ORGANISATION_CODE_FORMAT']);
}

/**
 * Fifteen characters: a registration number when its check holds; else a tax number when the
 * organisation code inside holds; else a person's old identity number when it holds a date; else a
 * registration number with a wrong check.
 */
function readFifteen(value: string): Reading {
  const digits = /^\d{15}$/.test(value);
  if (digits && isAllEqual(value)) {
    return reading('registration-number', 'invalid', ['IDENTIFIER_ALL_EQUAL']);
  }
  const tax = readTaxNumber(value);
  const person = readResidentId(value) !== null;
  if (isRegistrationNumber(value)) {
    const others: IdentifierFindingCode[] = [];
    if (tax !== null && tax.organisationCode !== null) others.push('TAX_NUMBER_POSSIBLE');
    if (person) others.push('RESIDENT_ID_15_SHAPE');
    return reading('registration-number', 'valid', others, true);
  }
  if (tax !== null && tax.organisationCode !== null) {
    const others: IdentifierFindingCode[] = ['TAX_NUMBER_ORGANISATION_CODE'];
    if (digits) others.push('REGISTRATION_NUMBER_POSSIBLE');
    if (person) others.push('RESIDENT_ID_15_SHAPE');
    return reading('tax-number', 'valid', others);
  }
  if (person) {
    return reading('resident-id', 'invalid', ['RESIDENT_ID', 'REGISTRATION_NUMBER_POSSIBLE']);
  }
  if (digits) return reading('registration-number', 'suspect', ['REGISTRATION_NUMBER_CHECK']);
  return readRest(value);
}

/**
 * Eighteen characters: unified code or identity number. A unified code when its arithmetic holds; a
 * person's number when only that one's arithmetic holds. With both, the prefix table decides: an
 * unknown pair is a person's. With neither, a plausible date decides against an unknown pair only.
 */
function readEighteen(value: string, tables: IdentifierTables): Reading {
  if (isAllEqual(value)) return reading('uscc', 'invalid', ['USCC_ALL_EQUAL']);
  const person = readResidentId(value);
  const strict = isStrictUscc(value);
  const pair = value.slice(0, 2);
  // Without a table only market regulation (9) is taken for known: no province begins with it.
  const known = tables.prefixes === undefined ? pair.startsWith('9') : tables.prefixes.has(pair);
  if (person !== null) {
    const personMeant = strict ? person.checkHolds && !known : person.checkHolds || !known;
    if (personMeant) return reading('resident-id', 'invalid', ['RESIDENT_ID', 'USCC_POSSIBLE']);
  }
  const codes: IdentifierFindingCode[] = [];
  if (person !== null) codes.push(person.checkHolds ? 'RESIDENT_ID_POSSIBLE' : 'RESIDENT_ID_SHAPE');
  if (!isUsccForm(value)) return readMalformed(value);
  if (tables.prefixes !== undefined && !known) codes.push('USCC_UNKNOWN_PREFIX');
  if (strict) return reading('uscc', 'valid', codes, true);
  return reading('uscc', 'suspect', [reasonOfMismatch(value), ...codes]);
}

function reasonOfMismatch(value: string): IdentifierFindingCode {
  if (checkWrittenAsRemainder(value)) return 'USCC_CHECK_WRITTEN_AS_REMAINDER';
  return looksLikeEarlyXiamen(value) ? 'USCC_LEGACY_NONCONFORMING' : 'USCC_CHECK_MISMATCH';
}

function readMalformed(value: string): Reading {
  if (!/^[0-9A-Z]{18}$/.test(value)) return readRest(value);
  const findings = [identifierFinding('USCC_FORMAT')];
  if (/[OI]/.test(value)) {
    findings.unshift(identifierFinding('USCC_LOOKALIKE', lookAlikeSuggestion(value)));
  }
  return { kind: 'uscc', verdict: 'invalid', strict: false, findings };
}

function readRest(value: string): Reading {
  const tax = readTaxNumber(value);
  if (tax !== null && tax.holdsResidentId) {
    return reading('tax-number', 'valid', ['TAX_NUMBER_HOLDS_RESIDENT_ID']);
  }
  if (isFreeTextRegistrationNumber(value)) {
    return reading('registration-number', 'valid', ['REGISTRATION_NUMBER_FREE_TEXT']);
  }
  const nearly = /^[0-9A-Z]{16,20}$/.test(value);
  return reading('unknown', 'invalid', [nearly ? 'USCC_LENGTH' : 'IDENTIFIER_UNRECOGNISED']);
}
