/** Passwords as they are kept: scrypt with its parameters beside it, so that they can be raised later. */
import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { freshBytes } from '../random.ts';

// OWASP: N = 2^15, r = 8, p = 3; 32 MB for each check.
const now = { log2: 15, r: 8, p: 3 };
const keyBytes = 32;

type Cost = typeof now;

function derive(text: string, salt: Buffer, { log2, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2, r, p, maxmem: 256 * 2 ** log2 * r };
  return new Promise((done, fail) => {
    scrypt(text.normalize('NFKC'), salt, keyBytes, options, (fault, key) => {
      if (fault === null) done(key);
      else fail(fault);
    });
  });
}

const encode = ({ log2, r, p }: Cost, salt: Buffer, key: Buffer) =>
  `scrypt$${log2}$${r}$${p}$${salt.toString('base64')}$${key.toString('base64')}`;

/** The text to keep of a password. */
export async function keepPassword(text: string): Promise<string> {
  const salt = Buffer.from(freshBytes(16));
  return encode(now, salt, await derive(text, salt, now));
}

// Of no password: checked where there is none, so that an unknown account takes as long as a known one.
const nobody = encode(now, Buffer.alloc(16), Buffer.alloc(keyBytes));

/** Whether a password is the one that was kept. `null`: none was; that takes as long. */
export async function isPassword(text: string, kept: string | null): Promise<boolean> {
  const [name, log2, r, p, salt = '', key = ''] = (kept ?? nobody).split('$');
  if (name !== 'scrypt') throw new Error('a password is kept in a way this program does not know');
  const cost = { log2: Number(log2), r: Number(r), p: Number(p) };
  const derived = await derive(text, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(derived, Buffer.from(key, 'base64')) && kept !== null;
}
