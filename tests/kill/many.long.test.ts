import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { testDatabase } from '../database/index.ts';
import { type Place, clear, collect, collectAndKill, run, stateOf, varFolder } from './killing.ts';
import { registryCsv, writePenalties } from './material.ts';

const rows = 200_000;
const organisations = 5_000;
const kills = 20;
const inTransactionLeast = 15;

async function place(registry: string): Promise<Place & { drop: () => Promise<void> }> {
  const { url, drop } = await testDatabase();
  const made = { url, varDir: varFolder() };
  await run(made, ['registry', 'import', registry]);
  return {
    ...made,
    async drop() {
      clear(made);
      await drop();
    },
  };
}

it('two hundred thousand rows killed twenty times end as if they had never been killed', async () => {
  const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-kills-'));
  const registry = resolve(folder, 'registry.csv');
  const penalties = resolve(folder, 'penalties.csv');
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../scripts/build.mjs')]);
  writeFileSync(registry, registryCsv(organisations));
  await writePenalties(penalties, rows, organisations);
  const [calm, killed] = [await place(registry), await place(registry)];
  try {
    await collect(calm, penalties);
    const met: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      // The first at once, the last near the end, the rest evenly between; two outside a transaction.
      const phase = kill === 0 ? 'entered' : kill === kills - 1 ? 'finishing' : 'in-transaction';
      const row = phase === 'in-transaction' ? Math.floor((rows * kill) / kills) : 0;
      const { killed: died, lastPhase } = await collectAndKill(killed, penalties, { phase, row });
      met.push(`${row} ${lastPhase}${died ? '' : ' (done before)'}`);
    }
    console.log(met.join('\n'));
    expect(met.filter((line) => line.endsWith(' in-transaction')).length).toBeGreaterThanOrEqual(
      inTransactionLeast,
    );
    await collect(killed, penalties);
    const undisturbed = await stateOf(calm);
    console.log(undisturbed);
    expect(await stateOf(killed)).toEqual(undisturbed);
    await collect(killed, penalties);
    expect(await stateOf(killed), 'the same file again').toEqual(undisturbed);
  } finally {
    await calm.drop();
    await killed.drop();
    rmSync(folder, { recursive: true, force: true });
  }
});
