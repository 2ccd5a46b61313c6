/** Accounts and their positions: proposed by one person, decided by another; disabled by one at once. */
import { type Act, type Actor, type Door, systemActor } from '../../kernel/act.ts';
import { type Day, type Instant, instantFromMs, instantMs } from '../../kernel/day.ts';
import { type Id } from '../../kernel/ids.ts';
import { type Refusal, type Result, assert, ok, refuse } from '../../kernel/result.ts';
import type { Notify } from '../../kernel/notice.ts';
import type { Roles } from '../../kernel/rulebook/roles.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import { keepPassword } from '../../platform/crypto/index.ts';
import type { Database, Queryable, Tx } from '../../platform/db/index.ts';
import { freshBytes } from '../../platform/random.ts';
import { type ClientPolicy, checkClient, readPublicKey } from './domain-client.ts';
import { type OidcSubject, checkSubject, subjectMark } from './domain-oidc.ts';
import { type AccountPolicy, checkApart } from './domain-policy.ts';
import { isEnterpriseCode } from './domain-enterprise.ts';
import { type AccountWanted, applyAccount, findAccount } from './store.ts';
import {
  type AccountChange,
  endChange,
  insertChange,
  isHeld,
  lockChange,
} from './store-changes.ts';
import { applyClient, clientWithKey, findClient, lockIdentities } from './store-clients.ts';
import { clearTotp, forgetFailures, setPassword } from './store-credentials.ts';
import { accountOfSubject, bindSubject } from './store-oidc.ts';
import { endSessions, openSessions } from './store-sessions.ts';

/** What managing accounts needs. */
export type ManageDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
  readonly policy: () => AccountPolicy;
  readonly clientPolicy: () => ClientPolicy;
  readonly positions: () => Roles['positions'];
  /** Tells whom it concerns; not given: nobody is told. */
  readonly notify?: Notify<Tx> | undefined;
};

/** Somebody acting on an account. */
export type OnAccount = {
  readonly account: string;
  readonly actor: Actor;
  readonly reason: string;
};

const codeForm = /^[a-z][a-z0-9-]{2,39}$/;
const systemPosition = systemActor.position;

/** What an account is to be, its key as keys are kept. */
function checkWanted(
  deps: ManageDeps,
  account: string,
  wanted: AccountWanted,
): Result<AccountWanted> {
  if (!codeForm.test(account) || account === systemActor.account) {
    return refuse('accounts.bad-code', { account });
  }
  if (wanted.name.trim() === '' || wanted.unit.trim() === '') {
    return refuse('accounts.incomplete', { account });
  }
  const known = new Set(deps.positions().map(({ code }) => code));
  const unknown = wanted.positions.find(
    (position) => !known.has(position) || position === systemPosition,
  );
  if (unknown !== undefined || wanted.positions.length === 0) {
    const all = [...known].filter((code) => code !== systemPosition).join('、');
    return refuse('accounts.no-such-position', { position: unknown ?? '', known: all });
  }
  const apart = checkApart(deps.policy(), wanted.positions);
  if (!apart.ok) return apart;
  const bound = wanted.oidc ?? null;
  const subject = bound === null ? ok(true as const) : checkSubject(bound);
  if (!subject.ok) return subject;
  const { client, ...rest } = wanted;
  if (client === undefined) return ok(rest);
  const as = { positions: wanted.positions, today: deps.clock.today() };
  const checked = checkClient(deps.clientPolicy(), client, as);
  return checked.ok ? ok({ ...rest, client: checked.value }) : checked;
}

const pointOf = (publicKey: string): Buffer => {
  const point = readPublicKey(publicKey);
  assert(point.ok, 'a key that was checked');
  return point.value;
};

/** What can be said only with the other accounts at hand: a person stays one, and a key has one client. */
async function checkKind(
  db: Queryable,
  account: string,
  { client, oidc }: AccountWanted,
): Promise<Result<true>> {
  const isThere = (await findAccount(db, account)) !== null;
  const isClient = (await findClient(db, account)) !== null;
  if (isThere && isClient !== (client !== undefined)) {
    return refuse('accounts.other-kind', { account });
  }
  if (client === undefined) return checkFree(db, account, oidc ?? null);
  // The provider knows persons.
  if ((oidc ?? null) !== null) return refuse('accounts.other-kind', { account });
  const holder = await clientWithKey(db, pointOf(client.publicKey));
  return holder === null || holder === account
    ? ok(true)
    : refuse('accounts.key-in-use', { account: holder });
}

