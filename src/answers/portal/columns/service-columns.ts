/** A page of a column of double publicity, each line asked for again at the moment it is told. */
import type { Rulebook } from '../../../kernel/rulebook/rulebook.ts';
import { rowsOf } from '../../../kernel/rulebook/tables.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Id } from '../../../kernel/ids.ts';
import { type Refusal, type Result, ok, refuse } from '../../../kernel/result.ts';
import { type ShownRecord, readShownAmong } from '../../../archive/records/index.ts';
import { readSubjects } from '../../../register/subjects/index.ts';
import type { PortalContext } from '../deps.ts';
import { shownText } from '../domain-fields.ts';
import { readRun } from '../figures/store-figures.ts';
import type { Words } from '../law/contract.ts';
import { type PortalLaw, itemName, portalLaw } from '../service-law.ts';
import { regionOf } from '../service-regions.ts';
import { recordPage } from '../service-subject.ts';
import type { ColumnPage } from './contract.ts';
import {
  type ColumnFilters,
  type ColumnName,
  type ColumnPosition,
  type ColumnStart,
  type FilterName,
  columnPageSize,
  filterNames,
  positionText,
  readPosition,
} from './domain-columns.ts';
import { type ColumnLine, hasAuthority, readChoices, walkColumn } from './store-columns.ts';

/** What is asked of a column, as it was typed. */
export type ColumnQuery = Readonly<
  Partial<Record<FilterName | 'older' | 'newer', string | undefined>>
>;

type Asked = { readonly filters: ColumnFilters; readonly start: ColumnStart | null };

/** One choice of a filter with its name. */
export type Choice = { readonly value: string; readonly name: Words };

/** What may be chosen in each filter of a column. */
export type Choices = Readonly<Record<FilterName, readonly Choice[]>>;

type ColumnRefusal = Refusal<'portal.no-such-filter' | 'portal.no-such-position'>;

const authorityCharsMax = 200;

/**
 * Reads what is asked. Refuses `portal.no-such-filter {filter}` where a division, industry or kind is
 * not known, and `portal.no-such-position` where a page begins nowhere.
 */
export function readColumnQuery(
  law: PortalLaw,
  column: ColumnName,
  query: ColumnQuery,
): Result<Asked, ColumnRefusal> {
  const filters: Partial<Record<FilterName, string>> = {};
  for (const name of filterNames) {
    const value = query[name]?.trim();
    if (value === undefined || value === '') continue;
    if (nameOf(law, column, name, value) === null) {
      return refuse('portal.no-such-filter', { filter: name });
    }
    filters[name] = value;
  }
  const way = query.older !== undefined ? 'older' : 'newer';
  const text = query[way];
  if (text === undefined) return ok({ filters, start: null });
  const from = query.older !== undefined && query.newer !== undefined ? null : readPosition(text);
  return from === null ? refuse('portal.no-such-position') : ok({ filters, start: { way, from } });
}

const kindTables: Readonly<Partial<Record<ColumnName, string>>> = {
  permit: 'permit-kind',
  penalty: 'penalty-kind',
};

function rowNamed(rulebook: Rulebook, table: string, code: string): string | null {
  return rowsOf(rulebook, table).find((row) => row.code === code)?.name ?? null;
}

/** What a chosen value is called; `null` when nobody knows it. */
function nameOf(
  law: PortalLaw,
  column: ColumnName,
  filter: FilterName,
  value: string,
): Words | null {
  const same = (name: string | null) => (name === null ? null : { zh: name, en: name });
  switch (filter) {
    case 'region':
      return same(regionOf(law, value)?.fullName ?? null);
    case 'section':
      return /^[A-Z]$/.test(value) ? same(rowNamed(law.rulebook, 'industries-2017', value)) : null;
    case 'authority':
      return value.length > authorityCharsMax ? null : same(shownText(value));
    case 'kind': {
      const table = kindTables[column];
      if (table !== undefined) return same(rowNamed(law.rulebook, table, value));
      return law.items.has(value) ? itemName(law, value) : null;
    }
  }
}

