/** 关联复核: a doubtful link is proposed by one person and confirmed by another; so is undoing one. */
import { type Refusal, refuse } from '../../kernel/result.ts';
import { defineWorkflow } from '../../kernel/workflow.ts';

/** What a review step is decided on. */
export type ReviewFacts = {
  /** Whether the chosen subject exists and is not itself a duplicate of another. */
  readonly chosenExists: boolean;
  readonly chosen: string | null;
};

export type ReviewState =
  'open' | 'link-proposed' | 'return-proposed' | 'linked' | 'returned' | 'settled';
export type ReviewAction =
  'propose-link' | 'propose-return' | 'confirm' | 'confirm-return' | 'send-back' | 'settle';

function noSubject(facts: ReviewFacts): Refusal | null {
  if (facts.chosenExists) return null;
  return refuse('link.no-such-subject', { subject: facts.chosen ?? '' }).refusal;
}

/** A row whose subject is doubtful: linked, or given back to its sender, by two persons. */
export const linkReviewWorkflow = defineWorkflow<ReviewState, ReviewAction, ReviewFacts>({
  name: 'link-review',
  version: 1,
  start: 'open',
  ends: ['linked', 'returned', 'settled'],
  steps: {
    'propose-link': {
      from: ['open'],
      to: 'link-proposed',
      by: ['centre-officer'],
      unless: noSubject,
    },
    'propose-return': { from: ['open'], to: 'return-proposed', by: ['centre-officer'] },
    confirm: {
      from: ['link-proposed'],
      to: 'linked',
      by: ['centre-reviewer'],
      notBy: ['propose-link'],
      unless: noSubject,
    },
    'confirm-return': {
      from: ['return-proposed'],
      to: 'returned',
      by: ['centre-reviewer'],
      notBy: ['propose-return'],
    },
    'send-back': {
      from: ['link-proposed', 'return-proposed'],
      to: 'open',
      by: ['centre-officer', 'centre-reviewer'],
    },
    // New exact evidence (the subject came with the base library) settles a doubt without persons.
    settle: { from: ['open'], to: 'settled', by: ['system'] },
  },
});

export type UndoState = 'drafted' | 'undo-proposed' | 'undone' | 'kept';
export type UndoAction = 'propose-undo' | 'confirm-undo' | 'keep';

/** A link found wrong: undone by two persons, with everything derived from it. */
export const linkUndoWorkflow = defineWorkflow<UndoState, UndoAction, ReviewFacts>({
  name: 'link-undo',
  version: 1,
  start: 'drafted',
  ends: ['undone', 'kept'],
  steps: {
    'propose-undo': { from: ['drafted'], to: 'undo-proposed', by: ['centre-officer'] },
    'confirm-undo': {
      from: ['undo-proposed'],
      to: 'undone',
      by: ['centre-reviewer'],
      notBy: ['propose-undo'],
    },
    keep: { from: ['undo-proposed'], to: 'kept', by: ['centre-reviewer'] },
  },
});
