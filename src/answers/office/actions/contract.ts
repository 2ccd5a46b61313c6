/** What a caller may do next, and why not: the same shape in every view of the office. */
import { z } from 'zod';

const words = z.strictObject({ zh: z.string(), en: z.string() });

/** One step: open to the caller, or refused with a reason in words. */
export const actionView = z
  .strictObject({
    action: z.string(),
    allowed: z.boolean(),
    why: z
      .strictObject({ code: z.string(), ...words.shape })
      .nullable()
      .describe('why this caller may not; null: the caller may'),
  })
  .meta({ id: 'OfficeAction' });
export type ActionView = z.infer<typeof actionView>;

/** A unit by its code, with its name where it is registered. */
export const unitView = z
  .strictObject({ code: z.string(), name: z.string().nullable() })
  .meta({ id: 'OfficeUnit' });
