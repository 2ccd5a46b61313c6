/** `accounts`, `permissions`: who may act, who made them so, and what each position may do. */
import type { Command } from 'commander';
import type { Actor } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/result.ts';
import { enterpriseDeps } from '../../answers/my/index.ts';
import { accountDeps } from '../../answers/office/index.ts';
import {
  type Decided,
  type ManageDeps,
  type OnAccount,
  beginAccounts,
  decideAccount,
  disableAccount,
  listAccounts,
  makeOneTimeCode,
  openChanges,
  proposeAccount,
  resetAccount,
} from '../../trust/accounts/index.ts';
import { Refused, printJson, say, tell, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';
import { addClientCommands, clientFrom } from './clients.ts';
import { json } from './measuring.ts';

type Json = { readonly json?: boolean };
type Acting = { readonly actor: string; readonly reason: string };

async function list(options: Json): Promise<void> {
  await withInstallation(async ({ database }) => {
    for (const account of await listAccounts(database)) {
      if (options.json === true) printJson(account);
      else {
        const { code, name, unit, positions, disabledAt } = account;
        const state = disabledAt === null ? '' : `  已停用 disabled ${disabledAt}`;
        say(`${code.padEnd(20)} ${unit.padEnd(18)} ${name}  ${positions.join(' ')}${state}`);
      }
    }
  });
}

async function changes(): Promise<void> {
  await withInstallation(async ({ database }) => {
    for (const change of await openChanges(database)) printJson(change);
  });
}

/** A password is told on stderr, for the person at the terminal, and never where a program reads. */
function tellOneTime({ account, oneTime }: Decided): void {
  say(account);
  if (oneTime === null) return;
  tell(`  ${account} 一次性口令 one-time password: ${oneTime}`);
  tell('  请当面交给本人；首次登录须更换。 Hand it over in person; it has to be changed at once.');
}

async function asActor<T>(
  options: Acting,
  needs: string,
  work: (deps: ManageDeps, actor: Actor) => Promise<T>,
): Promise<T> {
  return withInstallation(async (installation) => {
    const actor = await actorFor(installation, options.actor, needs);
    return work(accountDeps(installation), actor);
  });
}

type ProposeOptions = Acting & {
  readonly publicKey?: string;
  readonly validUntil?: string;
  readonly oidcIssuer?: string;
  readonly oidcSubject?: string;
  readonly name: string;
  readonly unit: string;
  readonly position: readonly string[];
};

async function propose(account: string, options: ProposeOptions): Promise<void> {
  const { name, unit, position: positions, reason } = options;
  const client = await clientFrom(options.publicKey, options.validUntil);
  const { oidcIssuer: issuer = '', oidcSubject: subject } = options;
  const oidc = subject === undefined ? undefined : { issuer, subject };
  await asActor(options, 'accounts:assign', async (deps, actor) => {
    const asked = { account, actor, reason, wanted: { name, unit, positions, client, oidc } };
    const change = valueOf(await proposeAccount(deps, asked));
    say(change);
    tell('· 等待另一位安全管理员确认 waits for another security administrator');
  });
}

async function decide(change: string, options: Acting & { reject?: boolean }): Promise<void> {
  if (!isId(change)) throw new Refused(refuse('accounts.no-such-change', { change }).refusal);
  await asActor(options, 'accounts:assign', async (deps, actor) => {
    const asked = { confirm: options.reject !== true, actor, reason: options.reason };
    tellOneTime(valueOf(await decideAccount(deps, change as Id, asked)));
  });
}

const onAccount = (account: string, { reason }: Acting, actor: Actor): OnAccount => ({
  ...{ account, actor, reason },
});

async function disable(account: string, options: Acting): Promise<void> {
  await asActor(options, 'accounts:disable', async (deps, actor) => {
    valueOf(await disableAccount(deps, onAccount(account, options, actor)));
    say(account);
  });
}

async function reset(account: string, options: Acting): Promise<void> {
  await asActor(options, 'accounts:reset', async (deps, actor) => {
    const oneTime = valueOf(await resetAccount(deps, onAccount(account, options, actor)));
    tellOneTime({ account, oneTime });
  });
}

type BeginOptions = { readonly unit: string };

async function begin(codes: readonly string[], options: BeginOptions): Promise<void> {
  await withInstallation(async (installation) => {
    const holders = codes.map((account) => ({ account, name: account }));
    const made = valueOf(await beginAccounts(accountDeps(installation), options.unit, holders));
    for (const one of made) tellOneTime(one);
  });
}

async function permissions(options: Json & { readonly position?: string }): Promise<void> {
  await withInstallation(async (installation) => {
    const all = installation.positions();
    const { position } = options;
    if (position !== undefined && !all.some(({ code }) => code === position)) {
      const known = all.map(({ code }) => code).join('、');
      throw new Refused(refuse('accounts.no-such-position', { position, known }).refusal);
    }
    for (const one of all.filter(({ code }) => position === undefined || code === position)) {
      if (options.json === true) printJson(one);
      else {
        say(`${one.code}  ${one.name} ${one.nameEn}`);
        for (const permission of one.permissions) say(`  ${permission}`);
      }
    }
  });
}

async function enterpriseOneTime(organisation: string): Promise<void> {
  await withInstallation((installation) => {
    say(valueOf(makeOneTimeCode(enterpriseDeps(installation), organisation)));
    tell('· 只能用一次，在 /my/bind 使用 works once, at /my/bind');
    return Promise.resolve();
  });
}

/** Adds `accounts` with its commands, and `permissions`. */
export function addAccountCommands(program: Command): void {
  const accounts = program
    .command('accounts')
    .description('账户：由安全管理员两人办理 / accounts, by two security administrators');
  const acting = (command: Command) =>
    command
      .requiredOption('--actor <account>', 'acting security administrator')
      .requiredOption('--reason <text>', 'why; it stands in the audit');
  accounts
    .command('begin')
    .argument('<account...>', 'two or more codes')
    .requiredOption('--unit <code>', 'unit they belong to')
    .description('设立第一批安全管理员 / the first security administrators; once only')
    .action(begin);
  accounts
    .command('list')
    .option(...json)
    .description('列出账户 / list accounts')
    .action(list);
  accounts.command('changes').description('等待决定的变更 / changes that wait').action(changes);
  acting(accounts.command('propose').argument('<account>', 'code; a new one is a new account'))
    .requiredOption('--name <name>', 'name of the holder')
    .requiredOption('--unit <code>', 'unit')
    .requiredOption('--position <code...>', 'positions')
    .option('--public-key <file>', 'of a program that signs its requests: its public key')
    .option('--oidc-issuer <address>', 'identity provider of the holder')
    .option('--oidc-subject <sub>', 'who the holder is there')
    .option('--valid-until <day>', 'of such a program: the last day its signatures count')
    .description('提出账户或岗位变更 / propose an account or its positions')
    .action(propose);
  acting(accounts.command('decide').argument('<change>', 'change id'))
    .option('--reject', 'reject it')
    .description('确认他人提出的变更 / confirm what another proposed')
    .action(decide);
  acting(accounts.command('disable').argument('<account>', 'code'))
    .description('立即停用 / disable at once')
    .action(disable);
  acting(accounts.command('reset').argument('<account>', 'code'))
    .description('重置口令和动态口令 / a one-time password, the second factor anew')
    .action(reset);
  addClientCommands(accounts);
  accounts
    .command('enterprise-code')
    .argument('<uscc>', 'unified code of the organisation')
    .description(
      '企业账户的绑定码，仅样例安装 / a one-time code that binds an organisation; sample only',
    )
    .action(enterpriseOneTime);
  program
    .command('permissions')
    .option('--position <code>', 'of one position')
    .option(...json)
    .description('每个岗位可以做什么 / what each position may do')
    .action(permissions);
}
