/**
 * Data standards as data: fields, order, lengths, code lists, checks, templates. A directory item
 * points at one of these (or carries fields of its own), and that is all the code there is to it.
 */
import { z } from 'zod';
import { conditionSchema } from '../rules.ts';
import { headerShape, pointerSchema } from './header.ts';

/**
 * What a field means to the platform. Generic code knows roles, never field names.
 * Amounts: `unit` of the field says 元 or 万元.
 */
export const fieldRoleSchema = z.enum([
  'subject-name',
  'subject-category',
  'subject-code',
  'subject-registration-number',
  'subject-organisation-code',
  'subject-tax-number',
  'subject-institution-number',
  'subject-social-number',
  'representative-name',
  'representative-document-type',
  'representative-document-number',
  'natural-document-type',
  'natural-document-number',
  'document-title',
  'document-number',
  'document-number-fallback',
  'authority-name',
  'authority-code',
  'source-name',
  'source-code',
  'decided-on',
  'valid-from',
  'valid-until',
  'public-until',
  'ended-on',
  'kinds',
  'procedure',
  'severity',
  'intent',
  'facts',
  'content',
  'basis',
  'fine',
  'confiscated',
  'certificate',
  'amount',
  'state',
  'remark',
  'source-row-id',
  'operation',
  'row-version',
  'publication-kind',
  'region',
  'address',
  'established-on',
  'subject-status',
  'industry',
  'enterprise-type',
  'former-name',
  'registered-capital',
]);
export type FieldRole = z.infer<typeof fieldRoleSchema>;

const factNames = new Map<FieldRole, string>();

/** A role as conditions name it: `subject-name` → `subjectName`. */
export function factName(role: FieldRole): string {
  let name = factNames.get(role);
  if (name === undefined) {
    name = role.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    factNames.set(role, name);
  }
  return name;
}

/** Data element of a standard. */
export const fieldSchema = z.strictObject({
  /** Identifier of the standard, upper-case as it stands there, e.g. `CF_XDR_MC`. */
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
  name: z.string(),
  /** Other headings met for it; matched after normalising width, blanks and brackets. */
  headings: z.array(z.string()).default([]),
  type: z.enum(['text', 'date', 'integer', 'decimal', 'enum', 'enum-list', 'code']),
  /** Characters (code points), not bytes. */
  maxLength: z.number().int().positive().optional(),
  decimals: z.number().int().nonnegative().optional(),
  unit: z.enum(['元', '万元']).optional(),
  required: z.enum(['always', 'optional', 'conditional']),
  role: fieldRoleSchema.optional(),
  /** Id of a code table; `otherPrefix` allows `其他-xxx`. */
  codeList: z.string().optional(),
  otherPrefix: z.string().optional(),
  /** What kind of identifier a `code` field holds. */
  codeKind: z
    .enum(['uscc', 'registration', 'organisation', 'tax', 'institution', 'natural', 'text'])
    .optional(),
  placeholderAllowed: z.boolean().optional(),
  /** Sentinels that mean "long-term" or "none" (2099-12-31 and such). */
  longTerm: z.array(z.string()).optional(),
  /** Free text is scanned for identity numbers and phones before anything is shown. */
  freeText: z.boolean().default(false),
  /** Widest audience the field may reach. `never`: kept for checking, shown to nobody by default. */
  audience: z.enum(['public', 'government', 'authorised', 'never']).default('public'),
  mask: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]).optional(),
  note: z.string().optional(),
  confidence: z.enum(['confirmed', 'unconfirmed']).default('confirmed'),
});
export type Field = z.infer<typeof fieldSchema>;

/**
 * A check beyond type, length and code list. `violated` is a condition over the row's facts (role
 * names in camelCase plus derived facts, see docs/checks.md); the other shapes are built in.
 */
export const checkSchema = z.union([
  z.strictObject({ violated: conditionSchema }),
  z.strictObject({
    dateOrder: z.strictObject({
      earlier: fieldRoleSchema,
      later: fieldRoleSchema,
      strict: z.boolean(),
    }),
  }),
  z.strictObject({ notInFuture: fieldRoleSchema }),
  z.strictObject({
    amountAgreesWithText: z.strictObject({ amount: fieldRoleSchema, text: fieldRoleSchema }),
  }),
  z.strictObject({ personalData: z.literal(true) }),
  z.strictObject({ builtIn: z.string() }),
]);

/**
 * Outcome of a rule. `hold` queues the row for linking; `close-show` accepts but keeps the record
 * unshown until somebody clears it (C05, P01); `note` is counted only.
 */
export const ruleSeveritySchema = z.enum(['reject', 'hold', 'close-show', 'warn', 'note']);

/** One rule of a standard, with the words its subject reads. `{…}` in texts are row values. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^[A-Z]\d{2}$/),
  severity: ruleSeveritySchema,
  /** Field the finding is placed at (the first of them in the workbook). */
  fields: z.array(fieldRoleSchema).default([]),
  check: checkSchema,
  message: z.string(),
  advice: z.string(),
  basis: z.array(pointerSchema).default([]),
  nationalCode: z.string().optional(),
  confidence: z.enum(['confirmed', 'unconfirmed']).default('confirmed'),
});
export type Rule = z.infer<typeof ruleSchema>;

/** Projection of another edition onto this one. */
export const mappingSchema = z.strictObject({
  from: z.string(),
  /** Field of the other edition → field here. Fields left out have no counterpart. */
  fields: z.record(z.string(), z.string()),
  /** Code list value there → value here, by field here. */
  values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Multiplier in words where units differ, by field here, e.g. `元→万元`. */
  units: z.record(z.string(), z.enum(['元→万元', '万元→元'])).default({}),
});

/** A data standard in one edition. */
export const standardSchema = z.strictObject({
  kind: z.literal('standard'),
  ...headerShape,
  /** Other names people use for it, e.g. `CF-LEGAL-2019`. */
  aliases: z.array(z.string()).default([]),
  /** Set for templates that exist only to be recognised and refused (natural persons). */
  refuse: z.strictObject({ code: z.string(), message: z.string(), advice: z.string() }).optional(),
  fields: z.array(fieldSchema).min(1),
  rules: z.array(ruleSchema).default([]),
  template: z.strictObject({ sheet: z.string(), fileName: z.string() }).optional(),
  mappings: z.array(mappingSchema).default([]),
});
export type Standard = z.infer<typeof standardSchema>;
