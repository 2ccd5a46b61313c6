/** The base library, measured: codes that are wrong or borne twice, and how many subjects items cover. */
import type { Id } from '../../kernel/ids.ts';
import {
  checkWrittenAsRemainder,
  isStrictUscc,
  looksLikeEarlyXiamen,
} from '../../kernel/identifiers/uscc.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';
import { type Measure, share } from './domain.ts';

/** The base library as it stands now; shares are three-valued as those of a month. */
export type Library = {
  /** Living subjects: not ended, and no other id of the same organisation. */
  readonly living: number;
  /** Of them, those without a unified code. Nothing is said of codes they do not have. */
  readonly withoutCode: number;
  /** 重码率: codes of more than one living subject ÷ codes. */
  readonly duplicateCode: Measure;
  /** 错码率: codes against the standard's form or arithmetic ÷ codes; lawful exceptions are none. */
  readonly wrongCode: Measure;
  /** 重错码率: codes that are either ÷ codes. */
  readonly duplicateOrWrong: Measure;
  /** 覆盖率: living subjects with at least one stored row of an item ÷ living subjects. */
  readonly coverage: readonly { readonly item: string; readonly share: Measure }[];
};

const notKnown: Measure = { state: 'UNKNOWN', value: null, numerator: null, denominator: null };
const pageSubjects = 20_000;

/** Whether a code is wrong: codes of an early issuer and of one that wrote the remainder are lawful. */
export function isWrongCode(code: string): boolean {
  return !isStrictUscc(code) && !looksLikeEarlyXiamen(code) && !checkWrittenAsRemainder(code);
}

/** Measures the base library. Reads every subject once, a page at a time. */
export async function library(deps: { readonly database: Queryable }): Promise<Library> {
  const { database } = deps;
  const counts = { living: 0, withoutCode: 0, wrong: 0, either: 0 };
  const doubled = new Set(
    (
      await database.query<{ uscc: string }>(sql`
        select uscc from subjects.subject
        where uscc is not null and ended_on is null and duplicate_of is null
        group by uscc having count(*) > 1`)
    ).map(({ uscc }) => uscc),
  );
  const once = new Set<string>();
  let codes = 0;
  for (let after: Id | null = null; ;) {
    const page: { subjectId: Id; uscc: string | null }[] = await livingAfter(database, after);
    for (const { uscc } of page) {
      counts.living += 1;
      if (uscc === null) counts.withoutCode += 1;
      else if (!doubled.has(uscc) || !once.has(uscc)) {
        if (doubled.has(uscc)) once.add(uscc);
        codes += 1;
        const wrong = isWrongCode(uscc);
        if (wrong) counts.wrong += 1;
        if (wrong || doubled.has(uscc)) counts.either += 1;
      }
    }
    after = page.at(-1)?.subjectId ?? null;
    if (page.length < pageSubjects) break;
  }
  return {
    living: counts.living,
    withoutCode: counts.withoutCode,
    duplicateCode: share(doubled.size, codes, notKnown),
    wrongCode: share(counts.wrong, codes, notKnown),
    duplicateOrWrong: share(counts.either, codes, notKnown),
    coverage: (await covered(database)).map(({ item, subjects }) => ({
      item,
      share: share(subjects, counts.living, notKnown),
    })),
  };
}

function livingAfter(db: Queryable, after: Id | null) {
  return db.query<{ subjectId: Id; uscc: string | null }>(sql`
    select subject_id as "subjectId", uscc from subjects.subject
    where ended_on is null and duplicate_of is null
      and (${after}::uuid is null or subject_id > ${after}::uuid)
    order by subject_id limit ${pageSubjects}`);
}

function covered(db: Queryable): Promise<{ item: string; subjects: number }[]> {
  return db.query(sql`
    select v.item, count(distinct v.subject_id)::int as subjects
    from records.statement_version v join subjects.subject s using (subject_id)
    where s.ended_on is null and s.duplicate_of is null
    group by v.item order by v.item`);
}
