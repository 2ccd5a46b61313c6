/** Accounts of enterprises: binding by proof, what an account may open, delegates. Every change is an event. */
import { createHash } from 'node:crypto';
import {
  type Day,
  type Instant,
  instantFromMs,
  instantMs,
  parseInstant,
} from '../../kernel/day.ts';
import { type Id, isId } from '../../kernel/ids.ts';
import type { Notify } from '../../kernel/notice.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import { type CryptoProvider, keepPassword, strengthOf } from '../../platform/crypto/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import {
  type CodeClaim,
  type EnterprisePolicy,
  type Rights,
  checkClaim,
  checkLastDay,
  claimText,
  delegationHolds,
  enterpriseCode,
  isEnterpriseCode,
} from './domain-enterprise.ts';
import { checkPassword } from './domain-policy.ts';
import {
  type OpenedSession,
  type Origin,
  type SignInDeps,
  beginSession,
} from './service-sign-in.ts';
import { type Account, findAccount, insertAccount } from './store.ts';
import { setPassword } from './store-credentials.ts';
import {
  type Delegation,
  delegationsOf,
  delegationsTo,
  endDelegation,
  endHolding,
  heldBy,
  holderOf,
  insertBinding,
  insertDelegation,
  isProofUsed,
  lockOrganisation,
} from './store-enterprise.ts';
import { endSessions, openSessions } from './store-sessions.ts';

/** What was proved: of which organisation, and the digest by which the proof is known again. */
export type Proved = { readonly way: string; readonly digest: Buffer };

/** A way to prove that somebody speaks for an organisation. */
export type ProofOf = (organisation: string, given: string) => Result<Proved>;

/** What accounts of enterprises need. `proof` is `null` where no way of proof is connected. */
export type EnterpriseDeps = SignInDeps & {
  readonly enterprisePolicy: () => EnterprisePolicy;
  readonly proof: ProofOf | null;
  /** Tells whom it concerns; not given: nobody is told. */
  readonly notify?: Notify<Tx> | undefined;
};

type CodeDeps = Pick<SignInDeps, 'clock' | 'sample'> & {
  readonly crypto: Pick<CryptoProvider, 'sign' | 'verify'>;
  readonly enterprisePolicy: () => EnterprisePolicy;
};

const codeCharsMax = 1_000;

/** Makes a one-time code for an organisation. Refuses `enterprise.sample-only` outside sample installations. */
export function makeOneTimeCode(deps: CodeDeps, organisation: string): Result<string> {
  if (!deps.sample) return refuse('enterprise.sample-only');
  const hours = deps.enterprisePolicy().codeHours;
  const until = instantFromMs(instantMs(deps.clock.now()) + hours * 3_600_000);
  const claim = { organisation, until, id: freshBytes(16).toString('hex') };
  const signature = deps.crypto.sign(Buffer.from(claimText(claim)));
  return ok(Buffer.from(JSON.stringify({ ...claim, signature })).toString('base64url'));
}

