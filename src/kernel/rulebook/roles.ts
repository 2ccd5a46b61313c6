/** Positions and what each may do; who may not review whom stands in the workflows. */
import { z } from 'zod';
import { headerShape } from './header.ts';

/** `rulebook/roles.yaml`. Permissions are `feature:verb`; `*` is allowed only as the verb. */
export const rolesSchema = z.strictObject({
  kind: z.literal('roles'),
  ...headerShape,
  positions: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z][a-z-]*$/),
      name: z.string(),
      nameEn: z.string(),
      permissions: z.array(z.string().regex(/^[a-z-]+:([a-z-]+|\*)$/)),
    }),
  ),
});
export type Roles = z.infer<typeof rolesSchema>;