async function checkFree(
  db: Queryable,
  account: string,
  oidc: OidcSubject | null,
): Promise<Result<true>> {
  const holder = oidc === null ? null : await accountOfSubject(db, oidc);
  return holder === null || holder === account
    ? ok(true)
    : refuse('accounts.subject-in-use', { account: holder });
}

/** What of a change its act covers: with a key, the key itself, which is no secret. */
const detailOf = ({ unit, positions, client, oidc }: AccountWanted): Act['detail'] => ({
  ...{ unit, positions: [...positions].sort().join(' ') },
  ...(client === undefined ? {} : { key: client.publicKey, validUntil: client.validUntil }),
  ...(oidc === undefined ? {} : { oidc: subjectMark(oidc) }),
});

const passing = (
  kind: string,
  needs: string,
  { account, actor, reason }: OnAccount,
  more: { readonly detail?: Act['detail']; readonly firstAct?: Id } = {},
) => ({
  ...{ kind, needs, actor, ground: { reason }, object: `account:${account}` },
  traceId: `account-${account}`,
  detail: more.detail ?? {},
  ...(more.firstAct === undefined ? {} : { second: { firstAct: more.firstAct } }),
});

/**
 * Proposes what an account is to be; a new code is a new account. Refuses `accounts.bad-code`,
 * `…incomplete`, `…no-such-position`, `…positions-apart`, `…own-account`, `…already-proposed`; of a
 * client `…bad-key`, `…bad-until`, `…position-for-persons`, `…key-in-use`; of both `…other-kind`; and
 * what the door refuses.
 */
export async function proposeAccount(
  deps: ManageDeps,
  asked: OnAccount & { readonly wanted: AccountWanted },
): Promise<Result<Id>> {
  const { account, actor } = asked;
  const fits = checkWanted(deps, account, asked.wanted);
  if (!fits.ok) return fits;
  const wanted = fits.value;
  if (account === actor.account) return refuse('accounts.own-account', { account });
  return deps.database
    .transaction(async (tx) => {
      const kind = await checkKind(tx, account, wanted);
      if (!kind.ok) return kind;
      const detail = detailOf(wanted);
      const act = await deps.door.pass(
        tx,
        passing('accounts.propose', 'accounts:assign', asked, { detail }),
      );
      if (!act.ok) return act;
      const change: AccountChange = {
        ...{ id: freshId(deps.clock), account, wanted, state: 'proposed' as const },
        ...{ proposedAct: act.value.id, proposedBy: actor.account, proposedAt: act.value.at },
      };
      if (await insertChange(tx, change)) {
        await tellProposed(deps, tx, asked);
        return ok(change.id);
      }
      throw new AlreadyProposed();
    })
    .catch((fault: unknown) => {
      if (fault instanceof AlreadyProposed) return refuse('accounts.already-proposed', { account });
      throw fault;
    });
}

/** Whose account is to be changed hears of it before it is decided. */
async function tellProposed(
  deps: ManageDeps,
  tx: Tx,
  { account, actor, reason }: OnAccount,
): Promise<void> {
  const isPerson =
    (await findAccount(tx, account)) !== null && (await findClient(tx, account)) === null;
  if (!isPerson) return;
  await deps.notify?.(tx, {
    ...{ template: 'account-proposed', to: { kind: 'account', code: account }, by: actor.account },
    ...{ about: `account:${account}`, values: { account, proposedBy: actor.account, reason } },
  });
}

/** Undoes the transaction: an act that led to nothing is not recorded. */
class AlreadyProposed extends Error {}

/**
 * Why somebody may not decide a change: one's own account is others' to decide (`accounts.own-account`), and
 * so is what one proposed (`door.same-person`, as the door says it). `null`: nothing stands against it.
 */
