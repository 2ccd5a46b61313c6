/** Two officers agree on a rulebook edition: that it says what it says, or that it shall come in. */
import { defineWorkflow } from '../../kernel/workflow.ts';
import type { ProposalFacts } from './domain.ts';
import { unsoundEdition } from './domain.ts';

/** States of a proposal. */
export type ProposalState = 'drafted' | 'proposed' | 'approved' | 'rejected' | 'withdrawn';
export type ProposalAction = 'propose' | 'approve' | 'reject' | 'withdraw';

/** Confirmation of an unread text, and intake of a new edition, go the same way. */
export const proposalWorkflow = defineWorkflow<ProposalState, ProposalAction, ProposalFacts>({
  name: 'rulebook-approval',
  version: 1,
  start: 'drafted',
  ends: ['approved', 'rejected', 'withdrawn'],
  steps: {
    propose: {
      from: ['drafted'],
      to: 'proposed',
      by: ['rulebook-officer', 'rulebook-approver'],
      unless: unsoundEdition,
    },
    approve: {
      from: ['proposed'],
      to: 'approved',
      by: ['rulebook-approver'],
      notBy: ['propose'],
      unless: unsoundEdition,
    },
    reject: { from: ['proposed'], to: 'rejected', by: ['rulebook-approver'], notBy: ['propose'] },
    withdraw: { from: ['proposed'], to: 'withdrawn', by: ['rulebook-officer'] },
  },
});
