/** View and route of the columns of double publicity. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';
import { dayView, wordsView } from '../law/contract.ts';
import { recordView } from '../views/contract.ts';

const id = z.string().regex(/^[0-9a-f-]{36}$/);
const position = z.string().describe('填入 older 或者 newer / to be given as `older` or `newer`');

/** One page of a column: records of organisations shown today, the newest decision first. */
export const columnView = z
  .strictObject({
    column: z.enum(['permit', 'penalty', 'act']),
    asOf: dayView,
    madeAt: z
      .string()
      .nullable()
      .describe('when lines were last gathered; null: not yet. Each is asked for anew when told.'),
    chosen: z.array(
      z.strictObject({
        filter: z.enum(['region', 'section', 'authority', 'kind']),
        value: z.string(),
        name: wordsView,
      }),
    ),
    entries: z.array(
      z.strictObject({
        subject: z.strictObject({ subjectId: id, uscc: z.string().nullable(), name: z.string() }),
        record: recordView,
      }),
    ),
    searchedTo: dayView
      .nullable()
      .describe('where the search paused before the page was full; go on with `older`'),
    newer: position.nullable(),
    older: position.nullable(),
  })
  .meta({ id: 'PublicityColumn' });
export type ColumnPage = z.infer<typeof columnView>;

/** What a program may ask of a column. */
export const columnRoute = defineRoute({
  method: 'GET',
  path: '/publicity/{column}',
  audience: 'public',
  needs: null,
  summary: '双公示专栏：行政许可、行政处罚和其他行政行为，新作出的在前',
  summaryEn: 'Columns of double publicity: permits, penalties, other acts; the newest first',
  input: z.object({
    column: z.string().max(64).describe('permit, penalty, act'),
    region: z.string().max(64).optional().describe('六位行政区划代码 / six-digit division'),
    section: z.string().max(64).optional().describe('行业门类字母 / letter of the industry'),
    authority: z.string().max(200).optional().describe('作出决定的单位 / deciding authority'),
    kind: z.string().max(100).optional().describe('种类代码 / code of the kind'),
    older: z.string().max(64).optional(),
    newer: z.string().max(64).optional(),
  }),
  output: columnView,
  refusals: ['portal.no-such-column', 'portal.no-such-filter', 'portal.no-such-position'],
});
