/** The law as this installation knows it at one moment, with the plans made from it. */
import { digestOf } from '../../kernel/canonical.ts';
import type { Day } from '../../kernel/day.ts';
import {
  type Rulebook,
  editionKey,
  editionsOf,
  inForce,
  isConfirmed,
} from '../../kernel/rulebook/rulebook.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import {
  type FoundItem,
  findItem,
  itemsOn,
  standardNamed,
  standardsOf,
} from '../../law/directory/index.ts';
import type { ItemFacts } from './domain.ts';
import { type Plan, makePlan } from './domain-plan.ts';

/** Rulebook, place and day, with everything derived from them kept for millions of rows. */
export type LawView = {
  readonly rulebook: Rulebook;
  /** Everything stored windows rest on beside the facts of their records; another one makes them stale. */
  readonly digest: string;
  readonly place: string;
  readonly on: Day;
  /** What the directory says about an item on the day of the view; `null` when it names none. */
  readonly itemFacts: (code: string) => ItemFacts | null;
  readonly planFor: (item: ItemFacts, sector: string | null) => Plan;
  /** Sector of an authority by the register of units, else by its name; `null` when neither tells. */
  readonly sectorOf: (authorityCode: string | null, authorityName: string | null) => string | null;
  readonly standardOf: (name: string) => Standard | null;
};

/** Sector the register of units gives for an authority's code. */
export type UnitSectors = ReadonlyMap<string, string>;

/** Makes a view; plans are made on first need. */
export function makeLawView(
  rulebook: Rulebook,
  place: string,
  on: Day,
  unitSectors: UnitSectors,
): LawView {
  const plans = new Map<string, Plan>();
  const items = new Map<string, ItemFacts | null>();
  const standards = new Map<string, Standard | null>();
  return {
    rulebook,
    digest: digestOf([
      ...rulebook.editions.map((edition) => `${editionKey(edition.document)} ${edition.digest}`),
      ...[...rulebook.confirmed].sort(),
      // What the directory says changes on days of its own.
      ...itemsOn(rulebook, on, place).map(({ item, edition }) => `${item.code} ${edition}`),
      ...[...unitSectors].map(([unit, sector]) => `${unit} ${sector}`).sort(),
    ]),
    place,
    on,
    itemFacts: (code) => remember(items, code, () => factsOf(rulebook, code, on, place)),
    planFor: (item, sector) =>
      remember(plans, `${item.code}|${item.edition}|${sector ?? ''}`, () =>
        makePlan(rulebook, {
          family: item.family,
          sector,
          nature: item.nature,
          place,
          itemBasis: item.basis,
        }),
      ),
    sectorOf: sectorFinder(rulebook, { place, on, unitSectors }),
    standardOf: (name) =>
      remember(
        standards,
        name,
        () => standardNamed(rulebook, name) ?? ownStandard(rulebook, name, on, place),
      ),
  };
}

function isItemConfirmed(rulebook: Rulebook, { item, edition }: FoundItem): boolean {
  const directory = editionsOf(rulebook, 'directory').find(
    ({ document }) => editionKey(document) === edition,
  );
  return directory !== undefined && isConfirmed(rulebook, directory.document, item.confidence);
}

function factsOf(rulebook: Rulebook, code: string, on: Day, place: string): ItemFacts | null {
  const found = findItem(rulebook, code, on, place);
  if (found === null) return null;
  const { item } = found;
  return {
    code: item.code,
    name: item.name,
    family: item.family,
    nature: item.nature,
    publicity: item.publicity,
    sharing: item.sharing,
    graded: item.graded,
    basis: item.basis === 'unknown' ? [] : item.basis,
    edition: found.edition,
    confirmed: isItemConfirmed(rulebook, found),
  };
}

/** Items with fields of their own are their own standard, under the item's code. */
function ownStandard(rulebook: Rulebook, name: string, on: Day, place: string): Standard | null {
  const found = findItem(rulebook, name.split('@')[0] ?? '', on, place);
  if (found === null) return null;
  const standards = standardsOf(rulebook, found);
  return standards.find((item) => `${item.id}@${item.edition}` === name) ?? null;
}

function sectorFinder(
  rulebook: Rulebook,
  view: { readonly place: string; readonly on: Day; readonly unitSectors: UnitSectors },
): LawView['sectorOf'] {
  const byName = new Map<string, string | null>();
  const patterns = inForce(rulebook, 'sectors', view.on, view.place).flatMap(({ document }) =>
    document.sectors.flatMap((sector) =>
      sector.authorityNames.map((part) => ({ part, code: sector.code })),
    ),
  );
  // The order of the file decides, top to bottom: a field's own enforcement team (文化市场综合行政执法)
  // belongs to its field before 综合行政执法 alone makes it urban management.
  return (authorityCode, authorityName) => {
    const registered = authorityCode === null ? undefined : view.unitSectors.get(authorityCode);
    if (registered !== undefined) return registered;
    if (authorityName === null) return null;
    return remember(
      byName,
      authorityName,
      () => patterns.find(({ part }) => authorityName.includes(part))?.code ?? null,
    );
  };
}

function remember<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined || cache.has(key)) return known as Value;
  const made = make();
  cache.set(key, made);
  return made;
}
