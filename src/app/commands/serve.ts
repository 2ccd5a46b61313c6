/** `serve`: the portal, the sample city, the inbox; until Ctrl-C or SIGTERM. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Refusal } from '../../kernel/result.ts';
import { refuse } from '../../kernel/result.ts';
import { readConfig } from '../../platform/config.ts';
import { stopwatchMs } from '../../platform/clock.ts';
import { listAccounts } from '../../trust/accounts/index.ts';
import type { Installation } from '../installation.ts';
import { wordsOf } from '../messages.ts';
import { Refused, endProgress, exit, say, tell, valueOf } from '../output.ts';
import type { BuildProgress } from '../sample-city/build.ts';
import { usualCity } from '../sample-city/mark.ts';
import { type ServerEvent, runServer } from '../server.ts';
import { inboxOf } from '../upkeep.ts';
import { tellStep } from './operation.ts';

/** The city asked for on a command line. */
export type CityOptions = { readonly organisations?: number; readonly seed?: number };

type ServeOptions = CityOptions & {
  readonly sampleCity?: boolean;
  readonly host?: string;
  readonly port?: number;
};

const stopMs = 1_900;

/** A whole number of an option, within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`要求${least}到${most}的整数 a whole number is needed`);
  };
}

/** The city to found for these options. */
export function cityOf({ organisations, seed }: CityOptions) {
  return {
    organisations: organisations ?? usualCity.organisations,
    seed: seed ?? usualCity.seed,
  };
}

/**
 * A signal that is aborted by Ctrl-C and by whoever stops services. The second Ctrl-C, or a stop that
 * takes too long, ends the process where it is: every step of the work is made for that.
 */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  const end = () => {
    if (controller.signal.aborted) process.exit(exit.done);
    endProgress();
    tell('· 正在停止 stopping');
    setTimeout(() => process.exit(exit.done), stopMs).unref();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end);
  return controller.signal;
}

/** A broken machine in words, where there are some: a full disk, a database that has gone. */
function machineRefusal(error: unknown, path: string): Refusal | null {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
    return refuse('serve.disk-full', { path }).refusal;
  }
  if (/^(57P0[123]|08...|ECONNREFUSED|ECONNRESET)$/.test(code) || /terminated/.test(message)) {
    return refuse('serve.database-lost', { reason: code || message }).refusal;
  }
  return null;
}

const bar = 24;

/** Shows how far the city is: one line that fills on a terminal, a line for each tenth elsewhere. */
function cityTeller(): (progress: BuildProgress) => void {
  let tenth = -1;
  const began = stopwatchMs();
  return ({ done, steps, doing }) => {
    const seconds = Math.round((stopwatchMs() - began) / 1000);
    if (process.stderr.isTTY) {
      const full = Math.round((bar * done) / steps);
      const drawn = '█'.repeat(full) + '░'.repeat(bar - full);
      process.stderr.write(
        `\r\u001b[K  样例城市 ${drawn} ${done}/${steps} ${seconds} s ${doing.zh}`,
      );
      return;
    }
    const now = Math.floor((10 * done) / steps);
    if (now === tenth) return;
    tenth = now;
    tell(`· 样例城市 sample city ${done}/${steps} ${doing.zh} ${doing.en}`);
  };
}

async function tellReady(address: string, installation: Installation): Promise<void> {
  endProgress();
  say('');
  say(`  信衡已就绪 Xinheng is ready:  ${address}/`);
  const { sample, varDir } = installation.config;
  if (sample) {
    say('  样例城市：主体、单位、数据全部虚构。 A sample city: everything in it is invented.');
    const accounts = (await listAccounts(installation.database)).filter((item) => item.sample);
    say(`  样例账户 sample accounts:  ${accounts.map(({ code }) => code).join(' ')}`);
  }
  say(`  报送文件夹 inbox:  ${inboxOf(varDir)}`);
  say('  按 Ctrl-C 停止 press Ctrl-C to stop');
  say('');
}

