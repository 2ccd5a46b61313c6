/** The rulebooks the walk is made under: as shipped and unconfirmed, wholly confirmed, or one regime alone. */
import { resolve } from 'node:path';
import type { Day, Instant } from '../../src/kernel/day.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  makeRulebook,
} from '../../src/kernel/rulebook/rulebook.ts';
import type { DocumentKind } from '../../src/kernel/rulebook/document.ts';
import { type LawView, makeLawView } from '../../src/archive/records/law-view.ts';
import { loadFiles } from '../../src/law/rulebook/files.ts';

const root = resolve(import.meta.dirname, '../..');
const recordedAt = '2019-01-01T00:00:00.000Z' as Instant;

async function load(
  folder: string,
  kinds: readonly DocumentKind[] = ['provisions', 'directory', 'regime'],
): Promise<readonly Edition[]> {
  const loaded = await loadFiles([resolve(root, folder)], recordedAt, kinds);
  const problem = loaded.problems[0];
  if (problem !== undefined) throw new Error(`${problem.file}: ${problem.message}`);
  return loaded.editions;
}

/** Law, terms and directory as shipped. */
export const shipped = await load('rulebook');
/** The same with the invented rules of the sample city. */
export const withSample = [...shipped, ...(await load('rulebook-sample'))];
/** Data standards, for tests that tell where a value was read; loading them takes its time. */
export const standards = (): Promise<readonly Edition[]> => load('rulebook', ['standard']);

/** Editions as a rulebook; `confirmed`: two officers have confirmed every one of them. */
export function rulebookOf(editions: readonly Edition[], confirmed: boolean): Rulebook {
  return makeRulebook(
    editions,
    confirmed
      ? editions.map(({ document }) => ({
          edition: editionKey(document),
          confirmedAt: recordedAt,
        }))
      : [],
  );
}

/** Only this national penalty regime is loaded, and nothing about changing over from another. */
export function onlyRegime(editions: readonly Edition[], id: string): readonly Edition[] {
  return editions.filter(({ document }) => {
    if (document.kind === 'transition') return false;
    if (document.kind !== 'regime' || document.combine !== 'base') return true;
    return !document.families.includes('penalty') || document.id === id;
  });
}

/** A view of the law at a place, taken in November 2026. */
export function viewAt(rulebook: Rulebook, place: string): LawView {
  return makeLawView(rulebook, place, '2026-11-20' as Day, new Map());
}
