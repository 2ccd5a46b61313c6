import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../../tests/database/empty.ts';
import { wholeState } from '../../../tests/derived-state.ts';
import {
  type TestInstallation,
  collectText,
  importOrganisations,
  testInstallation,
} from '../../../tests/installation.ts';
import { organisation } from '../../../tests/kill/material.ts';
import { penaltyCsv } from '../../../tests/penalties.ts';
import { testConfig } from '../../../tests/test-config.ts';
import { type Json, canonicalJson } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import { assert } from '../../kernel/result.ts';
import { softwareCrypto } from '../../platform/crypto/index.ts';
import { migrate, openDatabase, sql } from '../../platform/db/index.ts';
import { ownSchemas, tablesOf } from '../../platform/db/backup-catalogue.ts';
import { openBulk } from '../../platform/db/backup-connection.ts';
import { checkDatabase } from '../doctor-database.ts';
import { type Installation, installationOn } from '../installation.ts';
import { writeBackup } from './backup.ts';
import { readKeyFiles } from './keys.ts';
import { checkWhole, readMarker, writeMarker } from './marker.ts';
import { type RestorePlace, inspectBackup, restoreBackup } from './restore.ts';
import { asResult } from './stop.ts';

const root = resolve(import.meta.dirname, '../../..');
const migrations = resolve(root, 'db/migrations');
const passphrase = 'a passphrase of some length';
const folder = mkdtempSync(resolve(tmpdir(), 'xinheng-drill-'));
const archive = resolve(folder, 'drill.tar');
const drops: (() => Promise<void>)[] = [() => Promise.resolve(rmSync(folder, { recursive: true }))];

let city: TestInstallation;
let text: string;
beforeAll(async () => {
  city = await testInstallation({ confirmAll: true });
  drops.push(() => city.drop());
  const known = Array.from({ length: 40 }, (_, n) => organisation(n));
  await importOrganisations(city, known);
  text = penaltyCsv(
    Array.from({ length: 120 }, (_, n) => ({
      行政相对人名称: n % 17 === 3 ? `${organisation(n % 40).name}甲` : organisation(n % 40).name,
      '行政相对人代码_1(统一社会信用代码)': organisation(n % 23 === 5 ? 900 + n : n % 40).code,
      行政处罚决定书文号: `样罚〔2026〕${n}号`,
      处罚类别: n % 19 === 7 ? '其他' : '罚款',
    })),
  );
  const report = await collectText(city, text, { item: 'penalty' });
  assert(report.ok, JSON.stringify(report));
  await enterNaughty(city);
  await backupOf(city.database.url, city.config.varDir, archive);
});
afterAll(async () => {
  for (const drop of drops.reverse()) await drop();
});

/** Values that are easily bent on their way: every control character, quotes, edges of every type. */
const naughty = [
  Array.from({ length: 31 }, (_, n) => String.fromCharCode(n + 1)).join(''),
  '\\N',
  '\\.',
  '\\\\x00 \\r\\n\\t "{}" \'$$\'',
  '\u{2028}\u{FEFF}\u{200B}é\u{1F600}𠮷〔〕\u{7F}\u{85}',
  '',
  ' ',
  'NULL',
];

async function enterNaughty(installation: Installation): Promise<void> {
  const { database } = installation;
  for (const [n, value] of naughty.entries()) {
    await database.execute(sql`
      insert into collection.finding (batch_id, row_no, finding_no, rule, severity, field, value, detail)
      values (gen_random_uuid(), ${n}, 1, 'X01', 'warning', ${value}, ${value},
              ${JSON.stringify({ text: value, list: [value, null, 1e21, -0.5, true], '': {} })})`);
  }
  const lists = [[], naughty, ['{', '}', ',', '"', 'null']];
  for (const [n, kinds] of lists.entries()) {
    await database.execute(sql`
      insert into records.statement_version
        (subject_id, record_id, statement_id, version, op, provider, item, standard, batch_id, row_no,
         received_at, recorded_at, decided_on, valid_until, ended_on, kinds, fine_fen, facts, "values",
         content_digest, held_show, salt)
      select subject_id, gen_random_uuid(), gen_random_uuid(), ${n + 1}, 'I', 'p', 'i', 's', gen_random_uuid(),
             9223372036854775807, '0001-01-01 00:00:00.000001+00', 'infinity', '-infinity', 'infinity',
             '0044-03-15 BC', ${kinds}, -9223372036854775808, '{}', '[]',
             decode('000102ff5c270a0d09', 'hex'), ${kinds}, ''
      from subjects.subject limit 1`);
  }
  for (const ranges of [
    '{}',
    '{(,)}',
    '{[-infinity,2020-01-01),[2020-02-29,2020-03-01),[2099-01-01,)}',
  ]) {
    await database.execute(sql`
      insert into records.record_window
        (subject_id, record_id, window_id, recorded_at, superseded_at, item, family, rulebook_digest,
         input_digest, show, share, use, report)
      values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now(), 'infinity', 'i', 'f', '',
              '', ${ranges}::datemultirange, ${ranges}::datemultirange, '{}', '{}')`);
  }
}

