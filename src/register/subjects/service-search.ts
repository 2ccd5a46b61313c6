/** Finding organisations by part of a name, short name, former name, pinyin initials, code. */
import type { Id } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import { gramsOf, rarestGrams, searchText } from './domain-search.ts';
import { initialsOf } from './pinyin.ts';
import { readSubjects } from './store.ts';
import {
  type SearchEntry,
  type SearchHit,
  countGrams,
  deleteEntries,
  findEntries,
  gramEntries,
  insertEntries,
} from './store-search.ts';

const namesMax = 20;

function entriesOf(subject: Subject): SearchEntry[] {
  // Individual businesses are found by code or exact name only: they never enter (design.md §9).
  if (subject.kind === 'individual-business' || subject.duplicateOf !== null) return [];
  const former = subject.evidence.names
    .filter((item) => item.name !== subject.name)
    .slice(0, namesMax);
  const forms: { kind: SearchEntry['kind']; name: string; text: string }[] = [
    { kind: 'present', name: subject.name, text: searchText(subject.name) },
    { kind: 'initials', name: subject.name, text: initialsOf(searchText(subject.name)) },
    ...former.map((item) => ({
      kind: item.kind === 'former' ? ('former' as const) : ('other' as const),
      name: item.name,
      text: searchText(item.name),
    })),
  ];
  return forms.map((form, nameNo) => ({
    subjectId: subject.subjectId,
    nameNo,
    kind: form.kind,
    name: form.name,
    grams: gramsOf(form.text),
  }));
}

/** Enters new subjects into search and changed ones anew, in the transaction that made them. */
export async function enterInSearch(
  tx: Tx,
  added: readonly Subject[],
  changed: readonly Subject[],
): Promise<void> {
  if (changed.length > 0) {
    await deleteEntries(
      tx,
      changed.map((subject) => subject.subjectId),
    );
  }
  const entries = [...added, ...changed].flatMap(entriesOf);
  await insertEntries(tx, entries);
  const counts = new Map<number, number>();
  for (const { grams } of entries) {
    for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  await countGrams(tx, counts);
}

/** One subject found. */
export type FoundSubject = {
  readonly subject: Subject;
  readonly by: SearchHit['kind'];
  readonly matched: string;
  readonly score: number;
};

const rarestCount = 3;
const scoreMin = 0.15;

/**
 * Subjects whose names share much with `text`, the most alike first. Texts of one character find
 * nothing: they would list the city.
 */
export async function searchNames(
  database: Database,
  text: string,
  limit: number,
): Promise<FoundSubject[]> {
  const wanted = searchText(text.slice(0, 100));
  const grams = gramsOf(wanted);
  if (grams.length === 0) return [];
  const rarest = rarestGrams(grams, await gramEntries(database, grams), rarestCount);
  if (rarest.length === 0) return [];
  const hits = await findEntries(database, { rarest, grams, limit: limit * 2 });
  const subjects = new Map<Id, Subject>(
    (
      await readSubjects(
        database,
        hits.map((hit) => hit.subjectId),
      )
    ).map((subject) => [subject.subjectId, subject]),
  );
  return hits
    .flatMap((hit): FoundSubject[] => {
      const subject = subjects.get(hit.subjectId);
      if (subject === undefined) return [];
      // A name that holds the whole text is what a reader means, however long the rest of it is.
      const whole = hit.kind !== 'initials' && searchText(hit.matched).includes(wanted);
      const score = whole ? Math.max(hit.score, 0.9 + hit.score / 10) : hit.score;
      return score < scoreMin ? [] : [{ subject, by: hit.kind, matched: hit.matched, score }];
    })
    .sort((a, b) => b.score - a.score || (a.subject.name < b.subject.name ? -1 : 1))
    .slice(0, limit);
}
