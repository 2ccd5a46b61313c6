/** Routes of law as data: editions, what differs, proposals with their dry run, two approvals. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { actionView } from '../actions/contract.ts';
import { doorRefusals, permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const words = z.strictObject({ zh: z.string(), en: z.string() });
const key = z.string().min(1).max(200).describe('kind:id@edition');
const reason = z.string().min(1).max(500).describe('what was read, in a sentence; it stands in the audit');

const editionLine = z
  .strictObject({
    key,
    kind: z.string(),
    id: z.string(),
    edition: z.string(),
    title: words,
    layer: z.enum(['nation', 'province', 'city']),
    jurisdiction: z.string(),
    validFrom: z.string(),
    validTo: z.string().nullable(),
    standing: z.enum(['in-force', 'not-yet', 'ended', 'draft', 'elsewhere']),
    confidence: z.enum(['confirmed', 'unconfirmed']),
    confirmedByTwo: z.boolean(),
  })
  .meta({ id: 'EditionLine' });
export type EditionLine = z.infer<typeof editionLine>;

const differenceView = z
  .strictObject({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() })
  .meta({ id: 'EditionDifference' });
export type DifferenceView = z.infer<typeof differenceView>;

const comparison = z
  .strictObject({
    against: key,
    differences: z.array(differenceView),
    more: z.number().int().describe('differences that are not listed'),
  })
  .nullable()
  .describe('with the edition before; null: there is none');

const citationView = z.strictObject({
  pointer: z.string(),
  instrument: words,
  number: z.string().nullable(),
  article: z.string().nullable(),
  state: z.string().describe('whether it carries an act on the first day of the edition'),
});

const editionView = z
  .strictObject({
    line: editionLine,
    authority: z.string(),
    note: z.string().nullable(),
    sources: z.array(z.string()),
    digest: z.string(),
    recordedAt: z.string(),
    citations: z.array(citationView),
    comparison,
    proposed: z.uuid().nullable().describe('a proposal about it that waits'),
    actions: z.array(actionView),
  })
  .meta({ id: 'EditionView' });
export type EditionView = z.infer<typeof editionView>;

const proposalLine = z
  .strictObject({
    proposalId: z.uuid(),
    kind: z.enum(['confirmation', 'edition']),
    key,
    proposedAt: z.string(),
  })
  .meta({ id: 'ProposalLine' });
export type ProposalLine = z.infer<typeof proposalLine>;

const proposalView = z
  .strictObject({
    proposalId: z.uuid(),
    kind: z.enum(['confirmation', 'edition']),
    state: z.string(),
    line: editionLine.nullable(),
    citations: z.array(citationView),
    comparison,
    problems: z.array(
      z.strictObject({ severity: z.enum(['error', 'warning']), code: z.string(), detail: z.string() }),
    ),
    steps: z.array(z.strictObject({ action: z.string(), account: z.string(), at: z.string() })),
    actions: z.array(actionView),
  })
  .meta({ id: 'ProposalView' });
export type ProposalView = z.infer<typeof proposalView>;

const channelView = z.strictObject({
  opened: z.number().int(),
  closed: z.number().int(),
  moved: z.number().int(),
});
const rehearsalView = z
  .strictObject({
    on: z.string().describe('the day of effect, or today where that has passed'),
    looked: z.number().int(),
    sample: z.boolean().describe('whether there are more records than were looked at'),
    changed: z.number().int(),
    classChanged: z.number().int(),
    channels: z.record(z.enum(['show', 'share', 'use', 'report']), channelView),
    examples: z.array(
      z.strictObject({
        item: z.string(),
        itemName: z.string(),
        decidedOn: z.string().nullable(),
        channel: z.enum(['show', 'share', 'use', 'report']),
        before: z.string(),
        after: z.string(),
      }),
    ),
  })
  .meta({ id: 'Rehearsal' });
export type RehearsalView = z.infer<typeof rehearsalView>;

export const editionsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/rulebook/editions', needs: 'rulebook:read' },
  ...{ summary: '规则版本', summaryEn: 'Editions of the rulebook' },
  input: z.strictObject({
    standing: z.enum(['in-force', 'not-yet', 'ended', 'draft', 'unconfirmed']).optional(),
    kind: z.string().max(40).optional(),
    after: z.string().max(200).optional(),
  }),
  output: z.strictObject({
    editions: z.array(editionLine),
    kinds: z.array(z.string()),
    next: z.string().nullable(),
  }),
  refusals: [...permittedRefusals],
});

export const editionRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/rulebook/edition', needs: 'rulebook:read' },
  ...{
    summary: '一个规则版本：依据、效力、与前一版本的差异',
    summaryEn: 'One edition: what it rests on, when it holds, what differs from the one before',
  },
  input: z.strictObject({ key }),
  output: editionView,
  refusals: [...permittedRefusals, 'rulebook.no-such-edition'],
});

export const proposalsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/rulebook/proposals', needs: 'rulebook:read' },
  ...{ summary: '等待第二人的提案', summaryEn: 'Proposals that wait for a second person' },
  input: z.strictObject({}),
  output: z.strictObject({ proposals: z.array(proposalLine) }),
  refusals: [...permittedRefusals],
});

export const proposalRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/rulebook/proposals/{id}', needs: 'rulebook:read' },
  ...{ summary: '一个提案', summaryEn: 'One proposal' },
  input: z.strictObject({ id: z.uuid() }),
  output: proposalView,
  refusals: [...permittedRefusals, 'rulebook.no-such-proposal'],
});

export const rehearsalRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/rulebook/proposals/{id}/rehearsal', needs: 'rulebook:read' },
  ...{
    summary: '试运行：按提案重算已存记录的窗口并比较，不保存',
    summaryEn: 'A dry run: windows of stored records under the proposal, compared; nothing is stored',
  },
  input: z.strictObject({ id: z.uuid() }),
  output: rehearsalView,
  refusals: [...permittedRefusals, 'rulebook.no-such-proposal'],
});

export const rulebookProposeRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/rulebook/proposals', needs: 'rulebook:propose' },
  ...{
    summary: '第一人：提交新版本，或者提请确认已登记的版本',
    summaryEn: 'The first person: propose a new edition, or to confirm a recorded one',
  },
  input: z.strictObject({
    edition: key.nullable().default(null).describe('to confirm: its name'),
    text: z.string().max(60_000).nullable().default(null).describe('a new edition, as YAML'),
    reason,
  }),
  output: z.strictObject({ proposalId: z.uuid() }),
  refusals: [
    ...doorRefusals,
    'rulebook.edition-or-text',
    'rulebook.unreadable',
    'rulebook.no-such-edition',
    'rulebook.already-recorded',
    'rulebook.already-confirmed',
    'rulebook.already-proposed',
    'rulebook.unsound',
    'workflow.not-your-step',
  ],
});

const decided = [
  ...doorRefusals,
  'door.same-person',
  'door.unknown-act',
  'rulebook.no-such-proposal',
  'rulebook.unsound',
  'workflow.wrong-state',
  'workflow.not-your-step',
  'workflow.same-person',
] as const;

export const rulebookDecideRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/rulebook/proposals/{id}/decisions', needs: 'rulebook:approve' },
  ...{ summary: '第二人：批准或者不批准', summaryEn: 'The second person: approve or reject' },
  input: z.strictObject({ id: z.uuid(), action: z.enum(['approve', 'reject']), reason }),
  output: z.strictObject({ state: z.string() }),
  refusals: [...decided],
});

export const rulebookWithdrawRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/rulebook/proposals/{id}/withdrawal', needs: 'rulebook:propose' },
  ...{ summary: '第一人：收回提案', summaryEn: 'The first person: take a proposal back' },
  input: z.strictObject({ id: z.uuid(), reason }),
  output: z.strictObject({ state: z.string() }),
  refusals: [...decided],
});

/** Every route of law as data. */
export const rulebookRoutes = [
  editionsRoute,
  editionRoute,
  proposalsRoute,
  proposalRoute,
  rehearsalRoute,
  rulebookProposeRoute,
  rulebookDecideRoute,
  rulebookWithdrawRoute,
] as const;
