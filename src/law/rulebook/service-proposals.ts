/** One proposal for those who decide it: what it says, what is wrong with it, what each may do. */
import type { Actor } from '../../kernel/act.ts';
import { type Json, digestOf } from '../../kernel/canonical.ts';
import type { Instant } from '../../kernel/day.ts';
import type { Refusal } from '../../kernel/result.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  makeRulebook,
} from '../../kernel/rulebook/rulebook.ts';
import { actionsOpenTo } from '../../kernel/workflow.ts';
import { type RulebookProblem, checkRulebook } from './domain.ts';
import type { DatedProposal } from './store-proposals.ts';
import { proposalWorkflow } from './workflow.ts';

/** The edition a proposal is about; `null` where it confirms one that is not recorded any more. */
export function editionOf(
  rulebook: Rulebook,
  { document, editionKey: key }: DatedProposal,
  at: Instant,
): Edition | null {
  if (document === null) {
    return rulebook.editions.find((one) => editionKey(one.document) === key) ?? null;
  }
  return { document, digest: digestOf(document as unknown as Json), recordedAt: at };
}

/** The rulebook as it will be once a proposal is approved. */
export function rulebookWith(rulebook: Rulebook, proposal: DatedProposal, at: Instant): Rulebook {
  const { document, editionKey: key } = proposal;
  const edition = document === null ? [] : [editionOf(rulebook, proposal, at)!];
  const known = new Set(rulebook.editions.map((one) => editionKey(one.document)));
  return makeRulebook(
    [...rulebook.editions, ...edition.filter((one) => !known.has(editionKey(one.document)))],
    [...rulebook.confirmations, { edition: key, confirmedAt: at }],
  );
}

/** What the check finds about a proposed edition among the recorded ones. */
export function problemsOf(
  rulebook: Rulebook,
  proposal: DatedProposal,
  at: Instant,
): RulebookProblem[] {
  if (proposal.document === null) return [];
  const { editionKey: key } = proposal;
  const found = checkRulebook(rulebookWith(rulebook, proposal, at));
  return found.filter(({ edition }) => edition === key);
}

/** What somebody may do on a proposal now, with the reason against each other step. */
export function proposalActions(
  proposal: DatedProposal,
  problems: readonly RulebookProblem[],
  actorFor: (needs: string) => Pick<Actor, 'account' | 'position'>,
): { readonly action: string; readonly refusal: Refusal | null }[] {
  const facts = { kind: proposal.kind, edition: proposal.editionKey, problems };
  return (['approve', 'reject', 'withdraw'] as const).flatMap((action) => {
    const needs = action === 'withdraw' ? 'rulebook:propose' : 'rulebook:approve';
    const { account, position } = actorFor(needs);
    const who = { account, position, takenBy: proposal.steps };
    const open = actionsOpenTo(proposalWorkflow, proposal.state, who, facts);
    return open.filter((one) => one.action === action);
  });
}
