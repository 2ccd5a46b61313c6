/**
 * Columns of double publicity: which there are, what may be asked of them, and where a page of one
 * begins. Pages are cut by position, never by number, so that a line that closes moves no other. Pure.
 */
import { parseDay, type Day } from '../../../kernel/day.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import type { Family } from '../../../kernel/rulebook/directory.ts';

/** The columns, by what decisions they hold. */
export const columnNames = ['permit', 'penalty', 'act'] as const;
export type ColumnName = (typeof columnNames)[number];

/** Families of each column; the acts are the other eight of the ten publicities 行政行为十公示. */
export const familiesOf: Readonly<Record<ColumnName, readonly Family[]>> = {
  permit: ['permit'],
  penalty: ['penalty'],
  act: [
    'compulsion',
    'confirmation',
    'levy',
    'payment',
    'adjudication',
    'compensation',
    'reward',
    'inspection',
  ],
};

/** Filters of a column; each narrows it further. */
export const filterNames = ['region', 'section', 'authority', 'kind'] as const;
export type FilterName = (typeof filterNames)[number];

/** What is chosen: a six-digit division, a letter of the industries, an authority, a kind. */
export type ColumnFilters = Readonly<Partial<Record<FilterName, string>>>;

/** A line's place in its column: the newest decision first, the larger id first within a day. */
export type ColumnPosition = { readonly decidedOn: Day; readonly recordId: Id };

/** From where a page is read: `older` goes down from the position, `newer` up. */
export type ColumnStart = { readonly way: 'older' | 'newer'; readonly from: ColumnPosition };

/** Lines of a page. */
export const columnPageSize = 20;

/** A position as it stands in an address: `2026-05-01_<id>`. */
export function positionText({ decidedOn, recordId }: ColumnPosition): string {
  return `${decidedOn}_${recordId}`;
}

/** Reads a position; `null` when the text is none. */
export function readPosition(text: string): ColumnPosition | null {
  const [written = '', recordId = '', ...more] = text.split('_');
  const decidedOn = parseDay(written);
  if (decidedOn === null || !isId(recordId) || more.length > 0) return null;
  return { decidedOn, recordId };
}

/** How a division is looked for: itself, all of its city, or all of its province. */
export type RegionReach = {
  readonly by: 'region' | 'city' | 'province';
  readonly prefix: string;
};

/** A county is itself; a city and a province hold every division that begins with their digits. */
export function reachOf(code: string): RegionReach {
  if (code.endsWith('0000')) return { by: 'province', prefix: code.slice(0, 2) };
  if (code.endsWith('00')) return { by: 'city', prefix: code.slice(0, 4) };
  return { by: 'region', prefix: code };
}

/** Filters by which a walk along an index is driven, the narrowest as a rule first. */
const driving: readonly FilterName[] = ['authority', 'kind', 'region', 'section'];

/** The filter to walk along; `null`: the column itself. A province is as good as everything. */
export function driverOf(filters: ColumnFilters): FilterName | null {
  return (
    driving.find((name) => {
      const value = filters[name];
      if (value === undefined) return false;
      return name !== 'region' || reachOf(value).by !== 'province';
    }) ?? null
  );
}
