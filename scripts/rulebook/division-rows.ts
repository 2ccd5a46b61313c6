/** From spans of validity to the rows of `rulebook/codes/divisions.csv`. */
import { type Day, addDays } from '../../src/kernel/day.ts';
import type { DivisionRow } from '../../src/kernel/divisions.ts';
import type { Line } from './delimited.ts';
import { type Entry, divisionHistory } from './division-history.ts';
import type { Sources } from './division-sources.ts';
import { addSuccessors } from './division-successors.ts';

/** Columns of the table, in order. */
export const divisionColumns = [
  'code',
  'name',
  'level',
  'parent',
  'validFrom',
  'validTo',
  'replacedBy',
  'kind',
  'source',
] as const;

/** Name shown for region parts that stand in no list: development zones and the like. */
export const zoneName = '开发区等（未列入国家标准）';

/** Region part of codes given by authorities of the State level (GB 32100-2015, GS 15-2006). */
const nationCode = '100000';

function levelOf(code: string): DivisionRow['level'] {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

/** The prefecture if law knows it, else the province; the nation above provinces. */
function parentOf(code: string, legal: ReadonlySet<string>): string {
  const level = levelOf(code);
  if (level === 'province') return nationCode;
  const prefecture = `${code.slice(0, 4)}00`;
  if (level === 'county' && legal.has(prefecture)) return prefecture;
  return `${code.slice(0, 2)}0000`;
}

/** Joins rows of one code that follow one another under the same name (two lists, one span). */
function joined(entries: readonly Entry[]): Entry[] {
  const result: Entry[] = [];
  for (const entry of entries) {
    const last = result.at(-1);
    const follows =
      last?.code === entry.code && last.name === entry.name && touches(last.to, entry.from);
    if (last && follows) {
      last.to = entry.to;
      last.replacedBy = entry.replacedBy;
      if (!last.source.includes(entry.source)) last.source = `${last.source}+${entry.source}`;
    } else result.push({ ...entry });
  }
  return result;
}

function touches(end: Day | null, start: Day): boolean {
  return end !== null && addDays(end, 1) === start;
}

/** All rows of the table: law and statistics by date, then the zones and the nation without dates. */
export function divisionRows(sources: Sources): DivisionRow[] {
  const entries = joined(divisionHistory(sources));
  addSuccessors(entries);
  const legal = new Set(entries.filter((e) => e.kind === 'legal').map((e) => e.code));
  const dated = entries.map(
    (entry): DivisionRow => ({
      code: entry.code,
      name: entry.name,
      level: levelOf(entry.code),
      parent: parentOf(entry.code, legal),
      validFrom: entry.from,
      validTo: entry.to,
      replacedBy: entry.replacedBy,
      kind: entry.kind,
      source: entry.source,
    }),
  );
  const undated = { validFrom: null, validTo: null, replacedBy: [], kind: 'zone' } as const;
  const known = new Set(dated.map((row) => row.code));
  const zones = sources.zoneParts
    .filter((code) => code !== nationCode && !known.has(code))
    .map((code): DivisionRow => {
      const parent = parentOf(code, legal);
      return { code, name: zoneName, level: levelOf(code), parent, ...undated, source: 'uscc' };
    });
  const nation: DivisionRow = {
    code: nationCode,
    name: '国家级登记管理机关（非行政区划）',
    level: 'nation',
    parent: null,
    ...undated,
    source: 'gb-32100-2015',
  };
  return [...dated, ...zones, nation].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(row: DivisionRow): string {
  return `${row.code} ${row.validFrom ?? ''}`;
}

/** A row as a line of the CSV file: lists joined by `|`, missing days empty. */
export function divisionLine(row: DivisionRow): Line {
  return {
    ...row,
    parent: row.parent ?? '',
    validFrom: row.validFrom ?? '',
    validTo: row.validTo ?? '',
    replacedBy: row.replacedBy.join('|'),
  };
}
