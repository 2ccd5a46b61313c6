/** 单位: registering providers and authorities. */
import type { Actor, Door } from '../../kernel/act.ts';
import { isStrictUscc } from '../../kernel/identifiers/uscc.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { type Unit, findUnit, saveUnits } from './store.ts';

/** What units need. */
export type UnitDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
};

/** Registers units. Refuses `units.bad-code {code}`; a known unit is left as it is. */
export async function registerUnits(
  deps: UnitDeps,
  units: readonly Unit[],
  actor: Actor,
): Promise<Result<number>> {
  const bad = units.find((unit) => !isStrictUscc(unit.code));
  if (bad !== undefined) return refuse('units.bad-code', { code: bad.code });
  return deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'units.register',
      needs: 'units:change',
      actor,
      ground: { reason: 'register of units' },
      traceId: freshId(deps.clock),
      object: 'units',
      detail: { units: units.length },
    });
    if (!act.ok) return act;
    await saveUnits(tx, units, act.value);
    return ok(units.length);
  });
}

/**
 * The provider of a delivery. One seen for the first time is entered as provisional, by the act of
 * its first delivery: nothing it sends is lost, and the centre sees that it has to be confirmed.
 * Refuses `units.bad-code`, `units.ended`.
 */
export async function providerFor(
  tx: Tx,
  code: string,
  name: string | null,
  act: { readonly id: string; readonly at: string },
): Promise<Result<Unit>> {
  if (!isStrictUscc(code)) return refuse('units.bad-code', { code });
  const known = await findUnit(tx, code);
  if (known?.status === 'ended') return refuse('units.ended', { code });
  if (known !== null) return ok(known);
  const unit: Unit = {
    code,
    name: name ?? code,
    kind: 'provider',
    level: 'unknown',
    region: null,
    sector: null,
    status: 'provisional',
    sample: false,
  };
  await saveUnits(tx, [unit], act as never);
  return ok(unit);
}
