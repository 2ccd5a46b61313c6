/** `link`, `rulebook`: what two persons decide, and law as data. */
import type { Command } from 'commander';
import { refuse } from '../../kernel/result.ts';
import { editionKey } from '../../kernel/rulebook/rulebook.ts';
import { decideLinkReview, proposeLinkUndo } from '../../intake/collection/index.ts';
import {
  checkRulebook,
  decideProposal,
  diffDocuments,
  loadFiles,
  openProposals,
  propose,
} from '../../law/rulebook/index.ts';
import { makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { openReviews } from '../../register/subjects/index.ts';
import { Refused, exit, printJson, say, tell, valueOf } from '../output.ts';
import { reworkWindows } from '../../archive/records/index.ts';
import { actorFor, configuration, withInstallation } from './context.ts';

const reviewPermission: Readonly<Record<string, string>> = {
  'propose-link': 'link:propose',
  'propose-return': 'link:propose',
  'send-back': 'link:propose',
  confirm: 'link:confirm',
  'confirm-return': 'link:confirm',
  'confirm-undo': 'link:confirm',
  keep: 'link:confirm',
};

function addLinkCommands(program: Command): void {
  const link = program.command('link').description('关联复核 / link review by two persons');
  link
    .command('list')
    .option('--limit <n>', 'how many', '20')
    .option('--after <review>', 'continue after this review')
    .description('列出待复核的行 / rows waiting for a decision')
    .action((options: { limit: string; after?: string }) =>
      withInstallation(async (installation) => {
        const page = { limit: Number(options.limit), after: options.after ?? null };
        for (const review of await openReviews(installation.database, page)) printJson(review);
      }),
    );
  link
    .command('step')
    .argument('<review>', 'review id')
    .argument('<action>', Object.keys(reviewPermission).join(', '))
    .requiredOption('--actor <account>', 'acting account')
    .requiredOption('--reason <text>', 'why')
    .option('--subject <id>', 'subject to link to')
    .description('办理一步 / take one step')
    .action((reviewId: string, action: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const needs = reviewPermission[action] ?? 'link:propose';
        printJson(
          valueOf(
            await decideLinkReview(installation.collection(), {
              reviewId,
              action: action as 'confirm',
              actor: await actorFor(installation, options['actor']!, needs),
              reason: options['reason']!,
              ...(options['subject'] === undefined ? {} : { chosen: options['subject'] }),
            }),
          ),
        );
      }),
    );
  link
    .command('undo')
    .argument('<record>', 'record id')
    .requiredOption('--actor <account>', 'acting account')
    .requiredOption('--reason <text>', 'why the link is wrong')
    .description('提议撤销关联，由另一人确认 / propose to undo a link')
    .action((recordId: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'link:undo');
        const request = { recordId, actor, reason: options['reason']! };
        printJson(valueOf(await proposeLinkUndo(installation.collection(), request)));
      }),
    );
}

async function checkCommand(options: { json?: boolean }): Promise<void> {
  const config = configuration();
  const loaded = await loadFiles(config.rulebookDirs, config.clock.now());
  const problems = checkRulebook(makeRulebook(loaded.editions));
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (options.json === true) {
    printJson({ editions: loaded.editions.length, unreadable: loaded.problems, problems });
  } else {
    for (const { file, line, path, message } of loaded.problems) {
      say(`${file}:${line ?? 0} ${path} ${message}`);
    }
    for (const { severity, edition, code, detail } of problems) {
      say(`${severity} ${edition} ${code}: ${detail}`);
    }
    say(
      `规则包 ${loaded.editions.length} 个版本，错误 ${errors.length + loaded.problems.length}，提示 ${problems.length - errors.length}`,
    );
  }
  if (errors.length + loaded.problems.length > 0) process.exitCode = exit.refused;
}

async function diffCommand(a: string, b: string): Promise<void> {
  const config = configuration();
  const { editions } = await loadFiles(config.rulebookDirs, config.clock.now());
  const named = (name: string) => {
    const found = editions.find(({ document, file }) =>
      [editionKey(document), `${document.id}@${document.edition}`, file].includes(name),
    );
    if (found === undefined) {
      throw new Refused(refuse('rulebook.no-such-edition', { edition: name }).refusal);
    }
    return found.document;
  };
  const differences = diffDocuments(named(a), named(b));
  for (const difference of differences) printJson(difference);
  if (differences.length > 0) process.exitCode = exit.refused;
}

