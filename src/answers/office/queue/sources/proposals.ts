/** Proposals about the rulebook: to bring an edition in, or to confirm one that is recorded. */
import type { Id } from '../../../../kernel/ids.ts';
import type { Rulebook } from '../../../../kernel/rulebook/rulebook.ts';
import {
  type DatedProposal,
  editionOf,
  openProposals,
  problemsOf,
  proposalActions,
  readProposal,
} from '../../../../law/rulebook/index.ts';
import type { OfficeDeps } from '../../deps.ts';
import { pageOf } from '../domain.ts';
import {
  type QueueCase,
  type QueueContext,
  type QueueSource,
  type Waiting,
  isForward,
  placeOf,
} from '../service-source.ts';

const kind = 'rulebook-proposal';
const backward = ['withdraw'];

type Problems = ReturnType<typeof problemsOf>;
// To check an edition is to check the whole rulebook with it; neither changes once it is there.
const checked = new WeakMap<Rulebook, Map<string, Problems>>();

function problemsWith(deps: OfficeDeps, proposal: DatedProposal): Problems {
  const rulebook = deps.rulebook();
  const known = checked.get(rulebook) ?? new Map<string, Problems>();
  checked.set(rulebook, known);
  const found = known.get(proposal.proposalId) ?? problemsOf(rulebook, proposal, deps.clock.now());
  known.set(proposal.proposalId, found);
  return found;
}

function waiting({ deps, actorFor }: QueueContext, proposal: DatedProposal): Waiting {
  const { proposalId, editionKey, proposedAt, state } = proposal;
  const isOpen = proposal.decidedAt === null;
  const document = editionOf(deps.rulebook(), proposal, deps.clock.now())?.document;
  return {
    ...{ id: proposalId, since: proposedAt, due: null, state },
    page: `/rulebook?proposal=${proposalId}`,
    title: { zh: document?.title ?? editionKey, en: document?.titleEn ?? editionKey },
    about:
      proposal.kind === 'edition'
        ? { zh: `新版本 ${editionKey}`, en: `A new edition: ${editionKey}` }
        : { zh: `确认 ${editionKey}`, en: `To confirm: ${editionKey}` },
    steps: isOpen ? proposalActions(proposal, problemsWith(deps, proposal), actorFor) : [],
  };
}

async function open(context: QueueContext, id: Id): Promise<QueueCase | null> {
  const { deps } = context;
  const proposal = await readProposal(deps.database, id);
  if (proposal === null) return null;
  const document = editionOf(deps.rulebook(), proposal, deps.clock.now())?.document;
  const isOpen = proposal.decidedAt === null;
  return {
    ...waiting(context, proposal),
    done: !isOpen,
    facts: [
      [{ zh: '版本', en: 'Edition' }, proposal.editionKey],
      [{ zh: '地区', en: 'Place' }, document?.jurisdiction ?? '—'],
      [{ zh: '自何日起', en: 'From' }, document?.validFrom ?? '—'],
      [{ zh: '依据', en: 'Rests on' }, document?.citation.join('、') || '—'],
      [
        { zh: '检查发现的问题', en: 'Problems found' },
        String(isOpen ? problemsWith(deps, proposal).length : 0),
      ],
    ],
    history: proposal.steps.map(({ action, account, actId, at }) => ({
      ...{ at, account, act: actId, reason: null },
      what: proposals.actions[action] ?? { zh: action, en: action },
    })),
    acts: {
      object: `edition:${proposal.editionKey}`,
      isOwn: (detail) => detail['proposal'] === id,
    },
    stepsFor: (as) => (isOpen ? proposalActions(proposal, problemsWith(deps, proposal), as) : []),
  };
}

/** Proposals about the rulebook. No limit is set for them. */
export const proposals: QueueSource = {
  ...{ kind, backward, open },
  name: { zh: '规则提案', en: 'Rulebook proposal' },
  needs: ['rulebook:propose', 'rulebook:approve'],
  states: {
    proposed: { zh: '已提出，等待第二人', en: 'proposed, waits for a second person' },
    approved: { zh: '已批准', en: 'approved' },
    rejected: { zh: '未批准', en: 'rejected' },
    withdrawn: { zh: '已收回', en: 'taken back' },
  },
  actions: {
    propose: { zh: '提出', en: 'Propose' },
    approve: { zh: '批准', en: 'Approve' },
    reject: { zh: '不批准', en: 'Reject' },
    withdraw: { zh: '收回', en: 'Take back' },
  },
  async read(context, asked) {
    const { database } = context.deps;
    const items: Waiting[] = [];
    for (const { proposalId } of await openProposals(database)) {
      const proposal = await readProposal(database, proposalId);
      if (proposal === null) continue;
      const item = waiting(context, proposal);
      if (!asked.mine || isForward(backward, item.steps)) items.push(item);
    }
    return pageOf(items, (item) => placeOf(kind, item), asked);
  },
};
