import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installationOn, type Installation } from '../installation.ts';
import type { Day, Instant } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { type Database, sql } from '../../platform/db/index.ts';
import { portalApp } from '../../answers/portal/index.ts';
import { readShownRecords } from '../../archive/records/index.ts';
import { testDatabase } from '../../../tests/database/index.ts';
import { wholeState } from '../../../tests/derived-state.ts';
import { testConfig } from '../../../tests/test-config.ts';
import { standardNamed } from '../../law/directory/index.ts';
import { buildCity } from './build.ts';
import { tableOfOrder } from './files.ts';
import { rowsOf } from './lines.ts';
import { readMark } from './mark.ts';
import { partiesOf } from './parties.ts';
import { storyOf } from './story.ts';

const now = '2026-11-23T02:00:00.000Z' as Instant;
const organisations = 600;
// What is broken off again and again is smaller: it is built many times.
const fewOrganisations = 150;
const drops: (() => Promise<void>)[] = [];

/** The template knows the law; a city is founded where nothing is known yet. */
async function emptyDatabase() {
  const made = await testDatabase();
  await made.database.execute(
    sql`truncate rulebook.edition, rulebook.confirmation, rulebook.proposal cascade`,
  );
  await made.database.execute(sql`delete from operation.setting`);
  return made;
}

async function founded(seed: number, size = organisations): Promise<Installation> {
  const { database, drop } = await emptyDatabase();
  const config = { ...testConfig({ now }), sampleCity: { organisations: size, seed } };
  drops.push(async () => {
    await drop();
    rmSync(config.varDir, { recursive: true, force: true });
  });
  const opened = await installationOn(config, database, () => Promise.resolve());
  assert(opened.ok, `sample city: ${JSON.stringify(opened)}`);
  return opened.value;
}

async function built(seed: number, size = organisations): Promise<Installation> {
  const installation = await founded(seed, size);
  const { signal } = new AbortController();
  expect(await buildCity(installation, { signal, onProgress: () => undefined })).toBe(true);
  await installation.reload();
  return installation;
}

/** Everything but acts: a registry import that was cut off is taken up by a further act. */
async function stateOf(database: Database): Promise<Record<string, string>> {
  const state = await wholeState(database);
  delete state['commitments'];
  return state;
}

type Builder = { readonly child: ChildProcess; readonly ended: Promise<number | null> };

/** Starts `xinheng sample` as an operator would. */
function startBuilding(place: { url: string; varDir: string; seed: number }): Builder {
  const root = resolve(import.meta.dirname, '../../..');
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      resolve(root, 'src/app/cli.ts'),
      'sample',
      `--organisations=${fewOrganisations}`,
      `--seed=${place.seed}`,
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: {
        ...process.env,
        DATABASE_URL: place.url,
        XINHENG_VAR: place.varDir,
        XINHENG_CLOCK: now,
      },
    },
  );
  return { child, ended: new Promise((done) => child.once('close', done)) };
}

/** Waits until a share of the steps is done; false when the builder ended before. */
async function progressReaches(db: Database, share: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const mark = await readMark(db);
    if (mark !== null && mark.steps > 0 && mark.done / mark.steps >= share) {
      // Not between two steps, where every builder is at rest.
      await sleep(20);
      return child.exitCode === null;
    }
    await sleep(2);
  }
  return false;
}

let city: Installation;
let state: Record<string, string>;

const count = async (statement: ReturnType<typeof sql>) =>
  (await city.database.query<{ n: number }>(statement))[0]!.n;

beforeAll(async () => {
  city = await built(7);
  state = await stateOf(city.database);
}, 240_000);
afterAll(async () => {
  for (const drop of drops) await drop();
});

