/**
 * Views of the public: what pages and the public API may show, and nothing else. Every text that comes
 * from the rulebook is given in Chinese and English; values of records stay as their source wrote them.
 */
import { z } from 'zod';
import { defineRoute } from '../../platform/http/contract.ts';
import { citedView, dayView, lawRoutes, wordsView } from './law/contract.ts';

const day = dayView;
const id = z.string().regex(/^[0-9a-f-]{36}$/);

/** How current a source is. `unknown`: silence proves nothing, or no frequency is known. */
export const currencyView = z
  .strictObject({
    state: z.enum(['current', 'late', 'unknown', 'not-covered']),
    lastReceivedOn: day.nullable(),
    lateSince: day.nullable(),
    reason: z.enum(['on-occurrence', 'no-frequency', 'no-allowance']).nullable(),
  })
  .meta({ id: 'Currency' });
export type Currency = z.infer<typeof currencyView>;

/** State of a part of a file. `not-public`: the directory does not open it to the public. */
export const stateView = z.enum(['found', 'none', 'late', 'not-covered', 'not-public']);
export type State = z.infer<typeof stateView>;

/** One directory item within a section. */
export const itemStateView = z
  .strictObject({
    item: z.string(),
    name: wordsView,
    state: stateView,
    shown: z.number().int(),
    currency: currencyView,
  })
  .meta({ id: 'ItemState' });
export type ItemState = z.infer<typeof itemStateView>;

/** A field of a record as its source wrote it, personal numbers masked. */
export const fieldView = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    value: z.string(),
    unit: z.string().nullable(),
    role: z.string().nullable(),
  })
  .meta({ id: 'Field' });
export type FieldValue = z.infer<typeof fieldView>;

/** A unit by code and, where the register of units knows it, name. */
export const unitView = z
  .strictObject({ code: z.string(), name: z.string().nullable() })
  .meta({ id: 'Unit' });

/** One record that is shown today, and why. */
export const recordView = z
  .strictObject({
    recordId: id,
    item: z.string(),
    itemName: wordsView,
    family: z.string(),
    nature: z.enum(['positive', 'negative', 'neutral']),
    kinds: z.string().nullable(),
    documentNumber: z.string().nullable(),
    authority: z.string().nullable(),
    decidedOn: day.nullable(),
    receivedOn: day,
    sources: z.array(unitView),
    class: z
      .strictObject({
        class: z.enum(['minor', 'general', 'serious', 'unknown']),
        ground: wordsView,
        provisions: z.array(citedView),
      })
      .nullable(),
    window: z.strictObject({
      from: day,
      until: day.nullable().describe('first day on which it is no longer shown'),
      lastDay: day.nullable(),
    }),
    why: wordsView.describe('the sum in one sentence'),
    provision: citedView.nullable(),
    fields: z.array(fieldView),
  })
  .meta({ id: 'Record' });
export type RecordPage = z.infer<typeof recordView>;

/** A record with everything its window was worked out from. */
export const explainedRecordView = z
  .strictObject({
    subject: z.strictObject({ subjectId: id, uscc: z.string().nullable(), name: z.string() }),
    record: recordView,
    explanation: z.strictObject({
      on: day,
      inputs: z.array(
        z.strictObject({
          name: z.string(),
          label: wordsView,
          value: z.string(),
          source: z.string(),
        }),
      ),
      also: z.array(citedView),
      rule: z.string().nullable().describe('edition of the rule that governs'),
      earliestRepair: day.nullable(),
    }),
  })
  .meta({ id: 'ExplainedRecord' });
export type ExplainedRecord = z.infer<typeof explainedRecordView>;

/** Keys of the sections of a file; also names of anchors and parameters. */
export const sectionKeyView = z.enum([
  'registration',
  'administration',
  'honours',
  'severe-lists',
  'abnormal',
  'commitments',
  'evaluation',
  'judicial',
  'other',
  'local',
]);

/** A section of the file, in the order of the ordinary report. */
export const sectionView = z
  .strictObject({
    key: sectionKeyView,
    no: z.number().int(),
    title: wordsView,
    state: stateView,
    shown: z.number().int(),
    lateSince: day.nullable(),
    items: z.array(itemStateView),
    records: z.array(recordView).describe('at most `recordsMax` of them, the newest first'),
  })
  .meta({ id: 'Section' });
export type Section = z.infer<typeof sectionView>;

