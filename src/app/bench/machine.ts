/** On what and with which versions a figure was measured: figures of two machines are not compared. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** Machine, versions and load at the start of a run. */
export type Machine = {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres: string;
  readonly version: string;
  /** Load averages of 1, 5 and 15 minutes when the run began. */
  readonly load: readonly number[];
  /** Server settings that decide what a figure means. */
  readonly settings: Readonly<Record<string, string>>;
};

const told = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size'];

/** Our version, with the commit where the folder is a clone and Git is there. */
function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  try {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return `${version} (${commit.toString().trim()})`;
  } catch {
    return version;
  }
}

/** Load averages now; to be asked before anything of the run has begun. */
export function loadNow(): readonly number[] {
  return loadavg().map((value) => Math.round(value * 100) / 100);
}

/** Reads all of it. `load` is what {@link loadNow} gave at the start. */
export async function readMachine(
  db: Queryable,
  root: string,
  load: readonly number[],
): Promise<Machine> {
  const settings = await db.query<{ name: string; value: string }>(sql`
    select name, current_setting(name) as value from unnest(${told}::text[]) as t(name)`);
  const [server] = await db.query<{ version: string }>(
    sql`select current_setting('server_version') as version`,
  );
  const processors = cpus();
  return {
    cores: processors.length,
    cpu: (processors[0]?.model ?? 'unknown').replace(/\s+/g, ' ').trim(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    postgres: server!.version.split(' ')[0]!,
    version: versionOf(root),
    load,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
  };
}
