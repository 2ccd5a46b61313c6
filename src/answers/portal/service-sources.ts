/** How current the sources are, for the home page, the page about them, and every section of a file. */
import { dayOf, type Instant } from '../../kernel/day.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';
import type { Source, Sources } from './contract.ts';
import type { CityFacts } from './deps.ts';
import { type CurrencyOf, currencyOfItem, currencyOfSource } from './domain-currency.ts';
import { type PortalItem, type PortalLaw, itemName } from './service-law.ts';

/** The item the base library fills: its deliveries are imports, not batches. */
export function isBaseItem(item: DirectoryItem): boolean {
  return (
    item.family === 'registration' && item.standards.some((name) => /^base-library@/.test(name))
  );
}

/** How current each item in force is. */
export function itemCurrencies(law: PortalLaw, facts: CityFacts): Map<string, CurrencyOf> {
  const byItem = new Map<string, Instant[]>();
  for (const { item, lastReceivedAt } of facts.deliveries) {
    byItem.set(item, [...(byItem.get(item) ?? []), lastReceivedAt]);
  }
  const deliveriesOf = ({ item }: PortalItem) => [
    ...(byItem.get(item.code) ?? []),
    ...(isBaseItem(item) && facts.registryAt !== null ? [facts.registryAt] : []),
  ];
  return new Map(
    [...law.items.values()].map((found) => [
      found.item.code,
      currencyOfItem(found.item, deliveriesOf(found), law.on, law.calendar),
    ]),
  );
}

const unknownRhythm = { frequency: 'unknown', allowance: 'unknown' } as const;

/** A unit as it is told: with its name where the register of units knows one. */
export function unitOf(facts: CityFacts, code: string): { code: string; name: string | null } {
  const name = facts.unitNames.get(code);
  return { code, name: name === undefined || name === code ? null : name };
}

/** Every source with its newest delivery, the late ones first, and items nobody delivers. */
export function sources(law: PortalLaw, facts: CityFacts): Sources {
  const list: Source[] = facts.deliveries.map(({ provider, item, lastReceivedAt }) => {
    const rhythm = law.items.get(item)?.item ?? unknownRhythm;
    return {
      item,
      itemName: itemName(law, item),
      provider: unitOf(facts, provider),
      frequency: rhythm.frequency,
      currency: currencyOfSource(rhythm, lastReceivedAt, law.on, law.calendar),
    };
  });
  for (const { item } of law.items.values()) {
    if (!isBaseItem(item) || facts.registryAt === null) continue;
    list.unshift({
      item: item.code,
      itemName: itemName(law, item.code),
      provider: null,
      frequency: item.frequency,
      currency: currencyOfSource(item, facts.registryAt, law.on, law.calendar),
    });
  }
  const delivered = new Set(list.map(({ item }) => item));
  const count = (state: CurrencyOf['state']) =>
    list.filter(({ currency }) => currency.state === state).length;
  const notCovered = [...law.items.keys()]
    .filter((code) => !delivered.has(code))
    .map((item) => ({ item, itemName: itemName(law, item) }));
  return {
    asOf: law.on,
    counts: {
      current: count('current'),
      late: count('late'),
      unknown: count('unknown'),
      notCovered: notCovered.length,
    },
    sources: list,
    notCovered,
  };
}

/** The newest delivery of all, as a day; `null` when nothing was ever delivered. */
export function newestDelivery(facts: CityFacts): string | null {
  const all = [
    ...facts.deliveries.map(({ lastReceivedAt }) => lastReceivedAt),
    ...(facts.registryAt === null ? [] : [facts.registryAt]),
  ];
  const newest = all.reduce<Instant | null>((a, b) => (a === null || b > a ? b : a), null);
  return newest === null ? null : dayOf(newest);
}