export function whyNotDecide(
  { account, proposedBy }: Pick<AccountChange, 'account' | 'proposedBy'>,
  actor: Pick<Actor, 'account'>,
): Refusal | null {
  if (account === actor.account) return refuse('accounts.own-account', { account }).refusal;
  if (proposedBy !== actor.account) return null;
  return refuse('door.same-person', { account: actor.account }).refusal;
}

/** What deciding gave: a new account has a one-time password, to be handed over in person. */
export type Decided = { readonly account: string; readonly oneTime: string | null };

/**
 * Decides a change; another person than the one who proposed it. Refuses `accounts.no-such-change`,
 * `accounts.wrong-state`, `accounts.own-account`, what the proposal is refused for, and what the door refuses.
 */
export async function decideAccount(
  deps: ManageDeps,
  id: Id,
  asked: { readonly confirm: boolean; readonly actor: Actor; readonly reason: string },
): Promise<Result<Decided>> {
  return deps.database.transaction(async (tx) => {
    const change = await lockChange(tx, id);
    if (change === null) return refuse('accounts.no-such-change', { change: id });
    if (change.state !== 'proposed') return refuse('accounts.wrong-state');
    const { account, wanted, proposedAct } = change;
    const against = whyNotDecide(change, asked.actor);
    if (against !== null) return { ok: false, refusal: against };
    const fits = asked.confirm ? await stillFits(deps, tx, change) : ok(true as const);
    if (!fits.ok) return fits;
    const kind = asked.confirm ? 'accounts.confirm' : 'accounts.reject';
    const more = { firstAct: proposedAct, detail: detailOf(wanted) };
    const request = passing(kind, 'accounts:assign', { account, ...asked }, more);
    const act = await deps.door.pass(tx, request);
    if (!act.ok) return act;
    const { at } = act.value;
    const state = asked.confirm ? 'decided' : 'rejected';
    await endChange(tx, id, { state, by: asked.actor.account, at });
    if (!asked.confirm) return ok({ account, oneTime: null });
    const isNew = (await findAccount(tx, account)) === null;
    await become(deps, tx, change, at);
    await tellDecided(deps, tx, change, asked.actor.account);
    const isPerson = wanted.client === undefined;
    return ok({
      account,
      oneTime: isNew && isPerson ? await giveOneTime(deps, tx, account) : null,
    });
  });
}

/** A person is told of its own account, and who proposed a program of its key. */
async function tellDecided(
  deps: ManageDeps,
  tx: Tx,
  { account, wanted, proposedBy }: AccountChange,
  by: string,
): Promise<void> {
  const told = { about: `account:${account}`, by };
  if (wanted.client === undefined) {
    await deps.notify?.(tx, {
      ...{ ...told, template: 'account-confirmed', to: { kind: 'account', code: account } },
      values: { account, confirmedBy: by, positions: wanted.positions.join('、') },
    });
    return;
  }
  await deps.notify?.(tx, {
    ...{ ...told, template: 'client-confirmed', to: { kind: 'account', code: proposedBy } },
    values: { client: account, confirmedBy: by, validUntil: wanted.client.validUntil },
  });
}

/** Whether what was proposed may still be: days pass, and other changes were decided meanwhile. */
async function stillFits(
  deps: ManageDeps,
  tx: Tx,
  { account, wanted }: AccountChange,
): Promise<Result<true>> {
  const fits = checkWanted(deps, account, wanted);
  if (!fits.ok) return fits;
  // Of two changes with one key or one person of a provider, the second is to see what the first became.
  await lockIdentities(tx);
  return checkKind(tx, account, wanted);
}

async function become(
  deps: ManageDeps,
  tx: Tx,
  { account, wanted }: AccountChange,
  at: Instant,
): Promise<void> {
  await applyAccount(tx, account, wanted, at);
  await endAll(deps, tx, account, 'positions-changed');
  if (wanted.oidc !== undefined) await bindSubject(tx, account, wanted.oidc, at);
  if (wanted.client === undefined) return;
  const { publicKey, validUntil } = wanted.client;
  const client = { publicKey: pointOf(publicKey), validUntil: validUntil as Day };
  await applyClient(tx, { account, ...client, changedAt: at });
}

async function endAll(deps: ManageDeps, tx: Tx, account: string, why: string): Promise<void> {
  const ids = (await openSessions(tx, account)).map(({ id }) => id);
  await endSessions(tx, ids, { at: deps.clock.now(), why });
}

