/** What every command starts from: configuration, and where it needs one, an open installation. */
import type { Actor } from '../../kernel/act.ts';
import type { DocumentKind } from '../../kernel/rulebook/document.ts';
import { type Rulebook, makeRulebook } from '../../kernel/rulebook/rulebook.ts';
import { refuse } from '../../kernel/result.ts';
import { loadFiles } from '../../law/rulebook/index.ts';
import { type Config, readConfig } from '../../platform/config.ts';
import { findAccount } from '../../trust/accounts/index.ts';
import { type Installation, type StartStep, openInstallation } from '../installation.ts';
import { Refused, valueOf } from '../output.ts';

/** The checked configuration, or the refusal that ends the command. */
export function configuration(): Config {
  return valueOf(readConfig());
}

/** Runs `work` on an open installation and closes it whatever happens. */
export async function withInstallation<T>(
  work: (installation: Installation) => Promise<T>,
  onStep?: (step: StartStep) => void,
): Promise<T> {
  const installation = valueOf(await openInstallation(configuration(), onStep));
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

/** The rulebook straight from its files, for commands that need no database. */
export async function rulebookFromFiles(kinds?: readonly DocumentKind[]): Promise<Rulebook> {
  const config = configuration();
  const loaded = await loadFiles(config.rulebookDirs, config.clock.now(), kinds);
  const problem = loaded.problems[0];
  if (problem !== undefined) {
    const refusal = refuse('rulebook.unreadable', {
      file: problem.file,
      line: problem.line ?? 0,
      message: problem.message,
      more: loaded.problems.length - 1,
    });
    throw new Refused(refusal.refusal);
  }
  return makeRulebook(loaded.editions);
}

/**
 * The actor named by `--actor account[/position]`. Without a position, the first of the account's that
 * holds the permission the command needs.
 */
export async function actorFor(
  installation: Installation,
  named: string,
  needs: string,
): Promise<Actor> {
  const [code = '', wanted] = named.split('/');
  const account = await findAccount(installation.database, code);
  if (account === null)
    throw new Refused(refuse('door.unknown-account', { account: code }).refusal);
  const position = wanted ?? positionWith(installation, account.positions, needs);
  if (position === undefined) {
    throw new Refused(refuse('command.no-actor', { account: code, needs }).refusal);
  }
  return { account: account.code, unit: account.unit, position };
}

function positionWith(
  installation: Installation,
  held: readonly string[],
  needs: string,
): string | undefined {
  const [feature = ''] = needs.split(':');
  const roles = installation.positions();
  return held.find((code) => {
    const permissions = roles.find((position) => position.code === code)?.permissions ?? [];
    return permissions.includes(needs) || permissions.includes(`${feature}:*`);
  });
}
