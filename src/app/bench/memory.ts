/**
 * Peaks of memory while something is measured: all Node processes of the product together, and the
 * database server apart. Read from /proc, where shared pages count once (PSS) for the server; on systems
 * without it only this process is known, and the server is not.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { type Queryable, sql } from '../../platform/db/index.ts';

/** Megabytes (2^20 bytes). `postgres` is null where the server's processes cannot be read. */
export type MemoryPeaks = { readonly nodeMb: number; readonly postgresMb: number | null };

const sampleMs = 250;

type ProcessLine = { readonly pid: number; readonly parent: number; readonly name: string };

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

function processes(): ProcessLine[] {
  let names: string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(`/proc/${name}/stat`);
    const parent = stat === null ? null : /\) \S (\d+) /.exec(stat);
    const comm = read(`/proc/${name}/comm`);
    if (parent === null || comm === null) return [];
    return [{ pid: Number(name), parent: Number(parent[1]), name: comm.trim() }];
  });
}

/** `root` and every process under it. */
function familyOf(root: number, all: readonly ProcessLine[]): number[] {
  const family = [root];
  for (let index = 0; index < family.length; index += 1) {
    family.push(...all.filter(({ parent }) => parent === family[index]).map(({ pid }) => pid));
  }
  return family;
}

/** Kilobytes of a field of /proc/<pid>/<file>; 0 where the process has gone or may not be read. */
function kilobytes(pid: number, file: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/${file}`) ?? '');
  return found === null ? 0 : Number(found[1]);
}

function nodeKb(all: readonly ProcessLine[]): number {
  if (all.length === 0) return process.memoryUsage.rss() / 1024;
  // Helpers of other programs (the database server) are children too, but no Node processes.
  const node = all.find(({ pid }) => pid === process.pid)?.name;
  const ours = new Set(
    all.filter(({ pid, name }) => pid === process.pid || name === node).map(({ pid }) => pid),
  );
  return familyOf(process.pid, all)
    .filter((pid) => ours.has(pid))
    .reduce((sum, pid) => sum + kilobytes(pid, 'status', 'VmRSS'), 0);
}

/** The server's first process, where it runs on this machine; asked through one of its children. */
async function postmasterOf(db: Queryable): Promise<number | null> {
  const [row] = await db.query<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  const backend = processes().find(({ pid }) => pid === row?.pid);
  return backend !== undefined && backend.name.startsWith('postgres') ? backend.parent : null;
}

/**
 * Runs `work` and samples memory four times a second meanwhile, once more at its end. What rises and
 * falls between two samples is not seen.
 */
export async function withPeaks<T>(
  db: Queryable,
  work: () => Promise<T>,
): Promise<{ value: T; memory: MemoryPeaks }> {
  const postmaster = await postmasterOf(db);
  let nodePeak = 0;
  let postgresPeak = 0;
  const sample = () => {
    const all = processes();
    nodePeak = Math.max(nodePeak, nodeKb(all));
    if (postmaster === null) return;
    const server = familyOf(postmaster, all);
    const kb = server.reduce((sum, pid) => sum + kilobytes(pid, 'smaps_rollup', 'Pss'), 0);
    postgresPeak = Math.max(postgresPeak, kb);
  };
  sample();
  const timer = setInterval(sample, sampleMs);
  timer.unref();
  try {
    const value = await work();
    sample();
    const toMb = (kb: number) => Math.round(kb / 1024);
    return {
      value,
      memory: {
        nodeMb: toMb(nodePeak),
        postgresMb: postgresPeak === 0 ? null : toMb(postgresPeak),
      },
    };
  } finally {
    clearInterval(timer);
  }
}
