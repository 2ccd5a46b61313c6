/** 通报 and its confirmation by departments: drafted and sent by one person, published by another. */
import { type Refusal, refuse } from '../../kernel/result.ts';
import { defineWorkflow } from '../../kernel/workflow.ts';

/** What a step on a bulletin is decided on. */
export type BulletinFacts = {
  readonly period: string;
  /** Departments that have neither confirmed nor contested while they still may. */
  readonly waiting: number;
  /** Contests nobody has answered. */
  readonly unanswered: number;
  /** Contests found right: what they were about has to be drafted anew. */
  readonly upheld: number;
  /** Departments' letters the caller entered himself. */
  readonly enteredBySelf: number;
};

export type BulletinState = 'new' | 'drafted' | 'sent' | 'published' | 'cancelled';
export type BulletinAction = 'draft' | 'send' | 'publish' | 'cancel';

function notReady(facts: BulletinFacts): Refusal | null {
  const { period, waiting, unanswered, upheld, enteredBySelf } = facts;
  if (enteredBySelf > 0) {
    return refuse('bulletin.entered-by-you', { period, count: enteredBySelf }).refusal;
  }
  if (upheld > 0) return refuse('bulletin.contest-upheld', { period, count: upheld }).refusal;
  if (unanswered > 0) {
    return refuse('bulletin.contest-unanswered', { period, count: unanswered }).refusal;
  }
  return waiting > 0 ? refuse('bulletin.window-open', { period, count: waiting }).refusal : null;
}

/** A bulletin from its draft to the day everybody may read it. */
export const bulletinWorkflow = defineWorkflow<BulletinState, BulletinAction, BulletinFacts>({
  name: 'bulletin',
  version: 1,
  start: 'new',
  ends: ['published', 'cancelled'],
  steps: {
    draft: { from: ['new'], to: 'drafted', by: ['centre-officer'] },
    send: {
      from: ['drafted'],
      to: 'sent',
      by: ['centre-officer'],
      startsClock: 'bulletin.confirmation.workdays',
    },
    publish: {
      from: ['sent'],
      to: 'published',
      by: ['centre-reviewer'],
      notBy: ['draft', 'send'],
      unless: notReady,
    },
    cancel: { from: ['drafted', 'sent'], to: 'cancelled', by: ['centre-officer'] },
  },
});

/** What a department's step is decided on. */
export type ResponseFacts = {
  readonly provider: string;
  /** Whether the bulletin is out to departments and the window has not ended. */
  readonly open: boolean;
  /** Whether the caller drafted or sent the bulletin. */
  readonly ownDraft: boolean;
};

export type ResponseState = 'asked' | 'confirmed' | 'contested' | 'upheld' | 'dismissed';
export type ResponseAction = 'confirm' | 'contest' | 'uphold' | 'dismiss';

function ownDraft({ provider, ownDraft: own }: ResponseFacts): Refusal | null {
  return own ? refuse('bulletin.own-draft', { provider }).refusal : null;
}

function ended({ provider, open }: ResponseFacts): Refusal | null {
  return open ? null : refuse('bulletin.window-ended', { provider }).refusal;
}

/** One department's word on its figures, and the answer to it. */
export const responseWorkflow = defineWorkflow<ResponseState, ResponseAction, ResponseFacts>({
  name: 'bulletin-response',
  version: 1,
  start: 'asked',
  ends: ['confirmed', 'upheld', 'dismissed'],
  steps: {
    confirm: { from: ['asked'], to: 'confirmed', by: ['data-reviewer'], unless: ended },
    contest: { from: ['asked'], to: 'contested', by: ['data-reviewer'], unless: ended },
    uphold: {
      from: ['contested'],
      to: 'upheld',
      by: ['centre-reviewer'],
      notBy: ['contest'],
      unless: ownDraft,
    },
    dismiss: {
      from: ['contested'],
      to: 'dismissed',
      by: ['centre-reviewer'],
      notBy: ['contest'],
      unless: ownDraft,
    },
  },
});
