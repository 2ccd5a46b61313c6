import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Day, addDays } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { standardNamed } from '../../law/directory/index.ts';
import { loadFiles } from '../../law/rulebook/index.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import { cleanMonths, plantedIn } from './anomalies.ts';
import type { Standards } from './files.ts';
import { type ManifestAnomaly, type ManifestFile, spansOf } from './manifest.ts';
import type { CityPlan } from './organisations.ts';
import { declarations, fileOrders } from './orders.ts';
import { sources } from './sources.ts';
import { writeCity } from './write-city.ts';

const anchor = '2026-11-23' as Day;
const plan: CityPlan = { organisations: 1_500, seed: 11, anchor };
const folders: string[] = [];
let standards: Standards;

type Manifest = {
  readonly cleanMonths: readonly string[];
  readonly files: readonly ManifestFile[];
  readonly anomalies: readonly ManifestAnomaly[];
};

async function written(of: CityPlan): Promise<{ folder: string; manifest: Manifest }> {
  const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-city-files-'));
  folders.push(folder);
  await writeCity({ plan: of, standards, out: folder, onFile: () => undefined });
  const text = readFileSync(resolve(folder, 'manifest.json'), 'utf8');
  return { folder, manifest: JSON.parse(text) as Manifest };
}

const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

let city: Awaited<ReturnType<typeof written>>;