/** Another subject, as far as it may be told: an individual business is not named here. */
export const relationView = z
  .strictObject({
    relation: z.enum(['merged-into', 'split-from', 'branch-of', 'transformed-from']),
    direction: z.enum(['out', 'in']),
    since: day,
    name: z.string().nullable(),
    uscc: z.string().nullable(),
    subjectId: id.nullable(),
  })
  .meta({ id: 'Relation' });
export type Relation = z.infer<typeof relationView>;

/** A registered fact; `value` null: not recorded here. */
export const registeredView = z
  .strictObject({ key: z.string(), value: z.string().nullable() })
  .meta({ id: 'Registered' });

/** The public file of a subject. */
export const subjectView = z
  .strictObject({
    subjectId: id,
    uscc: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['organisation', 'individual-business']),
    status: z.string(),
    endedOn: day.nullable(),
    formerNames: z.array(
      z.strictObject({ name: z.string(), from: day.nullable(), to: day.nullable() }),
    ),
    registered: z.array(registeredView),
    relations: z.array(relationView),
    asOf: day,
    sections: z.array(sectionView),
  })
  .meta({ id: 'Subject' });
export type SubjectPage = z.infer<typeof subjectView>;

/** One page of the records of one section. */
export const sectionPageView = z
  .strictObject({
    subject: z.strictObject({ subjectId: id, uscc: z.string().nullable(), name: z.string() }),
    asOf: day,
    section: sectionKeyView,
    title: wordsView,
    state: stateView,
    shown: z.number().int().describe('records of this section that are shown today'),
    page: z.number().int(),
    more: z.boolean(),
    records: z.array(recordView),
  })
  .meta({ id: 'SectionPage' });
export type SectionPage = z.infer<typeof sectionPageView>;

/** One subject found, and by what. */
export const hitView = z
  .strictObject({
    subjectId: id,
    uscc: z.string().nullable(),
    name: z.string(),
    kind: z.enum(['organisation', 'individual-business']),
    status: z.string(),
    place: z.string().nullable(),
    by: z.enum([
      'uscc',
      'former-uscc',
      'organisation-code',
      'registration-number',
      'similar',
      'present',
      'former',
      'other',
      'initials',
    ]),
    matched: z.string().nullable().describe('the name that fits, when it is not the present one'),
    exact: z.boolean(),
  })
  .meta({ id: 'Hit' });
export type Hit = z.infer<typeof hitView>;

/** What a search found. */
export const searchView = z
  .strictObject({
    query: z.string(),
    page: z.number().int(),
    more: z.boolean(),
    hits: z.array(hitView),
  })
  .meta({ id: 'Search' });
export type SearchPage = z.infer<typeof searchView>;

