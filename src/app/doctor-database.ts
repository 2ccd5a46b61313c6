/** The part of `xinheng doctor` that asks the database. */
import { readFile, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sha256Hex } from '../kernel/canonical.ts';
import { type Instant, instantMs } from '../kernel/day.ts';
import type { Refusal } from '../kernel/result.ts';
import { readRulebook } from '../law/rulebook/index.ts';
import type { Config } from '../platform/config.ts';
import {
  type Database,
  checkLocale,
  openDatabase,
  sql,
  startEmbedded,
} from '../platform/db/index.ts';
import { locateBinaries } from '../platform/db/embedded-binaries.ts';
import { existingPlace } from '../platform/db/embedded-place.ts';
import { withDatabase } from '../platform/db/prepare-database.ts';
import { logStatus } from '../trust/transparency-log/index.ts';
import { readMarker, restoredFrom, settingKeys } from './backup/marker.ts';
import { type Check, note, ok, reasonOf, serverOn, wrong } from './doctor.ts';
import { wordsOf } from './messages.ts';
import { readMark } from './sample-city/mark.ts';

const name = {
  database: '数据库 database',
  locale: '字符 letters',
  schema: '结构 schema',
  clock: '时钟 clock',
  batches: '批次 batches',
  city: '样例城市 sample city',
  backup: '备份 backup',
  log: '透明日志 log',
} as const;

const start = '启动服务即可：xinheng serve。 It is done at the next start: xinheng serve.';

function refused(which: string, refusal: Refusal): Check {
  const words = wordsOf(refusal);
  return wrong(which, refusal.code, `${words.zh} ${words.en}`);
}

const oldestVersion = 150_000;

async function checkServer(database: Database): Promise<Check> {
  const [row] = await database.query<{ number: number; version: string; intarray: boolean }>(sql`
    select current_setting('server_version_num')::int as number,
           current_setting('server_version') as version,
           exists (select from pg_available_extensions where name = 'intarray') as intarray`);
  const { number, version, intarray } = row!;
  if (number < oldestVersion) {
    const params = { version };
    return refused(name.database, { code: 'database.server-version', params });
  }
  if (!intarray) {
    const params = { name: 'intarray' };
    return refused(name.database, { code: 'database.extension-missing', params });
  }
  return ok(name.database, `PostgreSQL ${version}`);
}

async function checkLetters(database: Database): Promise<Check> {
  const locale = await checkLocale(database);
  if (!locale.ok) {
    const { encoding = '', ctype = '' } = locale.refusal.params;
    const words = wordsOf(locale.refusal);
    return wrong(name.locale, `${encoding} ${ctype}`, `${words.zh} ${words.en}`);
  }
  const [row] = await database.query<{ icu: boolean }>(
    sql`select exists (select from pg_collation where collprovider = 'i' and collname like 'zh%') as icu`,
  );
  const found = `UTF8 ${locale.value.ctype}`;
  return row!.icu
    ? ok(name.locale, `${found}，ICU 中文排序 Chinese collation`)
    : note(name.locale, `${found}，没有 ICU 中文排序 no ICU collation for Chinese`);
}

/** Migrations shipped against those applied. */
async function checkSchema(database: Database, root: string): Promise<Check> {
  const folder = resolve(root, 'db/migrations');
  const shipped = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const [made] = await database.query<{ made: boolean }>(
    sql`select to_regclass('operation.migration') is not null as made`,
  );
  if (!made!.made) return note(name.schema, `尚未建立，首次启动时建立 made on first start`);
  const applied = new Map(
    (
      await database.query<{ name: string; digest: string }>(
        sql`select name, digest from operation.migration`,
      )
    ).map((row) => [row.name, row.digest]),
  );
  const newer = [...applied.keys()].find((file) => !shipped.includes(file));
  if (newer !== undefined) {
    return refused(name.schema, { code: 'database.newer', params: { name: newer } });
  }
  for (const file of shipped) {
    const digest = applied.get(file);
    if (digest === undefined) continue;
    if (digest !== sha256Hex(await readFile(resolve(folder, file), 'utf8'))) {
      return refused(name.schema, { code: 'database.migration-changed', params: { name: file } });
    }
  }
  const waiting = shipped.length - applied.size;
  if (waiting > 0) {
    return note(name.schema, `${waiting} 项更新在下次启动时执行 applied at the next start`);
  }
  return ok(name.schema, shipped.at(-1) ?? '');
}

const clockSecondsMax = 5;

/** Against the database's clock, and against what was recorded last: nothing happens in the future. */
async function checkClock(database: Database, config: Config): Promise<Check> {
  const before = config.clock.now();
  const [row] = await database.query<{ now: Instant; last: Instant | null }>(
    sql`select now() as now, (select max(at) from audit.act) as last`,
  );
  const todo =
    '请校准时间（例如启用 NTP）后重新启动：期限和窗口按时间计算。 Set the time right (NTP, for example) and start again: periods and windows are counted by it.';
  const ahead = Math.abs(instantMs(before) - instantMs(row!.now)) / 1000;
  if (ahead > clockSecondsMax) {
    return wrong(
      name.clock,
      `与数据库相差 differs from the database by ${Math.round(ahead)} s`,
      todo,
    );
  }
  const { last } = row!;
  if (last !== null && instantMs(last) > instantMs(before) + clockSecondsMax * 1000) {
    return wrong(name.clock, `${before}，早于最近的记录 is before the last record ${last}`, todo);
  }
  return ok(name.clock, `${config.clock.today()} UTC+8`);
}

