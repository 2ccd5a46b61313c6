/** Loading, proposing, approving: what the rulebook's editions go through. */
import type { Act, Actor, Door } from '../../kernel/act.ts';
import { systemActor } from '../../kernel/act.ts';
import { type Json, digestOf } from '../../kernel/canonical.ts';
import { type Refusal, type Result, ok, refuse } from '../../kernel/result.ts';
import type { Document } from '../../kernel/rulebook/document.ts';
import {
  type Edition,
  type Rulebook,
  editionKey,
  makeRulebook,
} from '../../kernel/rulebook/rulebook.ts';
import { decide } from '../../kernel/workflow.ts';
import { type Clock, freshId } from '../../platform/clock.ts';
import { type Database, type Queryable, type Tx, sql } from '../../platform/db/index.ts';
import { type RulebookProblem, checkRulebook } from './domain.ts';
import { digestOfFolders, loadFiles } from './files.ts';
import {
  type Proposal,
  insertConfirmation,
  insertEdition,
  insertProposal,
  insertProposalStep,
  lockProposal,
  openProposals,
  readConfirmations,
  readDigests,
  readEditions,
} from './store.ts';
import { type ProposalAction, proposalWorkflow } from './workflow.ts';

/** What the rulebook's use cases need. */
export type RulebookDeps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly door: Door<Tx>;
};

const settingKey = 'rulebook.folders';

/** The rulebook as recorded in the database, all editions and confirmations. */
export async function readRulebook(db: Queryable): Promise<Rulebook> {
  return makeRulebook(await readEditions(db), await readConfirmations(db));
}

/** What a load did. */
export type LoadReport = { readonly added: readonly string[]; readonly unchanged: number };

/**
 * Takes the editions in `folders` into the database: deployment is their release. Nothing happens
 * when no file changed. Refuses, naming place and remedy: `rulebook.unreadable {file, line, message}`,
 * `rulebook.changed {edition}` (a recorded edition was edited: give it a new edition name instead),
 * `rulebook.unsound {edition, problem}`.
 */
export async function loadRulebook(
  deps: RulebookDeps,
  folders: readonly string[],
): Promise<Result<LoadReport>> {
  const digest = await digestOfFolders(folders);
  const known = await deps.database.query<{ value: string }>(
    sql`select value #>> '{}' as value from operation.setting where key = ${settingKey}`,
  );
  if (known[0]?.value === digest) return ok({ added: [], unchanged: -1 });
  const files = await loadFiles(folders, deps.clock.now());
  const problem = files.problems[0];
  if (problem !== undefined) {
    return refuse('rulebook.unreadable', {
      file: problem.file,
      line: problem.line ?? 0,
      message: `${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`,
      more: files.problems.length - 1,
    });
  }
  return deps.database.transaction(async (tx) => {
    // Two starters load one after the other; the second then finds everything recorded.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('rulebook.load', 0))`);
    const report = await recordEditions(deps, tx, files.editions);
    if (!report.ok) return report;
    await tx.execute(sql`
      insert into operation.setting (key, value, changed_at)
      values (${settingKey}, to_jsonb(${digest}::text), ${deps.clock.now()})
      on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`);
    return report;
  });
}

async function recordEditions(
  deps: RulebookDeps,
  tx: Tx,
  editions: readonly Edition[],
): Promise<Result<LoadReport>> {
  const recorded = await readDigests(tx);
  const fresh: Edition[] = [];
  for (const edition of editions) {
    const key = editionKey(edition.document);
    const digest = recorded.get(key);
    if (digest === undefined) fresh.push(edition);
    else if (digest !== edition.digest) return refuse('rulebook.changed', { edition: key });
  }
  const unchanged = editions.length - fresh.length;
  if (fresh.length === 0) return ok({ added: [], unchanged });
  const before = await readEditions(tx);
  const error = checkRulebook(makeRulebook([...before, ...fresh])).find(
    (problem) => problem.severity === 'error',
  );
  if (error !== undefined) {
    const { edition, code, detail } = error;
    return refuse('rulebook.unsound', { edition, problem: `${code}: ${detail}` });
  }
  const act = await deps.door.pass(tx, {
    kind: 'rulebook.load',
    needs: 'rulebook:load',
    actor: systemActor,
    ground: { reason: 'editions shipped with this deployment' },
    traceId: freshId(deps.clock),
    object: 'rulebook',
    detail: { editions: fresh.length, digest: digestOf(fresh.map((item) => item.digest)) },
  });
  if (!act.ok) return act;
  for (const edition of fresh) {
    await insertEdition(tx, { ...edition, recordedAt: act.value.at }, act.value.id);
  }
  return ok({ added: fresh.map(({ document }) => editionKey(document)), unchanged });
}

/** A request of a first officer: confirm a recorded edition, or take in a new document. */
export type ProposalRequest =
  | { readonly kind: 'confirmation'; readonly edition: string }
  | { readonly kind: 'edition'; readonly document: Document };

/**
 * Opens a proposal. Refuses `rulebook.no-such-edition`, `rulebook.already-confirmed`,
 * `rulebook.already-proposed`, `rulebook.already-recorded`, `rulebook.unsound`, and what the workflow
 * and the door refuse.
 */
