/** What the office is given by an installation. */
import type { Door, EventLog } from '../../kernel/act.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Rulebook } from '../../kernel/rulebook/rulebook.ts';
import type { Roles } from '../../kernel/rulebook/roles.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Notify } from '../../kernel/notice.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { CryptoProvider } from '../../platform/crypto/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { CollectionDeps } from '../../intake/collection/index.ts';
import type { LawView } from '../../archive/records/index.ts';
import type { LinkTables } from '../../register/subjects/index.ts';
import type { NoticeDeps } from '../../trust/notices/index.ts';
import type { AccessDeps } from '../../trust/access/index.ts';
import type { Networks } from '../../platform/http/index.ts';
import {
  type ManageDeps,
  type SignInDeps,
  type SignatureDeps,
  clientPolicyOn,
  policyOn,
} from '../../trust/accounts/index.ts';

/** The part of an installation the office works with. */
export type OfficeDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly record: EventLog<Tx>;
  readonly notify: Notify<Tx>;
  readonly notices: NoticeDeps;
  readonly crypto: CryptoProvider;
  readonly rulebook: () => Rulebook;
  readonly positions: () => Roles['positions'];
  readonly law: () => LawView;
  readonly lawKnownAt: (knownAt: Instant | null) => Promise<LawView>;
  readonly linkTables: () => LinkTables;
  readonly collection: (onPhase?: CollectionDeps['onPhase']) => CollectionDeps;
  readonly config: Pick<Config, 'sample' | 'jurisdiction' | 'origin' | 'root' | 'oidc' | 'varDir'>;
};

/** What a server adds: words for refusals, and the proxies it trusts. */
export type OfficeOptions = {
  readonly wordsOf: (refusal: Refusal) => { readonly zh: string; readonly en: string };
  readonly trustedProxies: Networks;
  readonly checkAnswers: boolean;
  /** Ends what runs beside the answers: batches that were sent. */
  readonly signal?: AbortSignal;
  /** Told what is broken in what runs beside the answers. */
  readonly onTrouble?: (error: unknown) => void;
};

/** The same, as accounts want it. */
export function accountDeps(deps: OfficeDeps): SignInDeps & ManageDeps & SignatureDeps {
  const { database, clock, door, record, crypto, positions, rulebook, config } = deps;
  return {
    ...{ database, clock, door, record, crypto, positions, sample: config.sample },
    notify: deps.notify,
    policy: () => policyOn(rulebook(), clock.today(), config.jurisdiction),
    clientPolicy: () => clientPolicyOn(rulebook(), clock.today(), config.jurisdiction),
  };
}

/** The same, as restricted reading wants it. */
export function accessDeps(deps: OfficeDeps): AccessDeps {
  const { database, clock, door, record, rulebook, config } = deps;
  const lawOn = () => ({ rulebook: rulebook(), on: clock.today(), place: config.jurisdiction });
  return { database, clock, door, record, lawOn, notify: deps.notify };
}
