/** How current the sources are, for the home page, the page about them, and every section of a file. */
import { type Day, type Instant, dayOf } from '../../kernel/day.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';
import { dutiesOn } from '../../intake/collection/index.ts';
import type { Source, Sources } from './contract.ts';
import type { CityFacts } from './deps.ts';
import {
  type CurrencyOf,
  type ItemSources,
  currencyOfItem,
  currencyOfSource,
  currencyOfUnheard,
} from './domain-currency.ts';
import { type PortalItem, type PortalLaw, itemName } from './service-law.ts';

/** The item the base library fills: its deliveries are imports, not batches. */
export function isBaseItem(item: DirectoryItem): boolean {
  return (
    item.family === 'registration' && item.standards.some((name) => /^base-library@/.test(name))
  );
}

type Delivered = CityFacts['deliveries'][number];

const nameOf = ({ provider, item }: Pick<Delivered, 'provider' | 'item'>) => `${provider}|${item}`;

/**
 * Sources that count on a day: who delivered and has not been released from it since, and who has to
 * report and never did.
 */
function sourcesOn(facts: CityFacts, on: Day) {
  const owed = dutiesOn(facts.duties, on);
  const released = new Set(facts.duties.map(nameOf));
  for (const duty of owed) released.delete(nameOf(duty));
  const heard = new Set(facts.deliveries.map(nameOf));
  return {
    heard: facts.deliveries.filter((source) => !released.has(nameOf(source))),
    unheard: owed.filter((duty) => !heard.has(nameOf(duty))),
  };
}

/** How current each item in force is. */
export function itemCurrencies(law: PortalLaw, facts: CityFacts): Map<string, CurrencyOf> {
  const { heard, unheard } = sourcesOn(facts, law.on);
  const sourcesOf = ({ item }: PortalItem): ItemSources => ({
    deliveries: [
      ...heard.flatMap((one) => (one.item === item.code ? one.lastReceivedAt : [])),
      ...(isBaseItem(item) && facts.registryAt !== null ? [facts.registryAt] : []),
    ],
    unheard: unheard.flatMap((one) => (one.item === item.code ? one.since : [])),
  });
  return new Map(
    [...law.items.values()].map((found) => [
      found.item.code,
      currencyOfItem(found.item, sourcesOf(found), law.on, law.calendar),
    ]),
  );
}

const unknownRhythm = { frequency: 'unknown', allowance: 'unknown' } as const;

/** A unit as it is told: with its name where the register of units knows one. */
export function unitOf(facts: CityFacts, code: string): { code: string; name: string | null } {
  const name = facts.unitNames.get(code);
  return { code, name: name === undefined || name === code ? null : name };
}

/** Every source with its newest delivery, those that never delivered, and items nobody delivers. */
export function sources(law: PortalLaw, facts: CityFacts): Sources {
  const { heard, unheard } = sourcesOn(facts, law.on);
  const rhythmOf = (item: string) => law.items.get(item)?.item ?? unknownRhythm;
  const row = (provider: string, item: string, currency: CurrencyOf): Source => ({
    item,
    itemName: itemName(law, item),
    provider: unitOf(facts, provider),
    frequency: rhythmOf(item).frequency,
    currency,
  });
  const list = [
    ...heard.map(({ provider, item, lastReceivedAt: at }) =>
      row(provider, item, currencyOfSource(rhythmOf(item), at, law.on, law.calendar)),
    ),
    ...unheard.map(({ provider, item, since }) =>
      row(provider, item, currencyOfUnheard(rhythmOf(item), since, law.on, law.calendar)),
    ),
  ];
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
  const delivered = new Set(
    list.flatMap(({ item, currency }) => (currency.lastReceivedOn === null ? [] : item)),
  );
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
