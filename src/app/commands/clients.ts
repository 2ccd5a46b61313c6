/** `accounts clients | keygen | sign-request`: programs that sign their requests. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { instantMs, parseInstant } from '../../kernel/day.ts';
import { refuse } from '../../kernel/result.ts';
import { systemClock } from '../../platform/clock.ts';
import { freshBytes } from '../../platform/random.ts';
import {
  type ClientWanted,
  type RequestParts,
  contentDigest,
  listClients,
  signatureBase,
  signatureText,
  writePublicKey,
} from '../../trust/accounts/index.ts';
import { Refused, printJson, say, tell, valueOf } from '../output.ts';
import { withInstallation } from './context.ts';
import { json } from './measuring.ts';

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new Refused(refuse('accounts.unreadable-file', { path, reason }).refusal);
  }
}

/** What makes a proposed account a client: a file with its key, and its last day; neither: a person's. */
export async function clientFrom(
  keyFile: string | undefined,
  validUntil: string | undefined,
): Promise<ClientWanted | undefined> {
  if (keyFile === undefined && validUntil === undefined) return undefined;
  if (keyFile === undefined) throw new Refused(refuse('accounts.bad-key').refusal);
  return { publicKey: (await bytesOf(keyFile)).toString('utf8'), validUntil: validUntil ?? '' };
}

async function list(options: { readonly json?: boolean }): Promise<void> {
  await withInstallation(async ({ database }) => {
    for (const { account, publicKey, validUntil, changedAt } of await listClients(database)) {
      const key = writePublicKey(publicKey);
      if (options.json === true) printJson({ account, publicKey: key, validUntil, changedAt });
      else say(`${account.padEnd(20)} 有效期至 until ${validUntil}  ${key}`);
    }
  });
}

/** The private key goes to a file of its owner alone, never over one that is there; the public one beside it. */
async function keygen(path: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const open = publicKey.export({ type: 'spki', format: 'pem' });
  try {
    await writeFile(path, secret, { mode: 0o600, flag: 'wx' });
    await writeFile(`${path}.pub`, open, { flag: 'wx' });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new Refused(refuse('accounts.unwritable-file', { path, reason }).refusal);
  }
  say(open.toString().trim());
  tell(`· ${path} 私钥，只留在客户端 the private key, stays with the client`);
  tell(`· ${path}.pub 公钥，交给安全管理员 the public key, for the security administrators`);
}

type SignOptions = {
  readonly client: string;
  readonly key: string;
  readonly method: string;
  readonly body?: string;
  readonly created?: string;
};

function addressOf(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new Refused(refuse('accounts.signature-form', { part: '@target-uri' }).refusal);
  }
}

/** Prints the headers of a signed request, each as an argument of curl's `-H`. */
async function signRequest(address: string, options: SignOptions): Promise<void> {
  const key = createPrivateKey(await bytesOf(options.key));
  if (createPublicKey(key).asymmetricKeyType !== 'ed25519') {
    throw new Refused(refuse('accounts.bad-key').refusal);
  }
  const url = addressOf(address);
  const body = options.body === undefined ? null : await bytesOf(options.body);
  const headers = new Map<string, string>();
  if (body !== null) {
    headers.set('content-type', 'application/json');
    headers.set('content-digest', contentDigest(body));
  }
  const now = parseInstant(options.created ?? '') ?? systemClock.now();
  const parts: RequestParts = {
    ...{ method: options.method, scheme: url.protocol.slice(0, -1), authority: url.host },
    ...{ path: url.pathname, query: url.search },
    header: (name) => headers.get(name) ?? null,
  };
  const components = ['@method', '@authority', '@target-uri'];
  if (body !== null) components.push('content-digest');
  const text = signatureText(components, {
    created: Math.floor(instantMs(now) / 1000),
    nonce: Buffer.from(freshBytes(18)).toString('base64url'),
    keyid: options.client,
  });
  const base = valueOf(signatureBase({ components, text }, parts));
  headers.set('signature-input', `sig=${text}`);
  headers.set('signature', `sig=:${sign(null, Buffer.from(base), key).toString('base64')}:`);
  for (const [name, value] of headers) say(`${name}: ${value}`);
}

/** Adds the commands of clients to `accounts`. */
export function addClientCommands(accounts: Command): void {
  accounts
    .command('clients')
    .option(...json)
    .description('列出程序账户和有效期 / programs, their keys and last days')
    .action(list);
  accounts
    .command('keygen')
    .argument('<file>', 'file for the private key; the public one goes to <file>.pub')
    .description('为程序账户生成一对密钥 / make a pair of keys for a program')
    .action(keygen);
  accounts
    .command('sign-request')
    .argument('<address>', 'whole address of the request')
    .requiredOption('--client <code>', 'code of the client')
    .requiredOption('--key <file>', 'its private key')
    .option('--method <method>', 'GET, POST, …', 'GET')
    .option('--body <file>', 'body of the request, JSON')
    .option('--created <instant>', 'when it is signed; now')
    .description('输出签名请求的头部 / headers of a signed request, for curl -H @file')
    .action(signRequest);
}
