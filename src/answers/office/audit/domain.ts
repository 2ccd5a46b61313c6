/** What of an act or an event an auditor reads. Pure. */

/** Acts about the platform itself, of which every fact is a matter of the audit. */
const ownMatters: ReadonlySet<string> = new Set(['accounts', 'audit', 'rulebook', 'units']);

/** Whether texts among the facts of acts of a kind (`feature.verb`) may be told to an auditor. */
export function isOwnMatter(kind: string): boolean {
  return ownMatters.has(kind.split('.')[0] ?? '');
}

type Value = string | number | boolean | null;

/**
 * Facts as they are told: numbers and yes or no always, texts where `tellTexts`; other texts are content
 * of somebody's business, and only that there is one is told. `shown` covers numbers of persons.
 */
export function factsOf(
  detail: Readonly<Record<string, Value>>,
  tellTexts: boolean,
  shown: (text: string) => string,
): { name: string; value: string | null }[] {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({
      name,
      value: typeof value !== 'string' ? String(value) : tellTexts ? shown(value) : null,
    }));
}
