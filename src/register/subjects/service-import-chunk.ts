/** One chunk of the base library: what is known is brought up to date, what is new comes in. */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import { type Day, instantMs } from '../../kernel/day.ts';
import { type Id, derivedId } from '../../kernel/ids.ts';
import { assert } from '../../kernel/result.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import { type HeaderMatch } from '../../kernel/table-header.ts';
import { canonicalName } from '../../kernel/text/organisation-name.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { RawRow, Table } from '../../platform/spreadsheet/index.ts';
import { type Subject, type SubjectAttributes, changedAttributes, renamed } from './domain.ts';
import {
  type ImportFinding,
  type ImportFindingCode,
  type ImportTables,
  type ImportedRow,
  readImportRow,
} from './domain-import.ts';
import { nearKey, subjectKeys } from './domain-link-evidence.ts';
import type { SubjectName } from './domain-link-subject.ts';
import { enterInSearch } from './service-search.ts';
import { addKeys, findByKeys, insertProfiles, insertSubjects, updateSubject } from './store.ts';
import {
  type ImportCounts,
  type ImportRun,
  insertFindings,
  markSeen,
  saveProgress,
} from './store-import.ts';

/** What importing needs. */
export type ImportDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
};

/** A file to be imported. */
export type ImportRequest = {
  readonly fileName: string;
  readonly digest: string;
  readonly table: Table;
  readonly standards: readonly Standard[];
  readonly tables: ImportTables;
  readonly actor: Actor;
  readonly onProgress?: (rows: number) => void;
};

/** What a run carries from chunk to chunk. */
export type ChunkContext = ImportRequest & {
  readonly run: ImportRun;
  readonly act: Act;
  readonly header: HeaderMatch;
};

type Chunk = {
  readonly known: Map<string, Subject[]>;
  readonly names: Map<string, Set<Id>>;
  readonly added: Subject[];
  readonly updated: Map<Id, { subject: Subject; change: string; on: Day }>;
  readonly findings: (ImportFinding & { readonly row: number })[];
  /** Subjects the file named again without news; noted, so that a second name shows as a conflict. */
  readonly seen: Set<Id>;
};

/** Works one chunk through in one transaction, with how far the run is. */
export async function importChunk(
  deps: ImportDeps,
  context: ChunkContext,
  rows: readonly RawRow[],
): Promise<void> {
  const { run, tables, header } = context;
  const read = rows.map((row) => ({
    row: row.row,
    problems: row.problems ?? [],
    imported: readImportRow(row.cells, header.columns, tables),
  }));
  const counts: ImportCounts = { ...run.counts };
  const chunk: Chunk = {
    known: new Map(),
    names: new Map(),
    added: [],
    updated: new Map(),
    findings: [],
    seen: new Set(),
  };
  await deps.database.transaction(async (tx) => {
    await loadKnown(
      tx,
      chunk,
      read.map((item) => item.imported),
      tables,
    );
    for (const item of read) {
      counts.received += 1;
      const problem = item.problems.find((found) => found.kind !== 'numeric-cell');
      const extra: ImportFinding[] =
        problem === undefined ? [] : [{ code: 'CELL_PROBLEM', value: problem.kind }];
      const outcome = takeRow(deps, context, chunk, item);
      counts[outcome] += 1;
      for (const finding of [...item.imported.findings, ...extra]) {
        chunk.findings.push({ ...finding, row: item.row });
      }
    }
    await writeChunk(tx, context, chunk, deps.clock.today());
    await saveProgress(tx, run, { cursor: rows.at(-1)!.row, counts, findings: chunk.findings });
  });
  Object.assign(run.counts, counts);
  run.cursor = rows.at(-1)!.row;
}

const codeKey = (attributes: SubjectAttributes, registrationNumber: string | null) =>
  attributes.uscc === null ? `reg:${registrationNumber}` : `uscc:${attributes.uscc}`;

async function loadKnown(
  tx: Tx,
  chunk: Chunk,
  rows: readonly ImportedRow[],
  tables: ImportTables,
): Promise<void> {
  const keys = new Set<string>();
  for (const { attributes, registrationNumber } of rows) {
    if (attributes === null) continue;
    keys.add(codeKey(attributes, registrationNumber));
    keys.add(nameKey(attributes.name, tables));
  }
  for (const { keys: hits, ...subject } of await findByKeys(tx, [...keys])) {
    for (const key of hits) remember(chunk, key, subject);
  }
}

function nameKey(name: string, tables: ImportTables): string {
  return `name:${canonicalName(name, tables.scriptVariants)}`;
}

function remember(chunk: Chunk, key: string, subject: Subject): void {
  if (key.startsWith('name:')) {
    const bearers = chunk.names.get(key) ?? new Set();
    chunk.names.set(key, bearers.add(subject.subjectId));
  } else {
    chunk.known.set(key, [...(chunk.known.get(key) ?? []), subject]);
  }
}

type RowOutcome = 'added' | 'updated' | 'unchanged' | 'rejected';

