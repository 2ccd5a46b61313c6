/** SQL of import runs: progress, counts, findings. */
import type { Instant } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import { type Database, type Tx, sql } from '../../platform/db/index.ts';
import type { ImportFinding, ImportFindingCode } from './domain-import.ts';
import { estimateGrams } from './store-search.ts';

/** Rows of a run by outcome; they add up to `received`. */
export type ImportCounts = {
  received: number;
  added: number;
  updated: number;
  unchanged: number;
  rejected: number;
};

/** A run as it goes. */
export type ImportRun = {
  readonly importId: Id;
  readonly state: 'running' | 'done';
  cursor: number;
  readonly counts: ImportCounts;
  readonly findings: Partial<Record<ImportFindingCode, number>>;
};

/** No rows yet. */
export function emptyCounts(): ImportCounts {
  return { received: 0, added: 0, updated: 0, unchanged: 0, rejected: 0 };
}

/** The run of a file: a new one, one that was interrupted, or one that is done. */
export async function beginRun(
  db: Database,
  clock: Clock,
  file: { readonly digest: string; readonly fileName: string },
): Promise<ImportRun> {
  await db.execute(sql`
    insert into subjects.import_run (import_id, digest, file_name, state, counts, started_at)
    values (${freshId(clock)}, ${file.digest}, ${file.fileName}, 'running',
            ${JSON.stringify({ counts: emptyCounts(), findings: {} })}, ${clock.now()})
    on conflict (digest) do nothing`);
  const rows = await db.query<{
    importId: Id;
    state: ImportRun['state'];
    cursor: string;
    counts: { counts: ImportCounts; findings: ImportRun['findings'] };
  }>(sql`
    select import_id as "importId", state, cursor_row::text as cursor, counts
    from subjects.import_run where digest = ${file.digest}`);
  const row = rows[0]!;
  return {
    importId: row.importId,
    state: row.state,
    cursor: Number(row.cursor),
    counts: { ...row.counts.counts },
    findings: { ...row.counts.findings },
  };
}

/** Notes how far a run is, in the transaction of the chunk that got it there. */
export async function saveProgress(
  tx: Tx,
  run: ImportRun,
  progress: {
    readonly cursor: number;
    readonly counts: ImportCounts;
    readonly findings: readonly ImportFinding[];
  },
): Promise<void> {
  const { cursor, counts, findings } = progress;
  const next = { ...run.findings };
  for (const { code } of findings) next[code] = (next[code] ?? 0) + 1;
  await tx.execute(sql`
    update subjects.import_run
    set cursor_row = ${cursor}, counts = ${JSON.stringify({ counts, findings: next })}
    where import_id = ${run.importId}`);
  Object.assign(run.findings, next);
}

/**
 * Ends a run. A large import leaves the search index with a list of its own to work off and the planner
 * with figures of the day before: both are put right now, not whenever the server gets to it.
 */
export async function finishRun(db: Database, clock: Clock, run: ImportRun): Promise<void> {
  await db.execute(sql`select gin_clean_pending_list('subjects.search_entry_grams')`);
  for (const table of [
    sql`analyze subjects.subject`,
    sql`analyze subjects.lookup_key`,
    sql`analyze subjects.search_entry`,
  ]) {
    await db.execute(table);
  }
  await estimateGrams(db);
  await db.execute(sql`
    update subjects.import_run set state = 'done', finished_at = ${clock.now()}
    where import_id = ${run.importId}`);
}

export async function insertFindings(
  tx: Tx,
  importId: Id,
  findings: readonly (ImportFinding & { readonly row: number })[],
): Promise<void> {
  const seen = new Set<string>();
  const distinct = findings.filter((finding) => {
    const name = `${finding.row}|${finding.code}`;
    return seen.has(name) ? false : seen.add(name);
  });
  await tx.copy(
    'subjects.import_finding',
    ['import_id', 'row_no', 'code', 'value'],
    distinct.map((finding) => [importId, finding.row, finding.code, clean(finding.value)]),
  );
}

/** PostgreSQL text refuses NUL. */
function clean(value: string | null): string | null {
  return value === null ? null : value.replaceAll('\u0000', '');
}

/** The last finished imports, newest first. */
export function lastImports(
  db: Database,
): Promise<{ fileName: string; finishedAt: Instant; counts: object }[]> {
  return db.query(sql`
    select file_name as "fileName", finished_at as "finishedAt", counts
    from subjects.import_run where state = 'done' order by finished_at desc limit 10`);
}

/** Notes that a run named these subjects without saying anything new. */
export async function markSeen(tx: Tx, subjectIds: readonly Id[], importId: Id): Promise<void> {
  if (subjectIds.length === 0) return;
  await tx.execute(sql`
    update subjects.subject set last_import = ${importId}
    where subject_id = any(${subjectIds}::uuid[])`);
}
