/** `registry import`, `registry change`, `match`, `unit add`: organisations and public bodies. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { parseDay } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import { retryHeld } from '../../intake/collection/index.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { openTable } from '../../platform/spreadsheet/index.ts';
import {
  type LinkQuery,
  type MatchLine,
  type RegistryRow,
  type SubjectChange,
  buildRegistry,
  changeSubject,
  importRegistry,
  linkRows,
  matchLine,
  readSubjects,
} from '../../register/subjects/index.ts';
import { registerUnits } from '../../register/units/index.ts';
import { type Installation, baseLibraryStandards, importTables } from '../installation.ts';
import {
  Refused,
  endProgress,
  exit,
  linesOf,
  printJson,
  progress,
  say,
  valueOf,
} from '../output.ts';
import { actorFor, rulebookFromFiles, withInstallation } from './context.ts';
import { parseLine } from './lists.ts';

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    if ((await stat(file)).isDirectory()) throw new Error('is a folder');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refused(refuse('command.bad-file', { file, reason }).refusal);
  }
  return hash.digest('hex');
}

async function importFile(
  file: string,
  options: { readonly actor: string; readonly json?: boolean },
): Promise<void> {
  const digest = await digestOfFile(file);
  await withInstallation(async (installation) => {
    const table = valueOf(await openTable({ path: file }));
    const show = progress('行 rows', stopwatchMs);
    const report = valueOf(
      await importRegistry(installation, {
        fileName: basename(file),
        digest,
        table,
        standards: baseLibraryStandards(installation.rulebook()),
        tables: installation.linkTables(),
        actor: await actorFor(installation, options.actor, 'subjects:import'),
        onProgress: show,
      }),
    );
    // Rows that waited for these subjects need not wait any longer.
    const linked = report.repeated ? 0 : await retryHeld(installation.collection());
    endProgress();
    if (options.json === true) {
      printJson({ ...report, linkedWaitingRows: linked });
    } else {
      if (report.repeated)
        say('这份文件以前已经导入过，本次没有任何改变。 Imported before; nothing changed.');
      say(
        `收到 ${report.received} · 新增 ${report.added} · 更新 ${report.updated} · 未变 ${report.unchanged} · 不能收录 ${report.rejected}`,
      );
      for (const [code, count] of Object.entries(report.findings).sort((a, b) => b[1] - a[1])) {
        say(`  ${code.padEnd(26)} ${count}`);
      }
      if (linked > 0) say(`原先待核的 ${linked} 行已关联。 ${linked} waiting rows were linked.`);
    }
    if (report.rejected > 0) process.exitCode = exit.refused;
  });
}

/** Rows of a registry CSV with columns name, code, registered_on, province, city, address. */
async function* registryRows(file: string): AsyncGenerator<RegistryRow> {
  const table = valueOf(await openTable({ path: file }));
  let columns: readonly string[] | null = null;
  for await (const batch of table.batches()) {
    for (const { cells } of batch) {
      if (columns === null) {
        columns = cells.map((cell) => cell.trim().toLowerCase());
        if (!columns.includes('name') || !columns.includes('code')) {
          throw new Refused(refuse('subjects.no-header', { missing: 'name、code' }).refusal);
        }
        continue;
      }
      const row: Record<string, string> = {};
      columns.forEach((column, index) => {
        row[column] = cells[index] ?? '';
      });
      yield row as RegistryRow;
    }
  }
}

function lineOf(object: Record<string, unknown>): MatchLine {
  const text = (key: string) =>
    object[key] === undefined || object[key] === null ? null : String(object[key]);
  return {
    id: text('id') ?? '',
    name: text('name'),
    code: text('code'),
    province: text('province'),
    city: text('city'),
  };
}

async function* matchLines(file: string | undefined): AsyncGenerator<MatchLine> {
  let number = 0;
  for await (const line of linesOf(file)) {
    number += 1;
    if (line.trim() !== '') yield lineOf(parseLine(line, number));
  }
}

async function matchAgainstFile(file: string | undefined, registryFile: string): Promise<void> {
  const tables = importTables(await rulebookFromFiles(['codes']));
  const rows: RegistryRow[] = [];
  for await (const row of registryRows(registryFile)) rows.push(row);
  const registry = buildRegistry(rows, tables);
  for await (const line of matchLines(file)) printJson(matchLine(registry, line));
}

async function matchAgainstLibrary(file: string | undefined): Promise<void> {
  await withInstallation(async (installation) => {
    for await (const line of matchLines(file)) printJson(await matchStored(installation, line));
  });
}

