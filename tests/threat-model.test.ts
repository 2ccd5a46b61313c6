/** The threat model names a test for each control: it has to be there, under that sentence. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const text = readFileSync(resolve(root, 'docs/threat-model.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (threat|---)/.test(line))
  .map((line) => {
    const cells = line.split(' | ');
    const found = /^`([^`]+)` "([^"]+)" \|$/.exec(cells[2] ?? '');
    return { line, file: found?.[1], sentence: found?.[2], cells: cells.length };
  });

it('every threat has one control and one test, and the test is there under that sentence', () => {
  expect(rows.length).toBeGreaterThan(30);
  for (const { line, file, sentence, cells } of rows) {
    expect([line, cells, file !== undefined]).toEqual([line, 3, true]);
    const source = readFileSync(resolve(root, file!), 'utf8');
    expect([line, source.includes(`'${sentence!}'`)]).toEqual([line, true]);
  }
});
