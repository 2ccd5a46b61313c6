/** 法律依据: instruments and their articles as dated objects. */
import { z } from 'zod';
import { confidenceSchema, daySchema, headerShape } from './header.ts';

/**
 * Rank of an instrument. `plan` (plans, work programmes, key points of a year) is listed so that it
 * can be cited as a source, but it is never a basis for an act (design.md §2.2).
 */
export const instrumentLevelSchema = z.enum([
  'law',
  'administrative-regulation',
  'central-policy',
  'departmental-rule',
  'judicial-interpretation',
  'provincial-regulation',
  'city-regulation',
  'government-rule',
  'normative-document',
  'national-standard',
  'local-standard',
  'plan',
]);
export type InstrumentLevel = z.infer<typeof instrumentLevelSchema>;

/** Levels on which nothing may rest. */
export const baselessLevels: readonly InstrumentLevel[] = ['plan'];

const articleSchema = z.strictObject({
  /** Article as cited: `48`, `11.2`, `annex`. Lower-case letters, digits, dots, hyphens. */
  no: z.string().regex(/^[0-9a-z.-]+$/),
  /** How it is cited in Chinese, e.g. `第四十八条`. */
  cite: z.string(),
  /** What it provides, one sentence in our own words. */
  gist: z.string(),
  gistEn: z.string().optional(),
  confidence: confidenceSchema,
  validFrom: daySchema.optional(),
  validTo: daySchema.nullable().optional(),
});

/** One instrument with the articles that our rulebook cites. */
export const provisionsSchema = z.strictObject({
  kind: z.literal('provisions'),
  ...headerShape,
  level: instrumentLevelSchema,
  /** Document number, e.g. `国办发〔2020〕49号`; null where it has none. */
  number: z.string().nullable(),
  articles: z.array(articleSchema),
});
export type Provisions = z.infer<typeof provisionsSchema>;
export type Article = z.infer<typeof articleSchema>;
