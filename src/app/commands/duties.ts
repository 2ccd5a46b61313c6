/** `duties`: which unit has to report which item, and from when. */
import type { Command } from 'commander';
import {
  type DutyChange,
  dutiesOn,
  readDuties,
  recordDuties,
} from '../../intake/collection/index.ts';
import { parseDay } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import { Refused, linesOf, printJson, say, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';
import { parseLine } from './lists.ts';
import { json } from './measuring.ts';

const linesMax = 100_000;

/** A line of the list; what is missing or of another kind is refused where it is checked. */
function changeOf(line: string, number: number): DutyChange {
  const { provider, item, from, owes = true, ground } = parseLine(line, number);
  if (typeof owes !== 'boolean') throw badLine(number, 'owes must be true or false');
  const [unit, wanted, on, said] = [provider, item, from, ground].map((value) =>
    typeof value === 'string' ? value : '',
  );
  return { provider: unit!, item: wanted!, from: on as DutyChange['from'], owes, ground: said! };
}

function badLine(line: number, reason: string): Refused {
  return new Refused(refuse('command.bad-line', { line, reason }).refusal);
}

async function record(file: string, options: { readonly actor: string }): Promise<void> {
  const changes: DutyChange[] = [];
  for await (const line of linesOf(file)) {
    const number = changes.length + 1;
    if (number > linesMax) throw badLine(number, `${linesMax} lines at most`);
    // A blank line would put the numbers of refusals out of step with the file.
    if (line.trim() === '') throw badLine(number, 'blank');
    changes.push(changeOf(line, number));
  }
  await withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, 'units:change');
    const news = valueOf(await recordDuties(installation.collection(), changes, actor));
    say(`${changes.length} 行，新登记 ${news} 行。 ${changes.length} lines, ${news} of them news.`);
  });
}

type Listed = { readonly on?: string; readonly json?: boolean };

async function list({ on, json: asJson }: Listed): Promise<void> {
  const asked = on === undefined ? null : parseDay(on);
  if (on !== undefined && asked === null) {
    throw new Refused(refuse('records.bad-day', { text: on }).refusal);
  }
  await withInstallation(async ({ database }) => {
    const all = await readDuties(database);
    for (const duty of asked === null ? all : dutiesOn(all, asked)) {
      if (asJson === true) printJson(duty);
      else {
        const { provider, item, since, until, ground } = duty;
        say(`${provider}  ${item.padEnd(34)} ${since} → ${until ?? '—'}  ${ground}`);
      }
    }
  });
}

/** Adds `duties` with `record` and `list`. */
export function addDutyCommands(program: Command): void {
  const duties = program
    .command('duties')
    .description('报送任务：哪个单位应当报送哪个事项 / which unit has to report which item');
  duties
    .command('record')
    .argument('<file>', 'NDJSON {provider, item, from, owes?, ground}; - reads stdin')
    .requiredOption('--actor <account>', '经办账户 account')
    .description('登记任务的开始和结束 / record where duties begin and end')
    .action(record);
  duties
    .command('list')
    .option('--on <day>', '某日应报的 those that hold on a day')
    .option(...json)
    .description('列出任务 / list duties')
    .action(list);
}