function takeRow(
  deps: ImportDeps,
  context: ChunkContext,
  chunk: Chunk,
  item: { readonly row: number; readonly imported: ImportedRow },
): RowOutcome {
  const { attributes, registrationNumber } = item.imported;
  if (attributes === null) return 'rejected';
  const note = (code: ImportFindingCode, value: string | null) =>
    chunk.findings.push({ code, value, row: item.row });
  const key = codeKey(attributes, registrationNumber);
  const canonical = (name: string) => canonicalName(name, context.tables.scriptVariants);
  const bearers = chunk.known.get(key) ?? [];
  const same = bearers.find((subject) => canonical(subject.name) === canonical(attributes.name));
  if (same !== undefined) return bringUpToDate(context, chunk, same, { attributes, note });
  const older = bearers.find((subject) => subject.lastImport !== context.run.importId);
  if (older !== undefined && bearers.length === 1) {
    note('RENAMED', `${older.name} → ${attributes.name}`);
    const on = attributes.registeredOn ?? deps.clock.today();
    const next = {
      ...renamed(older, attributes.name, on),
      ...changedAttributes(older, attributes),
    };
    change(context, chunk, older, { subject: next, change: 'renamed', on: deps.clock.today() });
    return 'updated';
  }
  if (bearers.length > 0) note('CODE_BORNE_BY_SEVERAL', key);
  const subject = newSubject(context, item);
  const others = chunk.names.get(nameKey(attributes.name, context.tables));
  if (others !== undefined && others.size > 0) note('NAME_BORNE_BY_SEVERAL', attributes.name);
  chunk.added.push(subject);
  remember(chunk, key, subject);
  remember(chunk, nameKey(attributes.name, context.tables), subject);
  return 'added';
}

function bringUpToDate(
  context: ChunkContext,
  chunk: Chunk,
  subject: Subject,
  row: {
    readonly attributes: SubjectAttributes;
    readonly note: (code: ImportFindingCode, value: string | null) => void;
  },
): RowOutcome {
  if (subject.lastImport === context.run.importId) {
    row.note('ROW_REPEATED', row.attributes.uscc);
    return 'unchanged';
  }
  const changed = changedAttributes(subject, row.attributes);
  if (Object.keys(changed).length === 0) {
    chunk.seen.add(subject.subjectId);
    replaceKnown(chunk, { ...subject, lastImport: context.run.importId });
    return 'unchanged';
  }
  const on = row.attributes.registeredOn ?? context.act.at.slice(0, 10);
  change(context, chunk, subject, {
    subject: { ...subject, ...changed },
    change: 'attributes',
    on: on as Day,
  });
  return 'updated';
}

function change(
  context: ChunkContext,
  chunk: Chunk,
  before: Subject,
  next: { readonly subject: Subject; readonly change: string; readonly on: Day },
): void {
  const subject = {
    ...next.subject,
    lastImport: context.run.importId,
    version: before.version + 1,
  };
  chunk.updated.set(before.subjectId, { ...next, subject });
  replaceKnown(chunk, subject);
}

/** Later rows of the chunk must see the subject as it is now. */
function replaceKnown(chunk: Chunk, subject: Subject): void {
  const key = codeKey(subject, subject.evidence.registrationNumbers[0] ?? null);
  const list = chunk.known.get(key) ?? [];
  chunk.known.set(
    key,
    list.map((item) => (item.subjectId === subject.subjectId ? subject : item)),
  );
}

function newSubject(
  context: ChunkContext,
  item: { readonly row: number; readonly imported: ImportedRow },
): Subject {
  const { attributes, registrationNumber, otherNames } = item.imported;
  assert(attributes !== null, 'a subject needs attributes');
  const own: SubjectName = {
    name: attributes.name,
    kind: 'registered',
    from: null,
    to: null,
  };
  return {
    ...attributes,
    subjectId: derivedId(instantMs(context.act.at), context.run.importId, `row/${item.row}`),
    evidence: {
      formerUsccs: [],
      organisationCodes: [],
      registrationNumbers: registrationNumber === null ? [] : [registrationNumber],
      names: [own, ...otherNames],
    },
    origin: `import:${context.run.importId}`,
    lastImport: context.run.importId,
    duplicateOf: null,
    version: 1,
  };
}

/** Keys of a subject, the loose one for showing similar names included. */
export function keysOf(subject: Subject, tables: ImportTables): string[] {
  const { uscc, name: presentName, evidence } = subject;
  const near = nearKey(presentName, tables);
  const keys = subjectKeys({ uscc, presentName, ...evidence }, tables);
  return [...new Set(near === null ? keys : [...keys, near])];
}

async function writeChunk(tx: Tx, context: ChunkContext, chunk: Chunk, today: Day): Promise<void> {
  const { act, tables } = context;
  await insertSubjects(tx, chunk.added, act.at);
  await addKeys(
    tx,
    chunk.added.flatMap(({ subjectId, ...rest }) =>
      keysOf({ subjectId, ...rest }, tables).map((key) => ({ key, subjectId })),
    ),
    true,
  );
  const changed = [...chunk.updated.values()];
  for (const { subject } of changed) await updateSubject(tx, subject, act.at);
  await addKeys(
    tx,
    changed.flatMap(({ subject }) =>
      keysOf(subject, tables).map((key) => ({ key, subjectId: subject.subjectId })),
    ),
    false,
  );
  await insertProfiles(
    tx,
    [
      ...chunk.added.map((subject) =>
        profileOf(subject, 'registered', subject.registeredOn ?? today),
      ),
      ...changed.map((item) => profileOf(item.subject, item.change, item.on)),
    ],
    act,
  );
  await enterInSearch(
    tx,
    chunk.added,
    changed.map((item) => item.subject),
  );
  await markSeen(tx, [...chunk.seen], context.run.importId);
  await insertFindings(tx, context.run.importId, chunk.findings);
}

/** A subject's attributes as one version of its history. */
export function profileOf(subject: Subject, change: string, validFrom: Day) {
  const { subjectId, version, evidence, ...attributes } = subject;
  return {
    subjectId,
    version,
    validFrom,
    change,
    attributes: { ...attributes, names: evidence.names },
  };
}
