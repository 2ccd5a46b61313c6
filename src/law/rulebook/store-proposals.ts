/** SQL of reading proposals. */
import type { Instant } from '../../kernel/day.ts';
import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Proposal } from './store.ts';

/** A proposal with when its steps were taken. */
export type DatedProposal = Omit<Proposal, 'steps'> & {
  readonly proposedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly steps: readonly (Proposal['steps'][number] & { readonly at: Instant })[];
};

/** A proposal in any state; `null` when there is none of that id. */
export async function readProposal(
  db: Queryable,
  proposalId: string,
): Promise<DatedProposal | null> {
  const rows = await db.query<Omit<DatedProposal, 'steps'>>(sql`
    select proposal_id as "proposalId", kind, edition_key as "editionKey", document, state,
           proposed_at as "proposedAt", decided_at as "decidedAt"
    from rulebook.proposal where proposal_id = ${proposalId}`);
  if (rows[0] === undefined) return null;
  const steps = await db.query<DatedProposal['steps'][number]>(sql`
    select action, account, act_id as "actId", act_at as at from rulebook.proposal_step
    where proposal_id = ${proposalId} order by step_no`);
  return { ...rows[0], steps };
}
