/** 规则包: checks across editions, differences between two, facts a proposal is decided on. Pure. */
import { type Json, digestOf } from '../../kernel/canonical.ts';
import { addDays } from '../../kernel/day.ts';
import { type Refusal, refuse } from '../../kernel/result.ts';
import type { Document } from '../../kernel/rulebook/document.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  editionsOf,
  standingOf,
} from '../../kernel/rulebook/rulebook.ts';

import { type NoticeProblem, templateProblems } from './domain-notices.ts';

/** What a proposal is decided on: the document and what the check found against it. */
export type ProposalFacts = {
  readonly kind: 'confirmation' | 'edition';
  readonly edition: string;
  readonly problems: readonly RulebookProblem[];
};

/** Something wrong between editions. `severity: error` refuses the load. */
export type RulebookProblem = {
  readonly severity: 'error' | 'warning';
  readonly edition: string;
  readonly code:
    | 'duplicate-edition'
    | 'overlap'
    | 'gap'
    | 'pointer-not-found'
    | 'rests-on-plan'
    | 'unknown-standard'
    | 'unknown-code-list'
    | 'alters-upper-layer'
    | 'dates-reversed'
    | 'lower-layer-base'
    | 'role-twice'
    | 'no-subject-name'
    | 'unknown-position'
    | 'purpose-twice'
    | NoticeProblem;
  readonly detail: string;
};

/** A document the check finds errors in can be neither proposed nor approved. */
export function unsoundEdition(facts: ProposalFacts): Refusal | null {
  const worst = facts.problems.find(
    (problem) => problem.severity === 'error' && problem.edition === facts.edition,
  );
  if (worst === undefined) return null;
  const refusal = refuse('rulebook.unsound', { edition: facts.edition, problem: worst.detail });
  return refusal.refusal;
}

/** Every problem of a rulebook; an empty list means sound. */
export function checkRulebook(rulebook: Rulebook): RulebookProblem[] {
  return [
    ...checkKeys(rulebook),
    ...checkOverlaps(rulebook),
    ...rulebook.editions.flatMap((edition) => checkPointers(rulebook, edition)),
    ...checkDirectories(rulebook),
    ...checkStandards(rulebook),
    ...checkRegimes(rulebook),
    ...checkPurposes(rulebook),
    ...checkNotices(rulebook),
  ];
}

function checkKeys(rulebook: Rulebook): RulebookProblem[] {
  const seen = new Set<string>();
  return rulebook.editions.flatMap(({ document }): RulebookProblem[] => {
    const key = editionKey(document);
    const problems: RulebookProblem[] = [];
    if (seen.has(key)) {
      problems.push({ severity: 'error', edition: key, code: 'duplicate-edition', detail: key });
    }
    seen.add(key);
    if (document.validTo !== null && document.validTo < document.validFrom) {
      problems.push({
        severity: 'error',
        edition: key,
        code: 'dates-reversed',
        detail: `${document.validFrom} > ${document.validTo}`,
      });
    }
    return problems;
  });
}

/** Two editions of one id must not be in force on one day; a hole between them is worth a warning. */
function checkOverlaps(rulebook: Rulebook): RulebookProblem[] {
  const groups = new Map<string, Edition[]>();
  for (const edition of rulebook.editions) {
    const { document } = edition;
    // A standard's editions stay readable side by side: departments send old templates for years.
    if (document.kind === 'standard' || document.status === 'draft') continue;
    const name = `${document.kind}:${document.id}`;
    groups.set(name, [...(groups.get(name) ?? []), edition]);
  }
  return [...groups.values()].flatMap((editions) => {
    const sorted = [...editions].sort((a, b) =>
      a.document.validFrom < b.document.validFrom ? -1 : 1,
    );
    return sorted.slice(1).flatMap((next, index): RulebookProblem[] => {
      const before = sorted[index]!.document;
      const key = editionKey(next.document);
      if (before.validTo === null || before.validTo >= next.document.validFrom) {
        return [{ severity: 'error', edition: key, code: 'overlap', detail: editionKey(before) }];
      }
      const expected = addDays(before.validTo, 1);
      return expected === next.document.validFrom
        ? []
        : [{ severity: 'warning', edition: key, code: 'gap', detail: `from ${expected}` }];
    });
  });
}

/** All pointers of a document, wherever they stand. */
export function pointersOf(document: Document): string[] {
  const found: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) {
      for (const item of value) {
        if (typeof item === 'string' && (key === 'basis' || key === 'citation')) found.push(item);
        else walk(item, key);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) walk(item, name);
    }
  };
  walk(document, '');
  return found;
}

function checkPointers(rulebook: Rulebook, { document }: Edition): RulebookProblem[] {
  const edition = editionKey(document);
  return pointersOf(document).flatMap((pointer): RulebookProblem[] => {
    const { state } = standingOf(rulebook, pointer, document.validFrom, document.jurisdiction);
    if (state === 'not-found') {
      return [{ severity: 'error', edition, code: 'pointer-not-found', detail: pointer }];
    }
    if (state === 'plan' && document.kind !== 'provisions') {
      return [{ severity: 'warning', edition, code: 'rests-on-plan', detail: pointer }];
    }
    return [];
  });
}

const layerRank = { nation: 1, province: 2, city: 3 } as const;

