/**
 * The public lists of division codes as evidence: which list showed which name under which code in
 * which edition. The lists are those of shared/data/admin-divisions (see its README for licences):
 * `mca` (Ministry of Civil Affairs), `gb` (printed GB/T 2260), `stats` (statistics editions to 2018),
 * `contrib` (Hong Kong, Macao) and one statistics edition of 2023.
 */
import { join } from 'node:path';
import { type Day, day } from '../../src/kernel/day.ts';
import { assert } from '../../src/kernel/result.ts';
import { type Line, readTable } from './delimited.ts';

/** A name that one list showed under a code from its first to its last edition (labels `YYYYMM`). */
export type Span = {
  readonly source: string;
  readonly code: string;
  readonly name: string;
  readonly first: string;
  readonly last: string;
  /** Number of editions it really stood in; fewer than the span holds means it was missing once. */
  readonly editions: number;
};

/** What is known from law or from the gazette and overrules the lists. */
export type KnownChange = {
  readonly code: string;
  readonly name: string;
  /** `start`, `end`: the day of the change; `slip`: the name never stood under this code. */
  readonly event: 'start' | 'end' | 'slip';
  /** First day of the new state; `null` where only the successors are known. */
  readonly on: Day | null;
  readonly replacedBy: readonly string[];
  readonly basis: string;
};

/** Everything the table is built from. */
export type Sources = {
  readonly spans: readonly Span[];
  /** Editions of each list, in order. */
  readonly editions: ReadonlyMap<string, readonly string[]>;
  /** Code → name of the 2023 statistics edition, provinces to counties. */
  readonly newest: ReadonlyMap<string, string>;
  /** Region parts met in unified social credit codes that stand in no list. */
  readonly zoneParts: readonly string[];
  readonly known: readonly KnownChange[];
};

/** Label of the newest edition: the state of 30 June 2023. */
export const newestLabel = '202306';

/** First day of the month an edition is labelled with; a change shown in it is dated to that day. */
export function labelDay(label: string): Day {
  return day(`${label.slice(0, 4)}-${label.slice(4, 6)}-01`);
}

/** The edition of `source` after `label`, or `undefined` when `label` is its last. */
export function editionAfter(sources: Sources, source: string, label: string): string | undefined {
  return sources.editions.get(source)?.find((edition) => edition > label);
}

/** Reads one known change; faults when a line of our own file is not well formed. */
export function knownChange(line: Line): KnownChange {
  const event = line['event'];
  assert(event === 'start' || event === 'end' || event === 'slip', `unknown event: ${event}`);
  return {
    code: line['code']!,
    name: line['name']!,
    event,
    on: line['date'] ? day(line['date']) : null,
    replacedBy: (line['replacedBy'] ?? '').split('|').filter((code) => code !== ''),
    basis: line['basis']!,
  };
}

/** Reads the folder of lists and our own file of known changes. */
export function readSources(folder: string, knownPath: string): Sources {
  const editions = new Map<string, string[]>();
  for (const line of readTable(join(folder, 'revisions.csv'))) {
    const list = editions.get(line['source']!) ?? [];
    if (!list.includes(line['revision']!)) list.push(line['revision']!);
    editions.set(line['source']!, list.sort());
  }
  const spans = readTable(join(folder, 'gbt2260-history.csv')).map((line) => ({
    source: line['source']!,
    code: line['code']!,
    name: line['name']!,
    first: line['first_revision']!,
    last: line['last_revision']!,
    editions: Number(line['revisions']),
  }));
  const newest = new Map<string, string>();
  const newestFiles = { provinces: '0000', cities: '00', areas: '' };
  for (const [file, zeros] of Object.entries(newestFiles)) {
    for (const line of readTable(join(folder, '2023', `${file}.csv`))) {
      newest.set(`${line['code']!}${zeros}`, line['name']!);
    }
  }
  const zoneParts = readTable(join(folder, 'uscc-region-parts-in-no-edition.csv'));
  return {
    spans,
    editions,
    newest,
    zoneParts: zoneParts.map((line) => line['region_part']!),
    known: readTable(knownPath).map(knownChange),
  };
}
