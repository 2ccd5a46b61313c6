/** Divisions as the portal's sub-portals need them: name, history, what lies in them. */
import { rowsOf } from '../../kernel/rulebook/tables.ts';
import type { PortalLaw } from './service-law.ts';
import { placeNameOf } from './service-registered.ts';

/** A division with its history. Days are as the code table has them; `null`: not known, or still in use. */
export type RegionView = {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly level: string;
  /** The name and days of every use the code had, the newest first. */
  readonly history: readonly {
    readonly name: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly successors: readonly RegionLink[];
  }[];
  readonly above: RegionLink | null;
  readonly within: readonly RegionLink[];
};

/** A division to be led to. */
export type RegionLink = { readonly code: string; readonly name: string };

type Row = ReturnType<typeof rowsOf>[number];

const text = (row: Row, column: string): string | null => {
  const value = row[column];
  return value === null || value === undefined || value === '' ? null : String(value);
};

/** Places people live in: no lines of statistics, no codes that are no division. */
const isPlace = (row: Row) => row['kind'] === 'legal';
const isLive = (row: Row) => text(row, 'validTo') === null;

const linkOf = (row: Row): RegionLink => ({ code: row.code, name: row.name });

const byCode = new WeakMap<PortalLaw, ReadonlyMap<string, readonly Row[]>>();

/** Every use of every code; read once per view of the law. */
function divisions(law: PortalLaw): ReadonlyMap<string, readonly Row[]> {
  const known = byCode.get(law);
  if (known !== undefined) return known;
  const made = new Map<string, Row[]>();
  for (const row of rowsOf(law.rulebook, 'divisions')) {
    const own = made.get(row.code);
    if (own === undefined) made.set(row.code, [row]);
    else own.push(row);
  }
  byCode.set(law, made);
  return made;
}

/** One division by its code; `null` when the table does not know it as a place. */
export function regionOf(law: PortalLaw, code: string): RegionView | null {
  if (!/^\d{6}$/.test(code)) return null;
  const all = divisions(law);
  const uses = (all.get(code) ?? []).filter(isPlace);
  const sorted = [...uses].sort((a, b) =>
    (text(a, 'validFrom') ?? '') < (text(b, 'validFrom') ?? '') ? 1 : -1,
  );
  const now = sorted.find(isLive) ?? sorted[0];
  if (now === undefined) return null;
  const above = (all.get(text(now, 'parent') ?? '') ?? []).find(isPlace);
  return {
    code,
    name: now.name,
    fullName: placeNameOf(law, code) ?? now.name,
    level: text(now, 'level') ?? '',
    history: sorted.map((row) => ({
      name: row.name,
      from: text(row, 'validFrom'),
      to: text(row, 'validTo'),
      successors: (text(row, 'replacedBy') ?? '').split(/[;|,\s]+/).flatMap((next) => {
        const found = (all.get(next) ?? []).find(isPlace);
        return found === undefined ? [] : [linkOf(found)];
      }),
    })),
    above: above === undefined ? null : linkOf(above),
    within: within(law, code),
  };
}

function within(law: PortalLaw, code: string): RegionLink[] {
  return [...divisions(law).values()]
    .flat()
    .filter((row) => row['parent'] === code && isPlace(row) && isLive(row))
    .map(linkOf)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Divisions of the place an installation serves, those in use and those that were. */
export type RegionsView = {
  readonly place: RegionLink | null;
  readonly live: readonly RegionLink[];
  readonly former: readonly RegionLink[];
};

/** Lists the divisions within a place. */
export function regionsOf(law: PortalLaw, place: string): RegionsView {
  const rows = [...divisions(law).values()]
    .flat()
    .filter((row) => row['parent'] === place && isPlace(row));
  const live = rows.filter(isLive).map(linkOf);
  const liveCodes = new Set(live.map(({ code }) => code));
  const sorted = (links: readonly RegionLink[]) =>
    [...new Map(links.map((link) => [link.code, link])).values()].sort((a, b) =>
      a.code < b.code ? -1 : 1,
    );
  const own = regionOf(law, place);
  return {
    place: own === null ? null : { code: own.code, name: own.fullName },
    live: sorted(live),
    former: sorted(rows.map(linkOf).filter(({ code }) => !liveCodes.has(code))),
  };
}
