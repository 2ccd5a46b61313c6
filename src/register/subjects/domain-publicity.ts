/** Who may be found how by the public (design.md §9). Pure. */
import { canonicalName } from '../../kernel/text/organisation-name.ts';
import type { ScriptVariants } from '../../kernel/text/organisation-name.ts';
import type { Subject } from './domain.ts';
import { type IdentifierEvidence, subjectNumbers } from './domain-link-evidence.ts';

/** By which number a subject was found; `similar`: by a code that was probably meant. */
export type CodeMatch =
  'uscc' | 'former-uscc' | 'organisation-code' | 'registration-number' | 'similar';

/** By which of its names a subject was found. */
export type NameMatch = { readonly by: 'present' | 'former' | 'other'; readonly matched: string };

/** Whether a subject may be listed for a part of its name, its pinyin or its short name. */
export function isListed(subject: Pick<Subject, 'kind' | 'duplicateOf'>): boolean {
  return subject.kind === 'organisation' && subject.duplicateOf === null;
}

/**
 * How a subject answers to the numbers somebody typed; `null` when it does not. An individual business
 * answers to its own numbers only, never to one that resembles them.
 */
export function matchByCode(subject: Subject, numbers: IdentifierEvidence): CodeMatch | null {
  const own = subjectNumbers({
    ...subject.evidence,
    uscc: subject.uscc,
    presentName: subject.name,
  });
  const has = (set: ReadonlySet<string>, list: readonly { readonly value: string }[]) =>
    list.some(({ value }) => set.has(value));
  if (numbers.codes.some(({ value }) => value === subject.uscc)) return 'uscc';
  if (has(own.codes, numbers.codes)) return 'former-uscc';
  if (has(own.organisationCodes, numbers.organisationCodes)) return 'organisation-code';
  if (has(own.registrationNumbers, numbers.registrationNumbers)) return 'registration-number';
  if (subject.kind !== 'organisation') return null;
  const similar =
    numbers.suggestions.some((value) => own.codes.has(value)) ||
    has(own.organisationCodes, numbers.derived);
  return similar ? 'similar' : null;
}

/**
 * By which name a subject answers to an exact name; `null` when it may not or does not. An individual
 * business answers to its present registered name only, and to none when that is its owner's.
 */
export function matchByName(
  subject: Subject,
  wanted: string,
  variants: ScriptVariants,
): NameMatch | null {
  const same = (name: string) => canonicalName(name, variants) === canonicalName(wanted, variants);
  if (subject.ownerNamed) return null;
  if (same(subject.name)) return { by: 'present', matched: subject.name };
  if (subject.kind !== 'organisation') return null;
  const borne = subject.evidence.names.find(({ name }) => same(name));
  if (borne === undefined) return null;
  return { by: borne.kind === 'former' ? 'former' : 'other', matched: borne.name };
}
