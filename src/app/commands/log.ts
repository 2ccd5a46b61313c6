/** `log`: the transparency log from both sides: keeping and proving it, and checking it as a stranger. */
import type { Command } from 'commander';
import { type Id, isId } from '../../kernel/ids.ts';
import { refuse } from '../../kernel/result.ts';
import { checkSm2 } from '../../platform/crypto/index.ts';
import { readWhole, writeWhole } from '../../platform/files/index.ts';
import {
  type LogStatus,
  type Verifier,
  checkBundle,
  checkLog,
  folderSource,
  logStatus,
  logVerifier,
  parseBundle,
  parseVerifier,
  readHead,
  verifierText,
  withSequencer,
} from '../../trust/transparency-log/index.ts';
import type { Installation } from '../installation.ts';
import { logDepsOf, logFolder, proofOf } from '../log.ts';
import { Refused, exit, printJson, say, tell, valueOf } from '../output.ts';
import { withInstallation } from './context.ts';
import { addWatchCommands } from './log-watch.ts';
import { json } from './measuring.ts';

const verifierNamed = (text: string): Verifier => valueOf(parseVerifier(text));

type Json = { readonly json?: boolean };

async function statusOf(installation: Installation): Promise<LogStatus> {
  const { clock, config, database, rulebook } = installation;
  const at = { now: clock.now(), rulebook: rulebook(), place: config.jurisdiction };
  const status = await logStatus(database, at);
  if (status === null) throw new Refused(refuse('log.not-begun').refusal);
  return status;
}

async function status(options: Json): Promise<void> {
  await withInstallation(async (installation) => {
    const found = await statusOf(installation);
    if (options.json === true) printJson(found);
    else {
      const { origin, hash, signed, waiting, lagSeconds, late } = found;
      say(`日志 log ${origin}  ${hash}`);
      say(`检查点 checkpoint ${signed?.size ?? 0} 条 entries  ${signed?.at ?? '—'}`);
      say(
        `等待 waiting ${waiting}  滞后 behind ${lagSeconds} s${late ? '  ！超过界限 too far' : ''}`,
      );
    }
    if (found.late) process.exitCode = exit.refused;
  });
}

async function checkpoint(): Promise<void> {
  await withInstallation(async ({ config }) => {
    const bytes = await folderSource(logFolder(config.varDir)).read('checkpoint');
    if (bytes === null) throw new Refused(refuse('log.not-begun').refusal);
    process.stdout.write(bytes);
  });
}

async function key(): Promise<void> {
  await withInstallation(async ({ config, crypto, database }) => {
    const head = await readHead(database);
    say(verifierText(logVerifier(crypto, head?.origin ?? config.log.origin)));
  });
}

/** Takes what waits and shows it, where no server does. */
async function take(): Promise<void> {
  await withInstallation(async (installation) => {
    const taken = valueOf(
      await withSequencer(logDepsOf(installation), async (sequencer) => {
        let all = 0;
        for (;;) {
          const more = valueOf(await sequencer.take());
          if (more === 0) return all;
          all += more;
        }
      }),
    );
    if (taken === null) throw new Refused(refuse('log.one-at-a-time').refusal);
    say(`已写入 taken ${taken} 条 entries`);
  });
}

async function prove(record: string, options: { readonly out?: string }): Promise<void> {
  await withInstallation(async (installation) => {
    if (!isId(record)) throw new Refused(refuse('records.no-such-record', { record }).refusal);
    const bundle = valueOf(await proofOf(installation, record as Id));
    const text = `${JSON.stringify(bundle, null, 1)}\n`;
    if (options.out === undefined) process.stdout.write(text);
    else {
      await writeWhole(options.out, Buffer.from(text));
      tell(`· ${options.out}: ${bundle.leaves.length} 条 entries`);
    }
  });
}

const bundleBytesMax = 64 * 1024 * 1024;

