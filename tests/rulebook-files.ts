/**
 * The shipped rulebook as tests read it: every YAML file of provisions, terms and directory and the
 * positions, parsed by the schema. A file that does not parse fails the test that imports this.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import {
  type Document,
  type DocumentKind,
  type DocumentOf,
  documentSchema,
} from '../src/kernel/rulebook/document.ts';

const root = resolve(import.meta.dirname, '../rulebook');
const folders = ['provisions', 'terms', 'directory', 'notices'];

/** A document with its path below `rulebook/`. */
export type Loaded = { readonly file: string; readonly document: Document };

const files = [
  ...folders.flatMap((folder) => yamlUnder(join(root, folder))),
  join(root, 'roles.yaml'),
];

/** All documents, in the order of their paths. Aliases are refused, as the loader refuses them. */
export const loaded: readonly Loaded[] = files.map((path) => ({
  file: relative(root, path),
  document: documentSchema.parse(
    parseDocument(readFileSync(path, 'utf8')).toJS({ maxAliasCount: 0 }),
  ),
}));

function yamlUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return yamlUnder(path);
      return entry.name.endsWith('.yaml') ? [path] : [];
    })
    .sort();
}

/** All documents of a kind. */
export function documentsOf<K extends DocumentKind>(kind: K): readonly DocumentOf<K>[] {
  return loaded
    .map(({ document }) => document)
    .filter((item) => item.kind === kind) as DocumentOf<K>[];
}

/** The first document of a kind with this id; throws when there is none. */
export function documentNamed<K extends DocumentKind>(kind: K, id: string): DocumentOf<K> {
  const found = documentsOf(kind).find((item) => item.id === id);
  if (found === undefined) throw new Error(`no ${kind} ${id}`);
  return found;
}

/** Every item of every layer of the directory, with its layer. */
export const directoryItems = documentsOf('directory').flatMap((directory) =>
  directory.items.map((item) => ({ ...item, directory: directory.id, layer: directory.layer })),
);