async function checkBatches(database: Database, config: Config): Promise<Check> {
  const [row] = await database.query<{ open: number; waiting: number }>(sql`
    select (select count(*)::int from collection.batch where state in ('received', 'running')) as open,
           (select count(*)::int from collection.held_row where state = 'held') as waiting`);
  const { open, waiting } = row!;
  const found = `未完成 unfinished ${open}，待核行 waiting rows ${waiting}`;
  if (open === 0) return ok(name.batches, found);
  if (serverOn(config.varDir) !== 0)
    return note(name.batches, `${found}，正在办理 being worked on`);
  return wrong(
    name.batches,
    found,
    '用 xinheng work 或 xinheng serve 续办。 xinheng work or xinheng serve finishes them.',
  );
}

async function checkCity(database: Database, config: Config): Promise<Check[]> {
  const mark = await readMark(database);
  if (mark === null) return [];
  if (mark.finishedAt !== null)
    return [ok(name.city, `${mark.organisations} 个主体 organisations`)];
  const found = `建到 built ${mark.done}/${mark.steps}`;
  return [serverOn(config.varDir) === 0 ? wrong(name.city, found, start) : note(name.city, found)];
}

/** A restore that was cut off; nothing else matters before it is done. */
async function checkRestore(database: Database, { varDir }: Config): Promise<Check[]> {
  const marker = await readMarker(varDir);
  if (marker === null || marker.digest === (await restoredFrom(database))) return [];
  const params = { from: marker.from, path: varDir };
  return [refused(name.backup, { code: 'restore.unfinished', params })];
}

/** When the last backup was made, and where it went; nothing where there is nothing to back up. */
async function checkBackup(database: Database): Promise<Check[]> {
  const [last] = await database.query<{ at: string; path: string }>(sql`
    select value ->> 'snapshotAt' as at, value ->> 'path' as path from operation.setting
    where key = ${settingKeys.lastBackup}`);
  if (last !== undefined) return [ok(name.backup, `${last.at} ${last.path}`)];
  const [row] = await database.query<{ filled: boolean }>(
    sql`select exists (select from collection.batch) as filled`,
  );
  return row!.filled ? [note(name.backup, '还没有做过 none yet: xinheng backup')] : [];
}

/** How far the log is behind; nothing where it has not been begun. */
async function checkLogKept(database: Database, config: Config): Promise<Check[]> {
  const rulebook = await readRulebook(database);
  const at = { now: config.clock.now(), rulebook, place: config.jurisdiction };
  const status = await logStatus(database, at);
  if (status === null) return [];
  const { origin, signed, waiting, late, lagSeconds } = status;
  const found = `${origin}，${signed?.size ?? 0} 条 entries，等待 waiting ${waiting}`;
  if (!late) return [ok(name.log, found)];
  if (serverOn(config.varDir) === 0) {
    return [note(name.log, `${found}，服务启动后写入 taken when the server starts`)];
  }
  const todo =
    '请看服务的输出，它会说明为什么不签发；再用 xinheng log check 核对。 The output of the server says why nothing is signed; then run xinheng log check.';
  return [wrong(name.log, `${found}，滞后 behind ${lagSeconds} s`, todo)];
}

/** Looks at one database. */
export async function checkDatabase(database: Database, config: Config): Promise<Check[]> {
  const checks = [await checkServer(database), await checkLetters(database)];
  const schema = await checkSchema(database, config.root);
  checks.push(...(await checkRestore(database, config)), schema);
  if (schema.state !== 'ok') return checks;
  checks.push(await checkClock(database, config), await checkBatches(database, config));
  checks.push(...(await checkBackup(database)), ...(await checkLogKept(database, config)));
  return [...checks, ...(await checkCity(database, config))];
}

/** Whoever connects is told in words what the driver says. */
async function checkAt(url: string, config: Config): Promise<Check[]> {
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    return await checkDatabase(database, config);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '3D000') {
      return [note(name.database, '尚未建立，首次启动时建立 made on first start')];
    }
    const reason = reasonOf(error);
    return [refused(name.database, { code: 'database.unreachable', params: { reason } })];
  } finally {
    await database.close();
  }
}

/** The server that comes along; it is started for the look where data are there, and never made. */
async function checkEmbedded(config: Config): Promise<Check[]> {
  const programs = locateBinaries(config.root);
  if (!programs.ok) return [refused(name.database, programs.refusal)];
  const place = existingPlace(resolve(config.varDir, 'postgres'));
  if (!place.ok) return [refused(name.database, place.refusal)];
  if (place.value === null) {
    const { version } = programs.value;
    return [note(name.database, `PostgreSQL ${version}，首次启动时建立 made on first start`)];
  }
  const server = await startEmbedded({ varDir: config.varDir });
  if (!server.ok) return [refused(name.database, server.refusal)];
  try {
    return await checkAt(withDatabase(server.value.url, 'xinheng'), config);
  } finally {
    await server.value.stop();
  }
}

/** Everything the database can be asked. */
export function checkStore(config: Config): Promise<Check[]> {
  return config.databaseUrl === null ? checkEmbedded(config) : checkAt(config.databaseUrl, config);
}
