/** One row of a base library read into a subject, with what is odd about it. Pure. */
import { type Day, dayFromParts } from '../../kernel/day.ts';
import { type IdentifierTables, identify } from '../../kernel/identifiers/identify.ts';
import type { Field, FieldRole } from '../../kernel/rulebook/standards.ts';
import { isNullWord, tidyName } from '../../kernel/text/normalise.ts';
import {
  isDamagedName,
  isMaskedName,
  isShortName,
  nameParts,
} from '../../kernel/text/organisation-name.ts';
import type { SubjectAttributes } from './domain.ts';
import type { LinkTables } from './domain-link-evidence.ts';
import type { SubjectName } from './domain-link-subject.ts';

/** Stable codes of what an import notices; counted per run. */
export type ImportFindingCode =
  | 'NAME_MISSING'
  | 'NAME_DAMAGED'
  | 'NAME_MASKED'
  | 'NAME_HOLDS_SEVERAL'
  | 'NAME_RETYPED'
  | 'NAME_PRIVATE_CHARACTERS'
  | 'NAME_BORNE_BY_SEVERAL'
  | 'CODE_MISSING'
  | 'CODE_INVALID'
  | 'CODE_NOT_STRICT'
  | 'CODE_RETYPED'
  | 'CODE_UNKNOWN_PREFIX'
  | 'CODE_PLACEHOLDER'
  | 'CODE_REGISTRATION_NUMBER'
  | 'CODE_BORNE_BY_SEVERAL'
  | 'REGION_UNLISTED'
  | 'REGION_RETIRED'
  | 'DATE_UNREADABLE'
  | 'COLUMNS_SHIFTED'
  | 'CELL_PROBLEM'
  | 'ROW_REPEATED'
  | 'NATURAL_PERSON'
  | 'RENAMED';

export type ImportFinding = { readonly code: ImportFindingCode; readonly value: string | null };

/** Tables an import looks things up in. */
export type ImportTables = LinkTables & {
  /** Names of provinces, for telling a shifted row: the column count alone proves nothing. */
  readonly provinces: ReadonlySet<string>;
  /** Division codes ever in force, and whether they still are. */
  readonly regions: ReadonlyMap<string, boolean>;
};

/** A row ready to be matched with what is stored. `null` subject: the row cannot be taken in. */
export type ImportedRow = {
  readonly attributes: SubjectAttributes | null;
  readonly registrationNumber: string | null;
  readonly otherNames: readonly SubjectName[];
  readonly findings: readonly ImportFinding[];
};

type Draft = {
  readonly get: (role: FieldRole) => string | null;
  readonly findings: ImportFinding[];
  readonly tables: ImportTables;
};

/** Reads one row whose columns are known. */
export function readImportRow(
  cells: readonly string[],
  columns: readonly (Field | null)[],
  tables: ImportTables,
): ImportedRow {
  const byRole = new Map<FieldRole, string>();
  columns.forEach((field, index) => {
    const cell = cells[index] ?? '';
    const role = roleOf(field);
    if (role === undefined || isNullWord(cell, tables.nullWords)) return;
    byRole.set(role, cell);
  });
  const draft: Draft = { get: (role) => byRole.get(role) ?? null, findings: [], tables };
  const name = readName(draft);
  const code = readCode(draft);
  const province = plain(byColumn(cells, columns, 'province'));
  if (name === null || code === null || isShifted(draft, province)) return refused(draft);
  const attributes: SubjectAttributes = {
    ...code.attributes,
    name,
    ownerNamed: isOwnerNamed(code.attributes.kind, name, draft.get('representative-name')),
    status: draft.get('subject-status') ?? '存续',
    registeredOn: readDate(draft, 'established-on'),
    endedOn: readDate(draft, 'ended-on'),
    province,
    city: plain(byColumn(cells, columns, 'city')),
    address: plain(draft.get('address')),
    enterpriseType: plain(draft.get('enterprise-type')),
    industry: plain(draft.get('industry')),
    scope: plain(byColumn(cells, columns, 'scope')),
    capitalText: plain(draft.get('registered-capital')),
  };
  return {
    attributes,
    registrationNumber: code.registrationNumber,
    otherNames: otherNames(draft, name),
    findings: draft.findings,
  };
}

function refused(draft: Draft): ImportedRow {
  return { attributes: null, registrationNumber: null, otherNames: [], findings: draft.findings };
}

function roleOf(field: Field | null): FieldRole | undefined {
  return field?.role;
}

/** Columns without a role of their own are told by the identifier of the standard. */
const extraIds: Readonly<Record<'province' | 'city' | 'scope', readonly string[]>> = {
  province: ['province', 'sf'],
  city: ['city', 'cs'],
  scope: ['scope', 'jyfw'],
};

function byColumn(
  cells: readonly string[],
  columns: readonly (Field | null)[],
  what: keyof typeof extraIds,
): string | null {
  const index = columns.findIndex(
    (field) => field !== null && extraIds[what].includes(field.id.toLowerCase()),
  );
  return index < 0 ? null : (cells[index] ?? null);
}

function plain(text: string | null): string | null {
  if (text === null) return null;
  const tidy = tidyName(text);
  return tidy === '' ? null : tidy;
}

function note(draft: Draft, code: ImportFindingCode, value: string | null): void {
  draft.findings.push({ code, value: value === null ? null : value.slice(0, 120) });
}

