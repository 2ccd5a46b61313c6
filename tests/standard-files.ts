/** The rulebook's standards and code tables as the tests read them, straight from the files. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Line, readTable } from '../scripts/rulebook/delimited.ts';
import { type CodeRow, type Codes, codesSchema } from '../src/kernel/rulebook/codes.ts';
import { type Standard, standardSchema } from '../src/kernel/rulebook/standards.ts';
import { type Facts, evaluate } from '../src/kernel/rules.ts';

/** Folder of the repository. */
export const root = join(import.meta.dirname, '..');

/** Folder of data that is not part of the repository, and whether it is there. */
export const shared = join(root, '..', 'shared', 'data');
export const sharedHere = existsSync(shared);
if (!sharedHere) console.warn('skipped: comparisons with ../shared/data, which is absent');

/** All YAML files of a rulebook folder, by name without ending. */
export function yamlOf(folder: string): { name: string; data: unknown }[] {
  return readdirSync(join(root, 'rulebook', folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      name: name.slice(0, -5),
      data: parse(readFileSync(join(root, 'rulebook', folder, name), 'utf8')) as unknown,
    }));
}

/** Standards by `id@edition`, as their file names say. */
export const standards = new Map<string, Standard>(
  yamlOf('standards').map(({ name, data }) => [name, standardSchema.parse(data)]),
);

/** Code tables by file name. */
export const tables = new Map<string, Codes>(
  yamlOf('codes').map(({ name, data }) => [name, codesSchema.parse(data)]),
);

/** Rows of a code table that carries them itself. */
export const rows = (id: string): readonly CodeRow[] => tables.get(id)!.rows!;

/** Lines of a table in a CSV file. */
export const csv = (id: string): Line[] => readTable(join(root, 'rulebook', 'codes', `${id}.csv`));

/** A standard that must exist. */
export function named(id: string): Standard {
  const found = standards.get(id);
  if (!found) throw new Error(`no standard ${id}`);
  return found;
}

/** Standards by which data is taken; those that only refuse are left out. */
export const collecting = [...standards.values()].filter((s) => s.refuse === undefined);

/** Name of a standard's edition. */
export const keyOf = (standard: Standard): string => `${standard.id}@${standard.edition}`;

/** Ids of the rules of a standard whose condition the facts violate. */
export function caught(id: string, facts: Facts): string[] {
  return named(id)
    .rules.filter((rule) => 'violated' in rule.check && evaluate(rule.check.violated, facts).holds)
    .map((rule) => rule.id);
}