describe('a sample city of 600 organisations', () => {
  it('has rows of all five outcomes, and files that came back as a whole', async () => {
    const outcomes = await city.database.query<{ outcome: string }>(
      sql`select distinct outcome from collection.row_outcome order by 1`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['A', 'D', 'H', 'R', 'W']);
    expect(
      await count(sql`select count(*)::int as n from collection.batch where state = 'refused'`),
    ).toBe(2);
  });

  it('gives every row an outcome its making expects', async () => {
    const mark = (await readMark(city.database))!;
    const parties = partiesOf(mark);
    const met = new Map<string, string>();
    const rows = await city.database.query<{ file: string; row: number; outcome: string }>(sql`
      select b.file_name as file, o.row_no::int as row, o.outcome
      from collection.row_outcome o join collection.batch b using (batch_id)`);
    for (const { file, row, outcome } of rows) met.set(`${file}/${row}`, outcome);
    const files = await city.database.query<{ file: string; first: number }>(sql`
      select b.file_name as file, min(o.row_no)::int as first
      from collection.row_outcome o join collection.batch b using (batch_id) group by 1`);
    const firstRow = new Map(files.map(({ file, first }) => [file, first]));
    const standards = (name: string) => standardNamed(city.rulebook(), name)!;
    let seen = 0;
    for (const step of storyOf(mark, parties)) {
      if (step.kind !== 'file') continue;
      const { fileName } = tableOfOrder(parties, step.order, standards);
      for (const [index, row] of [...rowsOf(parties, step.order)].entries()) {
        const outcome = met.get(`${fileName}/${firstRow.get(fileName)! + index}`);
        expect(row.expects, `${fileName} ${index} ${row.mistake}`).toContain(outcome);
        seen += 1;
      }
    }
    expect(seen).toBe(rows.length);
    expect(seen).toBeGreaterThan(300);
  });

  it('shows penalties of each class, and keeps others from view that stand in the report', async () => {
    const today = city.clock.today();
    const shown = await city.database.query<{ class: string }>(sql`
      select distinct class from records.record_window
      where superseded_at is null and item = 'penalty' and show @> ${today}::date order by 1`);
    expect(shown.map((row) => row.class)).toEqual(['general', 'minor', 'serious', 'unknown']);
    const hidden = await count(sql`
      select count(*)::int as n from records.record_window where superseded_at is null
        and item = 'summary-penalty' and not show @> ${today}::date and report @> ${today}::date`);
    expect(hidden).toBeGreaterThan(0);
  });

  it('holds permits of all three templates', async () => {
    const standards = await city.database.query<{ standard: string }>(
      sql`select distinct standard from records.statement_version where item = 'permit' order by 1`,
    );
    expect(standards.map(({ standard }) => standard)).toEqual([
      'xk-legal@2015',
      'xk-legal@2018',
      'xk-legal@2019',
    ]);
  });

  it('has open and half-decided reviews, links that two people decided, and decisions that fell', async () => {
    const states = await city.database.query<{ state: string }>(
      sql`select distinct state from subjects.review`,
    );
    const names = states.map((row) => row.state);
    for (const name of ['open', 'link-proposed', 'linked', 'returned'])
      expect(names).toContain(name);
    const fallen = await city.database.query<{ kind: string }>(
      sql`select kind from records.decision_act order by 1`,
    );
    expect(fallen.map(({ kind }) => kind)).toEqual(['annulled', 'partly-annulled']);
  });

  it('shows the cleared record with the number starred, and no identity number anywhere', async () => {
    const today = city.clock.today();
    const subjects = await city.database.query<{ id: string; uscc: string | null }>(
      sql`select distinct subject_id as id, s.uscc
          from records.statement_version join subjects.subject s using (subject_id)`,
    );
    const records = await readShownRecords(
      city,
      subjects.map(({ id }) => id),
      today,
    );
    expect(records.length).toBeGreaterThan(100);
    const held = records.filter(({ values }) => values['CF_SY']?.includes('身份证号'));
    expect(held).toHaveLength(1);
    const { uscc } = subjects.find(({ id }) => id === held[0]!.subjectId)!;
    const app = portalApp(city);
    const page = await (await app.request(`/subjects/${uscc}`)).text();
    const record = await (
      await app.request(`/subjects/${uscc}/records/${held[0]!.recordId}`)
    ).text();
    expect(record).toMatch(/身份证号\d?\*+/);
    expect(page + record).not.toMatch(/329900190001\d{5}[\dX]/);
  });

  it('is marked as a sample, holds reserved codes only, and its law is confirmed by two', async () => {
    expect(city.config).toMatchObject({ sample: true, jurisdiction: '329900' });
    expect(
      await count(sql`
        select count(*)::int as n from subjects.subject
        where uscc is not null and uscc !~ '^..329900M[A-Z](XX|XY|XW|XU|XT|XR)'`),
    ).toBe(0);
    expect(
      await count(
        sql`select count(*)::int as n from rulebook.confirmation where first_account = second_account`,
      ),
    ).toBe(0);
    expect(await count(sql`select count(*)::int as n from rulebook.confirmation`)).toBeGreaterThan(
      10,
    );
  });

  it('is built once: building again changes nothing', async () => {
    const { signal } = new AbortController();
    await buildCity(city, { signal, onProgress: () => undefined });
    expect(await stateOf(city.database)).toEqual(state);
  });
});

describe('the same seed', () => {
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    undisturbed = await stateOf((await built(7, fewOrganisations)).database);
  }, 240_000);

  it('gives the same city though the build was broken off again and again', async () => {
    const other = await founded(7, fewOrganisations);
    let breaks = 0;
    for (;;) {
      const controller = new AbortController();
      let steps = 0;
      const onProgress = () => {
        steps += 1;
        // After a few steps, in the middle of whatever is being done.
        if (steps > 2) setTimeout(() => controller.abort(), 7 * (breaks % 5));
      };
      try {
        if (await buildCity(other, { signal: controller.signal, onProgress })) break;
      } catch (error) {
        if (!controller.signal.aborted) throw error;
        breaks += 1;
      }
    }
    expect(breaks).toBeGreaterThan(5);
    expect(await stateOf(other.database)).toEqual(undisturbed);
  }, 240_000);

  it('gives the same city though its builder was killed with SIGKILL at three moments', async () => {
    const { database, drop } = await emptyDatabase();
    const varDir = mkdtempSync(resolve(tmpdir(), 'xinheng-city-'));
    drops.push(async () => {
      await drop();
      rmSync(varDir, { recursive: true, force: true });
    });
    const build = () => startBuilding({ url: database.url, varDir, seed: 7 });
    for (const share of [0.05, 0.5, 0.97]) {
      const { child, ended } = build();
      const reached = await progressReaches(database, share, child);
      child.kill('SIGKILL');
      await ended;
      expect(reached, `the builder ended before ${share}`).toBe(true);
    }
    expect(await build().ended).toBe(0);
    expect(await stateOf(database)).toEqual(undisturbed);
  }, 300_000);

  it('another seed gives other rows', () => {
    const plan = { organisations, anchor: '2026-11-23' as Day };
    const first = (seed: number) => {
      const parties = partiesOf({ ...plan, seed });
      const orders = storyOf({ ...plan, seed }, parties).flatMap((step) =>
        step.kind === 'file' ? [step.order] : [],
      );
      return JSON.stringify(orders.slice(0, 20).map((order) => [...rowsOf(parties, order)]));
    };
    expect(first(7)).toBe(first(7));
    expect(first(8)).not.toBe(first(7));
  });
});
