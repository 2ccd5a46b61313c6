/** What the space "my organisation" is given. */
import type { Refusal } from '../../kernel/result.ts';
import type { PortalContext } from '../portal/index.ts';
import { type OfficeDeps, accountDeps } from '../office/index.ts';
import {
  type EnterpriseDeps,
  enterprisePolicyOn,
  oneTimeCodeProof,
} from '../../trust/accounts/index.ts';
import type { Networks } from '../../platform/http/index.ts';

/** The part of an installation this space works with. */
export type MyDeps = OfficeDeps & PortalContext;

/** What a server adds: words for refusals, and the proxies it trusts. */
export type MyOptions = {
  readonly wordsOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
  readonly trustedProxies: Networks;
};

/** The same, as accounts of enterprises want it. The second factor is an officer's duty. */
export function enterpriseDeps(deps: OfficeDeps): EnterpriseDeps {
  const { rulebook, clock, config, crypto } = deps;
  const own = accountDeps(deps);
  const enterprisePolicy = () => enterprisePolicyOn(rulebook(), clock.today(), config.jurisdiction);
  return {
    ...own,
    policy: () => ({ ...own.policy(), secondFactor: false }),
    enterprise: true,
    enterprisePolicy,
    proof: oneTimeCodeProof({ clock, crypto, sample: config.sample, enterprisePolicy }),
  };
}
