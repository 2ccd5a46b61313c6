/** Reading and writing of the small comma-separated tables the rulebook is built from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { assert } from '../../src/kernel/result.ts';

/** One line of a table by column name; every cell is text. */
export type Line = Readonly<Record<string, string>>;

/** Splits RFC 4180 text into lines of cells. Quotes may hold commas, quotes and line breaks. */
function cells(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') {
      line.push(cell);
      cell = '';
    } else if (char === '\n') {
      line.push(cell);
      lines.push(line);
      line = [];
      cell = '';
    } else if (char !== '\r') cell += char;
  }
  if (cell !== '' || line.length > 0) lines.push([...line, cell]);
  return lines;
}

/** Reads a table whose first line names the columns. Faults on a line of another width. */
export function readTable(path: string): Line[] {
  const [head, ...body] = cells(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  assert(head !== undefined, `empty table: ${path}`);
  return body.map((line, index) => {
    assert(line.length === head.length, `${path}:${index + 2} has ${line.length} cells`);
    return Object.fromEntries(head.map((name, at) => [name, line[at]!]));
  });
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Text of a table: UTF-8, no BOM, LF, quotes only where needed. */
export function tableText(columns: readonly string[], lines: readonly Line[]): string {
  const body = lines.map((line) => columns.map((name) => quote(line[name] ?? '')).join(','));
  return `${[columns.join(','), ...body].join('\n')}\n`;
}

/** Writes {@link tableText} to a file. */
export function writeTable(path: string, columns: readonly string[], lines: readonly Line[]): void {
  writeFileSync(path, tableText(columns, lines));
}
