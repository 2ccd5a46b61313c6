/** Views and routes of published bulletins. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { dayView, wordsView } from '../law/contract.ts';

const count = z.number().int();
const period = z.string().regex(/^\d{4}-\d{2}$/);

/** A figure: a value as a fraction, not due, or not known. */
const figureView = z
  .strictObject({
    state: z.enum(['value', 'NA', 'UNKNOWN']),
    numerator: count.nullable(),
    denominator: count.nullable(),
    unknownItems: count.describe('items it is not known of, beside those it adds up'),
  })
  .meta({ id: 'BulletinFigure' });
const figuresView = z
  .strictObject({
    reporting: figureView,
    omission: figureView,
    timeliness: figureView,
    late: figureView,
    compliance: figureView,
    complianceFinal: figureView,
    completeness: figureView,
    association: figureView,
    duplicate: figureView,
    wrongCode: figureView,
    correction: figureView,
    continuity: figureView,
    coverage: figureView,
    accuracy: figureView,
    concealed: figureView,
    freshness: figureView,
  })
  .meta({ id: 'BulletinFigures' });
const togetherShape = { received: count, figures: figuresView };

const unitView = z.strictObject({ code: z.string(), name: z.string() });

/** A score in hundredths of a point; the ends differ where figures are not known. */
const scoreView = z
  .strictObject({
    lowest: count,
    highest: count,
    known: count.describe('known share of the weight, in hundredths of a percent'),
  })
  .meta({ id: 'BulletinScore' });

/** A published bulletin, as it was drafted. */
export const bulletinView = z
  .strictObject({
    period,
    edition: count,
    publishedOn: dayView,
    correction: z.string().nullable().describe('why this edition took the place of an earlier one'),
    digest: z.string().describe('SHA-256 of the kept text'),
    cutOff: dayView,
    closed: z.boolean(),
    rules: z.string(),
    weights: z.strictObject({
      reporting: count,
      timeliness: count,
      compliance: count,
      completeness: count,
      association: count,
      continuity: count,
      coverage: count,
      duplicate: count,
      wrongCode: count,
      correction: count,
    }),
    ranked: z.boolean(),
    overall: z.strictObject({
      ...togetherShape,
      newSubjects: count,
      natural: count,
      before: z.strictObject(togetherShape).nullable(),
    }),
    departments: z.array(
      z.strictObject({
        unit: unitView,
        items: z.array(z.strictObject({ item: z.string(), name: wordsView })),
        produced: count.nullable(),
        ...togetherShape,
        errorsOpen: count.nullable(),
        concealed: count,
        score: scoreView.nullable(),
        change: count.nullable(),
        rank: count.nullable(),
        response: z.strictObject({
          state: z.enum(['silent', 'confirmed', 'contested', 'upheld', 'dismissed']),
          ground: z.string().nullable(),
          reply: z.string().nullable(),
        }),
      }),
    ),
    districts: z.array(
      z.strictObject({ region: z.string(), name: z.string(), units: count, ...togetherShape }),
    ),
    errors: z.array(
      z.strictObject({
        rule: z.string(),
        rows: count,
        message: z.string(),
        example: z.string().nullable().describe('masked'),
        units: z.array(z.strictObject({ ...unitView.shape, rows: count })),
      }),
    ),
    overdue: z.array(z.strictObject({ ...unitView.shape, rows: count })),
    zeroReports: z.array(
      z.strictObject({ ...unitView.shape, item: z.string(), itemName: wordsView }),
    ),
    silent: z.array(
      z.strictObject({
        ...unitView.shape,
        item: z.string(),
        itemName: wordsView,
        by: z.enum(['frequency', 'own-rhythm', 'never']),
      }),
    ),
    alerts: z.array(
      z.strictObject({
        ...unitView.shape,
        item: z.string(),
        itemName: wordsView,
        kind: z.string(),
        what: z.string().nullable(),
      }),
    ),
    praise: z.array(unitView),
  })
  .meta({ id: 'Bulletin' });
export type BulletinPage = z.infer<typeof bulletinView>;

/** Months with a published bulletin, the newest first. */
export const bulletinsView = z.strictObject({
  bulletins: z.array(z.strictObject({ period, edition: count, publishedOn: dayView })),
});
export type BulletinList = z.infer<typeof bulletinsView>;

export const bulletinsRoute = defineRoute({
  method: 'GET',
  path: '/bulletins',
  audience: 'public',
  needs: null,
  summary: '已发布的归集通报',
  summaryEn: 'Published bulletins on what departments sent',
  input: z.object({}),
  output: bulletinsView,
  refusals: [],
});

export const bulletinRoute = defineRoute({
  method: 'GET',
  path: '/bulletins/{period}',
  audience: 'public',
  needs: null,
  summary: '一个月的归集通报',
  summaryEn: 'The bulletin of a month',
  input: z.object({ period: z.string().max(64) }),
  output: bulletinView,
  refusals: ['portal.no-such-bulletin'],
});
