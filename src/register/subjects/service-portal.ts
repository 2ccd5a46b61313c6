/** Finding and reading subjects for the public, with the rules of who may be found how. */
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import { type LinkTables, keysOfRow, readRow } from './domain-link-evidence.ts';
import { type CodeMatch, type NameMatch, matchByCode, matchByName } from './domain-publicity.ts';
import { findByKeys, readSubjects } from './store.ts';
import { type PublicRelation, readPublicRelations } from './store-portal.ts';

/** A subject found by a number. */
export type FoundByCode = { readonly subject: Subject; readonly by: CodeMatch };

/** A subject found by an exact name. */
export type FoundByName = { readonly subject: Subject } & NameMatch;

const nothing = {
  name: null,
  code: null,
  organisationCode: null,
  registrationNumber: null,
  taxNumber: null,
  province: null,
  city: null,
  regionCode: null,
  decidedOn: null,
};

function withoutKeys({ keys: _keys, ...subject }: Subject & { keys: readonly string[] }): Subject {
  return subject;
}

/** Main subjects that bear a number: unified code, organisation code, registration number. */
export async function findByCode(
  db: Queryable,
  text: string,
  tables: LinkTables,
): Promise<FoundByCode[]> {
  const row = readRow({ ...nothing, code: text }, tables);
  const found = await findByKeys(db, keysOfRow(row));
  return found.flatMap((hit) => {
    const subject = withoutKeys(hit);
    // A number that only a duplicate id bears still finds its main subject.
    const by =
      matchByCode(subject, row.numbers) ?? (subject.kind === 'organisation' ? 'similar' : null);
    return by === null ? [] : [{ subject, by }];
  });
}

/** Main subjects that bear or bore exactly this name, as far as a name may find them. */
export async function findByExactName(
  db: Queryable,
  text: string,
  tables: LinkTables,
): Promise<FoundByName[]> {
  const found = await findByKeys(db, keysOfRow(readRow({ ...nothing, name: text }, tables)));
  return found.flatMap((hit) => {
    const subject = withoutKeys(hit);
    const match = matchByName(subject, text, tables.scriptVariants);
    return match === null ? [] : [{ subject, ...match }];
  });
}

/** A subject as the public reads it: every id it goes by, and its relations to others. */
export type PublicFile = {
  readonly subject: Subject;
  readonly ids: readonly Id[];
  readonly relations: readonly PublicRelation[];
};

/** The file of a subject already found. */
export async function readPublicFile(db: Queryable, subject: Subject): Promise<PublicFile> {
  const relations = await readPublicRelations(db, subject.subjectId);
  const isOtherId = ({ relation, direction }: PublicRelation) =>
    relation === 'duplicate-of' && direction === 'in';
  return {
    subject,
    ids: [subject.subjectId, ...relations.filter(isOtherId).map((item) => item.subjectId)],
    relations: relations.filter((item) => item.relation !== 'duplicate-of'),
  };
}

/** A subject by its id; `null` when there is none. A duplicate id is given as it is stored. */
export async function readSubject(db: Queryable, subjectId: Id): Promise<Subject | null> {
  return (await readSubjects(db, [subjectId]))[0] ?? null;
}
