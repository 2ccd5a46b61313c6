/**
 * The rulebook in memory: editions with validity and recorded time, selected by date, place and
 * knowledge. Pure; loading is `law/rulebook`.
 */
import { type Day, type Instant, addDays } from '../day.ts';
import type { Document, DocumentKind, DocumentOf } from './document.ts';
import { type Article, type Provisions, baselessLevels } from './provisions.ts';

/** One edition as recorded: the document, its content digest, and when this installation learned it. */
export type Edition<D extends Document = Document> = {
  readonly document: D;
  readonly digest: string;
  readonly recordedAt: Instant;
};

/** Two officers confirmed an edition whose text nobody had read in full. */
export type Confirmation = { readonly edition: string; readonly confirmedAt: Instant };

/** All editions known, indexed. Immutable. */
export type Rulebook = {
  readonly editions: readonly Edition[];
  readonly confirmations: readonly Confirmation[];
  readonly byKind: ReadonlyMap<DocumentKind, readonly Edition[]>;
  readonly instruments: ReadonlyMap<string, readonly Edition<Provisions>[]>;
  readonly confirmed: ReadonlySet<string>;
};

/** Name of an edition everywhere: `kind:id@edition`. */
export function editionKey(document: Pick<Document, 'kind' | 'id' | 'edition'>): string {
  return `${document.kind}:${document.id}@${document.edition}`;
}

/** Indexes editions. The order of the input does not matter. */
export function makeRulebook(
  editions: readonly Edition[],
  confirmations: readonly Confirmation[] = [],
): Rulebook {
  const byKind = new Map<DocumentKind, Edition[]>();
  const instruments = new Map<string, Edition<Provisions>[]>();
  const sorted = endSuperseded(editions).sort((a, b) =>
    editionKey(a.document) < editionKey(b.document) ? -1 : 1,
  );
  for (const edition of sorted) {
    const list = byKind.get(edition.document.kind) ?? [];
    list.push(edition);
    byKind.set(edition.document.kind, list);
    if (isKind(edition, 'provisions')) {
      const same = instruments.get(edition.document.id) ?? [];
      same.push(edition);
      instruments.set(edition.document.id, same);
    }
  }
  return {
    editions: sorted,
    confirmations,
    byKind,
    instruments,
    confirmed: new Set(confirmations.map((item) => item.edition)),
  };
}

/**
 * An edition that names the one it supersedes ends it on the day before its own first day. The older
 * text itself is never rewritten; what was known before the newer was recorded stays as it was.
 */
function endSuperseded(editions: readonly Edition[]): Edition[] {
  const ends = new Map<string, Day>();
  for (const { document } of editions) {
    if (document.supersedes === null || document.status === 'draft') continue;
    const older = document.supersedes.includes('@')
      ? document.supersedes
      : editionKey({ ...document, edition: document.supersedes });
    if (older.split('@')[0] !== editionKey(document).split('@')[0]) continue;
    ends.set(older, addDays(document.validFrom, -1));
  }
  return editions.map((edition) => {
    const end = ends.get(editionKey(edition.document));
    const { validTo } = edition.document;
    if (end === undefined || (validTo !== null && validTo <= end)) return edition;
    return { ...edition, document: { ...edition.document, validTo: end } };
  });
}

function isKind<K extends DocumentKind>(
  edition: Edition,
  kind: K,
): edition is Edition<DocumentOf<K>> {
  return edition.document.kind === kind;
}

/** What this installation knew at `instant`: later editions and confirmations are left out. */
export function knownAt(rulebook: Rulebook, instant: Instant): Rulebook {
  return makeRulebook(
    rulebook.editions.filter((edition) => edition.recordedAt <= instant),
    rulebook.confirmations.filter((item) => item.confirmedAt <= instant),
  );
}

/** All editions of a kind, whatever their dates. */
export function editionsOf<K extends DocumentKind>(
  rulebook: Rulebook,
  kind: K,
): readonly Edition<DocumentOf<K>>[] {
  return (rulebook.byKind.get(kind) ?? []) as readonly Edition<DocumentOf<K>>[];
}

/** Whether law of `jurisdiction` reaches `place` (a six-digit division code or `CN`). */
export function reaches(jurisdiction: string, place: string): boolean {
  if (jurisdiction === 'CN' || jurisdiction === place) return true;
  if (place === 'CN') return false;
  if (jurisdiction.endsWith('0000')) return jurisdiction.slice(0, 2) === place.slice(0, 2);
  if (jurisdiction.endsWith('00')) return jurisdiction.slice(0, 4) === place.slice(0, 4);
  return false;
}