/** Sets a password nobody chose, good for one change within the hours of the rulebook. */
async function giveOneTime(deps: ManageDeps, tx: Tx, account: string): Promise<string> {
  const password = Buffer.from(freshBytes(16)).toString('base64url');
  const at = deps.clock.now();
  const oneTimeUntil = instantFromMs(instantMs(at) + deps.policy().oneTimeHours * 3_600_000);
  await setPassword(tx, account, await keepPassword(password), { at, oneTimeUntil });
  return password;
}

/** On an account that is there, by somebody else than its holder. */
async function onOther<T>(
  deps: ManageDeps,
  needs: string,
  asked: OnAccount,
  work: (tx: Tx) => Promise<T>,
): Promise<Result<T>> {
  const { account, actor } = asked;
  if (account === actor.account || account === systemActor.account) {
    return refuse('accounts.own-account', { account });
  }
  return deps.database.transaction(async (tx) => {
    // An enterprise proves itself anew; nobody is handed a password to its space.
    const isOurs = !isEnterpriseCode(account) || needs === 'accounts:disable';
    if (!isOurs || (await findAccount(tx, account)) === null) {
      return refuse('accounts.no-such-account', { account });
    }
    const kind = needs.replace(':', '.');
    const act = await deps.door.pass(tx, passing(kind, needs, asked));
    return act.ok ? ok(await work(tx)) : act;
  });
}

/** Disables an account at once: who protects need not wait for a second person. Refuses `accounts.no-such-account`, `…own-account`. */
export function disableAccount(deps: ManageDeps, asked: OnAccount): Promise<Result<true>> {
  return onOther(deps, 'accounts:disable', asked, async (tx) => {
    await applyAccount(tx, asked.account, null, deps.clock.now());
    await endAll(deps, tx, asked.account, 'disabled');
    return true as const;
  });
}

/**
 * Recovery: a one-time password, no second factor, no lock, no session. Whoever resets has seen the
 * person. Refuses `accounts.no-such-account`, `…own-account`, and `…other-kind` for a program.
 */
export async function resetAccount(deps: ManageDeps, asked: OnAccount): Promise<Result<string>> {
  const { account } = asked;
  if ((await findClient(deps.database, account)) !== null) {
    return refuse('accounts.other-kind', { account });
  }
  return onOther(deps, 'accounts:reset', asked, async (tx) => {
    const password = await giveOneTime(deps, tx, asked.account);
    await clearTotp(tx, asked.account);
    await forgetFailures(tx, asked.account);
    await endAll(deps, tx, asked.account, 'reset');
    const by = asked.actor.account;
    await deps.notify?.(tx, {
      ...{ template: 'account-reset', to: { kind: 'account', code: account }, by },
      ...{ about: `account:${account}`, values: { account, resetBy: by } },
    });
    return password;
  });
}

const firstPosition = 'security-administrator';

/**
 * The first two security administrators of an installation, who make every other account. Once only.
 * Refuses `accounts.already-begun`, and what codes are refused for.
 */
export async function beginAccounts(
  deps: ManageDeps,
  unit: string,
  holders: readonly { readonly account: string; readonly name: string }[],
): Promise<Result<Decided[]>> {
  const wantedOf = (name: string) => ({ name, unit, positions: [firstPosition] });
  for (const { account, name } of holders) {
    const fits = checkWanted(deps, account, wantedOf(name));
    if (!fits.ok) return fits;
  }
  if (new Set(holders.map(({ account }) => account)).size < 2) {
    return refuse('accounts.two-needed');
  }
  return deps.database.transaction(async (tx) => {
    if (await isHeld(tx, firstPosition)) return refuse('accounts.already-begun');
    const given: Decided[] = [];
    for (const { account, name } of holders) {
      const reason = '安装时设立第一批安全管理员';
      const asked = { account, actor: systemActor, reason };
      const act = await deps.door.pass(tx, passing('accounts.begin', 'accounts:begin', asked));
      if (!act.ok) return act;
      await applyAccount(tx, account, wantedOf(name), act.value.at);
      given.push({ account, oneTime: await giveOneTime(deps, tx, account) });
    }
    return ok(given);
  });
}
