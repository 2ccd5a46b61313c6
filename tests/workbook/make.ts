/**
 * Writes a workbook of many rows to try collection with, and beside it what must come out:
 * `npx tsx tests/workbook/make.ts FOLDER [--kind penalty|permit] [--rows 50000] [--seed 1]
 * [--day YYYY-MM-DD] [--rounds 10]`. The organisations are the real ones of ../shared/data where that
 * folder is there; `register.csv` holds those to be imported besides, `renamed.csv` those to be
 * imported after it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { realOrganisations, sampleOrganisations } from './organisations.ts';
import { makeWorkbook, renamedOrganisations, stall, writeRegister } from './workbook.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', default: 'penalty' },
    rows: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    day: { type: 'string', default: '2026-05-25' },
    rounds: { type: 'string', default: '10' },
  },
});
const folder = positionals[0] ?? '.';
mkdirSync(folder, { recursive: true });
const real = realOrganisations();
const organisations = real ?? sampleOrganisations(5_000);
const file = join(folder, `${values.kind}.xlsx`);
const expected = await makeWorkbook(file, {
  kind: values.kind === 'permit' ? 'permit' : 'penalty',
  rows: Number(values.rows),
  seed: Number(values.seed),
  day: values.day,
  rounds: Number(values.rounds),
  organisations,
});
writeRegister(folder, 'register.csv', real === null ? [...organisations, stall] : [stall]);
writeRegister(folder, 'renamed.csv', renamedOrganisations(organisations));
writeFileSync(join(folder, `${values.kind}.expected.json`), JSON.stringify(expected, null, 1));
console.log(
  JSON.stringify({
    file,
    real: real !== null,
    ...expected.counts,
    special: expected.special.length,
  }),
);
