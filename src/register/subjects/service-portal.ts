/** Finding and reading subjects for the public, with the rules of who may be found how. */
import type { Id } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Subject } from './domain.ts';
import { type LinkTables, keysOfRow, readRow } from './domain-link-evidence.ts';
import { type CodeMatch, type NameMatch, matchByCode, matchByName } from './domain-publicity.ts';
import { findByKeys } from './store.ts';
import {
  type PublicRelation,
  type SubjectWithRelations,
  findFilesByKeys,
  readFileById,
} from './store-portal.ts';

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

/** How a subject found by a number bears it; one that only its duplicate id bears still finds it. */
function bearing(subject: Subject, row: ReturnType<typeof readRow>): CodeMatch | null {
  return matchByCode(subject, row.numbers) ?? (subject.kind === 'organisation' ? 'similar' : null);
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

function fileOf({ relations, ...subject }: SubjectWithRelations): PublicFile {
  const isOtherId = ({ relation, direction }: PublicRelation) =>
    relation === 'duplicate-of' && direction === 'in';
  return {
    subject,
    ids: [subject.subjectId, ...relations.filter(isOtherId).map((item) => item.subjectId)],
    relations: relations.filter((item) => item.relation !== 'duplicate-of'),
  };
}

/** A file found by a number. */
export type FoundByCode = { readonly file: PublicFile; readonly by: CodeMatch };

/**
 * Files of the main subjects that bear a number, with the way each bears it: unified code, organisation
 * code, registration number.
 */
export async function findFiles(
  db: Queryable,
  text: string,
  tables: LinkTables,
): Promise<FoundByCode[]> {
  const row = readRow({ ...nothing, code: text }, tables);
  const keys = keysOfRow(row);
  const found = keys.length === 0 ? [] : await findFilesByKeys(db, keys);
  return found.flatMap((hit) => {
    const file = fileOf(hit);
    const by = bearing(file.subject, row);
    return by === null ? [] : [{ file, by }];
  });
}

/** The file of a subject by id; of a duplicate id, that of the main one. `null`: there is none. */
export async function readFile(db: Queryable, subjectId: Id): Promise<PublicFile | null> {
  const found = await readFileById(db, subjectId);
  if (found === null) return null;
  if (found.duplicateOf === null) return fileOf(found);
  const main = await readFileById(db, found.duplicateOf);
  return main === null ? null : fileOf(main);
}
