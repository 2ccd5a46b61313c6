/** What a person may do on the bulletin of a month, by the same tables that decide it. */
import type { Actor } from '../../kernel/act.ts';
import type { Refusal } from '../../kernel/result.ts';
import { actionsOpenTo, decide } from '../../kernel/workflow.ts';
import { type BulletinDeps, factsOf, mayMove, permissionOf, windowOpen } from './service.ts';
import { type Response, bulletinSteps, editionsOfPeriod, responsesTo } from './store.ts';
import { type BulletinAction, responseWorkflow } from './workflow.ts';

/** A step with the reason against it; `null`: it may be taken. */
export type OpenStep = { readonly action: string; readonly refusal: Refusal | null };

/** Steps on a month's bulletin, and for each department that contests, the answers to it. */
export type BulletinActions = {
  readonly bulletin: readonly OpenStep[];
  readonly departments: ReadonlyMap<string, readonly OpenStep[]>;
};

type ActorFor = (needs: string) => Actor;

/** Works the steps out. `actorFor` names the position in which the person would take one. */
export async function bulletinActions(
  deps: BulletinDeps,
  period: string,
  actorFor: ActorFor,
): Promise<BulletinActions> {
  const editions = await editionsOfPeriod(deps.database, period);
  const open = editions.find(({ state }) => state === 'drafted' || state === 'sent');
  const state = open?.state ?? 'new';
  const steps = open === undefined ? [] : await bulletinSteps(deps.database, open.bulletinId);
  const actions: readonly BulletinAction[] = ['draft', 'send', 'publish', 'cancel'];
  const bulletin: OpenStep[] = [];
  for (const action of actions) {
    const actor = actorFor(permissionOf[action]!);
    const facts =
      open === undefined
        ? { period, waiting: 0, unanswered: 0, upheld: 0, enteredBySelf: 0 }
        : await factsOf(deps, deps.database, open, actor);
    const move = mayMove(state, action, { actor, steps, facts });
    const refusal = move.ok ? null : move.refusal;
    if (refusal?.code !== 'workflow.wrong-state') bulletin.push({ action, refusal });
  }
  if (open === undefined) return { bulletin, departments: new Map() };
  const responses = await responsesTo(deps.database, open.bulletinId);
  const answers = (response: Response) => {
    const actor = actorFor('quality:approve');
    const ownDraft = steps.some(({ account }) => account === actor.account);
    const takenBy =
      response.account === null ? [] : [{ action: 'contest' as const, account: response.account }];
    return (['uphold', 'dismiss'] as const).map((action): OpenStep => {
      const who = { action, position: actor.position, account: actor.account, takenBy };
      const facts = { provider: response.provider, open: windowOpen(deps, open), ownDraft };
      const move = decide(responseWorkflow, response.state, who, facts);
      return { action, refusal: move.ok ? null : move.refusal };
    });
  };
  const contested = responses.filter((one) => one.state === 'contested');
  return {
    bulletin,
    departments: new Map(contested.map((one) => [one.provider, answers(one)])),
  };
}

/** What somebody of a department may say to a sent bulletin now; empty once it has said something. */
export function responseActions(
  deps: Pick<BulletinDeps, 'clock'>,
  bulletin: Parameters<typeof windowOpen>[1],
  response: Pick<Response, 'provider' | 'state'>,
  actorFor: ActorFor,
): OpenStep[] {
  const { account, position } = actorFor(permissionOf['confirm']!);
  const facts = {
    provider: response.provider,
    open: bulletin.state === 'sent' && windowOpen(deps, bulletin),
    ownDraft: false,
  };
  const who = { account, position, takenBy: [] };
  return actionsOpenTo(responseWorkflow, response.state, who, facts).filter(
    ({ action }) => action === 'confirm' || action === 'contest',
  );
}
