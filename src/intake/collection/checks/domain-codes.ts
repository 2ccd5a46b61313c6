/**
 * Code cells: unified codes, registration numbers, organisation codes, document numbers of persons.
 * Format decides here; whether a code with wrong arithmetic exists is the registry's to say, later.
 */
import { identify } from '../../../kernel/identifiers/identify.ts';
import { isStrictUscc } from '../../../kernel/identifiers/uscc.ts';
import type { Field, FieldRole } from '../../../kernel/rulebook/standards.ts';
import { cleanCode, collapseBlanks } from '../../../kernel/text/normalise.ts';
import type { CheckTables } from './domain.ts';
import { type CellReading, type RuleBook, addFinding, derive, fitsLength } from './domain-state.ts';

type Place = {
  readonly field: Field;
  readonly column: number;
  readonly tables: CheckTables;
  readonly rules: RuleBook;
};

const plainUscc = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** Reads one code cell and keeps what it holds. */
export function checkCode(reading: CellReading, raw: string, place: Place): void {
  switch (place.field.codeKind) {
    case 'uscc':
      checkUscc(reading, raw, place);
      return;
    case 'natural':
      // Kept by nobody: that a number stood there is all the rules need to know.
      setText(reading, place.field, '（已填）');
      return;
    case 'registration':
    case 'organisation':
    case 'tax':
      checkOther(reading, raw, place);
      return;
    default:
      keepText(reading, place, collapseBlanks(raw.normalize('NFC')));
  }
}

function setText(reading: CellReading, field: Field, value: string): void {
  if (field.role !== undefined) reading.text = value;
}

function keepText(reading: CellReading, place: Place, value: string): void {
  fitsLength(reading, value, place);
  reading.value = value;
  setText(reading, place.field, value);
}

function checkUscc(reading: CellReading, raw: string, place: Place): void {
  const { field, column, tables, rules } = place;
  const role = field.role;
  const prefix = role === 'subject-code' ? 'subjectCode' : factPrefix(role);
  const fast = plainUscc.test(raw) && isStrictUscc(raw) && tables.prefixes.has(raw.slice(0, 2));
  const found = fast ? null : identify(raw, tables);
  const value = found === null ? raw : found.normalised;
  const strict = found === null || (found.kind === 'uscc' && found.strict);
  if (prefix !== null) derive(reading, `${prefix}Strict`, strict);
  if (found?.kind === 'resident-id') {
    // A person's number where an organisation's code belongs: the row is about a person.
    reading.natural = role === 'subject-code';
    addFinding(
      reading,
      rules.builtIn('subject-code'),
      { field, column },
      { suggestion: first(found) },
    );
    return;
  }
  if (found?.kind === 'placeholder') {
    if (prefix !== null) derive(reading, `${prefix}Placeholder`, true);
    if (field.placeholderAllowed !== true) refuseCode(reading, place, value, found);
    return;
  }
  const known = found === null || (found.kind === 'uscc' && found.verdict !== 'invalid');
  if (!known) {
    refuseCode(reading, place, value, found);
    return;
  }
  if (role === 'subject-code' && found !== null && found.verdict !== 'valid') {
    // A slip so regular that it is the issuer's own way is no proof that the code does not exist.
    const issuersWay = found.findings.some(
      (item) => item.code === 'USCC_CHECK_WRITTEN_AS_REMAINDER',
    );
    if (found.verdict === 'suspect' && !issuersWay) derive(reading, 'subjectCodeSuspect', true);
    addFinding(
      reading,
      rules.builtIn('subject-code-unusual'),
      { field, column, value },
      {
        suggestion: first(found),
      },
    );
  }
  reading.value = value;
  setText(reading, field, value);
  if (prefix !== null && !(found?.verdict === 'suspect' && role !== 'subject-code')) {
    derive(reading, `${prefix}Prefix2`, value.slice(0, 2));
    derive(reading, `${prefix}Prefix1`, value.slice(0, 1));
  }
}

function factPrefix(role: FieldRole | undefined): 'authorityCode' | 'sourceCode' | null {
  if (role === 'authority-code') return 'authorityCode';
  return role === 'source-code' ? 'sourceCode' : null;
}

function first(found: ReturnType<typeof identify>): string {
  const finding = found.findings[0];
  const suggestion = found.findings.find((item) => item.suggestion !== undefined)?.suggestion;
  const said = finding === undefined ? '' : `${finding.message}${finding.advice ?? ''}`;
  return suggestion === undefined ? said : `${said}是否应为${suggestion}？`;
}

/** A subject's code that cannot be one is I02; an organ's is judged by its own rule (C09). */
function refuseCode(
  reading: CellReading,
  place: Place,
  value: string,
  found: ReturnType<typeof identify>,
): void {
  const { field, column, rules } = place;
  reading.value = value;
  if (field.role === 'subject-code') {
    setText(reading, field, value);
    addFinding(
      reading,
      rules.builtIn('subject-code'),
      { field, column, value },
      {
        suggestion: first(found),
      },
    );
  } else if (field.role !== 'authority-code' && field.role !== 'source-code') {
    addFinding(
      reading,
      rules.builtIn('subject-code'),
      { field, column, value },
      {
        suggestion: first(found),
      },
    );
  }
}

/** Registration, organisation and tax numbers: kept as text; doubts are warnings, persons are refused. */
function checkOther(reading: CellReading, raw: string, place: Place): void {
  const { field, column, rules, tables } = place;
  const found = identify(raw, tables);
  const holdsPerson =
    found.kind === 'resident-id' ||
    found.findings.some((item) => item.code === 'TAX_NUMBER_HOLDS_RESIDENT_ID');
  if (holdsPerson) {
    addFinding(
      reading,
      rules.builtIn('code-doubtful'),
      { field, column },
      { suggestion: first(found) },
    );
    return;
  }
  const value = cleanCode(raw, tables.codeLabels).value;
  keepText(reading, place, value);
  const matches = found.kind.startsWith(field.codeKind ?? '');
  if (!matches || found.verdict !== 'valid') {
    addFinding(
      reading,
      rules.builtIn('code-doubtful'),
      { field, column, value },
      {
        suggestion: first(found),
      },
    );
  }
}
