/** Commands over lists: one JSON line out per line in, in order. They need no database. */
import type { Command } from 'commander';
import { addWorkdays } from '../../kernel/calendar.ts';
import { type Day, parseDay } from '../../kernel/day.ts';
import { divisionRow, divisionTable, resolveDivision } from '../../kernel/divisions.ts';
import { identify } from '../../kernel/identifiers/identify.ts';
import { refuse } from '../../kernel/result.ts';
import {
  calendarOf,
  codeLabelsOf,
  nullWordsOf,
  rowsOf,
  usccPrefixesOf,
} from '../../kernel/rulebook/tables.ts';
import { Refused, linesOf, printJson } from '../output.ts';
import { rulebookFromFiles } from './context.ts';

/** A line of NDJSON as an object; anything else ends the command with place and reason. */
export function parseLine(line: string, number: number): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw badLine(number, error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badLine(number, 'not an object');
  }
  return value as Record<string, unknown>;
}

function badLine(line: number, reason: string): Refused {
  return new Refused(refuse('command.bad-line', { line, reason }).refusal);
}

function textOf(object: Record<string, unknown>, key: string): string {
  const value = object[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Adds `identify`, `due` and `division`. */
export function addListCommands(program: Command): void {
  program
    .command('identify')
    .argument('[file]', 'identifiers, one a line; - or nothing reads stdin')
    .description('逐行识别主体代码：种类、是否符合标准、问题 / identify codes, one a line')
    .action(async (file?: string) => {
      const rulebook = await rulebookFromFiles(['codes']);
      const tables = {
        prefixes: usccPrefixesOf(rulebook),
        nullWords: nullWordsOf(rulebook),
        labels: codeLabelsOf(rulebook),
      };
      for await (const line of linesOf(file)) printJson(identify(line, tables));
    });

  program
    .command('due')
    .argument('[file]', 'NDJSON {id, from, workdays}')
    .description('逐行计算工作日期限 / working-day deadlines: {id, due, provisional}')
    .action(async (file?: string) => {
      const calendar = calendarOf(await rulebookFromFiles(['calendar']));
      let number = 0;
      for await (const line of linesOf(file)) {
        number += 1;
        if (line.trim() === '') continue;
        const query = parseLine(line, number);
        const from = parseDay(textOf(query, 'from'));
        const workdays = Number(query['workdays']);
        if (from === null) throw badLine(number, 'from must be YYYY-MM-DD');
        if (!Number.isInteger(workdays) || workdays < 0 || workdays > 10_000) {
          throw badLine(number, 'workdays must be a whole number from 0 to 10000');
        }
        printJson({ id: query['id'] ?? null, ...addWorkdays(calendar, from, workdays) });
      }
    });

  program
    .command('division')
    .argument('[file]', 'NDJSON {id, code, on}')
    .description('逐行查行政区划在某日的名称、状态和承继 / divisions on a day')
    .action(async (file?: string) => {
      const table = divisionTable(
        rowsOf(await rulebookFromFiles(['codes']), 'divisions').map(divisionRow),
      );
      let number = 0;
      for await (const line of linesOf(file)) {
        number += 1;
        if (line.trim() === '') continue;
        const query = parseLine(line, number);
        const on = parseDay(textOf(query, 'on'));
        if (on === null) throw badLine(number, 'on must be YYYY-MM-DD');
        const found = resolveDivision(table, textOf(query, 'code'), on as Day);
        const { name, status, successors } = found;
        printJson({
          id: query['id'] ?? null,
          name,
          status,
          successor: successors.length === 0 ? null : successors.join(','),
        });
      }
    });
}
