/**
 * Files of ../shared/data that tests compare with but the repository may not carry (licence). Where the
 * folder is absent the tests that need it are skipped, and say so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../shared/data');

/** Path of a shared folder, or `null`, said once on the console, when it is absent. */
export function sharedFolder(path: string): string | null {
  const found = resolve(folder, path);
  if (existsSync(found)) return found;
  console.warn(`skipped: ../shared/data/${path} is absent`);
  return null;
}

/** The text of a shared file, or `null`, said once on the console, when the folder is absent. */
export function sharedText(path: string): string | null {
  const file = resolve(folder, path);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  console.warn(`skipped: ../shared/data/${path} is absent`);
  return null;
}

/** A shared JSON file, or `null` when absent. The caller states its shape. */
export function sharedJson<T>(path: string): T | null {
  const text = sharedText(path);
  return text === null ? null : (JSON.parse(text) as T);
}

/** Rows of a shared CSV file as objects by its first line, or `null` when absent. */
export function sharedRows(path: string): Record<string, string>[] | null {
  const text = sharedText(path);
  if (text === null) return null;
  const [head, ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(head!.map((name, i) => [name, row[i] ?? ''])));
}

/** RFC 4180 without frills: enough for the shared files, which are well formed. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    if (match[0] === '' && row.length === 0) break;
    row.push(match[1] === undefined ? match[2]! : match[1].replace(/""/g, '"'));
    if (match[3] !== ',') {
      rows.push(row);
      row = [];
      if (match[3] === '') break;
    }
  }
  return rows;
}
