/** Finding organisations by part of a name, short name, former name, pinyin initials. */
import type { Id } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import { askedGrams, gramsOf, initialGramsOf, isInitials, searchTexts } from './domain-search.ts';
import { initialsOf } from './pinyin.ts';
import { readSubjects } from './store.ts';
import {
  type SearchEntry,
  type SearchHit,
  commonGrams,
  deleteEntries,
  estimateGrams,
  findEntries,
  findInitials,
  insertEntries,
  nextSubjectIds,
  readRefill,
  saveRefill,
} from './store-search.ts';

const namesMax = 20;

function entriesOf(subject: Subject): SearchEntry[] {
  // Individual businesses are found by code or exact name only: they never enter (design.md §9).
  if (subject.kind === 'individual-business' || subject.duplicateOf !== null) return [];
  const others = subject.evidence.names
    .filter((item) => item.name !== subject.name)
    .slice(0, namesMax);
  const names: readonly (readonly [SearchEntry['kind'], string])[] = [
    ['present', subject.name],
    ...others.map(({ kind, name }) => [kind === 'former' ? kind : 'other', name] as const),
  ];
  return names.map(([kind, name], nameNo) => {
    const texts = searchTexts(name);
    const initials = initialsOf(texts[0]);
    return {
      subjectId: subject.subjectId,
      nameNo,
      kind,
      name,
      initials,
      grams: gramsOf(...texts),
      initialGrams: initialGramsOf(initials),
    };
  });
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
  await insertEntries(tx, [...added, ...changed].flatMap(entriesOf));
}

const refillSubjects = 2_000;

/**
 * Enters every subject anew where an upgrade has emptied the tables of search; does nothing otherwise.
 * In chunks of one transaction each: a killed upgrade goes on where it was.
 */
export async function refillSearch(database: Database): Promise<void> {
  let entered = 0;
  for (let more = true; more;) {
    more = await database.transaction(async (tx) => {
      const after = await readRefill(tx);
      if (after === null) return false;
      const ids = await nextSubjectIds(tx, after, refillSubjects);
      await enterInSearch(tx, [], await readSubjects(tx, ids));
      await saveRefill(tx, ids.at(-1) ?? null);
      entered += ids.length;
      return true;
    });
  }
  if (entered > 0) await estimateGrams(database);
}

/** One subject found. */
export type FoundSubject = {
  readonly subject: Subject;
  readonly by: SearchEntry['kind'] | 'initials';
  readonly matched: string;
  readonly score: number;
};

type Hit = Omit<SearchHit, 'kind'> & Pick<FoundSubject, 'by'>;

// Entries looked at for one search: those that share a rare gram, and at most, where all are common.
const nearEntries = 1_000;
const candidatesMax = 5_000;
// How many entries a gram is taken to stand in that is not known to be common.
const rareEntries = 100;
const scoreMin = 0.15;
/** With fewer hits that hold the whole text, names that only resemble it are listed too. */
const wholeEnough = 10;

async function hitsOf(database: Database, wanted: string, limit: number): Promise<Hit[]> {
  const grams = gramsOf(wanted);
  if (grams.length === 0) return [];
  const common = await commonGrams(database, grams);
  const limits = { entriesMax: nearEntries, rareEntries };
  const asked = askedGrams(grams, common, limits);
  const query = { grams, candidates: candidatesMax, limit };
  const named = ({ kind, ...hit }: SearchHit): Hit => ({ ...hit, by: kind });
  if (asked.length > 0) {
    return (await findEntries(database, { ...query, whole: false, asked })).map(named);
  }
  // Every gram is common: names that hold all of them first, for any one stands in too many.
  const whole = await findEntries(database, { ...query, whole: true, asked });
  if (whole.length >= wholeEnough) return whole.map(named);
  const rarest = [...grams].sort((a, b) => common.get(a)! - common.get(b)!).slice(0, 1);
  const near = await findEntries(database, { ...query, whole: false, asked: rarest });
  return [...whole, ...near].map(named);
}

async function initialHits(database: Database, wanted: string, limit: number): Promise<Hit[]> {
  if (!isInitials(wanted)) return [];
  const grams = initialGramsOf(wanted);
  const query = { initials: wanted, grams, candidates: candidatesMax, limit };
  return (await findInitials(database, query)).map((hit) => ({ ...hit, by: 'initials' }));
}

/**
 * Subjects whose names share much with `text`, the most alike first. Texts of one character find
 * nothing: they would list the city. Of a text that very many names hold, only the first thousands of
 * them are looked at; who means one of the others has to say more.
 */
export async function searchNames(
  database: Database,
  text: string,
  limit: number,
): Promise<FoundSubject[]> {
  const wanted = searchTexts(text.slice(0, 100)).at(-1)!;
  // A subject may be found by several of its names.
  const wide = limit + Math.ceil(limit / 4);
  const [named, spelt] = await Promise.all([
    hitsOf(database, wanted, wide),
    initialHits(database, wanted, wide),
  ]);
  const best = new Map<Id, Hit>();
  for (const hit of [...named, ...spelt].sort((a, b) => b.score - a.score)) {
    if (hit.score < scoreMin || best.size >= limit) break;
    if (!best.has(hit.subjectId)) best.set(hit.subjectId, hit);
  }
  const subjects = new Map(
    (await readSubjects(database, [...best.keys()])).map((item) => [item.subjectId, item]),
  );
  return [...best.values()].flatMap(({ subjectId, by, matched, score }) => {
    const subject = subjects.get(subjectId);
    return subject === undefined ? [] : [{ subject, by, matched, score }];
  });
}
