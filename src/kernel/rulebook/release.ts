/** 发布: which items are shown only after two officers have released what was received. */
import { z } from 'zod';
import { headerShape, pointerSchema } from './header.ts';

/**
 * One edition of the demand. A row received while an edition reaching the place is in force, of an item
 * it names, stays out of `show` until its batch is released; rows received before or after need nothing.
 * Several editions add up.
 */
export const releaseSchema = z.strictObject({
  kind: z.literal('release'),
  ...headerShape,
  /** Directory items, by code. Empty: nothing needs release. */
  items: z.array(z.string().regex(/^[a-z][a-z0-9-]{1,98}$/)),
  basis: z.array(pointerSchema),
});
export type ReleaseDemand = z.infer<typeof releaseSchema>;
