/** Reads rulebook folders: YAML documents and the CSV tables beside them. */
import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { digestOf, sha256Hex } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Json } from '../../kernel/canonical.ts';
import type { CodeRow, Codes } from '../../kernel/rulebook/codes.ts';
import { type Document, type DocumentKind, documentSchema } from '../../kernel/rulebook/document.ts';
import type { Edition } from '../../kernel/rulebook/rulebook.ts';

/** Something wrong with a rulebook file: place, reason, remedy. */
export type FileProblem = {
  readonly file: string;
  readonly line: number | null;
  readonly path: string;
  readonly message: string;
};

/** What a folder gave. Problems do not stop the other files. */
export type LoadedFiles = {
  readonly editions: readonly (Edition & { readonly file: string })[];
  readonly problems: readonly FileProblem[];
};

const bytesMax = 16 * 1024 * 1024;

/** Folders of a rulebook by kind; lets quick commands read only what they need. */
const foldersOfKind: Partial<Record<DocumentKind, string>> = {
  provisions: 'provisions',
  directory: 'directory',
  standard: 'standards',
  codes: 'codes',
  calendar: 'codes/calendar',
  notices: 'notices',
};

/**
 * Loads every `*.yaml` under the folders. `kinds` limits the work to these kinds' folders. Digests of
 * documents cover the rows of their CSV files.
 */
export async function loadFiles(
  folders: readonly string[],
  recordedAt: Instant,
  kinds?: readonly DocumentKind[],
): Promise<LoadedFiles> {
  const editions: (Edition & { file: string })[] = [];
  const problems: FileProblem[] = [];
  for (const folder of folders) {
    const roots =
      kinds === undefined
        ? [folder]
        : kinds.map((kind) => resolve(folder, foldersOfKind[kind] ?? 'terms'));
    for (const root of new Set(roots)) {
      for (const path of await filesIn(root, ['.yaml'])) {
        const loaded = await loadOne(path, relative(folder, path), recordedAt);
        problems.push(...loaded.problems);
        if (loaded.edition !== null) editions.push(loaded.edition);
      }
    }
  }
  return { editions, problems };
}

/** Digest over the bytes of all rulebook files: changes when anything in the folders does. Quick. */
export async function digestOfFolders(folders: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const folder of folders) {
    for (const path of await filesIn(folder, ['.yaml', '.csv'])) {
      lines.push(`${relative(folder, path)} ${sha256Hex(await readFile(path))}`);
    }
  }
  return sha256Hex(lines.join('\n'));
}

async function filesIn(folder: string, endings: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path, endings);
      return Promise.resolve(endings.some((end) => entry.name.endsWith(end)) ? [path] : []);
    }),
  );
  return nested.flat().sort();
}

type LoadedOne = {
  readonly edition: (Edition & { file: string }) | null;
  readonly problems: readonly FileProblem[];
};

async function loadOne(path: string, file: string, recordedAt: Instant): Promise<LoadedOne> {
  const text = await readFile(path, 'utf8');
  const failed = (message: string, line: number | null = null): LoadedOne => ({
    edition: null,
    problems: [{ file, line, path: '', message }],
  });
  if (text.length > bytesMax) return failed('the file is larger than 16 MB: split it');
  const lines = new LineCounter();
  // Aliases are how a small YAML file becomes a huge one: a few are handy, many are an attack.
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const fault = yaml.errors[0];
  if (fault !== undefined) return failed(fault.message, fault.linePos?.[0].line ?? null);
  const plain: unknown = yaml.toJS({ maxAliasCount: 200 });
  const parsed = documentSchema.safeParse(plain);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const node: unknown = yaml.getIn(issue.path as (string | number)[], true);
      const offset = (node as { range?: number[] } | undefined)?.range?.[0];
      return {
        file,
        line: offset === undefined ? null : lines.linePos(offset).line,
        path: issue.path.join('.'),
        message: issue.message,
      };
    });
    return { edition: null, problems };
  }
  const withRows = await withTable(parsed.data, path);
  if (typeof withRows === 'string') return failed(withRows);
  return {
    edition: {
      document: withRows,
      digest: digestOf(withRows as unknown as Json),
      recordedAt,
      file,
    },
    problems: [],
  };
}

/** Puts the rows of a CSV file beside the YAML into the document; a message when it cannot. */
async function withTable(document: Document, path: string): Promise<Document | string> {
  if (document.kind !== 'codes' || document.file === undefined) return document;
  const name = basename(document.file);
  const text = await readFile(resolve(dirname(path), name), 'utf8').catch(() => null);
  if (text === null) return `table file ${name} is missing`;
  const rows = tableRows(text);
  if (typeof rows === 'string') return `${name}: ${rows}`;
  return { ...document, rows } satisfies Codes;
}

/** Rows of one of our own CSV tables: comma, double quotes, one record a line. */
function tableRows(text: string): CodeRow[] | string {
  const [head = '', ...body] = text.replace(/^\uFEFF/, '').trimEnd().split(/\r?\n/);
  const columns = splitLine(head);
  if (!columns.includes('code') || !columns.includes('name')) {
    return 'the first line must name the columns, among them code and name';
  }
  const rows: CodeRow[] = [];
  for (const [index, line] of body.entries()) {
    const cells = splitLine(line);
    if (cells.length !== columns.length) {
      return `line ${index + 2} has ${cells.length} cells instead of ${columns.length}`;
    }
    const row: Record<string, string | string[] | null> = {};
    columns.forEach((column, position) => {
      const cell = cells[position] ?? '';
      if (column === 'replacedBy') row[column] = cell === '' ? [] : cell.split('|');
      else if (column === 'validTo') row[column] = cell === '' ? null : cell;
      else if (cell !== '' || column === 'name') row[column] = cell;
    });
    rows.push(row as CodeRow);
  }
  return rows;
}

function splitLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  );
}
