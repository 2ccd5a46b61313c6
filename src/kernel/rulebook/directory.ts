/** 目录: what may be collected. A lower layer may add items, never alter those above it. */
import { z } from 'zod';
import { confidenceSchema, daySchema, headerShape, pointerSchema, unknown } from './header.ts';
import { fieldSchema, ruleSchema } from './standards.ts';

/** Families of records: what the windows, the page sections and the report order go by. */
export const familySchema = z.enum([
  'registration',
  'permit',
  'penalty',
  'compulsion',
  'confirmation',
  'levy',
  'payment',
  'adjudication',
  'compensation',
  'reward',
  'inspection',
  'judgment',
  'enforcement',
  'abnormal-directory',
  'severe-list',
  'contract',
  'commitment',
  'evaluation',
  'compliance',
  'honour',
  'intellectual-property',
  'declaration',
  'utility',
  'other',
]);
export type Family = z.infer<typeof familySchema>;

const frequencySchema = z.union([
  z.enum(['real-time', 'day', 'week', 'month', 'quarter', 'half-year', 'year', 'on-occurrence']),
  unknown,
]);

/** One item of the directory. Attributes nobody published read `unknown`. */
export const directoryItemSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,98}$/),
  aliases: z.array(z.string()).default([]),
  name: z.string(),
  nameEn: z.string(),
  definition: z.string(),
  /** National class 1–13 (data-standards §3.1). */
  class: z.number().int().min(1).max(13),
  family: familySchema,
  subjectKinds: z.array(z.enum(['organisation', 'individual-business'])).min(1),
  /** Provisions it rests on; must not be empty unless `unknown`, and then it cannot be collected. */
  basis: z.union([z.array(pointerSchema).min(1), unknown]),
  /** Unit kinds or names that provide it. */
  providers: z.union([z.array(z.string()).min(1), unknown]),
  powerItem: z.string().optional(),
  frequency: frequencySchema,
  /** Days allowed after the event or the period's end. */
  allowance: z
    .union([
      z.strictObject({ count: z.number().int().positive(), unit: z.enum(['workday', 'day']) }),
      unknown,
    ])
    .default('unknown'),
  sharing: z.union([z.enum(['unconditional', 'conditional', 'not-shared']), unknown]),
  sharingCondition: z.string().optional(),
  /** 1 public, 2 government sharing, 3 authorised query. */
  publicity: z.union([z.enum(['public', 'government', 'authorised']), unknown]),
  publicityNote: z.string().optional(),
  retention: z.union([z.strictObject({ years: z.number().int().positive() }), unknown]),
  nature: z.enum(['positive', 'negative', 'neutral']),
  /** Whether a class (minor, general, serious) must be resolved for it. */
  graded: z.boolean(),
  /** Standards it may arrive in, newest first, as `standard-id@edition`. */
  standards: z.array(z.string()).default([]),
  /** Fields of its own where no standard exists. */
  fields: z.array(fieldSchema).optional(),
  rules: z.array(ruleSchema).optional(),
  status: z.enum(['effective', 'suspended', 'ended', 'draft']),
  effectiveFrom: daySchema.optional(),
  effectiveTo: daySchema.nullable().optional(),
  confidence: confidenceSchema,
  note: z.string().optional(),
});
export type DirectoryItem = z.infer<typeof directoryItemSchema>;

/** One layer of the directory in one edition. */
export const directorySchema = z.strictObject({
  kind: z.literal('directory'),
  ...headerShape,
  classes: z
    .array(z.strictObject({ no: z.number().int(), name: z.string(), nameEn: z.string() }))
    .default([]),
  items: z.array(directoryItemSchema),
});
export type Directory = z.infer<typeof directorySchema>;
