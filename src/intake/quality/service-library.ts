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

// Not ended, and no other id of the same organisation.
const living = sql`s.ended_on is null and s.duplicate_of is null`;

/** Measures the base library. Reads every code once, a page of subjects at a time. */
export async function library({ database }: { readonly database: Queryable }): Promise<Library> {
  const [counted, twice] = [await counts(database), await codesBorneTwice(database)];
  const wrong = new Set<string>();
  for (let after: Id | null = null; ;) {
    const page: LivingSubject[] = await livingAfter(database, after);
    for (const { uscc } of page) if (uscc !== null && isWrongCode(uscc)) wrong.add(uscc);
    after = page.at(-1)?.subjectId ?? null;
    if (page.length < pageSubjects) break;
  }
  const ofCodes = (number: number) => share(number, counted.codes, notKnown);
  return {
    living: counted.living,
    withoutCode: counted.withoutCode,
    duplicateCode: ofCodes(twice.size),
    wrongCode: ofCodes(wrong.size),
    duplicateOrWrong: ofCodes(new Set([...twice, ...wrong]).size),
    coverage: (await covered(database)).map(({ item, subjects }) => ({
      item,
      share: share(subjects, counted.living, notKnown),
    })),
  };
}

type Counted = { readonly living: number; readonly withoutCode: number; readonly codes: number };

async function counts(db: Queryable): Promise<Counted> {
  const [row] = await db.query<Counted>(sql`
    select count(*)::int as living, (count(*) filter (where uscc is null))::int as "withoutCode",
      count(distinct uscc)::int as codes
    from subjects.subject s where ${living}`);
  return row!;
}

async function codesBorneTwice(db: Queryable): Promise<Set<string>> {
  const rows = await db.query<{ uscc: string }>(sql`
    select uscc from subjects.subject s where uscc is not null and ${living}
    group by uscc having count(*) > 1`);
  return new Set(rows.map(({ uscc }) => uscc));
}

type LivingSubject = { readonly subjectId: Id; readonly uscc: string | null };

function livingAfter(db: Queryable, after: Id | null): Promise<LivingSubject[]> {
  return db.query(sql`
    select subject_id as "subjectId", uscc from subjects.subject s
    where ${living} and (${after}::uuid is null or subject_id > ${after}::uuid)
    order by subject_id limit ${pageSubjects}`);
}

function covered(db: Queryable): Promise<{ item: string; subjects: number }[]> {
  return db.query(sql`
    select v.item, count(distinct v.subject_id)::int as subjects
    from records.statement_version v join subjects.subject s using (subject_id)
    where ${living}
    group by v.item order by v.item`);
}
