import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refuse } from './result.ts';
import {
  actionsOf,
  actionsOpenTo,
  checkModel,
  decide,
  defineWorkflow,
  diagramOf,
} from './workflow.ts';

type State = 'drafted' | 'asked' | 'given' | 'refused';
type Action = 'ask' | 'give' | 'refuse';
const leave = defineWorkflow<State, Action, { readonly ripe: boolean }>({
  name: 'leave',
  version: 3,
  start: 'drafted',
  ends: ['given', 'refused'],
  steps: {
    ask: { from: ['drafted'], to: 'asked', by: ['clerk', 'head'], startsClock: 'leave.answer' },
    give: {
      from: ['asked'],
      to: 'given',
      by: ['head'],
      notBy: ['ask'],
      unless: (facts) => (facts.ripe ? null : refuse('leave.not-ripe').refusal),
      stopsClock: 'leave.answer',
    },
    refuse: { from: ['asked'], to: 'refused', by: ['head'], notBy: ['ask'] },
  },
});

const ripe = { ripe: true };
const as = (
  action: Action,
  account: string,
  position: string,
  takenBy: { action: Action; account: string }[] = [],
) => ({ action, account, position, takenBy });

describe('a decision', () => {
  it('moves the case and names the clocks it starts and stops', () => {
    expect(decide(leave, 'drafted', as('ask', 'a', 'clerk'), ripe)).toEqual({
      ok: true,
      value: { action: 'ask', from: 'drafted', to: 'asked', startsClock: 'leave.answer' },
    });
  });

  it('refuses a step out of its state, by the wrong position, by the same person, and with the guard’s own reason', () => {
    const taken = [{ action: 'ask' as const, account: 'a' }];
    const codes = [
      decide(leave, 'drafted', as('give', 'b', 'head'), ripe),
      decide(leave, 'asked', as('give', 'b', 'clerk', taken), ripe),
      decide(leave, 'asked', as('give', 'a', 'head', taken), ripe),
      decide(leave, 'asked', as('give', 'b', 'head', taken), { ripe: false }),
    ].map((result) => (result.ok ? 'ok' : result.refusal.code));
    expect(codes).toEqual([
      'workflow.wrong-state',
      'workflow.not-your-step',
      'workflow.same-person',
      'leave.not-ripe',
    ]);
  });

  it('never gives leave to whoever asked, whatever is tried in whatever order', () => {
    const attempts = fc.array(
      fc.record({
        action: fc.constantFrom(...actionsOf(leave)),
        account: fc.constantFrom('a', 'b'),
      }),
      { minLength: 2, maxLength: 12 },
    );
    fc.assert(
      fc.property(attempts, (tries) => {
        let state: State = leave.start;
        const taken: { action: Action; account: string }[] = [];
        for (const { action, account } of tries) {
          const move = decide(leave, state, as(action, account, 'head', taken), ripe);
          if (!move.ok) continue;
          state = move.value.to;
          taken.push({ action, account });
          const asker = taken.find((step) => step.action === 'ask')?.account;
          if (state === 'given') expect(account).not.toBe(asker);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('tells which steps are open, and for each that is not, why', () => {
    const taken = [{ action: 'ask' as const, account: 'a' }];
    const open = actionsOpenTo(
      leave,
      'asked',
      { account: 'a', position: 'head', takenBy: taken },
      ripe,
    );
    expect(open.map(({ action, refusal }) => [action, refusal?.code ?? null])).toEqual([
      ['give', 'workflow.same-person'],
      ['refuse', 'workflow.same-person'],
    ]);
  });
});

describe('the model check', () => {
  it('finds nothing wrong with a sound table', () => {
    expect(checkModel(leave)).toEqual([]);
  });

  it.each([
    ['a state nothing leads to', { give: { ...leave.steps.give, from: ['lost'] } }, 'unreachable'],
    ['a state nothing leads out of', { ask: { ...leave.steps.ask, to: 'limbo' } }, 'dead-end'],
    [
      'a step out of an end',
      { ask: { ...leave.steps.ask, from: ['drafted', 'given'] } },
      'leaves-end',
    ],
    ['a step nobody may take', { give: { ...leave.steps.give, by: [] } }, 'nobody'],
    [
      'four eyes on a step that cannot come before',
      { give: { ...leave.steps.give, notBy: ['refuse'] } },
      'unknown-step',
    ],
    [
      'an end nothing reaches',
      { refuse: { ...leave.steps.refuse, to: 'asked' } },
      'end-never-used',
    ],
  ])('finds %s', (_, change, kind) => {
    const broken = { ...leave, steps: { ...leave.steps, ...change } } as unknown as typeof leave;
    expect(checkModel(broken).map((problem) => problem.kind)).toContain(kind);
  });

  it('draws every arrow', () => {
    expect(diagramOf(leave)).toContain('asked --> given: give (head, not who took ask)');
  });
});
