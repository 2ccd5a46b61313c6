import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsOf, checkModel, decide } from '../../kernel/workflow.ts';
import {
  type ReviewAction,
  type ReviewState,
  linkReviewWorkflow,
  linkUndoWorkflow,
} from './workflow.ts';

const facts = { chosen: 's', chosenExists: true };

describe('link review and its undoing', () => {
  it('have no dead end and no state that cannot be reached', () => {
    expect(checkModel(linkReviewWorkflow)).toEqual([]);
    expect(checkModel(linkUndoWorkflow)).toEqual([]);
  });

  it('a row is never linked or given back by one person alone, whatever is tried', () => {
    const attempts = fc.array(
      fc.record({
        action: fc.constantFrom(...actionsOf(linkReviewWorkflow)),
        account: fc.constantFrom('a', 'b', 'c'),
      }),
      { minLength: 3, maxLength: 15 },
    );
    fc.assert(
      fc.property(attempts, (tries) => {
        let state: ReviewState = linkReviewWorkflow.start;
        const takenBy: { action: ReviewAction; account: string }[] = [];
        for (const { action, account } of tries) {
          const position = linkReviewWorkflow.steps[action].by[0]!;
          const move = decide(
            linkReviewWorkflow,
            state,
            { action, account, position, takenBy },
            facts,
          );
          if (!move.ok) continue;
          state = move.value.to;
          takenBy.push({ action, account });
          if (state === 'linked') expect(new Set(lastTwo(takenBy)).size).toBe(2);
          if (state === 'returned') expect(new Set(lastTwo(takenBy)).size).toBe(2);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a subject that does not exist, or is only another id, cannot be proposed', () => {
    const request = {
      action: 'propose-link' as const,
      account: 'a',
      position: 'centre-officer',
      takenBy: [],
    };
    expect(
      decide(linkReviewWorkflow, 'open', request, { chosen: 'x', chosenExists: false }),
    ).toMatchObject({ refusal: { code: 'link.no-such-subject' } });
  });
});

function lastTwo(steps: readonly { account: string }[]): string[] {
  return steps.slice(-2).map((step) => step.account);
}