function addRulebookCommands(program: Command): void {
  const rulebook = program.command('rulebook').description('规则包 / law as data');
  rulebook
    .command('check')
    .option('--json', 'print one JSON object')
    .description('检查规则文件 / check the rulebook files')
    .action(checkCommand);
  rulebook
    .command('diff')
    .argument('<a>', 'edition, id@edition or file')
    .argument('<b>', 'edition, id@edition or file')
    .description('比较两个版本 / differences between two editions, one JSON line each')
    .action(diffCommand);
  rulebook
    .command('proposals')
    .description('列出待批准的提案 / proposals waiting for a second person')
    .action(() =>
      withInstallation(async (installation) => {
        for (const proposal of await openProposals(installation.database)) printJson(proposal);
      }),
    );
  rulebook
    .command('unconfirmed')
    .description('列出尚未确认的规则版本 / editions nobody has confirmed')
    .action(() =>
      withInstallation((installation) => {
        const { editions, confirmed } = installation.rulebook();
        for (const { document } of editions) {
          const key = editionKey(document);
          if (!confirmed.has(key) && JSON.stringify(document).includes('"unconfirmed"')) say(key);
        }
        return Promise.resolve();
      }),
    );
  rulebook
    .command('confirm')
    .argument('<edition>', 'kind:id@edition')
    .requiredOption('--actor <account>', 'first officer')
    .requiredOption('--reason <text>', 'what was read')
    .description('提议确认一个版本 / propose to confirm an edition')
    .action((edition: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const actor = await actorFor(installation, options['actor']!, 'rulebook:propose');
        const request = { kind: 'confirmation' as const, edition };
        printJson(valueOf(await propose(installation, request, actor, options['reason']!)));
      }),
    );
  addProposalCommands(rulebook);
}

function addProposalCommands(rulebook: Command): void {
  rulebook
    .command('propose')
    .argument('<file>', 'YAML file of a new edition')
    .requiredOption('--actor <account>', 'first officer')
    .requiredOption('--reason <text>', 'why')
    .description('提交新版本 / propose a new edition')
    .action((file: string, options: Record<string, string>) =>
      withInstallation(async (installation) => {
        const loaded = await loadFiles([file], installation.clock.now());
        const problem = loaded.problems[0];
        const document = loaded.editions[0]?.document;
        if (document === undefined) {
          const message = problem?.message ?? 'no document';
          const params = { file, line: problem?.line ?? 0, message, more: 0 };
          throw new Refused(refuse('rulebook.unreadable', params).refusal);
        }
        const actor = await actorFor(installation, options['actor']!, 'rulebook:propose');
        const request = { kind: 'edition' as const, document };
        printJson(valueOf(await propose(installation, request, actor, options['reason']!)));
      }),
    );
  for (const action of ['approve', 'reject', 'withdraw'] as const) {
    rulebook
      .command(action)
      .argument('<proposal>', 'proposal id')
      .requiredOption('--actor <account>', 'officer')
      .requiredOption('--reason <text>', 'why')
      .description(`${action} a proposal`)
      .action((proposalId: string, options: Record<string, string>) =>
        withInstallation(async (installation) => {
          const needs = action === 'withdraw' ? 'rulebook:propose' : 'rulebook:approve';
          const actor = await actorFor(installation, options['actor']!, needs);
          const reason = options['reason']!;
          printJson(
            valueOf(await decideProposal(installation, { proposalId, action, actor, reason })),
          );
          if (action !== 'approve') return;
          await installation.reload();
          const { looked, changed } = await reworkWindows(installation);
          tell(`窗口 windows reworked ${looked}, changed ${changed}`);
        }),
      );
  }
}

/** Adds the commands. */
export function addOfficeCommands(program: Command): void {
  addLinkCommands(program);
  addRulebookCommands(program);
}