function readName(draft: Draft): string | null {
  const raw = draft.get('subject-name');
  if (raw === null) {
    note(draft, 'NAME_MISSING', null);
    return null;
  }
  const name = tidyName(raw);
  if (isDamagedName(name)) note(draft, 'NAME_DAMAGED', name);
  if (isMaskedName(name)) note(draft, 'NAME_MASKED', name);
  if (/\p{Co}/u.test(name)) note(draft, 'NAME_PRIVATE_CHARACTERS', name);
  if (nameParts(name).embedded) note(draft, 'NAME_HOLDS_SEVERAL', name);
  if (name !== raw) note(draft, 'NAME_RETYPED', raw);
  return name === '' ? null : name;
}

type CodeReading = {
  readonly attributes: Pick<SubjectAttributes, 'kind' | 'uscc' | 'region'>;
  readonly registrationNumber: string | null;
};

function readCode(draft: Draft): CodeReading | null {
  const raw = draft.get('subject-code') ?? draft.get('subject-registration-number');
  if (raw === null) {
    note(draft, 'CODE_MISSING', null);
    return null;
  }
  const found = identify(raw, draft.tables satisfies IdentifierTables);
  const codes = new Set<string>(found.findings.map((finding) => finding.code));
  if (found.kind === 'resident-id') {
    note(draft, 'NATURAL_PERSON', null);
    return null;
  }
  if (found.kind === 'placeholder') note(draft, 'CODE_PLACEHOLDER', found.normalised);
  if (found.kind === 'registration-number' || found.kind === 'registration-number-13') {
    note(draft, 'CODE_REGISTRATION_NUMBER', found.normalised);
    const individual = found.kind === 'registration-number' && /^.{6}[6-9]/.test(found.normalised);
    return {
      attributes: {
        kind: individual ? 'individual-business' : 'organisation',
        uscc: null,
        region: regionOf(draft, found.normalised.slice(0, 6)),
      },
      registrationNumber: found.normalised,
    };
  }
  if (found.kind !== 'uscc' || found.verdict === 'invalid') {
    if (found.kind !== 'placeholder') note(draft, 'CODE_INVALID', found.normalised);
    return null;
  }
  if (!found.strict) note(draft, 'CODE_NOT_STRICT', found.normalised);
  if (codes.has('USCC_UNKNOWN_PREFIX')) note(draft, 'CODE_UNKNOWN_PREFIX', found.normalised);
  if (raw !== found.normalised) note(draft, 'CODE_RETYPED', raw);
  return {
    attributes: {
      kind: found.normalised.startsWith('92') ? 'individual-business' : 'organisation',
      uscc: found.normalised,
      region: regionOf(draft, found.normalised.slice(2, 8)),
    },
    registrationNumber: draft.get('subject-registration-number'),
  };
}

/** The region part is historical: looked up for the record, never a reason to refuse (§1.1.6). */
function regionOf(draft: Draft, region: string): string {
  const live = draft.tables.regions.get(region);
  if (live === undefined) note(draft, 'REGION_UNLISTED', region);
  else if (!live) note(draft, 'REGION_RETIRED', region);
  return region;
}

/** The name of a province without its kind: 江苏省 and 江苏 are one. */
export function provinceStem(name: string): string {
  return name.replace(/(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$/, '');
}

/** The column count alone proves nothing; a province that is none does (QUALITY of real registries). */
function isShifted(draft: Draft, province: string | null): boolean {
  if (province === null || draft.tables.provinces.size === 0) return false;
  if (draft.tables.provinces.has(provinceStem(province))) return false;
  note(draft, 'COLUMNS_SHIFTED', province);
  return true;
}

const datePattern = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?/;

function readDate(draft: Draft, role: FieldRole): Day | null {
  const text = draft.get(role);
  if (text === null) return null;
  const match = datePattern.exec(text.trim());
  const value =
    match === null ? null : dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
  if (value === null) note(draft, 'DATE_UNREADABLE', text);
  return value;
}

function otherNames(draft: Draft, name: string): SubjectName[] {
  const former = draft.get('former-name');
  const listed = former === null ? [] : former.split(/[；;、]/).map((part) => tidyName(part));
  const names: SubjectName[] = listed
    .filter((part) => part !== '' && part !== name)
    .map((part) => ({ name: part, kind: 'former', from: null, to: null }));
  const { embedded, parts } = nameParts(name);
  if (!embedded) return names;
  for (const part of parts) {
    if (part.kind === 'first' || part.name === name) continue;
    const kind =
      part.kind === 'former' || part.kind === 'short' || part.kind === 'second'
        ? part.kind
        : ('other' as const);
    names.push({ name: part.name, kind, from: null, to: null });
  }
  return names;
}

const tradeWords = /[店铺厂部馆坊场摊档屋厅室楼行社院所园城中心工作室超市商贸食品服装餐饮酒家面馆]/;

/**
 * An individual business named after its owner: the registered name is the owner's, or is as short as
 * a person's and says nothing of a trade. When in doubt it is treated as such: found by code only.
 */
export function isOwnerNamed(
  kind: SubjectAttributes['kind'],
  name: string,
  owner: string | null,
): boolean {
  if (kind !== 'individual-business') return false;
  if (owner !== null && tidyName(owner) === name) return true;
  return isShortName(name) || (name.length <= 4 && !tradeWords.test(name));
}
