/** What stands at the door of the office: ways to sign in, why one was sent back, accounts of a sample. */
import { refuse } from '../../kernel/result.ts';
import { findUnit } from '../../register/units/index.ts';
import { sampleAccounts } from '../../trust/accounts/index.ts';
import { type OfficeDeps, type OfficeOptions, accountDeps } from './deps.ts';

/** Every sample account with what it signs in with; empty where the installation is not a sample. */
async function samplesOf(deps: OfficeDeps) {
  const accounts = await sampleAccounts(accountDeps(deps));
  return Promise.all(
    accounts.map(async ({ unit, ...account }) => ({
      ...account,
      unitName: (await findUnit(deps.database, unit))?.name ?? unit,
    })),
  );
}

/** With what a browser may come back from the identity provider. */
const sentBackWith = [
  refuse('accounts.provider-down'),
  refuse('accounts.provider-refused'),
  refuse('accounts.not-bound'),
];

/** The door. `refused`: what the address says; anybody may write one, so only what we say ourselves is told. */
export async function doorOf(deps: OfficeDeps, options: OfficeOptions, refused: string | null) {
  const { oidc, origin } = deps.config;
  const known = sentBackWith.find(({ refusal }) => refusal.code === refused);
  const words = known === undefined ? null : options.wordsOf(known.refusal);
  return {
    ways: [
      'password' as const,
      ...(oidc === undefined || origin === null ? [] : ['oidc' as const]),
    ],
    refused: words === null ? null : { zh: words.zh, en: words.en },
    accounts: await samplesOf(deps),
  };
}
