/**
 * The keys of an installation in a backup: left out, or sealed under a passphrase of the operator's.
 * Whoever has backup and keys can open every raw file, so they only travel together when asked to.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../kernel/canonical.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';

/** One key file; names are those of `var/keys`. */
export type KeyFile = { readonly name: string; readonly content: string };

const keyFileName = /^(master\.key|signing-ed25519\.pem|signing-sm2\.hex)$/;
const passphraseLengthMin = 16;
// About a tenth of a second and 32 MB for each guess (OWASP's second choice for scrypt).
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const purpose = Buffer.from('xinheng/backup/keys/v1');

const sealedSchema = z.strictObject({
  kdf: z.literal('scrypt-32768-8-3'),
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  nonce: z.string().regex(/^[0-9a-f]{24}$/),
  tag: z.string().regex(/^[0-9a-f]{32}$/),
  body: z.string().regex(/^(?:[0-9a-f]{2})+$/),
});
const keysSchema = z
  .array(z.strictObject({ name: z.string().regex(keyFileName), content: z.string().max(8_192) }))
  .min(1)
  .max(8);

const derive = (passphrase: string, salt: Buffer) => scryptSync(passphrase, salt, 32, cost);

/** Reads a passphrase: the text of a file without the line end. Refuses a missing or short one. */
export async function readPassphrase(path: string): Promise<Result<string>> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    return refuse('command.bad-file', { file: path, reason });
  }
  return text.length < passphraseLengthMin
    ? refuse('backup.short-passphrase', { path, least: passphraseLengthMin })
    : ok(text);
}

/** The key files in a folder, by name; none when there is no such folder. */
export async function readKeyFiles(folder: string): Promise<KeyFile[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const keys: KeyFile[] = [];
  for (const name of names.filter((item) => keyFileName.test(item)).sort()) {
    keys.push({ name, content: await readFile(resolve(folder, name), 'utf8') });
  }
  return keys;
}

/** Seals key files under a passphrase; gives the file as it lies in a backup. */
export function sealKeys(keys: readonly KeyFile[], passphrase: string): Buffer {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const key = derive(passphrase, salt);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(purpose);
  const text = canonicalJson(keys.map((file) => ({ ...file })));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.from(
    canonicalJson({
      kdf: 'scrypt-32768-8-3',
      salt: salt.toString('hex'),
      nonce: nonce.toString('hex'),
      tag: cipher.getAuthTag().toString('hex'),
      body: body.toString('hex'),
    }),
  );
}

/** Opens sealed keys; `null` when the passphrase is another or the file is not as it was. */
export function openKeys(sealed: Buffer, passphrase: string): KeyFile[] | null {
  try {
    const { salt, nonce, tag, body } = sealedSchema.parse(JSON.parse(sealed.toString('utf8')));
    const key = derive(passphrase, Buffer.from(salt, 'hex'));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'))
      .setAAD(purpose)
      .setAuthTag(Buffer.from(tag, 'hex'));
    const plain = Buffer.concat([decipher.update(Buffer.from(body, 'hex')), decipher.final()]);
    return keysSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    return null;
  }
}

/** A key file written whole or not at all: aside first, then linked to its name. */
async function placeKey(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
    await link(aside, path);
  } finally {
    await handle.close();
    await rm(aside, { force: true });
  }
}

/**
 * Puts key files where they belong, readable by their owner only. Gives false, and changes nothing, when
 * another key lies in the place of one.
 */
export async function placeKeys(folder: string, keys: readonly KeyFile[]): Promise<boolean> {
  const there = new Map((await readKeyFiles(folder)).map(({ name, content }) => [name, content]));
  if (keys.some(({ name, content }) => (there.get(name) ?? content) !== content)) return false;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { name, content } of keys) {
    if (!there.has(name)) await placeKey(resolve(folder, name), content);
  }
  return true;
}
