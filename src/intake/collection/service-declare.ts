/** Declared counts: what a provider says it produced, published, or left out and why, per month. */
import type { Actor } from '../../kernel/act.ts';
import { type Result, ok, refuse } from '../../kernel/result.ts';
import { freshId } from '../../platform/clock.ts';
import { itemFor } from './reading.ts';
import type { CollectionDeps } from './service-receive.ts';
import { insertDeclaredCount } from './store.ts';

/** A declaration. `not-reported` needs the legal ground for leaving records out. */
export type Declaration = {
  readonly provider: string;
  readonly item: string;
  readonly period: string;
  readonly kind: 'produced' | 'published' | 'not-reported';
  readonly count: number;
  readonly ground?: string;
  readonly actor: Actor;
};

/** Records a declaration; later ones for the same month stand beside earlier ones, the newest counts. */
export async function declareCount(
  deps: CollectionDeps,
  declaration: Declaration,
): Promise<Result<true>> {
  const { provider, period, kind, count } = declaration;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return refuse('collection.bad-period', { period });
  if (!Number.isSafeInteger(count) || count < 0) return refuse('collection.bad-count', { count });
  if (kind === 'not-reported' && (declaration.ground ?? '') === '') {
    return refuse('collection.ground-missing', { period });
  }
  const found = itemFor(deps.rulebook(), declaration.item, deps.clock.today(), deps.law().place);
  if (!found.ok) return found;
  const item = found.value.item.code;
  return deps.database.transaction(async (tx) => {
    const act = await deps.door.pass(tx, {
      kind: 'collection.declare',
      needs: 'collection:declare',
      actor: declaration.actor,
      ground: { reason: declaration.ground ?? 'monthly declaration' },
      traceId: freshId(deps.clock),
      object: `declared:${provider}/${item}/${period}`,
      detail: { kind, count },
    });
    if (!act.ok) return act;
    await insertDeclaredCount(tx, {
      provider,
      item,
      period,
      kind,
      count,
      ground: declaration.ground ?? null,
      at: act.value.at,
      actId: act.value.id,
    });
    return ok(true);
  });
}
