/** Sections of a subject's file in the order of the ordinary report of 2022, each with its state. Pure. */
import type { DirectoryItem, Family } from '../../kernel/rulebook/directory.ts';
import type { Layer } from '../../kernel/rulebook/header.ts';
import type { CurrencyOf } from './domain-currency.ts';

/** Key of a section: also the name of its anchor and of its parameter. */
export type SectionKey =
  | 'registration'
  | 'administration'
  | 'honours'
  | 'severe-lists'
  | 'abnormal'
  | 'commitments'
  | 'evaluation'
  | 'judicial'
  | 'other'
  | 'local';

/** Sections in order (data-standards §5.2); advice on improvement is text, not a section of records. */
export const sectionOrder: readonly SectionKey[] = [
  'registration',
  'administration',
  'honours',
  'severe-lists',
  'abnormal',
  'commitments',
  'evaluation',
  'judicial',
  'other',
  'local',
];

const byFamily: Readonly<Record<Family, SectionKey>> = {
  registration: 'registration',
  permit: 'administration',
  penalty: 'administration',
  compulsion: 'administration',
  confirmation: 'administration',
  levy: 'administration',
  payment: 'administration',
  adjudication: 'administration',
  compensation: 'administration',
  reward: 'administration',
  inspection: 'administration',
  honour: 'honours',
  'severe-list': 'severe-lists',
  'abnormal-directory': 'abnormal',
  commitment: 'commitments',
  evaluation: 'evaluation',
  judgment: 'judicial',
  enforcement: 'judicial',
  contract: 'other',
  compliance: 'other',
  'intellectual-property': 'other',
  declaration: 'other',
  utility: 'other',
  other: 'other',
};

/** The section an item belongs to: what a province or city adds stands in the local one. */
export function sectionOf(family: Family, layer: Layer): SectionKey {
  const own = byFamily[family];
  return layer === 'nation' || own === 'registration' ? own : 'local';
}

/** What can be said of a part of a file. */
export type PartState = 'found' | 'none' | 'late' | 'not-covered' | 'not-public';

/**
 * State of one item. `none` is said only of items the directory opens to the public, that somebody
 * delivers, and whose source is not late: silence proves nothing of the others.
 */
export function stateOfItem(
  item: Pick<DirectoryItem, 'publicity'> & { readonly collectible: boolean },
  shown: number,
  currency: CurrencyOf,
): PartState {
  if (shown > 0) return 'found';
  if (!item.collectible || currency.state === 'not-covered') return 'not-covered';
  if (item.publicity !== 'public') return 'not-public';
  return currency.state === 'late' ? 'late' : 'none';
}

const rank: readonly PartState[] = ['found', 'late', 'none', 'not-public', 'not-covered'];

/** State of a section: the first of found, late, none, not public that one of its items has. */
export function stateOfSection(items: readonly PartState[]): PartState {
  return rank.find((state) => items.includes(state)) ?? 'not-covered';
}
