/** Two sample officers confirm every edition that holds a figure nobody has read in the original. */
import { assert } from '../../kernel/result.ts';
import { type Rulebook, editionKey } from '../../kernel/rulebook/rulebook.ts';
import { decideProposal, openProposals, propose } from '../../law/rulebook/index.ts';
import type { Installation } from '../installation.ts';
import { lawApprover, lawOfficer } from './actors.ts';

const reason = '样例城市：视同两人已经核对原文';

/** Keys of the editions in which something is unconfirmed and that nobody has confirmed. */
export function unreadEditions({ editions, confirmed }: Rulebook): string[] {
  return editions
    .filter(({ document }) => JSON.stringify(document).includes('"unconfirmed"'))
    .map(({ document }) => editionKey(document))
    .filter((key) => !confirmed.has(key));
}

/** Proposes and approves each of them, by two accounts, through the workflow. */
export async function confirmUnread(installation: Installation): Promise<void> {
  // A build that was killed may have left a proposal open.
  const open = new Map(
    (await openProposals(installation.database)).map((item) => [item.editionKey, item.proposalId]),
  );
  await installation.reload();
  for (const edition of unreadEditions(installation.rulebook())) {
    let proposalId = open.get(edition);
    if (proposalId === undefined) {
      const request = { kind: 'confirmation' as const, edition };
      const proposed = await propose(installation, request, lawOfficer, reason);
      assert(proposed.ok, `sample city: ${JSON.stringify(proposed)}`);
      proposalId = proposed.value.proposalId;
    }
    const approval = { proposalId, action: 'approve' as const, actor: lawApprover, reason };
    const approved = await decideProposal(installation, approval);
    assert(approved.ok, `sample city: ${JSON.stringify(approved)}`);
  }
}
