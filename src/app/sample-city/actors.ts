/** Sample accounts (app/seed.ts) in the positions in which they act. */
import type { Actor } from '../../kernel/act.ts';
import { centreUnit } from './units.ts';

const sample = (account: string, position: string): Actor => ({
  account,
  unit: centreUnit.code,
  position,
});

/** Enters deliveries. */
export const clerk = sample('sample-clerk', 'data-clerk');
/** Looks at what checks doubted. */
export const dataReviewer = sample('sample-reviewer', 'data-reviewer');
/** The centre's first person. */
export const officer = sample('sample-centre', 'centre-officer');
/** The centre's second person. */
export const reviewer = sample('sample-centre-2', 'centre-reviewer');
/** Who proposes to confirm a rule. */
export const lawOfficer = sample('sample-law', 'rulebook-officer');
/** Who confirms it. */
export const lawApprover = sample('sample-law-2', 'rulebook-approver');
