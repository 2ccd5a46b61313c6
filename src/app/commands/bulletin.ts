/** `bulletin …`: the monthly bulletin from its draft to publication. */
import type { Command } from 'commander';
import {
  type BulletinDeps,
  type BulletinRequest,
  type ResponseRequest,
  answerContest,
  cancelBulletin,
  draftBulletin,
  listBulletins,
  publishBulletin,
  readBulletin,
  respond,
  sendBulletin,
} from '../../intake/bulletin/index.ts';
import type { BulletinOutcome } from '../../intake/bulletin/index.ts';
import type { Result } from '../../kernel/result.ts';
import { printJson, say, valueOf } from '../output.ts';
import { bulletinText } from './bulletin-text.ts';
import { actorFor, withInstallation } from './context.ts';
import { json, measuringDeps, period as month } from './measuring.ts';

type Options = {
  readonly period: string;
  readonly provider?: string;
  readonly actor: string;
  readonly reason?: string;
  readonly json?: boolean;
};

type Run = (deps: BulletinDeps, request: ResponseRequest) => Promise<Result<BulletinOutcome>>;

const forPeriod =
  (run: (deps: BulletinDeps, request: BulletinRequest) => Promise<Result<BulletinOutcome>>): Run =>
  (deps, request) =>
    run(deps, request);

const steps: readonly (readonly [string, string, string, string, Run, boolean])[] = [
  [
    'draft',
    'quality:publish',
    'operator-a',
    '起草一个月的通报 / draft the bulletin of a month',
    forPeriod(draftBulletin),
    false,
  ],
  [
    'send',
    'quality:publish',
    'operator-a',
    '送达各部门确认 / send it to the departments',
    forPeriod(sendBulletin),
    false,
  ],
  [
    'confirm',
    'quality:confirm',
    'operator-a',
    '部门确认 / a department confirms',
    (deps, request) => respond(deps, 'confirm', request),
    true,
  ],
  [
    'contest',
    'quality:confirm',
    'operator-a',
    '部门提出异议 / a department contests',
    (deps, request) => respond(deps, 'contest', request),
    true,
  ],
  [
    'uphold',
    'quality:approve',
    'operator-b',
    '异议成立 / a contest is right',
    (deps, request) => answerContest(deps, 'uphold', request),
    true,
  ],
  [
    'dismiss',
    'quality:approve',
    'operator-b',
    '异议不成立 / a contest is not right',
    (deps, request) => answerContest(deps, 'dismiss', request),
    true,
  ],
  [
    'publish',
    'quality:approve',
    'operator-b',
    '第二人发布 / publish, by a second person',
    forPeriod(publishBulletin),
    false,
  ],
  [
    'cancel',
    'quality:publish',
    'operator-a',
    '撤销未发布的通报 / cancel one that is not published',
    forPeriod(cancelBulletin),
    false,
  ],
];

function addStep(
  bulletin: Command,
  [name, needs, by, text, run, ofDepartment]: (typeof steps)[number],
) {
  const command = bulletin
    .command(name)
    .description(text)
    .requiredOption(...month);
  if (ofDepartment) command.requiredOption('--provider <code>', '部门代码 department');
  command
    .option('--reason <text>', '理由、依据或者来函 ground, or the letter')
    .option('--actor <account>', 'acting account, or account/position', by)
    .option(...json)
    .action((options: Options) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options.actor, needs);
        const { period, provider = '', reason } = options;
        const request = { period, provider, actor, ...(reason === undefined ? {} : { reason }) };
        const outcome = valueOf(await run(measuringDeps(installation), request));
        if (options.json === true) return printJson(outcome);
        const until =
          outcome.windowEnds === null ? '' : `，确认期限至 answers until ${outcome.windowEnds}`;
        return say(
          `${outcome.period} 第${outcome.edition}版 edition ${outcome.edition}: ${outcome.state}${until}`,
        );
      }),
    );
}

/** Adds `bulletin` with its steps, `show` and `list`. */
export function addBulletinCommands(program: Command): void {
  const bulletin = program
    .command('bulletin')
    .description('归集通报：起草、部门确认、发布 / the monthly bulletin');
  for (const step of steps) addStep(bulletin, step);
  bulletin
    .command('show')
    .description('一个月的通报 / the bulletin of a month')
    .requiredOption(...month)
    .option(...json)
    .action((options: { period: string; json?: boolean }) =>
      withInstallation(async (installation) => {
        const found = valueOf(await readBulletin(installation, options.period));
        if (options.json === true) return printJson(found);
        return bulletinText(found).forEach(say);
      }),
    );
  bulletin
    .command('list')
    .description('全部通报，每行一个JSON / all bulletins, a JSON line each')
    .action(() =>
      withInstallation(async (installation) => {
        for (const one of await listBulletins(installation.database, 1_000)) printJson(one);
      }),
    );
}
