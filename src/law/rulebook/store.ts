import type { Instant } from '../../kernel/day.ts';
import type { Document } from '../../kernel/rulebook/document.ts';
import { type Confirmation, type Edition, editionKey } from '../../kernel/rulebook/rulebook.ts';
import { type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import type { ProposalAction, ProposalState } from './workflow.ts';

/** All editions ever recorded. */
export async function readEditions(db: Queryable): Promise<Edition[]> {
  const rows = await db.query<{ body: Document; digest: string; recordedAt: Instant }>(
    sql`select body, digest, recorded_at as "recordedAt" from rulebook.edition`,
  );
  return rows.map((row) => ({ document: row.body, digest: row.digest, recordedAt: row.recordedAt }));
}

/** Digest of each recorded edition by key. */
export async function readDigests(db: Queryable): Promise<Map<string, string>> {
  const rows = await db.query<{ key: string; digest: string }>(
    sql`select key, digest from rulebook.edition`,
  );
  return new Map(rows.map((row) => [row.key, row.digest]));
}

export function readConfirmations(db: Queryable): Promise<Confirmation[]> {
  return db.query<Confirmation>(
    sql`select edition_key as edition, confirmed_at as "confirmedAt" from rulebook.confirmation`,
  );
}

/** Writes one edition; the table refuses any later change. */
export async function insertEdition(tx: Tx, edition: Edition, actId: string): Promise<void> {
  const { document } = edition;
  await tx.execute(sql`
    insert into rulebook.edition (key, kind, id, edition, layer, jurisdiction, valid_from, valid_to,
                                  status, digest, body, recorded_at, act_id)
    values (${editionKey(document)}, ${document.kind}, ${document.id}, ${document.edition},
            ${document.layer}, ${document.jurisdiction}, ${document.validFrom}, ${document.validTo},
            ${document.status}, ${edition.digest}, ${JSON.stringify(document)},
            ${edition.recordedAt}, ${actId})`);
}

/** A proposal with the steps taken so far. */
export type Proposal = {
  readonly proposalId: string;
  readonly kind: 'confirmation' | 'edition';
  readonly editionKey: string;
  readonly document: Document | null;
  readonly state: ProposalState;
  readonly steps: readonly {
    readonly action: ProposalAction;
    readonly account: string;
    readonly actId: string;
  }[];
};

/** Locks a proposal for a step; `null` when there is none of that id. */
export async function lockProposal(tx: Tx, proposalId: string): Promise<Proposal | null> {
  const rows = await tx.query<Omit<Proposal, 'steps'>>(sql`
    select proposal_id as "proposalId", kind, edition_key as "editionKey", document, state
    from rulebook.proposal where proposal_id = ${proposalId} for update`);
  if (rows[0] === undefined) return null;
  const steps = await tx.query<Proposal['steps'][number]>(sql`
    select action, account, act_id as "actId" from rulebook.proposal_step
    where proposal_id = ${proposalId} order by step_no`);
  return { ...rows[0], steps };
}

/** Proposals not yet decided. */
export function openProposals(
  db: Queryable,
): Promise<{ proposalId: string; kind: string; editionKey: string; proposedAt: Instant }[]> {
  return db.query(sql`
    select proposal_id as "proposalId", kind, edition_key as "editionKey", proposed_at as "proposedAt"
    from rulebook.proposal where decided_at is null order by proposed_at`);
}

export async function insertProposal(
  tx: Tx,
  proposal: Omit<Proposal, 'steps'>,
  at: Instant,
  version: number,
): Promise<void> {
  await tx.execute(sql`
    insert into rulebook.proposal
      (proposal_id, kind, edition_key, document, state, workflow_version, proposed_at)
    values (${proposal.proposalId}, ${proposal.kind}, ${proposal.editionKey},
            ${proposal.document === null ? null : JSON.stringify(proposal.document)},
            ${proposal.state}, ${version}, ${at})`);
}

/** Records one step and the state it leads to; `decidedAt` when the proposal is closed by it. */
export async function insertProposalStep(
  tx: Tx,
  proposalId: string,
  step: {
    readonly action: ProposalAction;
    readonly to: ProposalState;
    readonly account: string;
    readonly actId: string;
    readonly at: Instant;
    readonly closes: boolean;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into rulebook.proposal_step (proposal_id, step_no, action, account, act_id, act_at)
    select ${proposalId}, coalesce(max(step_no), 0) + 1, ${step.action}, ${step.account},
           ${step.actId}, ${step.at}
    from rulebook.proposal_step where proposal_id = ${proposalId}`);
  await tx.execute(sql`
    update rulebook.proposal
    set state = ${step.to}, decided_at = ${step.closes ? step.at : null}
    where proposal_id = ${proposalId}`);
}

export async function insertConfirmation(
  tx: Tx,
  confirmation: {
    readonly editionKey: string;
    readonly proposalId: string;
    readonly first: string;
    readonly second: string;
    readonly at: Instant;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into rulebook.confirmation
      (edition_key, proposal_id, first_account, second_account, confirmed_at)
    values (${confirmation.editionKey}, ${confirmation.proposalId}, ${confirmation.first},
            ${confirmation.second}, ${confirmation.at})`);
}
