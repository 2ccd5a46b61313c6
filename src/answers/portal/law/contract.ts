/** Views and routes of the law: provisions, directory items, standards, terms. */
import { z } from 'zod';
import { defineRoute } from '../../../platform/http/contract.ts';

/** A day as it is written everywhere. */
export const dayView = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('YYYY-MM-DD, UTC+8');

const standing = z.enum([
  'in-force',
  'unconfirmed',
  'not-yet',
  'ended',
  'elsewhere',
  'plan',
  'not-found',
]);

/** A text in both languages. */
export const wordsView = z.strictObject({ zh: z.string(), en: z.string() }).meta({ id: 'Words' });
export type Words = z.infer<typeof wordsView>;

/** A provision as a reader looks it up. */
export const citedView = z
  .strictObject({
    pointer: z.string().describe('instrument#article'),
    instrument: wordsView,
    number: z.string().nullable(),
    article: z.string().nullable(),
    state: standing,
    confidence: z.enum(['confirmed', 'unconfirmed']).describe('whether the text was read'),
  })
  .meta({ id: 'Provision' });
export type Cited = z.infer<typeof citedView>;

const attribute = z.string().describe('`unknown` where nothing was published');

/** A directory item: what may be collected, on what basis. */
export const directoryItemView = z
  .strictObject({
    code: z.string(),
    name: wordsView,
    definition: z.string(),
    classNo: z.number().int(),
    className: wordsView.nullable(),
    layer: z.enum(['nation', 'province', 'city']),
    edition: z.string(),
    status: z.string(),
    collectible: z.boolean(),
    basis: z.array(citedView).nullable().describe('null: unknown'),
    providers: z.array(z.string()).nullable(),
    frequency: attribute,
    allowance: attribute,
    sharing: attribute,
    sharingCondition: z.string().nullable(),
    publicity: attribute,
    publicityNote: z.string().nullable(),
    retention: attribute,
    nature: z.enum(['positive', 'negative', 'neutral']),
    graded: z.boolean(),
    standards: z.array(z.string()),
    confidence: z.enum(['confirmed', 'unconfirmed']),
    note: z.string().nullable(),
  })
  .meta({ id: 'DirectoryItem' });
export type DirectoryItemPage = z.infer<typeof directoryItemView>;

/** Two officers' confirmation. */
export const confirmationView = z
  .strictObject({ first: z.string(), second: z.string(), on: dayView })
  .meta({ id: 'Confirmation' });

/** An instrument in a list. */
export const instrumentView = z
  .strictObject({
    id: z.string(),
    edition: z.string(),
    title: wordsView,
    number: z.string().nullable(),
    level: z.string(),
    jurisdiction: z.string(),
    authority: z.string(),
    validFrom: dayView,
    validTo: dayView.nullable(),
    state: standing,
    confidence: z.enum(['confirmed', 'unconfirmed']),
    confirmed: confirmationView.nullable(),
  })
  .meta({ id: 'Instrument' });
export type Instrument = z.infer<typeof instrumentView>;

/** An instrument with the articles the rulebook cites. */
export const instrumentDetailView = z
  .strictObject({
    instrument: instrumentView,
    note: z.string().nullable(),
    sources: z.array(z.string()),
    articles: z.array(
      z.strictObject({
        no: z.string(),
        cite: z.string(),
        gist: z.string(),
        gistEn: z.string().nullable(),
        confidence: z.enum(['confirmed', 'unconfirmed']),
        state: standing,
      }),
    ),
    items: z.array(z.strictObject({ code: z.string(), name: wordsView })),
  })
  .meta({ id: 'InstrumentDetail' });
export type InstrumentDetail = z.infer<typeof instrumentDetailView>;

/** A data standard in a list. `refused`: templates of persons exist only to be recognised and refused. */
export const standardHeadView = z
  .strictObject({
    name: z.string().describe('id@edition'),
    title: wordsView,
    authority: z.string(),
    validFrom: dayView,
    validTo: dayView.nullable(),
    confidence: z.enum(['confirmed', 'unconfirmed']),
    note: z.string().nullable(),
    refused: z.string().nullable().describe('why rows in this template are refused'),
    template: z.boolean(),
  })
  .meta({ id: 'StandardHead' });
export type StandardHead = z.infer<typeof standardHeadView>;

/** A data standard with its fields and checks. */
export const standardView = standardHeadView
  .extend({
    fields: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        required: z.enum(['always', 'optional', 'conditional']),
        length: z.string(),
        codeList: z.string().nullable(),
        isPublic: z.boolean(),
        note: z.string().nullable(),
      }),
    ),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        severity: z.string(),
        message: z.string(),
        advice: z.string(),
      }),
    ),
  })
  .meta({ id: 'Standard' });
