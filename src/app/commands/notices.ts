/** `notices`: letters and what became of them, the proof of one, addresses they go to. */
import type { Command } from 'commander';
import { isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/result.ts';
import {
  type AddressHolder,
  addressHistory,
  giveAddress,
  letterWith,
  listLetters,
  outboxState,
} from '../../trust/notices/index.ts';
import { proofOfService } from '../notices.ts';
import { Refused, printJson, say, tell, valueOf } from '../output.ts';
import { actorFor, withInstallation } from './context.ts';
import { json } from './measuring.ts';

const pageRows = 50;

const letterId = (text: string) => {
  if (isId(text)) return text;
  throw new Refused(refuse('notices.no-such-letter').refusal);
};

async function list(options: { readonly after?: string; readonly json?: boolean }): Promise<void> {
  const after = options.after === undefined ? null : letterId(options.after);
  await withInstallation(async ({ database }) => {
    const letters = await listLetters(database, null, { after, most: pageRows });
    for (const { letter, standing } of letters) {
      const { id, at, template, to, title } = letter;
      if (options.json === true) {
        printJson({ id, at, template, to, title, ...standing });
        continue;
      }
      const served = standing.servedOn === null ? '' : `送达 served ${standing.servedOn}`;
      say(`${id}  ${at}  ${to.kind}:${to.code}  ${standing.state}  ${served}`);
      say(`  ${title.zh}`);
    }
    const { waiting, oldest } = await outboxState(database);
    if (waiting > 0) tell(`待投递 to be carried: ${waiting}，最早 oldest ${oldest}`);
    if (letters.length === pageRows) tell(`--after ${letters.at(-1)!.letter.id}`);
  });
}

async function prove(text: string): Promise<void> {
  const id = letterId(text);
  await withInstallation(async (installation) => {
    const { letter, events, service } = valueOf(await letterWith(installation.database, id));
    // Where the log has not taken them yet, the history is given without it, and says so.
    const proof = await proofOfService(installation, id);
    if (!proof.ok) tell(`尚无日志证明 no proof in the log yet: ${proof.refusal.code}`);
    printJson({ letter, events, service, proof: proof.ok ? proof.value : null });
  });
}

type AddressOptions = {
  readonly mail?: string;
  readonly mobile?: string;
  readonly end?: boolean;
  readonly actor?: string;
  readonly reason?: string;
};

function holderOf(text: string): AddressHolder {
  const [kind = '', code = ''] = text.split(':');
  if ((kind === 'account' || kind === 'unit' || kind === 'organisation') && code !== '') {
    return { kind, code };
  }
  const reason = 'account:…, unit:…, organisation:…';
  throw new Refused(refuse('config.invalid', { variable: 'holder', reason }).refusal);
}

async function address(text: string, options: AddressOptions): Promise<void> {
  const holder = holderOf(text);
  await withInstallation(async (installation) => {
    for (const medium of ['mail', 'mobile'] as const) {
      const given = options[medium];
      if (given === undefined) continue;
      const actor = await actorFor(installation, options.actor ?? '', 'notices:serve');
      const reason = options.reason ?? '登记送达地址';
      const wanted = { holder, medium, address: options.end === true ? null : given };
      valueOf(await giveAddress(installation.notices, wanted, { actor, reason }));
    }
    for (const { medium, shown, fromDay, lastDay } of await addressHistory(
      installation.notices,
      holder,
    )) {
      say(`${medium}  ${shown}  ${fromDay} – ${lastDay ?? ''}`);
    }
  });
}

/** Adds `notices`. */
export function addNoticeCommands(program: Command): void {
  const notices = program.command('notices').description('告知和送达 / letters and their service');
  notices
    .command('list')
    .option('--after <letter>', 'continue after a page')
    .option(...json)
    .description('告知，最近的在前 / letters, the newest first')
    .action(list);
  notices
    .command('prove')
    .argument('<letter>', 'its id')
    .description(
      '送达证明：全文、经过、在日志中的位置 / text, what became of it, its places in the log',
    )
    .action(prove);
  notices
    .command('address')
    .argument('<holder>', 'account:…, unit:… or organisation:…')
    .option('--mail <address>', 'from today on')
    .option('--mobile <number>', 'from today on')
    .option('--end', 'ends it instead')
    .option('--actor <account>', 'who enters it')
    .option('--reason <text>', 'why')
    .description('送达地址及其历史 / addresses letters go to, and those before')
    .action(address);
}