/** Items name existing standards; a lower layer adds items and never repeats one from above. */
function checkDirectories(rulebook: Rulebook): RulebookProblem[] {
  const standards = new Set(
    editionsOf(rulebook, 'standard').map(({ document }) => `${document.id}@${document.edition}`),
  );
  const directories = editionsOf(rulebook, 'directory');
  return directories.flatMap(({ document }) => {
    const edition = editionKey(document);
    return document.items.flatMap((item): RulebookProblem[] => {
      const problems: RulebookProblem[] = item.standards
        .filter((standard) => !standards.has(standard))
        .map((detail) => ({ severity: 'error', edition, code: 'unknown-standard', detail }));
      const upper = directories.find(
        (other) =>
          layerRank[other.document.layer] < layerRank[document.layer] &&
          other.document.items.some((above) => above.code === item.code),
      );
      if (upper !== undefined) {
        problems.push({
          severity: 'error',
          edition,
          code: 'alters-upper-layer',
          detail: `${item.code} is already in ${editionKey(upper.document)}`,
        });
      }
      return problems;
    });
  });
}

/** A lower level may shorten publicity, never set it anew: only the nation, or a sector, has a base. */
function checkRegimes(rulebook: Rulebook): RulebookProblem[] {
  return editionsOf(rulebook, 'regime').flatMap(({ document }): RulebookProblem[] =>
    document.layer !== 'nation' &&
    document.combine === 'base' &&
    document.sectors.only === undefined
      ? [
          {
            severity: 'error',
            edition: editionKey(document),
            code: 'lower-layer-base',
            detail: `${document.layer} ${document.jurisdiction}`,
          },
        ]
      : [],
  );
}

/** Purposes are of positions there are, and one document names each once. */
function checkPurposes(rulebook: Rulebook): RulebookProblem[] {
  const positions = new Set(
    editionsOf(rulebook, 'roles').flatMap(({ document }) => document.positions.map(({ code }) => code)),
  );
  return editionsOf(rulebook, 'purposes').flatMap(({ document }) => {
    const edition = editionKey(document);
    const codes = document.purposes.map(({ code }) => code);
    const named = document.purposes.flatMap(({ allow }) => allow.flatMap((one) => one.positions));
    return [
      ...codes
        .filter((code, index) => codes.indexOf(code) !== index)
        .map((detail) => ({ severity: 'error', edition, code: 'purpose-twice', detail }) as const),
      ...[...new Set(named)]
        .filter((code) => !positions.has(code))
        .map((detail) => ({ severity: 'error', edition, code: 'unknown-position', detail }) as const),
    ];
  });
}

/** Letters that say what they may, to readers there are. */
function checkNotices(rulebook: Rulebook): RulebookProblem[] {
  const positions = new Set(
    editionsOf(rulebook, 'roles').flatMap(({ document }) => document.positions.map(({ code }) => code)),
  );
  return editionsOf(rulebook, 'notices').flatMap(({ document }) =>
    templateProblems(document.notices, positions).map((problem) => ({
      ...{ severity: 'error' as const, edition: editionKey(document), ...problem },
    })),
  );
}

function checkStandards(rulebook: Rulebook): RulebookProblem[] {
  const lists = new Set(editionsOf(rulebook, 'codes').map(({ document }) => document.id));
  const taken = new Set(
    editionsOf(rulebook, 'directory').flatMap(({ document }) =>
      document.items.flatMap((item) => item.standards),
    ),
  );
  return editionsOf(rulebook, 'standard').flatMap(({ document }) => {
    const edition = editionKey(document);
    const problems: RulebookProblem[] = [];
    const roles = document.fields.flatMap((field) => (field.role === undefined ? [] : [field.role]));
    for (const role of new Set(roles)) {
      if (roles.filter((other) => other === role).length > 1) {
        problems.push({ severity: 'error', edition, code: 'role-twice', detail: role });
      }
    }
    // Only what an item takes must say whom it is about; control columns, for one, need not.
    if (taken.has(`${document.id}@${document.edition}`) && !roles.includes('subject-name')) {
      problems.push({ severity: 'error', edition, code: 'no-subject-name', detail: document.id });
    }
    for (const { codeList } of document.fields) {
      if (codeList !== undefined && !lists.has(codeList)) {
        problems.push({ severity: 'error', edition, code: 'unknown-code-list', detail: codeList });
      }
    }
    return problems;
  });
}

/** One difference between two editions: where, what it was, what it is. */
export type Difference = {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

const keyNames = ['code', 'id', 'key', 'no', 'date'];

/** Differences between two documents. Lists of things with a code or id are compared by that. */
export function diffDocuments(before: Document, after: Document): Difference[] {
  const differences: Difference[] = [];
  const compare = (a: Json | undefined, b: Json | undefined, path: string): void => {
    if (a !== undefined && b !== undefined && digestOf(a) === digestOf(b)) return;
    const left = asMap(a);
    const right = asMap(b);
    if (left === null || right === null) {
      differences.push({ path, before: a, after: b });
      return;
    }
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      compare(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`);
    }
  };
  compare(before as unknown as Json, after as unknown as Json, '');
  return differences;
}

function asMap(value: Json | undefined): Map<string, Json | undefined> | null {
  if (Array.isArray(value)) {
    return new Map(value.map((item, index) => [nameOf(item, index), item as Json]));
  }
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value));
  return null;
}

function nameOf(item: unknown, index: number): string {
  if (typeof item === 'object' && item !== null) {
    for (const name of keyNames) {
      const value = (item as Record<string, unknown>)[name];
      if (typeof value === 'string' || typeof value === 'number') return `[${value}]`;
    }
  }
  return typeof item === 'string' ? `[${item}]` : `[${index}]`;
}
