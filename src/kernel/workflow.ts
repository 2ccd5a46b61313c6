/**
 * Procedures as tables (architecture.md §5.7, §6). A workflow is data; a decision is a pure function
 * of state, request and facts. Clock lengths, evidence and texts are names into the rulebook.
 */
import { type Refusal, type Result, ok, refuse } from './result.ts';

/** Gives the reason why a step may not be taken, or `null` when nothing stands against it. */
export type Guard<Facts> = (facts: Facts) => Refusal | null;

/** One arrow of a procedure. */
export type Step<State extends string, Action extends string, Facts> = {
  readonly from: readonly State[];
  readonly to: State;
  /** Positions that may take it. */
  readonly by: readonly string[];
  readonly unless?: Guard<Facts>;
  /** Steps whose taker must be another account than this one's (four eyes). */
  readonly notBy?: readonly Action[];
  /** Names of limits in `rulebook/terms`. */
  readonly startsClock?: string;
  readonly stopsClock?: string;
};

/** A procedure. `version` is kept by each case, so that running cases finish as they began. */
export type Workflow<State extends string, Action extends string, Facts> = {
  readonly name: string;
  readonly version: number;
  readonly start: State;
  readonly ends: readonly State[];
  readonly steps: { readonly [A in Action]: Step<State, A | Action, Facts> };
};

/** Declares a workflow; only fixes the types. */
export function defineWorkflow<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
): Workflow<State, Action, Facts> {
  return workflow;
}

/** Who asks for which step, and which accounts took which steps before. */
export type StepRequest<Action extends string> = {
  readonly action: Action;
  readonly position: string;
  readonly account: string;
  readonly takenBy: readonly { readonly action: Action; readonly account: string }[];
};

/** What a permitted step does to the case. */
export type Move<State extends string, Action extends string> = {
  readonly action: Action;
  readonly from: State;
  readonly to: State;
  readonly startsClock?: string;
  readonly stopsClock?: string;
};

/** Refusals the engine itself can give, beside those of guards. */
export type WorkflowRefusalCode =
  'workflow.wrong-state' | 'workflow.not-your-step' | 'workflow.same-person';

/**
 * May this step be taken? Pure: the facts are given, not looked up. Order of answers: wrong state,
 * wrong position, same person twice, then the guard's own reason.
 */
export function decide<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
  state: State,
  request: StepRequest<Action>,
  facts: Facts,
): Result<Move<State, Action>> {
  const step = workflow.steps[request.action];
  const basis = `workflow/${workflow.name}@${workflow.version}`;
  if (!step.from.includes(state)) {
    return refuse('workflow.wrong-state', { action: request.action, state }, basis);
  }
  if (!step.by.includes(request.position)) {
    return refuse(
      'workflow.not-your-step',
      { action: request.action, position: request.position, needed: step.by.join('、') },
      basis,
    );
  }
  const same = (step.notBy ?? []).find((earlier) =>
    request.takenBy.some((taken) => taken.action === earlier && taken.account === request.account),
  );
  if (same !== undefined) {
    return refuse('workflow.same-person', { action: request.action, earlier: same }, basis);
  }
  const against = step.unless?.(facts) ?? null;
  if (against !== null) return { ok: false, refusal: against };
  return ok({
    action: request.action,
    from: state,
    to: step.to,
    ...(step.startsClock === undefined ? {} : { startsClock: step.startsClock }),
    ...(step.stopsClock === undefined ? {} : { stopsClock: step.stopsClock }),
  });
}

/** Steps this caller may take now, and the reason against each he may not (shown beside it). */
export function actionsOpenTo<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
  state: State,
  who: Omit<StepRequest<Action>, 'action'>,
  facts: Facts,
): { readonly action: Action; readonly refusal: Refusal | null }[] {
  return actionsOf(workflow)
    .filter((action) => workflow.steps[action].from.includes(state))
    .map((action) => {
      const decision = decide(workflow, state, { ...who, action }, facts);
      return { action, refusal: decision.ok ? null : decision.refusal };
    });
}

