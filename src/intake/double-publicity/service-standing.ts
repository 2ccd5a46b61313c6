/** How the release of a batch stands, and what somebody may do about it now. Reads only. */
import type { Actor } from '../../kernel/act.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, type Result, ok } from '../../kernel/result.ts';
import { actionsOf, actionsOpenTo, decide } from '../../kernel/workflow.ts';
import { releaseHistory } from '../../archive/records/index.ts';
import { type ReleaseDeps, readFacts } from './service-release.ts';
import { openCase } from './store.ts';
import { type ReleaseFacts, releaseWorkflow, withdrawalWorkflow } from './workflow.ts';

/** Every step, as its step in a workflow. The proposal of a withdrawal has a name of its own. */
const steps = [
  ['propose', 'release', 'propose'],
  ['release', 'release', 'release'],
  ['propose-withdrawal', 'withdrawal', 'propose'],
  ['withdraw', 'withdrawal', 'withdraw'],
  ['reject', 'either', 'reject'],
  ['cancel', 'either', 'cancel'],
] as const;

/**
 * `not-needed`: the rulebook asks for no release; `withdrawal-proposed`: shown until a second person
 * decides; `withdrawn`: it was shown and taken back.
 */
export type Standing = {
  readonly state:
    'not-needed' | 'waiting' | 'proposed' | 'released' | 'withdrawal-proposed' | 'withdrawn';
  readonly proposedBy: string | null;
  /** Why it is asked to be taken back; `null` where nobody asks. */
  readonly withdrawalReason: string | null;
  readonly actions: readonly (typeof steps)[number][0][];
};

type Open = Awaited<ReturnType<typeof openCase>>;

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
  const last = (await releaseHistory(database, batchId)).at(-1) ?? null;
  return ok({
    state: stateOf(open, last, facts),
    proposedBy: open?.steps.find(({ action }) => action === 'propose')?.account ?? null,
    withdrawalReason: open?.case.aim === 'withdrawal' ? open.case.reason : null,
    actions: steps.filter((step) => may(step, open, facts, who)).map(([name]) => name),
  });
}

function stateOf(
  open: Open,
  last: { readonly shows: boolean } | null,
  { shows }: ReleaseFacts,
): Standing['state'] {
  if (open !== null) return open.case.aim === 'release' ? 'proposed' : 'withdrawal-proposed';
  if (last !== null) return last.shows ? 'released' : 'withdrawn';
  return shows ? 'not-needed' : 'waiting';
}

function may(
  [, aim, action]: (typeof steps)[number],
  open: Open,
  facts: ReleaseFacts,
  who: { readonly account: string; readonly positions: readonly string[] },
): boolean {
  // One case at a time: another aim waits until it is decided.
  if (open === null ? aim === 'either' : aim !== 'either' && aim !== open.case.aim) return false;
  const isWithdrawal = (open?.case.aim ?? aim) === 'withdrawal';
  const workflow = (isWithdrawal ? withdrawalWorkflow : releaseWorkflow) as typeof releaseWorkflow;
  const takenBy = (open?.steps ?? []) as never;
  return who.positions.some((position) => {
    const step = { action: action as 'propose', position, account: who.account, takenBy };
    return decide(workflow, (open?.case.state ?? 'drafted') as never, step, facts).ok;
  });
}

/**
 * Steps on what is proposed about a batch, or on its release where nothing is, with the reason against each
 * that somebody may not take now. `actorFor` names the position in which one would take a step that needs a
 * permission. Refuses `double-publicity.no-such-object`.
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
  const isWithdrawal = open?.case.aim === 'withdrawal';
  const workflow = (isWithdrawal ? withdrawalWorkflow : releaseWorkflow) as typeof releaseWorkflow;
  const state = (open?.case.state ?? workflow.start) as typeof workflow.start;
  const takenBy = (open?.steps ?? []) as never;
  return ok(
    actionsOf(workflow).flatMap((action) => {
      const officer = actorFor('double-publicity:prepare');
      // Some steps are open to both officers: to the second one, who is no first one.
      const isFirst = workflow.steps[action].by.includes(officer.position);
      const { account, position } = isFirst ? officer : actorFor('double-publicity:release');
      const who = { account, position, takenBy };
      const own = actionsOpenTo(workflow, state, who, facts);
      return own.filter((one) => one.action === action);
    }),
  );
}
