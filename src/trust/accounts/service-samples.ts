/**
 * Accounts of a sample installation: they sign in with what their door shows. Nothing here is a secret,
 * which is why a real installation neither makes them nor starts where they are.
 */
import { createHash } from 'node:crypto';
import { instantMs } from '../../kernel/day.ts';
import { keepPassword } from '../../platform/crypto/index.ts';
import { type Account, insertAccount, listAccounts } from './store.ts';
import { codeAt, secondOf, secretBytes, stepOf } from './domain-totp.ts';
import {
  confirmTotp,
  keepPendingTotp,
  readCredential,
  setPassword,
  withoutCredential,
} from './store-credentials.ts';
import type { SignInDeps } from './service-sign-in.ts';

/** What every sample account signs in with. */
const samplePassword = 'sample city of xinheng';

/** Anybody may work it out: it protects invented data. */
const secretOf = (account: string): Buffer =>
  createHash('sha256').update(`xinheng sample ${account}`).digest().subarray(0, secretBytes);

/** Enters sample accounts that are not there yet, with password and second factor; others stay as they are. */
export async function enterSampleAccounts(
  deps: Pick<SignInDeps, 'database' | 'clock' | 'crypto'>,
  accounts: readonly Omit<Account, 'disabledAt' | 'sample'>[],
): Promise<void> {
  const { database, clock, crypto } = deps;
  const at = clock.now();
  await database.transaction(async (tx) => {
    for (const account of accounts) await insertAccount(tx, { ...account, sample: true }, at);
    const bare = await withoutCredential(
      tx,
      accounts.map(({ code }) => code),
    );
    // One derivation for all of them: it is slow on purpose, and hides nothing here.
    const kept = bare.length === 0 ? '' : await keepPassword(samplePassword);
    for (const code of bare) {
      await setPassword(tx, code, kept, { at, oneTimeUntil: null });
      await keepPendingTotp(tx, code, crypto.sealKey(secretOf(code)));
      await confirmTotp(tx, code, 0);
    }
  });
}

/** A sample account with what it signs in with. */
export type SampleAccount = Pick<Account, 'name' | 'unit'> & {
  readonly account: string;
  readonly password: string;
  readonly code: string;
  /** Seconds until the code is taken: 0, or a little while where those before it are used up. */
  readonly codeIn: number;
};

/**
 * Sample accounts that may sign in, with a code that is not used up; none where the installation is no
 * sample. Whoever changed a password or a second factor keeps it to himself: what is shown is what they
 * were made with.
 */
export async function sampleAccounts(
  deps: Pick<SignInDeps, 'database' | 'clock' | 'sample'>,
): Promise<SampleAccount[]> {
  if (!deps.sample) return [];
  const all = await listAccounts(deps.database);
  const open = all.filter(({ sample, disabledAt }) => sample && disabledAt === null);
  const seconds = Math.floor(instantMs(deps.clock.now()) / 1000);
  const now = stepOf(seconds);
  const shown = open.map(async ({ code, name, unit }) => {
    const credential = await readCredential(deps.database, code);
    if (credential === null) return [];
    const last = credential.totpStep ?? 0;
    // One step ahead is taken too (a phone's clock may be); two sign-ins in a step each have a code.
    const step = last >= now ? last + 1 : now;
    const codeIn = Math.max(0, secondOf(step - 1) - seconds);
    const given = { password: samplePassword, code: codeAt(secretOf(code), step), codeIn };
    return [{ account: code, name, unit, ...given }];
  });
  return (await Promise.all(shown)).flat();
}