export async function propose(
  deps: RulebookDeps,
  request: ProposalRequest,
  actor: Actor,
  reason: string,
): Promise<Result<{ proposalId: string }>> {
  return deps.database.transaction(async (tx) => {
    const edition =
      request.kind === 'confirmation' ? request.edition : editionKey(request.document);
    const recorded = (await readDigests(tx)).has(edition);
    if (request.kind === 'confirmation' && !recorded) {
      return refuse('rulebook.no-such-edition', { edition });
    }
    if (request.kind === 'edition' && recorded) {
      return refuse('rulebook.already-recorded', { edition });
    }
    const taken = await takenAlready(tx, edition);
    if (taken !== null) return { ok: false, refusal: taken };
    const problems = await problemsWith(tx, request, deps.clock);
    const decision = decide(
      proposalWorkflow,
      proposalWorkflow.start,
      { action: 'propose', position: actor.position, account: actor.account, takenBy: [] },
      { kind: request.kind, edition, problems },
    );
    if (!decision.ok) return decision;
    const proposalId = freshId(deps.clock);
    const act = await deps.door.pass(tx, {
      kind: 'rulebook.propose',
      needs: 'rulebook:propose',
      actor,
      ground: { reason },
      traceId: freshId(deps.clock),
      object: `edition:${edition}`,
      detail: { proposal: proposalId, kind: request.kind },
    });
    if (!act.ok) return act;
    const document = request.kind === 'edition' ? request.document : null;
    const proposal = { proposalId, kind: request.kind, editionKey: edition, document };
    await insertProposal(
      tx,
      { ...proposal, state: decision.value.from },
      act.value.at,
      proposalWorkflow.version,
    );
    await insertProposalStep(tx, proposalId, {
      action: 'propose',
      to: decision.value.to,
      account: actor.account,
      actId: act.value.id,
      at: act.value.at,
      closes: false,
    });
    return ok({ proposalId });
  });
}

/** Why nothing may be proposed about an edition: it is confirmed, or a proposal about it waits. */
async function takenAlready(tx: Tx, edition: string): Promise<Refusal | null> {
  // Two who propose the same come one after the other; the second one is told.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`rulebook.propose:${edition}`}, 0))`,
  );
  const confirmations = await readConfirmations(tx);
  if (confirmations.some((item) => item.edition === edition)) {
    return refuse('rulebook.already-confirmed', { edition }).refusal;
  }
  const waits = (await openProposals(tx)).some((one) => one.editionKey === edition);
  return waits ? refuse('rulebook.already-proposed', { edition }).refusal : null;
}

/** What is wrong with a new document among the recorded ones, which are read for this only. */
async function problemsWith(
  tx: Tx,
  request: ProposalRequest,
  clock: Clock,
): Promise<readonly RulebookProblem[]> {
  if (request.kind === 'confirmation') return [];
  const { document } = request;
  const rulebook = await readRulebook(tx);
  const edition = { document, digest: digestOf(document as unknown as Json), recordedAt: clock.now() };
  return checkRulebook(makeRulebook([...rulebook.editions, edition]));
}

/**
 * A second officer's step on a proposal. On approval the edition is recorded, or the confirmation.
 * Refuses `rulebook.no-such-proposal` and what workflow and door refuse.
 */
export async function decideProposal(
  deps: RulebookDeps,
  request: {
    readonly proposalId: string;
    readonly action: Exclude<ProposalAction, 'propose'>;
    readonly actor: Actor;
    readonly reason: string;
  },
): Promise<Result<{ state: string }>> {
  const { proposalId, action, actor } = request;
  return deps.database.transaction(async (tx) => {
    const proposal = await lockProposal(tx, proposalId);
    if (proposal === null) return refuse('rulebook.no-such-proposal', { proposal: proposalId });
    const problems = await problemsWith(tx, requestOf(proposal), deps.clock);
    const decision = decide(
      proposalWorkflow,
      proposal.state,
      { action, position: actor.position, account: actor.account, takenBy: proposal.steps },
      {
        kind: proposal.kind,
        edition: proposal.editionKey,
        problems,
      },
    );
    if (!decision.ok) return decision;
    const first = proposal.steps.find((step) => step.action === 'propose')!;
    const act = await deps.door.pass(tx, {
      kind: `rulebook.${action}`,
      needs: action === 'withdraw' ? 'rulebook:propose' : 'rulebook:approve',
      actor,
      ground: { reason: request.reason },
      traceId: freshId(deps.clock),
      object: `edition:${proposal.editionKey}`,
      detail: { proposal: proposalId, kind: proposal.kind },
      ...(action === 'withdraw' ? {} : { second: { firstAct: first.actId } }),
    });
    if (!act.ok) return act;
    await insertProposalStep(tx, proposalId, {
      action,
      to: decision.value.to,
      account: actor.account,
      actId: act.value.id,
      at: act.value.at,
      closes: true,
    });
    if (action === 'approve') {
      const accounts = { first: first.account, second: actor.account };
      await takeApproved(tx, proposal, accounts, act.value);
    }
    return ok({ state: decision.value.to });
  });
}

/** Two officers who take a text in have read it: taking in and confirming are one step here. */
async function takeApproved(
  tx: Tx,
  proposal: Proposal,
  accounts: { readonly first: string; readonly second: string },
  act: Act,
): Promise<void> {
  if (proposal.document !== null) {
    const digest = digestOf(proposal.document as unknown as Json);
    await insertEdition(
      tx,
      { document: proposal.document, digest, recordedAt: act.at },
      act.id,
    );
  }
  await insertConfirmation(tx, {
    editionKey: proposal.editionKey,
    proposalId: proposal.proposalId,
    ...accounts,
    at: act.at,
  });
}

function requestOf(proposal: Proposal): ProposalRequest {
  return proposal.document === null
    ? { kind: 'confirmation', edition: proposal.editionKey }
    : { kind: 'edition', document: proposal.document };
}
