/** 目录: finding items and telling whether they may be collected. Pure. */
import type { Day } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { DirectoryItem } from '../../kernel/rulebook/directory.ts';
import {
  type Rulebook,
  type Standing,
  editionKey,
  editionsOf,
  inForce,
  standingOf,
  supportOf,
} from '../../kernel/rulebook/rulebook.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';

/** An item with the edition it stands in. */
export type FoundItem = { readonly item: DirectoryItem; readonly edition: string };

/** All items in force on a day at a place, national layer first. */
export function itemsOn(rulebook: Rulebook, on: Day, place: string): FoundItem[] {
  const rank = { nation: 1, province: 2, city: 3 };
  return [...inForce(rulebook, 'directory', on, place)]
    .sort((a, b) => rank[a.document.layer] - rank[b.document.layer])
    .flatMap(({ document }) =>
      document.items
        .filter(
          (item) =>
            (item.effectiveFrom === undefined || item.effectiveFrom <= on) &&
            (item.effectiveTo === undefined || item.effectiveTo === null || on <= item.effectiveTo),
        )
        .map((item) => ({ item, edition: editionKey(document) })),
    );
}

/** Finds an item by code, alias or Chinese name; case and width of letters do not matter. */
export function findItem(
  rulebook: Rulebook,
  wanted: string,
  on: Day,
  place: string,
): FoundItem | null {
  const fold = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  const name = fold(wanted);
  const items = itemsOn(rulebook, on, place);
  return (
    items.find(({ item }) => item.code === name) ??
    items.find(({ item }) => [item.name, ...item.aliases].some((alias) => fold(alias) === name)) ??
    null
  );
}

/**
 * No basis, no act: an item is collectible while it is effective and one of its provisions carries it
 * on that day at that place. Refuses `directory.not-effective`, `directory.no-basis {states}`.
 */
export function collectible(
  rulebook: Rulebook,
  found: FoundItem,
  on: Day,
  place: string,
): Result<Standing> {
  const { item, edition } = found;
  if (item.status !== 'effective') {
    return refuse('directory.not-effective', { item: item.code, status: item.status }, edition);
  }
  if (item.basis === 'unknown') {
    return refuse('directory.no-basis', { item: item.code, states: 'unknown' }, edition);
  }
  const support = supportOf(rulebook, item.basis, on, place);
  if (support !== null) return ok(support);
  const states = item.basis
    .map((pointer) => `${pointer}: ${standingOf(rulebook, pointer, on, place).state}`)
    .join('；');
  return refuse('directory.no-basis', { item: item.code, states }, edition);
}

/** The standard of a name `id@edition`, or `null`. */
export function standardNamed(rulebook: Rulebook, name: string): Standard | null {
  const found = editionsOf(rulebook, 'standard').find(
    ({ document }) => `${document.id}@${document.edition}` === name,
  );
  return found?.document ?? null;
}

/**
 * Standards an item may arrive in, newest first. An item with fields of its own is its own standard:
 * that is how any item is collectible without code.
 */
export function standardsOf(rulebook: Rulebook, found: FoundItem): Standard[] {
  const { item } = found;
  const named = item.standards.flatMap((name) => standardNamed(rulebook, name) ?? []);
  return item.fields === undefined ? named : [ownStandard(found), ...named];
}

function ownStandard({ item, edition }: FoundItem): Standard {
  return {
    kind: 'standard',
    id: item.code,
    edition: edition.split('@')[1] ?? '',
    title: item.name,
    titleEn: item.nameEn,
    layer: 'city',
    jurisdiction: 'CN',
    validFrom: '0001-01-01' as Day,
    validTo: null,
    authority: edition,
    citation: item.basis === 'unknown' ? [] : item.basis,
    status: 'in-force',
    supersedes: null,
    confidence: item.confidence,
    sources: [],
    aliases: [],
    fields: item.fields ?? [],
    rules: item.rules ?? [],
    template: { sheet: item.name, fileName: item.name },
    mappings: [],
  };
}
