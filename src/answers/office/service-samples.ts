/** Accounts of a sample installation, for its door; a real installation has none. */
import { findUnit } from '../../register/units/index.ts';
import { sampleAccounts } from '../../trust/accounts/index.ts';
import { type OfficeDeps, accountDeps } from './deps.ts';

/** Every sample account with what it signs in with; empty where the installation is not a sample. */
export async function samplesOf(deps: OfficeDeps) {
  const accounts = await sampleAccounts(accountDeps(deps));
  return Promise.all(
    accounts.map(async ({ unit, ...account }) => ({
      ...account,
      unitName: (await findUnit(deps.database, unit))?.name ?? unit,
    })),
  );
}