/** Tells events of the server. */
function makeTeller(): (event: ServerEvent) => void {
  const tellCity = cityTeller();
  return (event) => {
    switch (event.kind) {
      case 'listening':
        return tell(`· 地址 address ${event.address}/`);
      case 'step':
        return tellStep(event.step);
      case 'no-city':
        return tell(
          '· 数据库里已有其他数据，不建立样例城市 other data are here; no sample city is built',
        );
      case 'city':
        return tellCity(event.progress);
      case 'ready':
        return void tellReady(event.address, event.installation).catch(tellTrouble);
      case 'resumed':
        return tell(
          `· 已续办 resumed: 批次 batches ${event.batches}, 待核行 waiting rows linked ${event.linked}`,
        );
      case 'law-changed':
        return tell(
          '· 规则包或单位有变化，已重新载入 rulebook or units changed and were read again',
        );
      case 'reworked':
        return tell(
          `· 按现行规则重算窗口 windows reworked ${event.looked}, 变化 changed ${event.changed}`,
        );
      case 'new-day':
        return tell(
          `· ${event.day}: 开启窗口 windows opened ${event.opened}, 届满 closed ${event.closed}`,
        );
      case 'month-closed':
        return tell(
          `· 审计 ${event.head.month} 已关闭 closed: ${event.head.of} ${event.head.rows}`,
        );
      case 'inbox':
        return tellInbox(event.event);
      case 'log-refused':
        return tell(`! 透明日志停止签发 the log signs nothing: ${bothWords(event.refusal)}`);
      case 'log-witness':
        return tell(`! 见证者 witness: ${bothWords(event.refusal)}`);
      case 'log-late':
        return tell(
          event.late
            ? `! 透明日志滞后，等待 ${event.waiting} 条 the log is behind: ${event.waiting} wait`
            : '· 透明日志已跟上 the log has caught up',
        );
      case 'trouble':
        return tellTrouble(event.error);
    }
  };
}

function bothWords(refusal: Refusal): string {
  const { zh, en } = wordsOf(refusal);
  return `${zh} ${en}`;
}

function tellTrouble(error: unknown): void {
  tell(`! ${error instanceof Error ? error.message : String(error)}`);
}

function tellInbox(event: Extract<ServerEvent, { kind: 'inbox' }>['event']): void {
  if (event.kind === 'collected') {
    const { counts } = event.report.batch;
    const again = event.repeated ? '（以前已收过 received before）' : '';
    const { received, held, rejected } = counts;
    return tell(
      `· 收取 taken ${event.file}: ${received} 行 rows, 待核 held ${held}, 退回 rejected ${rejected}${again}`,
    );
  }
  if (event.kind === 'refused') {
    return tell(`· 退回 refused ${event.file}: ${wordsOf(event.refusal).zh}`);
  }
  const { error } = event;
  return tell(`! ${event.file}: ${error instanceof Error ? error.message : String(error)}`);
}

async function serve(options: ServeOptions): Promise<void> {
  const config = valueOf(
    readConfig(undefined, {
      ...(options.host === undefined ? {} : { host: options.host }),
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.sampleCity === true ? { sampleCity: cityOf(options) } : {}),
    }),
  );
  const signal = endSignal();
  try {
    const ended = await runServer({ config, signal, onEvent: makeTeller() });
    endProgress();
    if (!signal.aborted) valueOf(ended);
  } catch (error) {
    endProgress();
    if (signal.aborted) return;
    const refusal = error instanceof Refused ? null : machineRefusal(error, config.varDir);
    throw refusal === null ? error : new Refused(refusal);
  }
}

/** Adds the command. */
export function addServeCommands(program: Command): void {
  program
    .command('serve')
    .option('--sample-city', 'build a sample city in an empty installation')
    .option('--organisations <n>', 'organisations of the sample city', wholeNumber(20, 5_000_000))
    .option('--seed <n>', 'seed of the sample city', wholeNumber(0, 999_999_999))
    .option('--host <address>', 'address to listen on (XINHENG_HOST)')
    .option(
      '--port <n>',
      'port to listen on, 0 for any free one (XINHENG_PORT)',
      wholeNumber(0, 65_535),
    )
    .description('启动门户、收取报送文件夹 / the portal and the inbox, until Ctrl-C')
    .action((options: ServeOptions) => serve(options));
}