async function backupOf(url: string, varDir: string, path: string) {
  const connection = await openBulk(url, 'reading');
  try {
    const keysFolder = resolve(varDir, 'keys');
    const crypto = softwareCrypto(keysFolder);
    const keys = await readKeyFiles(keysFolder);
    return await writeBackup(
      { connection, crypto, varDir, migrations, version: '0.1.0' },
      { path, seal: { keys, passphrase } },
    );
  } finally {
    await connection.close();
  }
}

const now = () => '2026-06-02T02:00:00.000Z' as Instant;

/** A new place, and what is restored into it. */
async function newPlace(more: Partial<RestorePlace> = {}) {
  const { url, drop } = await emptyDatabase();
  const varDir = mkdtempSync(resolve(folder, 'var-'));
  drops.push(drop);
  const connect = () => openBulk(url, 'writing');
  return { url, place: { connect, varDir, migrations, now, passphrase, ...more } };
}

const restoreInto = (place: RestorePlace, path = archive) =>
  asResult(async () => restoreBackup(await inspectBackup(path), place));

/** Number of schemas of ours in a database. */
async function schemasIn(url: string): Promise<number> {
  const database = openDatabase(url, { connectionsMax: 1 });
  const names = await ownSchemas(migrations);
  const rows = await database.query(sql`select from pg_namespace where nspname = any(${names})`);
  await database.close();
  return rows.length;
}

