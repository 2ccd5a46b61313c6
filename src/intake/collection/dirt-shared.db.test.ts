/**
 * Real files of ../shared/data through the product: registers in seven encodings, CSV that breaks
 * readers. Skipped, and said so, where the folder is absent: its licence keeps it out of the repository.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectText, operatorA, testInstallation } from '../../../tests/installation.ts';
import type { TestInstallation } from '../../../tests/installation.ts';
import { sharedFolder } from '../../../tests/shared-data.ts';
import { baseLibraryStandards } from '../../app/installation.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { sql } from '../../platform/db/index.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { importRegistry } from '../../register/subjects/index.ts';

const folder = sharedFolder('csv-acid');

describe.skipIf(folder === null)('real files that break readers', () => {
  let city: TestInstallation;
  beforeAll(async () => {
    city = await testInstallation({ confirmAll: true });
  });
  afterAll(() => city.drop());

  it('one register in seven encodings is one register', async () => {
    const names = readdirSync(`${folder}/encodings`).filter((name) => name !== 'manifest.csv');
    expect(names.length).toBe(7);
    const seen = new Set<string>();
    for (const [index, name] of names.entries()) {
      const bytes = readFileSync(`${folder}/encodings/${name}`);
      const table = await openTable({ stream: () => Readable.from([bytes]) });
      if (!table.ok) throw new Error(table.refusal.code);
      const done = await importRegistry(city, {
        fileName: name,
        digest: sha256Hex(bytes),
        table: table.value,
        standards: baseLibraryStandards(city.rulebook()),
        tables: city.linkTables(),
        actor: operatorA,
      });
      if (!done.ok) throw new Error(done.refusal.code);
      const { received, added, updated, unchanged } = done.value;
      expect(received, name).toBe(200);
      // All of its characters are in GBK, so the file in GBK is the one in GB18030, byte for byte.
      expect(done.value.repeated, name).toBe(name === 'gbk-crlf.csv');
      if (index > 0 && !done.value.repeated) {
        expect([added, updated, unchanged], name).toEqual([0, 0, received]);
      }
      const [digest] = await city.database.query<{ names: string }>(sql`
        select md5(string_agg(name, '|' order by name collate "C")) as names
        from subjects.subject`);
      seen.add(digest!.names);
    }
    expect(seen.size).toBe(1);
  });

  it('CSV of no template of ours is given back with the columns that are missing', async () => {
    const csvs = readdirSync(`${folder}/csv-spectrum/csvs`);
    expect(csvs.length).toBe(12);
    for (const name of csvs) {
      const bytes = readFileSync(`${folder}/csv-spectrum/csvs/${name}`);
      const report = await collectText(city, bytes, { item: 'penalty', fileName: name });
      expect(report, name).toMatchObject({
        ok: false,
        refusal: { code: 'collection.header-unknown' },
      });
    }
  });
});
