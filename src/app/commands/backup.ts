/** `backup` and `restore`: an installation in one file, and back. */
import { mkdir, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { canonicalJson } from '../../kernel/canonical.ts';
import { refuse } from '../../kernel/result.ts';
import type { Config } from '../../platform/config.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { softwareCrypto } from '../../platform/crypto/index.ts';
import { openDatabase, sql } from '../../platform/db/index.ts';
import { ownSchemas, presentSchemas } from '../../platform/db/backup-catalogue.ts';
import { type BulkConnection, openBulk } from '../../platform/db/backup-connection.ts';
import { holderOf, tryLock, unlock } from '../../platform/db/embedded-lock.ts';
import { existingPlace } from '../../platform/db/embedded-place.ts';
import { type BackupReport, type SealRequest, writeBackup } from '../backup/backup.ts';
import { readKeyFiles, readPassphrase } from '../backup/keys.ts';
import { checkWhole, settingKeys } from '../backup/marker.ts';
import {
  type RestoreProgress,
  checkWithKeys,
  hasKeys,
  inspectBackup,
  restoreBackup,
  sizeOf,
} from '../backup/restore.ts';
import { stop } from '../backup/stop.ts';
import { connect, type StartStep } from '../installation.ts';
import { endProgress, exit, printJson, say, tell, valueOf } from '../output.ts';
import { configuration } from './context.ts';
import { phaseLog } from './phases.ts';

type Options = { readonly passphraseFile?: string; readonly json?: boolean };
type RestoreOptions = Options & { readonly check?: boolean };
type OnStep = (step: StartStep) => void;

const mb = 1024 * 1024;
const lockName = 'operation.backup';

/** Runs `work` while no other backup or restore of the same data folder runs. */
async function alone<T>(varDir: string, files: readonly string[], work: () => Promise<T>) {
  await mkdir(varDir, { recursive: true });
  const held: string[] = [];
  try {
    for (const name of files) {
      const file = resolve(varDir, name);
      if (!tryLock(file)) {
        const pid = holderOf(file);
        throw stop(
          name === 'serve.lock'
            ? refuse('serve.running', { path: varDir, pid })
            : refuse('backup.busy', { holder: pid }),
        );
      }
      held.push(file);
    }
    return await work();
  } finally {
    held.forEach(unlock);
  }
}

/** The same for programs with other data folders on one database. The lock ends with the connection. */
async function lockDatabase(connection: BulkConnection): Promise<void> {
  const [row] = await connection.query<{ taken: boolean }>(
    sql`select pg_try_advisory_lock(hashtextextended(${lockName}, 0)) as taken`,
  );
  if (!row!.taken) throw stop(refuse('backup.busy', { holder: 'DATABASE_URL' }));
}

function versionOf({ root }: Config): string {
  const text = readFileSync(resolve(root, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** One line that changes, on a terminal only. */
function teller(word: string, total: number): (progress: RestoreProgress) => void {
  let last = -Infinity;
  return ({ doing, bytes }) => {
    if (!process.stderr.isTTY || stopwatchMs() - last < 100) return;
    last = stopwatchMs();
    const share = total > 0 ? `${Math.min(100, Math.floor((100 * bytes) / total))}% ` : '';
    process.stderr.write(`\r\u001b[K  ${word} ${share}${Math.round(bytes / mb)} MB ${doing}`);
  };
}

const seconds = (began: number) => Math.round((stopwatchMs() - began) / 100) / 10;

async function passphraseOf({ passphraseFile }: Options): Promise<string | null> {
  return passphraseFile === undefined ? null : valueOf(await readPassphrase(passphraseFile));
}

/** Where a backup goes: the file named, or a file with the time as its name in the folder named. */
async function targetPath(to: string, config: Config): Promise<string> {
  const path = resolve(to);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return path;
  const stamp = config.clock
    .now()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return resolve(path, `xinheng-${stamp}.tar`);
}

/** Notes the backup for `xinheng doctor`. */
async function note(url: string, report: BackupReport, config: Config): Promise<void> {
  const { path, bytes, digest, snapshotAt } = report;
  const value = canonicalJson({ path, bytes, digest, snapshotAt });
  const database = openDatabase(url, { connectionsMax: 1 });
  try {
    await database.execute(sql`
      insert into operation.setting (key, value, changed_at)
      values (${settingKeys.lastBackup}, ${value}, ${config.clock.now()})
      on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`);
  } finally {
    await database.close();
  }
}

async function makeBackup(url: string, config: Config, path: string, seal: SealRequest | null) {
  const { varDir, root } = config;
  const migrations = resolve(root, 'db/migrations');
  const connection = await openBulk(url, 'reading');
  const logPhase = phaseLog();
  const show = teller('备份 backup', 0);
  try {
    await lockDatabase(connection);
    valueOf(await checkWhole(varDir, connection));
    if ((await presentSchemas(connection, await ownSchemas(migrations))).length === 0) {
      throw stop(refuse('backup.nothing', { path: varDir }));
    }
    const crypto = softwareCrypto(resolve(varDir, 'keys'));
    const onProgress = (progress: RestoreProgress) => {
      logPhase({ name: progress.doing, row: progress.bytes });
      show(progress);
    };
    const version = versionOf(config);
    const source = { connection, crypto, varDir, migrations, version, onProgress };
    const report = await writeBackup(source, { path, seal });
    await note(url, report, config);
    return report;
  } finally {
    endProgress();
    await connection.close();
  }
}

async function backup(to: string, options: Options, onStep: OnStep): Promise<void> {
  const began = stopwatchMs();
  const config = configuration();
  const { varDir } = config;
  const keysFolder = resolve(varDir, 'keys');
  const isMade =
    config.databaseUrl !== null || valueOf(existingPlace(resolve(varDir, 'postgres'))) !== null;
  if (!isMade) throw stop(refuse('backup.nothing', { path: varDir }));
  const passphrase = await passphraseOf(options);
  const report = await alone(varDir, ['backup.lock'], async () => {
    if (!(await hasKeys(keysFolder))) {
      throw stop(refuse('backup.keys-missing', { path: keysFolder }));
    }
    const seal = passphrase === null ? null : { passphrase, keys: await readKeyFiles(keysFolder) };
    const server = valueOf(await connect(config, onStep));
    try {
      return await makeBackup(server.url, config, await targetPath(to, config), seal);
    } finally {
      await server.stop();
    }
  });
  tellBackup(report, seconds(began), options);
  if (report.wantingCount > 0) process.exitCode = exit.refused;
}

function tellBackup(report: BackupReport, took: number, { json }: Options): void {
  if (report.wantingCount > 0) {
    tell(
      `! 有${report.wantingCount}份原始文件缺失或损坏，未能备份 raw files missing or damaged: ${report.wanting.slice(0, 5).join(' ')}`,
    );
  }
  if (json === true) return printJson({ ...report, seconds: took });
  const { path, bytes, rows, tables, files, snapshotAt } = report;
  say(`备份完成 backed up: ${path}`);
  say(
    `  ${snapshotAt}  ${rows} 行 rows, ${tables} 张表 tables, ${files} 份原始文件 raw files, ${Math.ceil(bytes / mb)} MB, ${took} s`,
  );
  if (report.keys === 'left-out') {
    say('  密钥不在备份里，请另行保管 var/keys。 The keys are not in it: keep var/keys elsewhere.');
  } else {
    say('  密钥以口令封存在备份里。 The keys are in it, sealed under the passphrase.');
  }
}

/** A full disk, met by us or by the database, in words. */
function diskRefusal(error: unknown, path: string): unknown {
  const { code = '' } = error as { code?: string };
  return ['ENOSPC', 'EDQUOT', '53100'].includes(code)
    ? stop(refuse('restore.disk-full', { path }))
    : error;
}

async function check(from: string, options: RestoreOptions): Promise<void> {
  const began = stopwatchMs();
  const { varDir } = configuration();
  const inspected = await inspectBackup(from, teller('检查 check', await sizeOf(from)));
  endProgress();
  const keysFolder = resolve(varDir, 'keys');
  const isSigned = await hasKeys(keysFolder);
  if (isSigned) checkWithKeys(inspected, softwareCrypto(keysFolder), keysFolder);
  const { head, tables, files, wanting } = inspected.manifest;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const found = { ...head, rows, tables: tables.length, files: files.count, wanting };
  if (options.json === true) {
    printJson({
      from,
      ...found,
      signature: isSigned ? 'good' : 'unchecked',
      seconds: seconds(began),
    });
    return;
  }
  say(`备份完好 the backup is whole: ${from}`);
  say(`  ${head.snapshotAt}  ${rows} 行 rows, ${files.count} 份原始文件 raw files`);
  say(
    isSigned
      ? '  签名相符。 The signature is that of this installation.'
      : '  这里没有密钥，未核对签名。 There are no keys here; the signature was not checked.',
  );
}

async function restore(from: string, options: RestoreOptions, onStep: OnStep): Promise<void> {
  if (options.check === true) return check(from, options);
  const began = stopwatchMs();
  const config = configuration();
  const { varDir, root, clock } = config;
  const passphrase = await passphraseOf(options);
  const total = await sizeOf(from);
  const inspected = await inspectBackup(resolve(from), teller('检查 check', total));
  endProgress();
  const logPhase = phaseLog();
  const show = teller('恢复 restore', total);
  const report = await alone(varDir, ['backup.lock', 'serve.lock'], async () => {
    let stopServer = () => Promise.resolve();
    try {
      return await restoreBackup(inspected, {
        async connect() {
          const server = valueOf(await connect(config, onStep));
          stopServer = server.stop;
          const connection = await openBulk(server.url, 'writing');
          await lockDatabase(connection);
          return connection;
        },
        varDir,
        migrations: resolve(root, 'db/migrations'),
        now: () => clock.now(),
        passphrase,
        onProgress: (progress) => {
          logPhase({ name: progress.doing, row: progress.bytes });
          show(progress);
        },
      });
    } catch (error) {
      throw diskRefusal(error, varDir);
    } finally {
      endProgress();
      await stopServer();
    }
  });
  if (options.json === true) return printJson({ ...report, seconds: seconds(began) });
  const { rows, files, snapshotAt, migrated } = report;
  say(
    report.repeated
      ? `此前已恢复完成 restored before: ${from}`
      : `恢复完成 restored: ${rows} 行 rows, ${files} 份原始文件 raw files, ${seconds(began)} s`,
  );
  say(`  数据截至 state of ${snapshotAt}`);
  if (migrated.length > 0) say(`  已更新数据库结构 migrated: ${migrated.join(' ')}`);
}

/** Adds the commands. */
export function addBackupCommands(program: Command, onStep: OnStep): void {
  program
    .command('backup')
    .argument('<to>', 'file to make, or a folder')
    .option('--passphrase-file <file>', 'put the keys into it, sealed under this passphrase')
    .option('--json', 'print one JSON object as the last line')
    .description(
      '把数据库和原始文件备份到一个文件，可以在服务运行时进行 / back everything up into one file',
    )
    .action((to: string, options: Options) => backup(to, options, onStep));
  program
    .command('restore')
    .argument('<from>', 'a backup')
    .option('--passphrase-file <file>', 'opens the keys in the backup')
    .option('--check', 'only look whether the backup is whole')
    .option('--json', 'print one JSON object as the last line')
    .description('把备份恢复到空的安装中 / restore a backup into an empty installation')
    .action((from: string, options: RestoreOptions) => restore(from, options, onStep));
}