/** Whether a document is in force on a day, by its own status and dates (both inclusive). */
export function isInForce(document: Document, on: Day): boolean {
  return (
    document.status !== 'draft' &&
    document.validFrom <= on &&
    (document.validTo === null || on <= document.validTo)
  );
}

/** Editions of a kind in force on a day at a place. */
export function inForce<K extends DocumentKind>(
  rulebook: Rulebook,
  kind: K,
  on: Day,
  place: string,
): readonly Edition<DocumentOf<K>>[] {
  return editionsOf(rulebook, kind).filter(
    (edition) =>
      isInForce(edition.document, on) && reaches(edition.document.jurisdiction, place),
  );
}

/**
 * The edition of one id in force on a day: of several the one that came into force last, then the one
 * recorded last. `null` when none is.
 */
export function editionInForce<K extends DocumentKind>(
  rulebook: Rulebook,
  kind: K,
  id: string,
  on: Day,
): Edition<DocumentOf<K>> | null {
  const found = editionsOf(rulebook, kind).filter(
    (edition) => edition.document.id === id && isInForce(edition.document, on),
  );
  return found.reduce<Edition<DocumentOf<K>> | null>((best, edition) => {
    if (best === null) return edition;
    const newer =
      edition.document.validFrom > best.document.validFrom ||
      (edition.document.validFrom === best.document.validFrom &&
        edition.recordedAt >= best.recordedAt);
    return newer ? edition : best;
  }, null);
}

/** Whether a statement of an edition may carry an act: read in full, or confirmed by two officers. */
export function isConfirmed(
  rulebook: Rulebook,
  document: Document,
  confidence: 'confirmed' | 'unconfirmed' = 'confirmed',
): boolean {
  if (rulebook.confirmed.has(editionKey(document))) return true;
  return document.confidence === 'confirmed' && confidence === 'confirmed';
}

/** How a pointer stands on a day at a place. Only `in-force` carries an act. */
export type Standing = {
  readonly pointer: string;
  readonly state:
    'in-force' | 'not-yet' | 'ended' | 'elsewhere' | 'plan' | 'unconfirmed' | 'not-found';
  readonly instrument: Provisions | null;
  readonly article: Article | null;
};

/** Looks a pointer `instrument#article` up as of a day and a place. */
export function standingOf(
  rulebook: Rulebook,
  pointer: string,
  on: Day,
  place: string,
): Standing {
  const [id = '', articleNo] = pointer.split('#');
  const editions = rulebook.instruments.get(id) ?? [];
  const current =
    editions.find((edition) => isInForce(edition.document, on)) ?? editions[editions.length - 1];
  if (current === undefined) {
    return { pointer, state: 'not-found', instrument: null, article: null };
  }
  const instrument = current.document;
  const article =
    articleNo === undefined
      ? null
      : (instrument.articles.find((item) => item.no === articleNo) ?? null);
  const state =
    articleNo !== undefined && article === null
      ? 'not-found'
      : stateOf(rulebook, instrument, article, { on, place });
  return { pointer, state, instrument, article };
}

function stateOf(
  rulebook: Rulebook,
  instrument: Provisions,
  article: Article | null,
  { on, place }: { readonly on: Day; readonly place: string },
): Standing['state'] {
  if (baselessLevels.includes(instrument.level)) return 'plan';
  if (!reaches(instrument.jurisdiction, place)) return 'elsewhere';
  const from = article?.validFrom ?? instrument.validFrom;
  const to = article?.validTo === undefined ? instrument.validTo : article.validTo;
  if (on < from) return 'not-yet';
  if ((to !== null && on > to) || (instrument.validTo !== null && on > instrument.validTo)) {
    return 'ended';
  }
  if (!isConfirmed(rulebook, instrument, article?.confidence)) return 'unconfirmed';
  return 'in-force';
}

/** The first pointer that carries an act on that day; `null` when none does (no basis, no act). */
export function supportOf(
  rulebook: Rulebook,
  pointers: readonly string[],
  on: Day,
  place: string,
): Standing | null {
  for (const pointer of pointers) {
    const standing = standingOf(rulebook, pointer, on, place);
    if (standing.state === 'in-force') return standing;
  }
  return null;
}

/** Days on which the standing of any of these pointers may change, for cutting time into segments. */
export function turningDays(rulebook: Rulebook, pointers: readonly string[]): Day[] {
  const days: Day[] = [];
  for (const pointer of pointers) {
    const [id = '', articleNo] = pointer.split('#');
    for (const { document } of rulebook.instruments.get(id) ?? []) {
      const article = document.articles.find((item) => item.no === articleNo);
      for (const value of [document.validFrom, article?.validFrom]) if (value) days.push(value);
      for (const value of [document.validTo, article?.validTo]) if (value) days.push(addDays(value, 1));
    }
  }
  return days;
}
