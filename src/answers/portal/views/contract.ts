/**
 * Views of the public: what pages and the public API may show, and nothing else. Every text that comes
 * from the rulebook is given in Chinese and English; values of records stay as their source wrote them.
 */
import { z } from 'zod';
import { citedView, dayView, wordsView } from '../law/contract.ts';

const day = dayView;
const id = z.string().regex(/^[0-9a-f-]{36}$/);

/** How current a source is. `unknown`: silence proves nothing, or no frequency is known. */
export const currencyView = z
  .strictObject({
    state: z.enum(['current', 'late', 'unknown', 'not-covered']),
    lastReceivedOn: day.nullable(),
    lateSince: day.nullable(),
    reason: z
      .enum(['on-occurrence', 'no-frequency', 'no-allowance', 'never-heard'])
      .nullable()
      .describe('never-heard: the unit has to report and has not yet'),
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
