/** `log monitor`, `log witness`: what outsiders run. They need neither our database nor our word. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { refuse } from '../../kernel/result.ts';
import { systemClock } from '../../platform/clock.ts';
import { softwareCrypto } from '../../platform/crypto/index.ts';
import {
  type HashName,
  type Look,
  type Verifier,
  lookAtLog,
  makeWitness,
  parseVerifier,
  sourceAt,
  verifierText,
  witnessVerifier,
} from '../../trust/transparency-log/index.ts';
import { Refused, exit, printJson, say, tell, valueOf } from '../output.ts';
import { witnessListener } from '../witness-http.ts';
import { json } from './measuring.ts';
import { wholeNumber } from './serve.ts';

const named = (text: string): Verifier => valueOf(parseVerifier(text));

function hashNamed(text: string | undefined): HashName {
  if (text === undefined || text === 'sha256' || text === 'sm3') return text ?? 'sha256';
  const reason = 'sha256, sm3';
  throw new Refused(refuse('config.invalid', { variable: '--hash', reason }).refusal);
}

type MonitorOptions = {
  readonly key: string;
  readonly state: string;
  readonly hash?: string;
  readonly witness?: readonly string[];
  readonly allow: number;
  readonly every?: number;
  readonly json?: boolean;
};

function tellLook({ size, before, witnesses, findings }: Look): void {
  const signed = witnesses.length === 0 ? '' : `  见证 witnessed ${witnesses.join('、')}`;
  say(`${findings.length === 0 ? '✓' : '✗'} ${before} → ${size} 条 entries${signed}`);
  for (const { kind, position, detail } of findings) {
    say(`  ${kind}${position === null ? '' : ` 第 ${position} 条 entry`}  ${detail}`);
  }
}

async function monitor(address: string, options: MonitorOptions): Promise<void> {
  if (!/^https?:\/\//.test(address) && !existsSync(address)) {
    throw new Refused(refuse('log.bad-address', { text: address }).refusal);
  }
  const witnesses = (options.witness ?? []).map(named);
  const deps = {
    source: sourceAt(address),
    clock: systemClock,
    folder: resolve(options.state),
    log: named(options.key),
    hash: hashNamed(options.hash),
    witnesses,
    witnessesLeast: witnesses.length,
    allowSeconds: options.allow,
  };
  for (;;) {
    const look = await lookAtLog(deps).catch((fault: unknown) => {
      const { message, cause } = fault as Error;
      const reason = (cause as { code?: string } | undefined)?.code ?? message;
      return refuse('log.witness-away', { name: address, reason });
    });
    const seen = options.every === undefined ? valueOf(look) : look.ok ? look.value : null;
    if (seen === null && !look.ok)
      tell(`! ${look.refusal.code} ${JSON.stringify(look.refusal.params)}`);
    if (seen !== null) {
      if (options.json === true) printJson(seen);
      else tellLook(seen);
      if (seen.findings.length > 0) process.exitCode = exit.refused;
    }
    if (options.every === undefined) return;
    await sleep(options.every * 1000);
  }
}

type WitnessOptions = {
  readonly name: string;
  readonly state: string;
  readonly log: readonly string[];
  readonly hash?: string;
  readonly host: string;
  readonly port: number;
};

/** Serves until it is ended. Prints its own key first: the log's operator enters it. */
async function witness(options: WitnessOptions): Promise<void> {
  if (!/^[^\s+]{1,100}$/.test(options.name)) {
    const reason = '不能有空格和加号 no spaces, no plus';
    throw new Refused(refuse('config.invalid', { variable: '--name', reason }).refusal);
  }
  const folder = resolve(options.state);
  const crypto = softwareCrypto(resolve(folder, 'keys'));
  const hash = hashNamed(options.hash);
  const one = makeWitness({
    clock: systemClock,
    crypto,
    name: options.name,
    folder: resolve(folder, 'signed'),
    logs: options.log.map((text) => ({ log: named(text), hash })),
  });
  const server = createServer(witnessListener(one));
  await new Promise<void>((done, fail) => {
    server.once('error', (fault: NodeJS.ErrnoException) => {
      const { host, port } = options;
      const params = { host, port, reason: fault.code ?? fault.message };
      fail(new Refused(refuse('serve.host', params).refusal));
    });
    server.listen(options.port, options.host, done);
  });
  const { port } = server.address() as AddressInfo;
  say(verifierText(witnessVerifier(crypto, options.name)));
  tell(`· 见证者 witness http://${options.host}:${port}/`);
  await new Promise<void>((done) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => done());
  });
  server.closeAllConnections();
  server.close();
}

/** Adds the commands to `log`. */
export function addWatchCommands(log: Command): void {
  log
    .command('monitor')
    .argument('<address>', 'address of the log, or a folder with its files')
    .requiredOption('--key <key>', 'key of the log')
    .requiredOption('--state <folder>', 'where the copy is kept')
    .option('--hash <name>', 'sha256 or sm3')
    .option('--witness <key...>', 'witnesses that must have signed')
    .option(
      '--allow <seconds>',
      'how long an entry may have waited',
      wholeNumber(0, 31_536_000),
      600,
    )
    .option('--every <seconds>', 'go on, and look that often', wholeNumber(1, 86_400))
    .option(...json)
    .description(
      '监督日志：删除、改动、倒填、分叉都会指出 / watch a log: names whatever was changed',
    )
    .action(monitor);
  log
    .command('witness')
    .requiredOption('--name <name>', 'name of the witness, like court.example/witness')
    .requiredOption('--state <folder>', 'where its key and what it signed are kept')
    .requiredOption('--log <key...>', 'keys of the logs it watches')
    .option('--hash <name>', 'sha256 or sm3')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on', wholeNumber(0, 65_535), 8090)
    .description('做见证者：只给确实接着写的日志签名 / be a witness: sign only what continues')
    .action(witness);
}
