/**
 * Which fields of a record the public reads, and in which form (design.md §9). The standard decides who
 * may read a field; beyond that no person's name or number ever stands beside a record. Pure.
 */
import { isStrictUscc } from '../../kernel/identifiers/uscc.ts';
import { maskMiddle } from '../../kernel/mask.ts';
import { redact, scanPersonalData } from '../../kernel/personal-data.ts';
import type { Family } from '../../kernel/rulebook/directory.ts';
import type { Readable } from '../../kernel/rulebook/purposes.ts';
import type { Field, FieldRole, Standard } from '../../kernel/rulebook/standards.ts';

/** A field as it is shown. */
export type ShownField = {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly unit: string | null;
  readonly role: FieldRole | null;
};

/** Persons: never beside a record, whatever a standard says. */
const personal: ReadonlySet<FieldRole> = new Set([
  'representative-name',
  'representative-document-type',
  'representative-document-number',
  'natural-document-type',
  'natural-document-number',
  'subject-tax-number',
]);

/** Said at the head of the page or of the record already, or machinery of delivery. */
const elsewhere: ReadonlySet<FieldRole> = new Set([
  'subject-name',
  'subject-category',
  'subject-code',
  'subject-registration-number',
  'subject-organisation-code',
  'subject-institution-number',
  'subject-social-number',
  'source-row-id',
  'operation',
  'row-version',
  'severity',
]);

type Judged = Pick<Field, 'audience' | 'role' | 'codeKind'>;

/** Whether the public may read a field at all. */
export function isPublicField(field: Judged, family: Family): boolean {
  return isReadableField(field, family, ['public']);
}

/** Whether a field is among what some audiences may read. What is personal is for none. */
export function isReadableField(
  field: Judged,
  family: Family,
  audiences: readonly Readable[],
): boolean {
  const { audience } = field;
  if (audience === 'never' || !audiences.includes(audience)) return false;
  if (field.codeKind === 'natural') return false;
  if (field.role === undefined) return true;
  // Registration is the one place where a representative's name is public (design.md §9).
  if (field.role === 'representative-name' && family === 'registration') return true;
  return !personal.has(field.role) && !elsewhere.has(field.role);
}

/** A value as the public reads it: masked where the standard says so, numbers of persons starred. */
export function publicValue(field: Pick<Field, 'mask' | 'type'>, value: string): string {
  if (field.mask !== undefined) return maskMiddle(value, field.mask[0], field.mask[1]);
  if (unscanned.has(field.type)) return value;
  // Some all-digit unified codes look like a person's number.
  if (field.type === 'code' && isStrictUscc(value)) return value;
  return shownText(value);
}

/** Days and figures: checked on the way in, and an amount must not be taken for a telephone. */
const unscanned: ReadonlySet<Field['type']> = new Set(['date', 'integer', 'decimal']);

/** Any text that came from outside, with the numbers of persons in it starred. */
export function shownText(text: string): string {
  const hits = scanPersonalData(text);
  return hits.length === 0 ? text : redact(text, hits);
}

/** Public fields of a record in the order of its standard; empty ones are left out. */
export function publicFields(
  standard: Pick<Standard, 'fields'> | null,
  values: Readonly<Record<string, string>>,
  family: Family,
): ShownField[] {
  return readableFields({ standard, values, family }, ['public']);
}

/** What {@link readableFields} reads from. */
export type RecordValues = {
  readonly standard: Pick<Standard, 'fields'> | null;
  readonly values: Readonly<Record<string, string>>;
  readonly family: Family;
};

/** Fields of a record that some audiences may read, in the order of its standard; empty ones are left out. */
export function readableFields(
  { standard, values, family }: RecordValues,
  audiences: readonly Readable[],
): ShownField[] {
  return (standard?.fields ?? []).flatMap((field) => {
    const value = values[field.id];
    if (value === undefined || value === '' || !isReadableField(field, family, audiences))
      return [];
    return [
      {
        id: field.id,
        name: field.name.replace(/[（(](万元|元)[)）]$/, ''),
        value: publicValue(field, value),
        unit: field.unit ?? null,
        role: field.role ?? null,
      },
    ];
  });
}