/** A page of a column. Refuses as {@link readColumnQuery} does. */
export async function columnPage(
  context: PortalContext,
  column: ColumnName,
  query: ColumnQuery,
): Promise<Result<ColumnPage, ColumnRefusal>> {
  const law = portalLaw(context.law());
  const read = readColumnQuery(law, column, query);
  if (!read.ok) return read;
  const { filters, start } = read.value;
  const { authority } = filters;
  // Nothing that somebody made up is said again.
  if (authority !== undefined && !(await hasAuthority(context.database, column, authority))) {
    return refuse('portal.no-such-filter', { filter: 'authority' });
  }
  const [run, found] = await Promise.all([
    readRun(context.database),
    shownLines(context, law, column, read.value),
  ]);
  const entries = await entriesOf(context, law, found.shown);
  const { newer, older } = ends(found, start);
  return ok({
    column,
    asOf: law.on,
    madeAt: run?.madeAt ?? null,
    chosen: filterNames.flatMap((filter) => {
      const value = filters[filter];
      const name = value === undefined ? null : nameOf(law, column, filter, value);
      return name === null ? [] : [{ filter, value: value!, name }];
    }),
    entries,
    searchedTo:
      older !== null && entries.length < columnPageSize && start?.way !== 'newer'
        ? older.decidedOn
        : null,
    newer: newer === null ? null : positionText(newer),
    older: older === null ? null : positionText(older),
  });
}

type ShownLine = { readonly line: ColumnLine; readonly record: ShownRecord };

/** Lines of a page in the order of the column, and where the walk was broken off. */
type FoundLines = {
  readonly shown: readonly ShownLine[];
  readonly reached: ColumnPosition | null;
};

/** Walks taken for one page where lines have closed since they were gathered. */
const walksMax = 3;

async function shownLines(
  context: PortalContext,
  law: PortalLaw,
  column: ColumnName,
  asked: Asked,
): Promise<FoundLines> {
  const way = asked.start?.way ?? 'older';
  const shown: ShownLine[] = [];
  let start = asked.start;
  let reached: ColumnPosition | null = null;
  for (let walks = 0; walks < walksMax && shown.length < columnPageSize; walks += 1) {
    const most = columnPageSize - shown.length;
    const walk = await walkColumn(context.database, { column, ...asked, start, most });
    const records = await readShownAmong(context, walk.lines, law.on as Day);
    const byId = new Map(records.map((record): [Id, ShownRecord] => [record.recordId, record]));
    for (const line of walk.lines) {
      const record = byId.get(line.recordId);
      if (record !== undefined) shown.push({ line, record });
    }
    reached = walk.reached;
    if (reached === null) break;
    start = { way, from: reached };
  }
  return { shown: way === 'newer' ? shown.reverse() : shown, reached };
}

/** From where the pages before and after this one are read; `null` where there is none. */
function ends(
  { shown, reached }: FoundLines,
  start: ColumnStart | null,
): { newer: ColumnPosition | null; older: ColumnPosition | null } {
  const [first, last] = [shown[0]?.line ?? null, shown.at(-1)?.line ?? null];
  if (start?.way === 'newer') return { newer: reached, older: last ?? start.from };
  return { newer: start === null ? null : (first ?? start.from), older: reached };
}

async function entriesOf(
  context: PortalContext,
  law: PortalLaw,
  shown: readonly ShownLine[],
): Promise<ColumnPage['entries']> {
  const subjects = await mainSubjects(
    context,
    shown.map(({ record }) => record.subjectId),
  );
  const facts = await context.cityFacts();
  return shown.flatMap(({ record }) => {
    const subject = subjects.get(record.subjectId);
    if (subject === undefined) return [];
    const { subjectId, uscc, name } = subject;
    return [
      {
        subject: { subjectId, uscc, name: shownText(name) },
        record: recordPage(context, law, facts, record),
      },
    ];
  });
}

type Subject = Awaited<ReturnType<typeof readSubjects>>[number];

/** Organisations by the ids records stand under; a duplicate id gives the main one. */
async function mainSubjects(
  { database }: PortalContext,
  ids: readonly Id[],
): Promise<ReadonlyMap<Id, Subject>> {
  const found = await readSubjects(database, [...new Set(ids)]);
  const mains = found.flatMap(({ duplicateOf }) => duplicateOf ?? []);
  const others = mains.length === 0 ? [] : await readSubjects(database, [...new Set(mains)]);
  const main = new Map(others.map((subject): [Id, Subject] => [subject.subjectId, subject]));
  return new Map(
    found.flatMap((subject): [Id, Subject][] => {
      const own = subject.duplicateOf === null ? subject : main.get(subject.duplicateOf);
      return own === undefined || own.kind !== 'organisation' ? [] : [[subject.subjectId, own]];
    }),
  );
}

/** What may be chosen in each filter of a column today, the most frequent first. */
export async function choicesOf(context: PortalContext, column: ColumnName): Promise<Choices> {
  const law = portalLaw(context.law());
  const rows = await readChoices(context.database, column);
  const of = (filter: FilterName) =>
    rows.flatMap((row) => {
      const name = row.filter === filter ? nameOf(law, column, filter, row.value) : null;
      return name === null ? [] : [{ value: row.value, name }];
    });
  return {
    region: of('region'),
    section: of('section'),
    authority: of('authority'),
    kind: of('kind'),
  };
}
