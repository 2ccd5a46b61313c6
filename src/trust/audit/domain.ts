/** What an act's commitment covers, as canonical text. Pure. */
import type { AccessEvent, Act } from '../../kernel/act.ts';
import { canonicalJson } from '../../kernel/canonical.ts';

/** Canonical text of an act; the salt makes it say nothing to whoever does not hold the row. */
export function actText(act: Omit<Act, 'commitment' | 'needs'>): string {
  return canonicalJson({
    id: act.id,
    at: act.at,
    kind: act.kind,
    actor: { ...act.actor },
    ground: { provision: act.ground.provision ?? null, reason: act.ground.reason },
    traceId: act.traceId,
    object: act.object,
    detail: { ...act.detail },
    firstAct: act.second?.firstAct ?? null,
  });
}

/** Canonical text of an event. */
export function eventText(
  event: AccessEvent & { readonly id: string; readonly at: string },
): string {
  const { id, at, kind, account, address, route, detail } = event;
  return canonicalJson({ id, at, kind, account, address, route, detail: { ...detail } });
}
