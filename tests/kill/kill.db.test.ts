import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../database/index.ts';
import {
  type Moment,
  type Place,
  clear,
  collect,
  collectAndKill,
  run,
  stateOf,
  varFolder,
} from './killing.ts';
import { registryCsv, writePenalties } from './material.ts';

const rows = 20_000;
const organisations = 2_000;
const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-kill-files-'));
const registry = resolve(folder, 'registry.csv');
const penalties = resolve(folder, 'penalties.csv');
const drops: (() => Promise<void>)[] = [];
let undisturbed: Record<string, string>;

async function place(): Promise<Place> {
  const { url, drop } = await testDatabase();
  const made = { url, varDir: varFolder() };
  drops.push(async () => {
    clear(made);
    await drop();
  });
  await run(made, ['registry', 'import', registry]);
  return made;
}

beforeAll(async () => {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../../scripts/build.mjs')]);
  writeFileSync(registry, registryCsv(organisations));
  await writePenalties(penalties, rows, organisations);
  const calm = await place();
  await collect(calm, penalties);
  undisturbed = await stateOf(calm);
}, 300_000);
afterAll(async () => {
  for (const drop of drops) await drop();
  rmSync(folder, { recursive: true, force: true });
});

// Spread over the run; most of them while a transaction is open.
const moments: readonly (Moment & { readonly told: string })[] = [
  { phase: 'entered', row: 0, told: 'just after the batch was entered' },
  { phase: 'in-transaction', row: 2_000, told: 'in the first chunk’s transaction' },
  { phase: 'in-transaction', row: 9_000, told: 'in a transaction in the middle' },
  { phase: 'in-transaction', row: 19_000, told: 'in the last chunk’s transaction' },
  { phase: 'finishing', row: 0, told: 'while finishing' },
];

describe('a collection killed with SIGKILL and started again', () => {
  it('the undisturbed run has every outcome in it', () => {
    expect(undisturbed['outcomes']).toMatch(/^20000 /);
    for (const part of ['records', 'windows', 'waiting', 'findings', 'reviews']) {
      expect(undisturbed[part], part).not.toMatch(/^0 /);
    }
  });

  it.each(moments)(
    'ends as if it had never been killed: $told',
    async (moment) => {
      const at = await place();
      const { killed, lastPhase } = await collectAndKill(at, penalties, moment);
      expect(killed).toBe(true);
      if (moment.phase === 'in-transaction') expect(lastPhase).toBe('in-transaction');
      await collect(at, penalties);
      expect(await stateOf(at)).toEqual(undisturbed);
      await collect(at, penalties);
      expect(await stateOf(at), 'the same file again').toEqual(undisturbed);
    },
    240_000,
  );
});