/** The actions of a workflow in the order of its table. */
export function actionsOf<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
): Action[] {
  return Object.keys(workflow.steps) as Action[];
}

/** Anything wrong with a table: unreachable states, dead ends, steps out of an end, lone guards. */
export type ModelProblem = {
  readonly kind:
    'unreachable' | 'dead-end' | 'leaves-end' | 'nobody' | 'unknown-step' | 'end-never-used';
  readonly at: string;
};

/**
 * Checks the table as a graph: every state reachable from the start, from every state some end
 * reachable, no step leaves an end, every step has somebody to take it, four-eyes names real steps
 * that can come before. An empty list means sound.
 */
export function checkModel<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
): ModelProblem[] {
  const problems: ModelProblem[] = [];
  const steps = actionsOf(workflow).map((action) => ({ action, ...workflow.steps[action] }));
  const states = new Set<State>([workflow.start, ...workflow.ends]);
  for (const step of steps) [...step.from, step.to].forEach((state) => states.add(state));

  const reachable = closure([workflow.start], (state) =>
    steps.filter((step) => step.from.includes(state)).map((step) => step.to),
  );
  const finishing = closure(workflow.ends, (state) =>
    steps.filter((step) => step.to === state).flatMap((step) => step.from),
  );
  for (const state of states) {
    if (!reachable.has(state)) problems.push({ kind: 'unreachable', at: state });
    if (!finishing.has(state)) problems.push({ kind: 'dead-end', at: state });
  }
  for (const end of workflow.ends) {
    if (!steps.some((step) => step.to === end)) problems.push({ kind: 'end-never-used', at: end });
  }
  for (const step of steps) {
    if (step.from.some((state) => workflow.ends.includes(state))) {
      problems.push({ kind: 'leaves-end', at: step.action });
    }
    if (step.by.length === 0) problems.push({ kind: 'nobody', at: step.action });
    for (const earlier of step.notBy ?? []) {
      if (!comesBefore(steps, earlier, step.from)) {
        problems.push({ kind: 'unknown-step', at: `${step.action} notBy ${earlier}` });
      }
    }
  }
  return problems;
}

function comesBefore<State extends string>(
  steps: readonly { action: string; from: readonly State[]; to: State }[],
  earlier: string,
  before: readonly State[],
): boolean {
  const first = steps.find((step) => step.action === earlier);
  if (first === undefined) return false;
  const after = closure([first.to], (state) =>
    steps.filter((step) => step.from.includes(state)).map((step) => step.to),
  );
  return before.some((state) => after.has(state));
}

function closure<State>(from: readonly State[], next: (state: State) => readonly State[]) {
  const seen = new Set<State>(from);
  const queue = [...from];
  while (queue.length > 0) {
    for (const state of next(queue.pop()!)) {
      if (!seen.has(state)) {
        seen.add(state);
        queue.push(state);
      }
    }
  }
  return seen;
}

/** Mermaid text of the state diagram, printed into the feature's README and checked for staleness. */
export function diagramOf<State extends string, Action extends string, Facts>(
  workflow: Workflow<State, Action, Facts>,
): string {
  const steps = actionsOf(workflow).map((action) => ({ action, ...workflow.steps[action] }));
  const states = [...new Set(steps.flatMap(({ from, to }) => [...from, to]))];
  // A hyphen would be read as part of an arrow.
  const id = (state: string) => state.replaceAll('-', '_');
  return [
    'stateDiagram-v2',
    ...states
      .filter((state) => state.includes('-'))
      .map((state) => `  state "${state}" as ${id(state)}`),
    `  [*] --> ${id(workflow.start)}`,
    ...steps.flatMap(({ action, from, to, by, notBy }) => {
      const other = notBy === undefined ? '' : `, not who took ${notBy.join(', ')}`;
      return from.map((at) => `  ${id(at)} --> ${id(to)}: ${action} (${by.join(', ')}${other})`);
    }),
    ...workflow.ends.map((end) => `  ${id(end)} --> [*]`),
  ].join('\n');
}
