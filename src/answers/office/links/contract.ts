/** Routes of doubtful links: the queue, one review with its evidence, the steps of two persons. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { actionView, unitView } from '../actions/contract.ts';
import { doorRefusals, permittedRefusals } from '../contract.ts';

const office = { audience: 'office' as const };
const reason = z.string().min(1).max(500).describe('why, in a sentence; it stands in the audit');
const reasonView = z.strictObject({ code: z.string(), message: z.string() });
const stepRefusals = [
  ...doorRefusals,
  'door.same-person',
  'door.unknown-act',
  'workflow.wrong-state',
  'workflow.not-your-step',
  'workflow.same-person',
  'link.no-such-review',
  'link.no-such-subject',
  'link.wrong-procedure',
  'link.row-not-waiting',
  'records.no-such-record',
  'records.link-undone',
] as const;

const rowView = z
  .strictObject({
    batchId: z.uuid(),
    rowNo: z.number().int(),
    fileName: z.string(),
    unit: unitView,
    item: z.string(),
    itemName: z.string(),
    receivedAt: z.string(),
    documentNumber: z.string().nullable(),
    authority: z.string().nullable(),
  })
  .meta({ id: 'WaitingRow' });

const queryView = z
  .strictObject({
    name: z.string().nullable(),
    code: z.string().nullable(),
    organisationCode: z.string().nullable(),
    registrationNumber: z.string().nullable(),
    taxNumber: z.string().nullable(),
    area: z.string().nullable(),
    decidedOn: z.string().nullable(),
  })
  .meta({ id: 'RowSays' });

const lineView = z
  .strictObject({
    reviewId: z.uuid(),
    procedure: z.enum(['link-review', 'link-undo']),
    state: z.string(),
    openedAt: z.string(),
    name: z.string().nullable(),
    code: z.string().nullable(),
    unit: unitView.nullable(),
    itemName: z.string().nullable(),
    reasons: z.array(reasonView),
    candidates: z.number().int(),
    proposedByMe: z.boolean(),
  })
  .meta({ id: 'LinkReviewLine' });
export type LinkReviewLine = z.infer<typeof lineView>;

const pieceView = z
  .strictObject({
    of: z.enum(['code', 'organisation-code', 'registration-number', 'name', 'area', 'alive']),
    given: z.string().nullable(),
    registered: z.string().nullable(),
    weight: z.enum(['decisive', 'strong', 'weak', 'against', 'silent']),
    reason: reasonView.nullable(),
  })
  .meta({ id: 'LinkEvidence' });
export type LinkEvidenceView = z.infer<typeof pieceView>;

const candidateView = z
  .strictObject({
    subjectId: z.uuid(),
    name: z.string(),
    uscc: z.string().nullable(),
    status: z.string(),
    registeredOn: z.string().nullable(),
    endedOn: z.string().nullable(),
    address: z.string().nullable(),
    otherNames: z.array(z.strictObject({ name: z.string(), kind: z.string() })),
    grounds: z.array(z.string()),
    evidence: z.array(pieceView),
    chosen: z.boolean().describe('the one the first person proposed'),
  })
  .meta({ id: 'LinkCandidate' });
export type LinkCandidateView = z.infer<typeof candidateView>;

const reviewView = z
  .strictObject({
    reviewId: z.uuid(),
    procedure: z.enum(['link-review', 'link-undo']),
    state: z.string(),
    openedAt: z.string(),
    decidedAt: z.string().nullable(),
    row: rowView.nullable(),
    record: z
      .strictObject({
        recordId: z.uuid(),
        documentNumber: z.string().nullable(),
        authority: z.string().nullable(),
        decidedOn: z.string().nullable(),
        itemName: z.string(),
        subject: z
          .strictObject({ subjectId: z.uuid(), name: z.string(), uscc: z.string().nullable() })
          .nullable(),
      })
      .nullable()
      .describe('of a link found wrong: the record as it is linked now'),
    says: queryView,
    values: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        value: z.string(),
        unit: z.string().nullable(),
      }),
    ),
    reasons: z.array(reasonView),
    candidates: z.array(candidateView),
    steps: z.array(
      z.strictObject({
        action: z.string(),
        account: z.string(),
        at: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    actions: z.array(actionView),
  })
  .meta({ id: 'LinkReview' });
export type LinkReviewView = z.infer<typeof reviewView>;

export const linkReviewsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/link-reviews', needs: 'subjects:read' },
  ...{ summary: '待复核的关联，先到先列', summaryEn: 'Doubtful links, the oldest first' },
  input: z.strictObject({
    waiting: z
      .enum(['proposal', 'confirmation'])
      .optional()
      .describe('for a first person, or for a second one'),
    after: z.uuid().optional().describe('`next` of the page before'),
  }),
  output: z.strictObject({ reviews: z.array(lineView), next: z.uuid().nullable() }),
  refusals: [...permittedRefusals],
});

export const linkReviewRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/link-reviews/{id}', needs: 'subjects:read' },
  ...{
    summary: '一个复核任务：行内所载与各候选主体逐项对照',
    summaryEn: 'One review: what the row says beside each candidate, piece by piece',
  },
  input: z.strictObject({ id: z.uuid() }),
  output: reviewView,
  refusals: [...permittedRefusals, 'link.no-such-review'],
});

export const linkCandidatesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/link-reviews/{id}/subjects', needs: 'subjects:read' },
  ...{
    summary: '按代码或者完整名称查找其他候选主体',
    summaryEn: 'Look for another candidate, by code or exact name',
  },
  input: z.strictObject({ id: z.uuid(), q: z.string().min(1).max(200) }),
  output: z.strictObject({ candidates: z.array(candidateView) }),
  refusals: [...permittedRefusals, 'link.no-such-review', 'access.query-personal'],
});

export const linkProposalRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/link-reviews/{id}/proposals', needs: 'link:propose' },
  ...{
    summary: '第一人：提议关联、提议退回，或者收回提议',
    summaryEn: 'The first person: propose a link or a return, or take a proposal back',
  },
  input: z.strictObject({
    id: z.uuid(),
    action: z.enum(['propose-link', 'propose-return', 'send-back']),
    subject: z.uuid().nullable().default(null),
    reason,
  }),
  output: z.strictObject({ state: z.string() }),
  refusals: [...stepRefusals],
});

export const linkDecisionRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/link-reviews/{id}/decisions', needs: 'link:confirm' },
  ...{
    summary: '第二人：确认，或者退给第一人',
    summaryEn: 'The second person: confirm, or send back',
  },
  input: z.strictObject({
    id: z.uuid(),
    action: z.enum(['confirm', 'confirm-return', 'confirm-undo', 'keep', 'send-back']),
    reason,
  }),
  output: z.strictObject({ state: z.string(), recordId: z.uuid().nullable() }),
  refusals: [...stepRefusals],
});

export const linkUndoRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/records/{id}/link-undo', needs: 'link:undo' },
  ...{
    summary: '提议撤销一条记录的关联',
    summaryEn: 'Propose to undo the link of a record',
  },
  input: z.strictObject({ id: z.uuid(), reason }),
  output: z.strictObject({ reviewId: z.uuid(), state: z.string() }),
  refusals: [...stepRefusals, 'link.undo-proposed'],
});

/** Every route of doubtful links. */
export const linkRoutes = [
  linkReviewsRoute,
  linkReviewRoute,
  linkCandidatesRoute,
  linkProposalRoute,
  linkDecisionRoute,
  linkUndoRoute,
] as const;