export type StandardPage = z.infer<typeof standardView>;

/** What one row of a term says, with the provisions it rests on. */
export const termRowView = z
  .strictObject({
    channel: z.enum(['show', 'share', 'use', 'report']).nullable(),
    class: z.string(),
    text: wordsView,
    basis: z.array(citedView),
    confidence: z.enum(['confirmed', 'unconfirmed']),
    note: z.string().nullable(),
  })
  .meta({ id: 'TermRow' });
export type TermRow = z.infer<typeof termRowView>;

/** A regime, class standard, local bound or transition. */
export const termView = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['regime', 'classes', 'local-bound', 'transition']),
    edition: z.string(),
    title: wordsView,
    authority: z.string(),
    jurisdiction: z.string(),
    validFrom: dayView,
    validTo: dayView.nullable(),
    state: z.enum(['in-force', 'not-yet', 'ended']),
    confidence: z.enum(['confirmed', 'unconfirmed']),
    confirmed: confirmationView.nullable(),
    note: z.string().nullable(),
    applies: wordsView.nullable().describe('for which sectors; null: for all'),
    rows: z.array(termRowView),
  })
  .meta({ id: 'Term' });
export type TermPage = z.infer<typeof termView>;

/** An edition whose text nobody has read in full. */
export const unconfirmedView = z
  .strictObject({
    key: z.string().describe('kind:id@edition'),
    title: wordsView,
    validFrom: dayView,
    confirmed: confirmationView.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'UnconfirmedEdition' });
export type UnconfirmedEdition = z.infer<typeof unconfirmedView>;

const open = { method: 'GET', audience: 'public', needs: null } as const;
const noInput = z.object({});
const name = z.string().max(120);

export const itemsRoute = defineRoute({
  ...open,
  path: '/items',
  summary: '现行目录事项：可以归集什么、依据是什么',
  summaryEn: 'Directory items in force: what may be collected, and on what basis',
  input: noInput,
  output: z.strictObject({ asOf: dayView, items: z.array(directoryItemView) }),
  refusals: [],
});

export const provisionsRoute = defineRoute({
  ...open,
  path: '/provisions',
  summary: '平台所引用的法律、法规和文件',
  summaryEn: 'Laws, regulations and papers the platform cites',
  input: noInput,
  output: z.strictObject({ asOf: dayView, instruments: z.array(instrumentView) }),
  refusals: [],
});

export const provisionRoute = defineRoute({
  ...open,
  path: '/provisions/{id}',
  summary: '一件法律、法规或者文件中被引用的条款',
  summaryEn: 'One instrument with the articles that are cited',
  input: z.object({ id: name }),
  output: instrumentDetailView,
  refusals: ['portal.no-such-instrument'],
});

export const standardsRoute = defineRoute({
  ...open,
  path: '/standards',
  summary: '现行数据标准',
  summaryEn: 'Data standards in force',
  input: noInput,
  output: z.strictObject({
    asOf: dayView,
    standards: z.array(standardHeadView),
  }),
  refusals: [],
});

export const standardRoute = defineRoute({
  ...open,
  path: '/standards/{name}',
  summary: '一项数据标准的字段和校验规则',
  summaryEn: 'One data standard with its fields and checks',
  input: z.object({ name: name.describe('id@edition') }),
  output: standardView,
  refusals: ['portal.no-such-standard'],
});

export const termsRoute = defineRoute({
  ...open,
  path: '/terms',
  summary: '公示、共享、使用和报告的期限，以及失信等级标准',
  summaryEn: 'How long each channel stays open, and the standards of class',
  input: noInput,
  output: z.strictObject({ asOf: dayView, terms: z.array(termView) }),
  refusals: [],
});

export const unconfirmedRoute = defineRoute({
  ...open,
  path: '/unconfirmed',
  summary: '尚未通读原文的规则版本，以及由谁确认',
  summaryEn: 'Editions whose text nobody has read in full, and who confirmed them',
  input: noInput,
  output: z.strictObject({ asOf: dayView, editions: z.array(unconfirmedView) }),
  refusals: [],
});

/** Routes of the law, in the order of the document. */
export const lawRoutes = [
  itemsRoute,
  provisionsRoute,
  provisionRoute,
  standardsRoute,
  standardRoute,
  termsRoute,
  unconfirmedRoute,
];