function claimOf(deps: CodeDeps, given: string): CodeClaim | null {
  if (given.length > codeCharsMax || !/^[A-Za-z0-9_-]+$/.test(given)) return null;
  try {
    const read = JSON.parse(Buffer.from(given, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >;
    const { organisation, until, id, signature } = read;
    if (typeof organisation !== 'string' || typeof until !== 'string') return null;
    if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) return null;
    const instant = parseInstant(until);
    const { keyId, algorithm, signature: bytes } = signature as Record<string, unknown>;
    if (instant === null || typeof keyId !== 'string' || typeof bytes !== 'string') return null;
    if (algorithm !== 'ed25519' && algorithm !== 'sm2') return null;
    const claim = { organisation, until: until as Instant, id };
    const signed = { keyId, algorithm, signature: bytes } as const;
    return deps.crypto.verify(Buffer.from(claimText(claim)), signed) ? claim : null;
  } catch {
    return null;
  }
}

/**
 * The proof of sample installations: a one-time code this installation signed. `null` elsewhere. The
 * proof refuses `enterprise.bad-code` for what is forged or another organisation's, and
 * `enterprise.code-expired`.
 */
export function oneTimeCodeProof(deps: CodeDeps): ProofOf | null {
  if (!deps.sample) return null;
  return (organisation, given) => {
    const claim = claimOf(deps, given.trim());
    if (claim === null) return refuse('enterprise.bad-code');
    const holds = checkClaim(claim, organisation, deps.clock.now());
    if (!holds.ok) return holds;
    // By what was signed, not by how it was written: one code has one digest.
    const digest = createHash('sha256').update(claimText(claim)).digest();
    return ok({ way: 'one-time-code', digest });
  };
}

/** What somebody gives to bind an organisation. `name`: what the account calls itself. */
export type BindingForm = {
  readonly organisation: string;
  readonly code: string;
  readonly name: string;
  readonly password: string;
};

const nameMax = 60;

/**
 * Binds an organisation to a new account and signs it in. Who held the organisation before holds it no
 * more: the later proof counts. Refuses `enterprise.no-proof`, what the proof refuses,
 * `enterprise.code-used`, `enterprise.bad-name {most}`, and what a password is refused for.
 */
export async function bindOrganisation(
  deps: EnterpriseDeps,
  form: BindingForm,
  origin: Origin,
): Promise<Result<OpenedSession>> {
  if (deps.proof === null) return refuse('enterprise.no-proof');
  const { organisation } = form;
  const proved = deps.proof(organisation, form.code);
  if (!proved.ok) {
    const detail = { organisation: organisation.slice(0, 40), code: proved.refusal.code };
    await noteEvent(deps, { kind: 'enterprise-refused', account: null, origin, detail });
    return proved;
  }
  const name = form.name.trim();
  if (name === '' || [...name].length > nameMax || /\p{Cc}/u.test(name)) {
    return refuse('enterprise.bad-name', { most: nameMax });
  }
  const policy = deps.policy();
  const looked = form.password.slice(0, policy.passwordMost);
  const strength = await strengthOf(looked, [organisation, name, '信衡', 'xinheng']);
  const fits = checkPassword(policy, form.password, strength);
  if (!fits.ok) return fits;
  const account: Account = {
    ...{ code: enterpriseCode(freshBytes(12)), name, unit: organisation, positions: [] },
    ...{ sample: deps.sample, disabledAt: null },
  };
  const kept = await keepPassword(form.password);
  return bindProved(deps, { account, kept, proved: proved.value, origin });
}

type ToBind = {
  readonly account: Account;
  readonly kept: string;
  readonly proved: Proved;
  readonly origin: Origin;
};

function bindProved(
  deps: EnterpriseDeps,
  { account, kept, proved, origin }: ToBind,
): Promise<Result<OpenedSession>> {
  const organisation = account.unit;
  return deps.database.transaction(async (tx) => {
    await lockOrganisation(tx, organisation);
    if (await isProofUsed(tx, proved.digest)) return refuse('enterprise.code-used');
    const at = deps.clock.now();
    const before = await holderOf(tx, organisation);
    if (before !== null) {
      const sessions = await openSessions(tx, before.account);
      const ids = sessions.map(({ id }) => id);
      await endSessions(tx, ids, { at, why: 'bound-anew' });
      await endHolding(tx, organisation, at);
    }
    await insertAccount(tx, account, at);
    await setPassword(tx, account.code, kept, { at, oneTimeUntil: null });
    const binding = { account: account.code, organisation, boundAt: at };
    await insertBinding(tx, { ...binding, proof: proved.way, digest: proved.digest });
    await deps.record(tx, {
      ...{ kind: 'enterprise-bound', account: account.code, address: origin.address, route: null },
      detail: { organisation, way: proved.way, before: before?.account ?? null },
    });
    await tellBound(deps, tx, { ...binding, before: before?.account ?? null });
    return ok(await beginSession(deps, tx, { account, state: 'open', origin, way: 'password' }));
  });
}

type Bound = {
  readonly organisation: string;
  readonly account: string;
  readonly boundAt: Instant;
  readonly before: string | null;
};

/** The organisation is told who holds it, and whoever held it before that it holds it no more. */
async function tellBound(
  deps: EnterpriseDeps,
  tx: Tx,
  { organisation, account, boundAt: at, before }: Bound,
): Promise<void> {
  const told = { about: `organisation:${organisation}`, by: account };
  await deps.notify?.(tx, {
    ...{ ...told, template: 'enterprise-bound', to: { kind: 'organisation', code: organisation } },
    values: { organisation, account, at },
  });
  if (before === null) return;
  await deps.notify?.(tx, {
    ...{ ...told, template: 'enterprise-unbound', to: { kind: 'account', code: before } },
    values: { organisation, at },
  });
}

async function noteEvent(
  deps: EnterpriseDeps,
  event: {
    readonly kind: string;
    readonly account: string | null;
    readonly origin: Origin;
    readonly detail: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { kind, account, origin, detail } = event;
  await deps.database.transaction((tx) =>
    deps.record(tx, { kind, account, address: origin.address, route: null, detail }),
  );
}

/** An organisation an account may open, and as what. */
export type Opens = {
  readonly organisation: string;
  readonly as: 'holder' | 'delegate';
  readonly rights: Rights;
  /** Last day of a delegation; `null` for the holder. */
  readonly lastDay: Day | null;
};

type ReadDeps = Pick<SignInDeps, 'database' | 'clock'>;

/** What an account may open today: the organisation it holds, then those it is a delegate of. */
export async function opensOf(deps: ReadDeps, account: string): Promise<Opens[]> {
  const [own, given] = await Promise.all([
    heldBy(deps.database, account),
    delegationsTo(deps.database, account),
  ]);
  const today = deps.clock.today();
  const holds: Opens[] =
    own === null
      ? []
      : [{ organisation: own.organisation, as: 'holder', rights: 'act', lastDay: null }];
  const lent = given
    .filter((one) => delegationHolds(one, today))
    .map(({ organisation, rights, lastDay }): Opens => {
      return { organisation, as: 'delegate', rights, lastDay };
    });
  return [...holds, ...lent];
}

/** Delegations of an organisation that hold today. */
export async function delegatesOf(deps: ReadDeps, organisation: string): Promise<Delegation[]> {
  const today = deps.clock.today();
  const all = await delegationsOf(deps.database, organisation);
  return all.filter((one) => delegationHolds(one, today));
}

/** A delegate as its holder names it. */
export type DelegateForm = {
  readonly account: string;
  readonly rights: Rights;
  readonly lastDay: Day | null;
};

/**
 * Names a delegate of the organisation the account holds. Refuses `enterprise.not-holder`,
 * `enterprise.no-such-account` alike for accounts that are not, are officers' or are one's own,
 * `enterprise.bad-last-day {from, to}`, `enterprise.too-many-delegates {most}`.
 */
export async function nameDelegate(
  deps: EnterpriseDeps,
  holder: string,
  form: DelegateForm,
  origin: Origin,
): Promise<Result<Id>> {
  const policy = deps.enterprisePolicy();
  const today = deps.clock.today();
  const lastDay = checkLastDay(policy, form.lastDay, today);
  if (!lastDay.ok) return lastDay;
  const { account: givenTo, rights } = form;
  return deps.database.transaction(async (tx) => {
    const own = await heldBy(tx, holder);
    if (own === null) return refuse('enterprise.not-holder');
    const { organisation } = own;
    await lockOrganisation(tx, organisation);
    // Who was bound anew meanwhile may let in nobody any more.
    if ((await heldBy(tx, holder)) === null) return refuse('enterprise.not-holder');
    const other = isEnterpriseCode(givenTo) ? await findAccount(tx, givenTo) : null;
    if (other === null || other.disabledAt !== null || givenTo === holder) {
      return refuse('enterprise.no-such-account');
    }
    const open = (await delegationsOf(tx, organisation)).filter(
      (one) => delegationHolds(one, today) && one.givenTo !== givenTo,
    );
    if (open.length >= policy.delegatesMost) {
      return refuse('enterprise.too-many-delegates', { most: policy.delegatesMost });
    }
    const id = freshId(deps.clock);
    const given = { id, organisation, givenBy: holder, givenTo, rights, lastDay: lastDay.value };
    await insertDelegation(tx, { ...given, givenAt: deps.clock.now() });
    await deps.record(tx, {
      ...{ kind: 'delegate-named', account: holder, address: origin.address, route: null },
      detail: { organisation, to: givenTo, rights, lastDay: lastDay.value, delegation: id },
    });
    const named = { organisation, givenBy: holder, lastDay: lastDay.value };
    await deps.notify?.(tx, {
      ...{ template: 'delegate-named', to: { kind: 'account', code: givenTo }, by: holder },
      about: `organisation:${organisation}`,
      values: { ...named, rights: rights === 'act' ? '查看和办理 read and act' : '查看 read' },
    });
    return ok(id);
  });
}

/** Ends a delegation at once. Refuses `enterprise.not-holder`, `enterprise.no-such-delegation`. */
export async function endDelegate(
  deps: EnterpriseDeps,
  holder: string,
  id: string,
  origin: Origin,
): Promise<Result<true>> {
  return deps.database.transaction(async (tx) => {
    const own = await heldBy(tx, holder);
    if (own === null) return refuse('enterprise.not-holder');
    const { organisation } = own;
    const ended = (await delegationsOf(tx, organisation)).find((one) => one.id === id);
    if (!isId(id) || !(await endDelegation(tx, organisation, id, deps.clock.now()))) {
      return refuse('enterprise.no-such-delegation');
    }
    await deps.record(tx, {
      ...{ kind: 'delegate-ended', account: holder, address: origin.address, route: null },
      detail: { organisation, delegation: id },
    });
    if (ended !== undefined) {
      await deps.notify?.(tx, {
        ...{ template: 'delegate-ended', to: { kind: 'account', code: ended.givenTo }, by: holder },
        about: `organisation:${organisation}`,
        values: { organisation, at: deps.clock.now() },
      });
    }
    return ok(true);
  });
}
