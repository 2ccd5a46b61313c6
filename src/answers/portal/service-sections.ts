/** What the sections of every file have in common: worked out once for a law and the city's facts. */
import type { Words } from './law/contract.ts';
import type { CityFacts } from './deps.ts';
import type { CurrencyOf } from './domain-currency.ts';
import { type SectionKey, sectionOf, sectionOrder } from './domain-sections.ts';
import { type PortalItem, type PortalLaw, itemName } from './service-law.ts';
import { isBaseItem, itemCurrencies } from './service-sources.ts';

/** An item in a section, before anything is known of a subject. */
export type SectionItem = {
  readonly code: string;
  readonly name: Words;
  readonly publicity: PortalItem['item']['publicity'];
  readonly collectible: boolean;
  /** Filled by the base library: every subject has it. */
  readonly base: boolean;
  readonly currency: CurrencyOf;
};

/** Sections in order with their items, and the section an item's records stand in. */
export type SectionFrame = {
  readonly sections: readonly {
    readonly key: SectionKey;
    readonly items: readonly SectionItem[];
  }[];
  readonly keyOf: (code: string) => SectionKey;
};

const made = new WeakMap<CityFacts, { readonly law: PortalLaw; readonly frame: SectionFrame }>();

/** The frame of all files, made again when the law, the day or the deliveries have changed. */
export function sectionFrame(law: PortalLaw, facts: CityFacts): SectionFrame {
  const known = made.get(facts);
  if (known?.law === law) return known.frame;
  const frame = makeFrame(law, facts);
  made.set(facts, { law, frame });
  return frame;
}

function makeFrame(law: PortalLaw, facts: CityFacts): SectionFrame {
  const currencies = itemCurrencies(law, facts);
  const items = new Map<SectionKey, SectionItem[]>(sectionOrder.map((key) => [key, []]));
  const keys = new Map<string, SectionKey>();
  for (const found of law.items.values()) {
    const { code, publicity, family } = found.item;
    const key = sectionOf(family, found.layer);
    keys.set(code, key);
    items.get(key)!.push({
      code,
      name: itemName(law, code),
      publicity,
      collectible: found.collectible,
      base: isBaseItem(found.item),
      currency: currencies.get(code)!,
    });
  }
  return {
    sections: sectionOrder.map((key) => ({ key, items: items.get(key)! })),
    keyOf: (code) => keys.get(code) ?? 'other',
  };
}
