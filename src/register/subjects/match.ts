/**
 * `xinheng match`: lines against a registry held in memory, by the same decision as collection
 * (domain-link.ts). The registry is what a base-library file gives: one row, one subject; exact
 * repeats of a row are one subject, two names under one code are two.
 */
import { parseDay } from '../../kernel/day.ts';
import { identify } from '../../kernel/identifiers/identify.ts';
import { canonicalName } from '../../kernel/text/organisation-name.ts';
import { type CandidateGround, type LinkMethod, decideRow } from './domain-link.ts';
import type { LinkCandidate } from './domain-link-subject.ts';
import {
  type LinkTables,
  keysOfRow,
  nearKey,
  nearKeyOfRow,
  readRow,
  subjectKeys,
} from './domain-link-evidence.ts';
import type { LinkReason } from './domain-link-reasons.ts';

/** A row of a registry file; an empty text where a column is empty. */
export type RegistryRow = {
  readonly name: string;
  readonly code: string;
  readonly registered_on?: string;
  readonly province?: string;
  readonly city?: string;
  readonly address?: string;
};

/** A line to be matched; any part may be empty or missing. */
export type MatchLine = {
  readonly id: string;
  readonly name?: string | null;
  readonly code?: string | null;
  readonly province?: string | null;
  readonly city?: string | null;
};

/** A candidate as printed. */
export type MatchCandidate = {
  readonly uscc: string | null;
  readonly name: string;
  readonly province: string | null;
  readonly city: string | null;
  readonly grounds: readonly CandidateGround[];
};

/**
 * The answer for one line. `uscc` is the code under which the registry keeps the subject linked: its
 * unified code, or its registration number where it has none.
 */
export type MatchAnswer = {
  readonly id: string;
  readonly outcome: 'linked' | 'review' | 'none';
  readonly uscc: string | null;
  readonly method: LinkMethod | null;
  readonly candidates: readonly MatchCandidate[];
  readonly reasons: readonly LinkReason[];
};

/** A registry in memory: subjects by number, and which of them stand under each key. */
export type MatchRegistry = {
  readonly tables: LinkTables;
  readonly subjects: readonly LinkCandidate[];
  readonly byKey: ReadonlyMap<string, readonly number[]>;
};

/** Builds a registry from rows; exact repeats of name and code are dropped. */
export function buildRegistry(rows: Iterable<RegistryRow>, tables: LinkTables): MatchRegistry {
  const subjects: LinkCandidate[] = [];
  const byKey = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const row of rows) {
    const subject = subjectOf(row, String(subjects.length), tables);
    const repeat = repeatKey(row, subject, tables);
    if (seen.has(repeat)) continue;
    seen.add(repeat);
    const near = nearKey(subject.presentName, tables);
    for (const key of [...subjectKeys(subject, tables), ...(near === null ? [] : [near])]) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [subjects.length]);
      else list.push(subjects.length);
    }
    subjects.push(subject);
  }
  return { tables, subjects, byKey };
}

/** Without any code two equal rows may be two organisations, unless the address is the same too. */
function repeatKey(row: RegistryRow, subject: LinkCandidate, tables: LinkTables): string {
  const code = codeOf(subject);
  const name = canonicalName(row.name, tables.scriptVariants);
  return JSON.stringify(
    code === null ? [name, row.province, row.city, row.address, row.registered_on] : [code, name],
  );
}

function subjectOf(row: RegistryRow, subjectId: string, tables: LinkTables): LinkCandidate {
  const { kind, normalised, verdict } = identify(row.code, tables);
  const isCode = kind === 'uscc' && verdict !== 'invalid';
  const isOrganisationCode = kind === 'organisation-code' && verdict !== 'invalid';
  const usable = verdict !== 'empty' && kind !== 'placeholder' && kind !== 'resident-id';
  return {
    subjectId,
    uscc: isCode ? normalised : null,
    organisationCodes: isOrganisationCode ? [normalised] : [],
    registrationNumbers: usable && !isCode && !isOrganisationCode ? [normalised] : [],
    presentName: row.name,
    names: [],
    province: row.province ?? null,
    city: row.city ?? null,
    regionCode: null,
    aliveFrom: parseDay(row.registered_on ?? ''),
    aliveTo: null,
    status: null,
  };
}

function codeOf(subject: LinkCandidate): string | null {
  return subject.uscc ?? subject.registrationNumbers[0] ?? subject.organisationCodes[0] ?? null;
}

// A loose key can be common to hundreds of branches; the reviewer sees twenty at most.
const nearMax = 50;

/** Matches one line. */
export function matchLine(registry: MatchRegistry, line: MatchLine): MatchAnswer {
  const query = {
    name: line.name ?? null,
    code: line.code ?? null,
    organisationCode: null,
    registrationNumber: null,
    taxNumber: null,
    province: line.province ?? null,
    city: line.city ?? null,
    regionCode: null,
    decidedOn: null,
  };
  const reading = readRow(query, registry.tables);
  const found = new Set<number>();
  for (const key of keysOfRow(reading)) {
    for (const index of registry.byKey.get(key) ?? []) found.add(index);
  }
  const decideOn = () =>
    decideRow(
      reading,
      [...found].map((index) => registry.subjects[index]!),
      registry.tables,
    );
  let decision = decideOn();
  // Similar names are only shown: they are looked for when nothing exact decided.
  const near = decision.outcome === 'linked' ? null : nearKeyOfRow(reading);
  if (near !== null) {
    for (const index of registry.byKey.get(near)?.slice(0, nearMax) ?? []) found.add(index);
    decision = decideOn();
  }
  const subject = (id: string) => registry.subjects[Number(id)]!;
  return {
    id: line.id,
    outcome: decision.outcome,
    uscc: decision.outcome === 'linked' ? codeOf(subject(decision.subjectId)) : null,
    method: decision.outcome === 'linked' ? decision.method : null,
    candidates:
      decision.outcome === 'review'
        ? decision.candidates.map((shown) => printed(subject(shown.subjectId), shown.grounds))
        : [],
    reasons: decision.outcome === 'linked' ? decision.notes : decision.reasons,
  };
}

function printed(subject: LinkCandidate, grounds: readonly CandidateGround[]): MatchCandidate {
  return {
    uscc: codeOf(subject),
    name: subject.presentName,
    province: subject.province,
    city: subject.city,
    grounds,
  };
}