describe('a restore drill', () => {
  let restored: Installation;
  let restoredPlace: RestorePlace;
  let restoredUrl: string;
  beforeAll(async () => {
    const { url, place } = await newPlace();
    restoredUrl = url;
    restoredPlace = place;
    const done = await restoreInto(place);
    expect(done).toMatchObject({ ok: true, value: { repeated: false, wanting: 0, migrated: [] } });
    const database = openDatabase(url);
    drops.push(() => database.close());
    const config = { ...testConfig({ now: now() }), varDir: place.varDir };
    const opened = await installationOn(config, database, () => Promise.resolve());
    assert(opened.ok, JSON.stringify(opened));
    restored = opened.value;
  });

  it('gives back every row of every table, whatever stands in it', async () => {
    const again = resolve(folder, 'again.tar');
    await backupOf(restoredUrl, restoredPlace.varDir, again);
    const [before, after] = [await inspectBackup(archive), await inspectBackup(again)];
    const digests = ({ manifest }: typeof before) =>
      manifest.tables
        .filter(({ name }) => name !== 'setting')
        .map(({ schema, name, rows, digest }) => `${schema}.${name} ${rows} ${digest}`);
    expect(digests(after)).toEqual(digests(before));
    expect(before.manifest.tables.length).toBeGreaterThan(25);
    for (const part of ['files', 'returns', 'partitions', 'sequences', 'level'] as const) {
      expect(after.manifest[part], part).toEqual(before.manifest[part]);
    }
    expect(before.manifest.partitions.length).toBeGreaterThan(1);
    expect(before.manifest.files.count).toBe(1);
    expect(before.manifest.returns.count).toBe(1);
  });

  it('leaves nothing out: the catalogue knows no table the backup lacks', async () => {
    const rows = await city.database.query<{ name: string }>(sql`
      select n.nspname || '.' || c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema') order by 1`);
    const { manifest } = await inspectBackup(archive);
    const inBackup = manifest.tables.map(({ schema, name }) => `${schema}.${name}`).sort();
    expect(inBackup).toEqual(rows.map(({ name }) => name).sort());
  });

  it('gives back what people and programs see, and the naughty values as they were', async () => {
    expect(await wholeState(restored.database)).toEqual(await wholeState(city.database));
    const rows = await restored.database.query<{ value: string; detail: { text: string } }>(
      sql`select value, detail from collection.finding where rule = 'X01' order by row_no`,
    );
    expect(rows.map(({ value }) => value)).toEqual(naughty);
    expect(rows.map(({ detail }) => detail.text)).toEqual(naughty);
  });

  it('gives back the same structure: constraints, indexes, triggers and their state', async () => {
    const structure = (installation: Installation) =>
      installation.database.query(sql`
        select 'index' as kind, pg_get_indexdef(indexrelid) as text from pg_index
        join pg_class on oid = indrelid join pg_namespace n on n.oid = relnamespace
        where nspname not like 'pg\\_%' and nspname <> 'information_schema'
        union all select 'constraint', conrelid::regclass || ' ' || pg_get_constraintdef(oid)
        from pg_constraint where conrelid <> 0 and conrelid > 16383
        union all select 'trigger', tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text
        from pg_trigger where not tgisinternal
        order by 1, 2`);
    expect(await structure(restored)).toEqual(await structure(city));
  });

  it('receipts still verify, raw files still open, workbooks given back are there', async () => {
    const [batch] = await restored.database.query<{
      receipt: { signature: never } & Record<string, Json>;
      address: string;
      sealed_key: Buffer;
      batch_id: string;
    }>(sql`select receipt, address, sealed_key, batch_id from collection.batch`);
    const { signature, ...body } = batch!.receipt;
    expect(restored.crypto.verify(Buffer.from(canonicalJson(body)), signature)).toBe(true);
    const chunks: Buffer[] = [];
    const key = restored.crypto.openKey(batch!.sealed_key);
    for await (const chunk of restored.files.read(batch!.address, key))
      chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(text);
    const workbook = `collection/returns/${batch!.batch_id}.xlsx`;
    expect(readFileSync(resolve(restoredPlace.varDir, workbook))).toEqual(
      readFileSync(resolve(city.config.varDir, workbook)),
    );
    for (const file of readdirSync(resolve(restoredPlace.varDir, 'keys'))) {
      expect(statSync(resolve(restoredPlace.varDir, 'keys', file)).mode & 0o077).toBe(0);
    }
  });

  it('a delivery sent again is still known, and its rows are still duplicates', async () => {
    const before = await wholeState(restored.database);
    const same = await collectText(restored, text, { item: 'penalty' });
    expect(same).toMatchObject({ ok: true, value: { batch: { counts: { received: 120 } } } });
    expect(await wholeState(restored.database)).toEqual(before);
    const other = await collectText(restored, `${text}\n`, { item: 'penalty' });
    assert(other.ok, JSON.stringify(other));
    const { counts } = other.value.batch;
    expect(counts).toMatchObject({ received: 120, accepted: 0, acceptedWithWarning: 0 });
    expect(counts.duplicate).toBeGreaterThan(90);
  });

  it('is told in the settings of the installation, and nowhere else', async () => {
    const [row] = await restored.database.query<{ value: object }>(
      sql`select value from operation.setting where key = 'backup.restored'`,
    );
    expect(row!.value).toMatchObject({ restoredAt: now() });
    expect(await readMarker(restoredPlace.varDir)).toBe(null);
    expect(await checkWhole(restoredPlace.varDir, restored.database)).toEqual({
      ok: true,
      value: true,
    });
  });

  it('is refused where anything is, whoever put it there', async () => {
    expect(await restoreInto(restoredPlace)).toMatchObject({
      refusal: { code: 'restore.files-there' },
    });
    const varDir = mkdtempSync(resolve(folder, 'var-'));
    const full = { ...restoredPlace, varDir };
    expect(await restoreInto(full)).toMatchObject({ refusal: { code: 'restore.not-empty' } });
    expect(readdirSync(varDir)).toEqual([]);
  });
});

describe('a restore is refused, with nothing changed', () => {
  it('without the keys, with other keys and with another passphrase', async () => {
    const { url, place } = await newPlace();
    const refused = async (passphraseGiven: string | null, code: string) => {
      const done = await restoreInto({ ...place, passphrase: passphraseGiven });
      expect(done).toMatchObject({ refusal: { code } });
      expect(await schemasIn(url)).toBe(0);
      expect(await readMarker(place.varDir)).toBe(null);
    };
    await refused(null, 'restore.passphrase-needed');
    await refused('another passphrase of the sort', 'restore.wrong-passphrase');
    softwareCrypto(resolve(place.varDir, 'keys'));
    await refused(passphrase, 'restore.other-keys');
  });

  it('when the program is older than the backup', async () => {
    const older = resolve(folder, 'older');
    mkdirSync(older);
    const names = readdirSync(migrations).sort();
    for (const name of names.slice(0, -1))
      copyFileSync(resolve(migrations, name), resolve(older, name));
    const { url, place } = await newPlace({ migrations: older });
    expect(await restoreInto(place)).toMatchObject({
      refusal: { code: 'restore.newer-level', params: { name: names.at(-1) } },
    });
    expect(await schemasIn(url)).toBe(0);
  });

  it('when the backup is damaged, wherever it is', async () => {
    const { url, place } = await newPlace();
    const bytes = readFileSync(archive);
    const path = resolve(folder, 'damaged.tar');
    for (const share of [0.1, 0.5, 0.9]) {
      const changed = Buffer.from(bytes);
      const at = Math.floor(bytes.length * share);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(path, changed);
      expect(await restoreInto(place, path)).toMatchObject({ ok: false });
      expect(await schemasIn(url)).toBe(0);
    }
  });
});