/** A source: one provider of one item. */
export const sourceView = z
  .strictObject({
    item: z.string(),
    itemName: wordsView,
    provider: unitView.nullable().describe('null: the base library'),
    frequency: z.string(),
    currency: currencyView,
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceView>;

/** All sources, and what no source delivers. */
export const sourcesView = z
  .strictObject({
    asOf: day,
    counts: z.strictObject({
      current: z.number().int(),
      late: z.number().int(),
      unknown: z.number().int(),
      notCovered: z.number().int().describe('items nobody has delivered yet'),
    }),
    sources: z.array(sourceView),
    notCovered: z.array(z.strictObject({ item: z.string(), itemName: wordsView })),
  })
  .meta({ id: 'Sources' });
export type Sources = z.infer<typeof sourcesView>;

/** What this installation is for, and what it does not do. */
export const scopeView = z
  .strictObject({
    place: z.strictObject({ code: z.string(), name: z.string().nullable() }),
    sample: z.boolean().describe('true: invented organisations, nothing here is a fact'),
    refused: z.array(
      z.strictObject({ key: z.string(), what: wordsView, why: wordsView, instead: wordsView }),
    ),
    persons: z.array(wordsView).describe('how persons still appear'),
  })
  .meta({ id: 'Scope' });
export type Scope = z.infer<typeof scopeView>;

/** Every refusal this API may answer with. */
export const problemsView = z
  .strictObject({
    problems: z.array(
      z.strictObject({ code: z.string(), status: z.number().int(), title: wordsView }),
    ),
  })
  .meta({ id: 'Problems' });
export type Problems = z.infer<typeof problemsView>;

const code = z
  .string()
  .min(1)
  .max(64)
  .describe(
    '统一社会信用代码、组织机构代码或注册号 / unified code, organisation code or registration number',
  );

/** The routes of the public API, version 1. */
export const searchRoute = defineRoute({
  method: 'GET',
  path: '/search',
  audience: 'public',
  needs: null,
  summary: '按代码、名称、曾用名、简称或者拼音首字母查找组织',
  summaryEn: 'Find organisations by code, name, former name, part of a name or pinyin initials',
  input: z.object({
    q: z.string().max(2_000).describe('代码或者名称 / code or name'),
    page: z.coerce.number().int().min(1).max(5).default(1),
  }),
  output: searchView,
  refusals: [
    'portal.query-empty',
    'portal.query-one-character',
    'portal.query-too-long',
    'portal.query-personal',
  ],
});

export const subjectRoute = defineRoute({
  method: 'GET',
  path: '/subjects/{code}',
  audience: 'public',
  needs: null,
  summary: '一个主体今天公示的信用信息',
  summaryEn: 'What is shown of a subject today: the newest records of every section',
  input: z.object({ code }),
  output: subjectView,
  refusals: ['portal.no-such-subject', 'portal.several-subjects', 'portal.query-personal'],
});

export const subjectByIdRoute = defineRoute({
  method: 'GET',
  path: '/subjects/id/{id}',
  audience: 'public',
  needs: null,
  summary: '没有代码的主体，按平台编号查询',
  summaryEn: 'The same by id, for subjects without a code',
  input: z.object({ id: z.string().max(64) }),
  output: subjectView,
  refusals: ['portal.no-such-subject'],
});

const sectionInput = {
  section: sectionKeyView,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
};

export const sectionRoute = defineRoute({
  method: 'GET',
  path: '/subjects/{code}/records',
  audience: 'public',
  needs: null,
  summary: '一个主体某一部分的公示记录，按页',
  summaryEn: 'Shown records of one section of a subject, page by page, the newest first',
  input: z.object({ code, ...sectionInput }),
  output: sectionPageView,
  refusals: ['portal.no-such-subject', 'portal.several-subjects', 'portal.query-personal'],
});

export const sectionByIdRoute = defineRoute({
  method: 'GET',
  path: '/subjects/id/{id}/records',
  audience: 'public',
  needs: null,
  summary: '同上，按平台编号查询',
  summaryEn: 'The same by id',
  input: z.object({ id: z.string().max(64), ...sectionInput }),
  output: sectionPageView,
  refusals: ['portal.no-such-subject'],
});

export const recordRoute = defineRoute({
  method: 'GET',
  path: '/records/{id}',
  audience: 'public',
  needs: null,
  summary: '一条公示中的记录，为什么公示、到哪一天',
  summaryEn: 'One record that is shown today, why, and until when',
  input: z.object({ id: z.string().max(64) }),
  output: explainedRecordView,
  refusals: ['portal.record-not-shown'],
});

export const sourcesRoute = defineRoute({
  method: 'GET',
  path: '/sources',
  audience: 'public',
  needs: null,
  summary: '各数据来源最近一次报送和是否按期',
  summaryEn: 'When each source last delivered, and whether it is late',
  input: z.object({}),
  output: sourcesView,
  refusals: [],
});

export const scopeRoute = defineRoute({
  method: 'GET',
  path: '/scope',
  audience: 'public',
  needs: null,
  summary: '本平台服务的地方，以及一律不做的事项',
  summaryEn: 'Which place this platform serves, and what it never does',
  input: z.object({}),
  output: scopeView,
  refusals: [],
});

export const problemsRoute = defineRoute({
  method: 'GET',
  path: '/problems',
  audience: 'public',
  needs: null,
  summary: '接口可能返回的每一种拒绝及其含义',
  summaryEn: 'Every refusal this API may answer with, in words',
  input: z.object({}),
  output: problemsView,
  refusals: [],
});

/** Every route of the public API, in the order of its document. */
export const publicRoutes = [
  searchRoute,
  subjectRoute,
  subjectByIdRoute,
  sectionRoute,
  sectionByIdRoute,
  recordRoute,
  ...lawRoutes,
  sourcesRoute,
  scopeRoute,
  problemsRoute,
];

/** Where the public API begins. */
export const publicPrefix = '/api/public/v1';

/** Most records of one section on the page of a subject; the rest is on pages of its own. */
export const recordsMax = 20;
