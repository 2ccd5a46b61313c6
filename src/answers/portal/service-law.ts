/** The law as the public reads it: provisions, directory items, standards, terms. */
import type { CalendarData } from '../../kernel/calendar.ts';
import { type Day, dayOf } from '../../kernel/day.ts';
import type { Layer } from '../../kernel/rulebook/header.ts';
import type { Provisions } from '../../kernel/rulebook/provisions.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  editionsOf,
  standingOf,
} from '../../kernel/rulebook/rulebook.ts';
import { calendarOf } from '../../kernel/rulebook/tables.ts';
import type { LawView } from '../../archive/records/index.ts';
import { type FoundItem, collectible, itemsOn } from '../../law/directory/index.ts';
import type { PublicConfirmation } from '../../law/rulebook/index.ts';
import type { CityFacts } from './deps.ts';
import type {
  Cited,
  DirectoryItemPage,
  Instrument,
  InstrumentDetail,
  Words,
} from './law/contract.ts';

/** An item in force with what the portal asks of it again and again. */
export type PortalItem = FoundItem & { readonly layer: Layer; readonly collectible: boolean };

/** A view of the law with what is derived from it. */
export type PortalLaw = {
  readonly rulebook: Rulebook;
  readonly on: Day;
  readonly place: string;
  readonly items: ReadonlyMap<string, PortalItem>;
  readonly calendar: CalendarData;
};

const made = new WeakMap<LawView, PortalLaw>();

/** What the portal derives from a view, made once per view. */
export function portalLaw(view: LawView): PortalLaw {
  const known = made.get(view);
  if (known !== undefined) return known;
  const { rulebook, on, place } = view;
  const layers = new Map(
    editionsOf(rulebook, 'directory').map(({ document }) => [editionKey(document), document.layer]),
  );
  const items = new Map<string, PortalItem>();
  for (const found of itemsOn(rulebook, on, place)) {
    if (items.has(found.item.code)) continue;
    items.set(found.item.code, {
      ...found,
      layer: layers.get(found.edition) ?? 'nation',
      collectible: collectible(rulebook, found, on, place).ok,
    });
  }
  const law = { rulebook, on, place, items, calendar: calendarOf(rulebook) };
  made.set(view, law);
  return law;
}

/** A provision as a reader looks it up, in both languages. */
export function cited(law: PortalLaw, pointer: string): Cited {
  const { instrument, article, state } = standingOf(law.rulebook, pointer, law.on, law.place);
  const read =
    instrument?.confidence === 'confirmed' &&
    (article === null || article.confidence === 'confirmed');
  return {
    pointer,
    instrument: {
      zh: instrument?.title ?? pointer,
      en: instrument?.titleEn ?? instrument?.title ?? pointer,
    },
    number: instrument?.number ?? null,
    article: article?.cite ?? null,
    state,
    confidence: read ? 'confirmed' : 'unconfirmed',
  };
}

/** Name of an item in both languages; its code where the directory no longer names it. */
export function itemName(law: PortalLaw, code: string): Words {
  const item = law.items.get(code)?.item;
  return { zh: item?.name ?? code, en: item?.nameEn ?? code };
}