describe('a restore that was cut off', () => {
  it('stops every program from using what is not whole, and is done again by the same command', async () => {
    const { url, place } = await newPlace();
    await writeMarker(place.varDir, { from: archive, digest: '0'.repeat(64) });
    const leftover = resolve(place.varDir, 'files/ab', 'ab'.repeat(32));
    mkdirSync(resolve(leftover, '..'), { recursive: true });
    writeFileSync(leftover, 'half a file');
    const database = openDatabase(url);
    drops.push(() => database.close());
    expect(await checkWhole(place.varDir, database)).toMatchObject({
      refusal: { code: 'restore.unfinished', params: { from: archive } },
    });
    const config = { ...testConfig(), varDir: place.varDir };
    const checks = await checkDatabase(database, config);
    expect(checks.filter(({ state }) => state === 'wrong')).toMatchObject([
      { name: '备份 backup', found: 'restore.unfinished' },
    ]);
    expect(await restoreInto(place)).toMatchObject({ ok: true });
    expect(readdirSync(resolve(place.varDir, 'files'))).not.toContain('ab');
    expect(await checkWhole(place.varDir, database)).toMatchObject({ ok: true });
  });

  it('after its commit is whole, and only the note has to go', async () => {
    const { url, place } = await newPlace();
    const done = await restoreInto(place);
    assert(done.ok, JSON.stringify(done));
    const { digest } = done.value;
    await writeMarker(place.varDir, { from: archive, digest });
    expect(await restoreInto(place)).toMatchObject({ ok: true, value: { repeated: true } });
    await writeMarker(place.varDir, { from: archive, digest });
    const database = openDatabase(url);
    drops.push(() => database.close());
    expect(await checkWhole(place.varDir, database)).toMatchObject({ ok: true });
    expect(await readMarker(place.varDir)).toBe(null);
  });
});

describe('a backup of an earlier level', () => {
  it('is restored at that level and then brought to this one', async () => {
    const first = resolve(folder, 'first');
    mkdirSync(first);
    const names = readdirSync(migrations).sort();
    for (const name of names.slice(0, 7))
      copyFileSync(resolve(migrations, name), resolve(first, name));
    const { url, drop } = await emptyDatabase();
    drops.push(drop);
    const database = openDatabase(url, { connectionsMax: 2 });
    assert((await migrate(database, first)).ok, 'the first seven migrations');
    await database.execute(sql`
      insert into units.unit (code, name, kind, level, status, sample, recorded_at, act_id)
      values ('1', '样例单位', 'k', 'l', 'registered', true, now(), gen_random_uuid())`);
    const varDir = mkdtempSync(resolve(folder, 'var-'));
    const path = resolve(folder, 'early.tar');
    await backupOf(url, varDir, path);
    await database.close();
    const target = await newPlace();
    expect(await restoreInto(target.place, path)).toMatchObject({
      ok: true,
      value: { migrated: names.slice(7), rows: 8 },
    });
    const after = openDatabase(target.url, { connectionsMax: 1 });
    drops.push(() => after.close());
    expect(await after.query(sql`select name from units.unit`)).toEqual([{ name: '样例单位' }]);
    expect(await after.query(sql`select name from operation.migration order by 1`)).toEqual(
      names.map((name) => ({ name })),
    );
    const tables = await tablesOf(after, await ownSchemas(migrations));
    expect(tables.length).toBeGreaterThan(25);
  });
});

describe('a backup with raw files missing or damaged', () => {
  it('is made all the same, and says which', async () => {
    const { url, place } = await newPlace();
    const done = await restoreInto(place);
    assert(done.ok, JSON.stringify(done));
    const files = resolve(place.varDir, 'files');
    const part = readdirSync(files).find((name) => /^[0-9a-f]{2}$/.test(name))!;
    const [address] = readdirSync(resolve(files, part));
    writeFileSync(resolve(files, part, address!), 'something else');
    const path = resolve(folder, 'wanting.tar');
    const report = await backupOf(url, place.varDir, path);
    expect(report).toMatchObject({ wantingCount: 1, wanting: [address], files: 0 });
    rmSync(resolve(files, part, address!));
    rmSync(path);
    expect(await backupOf(url, place.varDir, path)).toMatchObject({ wanting: [address] });
    const target = await newPlace();
    expect(await restoreInto(target.place, path)).toMatchObject({
      ok: true,
      value: { wanting: 1 },
    });
  });
});
