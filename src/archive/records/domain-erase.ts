/** 删除: what is made of a field, and a row without it. Pure. */
import { type FieldRole, type Standard, factName } from '../../kernel/rulebook/standards.ts';
import type { PreparedStatement } from './domain-statement.ts';

/** Columns of a version that repeat the text of a field. */
export type RepeatedColumn = 'document_number' | 'authority_name' | 'authority_code';

const columnOf: Partial<Record<FieldRole, RepeatedColumn>> = {
  'document-number': 'document_number',
  'authority-name': 'authority_name',
  'authority-code': 'authority_code',
};

/** Roles the windows are worked out from: without them nobody could say until when anything is shown. */
const carrying: ReadonlySet<FieldRole> = new Set<FieldRole>([
  'decided-on',
  'valid-from',
  'valid-until',
  'public-until',
  'ended-on',
  'kinds',
  'fine',
  'confiscated',
  'severity',
  'procedure',
]);

/** Everything made of some fields. */
export type MadeOf = {
  readonly facts: readonly string[];
  readonly columns: readonly RepeatedColumn[];
  /** The first field the windows rest on, `null` when there is none. */
  readonly carrying: string | null;
};

/** What the rows of a standard make of these fields. */
export function madeOf(standard: Standard | null, fields: readonly string[]): MadeOf {
  const named = (standard?.fields ?? []).filter((field) => fields.includes(field.id));
  const roles = named.flatMap((field) => field.role ?? []);
  return {
    facts: roles.flatMap((role) => [factName(role), `${factName(role)}Text`]),
    columns: roles.flatMap((role) => columnOf[role] ?? []),
    carrying: named.find(({ role }) => role !== undefined && carrying.has(role))?.id ?? null,
  };
}

/** A row without the fields that were erased from its record; `digest` takes the place of its own. */
export function withoutErased(
  prepared: PreparedStatement,
  fields: readonly string[],
  standard: Standard | null,
  digest: string,
): PreparedStatement {
  const { facts, columns } = madeOf(standard, fields);
  const without = <Value>(all: Readonly<Record<string, Value>>, names: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  return {
    ...prepared,
    values: without(prepared.values, fields),
    facts: without(prepared.facts, facts),
    documentNumber: columns.includes('document_number') ? null : prepared.documentNumber,
    authorityName: columns.includes('authority_name') ? null : prepared.authorityName,
    authorityCode: columns.includes('authority_code') ? null : prepared.authorityCode,
    contentDigest: digest,
  };
}
