/** What changed in the law, and when: instruments and rules that came into force or ended. */
import { addDays } from '../../kernel/day.ts';
import type { Day } from '../../kernel/day.ts';
import { editionsOf } from '../../kernel/rulebook/rulebook.ts';
import type { Words } from './law/contract.ts';
import type { PortalLaw } from './service-law.ts';

/** One change, on the first day it counts. */
export type LawChange = {
  readonly on: Day;
  readonly what: 'begins' | 'ends';
  readonly kind: 'instrument' | 'rule';
  readonly title: Words;
  readonly edition: string;
  readonly number: string | null;
  /** Address of what changed, without language. */
  readonly path: string;
};

const ruleKinds = ['regime', 'classes', 'local-bound', 'transition'] as const;

const reaches = (jurisdiction: string, place: string) =>
  jurisdiction === 'CN' || place.startsWith(jurisdiction.replace(/(0000|00)$/, ''));

const made = new WeakMap<PortalLaw, readonly LawChange[]>();

/**
 * Every change up to today and those already decided for later, the newest first. Drafts and plans change
 * nothing; what does not reach this place is left out.
 */
export function lawChanges(law: PortalLaw): readonly LawChange[] {
  const known = made.get(law);
  if (known !== undefined) return known;
  const changes = [...instrumentChanges(law), ...ruleChanges(law)].sort(
    (a, b) => compare(b.on, a.on) || compare(a.path, b.path) || compare(b.what, a.what),
  );
  made.set(law, changes);
  return changes;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

type Lasting = { readonly validFrom: string; readonly validTo: string | null };

function both(document: Lasting, told: Omit<LawChange, 'on' | 'what'>): LawChange[] {
  const { validFrom, validTo } = document;
  return [
    { ...told, on: validFrom as Day, what: 'begins' },
    ...(validTo === null
      ? []
      : [{ ...told, on: addDays(validTo as Day, 1), what: 'ends' as const }]),
  ];
}

function instrumentChanges(law: PortalLaw): LawChange[] {
  return [...law.rulebook.instruments.values()].flat().flatMap(({ document }) =>
    document.status === 'draft' ||
    document.level === 'plan' ||
    !reaches(document.jurisdiction, law.place)
      ? []
      : both(document, {
          kind: 'instrument',
          title: { zh: document.title, en: document.titleEn },
          edition: document.edition,
          number: document.number,
          path: `/law/${document.id}`,
        }),
  );
}

function ruleChanges(law: PortalLaw): LawChange[] {
  return ruleKinds.flatMap((kind) =>
    editionsOf(law.rulebook, kind).flatMap(({ document }) =>
      document.status === 'draft' || !reaches(document.jurisdiction, law.place)
        ? []
        : both(document, {
            kind: 'rule',
            title: { zh: document.title, en: document.titleEn },
            edition: document.edition,
            number: null,
            path: `/law/terms/${document.id.replaceAll('/', '-')}`,
          }),
    ),
  );
}
