/** Reading one subject: by code, by exact name, by id, with its other ids and its relations. */
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import { type LinkTables, linkKeys } from './domain-link-evidence.ts';
import { duplicatesOf, findByKeys, readRelations, readSubjects } from './store.ts';

/** A subject with every id it goes by and what it is related to. */
export type SubjectFile = {
  readonly subject: Subject;
  readonly ids: readonly Id[];
  readonly relations: Awaited<ReturnType<typeof readRelations>>;
};

/** The subjects an exact code or an exact name finds; main ids only. */
export async function findExactly(
  db: Queryable,
  text: string,
  tables: LinkTables,
): Promise<Subject[]> {
  const blank = { organisationCode: null, registrationNumber: null, taxNumber: null };
  const place = { province: null, city: null, regionCode: null, decidedOn: null };
  const keys = [
    ...linkKeys({ ...blank, ...place, name: null, code: text }, tables),
    ...linkKeys({ ...blank, ...place, name: text, code: null }, tables),
  ];
  const found = await findByKeys(db, [...new Set(keys)]);
  return found.map(({ keys: _keys, ...subject }) => subject);
}

/** A subject's file by its id, or `null`. */
export async function readSubjectFile(db: Queryable, subjectId: Id): Promise<SubjectFile | null> {
  const [found] = await readSubjects(db, [subjectId]);
  if (found === undefined) return null;
  const main = found.duplicateOf ?? found.subjectId;
  const subject = main === found.subjectId ? found : (await readSubjects(db, [main]))[0];
  if (subject === undefined) return null;
  return {
    subject,
    ids: [main, ...(await duplicatesOf(db, main))],
    relations: await readRelations(db, main),
  };
}
