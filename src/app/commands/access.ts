/** `access`: purposes of reading, the journal of a subject, unusual reading. */
import type { Command } from 'commander';
import { isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/result.ts';
import { accessDeps, journalOf } from '../../answers/office/index.ts';
import { purposesOn, readUnusual } from '../../trust/access/index.ts';
import { Refused, printJson, say, valueOf } from '../output.ts';
import { withInstallation } from './context.ts';
import { json } from './measuring.ts';
import { oneSubject } from './records.ts';

type Json = { readonly json?: boolean };

async function purposes(options: Json): Promise<void> {
  await withInstallation((installation) => {
    for (const { purpose, edition, provision } of purposesOn(accessDeps(installation).lawOn())) {
      if (options.json === true) {
        printJson({ ...purpose, edition, provision });
        continue;
      }
      const state = provision ?? '没有生效的依据，不能查询 no provision in force';
      say(`${purpose.code.padEnd(16)} ${purpose.name}  [${state}]`);
      for (const { positions, records } of purpose.allow) {
        say(`  ${positions.join(' ')}: ${records}, ${purpose.perDay}/日 a day`);
      }
    }
    return Promise.resolve();
  });
}

async function journal(text: string, options: Json & { readonly after?: string }): Promise<void> {
  await withInstallation(async (installation) => {
    const id = isId(text) ? text : (await oneSubject(installation, text)).subjectId;
    const found = valueOf(await journalOf(installation, id, options.after));
    if (options.json === true) return printJson(found);
    for (const { at, unit, position, purpose, provision, matter, seen, told } of found.entries) {
      say(`${at}  ${unit.name ?? unit.code}  ${position.zh}  ${purpose.name.zh}  ${matter ?? ''}`);
      say(`  依据 ground ${provision.instrument.zh}${provision.article ?? ''}`);
      for (const { itemName, records, fields } of seen) {
        say(`  ${itemName} ${records}: ${fields.join(' ')}`);
      }
      if (told !== null) say(`  延后告知至 told from ${told.from}（${told.ground.pointer}）`);
    }
    if (found.entries.length === 0) say('没有查询记录 nobody has read it');
    if (found.next !== null) say(`--after '${found.next}'`);
  });
}

async function unusual(options: Json & { readonly limit: string }): Promise<void> {
  const most = Number(options.limit);
  if (!Number.isInteger(most) || most < 1 || most > 10_000) {
    throw new Refused(refuse('config.invalid', { variable: '--limit', reason: '1–10000' }).refusal);
  }
  await withInstallation(async ({ database }) => {
    for (const one of await readUnusual(database, most)) {
      if (options.json === true) printJson(one);
      else say(`${one.on}  ${one.account.padEnd(20)} ${signWords[one.sign]}  ${one.counted}`);
    }
  });
}

const signWords = {
  surge: '远多于平日 far more than usual',
  night: '夜间 at night',
  'one-matter': '同一编号 one matter',
} as const;

export function addAccessCommands(program: Command): void {
  const access = program
    .command('access')
    .description('受限查询与查询日志 / restricted reading and its journal');
  access
    .command('purposes')
    .option(...json)
    .description('查询目的：依据、岗位、范围 / purposes: ground, positions, reach')
    .action(purposes);
  access
    .command('journal')
    .argument('<subject>', 'code, exact name or id')
    .option('--after <mark>', 'continue after a page')
    .option(...json)
    .description('一个主体的查询日志 / who read what of a subject')
    .action(journal);
  access
    .command('unusual')
    .option('--limit <n>', 'how many', '100')
    .option(...json)
    .description('异常查询 / unusual reading')
    .action(unusual);
}
