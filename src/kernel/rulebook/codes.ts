/** Code tables: `code, name, validFrom, validTo, replacedBy[]`, never an enum in code. */
import { z } from 'zod';
import { daySchema, headerShape } from './header.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One row kept in the file itself. Further columns are named in `columns`. */
const codeRowSchema = z
  .object({
    code: z.string(),
    name: z.string(),
    validFrom: daySchema.optional(),
    validTo: daySchema.nullable().optional(),
    replacedBy: z.array(z.string()).optional(),
  })
  .catchall(z.union([cell, z.array(z.string())]));

/**
 * A code table. Small ones carry `rows`; large ones name a CSV file beside the YAML (`file`), UTF-8,
 * first line = column names, among them `code` and `name`; days `YYYY-MM-DD`, lists joined by `|`.
 */
export const codesSchema = z.strictObject({
  kind: z.literal('codes'),
  ...headerShape,
  /** Meaning of each further column, shown on the law pages. */
  columns: z.record(z.string(), z.string()).optional(),
  rows: z.array(codeRowSchema).optional(),
  file: z
    .string()
    .regex(/^[a-z0-9-]+\.csv$/)
    .optional(),
});
export type Codes = z.infer<typeof codesSchema>;
export type CodeRow = z.infer<typeof codeRowSchema>;

/** Statutory calendar: one file per State Council notice year. */
export const calendarSchema = z.strictObject({
  kind: z.literal('calendar'),
  ...headerShape,
  year: z.number().int(),
  /** Notices the days come from; empty while the notice is not out (the year is then not covered). */
  notices: z.array(z.string()),
  days: z.array(z.strictObject({ date: daySchema, name: z.string(), off: z.boolean() })),
});
export type CalendarYear = z.infer<typeof calendarSchema>;
