/**
 * What every rulebook file says about itself (architecture.md §5.7). A file is one edition of one
 * thing; `validFrom` and `validTo` are the first and the last day it is in force, both inclusive.
 */
import { z } from 'zod';
import { type Day, parseDay } from '../day.ts';

/** A day in a rulebook file, written `YYYY-MM-DD` in quotes. */
export const daySchema = z
  .string()
  .refine((text) => parseDay(text) !== null, { error: 'must be an existing day, YYYY-MM-DD' })
  .transform((text) => text as Day);

/** `CN` for the nation, else the six digits of a province (`320000`) or a city (`320100`). */
export const jurisdictionSchema = z
  .string()
  .regex(/^(CN|\d{6})$/, 'must be CN or six digits')
  .describe('CN or a division code');

/**
 * Pointer to a provision: `instrument#article`, e.g. `administrative-penalty-law#48`. Without an
 * article it points at the whole instrument.
 */
export const pointerSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*(#[0-9a-z.-]+)?$/, 'must be instrument#article');

/** Whether the text behind a statement was read (`confirmed`) or is from memory or a digest. */
export const confidenceSchema = z.enum(['confirmed', 'unconfirmed']);

/** Levels of the hierarchy, highest first (rules.md §0.2). */
export const layerSchema = z.enum(['nation', 'province', 'city']);
export type Layer = z.infer<typeof layerSchema>;

const slug = z.string().regex(/^[a-z0-9][a-z0-9/-]*$/, 'must be lower-case words joined by - or /');

/** Fields common to all kinds. */
export const headerShape = {
  id: slug,
  edition: z.string().min(1).max(40),
  title: z.string().min(1),
  titleEn: z.string().min(1),
  layer: layerSchema,
  jurisdiction: jurisdictionSchema,
  validFrom: daySchema,
  validTo: daySchema.nullable(),
  authority: z.string().min(1),
  /** Provisions the file as a whole rests on. */
  citation: z.array(pointerSchema),
  status: z.enum(['draft', 'in-force', 'repealed']),
  supersedes: z.string().nullable(),
  confidence: confidenceSchema,
  /** Where it was read: public titles and addresses, in words. */
  sources: z.array(z.string()),
  note: z.string().optional(),
};

/** Three-valued attribute of the directory: what is not known reads `unknown`, never a guess. */
export const unknown = z.literal('unknown');
