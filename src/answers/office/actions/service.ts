/** Whose deliveries a caller works on, what is told of steps, and what is recorded of denials. */
import type { Refusal, Result } from '../../../kernel/result.ts';
import { reaches } from '../../../kernel/rulebook/rulebook.ts';
import { type Caller, type EdgeContext } from '../../../platform/http/index.ts';
import { listUnits } from '../../../register/units/index.ts';
import type { Account } from '../../../trust/accounts/index.ts';
import type { OfficeDeps, OfficeOptions } from '../deps.ts';
import { held, originOf, permissionsOf } from '../service-caller.ts';
import type { ActionView } from './contract.ts';

/** Units whose deliveries somebody works on; `null`: all of them. */
export type Reach = ReadonlySet<string> | null;

/** The unit of whoever runs the installation. */
const operatorUnit = 'operator';

/**
 * Whose deliveries a caller works on: the operator's officers and those of a centre of the whole place, all;
 * of a district's centre, those of units of the district; everybody else, their own unit's.
 */
export function reachOf(deps: OfficeDeps, caller: Caller): Promise<Reach> {
  return reachOfAccount(deps, held(caller).account);
}

/** The same, of an account. */
export async function reachOfAccount(deps: OfficeDeps, account: Account): Promise<Reach> {
  // Only positions of a centre may read subjects.
  if (!permissionsOf(deps, account).includes('subjects:read')) return new Set([account.unit]);
  if (account.unit === operatorUnit) return null;
  const units = await listUnits(deps.database);
  const region = units.find(({ code }) => code === account.unit)?.region ?? null;
  if (region === null) return new Set([account.unit]);
  const { jurisdiction } = deps.config;
  if (region === jurisdiction || reaches(region, jurisdiction)) return null;
  const within = units.filter((one) => one.region !== null && reaches(region, one.region));
  return new Set([account.unit, ...within.map(({ code }) => code)]);
}

/** Whether a unit is within reach. */
export function isWithinReach(reach: Reach, unit: string): boolean {
  return reach === null || reach.has(unit);
}

/** Names of units by code, for views. */
export async function unitNames(deps: OfficeDeps): Promise<(code: string) => UnitName> {
  const units = await listUnits(deps.database);
  const names = new Map(units.map(({ code, name }) => [code, name]));
  return (code) => ({ code, name: names.get(code) ?? null });
}

type UnitName = { readonly code: string; readonly name: string | null };

/** Steps as a view tells them. */
export function actionViews(
  options: OfficeOptions,
  actions: readonly { readonly action: string; readonly refusal: Refusal | null }[],
): ActionView[] {
  return actions.map(({ action, refusal }) => ({
    ...{ action, allowed: refusal === null },
    why: refusal === null ? null : { code: refusal.code, ...options.wordsOf(refusal) },
  }));
}

const denials: ReadonlySet<string> = new Set([
  'office.not-your-unit',
  'door.same-person',
  'door.not-permitted',
  'door.not-your-position',
  'workflow.same-person',
  'workflow.not-your-step',
]);

/** Records a refusal that is a denial; `foreign`: it was one, although the answer does not say so. */
export async function recorded<T>(
  deps: OfficeDeps,
  from: { readonly caller: Caller; readonly c: EdgeContext; readonly options: OfficeOptions },
  route: { readonly method: string; readonly path: string },
  result: Result<T> & { readonly foreign?: boolean },
): Promise<Result<T>> {
  if (result.ok) return result;
  const { foreign, refusal } = result;
  if (foreign === true || denials.has(refusal.code)) {
    const { account } = held(from.caller);
    await deps.database.transaction((tx) =>
      deps.record(tx, {
        ...{ kind: 'denied', account: account.code },
        address: originOf(from.c, from.options).address,
        route: `${route.method} ${route.path}`,
        detail: { code: foreign === true ? 'office.not-your-unit' : refusal.code },
      }),
    );
  }
  return { ok: false, refusal };
}