async function matchStored(installation: Installation, line: MatchLine) {
  const query: LinkQuery = {
    name: line.name ?? null,
    code: line.code ?? null,
    organisationCode: null,
    registrationNumber: null,
    taxNumber: null,
    province: line.province ?? null,
    city: line.city ?? null,
    regionCode: null,
    decidedOn: null,
  };
  const [link] = await linkRows(installation.database, [query], installation.linkTables());
  const { decision, uscc } = link!;
  const shown = decision.outcome === 'review' ? decision.candidates : [];
  const subjects = await readSubjects(
    installation.database,
    shown.map((candidate) => candidate.subjectId),
  );
  return {
    id: line.id,
    outcome: decision.outcome,
    uscc,
    method: decision.outcome === 'linked' ? decision.method : null,
    candidates: shown.map((candidate) => {
      const subject = subjects.find((item) => item.subjectId === candidate.subjectId);
      const { province = null, city = null, name = '', uscc: code = null } = subject ?? {};
      return { uscc: code, name, province, city, grounds: candidate.grounds };
    }),
    reasons: decision.outcome === 'linked' ? decision.notes : decision.reasons,
  };
}

/** Adds the commands. */
export function addRegistryCommands(program: Command): void {
  const registry = program
    .command('registry')
    .description('登记库 / base library of organisations');
  registry
    .command('import')
    .argument('<file>', 'CSV, XLSX or JSON of organisations')
    .option('--actor <account>', 'acting account', 'operator-a')
    .option('--json', 'print one JSON object as the last line')
    .description('导入或更新登记库 / load or update the base library')
    .action(importFile);
  addChangeCommand(registry);

  program
    .command('match')
    .argument('[file]', 'NDJSON {id, name, code, province, city}')
    .option('--registry <file>', 'match against this CSV instead of the base library')
    .description('逐行关联主体 / link rows to organisations')
    .action((file: string | undefined, options: { registry?: string }) =>
      options.registry === undefined
        ? matchAgainstLibrary(file)
        : matchAgainstFile(file, options.registry),
    );

  program
    .command('unit')
    .description('单位 / public bodies')
    .command('add')
    .requiredOption('--code <uscc>', 'unified code')
    .requiredOption('--name <name>', 'full name')
    .option('--kind <kind>', 'department, utility, district-office …', 'department')
    .option('--level <level>', 'province, city, district', 'city')
    .option('--sector <sector>', 'sector of rulebook/terms/sectors')
    .option('--region <code>', 'division code')
    .option('--actor <account>', 'acting account', 'operator-a')
    .action((options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'units:change');
        const unit = {
          code: options['code']!,
          name: options['name']!,
          kind: options['kind']!,
          level: options['level']!,
          region: options['region'] ?? null,
          sector: options['sector'] ?? null,
          status: 'registered' as const,
          sample: false,
        };
        valueOf(await registerUnits(installation, [unit], actor));
        say('已登记。 Recorded.');
      }),
    );
}

function changeFrom(options: Record<string, string>): SubjectChange | null {
  const other = options['other'] ?? '';
  switch (options['kind']) {
    case 'rename':
      return { kind: 'rename', name: options['name'] ?? '' };
    case 'deregister':
      return { kind: 'deregister', status: options['status'] ?? '注销' };
    case 'recode':
      return { kind: 'recode', uscc: options['code'] ?? '' };
    case 'merge':
      return { kind: 'merge', into: other };
    case 'split':
      return { kind: 'split', from: other };
    case 'transform':
      return { kind: 'transform', from: other };
    case 'duplicate':
      return { kind: 'duplicate', of: other };
    case 'not-duplicate':
      return { kind: 'not-duplicate', of: other };
    default:
      return null;
  }
}

function addChangeCommand(registry: Command): void {
  registry
    .command('change')
    .argument('<subject>', 'subject id')
    .requiredOption(
      '--kind <kind>',
      'rename, deregister, recode, merge, split, transform, duplicate, not-duplicate',
    )
    .requiredOption('--on <day>', 'day of the change')
    .requiredOption('--reason <text>', 'ground, e.g. the registry document')
    .option('--name <name>')
    .option('--code <uscc>')
    .option('--status <text>')
    .option('--other <subject>', 'the other subject id')
    .option('--actor <account>', 'acting account', 'operator-a')
    .description('登记变更：更名、注销、换码、合并、分立、重复编号 / change a subject')
    .action((subjectId: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const on = parseDay(options['on'] ?? '');
        const change = changeFrom(options);
        if (on === null || change === null) {
          throw new Refused(
            refuse('records.bad-day', { text: `${options['on']} ${options['kind']}` }).refusal,
          );
        }
        const done = valueOf(
          await changeSubject(
            { ...installation, tables: installation.linkTables },
            {
              subjectId,
              change,
              on,
              actor: await actorFor(installation, options['actor']!, 'subjects:change'),
              ground: { reason: options['reason']! },
            },
          ),
        );
        printJson(done);
      }),
    );
}
