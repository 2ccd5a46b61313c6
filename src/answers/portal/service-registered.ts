/** Registered facts of a subject in the words of the code tables. */
import { maskAddress } from '../../kernel/mask.ts';
import { rowsOf } from '../../kernel/rulebook/tables.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import type { PublicFile } from '../../register/subjects/index.ts';
import type { SubjectPage } from './contract.ts';
import { shownText } from './domain-fields.ts';
import type { PortalLaw } from './service-law.ts';

type Subject = PublicFile['subject'];

const tables = new WeakMap<Rulebook, Map<string, ReadonlyMap<string, string>>>();

/** Names of a code table, read once per rulebook. */
function namesOf(rulebook: Rulebook, table: string): ReadonlyMap<string, string> {
  const known = tables.get(rulebook) ?? new Map<string, ReadonlyMap<string, string>>();
  tables.set(rulebook, known);
  const made =
    known.get(table) ?? new Map(rowsOf(rulebook, table).map((row) => [row.code, row.name]));
  known.set(table, made);
  return made;
}

/** A code with its name where the table has one; text that is no code stays as it is. */
function named(law: PortalLaw, table: string, value: string | null): string | null {
  if (value === null) return null;
  const name = namesOf(law.rulebook, table).get(value);
  return name === undefined ? value : `${name}（${value}）`;
}

/** Where a subject is registered, down to the county; `null` when neither text nor code tells. */
export function placeOf(
  law: PortalLaw,
  subject: Pick<Subject, 'province' | 'city' | 'region'>,
): string | null {
  const { province, city, region } = subject;
  if (province !== null || city !== null) {
    return province === city ? city : `${province ?? ''}${city ?? ''}`;
  }
  return region === null ? null : placeNameOf(law, region);
}

/** Name of a division with the ones it lies in; `null` when the table knows none of them. */
export function placeNameOf(law: PortalLaw, region: string): string | null {
  const divisions = namesOf(law.rulebook, 'divisions');
  const chain = [`${region.slice(0, 2)}0000`, `${region.slice(0, 4)}00`, region];
  const parts = [...new Set(chain)].flatMap((code) => divisions.get(code) ?? []);
  return parts.length === 0 ? null : [...new Set(parts)].join('');
}

/**
 * Registered facts in the order of the report. What this platform does not take in is told as such
 * (`null`), never left out. The place of an individual business is often its owner's home: it is told
 * down to the county.
 */
export function registeredFacts(law: PortalLaw, subject: Subject): SubjectPage['registered'] {
  const individual = subject.kind === 'individual-business';
  const address =
    subject.address === null ? null : individual ? maskAddress(subject.address) : subject.address;
  const organisationCode =
    subject.evidence.organisationCodes[0] ??
    (subject.uscc !== null && subject.uscc.length === 18 ? subject.uscc.slice(8, 17) : null);
  const facts: readonly (readonly [string, string | null])[] = [
    ['uscc', subject.uscc],
    ['organisation-code', individual ? null : organisationCode],
    ['registration-number', subject.evidence.registrationNumbers[0] ?? null],
    ['type', named(law, 'enterprise-type', subject.enterpriseType)],
    ['status', subject.status],
    ['registered-on', subject.registeredOn],
    ['representative', null],
    ['capital', subject.capitalText],
    ['place', placeOf(law, subject)],
    ['address', address],
    ['industry', named(law, 'industries-2017', subject.industry)],
    ['scope', subject.scope],
  ];
  return facts
    .filter(([key, value]) => value !== null || alwaysTold.has(key))
    .map(([key, value]) => ({
      key,
      value: value !== null && freeText.has(key) ? shownText(value) : value,
    }));
}

/** Facts somebody wrote in words of their own. */
const freeText: ReadonlySet<string> = new Set(['capital', 'address', 'scope']);

/** Facts whose absence is said; the others are left out where registration has none. */
const alwaysTold: ReadonlySet<string> = new Set([
  'uscc',
  'type',
  'registered-on',
  'representative',
  'address',
]);