type VerifyOptions = Json & { readonly key: string; readonly witness?: readonly string[] };

/** Needs neither the installation nor its database: whoever has the file and the key can run it. */
async function verify(file: string, options: VerifyOptions): Promise<void> {
  const bytes = await readWhole(file).catch((fault: unknown) => {
    const reason = (fault as NodeJS.ErrnoException).code ?? '';
    throw new Refused(refuse('log.bad-bundle', { path: file, reason }).refusal);
  });
  if (bytes === null || bytes.length > bundleBytesMax) {
    const reason = bytes === null ? 'ENOENT' : `> ${bundleBytesMax}`;
    throw new Refused(refuse('log.bad-bundle', { path: file, reason }).refusal);
  }
  const bundle = valueOf(parseBundle(bytes.toString('utf8'), file));
  const others = (options.witness ?? []).map(verifierNamed);
  const trusted = { log: verifierNamed(options.key), others, sm2: checkSm2 };
  const checked = valueOf(checkBundle(bundle, trusted));
  for (const { name } of others) {
    if (!checked.witnesses.includes(name)) {
      throw new Refused(refuse('log.unsigned', { name }).refusal);
    }
  }
  if (options.json === true) return printJson(checked);
  say(`✓ ${bundle.record}`);
  say(`日志 log ${checked.origin}，${checked.size} 条 entries`);
  for (const { position, at, text, content } of bundle.leaves) {
    const told = text === null ? '（依法删除，仅余指纹 erased by law）' : (content ?? text);
    say(`  ${position}  ${at}  ${told}`);
  }
  if (checked.witnesses.length > 0) say(`见证者 witnesses ${checked.witnesses.join('、')}`);
}

async function check(options: Json): Promise<void> {
  await withInstallation(async ({ config, crypto, database }) => {
    const folder = logFolder(config.varDir);
    const found = valueOf(await checkLog({ database, crypto, folder }));
    const { size, difference, rootHolds, checkpointKept } = found;
    const holds = difference === null && rootHolds && checkpointKept;
    if (!holds) process.exitCode = exit.refused;
    if (options.json === true) return printJson(found);
    say(`${holds ? '✓' : '✗'} ${size} 条 entries`);
    if (difference !== null) {
      const { position, kind, detail } = difference;
      say(`  第 ${position} 条 entry ${position}: ${kind}  ${detail}`);
    }
    if (!rootHolds) say('  日志文件与签名对不上 the files do not give the root that was signed');
    if (!checkpointKept) say('  数据库里没有这个检查点 the database does not know this checkpoint');
  });
}

/** Adds `log` with its commands. */
export function addLogCommands(program: Command): void {
  const log = program
    .command('log')
    .description('透明日志：证明没有删改、倒填 / transparency log: prove that nothing was changed');
  log
    .command('status')
    .option(...json)
    .description('写到哪里，滞后多少 / how far it is, how far behind')
    .action(status);
  log
    .command('checkpoint')
    .description('打印最近的检查点 / print the newest checkpoint')
    .action(checkpoint);
  log.command('key').description('打印日志的公钥 / print the key of the log').action(key);
  log
    .command('take')
    .description('没有服务运行时写入等待的条目 / take what waits, where no server does')
    .action(take);
  log
    .command('prove')
    .argument('<record>', 'record id')
    .option('--out <file>', 'write to a file')
    .description('一条记录的证明文件 / the proof of a record')
    .action(prove);
  log
    .command('verify')
    .argument('<file>', 'a file of log prove')
    .requiredOption('--key <key>', 'key of the log')
    .option('--witness <key...>', 'witnesses that must have signed')
    .option(...json)
    .description('核对证明文件，不需要平台 / check a proof; needs nothing of the platform')
    .action(verify);
  log
    .command('check')
    .option(...json)
    .description('数据库与日志逐条核对 / hold the database against the log')
    .action(check);
  addWatchCommands(log);
}
