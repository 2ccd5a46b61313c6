/** How the release of a batch stands, and what somebody may do about it now. Reads only. */
import type { Actor } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, type Result, ok } from '../../kernel/result.ts';
import { actionsOpenTo, decide } from '../../kernel/workflow.ts';
import { releaseHistory } from '../../archive/records/index.ts';
import { type ReleaseDeps, readFacts } from './service-release.ts';
import { openCase } from './store.ts';
import { releaseWorkflow } from './workflow.ts';

const actions = ['propose', 'release', 'reject', 'cancel'] as const;

/** `not-needed`: the rulebook asks for no release; `withdrawn`: it was released and taken back. */
export type Standing = {
  readonly state: 'not-needed' | 'waiting' | 'proposed' | 'released' | 'withdrawn';
  readonly proposedBy: string | null;
  readonly actions: readonly (typeof actions)[number][];
};

/** How the release of a batch stands to an account. Refuses `double-publicity.no-such-object`. */
export async function standingOf(
  deps: Pick<ReleaseDeps, 'database' | 'law'>,
  batchId: Id,
  who: { readonly account: string; readonly positions: readonly string[] },
): Promise<Result<Standing>> {
  const { database } = deps;
  const found = await readFacts(deps, database, { batchId });
  if (!found.ok) return found;
  const { facts, object } = found.value;
  const open = await openCase(database, object.id);
  const case_ = open?.case.aim === 'release' ? open : null;
  const last = (await releaseHistory(database, batchId)).at(-1);
  const state =
    case_ !== null
      ? 'proposed'
      : last !== undefined
        ? last.shows
          ? 'released'
          : 'withdrawn'
        : facts.shows
          ? 'not-needed'
          : 'waiting';
  // Another case, of taking it back, stands in the way of all of them.
  const from = open === null ? 'drafted' : case_ === null ? null : open.case.state;
  const takenBy = (case_?.steps ?? []) as never;
  const may = (action: (typeof actions)[number]) =>
    from !== null &&
    who.positions.some((position) => {
      const step = { action, position, account: who.account, takenBy };
      return decide(releaseWorkflow, from as never, step, facts).ok;
    });
  const proposed = case_?.steps.find(({ action }) => action === 'propose');
  return ok({
    state,
    proposedBy: proposed?.account ?? null,
    actions: actions.filter(may),
  });
}

/**
 * Steps on the release of a batch, with the reason against each that somebody may not take now. `actorFor`
 * names the position in which one would take a step that needs a permission. Refuses
 * `double-publicity.no-such-object`.
 */
export async function releaseSteps(
  deps: Pick<ReleaseDeps, 'database' | 'law'>,
  batchId: Id,
  actorFor: (needs: string) => Pick<Actor, 'account' | 'position'>,
): Promise<Result<{ readonly action: string; readonly refusal: Refusal | null }[]>> {
  const found = await readFacts(deps, deps.database, { batchId });
  if (!found.ok) return found;
  const { facts, object } = found.value;
  const open = await openCase(deps.database, object.id);
  // Another case, of taking it back, stands in the way of all of them.
  if (open !== null && open.case.aim !== 'release') return ok([]);
  const state = (open?.case.state ?? releaseWorkflow.start) as typeof releaseWorkflow.start;
  const takenBy = (open?.steps ?? []) as never;
  const steps = actions.flatMap((action) => {
    const isFirst = action === 'propose' || action === 'cancel';
    const { account, position } = actorFor(
      isFirst ? 'double-publicity:prepare' : 'double-publicity:release',
    );
    const who = { account, position, takenBy };
    const own = actionsOpenTo(releaseWorkflow, state, who, facts);
    return own.filter((one) => one.action === action);
  });
  return ok(steps);
}
