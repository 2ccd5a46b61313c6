/** 发布 and 停止公示: what is shown, and what is no longer shown, is decided by two persons. */
import { type Refusal, refuse } from '../../kernel/result.ts';
import { defineWorkflow } from '../../kernel/workflow.ts';

/** What a step is decided on. */
export type ReleaseFacts = {
  readonly object: string;
  /** Whether release lets the object be shown now: released, or never in need of it. */
  readonly shows: boolean;
  /** Whether a release of it would say anything: a batch held back, a record taken back by itself. */
  readonly releasable: boolean;
  /** Whether its delivery is worked through; a record's always is. */
  readonly done: boolean;
};

export type ReleaseState = 'drafted' | 'proposed' | 'decided' | 'rejected' | 'cancelled';
export type ReleaseAction = 'propose' | 'release' | 'reject' | 'cancel';
export type WithdrawalAction = 'propose' | 'withdraw' | 'reject' | 'cancel';

function notReleasable({ object, releasable, done }: ReleaseFacts): Refusal | null {
  if (!done) return refuse('double-publicity.batch-not-done', { object }).refusal;
  return releasable ? null : refuse('double-publicity.nothing-to-release', { object }).refusal;
}

function notShown({ object, shows }: ReleaseFacts): Refusal | null {
  return shows ? null : refuse('double-publicity.not-shown', { object }).refusal;
}

/** A received batch, or something taken back, is let be shown. */
export const releaseWorkflow = defineWorkflow<ReleaseState, ReleaseAction, ReleaseFacts>({
  name: 'publicity-release',
  version: 1,
  start: 'drafted',
  ends: ['decided', 'rejected', 'cancelled'],
  steps: {
    propose: { from: ['drafted'], to: 'proposed', by: ['data-clerk'], unless: notReleasable },
    release: {
      from: ['proposed'],
      to: 'decided',
      by: ['data-reviewer'],
      notBy: ['propose'],
      unless: notReleasable,
    },
    reject: { from: ['proposed'], to: 'rejected', by: ['data-reviewer'], notBy: ['propose'] },
    cancel: { from: ['proposed'], to: 'cancelled', by: ['data-clerk'] },
  },
});

/** A batch or one record is taken out of publicity, on a ground, from the instant of the decision. */
export const withdrawalWorkflow = defineWorkflow<ReleaseState, WithdrawalAction, ReleaseFacts>({
  name: 'publicity-withdrawal',
  version: 1,
  start: 'drafted',
  ends: ['decided', 'rejected', 'cancelled'],
  steps: {
    propose: {
      from: ['drafted'],
      to: 'proposed',
      by: ['data-clerk', 'data-reviewer'],
      unless: notShown,
    },
    withdraw: {
      from: ['proposed'],
      to: 'decided',
      by: ['data-reviewer'],
      notBy: ['propose'],
      unless: notShown,
    },
    reject: { from: ['proposed'], to: 'rejected', by: ['data-reviewer'], notBy: ['propose'] },
    cancel: { from: ['proposed'], to: 'cancelled', by: ['data-clerk', 'data-reviewer'] },
  },
});
