/** Opening a delivered file: which item, which standard, which columns. Shared by online and offline. */
import type { Day } from '../../kernel/day.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import { editionsOf } from '../../kernel/rulebook/rulebook.ts';
import type { Field, Standard } from '../../kernel/rulebook/standards.ts';
import { type HeaderMatch, bestHeader, matchHeader } from '../../kernel/table-header.ts';
import { type FoundItem, findItem, standardNamed, standardsOf } from '../../law/directory/index.ts';
import type { RawRow, Table } from '../../platform/spreadsheet/index.ts';
import { type CheckTables, type CheckedRow } from './checks/domain.ts';
import { type Checker, compileChecker } from './checks/domain-row.ts';
import { problemFindings } from './checks/problems.ts';

/** A table whose heading is understood, ready to be checked row by row. */
export type OpenedDelivery = {
  readonly standard: Standard;
  readonly header: HeaderMatch;
  /** Headings as they stand in the file. */
  readonly headings: readonly string[];
  readonly checker: Checker;
  /** Data rows in batches; the heading is not among them. */
  readonly rows: () => AsyncIterable<readonly RawRow[]>;
};

/** What a file is opened against. */
export type ReadingContext = {
  readonly rulebook: Rulebook;
  readonly tables: CheckTables;
  readonly item: FoundItem;
  /** Standard demanded by the sender, `id@edition` or an alias; absent: detected. */
  readonly profile?: string;
  readonly today: Day;
};

/** Finds the item of a delivery; refuses `collection.no-such-item {item}`. */
export function itemFor(
  rulebook: Rulebook,
  wanted: string,
  on: Day,
  place: string,
): Result<FoundItem> {
  const found = findItem(rulebook, wanted, on, place);
  if (found !== null) return ok(found);
  // Departments say the name of the template; the item is the one that takes it.
  const standard = editionsOf(rulebook, 'standard').find(({ document }) =>
    [document.id, `${document.id}@${document.edition}`, ...document.aliases].some(
      (name) => name.toLowerCase() === wanted.toLowerCase(),
    ),
  );
  const byStandard =
    standard === undefined ? null : itemTaking(rulebook, standard.document, { on, place });
  return byStandard === null ? refuse('collection.no-such-item', { item: wanted }) : ok(byStandard);
}

function itemTaking(
  rulebook: Rulebook,
  standard: Standard,
  at: { readonly on: Day; readonly place: string },
): FoundItem | null {
  const name = `${standard.id}@${standard.edition}`;
  for (const { document } of editionsOf(rulebook, 'directory')) {
    const item = document.items.find((candidate) => candidate.standards.includes(name));
    if (item !== undefined) return findItem(rulebook, item.code, at.on, at.place);
  }
  return null;
}

/** Columns that say what to do with a row rather than what it says; any template may carry them. */
const controlColumns = 'control-columns@2026';

/** A standard with the control columns it does not define itself. */
function withControl(standard: Standard, control: readonly Field[]): Standard {
  const roles = new Set(standard.fields.map((field) => field.role));
  const ids = new Set(standard.fields.map((field) => field.id));
  const added = control.filter(
    (field) => !ids.has(field.id) && (field.role === undefined || !roles.has(field.role)),
  );
  return { ...standard, fields: [...standard.fields, ...added] };
}

/** Standards a heading may be recognised by: the item's own, and those that exist to be refused. */
function candidates(context: ReadingContext): Result<Standard[]> {
  const control = standardNamed(context.rulebook, controlColumns)?.fields ?? [];
  const own = standardsOf(context.rulebook, context.item).map((standard) =>
    withControl(standard, control),
  );
  if (own.length === 0) {
    return refuse('collection.no-standard', { item: context.item.item.code });
  }
  if (context.profile !== undefined) {
    const wanted = context.profile.toLowerCase();
    const named = own.filter((standard) =>
      [standard.id, `${standard.id}@${standard.edition}`, ...standard.aliases].some(
        (name) => name.toLowerCase() === wanted,
      ),
    );
    return named.length > 0
      ? ok(named)
      : refuse('collection.no-such-profile', {
          profile: context.profile,
          known: own.map((standard) => `${standard.id}@${standard.edition}`).join('、'),
        });
  }
  const refused = editionsOf(context.rulebook, 'standard')
    .map(({ document }) => document)
    .filter((document) => document.refuse !== undefined);
  return ok([...own, ...refused]);
}

/**
 * Reads the heading row and compiles the checker. Refuses the whole file only when no standard fits
 * (`collection.header-unknown`), when it is a template that is always refused (natural persons), when
 * two columns claim one field (`collection.header-doubled`), or when there is nothing in it.
 */
export async function openDelivery(
  table: Table,
  context: ReadingContext,
): Promise<Result<OpenedDelivery>> {
  const standards = candidates(context);
  if (!standards.ok) {
    await table.close();
    return standards;
  }
  const iterator = table.batches()[Symbol.asyncIterator]();
  const first = await iterator.next();
  const stop = async <T>(refusal: T): Promise<T> => {
    await iterator.return?.();
    return refusal;
  };
  const head = first.done === true ? undefined : first.value[0];
  if (first.done === true || head === undefined) return stop(refuse('collection.empty'));
  const match = bestHeader(head.cells, standards.value);
  const unfit = unfitHeader(match, standards.value);
  if (unfit !== null) return stop(unfit);
  const header = match!;
  const checker = compileChecker({
    standard: header.standard,
    columns: header.columns,
    tables: context.tables,
    today: context.today,
  });
  return ok({
    standard: header.standard,
    header,
    headings: head.cells.map((cell) => String(cell)),
    checker,
    async *rows() {
      const rest = first.value.slice(1);
      if (rest.length > 0) yield rest;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value;
      }
    },
  });
}

/** The fields the columns of a file hold, by its headings and the standard it was read by. */
export function columnsUnder(
  rulebook: Rulebook,
  standard: string,
  headings: readonly string[],
): { readonly standard: Standard; readonly columns: readonly (Field | null)[] } | null {
  const found = standardNamed(rulebook, standard);
  if (found === null || found === undefined) return null;
  const whole = withControl(found, standardNamed(rulebook, controlColumns)?.fields ?? []);
  return { standard: whole, columns: matchHeader(headings, whole).columns };
}

function unfitHeader(match: HeaderMatch | null, standards: readonly Standard[]) {
  if (match === null || match.missing.length > 0) {
    const standard = match?.standard ?? standards[0]!;
    const missing =
      match?.missing ?? standard.fields.filter((field) => field.required === 'always');
    return refuse('collection.header-unknown', {
      standard: `${standard.id}@${standard.edition}`,
      missing: missing
        .slice(0, 8)
        .map((field) => field.name)
        .join('、'),
      more: Math.max(0, missing.length - 8),
    });
  }
  if (match.standard.refuse !== undefined) {
    const { message, advice } = match.standard.refuse;
    return refuse('collection.template-refused', { message, advice });
  }
  const twice = match.doubled[0];
  if (twice !== undefined) {
    return refuse('collection.header-doubled', {
      field: twice.field.name,
      columns: twice.columns.join('、'),
    });
  }
  return null;
}

/** Checks one row: what the reader noticed and what the standard says of it. */
export function checkRow(delivery: OpenedDelivery, row: RawRow): CheckedRow {
  const { findings, rejects } = problemFindings(row, delivery.header.columns);
  const checked = delivery.checker.check(row.row, row.cells);
  if (findings.length === 0) return checked;
  return {
    ...checked,
    verdict: rejects ? 'rejected' : checked.verdict,
    findings: [...findings, ...checked.findings],
  };
}
