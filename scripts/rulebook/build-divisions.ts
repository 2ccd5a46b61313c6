/**
 * Builds `rulebook/codes/divisions.csv` and `divisions-differences.csv`:
 *
 *   npx tsx scripts/rulebook/build-divisions.ts FOLDER [CODES]
 *
 * FOLDER holds gbt2260-history.csv, revisions.csv, uscc-region-parts-in-no-edition.csv and 2023/;
 * CODES is the folder of code tables (rulebook/codes) with divisions-known-changes.csv in it.
 */
import { join } from 'node:path';
import { divisionTable } from '../../src/kernel/divisions.ts';
import { writeTable } from './delimited.ts';
import { divisionDifferences, pairsOf } from './division-differences.ts';
import { divisionColumns, divisionLine, divisionRows } from './division-rows.ts';
import { readSources } from './division-sources.ts';

const differenceColumns = ['source', 'code', 'name', 'first', 'last', 'editions', 'table', 'reason'];

function main(folder: string | undefined, codes = join('rulebook', 'codes')): void {
  if (folder === undefined) {
    console.error('usage: build-divisions.ts FOLDER [CODES]');
    process.exitCode = 2;
    return;
  }
  const sources = readSources(folder, join(codes, 'divisions-known-changes.csv'));
  const rows = divisionRows(sources);
  writeTable(join(codes, 'divisions.csv'), divisionColumns, rows.map(divisionLine));
  const differences = divisionDifferences(sources, divisionTable(rows));
  const lines = differences.map((d) => ({ ...d, editions: String(d.editions) }));
  writeTable(join(codes, 'divisions-differences.csv'), differenceColumns, lines);
  const differing = differences.reduce((sum, d) => sum + d.editions, 0);
  console.log(`${rows.length} rows, ${differing} of ${pairsOf(sources).length} pairs differ`);
}

if (import.meta.filename === process.argv[1]) main(process.argv[2], process.argv[3]);
