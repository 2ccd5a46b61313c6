/** Routes of a unit's own deliveries (audience `office`), for server and browser. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { doorRefusals, permittedRefusals } from '../contract.ts';
import { unitRoutes } from './unit/contract.ts';

const office = { audience: 'office' as const };
const text = (most: number) => z.string().min(1).max(most);
const words = z.strictObject({ zh: z.string(), en: z.string() });
const whole = z.number().int().nonnegative();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const unit = text(40).optional().describe('another unit than one’s own: for the centre');
const after = z.string().max(100).optional().describe('`next` of the page before');
const batchInput = { id: z.uuid() };
const noBatch = 'collection.no-such-batch' as const;
const itemView = z.strictObject({ code: z.string(), name: z.string() });

const receiveRefusals = [
  ...doorRefusals,
  'collection.no-such-item',
  'collection.bad-period',
  'directory.not-effective',
  'directory.no-basis',
  'units.bad-code',
  'units.ended',
] as const;

const outcome = z.enum(['A', 'W', 'D', 'H', 'R']);
const countsView = z
  .strictObject({
    received: whole,
    accepted: whole,
    acceptedWithWarning: whole,
    duplicate: whole,
    held: whole,
    rejected: whole,
  })
  .describe('every row has one outcome: the five add up to what was received')
  .meta({ id: 'RowCounts' });

const findingView = z
  .strictObject({
    rule: z.string(),
    severity: z.string(),
    field: z.string().nullable(),
    value: z.string().nullable(),
    column: z.number().int().nullable(),
    message: z.string(),
    advice: z.string(),
  })
  .meta({ id: 'RowFinding' });

const batchBrief = z
  .strictObject({
    batch: z.uuid(),
    unit: z.string(),
    item: itemView,
    fileName: z.string(),
    sizeBytes: whole,
    period: z.string().nullable(),
    state: z.enum(['received', 'running', 'done', 'refused']),
    receivedAt: z.string(),
    finishedAt: z.string().nullable(),
    counts: countsView,
  })
  .meta({ id: 'BatchBrief' });
export type BatchBrief = z.infer<typeof batchBrief>;

const declaredView = z.strictObject({
  period: z.string(),
  kind: z.enum(['produced', 'published', 'not-reported']),
  count: whole,
  ground: z.string().nullable(),
});

const dueView = z
  .strictObject({
    item: itemView,
    ground: z.string().nullable().describe('null: nobody wrote down that it has to be reported'),
    since: z.string().nullable(),
    frequency: z.string(),
    allowance: z.strictObject({ count: whole, unit: z.enum(['workday', 'day']) }).nullable(),
    state: z.enum(['overdue', 'due', 'delivered', 'begun', 'as-it-happens', 'unknown']),
    period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
    dueOn: z.string().nullable(),
    nextDueOn: z.string().nullable(),
    last: z
      .strictObject({ batch: z.uuid(), at: z.string(), rows: whole, passed: whole })
      .nullable()
      .describe('the newest delivery of the last two years'),
    declared: z.array(declaredView).describe('of this month and the one before'),
    actions: z.array(z.enum(['upload', 'declare'])),
  })
  .meta({ id: 'ItemDue' });
export type ItemDue = z.infer<typeof dueView>;

export const dueRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/due', needs: 'collection:read' },
  ...{
    summary: '待报：本单位各事项的报送期限、最近报送、申报数量',
    summaryEn: 'What is due from a unit, what it sent last, what it declared',
  },
  input: z.strictObject({ unit }),
  output: z.strictObject({
    unit: z.strictObject({ code: z.string(), name: z.string().nullable() }),
    today: z.string(),
    items: z.array(dueView),
    others: z.array(itemView).describe('items of the directory that may be sent as well'),
    uploadBytesMax: whole,
  }),
  refusals: [...permittedRefusals, 'collection.no-such-unit'],
});

export const uploadRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/collection/files', needs: 'collection:collect' },
  ...{
    summary: '上传报送文件：原样传送，文件名写在content-disposition',
    summaryEn: 'Upload a file as it is; its name goes in content-disposition (RFC 8187)',
  },
  body: 'bytes',
  input: z.strictObject({
    item: text(120),
    unit,
    period: month.optional(),
    declaredRows: z.coerce.number().int().min(0).max(1e12).optional(),
    profile: text(120).optional(),
  }),
  output: z.strictObject({
    batch: z.uuid(),
    repeated: z.boolean().describe('the same bytes were received before: nothing changed'),
  }),
  refusals: [
    ...receiveRefusals,
    'collection.no-such-unit',
    'http.body-too-large',
    'http.not-bytes',
    'http.body-broken-off',
  ],
});

export const batchesRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/batches', needs: 'collection:read' },
  ...{ summary: '批次，最新的在前', summaryEn: 'Batches of a unit, the newest first' },
  input: z.strictObject({ unit, after }),
  output: z.strictObject({ batches: z.array(batchBrief), next: z.string().nullable() }),
  refusals: [...permittedRefusals, 'collection.no-such-unit', 'collection.bad-page'],
});

export const batchActions = [
  'correct',
  'error-workbook',
  'propose',
  'cancel',
  'release',
  'reject',
  'propose-withdrawal',
  'withdraw',
] as const;

const batchView = batchBrief
  .extend({
    standard: z.string().nullable(),
    digest: z.string(),
    declaredRows: whole.nullable(),
    rowsPerSecond: whole.nullable().describe('null: not running in this process'),
    refusal: z.strictObject({ code: z.string(), words }).nullable(),
    problems: z.array(
      z.strictObject({ place: z.string(), weight: z.string(), message: z.string() }),
    ),
    findings: z.array(
      z.strictObject({
        rule: z.string(),
        severity: z.string(),
        rows: whole,
        firstRow: z.number().int(),
        field: z.string().nullable(),
        message: z.string().describe('of the first row that has it, as an example'),
        advice: z.string(),
      }),
    ),
    receipt: z.record(z.string(), z.unknown()).nullable(),
    release: z
      .strictObject({
        state: z.enum([
          'not-needed',
          'waiting',
          'proposed',
          'released',
          'withdrawal-proposed',
          'withdrawn',
        ]),
        proposedBy: z.string().nullable(),
        withdrawalReason: z.string().nullable().describe('why it is to be taken back, while asked'),
      })
      .nullable()
      .describe('null: the file was given back whole'),
    actions: z.array(z.enum(batchActions)).describe('what this caller may do now'),
  })
  .meta({ id: 'Batch' });
export type BatchView = z.infer<typeof batchView>;

export const batchRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/batches/{id}', needs: 'collection:read' },
  ...{
    summary: '一个批次：进度、结果、问题、回执',
    summaryEn: 'One batch: progress, outcome, findings, receipt',
  },
  input: z.strictObject(batchInput),
  output: batchView,
  refusals: [...permittedRefusals, noBatch],
});

const givenRowView = z
  .strictObject({
    row: z.number().int(),
    outcome,
    personal: z.boolean().describe('about a person: nothing of the row is kept'),
    cells: z.array(z.string()).nullable().describe('by column; null: not kept, or not read yet'),
    findings: z.array(findingView),
    correction: z
      .strictObject({ batch: z.uuid(), row: z.number().int(), outcome: outcome.nullable() })
      .nullable()
      .describe('the newest correction of the row'),
  })
  .meta({ id: 'GivenRow' });
export type GivenRowView = z.infer<typeof givenRowView>;

const columnView = z.strictObject({
  heading: z.string(),
  field: z.string().nullable().describe('id in the standard; null: it knows no such heading'),
  name: z.string().nullable(),
});

export const rowsRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/batches/{id}/rows', needs: 'collection:read' },
  ...{
    summary: '退回、待核、有提示的行，逐行列出原值和问题',
    summaryEn: 'Rows given back, waiting, or warned of, with their cells and findings',
  },
  input: z.strictObject({
    ...batchInput,
    outcome: z.enum(['R', 'H', 'W']).optional().describe('absent: R and H'),
    after: z.coerce
      .number()
      .int()
      .min(0)
      .max(1e12)
      .optional()
      .describe('last row of the page before'),
  }),
  output: z.strictObject({
    columns: z.array(columnView),
    rows: z.array(givenRowView),
    next: z.number().int().nullable(),
  }),
  refusals: [...permittedRefusals, noBatch],
});

export const errorWorkbookRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/batches/{id}/error-workbook', needs: 'collection:read' },
  ...{
    summary: '下载退回和待核的行：同一模板，附原因和修改建议',
    summaryEn: 'The wrong rows in the template they came in, with reasons and advice',
  },
  answer: 'file',
  input: z.strictObject(batchInput),
  output: z.unknown(),
  refusals: [...permittedRefusals, noBatch, 'collection.nothing-wrong', 'collection.wrong-state'],
});

export const correctRoute = defineRoute({
  ...office,
  ...{ method: 'POST', path: '/collection/batches/{id}/corrections', needs: 'collection:correct' },
  ...{
    summary: '更正退回和待核的行：作为新的小批次重新报送',
    summaryEn: 'Correct wrong rows: they are sent anew, as a small batch of their own',
  },
  bodyBytesMax: 8 * 1024 * 1024,
  input: z.strictObject({
    ...batchInput,
    rows: z
      .array(
        z.strictObject({
          row: z.number().int().positive(),
          fields: z
            .record(z.string().max(80), z.string().max(32_767))
            .describe('new values by field id; cells that are not named stay as they were'),
        }),
      )
      .min(1)
      .max(200),
  }),
  output: z.strictObject({
    batch: z.uuid(),
    repeated: z.boolean(),
    counts: countsView,
    rows: z.array(
      z.strictObject({
        row: z.number().int().describe('in the batch that is corrected'),
        outcome: outcome.nullable(),
        findings: z.array(findingView),
      }),
    ),
  }),
  refusals: [
    ...receiveRefusals,
    noBatch,
    'collection.wrong-state',
    'collection.row-twice',
    'collection.no-such-row',
    'collection.row-not-kept',
    'collection.no-such-field',
    'collection.no-standard',
    'collection.no-such-profile',
    'collection.header-unknown',
    'collection.header-doubled',
    'collection.template-refused',
    'collection.empty',
  ],
});

const kinView = z.strictObject({
  batch: z.uuid(),
  fileName: z.string(),
  receivedAt: z.string(),
  state: z.string(),
  rows: whole.describe('rows that are corrected'),
  passed: whole,
});

export const lineageRoute = defineRoute({
  ...office,
  ...{ method: 'GET', path: '/collection/batches/{id}/lineage', needs: 'collection:read' },
  ...{
    summary: '来龙去脉：文件、批次、更正、信用记录',
    summaryEn: 'From the file over batch and corrections to the records',
  },
  input: z.strictObject({
    ...batchInput,
    after: z.coerce.number().int().min(0).max(1e12).optional(),
  }),
  output: z.strictObject({
    file: z.strictObject({ name: z.string(), sizeBytes: whole, digest: z.string() }),
    batch: batchBrief,
    corrects: z.array(kinView),
    correctedBy: z.array(kinView),
    rowsOf: z
      .array(z.strictObject({ row: z.number().int(), batch: z.uuid(), ofRow: z.number().int() }))
      .describe('which row of this batch puts which one right'),
    records: z.array(z.strictObject({ row: z.number().int(), outcome, record: z.uuid() })),
    next: z.number().int().nullable(),
  }),
  refusals: [...permittedRefusals, noBatch],
});

/** Every route of a unit's own deliveries. */
export const collectionRoutes = [
  dueRoute,
  uploadRoute,
  batchesRoute,
  batchRoute,
  rowsRoute,
  errorWorkbookRoute,
  correctRoute,
  lineageRoute,
  ...unitRoutes,
] as const;