beforeAll(async () => {
  const root = resolve(import.meta.dirname, '../../..');
  const loaded = await loadFiles([resolve(root, 'rulebook')], '2026-11-23T02:00:00.000Z' as never, [
    'standard',
  ]);
  const rulebook = makeRulebook(loaded.editions);
  standards = (name) => {
    const standard = standardNamed(rulebook, name);
    assert(standard !== null, name);
    return standard;
  };
  city = await written(plan);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the files of a sample city', () => {
  it('are the same bytes for the same seed, size and day, and others for another seed', async () => {
    const again = await written(plan);
    const digests = (of: string) => digestOf(resolve(of, 'manifest.json'));
    expect(digests(again.folder)).toBe(digests(city.folder));
    for (const { file, sha256 } of again.manifest.files) {
      expect(digestOf(resolve(again.folder, file)), file).toBe(sha256);
    }
    const other = await written({ ...plan, seed: 12 });
    const registers = (of: Manifest) => of.files[0]!.sha256;
    expect(registers(other.manifest)).not.toBe(registers(city.manifest));
  });

  it('stand in the list, each once, with their rows', async () => {
    const names = city.manifest.files.map(({ file }) => file);
    expect(new Set(names).size).toBe(names.length);
    const found = readdirSync(city.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath.slice(city.folder.length + 1)}/${entry.name}`);
    expect(found.filter((name) => name !== '/manifest.json').sort()).toEqual([...names].sort());
    const forms = new Set(city.manifest.files.map(({ form }) => form));
    expect([...forms].sort()).toEqual(['csv-gb18030', 'csv-utf16', 'csv-utf8', 'json', 'xlsx']);
  });

  it('are read by the same reader as deliveries, whatever their form, with as many rows as listed', async () => {
    const seen = new Set<string>();
    for (const { file, form, rows, standard } of city.manifest.files) {
      if (seen.has(form) || standard === 'refused') continue;
      seen.add(form);
      const opened = await openTable({ path: resolve(city.folder, file) });
      assert(opened.ok, file);
      let count = -1;
      for await (const batch of opened.value.batches()) count += batch.length;
      await opened.value.close();
      expect(count, file).toBe(rows);
    }
    expect(seen.size).toBe(5);
  });

  it('hold templates of all three editions, and the old ones give way in the middle of the story', () => {
    const permits = city.manifest.files.filter(({ standard }) => standard.startsWith('xk-legal'));
    const editions = new Set(permits.map(({ standard }) => standard));
    expect([...editions].sort()).toEqual(['xk-legal@2015', 'xk-legal@2018', 'xk-legal@2019']);
    const late = permits.filter(({ deliveredOn }) => deliveredOn > '2025-12-01');
    expect(late.some(({ standard }) => standard === 'xk-legal@2015')).toBe(false);
  });

  it('name every dirty row by a number within the file', () => {
    for (const { file, form, rows, dirt } of city.manifest.files) {
      const first = form === 'json' ? 1 : 2;
      for (const { row } of dirt) {
        expect(row, file).toBeGreaterThanOrEqual(first);
        expect(row, file).toBeLessThan(first + rows);
      }
    }
    const kinds = new Set(city.manifest.files.flatMap(({ dirt }) => dirt.map(({ kind }) => kind)));
    for (const kind of ['corrected-row', 'withdrawn-row', 'sent-by-another-too', 'row-twice']) {
      expect(kinds).toContain(kind);
    }
  });

  it('show what is planted in the files and rows listed for it', () => {
    const { anomalies, files } = city.manifest;
    for (const { kind, form, provider, item, month, files: seen } of anomalies) {
      const there = files.filter(
        (file) => file.provider === provider && file.item === item && file.month === month,
      );
      expect(seen.map(({ file }) => file)).toEqual(there.map(({ file }) => file));
      if (kind === 'silence') expect(there, `${form} ${month}`).toEqual([]);
      else
        expect(
          seen.every(({ rows }) => rows !== ''),
          `${form} ${month}`,
        ).toBe(true);
    }
  });
});

describe('planted anomalies', () => {
  const plans = fc.record({
    organisations: fc.constantFrom(2_000, 20_000, 200_000),
    seed: fc.nat(1_000_000),
    anchor: fc.integer({ min: 0, max: 2_000 }).map((days) => addDays('2026-01-01' as Day, days)),
  });

  it('are two of each kind or more, in months apart, with three clean months or more between', () => {
    fc.assert(
      fc.property(plans, (of) => {
        const planted = plantedIn(of);
        for (const kind of ['volume', 'silence', 'error-burst', 'code-share', 'dates']) {
          const months = planted.filter((item) => item.kind === kind).map(({ month }) => month);
          expect(new Set(months).size).toBeGreaterThanOrEqual(2);
        }
        const clean = cleanMonths(of);
        expect(clean.length).toBeGreaterThanOrEqual(3);
        for (const { month } of planted) expect(clean).not.toContain(month);
      }),
    );
  });

  it('leave every monthly source with a file in each clean month', () => {
    fc.assert(
      fc.property(plans, (of) => {
        const orders = fileOrders(of);
        const often = of.organisations < 10_000 ? ['weekly'] : ['weekly', 'monthly'];
        for (const [sourceNo, source] of sources.entries()) {
          if (!often.includes(source.rhythm) || (source.largeOnly && often.length === 1)) continue;
          const months = new Set(
            orders
              .filter((order) => order.sourceNo === sourceNo)
              .map(({ deliveredOn }) => deliveredOn.slice(0, 7)),
          );
          for (const month of cleanMonths(of)) expect(months, source.item).toContain(month);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leave files of a clean month within a fifth of their usual length', () => {
    fc.assert(
      fc.property(plans, (of) => {
        const clean = new Set(cleanMonths(of));
        for (const order of fileOrders(of)) {
          if (!clean.has(order.deliveredOn.slice(0, 7)) || order.rows < 30) continue;
          const same = fileOrders(of).filter(({ sourceNo }) => sourceNo === order.sourceNo);
          const usual = same.map(({ rows }) => rows).sort((a, b) => a - b)[same.length >> 1]!;
          expect(Math.abs(order.rows - usual) / usual).toBeLessThan(0.25);
          break;
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('declared counts', () => {
  it('say nothing, not silence, where a source had nothing to send', () => {
    const orders = fileOrders(plan);
    const zero = declarations(plan, orders).filter(({ produced }) => produced === 0);
    expect(zero.length).toBeGreaterThan(0);
    expect(new Set(zero.map(({ source }) => source.unit))).toEqual(new Set(['land']));
  });

  it('count decisions in a month in which nothing was sent', () => {
    const orders = fileOrders(plan);
    const silent = plantedIn(plan).find(
      ({ kind, unit }) => kind === 'silence' && unit === 'approval',
    )!;
    const said = declarations(plan, orders).find(
      ({ month, source }) => month === silent.month && source.unit === silent.unit,
    );
    expect(said!.produced).toBeGreaterThan(0);
  });
});

describe('row numbers', () => {
  it('are told as spans', () => {
    expect(spansOf([2, 3, 4, 9, 11, 12])).toBe('2-4,9,11-12');
    expect(spansOf([])).toBe('');
  });
});
