/**
 * Base-library import: tens of thousands to millions of rows, in chunks of one transaction each, so
 * that a killed run continues where it was. New codes are added, known ones brought up to date; a
 * code that bears another name in the same file is kept apart for people to look at.
 */
import { type Id } from '../../kernel/ids.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import type { Standard } from '../../kernel/rulebook/standards.ts';
import { type HeaderMatch, bestHeader } from '../../kernel/table-header.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import type { RawRow, Table } from '../../platform/spreadsheet/index.ts';
import { type ImportFindingCode } from './domain-import.ts';
import { type ImportCounts, type ImportRun, beginRun, finishRun } from './store-import.ts';
import { type ImportDeps, type ImportRequest, importChunk } from './service-import-chunk.ts';

/** What an import did, by outcome and by finding. */
export type ImportReport = ImportCounts & {
  readonly import: Id;
  readonly repeated: boolean;
  readonly findings: Readonly<Partial<Record<ImportFindingCode, number>>>;
  readonly seconds: number;
};

const chunkRows = 2_000;

/**
 * Imports a table. The same file again changes nothing and says so. Refuses `subjects.no-header
 * {missing}` when the columns cannot be told, `subjects.empty`.
 */
export async function importRegistry(
  deps: ImportDeps,
  request: ImportRequest,
): Promise<Result<ImportReport>> {
  const started = stopwatchMs();
  const run = await beginRun(deps.database, deps.clock, request);
  if (run.state === 'done') return ok(reportOf(run, true, started));
  const act = await deps.database.transaction((tx) =>
    deps.door.pass(tx, {
      kind: 'subjects.import',
      needs: 'subjects:import',
      actor: request.actor,
      ground: { reason: 'base library of organisations' },
      traceId: run.importId,
      object: `import:${run.importId}`,
      detail: { file: request.fileName, digest: request.digest },
    }),
  );
  if (!act.ok) return act;
  let header: HeaderMatch | null = null;
  for await (const chunk of inChunks(request.table)) {
    let rows = chunk;
    if (header === null) {
      const first = rows[0];
      if (first === undefined) break;
      const found = headerOf(first, request.standards);
      if (!found.ok) return found;
      header = found.value;
      rows = rows.slice(1);
    }
    const todo = rows.filter((row) => row.row > run.cursor);
    if (todo.length > 0) await importChunk(deps, { ...request, run, act: act.value, header }, todo);
    request.onProgress?.(run.counts.received);
  }
  if (header === null) return refuse('subjects.empty', { file: request.fileName });
  await finishRun(deps.database, deps.clock, run);
  return ok(reportOf(run, false, started));
}

function headerOf(first: RawRow, standards: readonly Standard[]): Result<HeaderMatch> {
  const match = bestHeader(first.cells, standards);
  if (match === null || match.missing.length > 0) {
    const missing = (match?.missing ?? standards[0]?.fields ?? []).map((field) => field.name);
    return refuse('subjects.no-header', { missing: missing.slice(0, 10).join('、') });
  }
  const twice = match.doubled[0];
  if (twice !== undefined) {
    return refuse('subjects.doubled-header', {
      field: twice.field.name,
      columns: twice.columns.join('、'),
    });
  }
  return ok(match);
}

function reportOf(run: ImportRun, repeated: boolean, started: number): ImportReport {
  return {
    import: run.importId,
    ...run.counts,
    repeated,
    findings: run.findings,
    seconds: Math.round(stopwatchMs() - started) / 1000,
  };
}

async function* inChunks(table: Table): AsyncGenerator<RawRow[]> {
  let chunk: RawRow[] = [];
  for await (const batch of table.batches()) {
    for (const row of batch) {
      chunk.push(row);
      if (chunk.length >= chunkRows) {
        yield chunk;
        chunk = [];
      }
    }
  }
  if (chunk.length > 0) yield chunk;
}
