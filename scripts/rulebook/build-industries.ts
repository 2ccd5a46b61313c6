/**
 * Builds `rulebook/codes/industries-2017.csv` (GB/T 4754-2017):
 *
 *   npx tsx scripts/rulebook/build-industries.ts FOLDER [CODES]
 *
 * FOLDER holds industries-2017.csv with two transcriptions of the official list, name_a and name_b. The
 * second is complete and goes first; where the first differs its name is kept in `otherName`, so that
 * a department that typed it is still understood. Codes lose the letter of their section: two to four
 * digits are unique without it.
 */
import { join } from 'node:path';
import { assert } from '../../src/kernel/result.ts';
import { type Line, readTable, writeTable } from './delimited.ts';

const levels: Readonly<Record<string, string>> = {
  门类: 'section',
  大类: 'division',
  中类: 'group',
  小类: 'class',
};

function bare(code: string): string {
  return code.length === 1 ? code : code.slice(1);
}

/** Lines of the table; lines that only the first transcription has are left out. */
export function industryLines(source: readonly Line[]): Line[] {
  return source
    .filter((line) => line['name_b'] !== '')
    .map((line) => {
      const level = levels[line['level']!];
      assert(level !== undefined, `unknown level ${line['level']}`);
      const differs = line['name_a'] !== '' && line['name_a'] !== line['name_b'];
      return {
        code: bare(line['code']!),
        name: line['name_b']!,
        level,
        parent: bare(line['parent']!),
        section: line['code']![0]!,
        otherName: differs ? line['name_a']! : '',
      };
    });
}

function main(folder: string | undefined, codes = join('rulebook', 'codes')): void {
  if (folder === undefined) {
    console.error('usage: build-industries.ts FOLDER [CODES]');
    process.exitCode = 2;
    return;
  }
  const lines = industryLines(readTable(join(folder, 'industries-2017.csv')));
  const columns = ['code', 'name', 'level', 'parent', 'section', 'otherName'];
  writeTable(join(codes, 'industries-2017.csv'), columns, lines);
  console.log(`${lines.length} rows`);
}

if (import.meta.filename === process.argv[1]) main(process.argv[2], process.argv[3]);