/** All items in force, the national layer first. */
export function directoryItems(law: PortalLaw): DirectoryItemPage[] {
  const classNames = new Map(
    editionsOf(law.rulebook, 'directory').flatMap(({ document }) =>
      document.classes.map(({ no, name, nameEn }) => [no, { zh: name, en: nameEn }] as const),
    ),
  );
  return [...law.items.values()].map((found) => {
    const { item } = found;
    return {
      code: item.code,
      name: { zh: item.name, en: item.nameEn },
      definition: item.definition,
      classNo: item.class,
      className: classNames.get(item.class) ?? null,
      layer: found.layer,
      edition: found.edition,
      status: item.status,
      collectible: found.collectible,
      basis: item.basis === 'unknown' ? null : item.basis.map((pointer) => cited(law, pointer)),
      providers: item.providers === 'unknown' ? null : item.providers,
      frequency: item.frequency,
      allowance:
        item.allowance === 'unknown' ? 'unknown' : `${item.allowance.count} ${item.allowance.unit}`,
      sharing: item.sharing,
      sharingCondition: item.sharingCondition ?? null,
      publicity: item.publicity,
      publicityNote: item.publicityNote ?? null,
      retention: item.retention === 'unknown' ? 'unknown' : `${item.retention.years} year`,
      nature: item.nature,
      graded: item.graded,
      standards: item.fields === undefined ? item.standards : [item.code, ...item.standards],
      confidence: item.confidence,
      note: item.note ?? null,
    };
  });
}

/** A confirmation as it is told: accounts and day. */
export function confirmationOf(
  known: PublicConfirmation | undefined,
): { first: string; second: string; on: Day } | null {
  return known === undefined
    ? null
    : { first: known.first, second: known.second, on: dayOf(known.confirmedAt) };
}

function instrumentOf(law: PortalLaw, edition: Edition<Provisions>, facts: CityFacts): Instrument {
  const { document } = edition;
  return {
    id: document.id,
    edition: document.edition,
    title: { zh: document.title, en: document.titleEn },
    number: document.number,
    level: document.level,
    jurisdiction: document.jurisdiction,
    authority: document.authority,
    validFrom: document.validFrom,
    validTo: document.validTo,
    state: standingOf(law.rulebook, document.id, law.on, law.place).state,
    confidence: document.confidence,
    confirmed: confirmationOf(facts.confirmers.get(editionKey(document))),
  };
}

/** The edition of an instrument that counts today; the last known when none does. Drafts never do. */
function editionNow(law: PortalLaw, id: string): Edition<Provisions> | null {
  const editions = (law.rulebook.instruments.get(id) ?? []).filter(
    ({ document }) => document.status !== 'draft',
  );
  const now = editions.find(
    ({ document }) =>
      document.validFrom <= law.on && (document.validTo === null || law.on <= document.validTo),
  );
  return now ?? editions.at(-1) ?? null;
}

const levels = [
  'law',
  'administrative-regulation',
  'central-policy',
  'departmental-rule',
  'judicial-interpretation',
  'provincial-regulation',
  'city-regulation',
  'government-rule',
  'normative-document',
  'national-standard',
  'local-standard',
  'plan',
];

/** All instruments the rulebook knows, the highest rank first, the newest first within a rank. */
export function instruments(law: PortalLaw, facts: CityFacts): Instrument[] {
  return [...law.rulebook.instruments.keys()]
    .flatMap((id) => editionNow(law, id) ?? [])
    .map((edition) => instrumentOf(law, edition, facts))
    .sort(
      (a, b) =>
        levels.indexOf(a.level) - levels.indexOf(b.level) ||
        (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** One instrument with its articles and the items that rest on it; `null` when it is not known. */
export function instrumentDetail(
  law: PortalLaw,
  id: string,
  facts: CityFacts,
): InstrumentDetail | null {
  const edition = editionNow(law, id);
  if (edition === null) return null;
  const { document } = edition;
  return {
    instrument: instrumentOf(law, edition, facts),
    note: document.note ?? null,
    sources: document.sources,
    articles: document.articles.map((article) => ({
      no: article.no,
      cite: article.cite,
      gist: article.gist,
      gistEn: article.gistEn ?? null,
      confidence: article.confidence,
      state: standingOf(law.rulebook, `${id}#${article.no}`, law.on, law.place).state,
    })),
    items: [...law.items.values()]
      .filter(
        ({ item }) =>
          item.basis !== 'unknown' && item.basis.some((pointer) => pointer.split('#')[0] === id),
      )
      .map(({ item }) => ({ code: item.code, name: { zh: item.name, en: item.nameEn } })),
  };
}
