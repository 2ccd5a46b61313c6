import { describe, expect, it } from 'vitest';
import { checkModel, decide } from '../../kernel/workflow.ts';
import { proposalWorkflow } from './workflow.ts';

const facts = { kind: 'confirmation' as const, edition: 'terms:x@1', problems: [] };

describe('the approval of a rulebook edition', () => {
  it('has no dead end and no state that cannot be reached', () => {
    expect(checkModel(proposalWorkflow)).toEqual([]);
  });

  it('is approved by an approver, and never by whoever proposed it', () => {
    const takenBy = [{ action: 'propose' as const, account: 'a' }];
    const by = (account: string, position: string) =>
      decide(proposalWorkflow, 'proposed', { action: 'approve', account, position, takenBy }, facts);
    expect(by('b', 'rulebook-approver')).toMatchObject({ value: { to: 'approved' } });
    expect(by('a', 'rulebook-approver')).toMatchObject({ refusal: { code: 'workflow.same-person' } });
    expect(by('b', 'rulebook-officer')).toMatchObject({ refusal: { code: 'workflow.not-your-step' } });
  });

  it('stops at an edition the check finds unsound', () => {
    const problems = [
      { severity: 'error' as const, edition: 'terms:x@1', code: 'overlap' as const, detail: 'terms:x@0' },
    ];
    const takenBy = [{ action: 'propose' as const, account: 'a' }];
    const request = { action: 'approve' as const, account: 'b', position: 'rulebook-approver', takenBy };
    expect(decide(proposalWorkflow, 'proposed', request, { ...facts, problems })).toMatchObject({
      refusal: { code: 'rulebook.unsound' },
    });
  });
});
